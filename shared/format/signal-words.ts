import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Reading, SignalReadings } from '#shared/domain/signals/readings.ts'
import { difficultyState, EASING_BELOW } from '#shared/domain/signals/difficulty-easing.ts'
import type { Combination, PastSpells, Stress, StressSign } from '#shared/domain/signals/stress.ts'
import { STRESS_SIGNS } from '#shared/domain/signals/stress.ts'
import type { SignalName } from '#shared/domain/signals/signals.ts'
import { SIGNAL_DAYS } from '#shared/domain/signals/signals.ts'
import { usdPerPh } from './money.ts'
import {
  count,
  counted,
  number,
  percent,
  percentRange,
  probability,
  signedPercent,
  THIN_SPACE,
} from './numbers.ts'
import { calendarDay, dayMonth } from './times.ts'
import { difficulty } from './units.ts'

/** The next adjustment as expected now. */
export type AdjustmentAhead = {
  readonly change: number
  /** lowest first; both the same once it is settled */
  readonly change80: readonly [number, number]
  /** NaN where not known */
  readonly atMs: number
  /** the last ones, fractions, newest first: fresher than a history may be; empty where not known */
  readonly previous: readonly number[]
}

/** The market's stress in sentences: what is and what was, never a forecast. */
export type SignalSummary = {
  readonly adjustment: string
  readonly nvt: string
  readonly stress: string
  readonly combination: string
  readonly caution: string
}

const CAUTION = 'This is context for a reader. It is never an input of a verdict, and it promises nothing.'

/**
 * What the signals say together, in words: the two milestones (the next adjustment, and whether NVT stays in its value
 * zone), the signs of stress, and what the two together have meant.
 *
 * @param ahead null: not known; undefined: not asked, so that nothing is said of it
 * @param through the last day of the series, YYYY-MM-DD: a reading of an earlier day is told with its date, as past; undefined:
 *   who shows the words dates them
 */
export function signalSummary(
  readings: SignalReadings,
  combination: Combination,
  ahead?: AdjustmentAhead | null,
  timeZone?: string,
  through?: string,
): SignalSummary {
  return {
    adjustment: adjustmentWords(lastAdjustments(readings, ahead ?? null), ahead, timeZone),
    nvt: nvtWords(readings.dynamicNvt, through),
    stress: stressWords(combination.stress),
    combination: combinationWords(combination),
    caution: CAUTION,
  }
}

/** As the network tells them, else as the history shows them. */
function lastAdjustments(readings: SignalReadings, ahead: AdjustmentAhead | null): readonly number[] {
  if (ahead !== null && ahead.previous.length > 0) return ahead.previous.slice(0, 3)
  return readings.difficulty?.adjustments ?? []
}

function adjustmentWords(
  newestFirst: readonly number[],
  ahead: AdjustmentAhead | null | undefined,
  timeZone: string | undefined,
): string {
  const easing = easingWords(newestFirst, ahead?.change ?? null)
  if (ahead === undefined) return easing
  if (ahead === null)
    return `The next adjustment is not known: it takes the blocks and the time of the running epoch. ${easing}`
  const { change, change80, atMs } = ahead
  const range = change80[0] === change80[1] ? 'settled' : `80 % chance of ${percentRange(change80)}`
  const when = Number.isFinite(atMs) ? `, about ${dayMonth(atMs, timeZone)}` : ''
  return `The next adjustment is expected at ${signedPercent(change)}${when} (${range}). ${easing}`
}

function easingWords(newestFirst: readonly number[], expected: number | null): string {
  const state = difficultyState(newestFirst, expected)
  if (state === null) return 'No adjustment is known yet.'
  const last = newestFirst[0]
  const lastWords =
    last === undefined ? 'the last one is not known' : `the last one was ${signedPercent(last)}`
  if (state === 'none') {
    return `Difficulty is not easing: ${lastWords}, and easing begins below ${signedPercent(EASING_BELOW, 0)}.`
  }
  return last !== undefined && last < EASING_BELOW
    ? `Difficulty is easing: ${lastWords}.`
    : `Difficulty is about to ease: ${lastWords}, but the next is expected below ${signedPercent(EASING_BELOW, 0)}.`
}

function nvtWords(nvt: SignalReadings['dynamicNvt'], through: string | undefined): string {
  if (nvt === null) {
    return `Whether NVT is in its value zone is not known: that takes ${SIGNAL_DAYS.dynamicNvt} days in a row of market value and value transferred.`
  }
  const { value, lower, upper, state } = nvt
  const toEdge = percent(Math.abs(lower / value - 1))
  const stands = `at ${number(value, 1)}`
  if (through !== undefined && nvt.date < through) {
    const zone = state === null ? '' : `, ${NVT_STATE_WORDS[state]}`
    return `NVT has no reading since ${calendarDay(nvt.date)}: on that day it stood ${stands}${zone}. Its value zone then lay below ${number(lower, 1)}.`
  }
  switch (state) {
    case 'value':
      return `NVT is in its value zone, ${stateDays(nvt)}: it stands ${stands} and leaves the zone when it rises by ${toEdge}, above ${number(lower, 1)}.`
    case 'neutral':
      return `NVT is not in its value zone but neutral, ${stateDays(nvt)}: it stands ${stands} and enters the zone when it falls by ${toEdge}, below ${number(lower, 1)}.`
    case 'overheated':
      return `NVT is overheated, ${stateDays(nvt)}: it stands ${stands}, above ${number(upper, 1)}; its value zone lies ${toEdge} lower, below ${number(lower, 1)}.`
    case null:
      return 'Whether NVT is in its value zone is not known: too few days in a row are known.'
  }
}

/** How long a state has lasted: `for 34 days, since 18 Oct 2026`; `for at least …` where its beginning is not known. */
export function stateDays({ date, daysInState, mayBeOlder }: Reading<string>): string {
  const first = new Date(Date.parse(`${date}T00:00:00Z`) - (daysInState - 1) * MS_PER_DAY)
  const days = `${mayBeOlder ? 'at least ' : ''}${counted(daysInState, 'day')}`
  return `for ${days}, since ${calendarDay(first.toISOString().slice(0, 10))}${mayBeOlder ? ' or before' : ''}`
}

const SIGN_WORDS: Readonly<Record<StressSign, readonly [name: string, on: string]>> = {
  hashRibbons: ['hash ribbons', 'hash ribbons in capitulation'],
  puell: ['Puell multiple', 'a low Puell multiple'],
  hashprice: ['hashprice', 'a hashprice in the lowest tenth of its last year'],
  minerNetFlow: ['miner net flow', 'a wave of coins leaving miners'],
}

function stressWords({ signs, level }: Stress): string {
  const on = STRESS_SIGNS.filter((sign) => signs[sign] === true)
  const off = STRESS_SIGNS.filter((sign) => signs[sign] === false)
  const unknown = STRESS_SIGNS.filter((sign) => signs[sign] === null)
  const head: Readonly<Record<NonNullable<Stress['level']>, string>> = {
    stress: 'Miners are under stress',
    'one sign': 'There is one sign of stress among miners',
    none: 'There is no sign of stress among miners',
  }
  const names = (which: readonly StressSign[]) => listed(which.map((sign) => SIGN_WORDS[sign][0]))
  return [
    level === null ? 'Whether miners are under stress is not known' : head[level],
    on.length === 0 ? '' : `: ${listed(on.map((sign) => SIGN_WORDS[sign][1]))}`,
    '.',
    off.length === 0 || on.length === 0 ? '' : ` No sign: ${names(off)}.`,
    unknown.length === 0 ? '' : ` Not known: ${names(unknown)}.`,
  ].join('')
}

function combinationWords({ stress, nvt, past }: Combination): string {
  if (nvt === null || stress.level === null) {
    return 'What stress and NVT say together is not known while one of them is missing.'
  }
  const squeezed = stress.level === 'stress'
  if (squeezed && nvt === 'value') {
    return `Both at once: miners are squeezed while the market value is low, by its last two years, against what the chain moves. In such times weaker machines have often been switched off, which eases difficulty for those who stay. ${pastWords(past)}`
  }
  if (squeezed) {
    return `Stress without a value-zone NVT: miners are squeezed, but the market value is not low against what the chain moves. The combination that is watched is not there. ${pastWords(past)}`
  }
  if (nvt === 'value') {
    return `A value-zone NVT without stress: the market value is low, by its last two years, against what the chain moves, but at most one sign says that miners are squeezed. The combination that is watched is not there. ${pastWords(past)}`
  }
  return `Neither stress nor a value-zone NVT: the combination that is watched is not there. ${pastWords(past)}`
}

function pastWords({ since, spells, higher, lower }: PastSpells): string {
  const from = since === null ? 'this history' : `this history, which knows both since ${calendarDay(since)},`
  if (spells === 0)
    return `In ${from} stress and value zone have not yet come together a year ago or earlier.`
  const outcome =
    higher === spells
      ? spells === 1
        ? 'the price was higher'
        : 'the price was higher each time'
      : `the price was higher ${timesWord(higher)} and lower ${timesWord(lower)}`
  return `In ${from} stress and value zone came together ${timesWord(spells)} a year ago or earlier; 365 days after ${spells === 1 ? 'it began' : 'they began'}, ${outcome}. So few cases prove nothing.`
}

const timesWord = (times: number) => (times === 1 ? 'once' : times === 2 ? 'twice' : counted(times, 'time'))

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`
}

/** The newest value with its unit, and the state in words; both for the head of a signal's panel. */
export type SignalWords = { readonly value: string; readonly state: string }

const TOO_FEW_DAYS = 'no state yet: too few days in a row are known'

/**
 * What a signal says on its newest day; null where it has no value.
 *
 * @param ahead null where the next adjustment is not known
 */
export function signalWords(
  name: SignalName,
  readings: SignalReadings,
  ahead: AdjustmentAhead | null,
): SignalWords | null {
  switch (name) {
    case 'nvtRatio':
    case 'nvtSignal': {
      const reading = readings[name]
      return reading && { value: number(reading.value, 1), state: 'a ratio without states' }
    }
    case 'dynamicNvt': {
      const reading = readings.dynamicNvt
      return reading && { value: number(reading.value, 1), state: inState(reading, NVT_STATE_WORDS) }
    }
    case 'hashRibbons': {
      const reading = readings.hashRibbons
      return (
        reading && {
          value: `${ehs(reading.short)} against ${ehs(reading.long)}`,
          state: inState(reading, RIBBON_STATE_WORDS),
        }
      )
    }
    case 'puell': {
      const reading = readings.puell
      return reading && { value: number(reading.value, 2), state: inState(reading, PUELL_STATE_WORDS) }
    }
    case 'hashprice': {
      const reading = readings.hashprice
      return reading && { value: `${usdPerPh(reading.value)} per PH/s a day`, state: hashpriceState(reading) }
    }
    case 'minerNetFlow': {
      const reading = readings.minerNetFlow
      return (
        reading && {
          value: `${count(reading.value)} BTC in two days`,
          state: inState(reading, FLOW_STATE_WORDS),
        }
      )
    }
    case 'difficulty': {
      const reading = readings.difficulty
      return (
        reading && {
          value: difficulty(reading.value),
          state: difficultyWords(lastAdjustments(readings, ahead), ahead),
        }
      )
    }
  }
}

export const NVT_STATE_WORDS = { value: 'value zone', neutral: 'neutral', overheated: 'overheated' } as const
export const RIBBON_STATE_WORDS = {
  capitulation: 'capitulation',
  recovery: 'recovery',
  none: 'no capitulation',
} as const
export const PUELL_STATE_WORDS = { low: 'low', neutral: 'neutral', high: 'high' } as const
export const FLOW_STATE_WORDS = { wave: 'wave of coins leaving miners', none: 'no wave' } as const

function inState<S extends string>(reading: Reading<S>, words: Readonly<Record<S, string>>): string {
  return reading.state === null ? TOO_FEW_DAYS : `${words[reading.state]} ${stateDays(reading)}`
}

function hashpriceState(reading: NonNullable<SignalReadings['hashprice']>): string {
  const { aboveLow, lowUsdPerPhDay, lowDate, firstDate } = reading
  const known = `since ${calendarDay(firstDate)}`
  const low =
    aboveLow === 0
      ? `the lowest ${known}`
      : `${percent(aboveLow)} above the lowest ${known}, ${usdPerPh(lowUsdPerPhDay)} on ${calendarDay(lowDate)}`
  const places = (
    [
      ['1 year', reading.percentile1y],
      ['2 years', reading.percentile2y],
      ['4 years', reading.percentile4y],
    ] as const
  ).flatMap(([span, percentile]) =>
    Number.isNaN(percentile) ? [] : [`${probability(percentile)} over ${span}`],
  )
  return places.length === 0 ? low : `${low}; percentile ${listed(places)}`
}

function difficultyWords(adjustments: readonly number[], ahead: AdjustmentAhead | null): string {
  const expected = ahead?.change ?? null
  const state = difficultyState(adjustments, expected)
  if (state === null) return 'no adjustment is known yet'
  const last =
    adjustments.length === 0
      ? ''
      : `, last ${adjustments.length === 1 ? 'adjustment' : 'adjustments'} ${adjustments.map((change) => signedPercent(change)).join(', ')}`
  return `${state === 'easing' ? 'easing' : 'not easing'}${last}${expected === null ? '' : `, next expected ${signedPercent(expected)}`}`
}

const ehs = (hashrateEhs: number) =>
  `${number(hashrateEhs, hashrateEhs < 9.995 ? 2 : hashrateEhs < 99.95 ? 1 : 0)}${THIN_SPACE}EH/s`
