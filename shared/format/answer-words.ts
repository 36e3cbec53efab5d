import type { AdviceTotals } from '../domain/decision/advice-totals.ts'
import type { Market } from '../domain/decision/market.ts'
import type { ChanceRange } from '../domain/decision/acts/chance-of-acts.ts'
import type { SitesToCall } from '../domain/decision/acts/called.ts'
import type { RecordedDecision } from '../domain/decision/acts/decision-log.ts'
import { notNowFor } from '../domain/decision/acts/decision-log.ts'
import { actsOf } from '../domain/decision/acts/called.ts'
import { W_PER_KW } from '../domain/units.ts'
import type { FleetTotals } from '../domain/margins/totals.ts'
import { VERDICT_WORDS } from './advice-words.ts'
import { clockWords } from './clock-words.ts'
import { leftOutOfMarketWords } from './market-words.ts'
import type { Money } from './money.ts'
import { count, counted, MISSING, probability } from './numbers.ts'
import { dayMonth, days, longDay } from './times.ts'
import { power } from './units.ts'
import type { Flips, ShownFlip } from './shown-flip.ts'

/** What the answer rests on. */
export type Answered = {
  readonly advice: AdviceTotals | null
  readonly sitesToCall: SitesToCall
  /** where this computer stands; that site is named first. '' or absent: nobody said */
  readonly homeSite?: string
  readonly market: Market
  readonly totals: FleetTotals
}

/** The one sentence, in three parts so that the money in its middle can be set off; NaN: there is no money in it. */
export type AnswerWords = { readonly before: string; readonly moneyUsd: number; readonly after: string }

const only = (sentence: string): AnswerWords => ({ before: sentence, moneyUsd: Number.NaN, after: '' })

/** What is to be said where adjustments have passed, or may have, since the values; null where none has. */
export const passedWords = (market: Market) =>
  clockWords(market, (ms) => longDay(ms, undefined, lookedAtMs(market)))

/** The moment that a market is of: dates of another year than its own say so. */
export const lookedAtMs = ({ stages }: Market): number | undefined => stages[0]?.fromMs

/** The first change of the hashprice that the horizon knows of: `the adjustment, about 26 Nov`. */
function nextChange(market: Market): string {
  const next = market.stages[1]
  const day = dayMonth(next?.fromMs ?? Number.NaN, undefined, lookedAtMs(market))
  return `the ${next?.opensWith === 'halving' ? 'halving' : 'adjustment'}${day === MISSING ? '' : `, about ${day}`}`
}

/** Until when the money counts. A sample's day is no day of the calendar: then the length of time is what there is to tell. */
function byWhen(market: Market): string {
  if (market.isPerDay) return ' a day.'
  const end = longDay(market.horizonEndMs, undefined, lookedAtMs(market))
  return end === MISSING ? ` over ${days(market.outlook?.horizonDays ?? Number.NaN)}.` : ` by ${end}.`
}

/** What is to be done now and later, in machines. */
function tasksOf({ machines }: AdviceTotals, sitesToCall: SitesToCall) {
  const { powerDown, pause, start, set } = actsOf(sitesToCall)
  return {
    off: powerDown,
    pause,
    start,
    set,
    startAgain: sitesToCall.sites.reduce((sum, each) => sum + each.startAgain, 0),
    profile: machines.profile,
    /** of these: those that no site is called for */
    profileElsewhere: machines.profile - machinesAtPoints(sitesToCall),
    until: machines['run-until'],
    later: machines['start-later'],
    hold: machines.hold,
  }
}

const machinesAtPoints = ({ sites }: SitesToCall) =>
  sites.flatMap(({ points }) => points).reduce((sum, { machines }) => sum + machines, 0)

const MOST_SITES = 3
/** half a cent: less is rounding */
const LEAST_MONEY_USD = 0.005

const listed = (names: readonly string[]) =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`

/** ` at North and Ridge`, the site where this computer stands first. */
function atSites({ sites }: SitesToCall, homeSite: string): string {
  if (sites.length === 0) return ''
  const isHere = sites.some(({ site }) => site === homeSite)
  const names = sites.map(({ site }) => site).filter((site) => site !== homeSite)
  const all = isHere ? [`${homeSite} (here)`, ...names] : names
  if (all.length <= MOST_SITES) return ` at ${listed(all)}`
  return isHere
    ? ` at ${homeSite} (here) and ${counted(names.length, 'other site')}`
    : ` at ${counted(all.length, 'site')}`
}

function startWords(start: number, again: number): string {
  if (again === 0) return `start ${counted(start, 'idle machine')}`
  if (again === start)
    return start === 1 ? 'start 1 machine again' : `start these ${counted(start, 'machine')} again`
  return `start ${counted(start, 'idle machine')}, ${count(again)} of them again,`
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** What to do, where, what it is worth, by when. */
export function answerWords({ advice, sitesToCall, market, totals, homeSite = '' }: Answered): AnswerWords {
  if (totals.machines === 0) return only('There are no machines yet.')
  if (advice === null) {
    return Number.isFinite(totals.marginUsdPerDay) && totals.running > 0
      ? {
          before: 'As it runs, the fleet earns ',
          moneyUsd: totals.marginUsdPerDay,
          after: ' a day. There is no advice.',
        }
      : only('There is no answer yet: figures are missing.')
  }
  const { off, pause, start, startAgain, set, profile, until, later, hold } = tasksOf(advice, sitesToCall)
  const { stayOff } = advice.actions
  const decided = Object.values(advice.machines).reduce((sum, machines) => sum + machines, 0)
  if (decided === 0) return only('There is no answer yet: no machine has all its figures.')
  const change = nextChange(market)
  const parts = [
    ...(off > 0 ? [`power down ${counted(off, 'machine')}`] : []),
    ...(pause > 0 ? [`pause ${counted(pause, 'machine')} until ${change}`] : []),
    ...(start > 0 ? [startWords(start, startAgain)] : []),
    ...(set > 0 && off + pause + start > 0 ? [`set ${counted(set, 'machine')} to another point`] : []),
    ...(profile > 0 && off + pause + start === 0
      ? [`change the profile of ${counted(profile, 'machine')}`]
      : []),
  ]
  const sums = { moneyUsd: advice.gainUsd, after: byWhen(market) }
  if (parts.length > 0) {
    const what = listed(parts)
    const where = atSites(sitesToCall, homeSite)
    const now = parts.length === 1 && pause > 0 ? `${where}. ` : `${where} now. `
    const worth =
      advice.gainUsd < 0
        ? 'It earns '
        : off + pause === 0
          ? 'It earns '
          : start === 0
            ? 'It saves '
            : 'It is worth '
    return { before: `${capital(what)}${now}${worth}`, ...sums }
  }
  if (until > 0)
    return {
      before: `Run on until ${change}; then power down ${counted(until, 'machine')}. It saves `,
      ...sums,
    }
  if (later > 0)
    return { before: `At ${change}, start ${counted(later, 'idle machine')}. It earns `, ...sums }
  if (totals.running === 0)
    return only(`No machine runs, and none is worth starting${hold > 0 ? ' yet' : ''}.`)
  const earns = { moneyUsd: advice.marginNowUsdPerDay.asIs, after: ' a day after power.' }
  if (hold > 0) return { before: 'Leave everything as it is. It earns ', ...earns }
  // Nothing else is left that could bring money.
  if (advice.gainUsd >= LEAST_MONEY_USD)
    return { before: 'Run on, and stand still in the dear hours. It saves ', ...sums }
  if (stayOff > 0)
    return { before: `Run on what runs, and leave ${counted(stayOff, 'machine')} off. It earns `, ...earns }
  return { before: 'Run everything. It earns ', ...earns }
}

/** `Not now at North: no crew on site.` */
export const notNowWords = (
  { sites }: SitesToCall,
  decisions: readonly RecordedDecision[],
  nowMs: number,
): readonly string[] =>
  sites.flatMap((call) => {
    const said = notNowFor(decisions, call, nowMs)
    return said === null ? [] : [`Not now at ${call.site}${said.reason === '' ? '' : `: ${said.reason}`}.`]
  })

/** `It frees 4.12 MW at the meter.` */
function meterWords({ sites }: SitesToCall): string {
  const freedKw = sites.reduce((sum, each) => sum + each.freedKw, 0)
  const words = power(Math.abs(freedKw) * W_PER_KW)
  return freedKw < 0 ? `It takes ${words} more at the meter.` : `It frees ${words} at the meter.`
}

/** `80 % chance that it proves right`, or from the least to the most sure lot. */
function chanceWords([least, most]: ChanceRange): string {
  // Of drawn paths all may agree; certain it is not.
  const [low, high] = [least, most].map((chance) => probability(Math.min(Math.max(chance, 0.001), 0.999)))
  return low === high
    ? `${high} chance that it proves right.`
    : `Chance that it proves right: ${low} to ${high}, by lot.`
}

const lotName = ({ model, site }: ShownFlip) => `${model === '' ? 'no model' : model}, ${site}`
/** Whose verdict changes, and to what: `S19 95T, Harbor: power down`. */
export const flipWords = (flip: ShownFlip) =>
  `${lotName(flip)}${flip.verdict === null ? '' : `: ${VERDICT_WORDS[flip.verdict].toLowerCase()}`}`

/**
 * What else there is to do, what would change the answer, and what it leaves out.
 * @param flips null: not known yet
 * @param notNow what {@link notNowWords} says
 */
export function answerDetails(
  money: Money,
  { advice, sitesToCall, market, totals }: Answered,
  flips: Flips | null,
  notNow: readonly string[] = [],
): readonly string[] {
  const said: string[] = []
  const passed = passedWords(market)
  if (passed !== null) said.push(passed)
  if (advice !== null) {
    const { off, pause, start, set, profile, profileElsewhere, until, later, hold } = tasksOf(
      advice,
      sitesToCall,
    )
    const change = nextChange(market)
    const isNow = off + pause + start > 0
    if (isNow || set > 0) said.push(meterWords(sitesToCall))
    if (flips !== null && flips.chance !== null) said.push(chanceWords(flips.chance))
    said.push(...notNow)
    if (profileElsewhere > 0 && isNow)
      said.push(
        `${counted(profileElsewhere, 'machine')} should run at another profile; the money includes that.`,
      )
    if (until > 0 && (isNow || profile > 0))
      said.push(
        `${counted(until, 'machine')} should run until ${change} and then power down; the money includes that.`,
      )
    if (later > 0 && (isNow || profile > 0 || until > 0))
      said.push(`${counted(later, 'idle machine')} should start at ${change}; the money includes that.`)
    if (hold > 0) said.push(`${counted(hold, 'machine')} on hold: waiting is worth more than a switch.`)
    if (market.isPerDay) said.push('No adjustment is known, so money is per day and without a date.')
  }
  const leftOut = leftOutOfMarketWords(market)
  if (leftOut !== null) said.push(leftOut)
  if (flips !== null && flips.above !== null)
    said.push(
      `Above a hashprice of ${money.perPh(flips.above.hashpriceUsdPerPhDay, 'up')} the advice changes (${flipWords(flips.above)}).`,
    )
  if (flips !== null && flips.below !== null)
    said.push(
      `Below ${money.perPh(flips.below.hashpriceUsdPerPhDay, 'down')} it changes too (${flipWords(flips.below)}).`,
    )
  if (totals.withoutFigures > 0) {
    said.push(
      `${counted(totals.withoutFigures, 'running machine')} left out: a figure, the power price or the rate of its currency is missing.`,
    )
  }
  return said
}
