import type { Mode } from '../domain/decision/advice.ts'
import type { Verdict } from '../domain/decision/words.ts'
import type { Money } from './money.ts'
import { counted, MISSING } from './numbers.ts'
import { dayMonth, hourRange } from './times.ts'

/** A verdict in an operator's words, short enough for a column, a filter or a legend. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  run: 'Run',
  'run-until': 'Run, then power down',
  pause: 'Pause',
  off: 'Power down',
  'stay-off': 'Stay off',
  'start-later': 'Start later',
  'start-until': 'Start, then power down',
  start: 'Start',
  hold: 'Hold',
  profile: 'Other profile',
}

/** What a verdict's words are made of beside it. */
export type AdviceDetail = {
  readonly mode: Mode
  /** the first change, or the next review on hold, unix ms; NaN: no date */
  readonly untilMs: number
  /** what the change comes with */
  readonly changesWith: 'adjustment' | 'halving'
}

/** `Power down until the adjustment (about 26 Nov)`: what to do and until when. */
export function adviceWords(
  verdict: Verdict,
  { mode, untilMs, changesWith }: AdviceDetail,
  timeZone?: string,
  nowMs?: number,
): string {
  const day = dayMonth(untilMs, timeZone, nowMs)
  const change = `the ${changesWith}${day === MISSING ? '' : ` (about ${day})`}`
  switch (verdict) {
    case 'run-until':
      return `Run until ${change}, then power down`
    case 'pause':
      return `Power down until ${change}`
    case 'start-later':
      return `Start after ${change}`
    case 'start-until':
      return `Start, and power down at ${change}`
    case 'hold':
      return `Leave as it is${day === MISSING ? '' : `; look again on ${day}`}`
    case 'profile':
      return `Run at ${mode ?? 'another profile'}`
    case 'run':
    case 'off':
    case 'stay-off':
    case 'start':
      return VERDICT_WORDS[verdict]
  }
}

/** What is stored that an answer leaves out because it was asked to. */
export type LeftOut = { readonly contracts: number; readonly ladders: number }

export function leftOutWords({ contracts, ladders }: LeftOut): readonly string[] {
  return [
    ...(contracts === 0
      ? []
      : [`--plain leaves out the ${counted(contracts, 'stored contract', 'stored contracts')}`]),
    ...(ladders === 0
      ? []
      : [`--plain leaves out the ${counted(ladders, 'stored ladder', 'stored ladders')} of profiles`]),
  ]
}

/** What stands in a row beside its verdict. */
export type AdviceMoney = AdviceDetail & {
  /** over the horizon, or per day where no date is known; NaN: not known */
  readonly gainUsd: number
  readonly isPerDay: boolean
  /** it stands still in some hours of the time in which it is on */
  readonly isPartTime: boolean
}

/**
 * The money of a verdict and when it changes, the money first: `saves $412`, `earns $74, power down at the adjustment (about 26 Nov)`.
 * Empty for a machine that goes on as it is.
 */
export function adviceMoney(
  money: Money,
  verdict: Verdict,
  { mode, untilMs, changesWith, gainUsd, isPerDay, isPartTime }: AdviceMoney,
  timeZone?: string,
  nowMs?: number,
): string {
  const day = dayMonth(untilMs, timeZone, nowMs)
  const change = `the ${changesWith}${day === MISSING ? '' : ` (about ${day})`}`
  const worth = (word: string, more = '') =>
    Number.isFinite(gainUsd)
      ? `${gainUsd < 0 ? 'costs' : word} ${money.amount(Math.abs(gainUsd))}${more}${isPerDay ? ' a day' : ''}`
      : ''
  const and = (first: string, second: string) => (first === '' ? second : `${first}, ${second}`)
  switch (verdict) {
    case 'run':
      // By standing still in dear hours.
      return isPartTime && gainUsd !== 0 ? worth('saves') : ''
    case 'stay-off':
      return ''
    case 'hold':
      return 'waiting is worth more than a switch'
    case 'off':
      return worth('saves')
    case 'pause':
      return and(worth('saves'), `until ${change}`)
    case 'run-until':
      return and(worth('saves'), `power down at ${change}`)
    case 'start':
      return worth('earns')
    case 'start-until':
      return and(worth('earns'), `power down at ${change}`)
    case 'start-later':
      return and(worth('earns'), `at ${change}`)
    case 'profile':
      return and(worth('earns', ' more'), `at ${mode ?? 'another profile'}`)
  }
}

/** A part of the hours ahead, as it is planned. */
type ScheduledHours = { readonly fromMs: number; readonly toMs: number; readonly mode: Mode }

/**
 * When a lot is off in the hours ahead: `off 16:00–21:00 today, 16:00–21:00 tomorrow`; null where it is never.
 * @param timeZone of the site, which is named where it is not the reader's; null: the reader's
 */
export function scheduleWords(
  schedule: readonly ScheduledHours[],
  nowMs: number,
  timeZone: string | null,
): string | null {
  const off = schedule.filter(({ mode }) => mode === 'off')
  if (off.length === 0) return null
  const zone = timeZone ?? undefined
  const hours = off.map(({ fromMs, toMs }) => hourRange(fromMs, toMs, nowMs, zone)).join(', ')
  return `off ${hours}${zone === undefined || zone === readersZone() ? '' : ', site time'}`
}

function readersZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
