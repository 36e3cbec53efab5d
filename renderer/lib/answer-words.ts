import type { AdviceTotals } from '#shared/domain/decision/advice-totals.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import type { SiteToCall } from '#shared/domain/decision/sites/sites-to-call.ts'
import type { FleetTotals } from '#shared/domain/margins/totals.ts'
import { VERDICT_WORDS } from '#shared/format/advice-words.ts'
import { clockWords } from '#shared/format/clock-words.ts'
import { leftOutOfMarketWords } from '#shared/format/market-words.ts'
import type { Money } from '#shared/format/money.ts'
import { counted, MISSING } from '#shared/format/numbers.ts'
import { dayMonth, days, longDay } from '#shared/format/times.ts'
import type { Flips, ShownFlip } from '../engine/protocol.ts'

/** What the answer rests on. */
export type Answered = {
  readonly advice: AdviceTotals | null
  readonly sitesToCall: readonly SiteToCall[]
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
function tasksOf({ machines, actions }: AdviceTotals) {
  return {
    // A lot that is split counts with the machines that really stop.
    off: Math.max(actions.powerDown - machines.pause, 0),
    pause: machines.pause,
    start: actions.start,
    profile: machines.profile,
    until: machines['run-until'],
    later: machines['start-later'],
    hold: machines.hold,
    stayOff: actions.stayOff,
  }
}
type Tasks = ReturnType<typeof tasksOf>

const MOST_SITES = 3
/** half a cent: less is rounding */
const LEAST_MONEY_USD = 0.005

/** ` at North and Ridge`; nothing where lots are split, so that it is not certain which sites they are. */
function atSites(sites: readonly SiteToCall[], { off, pause, start }: Tasks): string {
  const called = sites.reduce((sum, each) => sum + each.powerDown + each.pause + each.start, 0)
  if (called !== off + pause + start || sites.length === 0) return ''
  if (sites.length > MOST_SITES) return ` at ${counted(sites.length, 'site')}`
  const names = sites.map(({ site }) => site)
  return ` at ${names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`}`
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

/** What to do, where, what it is worth, by when. */
export function answerWords({ advice, sitesToCall, market, totals }: Answered): AnswerWords {
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
  const tasks = tasksOf(advice)
  const { off, pause, start, profile, until, later, hold, stayOff } = tasks
  const decided = Object.values(advice.machines).reduce((sum, machines) => sum + machines, 0)
  if (decided === 0) return only('There is no answer yet: no machine has all its figures.')
  const change = nextChange(market)
  const parts = [
    ...(off > 0 ? [`power down ${counted(off, 'machine')}`] : []),
    ...(pause > 0 ? [`pause ${counted(pause, 'machine')} until ${change}`] : []),
    ...(start > 0 ? [`start ${counted(start, 'idle machine')}`] : []),
    ...(profile > 0 && off + pause + start === 0
      ? [`change the profile of ${counted(profile, 'machine')}`]
      : []),
  ]
  const sums = { moneyUsd: advice.gainUsd, after: byWhen(market) }
  if (parts.length > 0) {
    const what = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`
    const where = atSites(sitesToCall, tasks)
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

const lotName = ({ model, site }: ShownFlip) => `${model === '' ? 'no model' : model}, ${site}`
const flipWords = (flip: ShownFlip) =>
  `${lotName(flip)}${flip.verdict === null ? '' : `: ${VERDICT_WORDS[flip.verdict].toLowerCase()}`}`

/**
 * What else there is to do, what would change the answer, and what it leaves out.
 * @param flips null: not known yet
 */
export function answerDetails(
  money: Money,
  { advice, market, totals }: Answered,
  flips: Flips | null,
): readonly string[] {
  const said: string[] = []
  const passed = passedWords(market)
  if (passed !== null) said.push(passed)
  if (advice !== null) {
    const { off, pause, start, profile, until, later, hold } = tasksOf(advice)
    const change = nextChange(market)
    const isNow = off + pause + start > 0
    if (profile > 0 && isNow)
      said.push(`${counted(profile, 'machine')} should run at another profile; the money includes that.`)
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
