import { BLOCK_ROWS } from '../fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from '../fleet/fleet.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { restartUsdAt } from '../margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay, cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import type { Decisions } from './decisions.ts'
import { dailySpreadUsd, endOfHorizonUsd } from './waiting/hold.ts'
import type { Horizon } from './horizon.ts'
import type { Weighed } from './choice.ts'
import { bestWord, changesInStage, gainUsd as gainOf, nothingWeighed } from './choice.ts'
import { bestSequences } from './schedule/sequences.ts'
import type { StrikeTable } from './waiting/strikes.ts'
import { HOLD, isOnAtOnce, NO_VERDICT, OFF, RUN, START, STAY_OFF, TIE } from './words.ts'

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/**
 * Verdicts of machines that pay one price of energy and run as they are or not at all: one pass over the columns of the basis.
 * Rows of sites with other terms are written again afterwards by those who know these.
 * @param policies codes per row; null: all follow
 */
export function decidePlainRows(
  basis: MarginBasis,
  policies: Uint8Array | null,
  horizon: Horizon,
  strikes: SwitchStrikes,
  into: Decisions,
): void {
  const isShort = horizon.stages.length <= 2
  const open = new Uint32Array(Math.min(BLOCK_ROWS, basis.length))
  for (let from = 0; from < basis.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, basis.length)
    if (isShort) decideShort(basis, horizon, strikes, into, open, from, to)
    else decideLong(basis, policies, horizon, strikes, into, from, to)
  }
  if (isShort && policies !== null) protect(basis, policies, horizon, into)
}

/**
 * Per row the hashprice at which it switches against what it does now: a machine that runs stops below it, one that is off starts at
 * it. Today's hashprice does not change it, so it serves all steps of a price; a row's is worked out when it is first asked for. NaN:
 * no restart is paid or no price risk is taken, so that a switch is never waited for; or a figure is missing.
 */
export type SwitchStrikes = {
  /** {@link UNASKED} where a row's was not asked for yet */
  readonly column: Float64Array
  /** works a row's out and keeps it, unless it hangs on today's hashprice: of a row that costs no more running than standing by */
  readonly of: (row: number, hashpriceUsdPerPhDay: number) => number
  readonly at: (row: number, hashpriceUsdPerPhDay: number) => number
}

/** No hashprice at which a machine switches is below 0. */
const UNASKED = -1

/** @param into a column of the same length that is written again */
export function switchStrikes(
  basis: MarginBasis,
  policies: Uint8Array | null,
  strikes: StrikeTable,
  hasRisk: boolean,
  into?: Float64Array,
): SwitchStrikes {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay, length } = basis
  const { status, restartUsd } = basis.fleet.machines
  const column = into?.length === length ? into : new Float64Array(length)
  column.fill(hasRisk ? UNASKED : NaN)
  return { column, of, at: (i, hashprice) => (column[i] === UNASKED ? of(i, hashprice) : column[i]!) }

  function of(i: number, hashprice: number): number {
    if (!(restartUsd[i]! > 0) || policies?.[i] === PROTECTED) return (column[i] = NaN)
    const accepted = acceptedPhs[i]!
    const even = evenHashpriceUsdPerPhDay(accepted, avoidableCostUsdPerDay[i]!, standbyCostUsdPerDay[i]!)
    const restart = restartUsdAt(basis.fleet, i)
    if (even <= 0) {
      const { stopBelowUsdPerPhDay, startAboveUsdPerPhDay } = strikes.fromToday(
        accepted,
        even,
        restart,
        hashprice,
      )
      return status[i] === RUNNING ? stopBelowUsdPerPhDay : startAboveUsdPerPhDay
    }
    return (column[i] =
      status[i] === RUNNING
        ? strikes.stopBelowUsdPerPhDay(accepted, even, restart)
        : strikes.startAboveUsdPerPhDay(accepted, even, restart))
  }
}

// Local copies: reading an exported binding per row doubled the pass (measured).
const runningStatus = RUNNING
const offStatus = MACHINE_STATUSES.indexOf('off')
const offCode = OFF
const holdCode = HOLD
const noCode = NO_VERDICT
const unasked = UNASKED
const idleCodes = STAY_OFF
const startCode = START
const tie = TIE

/** One stage or two, all values in closed form. 1 and 0 stand in place of branches, which a processor guesses wrong too often. */
function decideShort(
  basis: MarginBasis,
  horizon: Horizon,
  strikes: SwitchStrikes,
  into: Decisions,
  open: Uint32Array,
  from: number,
  to: number,
): void {
  const count = decideClear(basis, horizon, into, open, runAtOnce(basis, horizon, into, open, from, to))
  decideOpen(basis, horizon, strikes, into, open, count)
}

/** Below the break-even by more than rounding. */
const BELOW = 1 - 1e-12

/**
 * Lets machines run whose break-even lies below every hashprice to come: most of a fleet.
 * @param open filled with the other rows
 * @returns how many those are
 */
function runAtOnce(
  { counted, breakevenHashpriceUsdPerPhDay: breakeven, isUsual }: MarginBasis,
  { stages }: Horizon,
  { verdict, gainUsd }: Decisions,
  open: Uint32Array,
  from: number,
  to: number,
): number {
  const least = isUsual ? BELOW * Math.min(...stages.map((stage) => stage.hashpriceUsdPerPhDay)) : -Infinity
  verdict.fill(RUN, from, to)
  gainUsd.fill(0, from, to)
  let count = 0
  for (let i = from; i < to; i++) {
    open[count] = i
    count += 1 - (counted[i]! & Number(breakeven[i]! < least))
  }
  return count
}

/**
 * What earns in both stages runs on, or starts if it earns a restart until the next review; what loses in both stays off, or stops if
 * it loses a restart until then and in the last one, since waiting brings no more than a restart.
 * @param open so many rows; those that this does not settle are left there
 * @returns how many those are
 */
function decideClear(
  basis: MarginBasis,
  { stages, days: horizonDays, reviewDays }: Horizon,
  into: Decisions,
  open: Uint32Array,
  rows: number,
): number {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { quantity, restartUsd, status } = basis.fleet.machines
  const { verdict, gainUsd } = into
  const { hashpriceNow, hashpriceLast, daysBefore, daysAfter, daysLast } = bothOf(stages)
  const daysUntilReview = Math.min(reviewDays, daysBefore)
  let count = 0
  for (let at = 0; at < rows; at++) {
    const i = open[at]!
    const state = status[i]!
    const accepted = acceptedPhs[i]!
    const avoidable = avoidableCostUsdPerDay[i]!
    const standby = standbyCostUsdPerDay[i]!
    const restart = quantity[i]! * restartUsd[i]!
    const marginNow = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceNow), avoidable)
    const marginLast = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceLast), avoidable)
    const on = marginNow * daysBefore + marginLast * daysAfter
    const off = -(standby * horizonDays)
    const isOn = Number(state === runningStatus)
    const isOff = Number(state === offStatus)
    const enough = restart + tie * (1 + Math.abs(on) + Math.abs(off))
    const untilReview = (marginNow + standby) * daysUntilReview
    const overLast = marginLast + standby
    const earns = Number(untilReview >= isOff * enough) & Number(overLast >= 0)
    const loses = Number(untilReview < -isOn * enough) & Number(overLast * daysLast < -isOn * enough)
    const changes = (isOn & loses) | (isOff & earns)
    verdict[i] = isOn * loses * offCode + isOff * (loses * idleCodes + earns * startCode)
    gainUsd[i] = changes * (isOn * (off - on) + isOff * (on - restart - off)) + 0
    open[count] = i
    count += 1 - ((isOn | isOff) & (earns | loses))
  }
  return count
}

/** The first stage and the last, of one or two. */
function bothOf([first, second]: Horizon['stages']) {
  const daysBefore = first!.days
  const daysAfter = second?.days ?? 0
  return {
    hashpriceNow: first!.hashpriceUsdPerPhDay,
    hashpriceLast: (second ?? first!).hashpriceUsdPerPhDay,
    daysBefore,
    daysAfter,
    daysLast: second === undefined ? daysBefore : daysAfter,
  }
}

/** The rows that are not clear at once. */
function decideOpen(
  basis: MarginBasis,
  horizon: Horizon,
  strikes: SwitchStrikes,
  into: Decisions,
  open: Uint32Array,
  count: number,
): void {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { quantity, restartUsd, status } = basis.fleet.machines
  const { verdict, gainUsd } = into
  const strike = strikes.column
  const { hashpriceNow, hashpriceLast, daysBefore, daysAfter, daysLast } = bothOf(horizon.stages)
  const horizonDays = horizon.days
  // Without a second stage there is no change to come.
  const none = horizon.stages.length === 1 ? -Infinity : 0
  const risk = horizon.volatilityPerYear
  const hasEnd = risk > 0 || horizon.isPerDay === true
  for (let at = 0; at < count; at++) {
    const i = open[at]!
    const state = status[i]!
    const accepted = acceptedPhs[i]!
    const avoidable = avoidableCostUsdPerDay[i]!
    const standby = standbyCostUsdPerDay[i]!
    const restart = quantity[i]! * restartUsd[i]!
    const marginNow = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceNow), avoidable)
    const marginLast = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceLast), avoidable)
    const earnedBefore = marginNow * daysBefore
    const earnedAfter = marginLast * daysAfter
    const on = earnedBefore + earnedAfter
    const off = -(standby * horizonDays)
    const onThenOff = earnedBefore - standby * daysAfter + none
    const offThenOn = earnedAfter - standby * daysBefore - restart + none
    const isIdle = Number(state !== runningStatus)
    // An idle machine pays a restart for being on at once.
    const start = isIdle * restart
    // What being on at the end is worth is between 0 and a restart, so it can only matter in between.
    const overLast = marginLast + standby
    const last = overLast * daysLast
    const end =
      restart > 0 && last <= restart && last >= -restart && hasEnd
        ? endOfHorizonUsd(horizon, overLast, restart, dailySpreadUsd(accepted, hashpriceLast, risk), daysLast)
        : 0
    const onNow = on - start + end
    const onNowThenOff = onThenOff - start
    const later = offThenOn + end
    const stay = isIdle * off + (1 - isIdle) * onNow
    const best = Math.max(Math.max(onNow, off), Math.max(onNowThenOff, later))
    const enough = best - tie * Math.max(1, Math.abs(best))
    // Running: run, run-until, pause, off. Idle: stay-off, start-later, start-until, start. The first that is good enough.
    const second2 = isIdle === 1 ? later : onNowThenOff
    const third = isIdle === 1 ? onNowThenOff : later
    const isNotFirst = Number(stay < enough)
    const isNotSecond = isNotFirst * Number(second2 < enough)
    const isNotThird = isNotSecond * Number(third < enough)
    const place = isNotFirst + isNotSecond + isNotThird
    // The last two of either switch now.
    const known = strike[i]!
    const switchesAt = isNotSecond === 1 && known === unasked ? strikes.of(i, hashpriceNow) : known
    const isHeld =
      isNotSecond *
      (isIdle * Number(hashpriceNow < switchesAt) + (1 - isIdle) * Number(hashpriceNow >= switchesAt))
    const isMissing = Number(best !== best) | Number(state > 1)
    const code = isHeld * holdCode + (1 - isHeld) * (place + isIdle * idleCodes)
    verdict[i] = isMissing * noCode + (1 - isMissing) * code
    const asNow = isIdle * off + (1 - isIdle) * on
    // Plans that end on were compared with what that is worth; the money shown is without.
    const endsOn = (place + 1 + isIdle) & 1
    const value = best - end * endsOn
    gainUsd[i] = isMissing === 1 ? NaN : isNotFirst * (1 - isHeld) * (value - asNow) + 0
  }
}
/** Protected machines run whatever comes. */
function protect(basis: MarginBasis, policies: Uint8Array, horizon: Horizon, into: Decisions): void {
  const weighed = nothingWeighed()
  const worth = new Float64Array(horizon.stages.length)
  for (let i = 0; i < basis.length; i++) {
    if (policies[i] !== PROTECTED || into.verdict[i] === NO_VERDICT) continue
    weighPlainRow(weighed, worth, basis, policies, horizon, i)
    decideRow(into, i, weighed, false, false)
  }
}

/** Any number of stages. */
function decideLong(
  basis: MarginBasis,
  policies: Uint8Array | null,
  horizon: Horizon,
  strikes: SwitchStrikes,
  into: Decisions,
  from: number,
  to: number,
): void {
  const weighed = nothingWeighed()
  const worth = new Float64Array(horizon.stages.length)
  const hashprice = horizon.stages[0]!.hashpriceUsdPerPhDay
  for (let i = from; i < to; i++) {
    weighPlainRow(weighed, worth, basis, policies, horizon, i)
    const at = strikes.at(i, hashprice)
    const keeps = weighed.isOn ? hashprice >= at : hashprice < at
    decideRow(into, i, weighed, basis.fleet.machines.status[i] === REPAIR, keeps)
  }
}

/**
 * Fills what the plans of a row are worth.
 * @param worth written again: per stage, what being on is worth over standing by, USD
 */
export function weighPlainRow(
  into: Weighed,
  worth: Float64Array,
  basis: MarginBasis,
  policies: Uint8Array | null,
  horizon: Horizon,
  i: number,
): void {
  const { stages, days, volatilityPerYear } = horizon
  const accepted = basis.acceptedPhs[i]!
  const avoidable = basis.avoidableCostUsdPerDay[i]!
  const standby = basis.standbyCostUsdPerDay[i]!
  into.isOn = basis.fleet.machines.status[i] === RUNNING
  into.isProtected = policies !== null && policies[i] === PROTECTED
  into.restartUsd = restartUsdAt(basis.fleet, i)
  into.standbyUsd = -(standby * days)
  into.hasOther = false
  let lastX = NaN
  stages.forEach((stage, t) => {
    lastX = cashMarginUsdPerDay(revenuePerDay(accepted, stage.hashpriceUsdPerPhDay), avoidable) + standby
    worth[t] = lastX * stage.days
  })
  const last = stages.at(-1)!
  const spread = dailySpreadUsd(accepted, last.hashpriceUsdPerPhDay, volatilityPerYear)
  const end = endOfHorizonUsd(horizon, lastX, into.restartUsd, spread, last.days)
  bestSequences(into.own, worth, stages.length, into.isOn, into.restartUsd, end)
  into.asIsUsd = into.own.allOn + (into.isOn ? 0 : into.restartUsd)
}

/** Hashprice at which running is worth as much as standing by, USD/PH/s/day; NaN where nothing is accepted. */
export function evenHashpriceUsdPerPhDay(
  acceptedPhs: number,
  avoidableCostUsdPerDay: number,
  standbyCostUsdPerDay: number,
): number {
  return breakevenHashpriceUsdPerPhDay(avoidableCostUsdPerDay - standbyCostUsdPerDay, acceptedPhs)
}

/**
 * Writes the verdict of a row that was weighed.
 * @param keeps whether waiting is worth more than switching now; counts only where the best plan would switch
 */
function decideRow(into: Decisions, i: number, weighed: Weighed, isInRepair: boolean, keeps: boolean): void {
  let code = isInRepair ? NO_VERDICT : bestWord(weighed)
  const { isOn } = weighed
  if (code !== NO_VERDICT && keeps && isOnAtOnce(code, isOn) !== isOn) code = HOLD
  into.verdict[i] = code
  into.gainUsd[i] = code === NO_VERDICT ? NaN : code === HOLD ? 0 : gainOf(weighed, code) + 0
  into.changesIn[i] = changesInStage(weighed, code)
}
