import { BLOCK_ROWS, float64Columns } from '../fleet/columns.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { restartUsdAt } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { hashpriceAfterChange } from '../chain/network.ts'

/**
 * Keep, pause or power down: which option is worth most over the horizon. Only avoidable money counts; fixed cost
 * never decides. Position in this list is the code in {@link Decisions.verdict}; on a tie the earlier one wins.
 */
export const VERDICTS = ['run', 'pause', 'off'] as const
export type Verdict = (typeof VERDICTS)[number]
export const RUN = 0
export const PAUSE = 1
export const OFF = 2
/** Code of a row without a verdict: a figure of it, or of the network, is missing. */
export const NO_VERDICT = 255

// Local copies: reading an exported binding per row doubled the pass (measured).
const pauseCode = PAUSE
const offCode = OFF
const noCode = NO_VERDICT

/** What is expected of the network over the horizon. */
export type Outlook = {
  readonly hashpriceUsdPerPhDay: number
  /** difficulty change at the next adjustment, a fraction */
  readonly change: number
  readonly daysToAdjustment: number
  readonly horizonDays: number
  /** probability that the change will be at most the given one; null where the change is an assumption */
  readonly changeBelow: ((change: number) => number) | null
}

/** Per row, for the whole lot. NaN and {@link NO_VERDICT} where a figure is missing. */
export type Decisions = {
  readonly length: number
  /** index into {@link VERDICTS}, or {@link NO_VERDICT} */
  readonly verdict: Uint8Array
  /** value of the verdict less value of running on, USD over the horizon; 0 where the verdict is to run */
  readonly gainUsd: Float64Array
}

/** Days of the horizon that lie before the adjustment; all of them where the horizon ends first. */
export function daysBeforeAdjustment(outlook: Outlook): number {
  return Math.min(outlook.daysToAdjustment, outlook.horizonDays)
}

/** Days of the horizon that lie after the adjustment. */
export function daysAfterAdjustment(outlook: Outlook): number {
  return outlook.horizonDays - daysBeforeAdjustment(outlook)
}

/** Run over the whole horizon, USD: M₀·τ + M₁·(L − τ), given as what it earns before and after the adjustment. */
export function runValueUsd(earnedBeforeUsd: number, earnedAfterUsd: number): number {
  return earnedBeforeUsd + earnedAfterUsd
}

/** Off until the adjustment, then run, USD: −O·τ − r + M₁·(L − τ). */
export function pauseValueUsd(
  standbyCostUsdPerDay: number,
  daysBefore: number,
  restartUsd: number,
  earnedAfterUsd: number,
): number {
  return earnedAfterUsd - standbyCostUsdPerDay * daysBefore - restartUsd
}

/** Off over the whole horizon, USD: −O·L. */
export function offValueUsd(standbyCostUsdPerDay: number, horizonDays: number): number {
  return -(standbyCostUsdPerDay * horizonDays)
}

function emptyDecisions(length: number): Decisions {
  return {
    length,
    verdict: new Uint8Array(length),
    ...float64Columns(length, ['gainUsd']),
  }
}

/**
 * Verdicts of every row in one pass; rows that are off or in repair as if they ran.
 * @param into decisions of the same length whose columns are written again instead of new ones
 */
export function decideFleet(basis: MarginBasis, outlook: Outlook, into?: Decisions): Decisions {
  const { length } = basis
  const decisions = into?.length === length ? into : emptyDecisions(length)
  for (let from = 0; from < length; from += BLOCK_ROWS) {
    decideRows(basis, outlook, decisions, from, Math.min(from + BLOCK_ROWS, length))
  }
  return decisions
}

function decideRows(
  basis: MarginBasis,
  outlook: Outlook,
  decisions: Decisions,
  from: number,
  to: number,
): void {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { quantity, restartUsd } = basis.fleet.machines
  const { verdict, gainUsd } = decisions
  const { horizonDays } = outlook
  const hashpriceNow = outlook.hashpriceUsdPerPhDay
  const hashpriceAfter = hashpriceAfterChange(hashpriceNow, outlook.change)
  const daysBefore = daysBeforeAdjustment(outlook)
  const daysAfter = daysAfterAdjustment(outlook)
  for (let i = from; i < to; i++) {
    const accepted = acceptedPhs[i]!
    const avoidable = avoidableCostUsdPerDay[i]!
    const standby = standbyCostUsdPerDay[i]!
    const marginNow = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceNow), avoidable)
    const marginAfter = cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceAfter), avoidable)
    const earnedAfter = marginAfter * daysAfter
    const run = runValueUsd(marginNow * daysBefore, earnedAfter)
    const pause = pauseValueUsd(standby, daysBefore, quantity[i]! * restartUsd[i]!, earnedAfter)
    const off = offValueUsd(standby, horizonDays)
    // 1 and 0 in place of branches, which a processor guesses wrong where rows come in no order. On a tie nothing
    // is above: the earlier option stays. Adding 0 makes 0 of −0; a missing figure makes the gain NaN.
    const pauses = Number(pause > run)
    const stops = Number(off > run) * Number(off > pause)
    const gain = stops * (off - run) + (1 - stops) * pauses * (pause - run) + 0
    gainUsd[i] = gain
    verdict[i] = stops * offCode + (1 - stops) * pauses * pauseCode + Number(gain !== gain) * noCode
  }
}

/**
 * Cash margin of one row while it runs, USD/day for the whole lot: now, and after the adjustment at the same price and
 * fees. NaN where a figure is missing.
 */
export function runningMarginsUsdPerDay(
  basis: MarginBasis,
  outlook: Outlook,
  row: number,
): { readonly now: number; readonly after: number } {
  const accepted = basis.acceptedPhs[row]!
  const avoidable = basis.avoidableCostUsdPerDay[row]!
  const hashpriceAfter = hashpriceAfterChange(outlook.hashpriceUsdPerPhDay, outlook.change)
  return {
    now: cashMarginUsdPerDay(revenuePerDay(accepted, outlook.hashpriceUsdPerPhDay), avoidable),
    after: cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceAfter), avoidable),
  }
}

/** What each option of one row is worth over the horizon, USD for the whole lot; NaN where a figure is missing. */
export function optionValuesUsd(
  basis: MarginBasis,
  outlook: Outlook,
  row: number,
): Readonly<Record<Verdict, number>> {
  const standby = basis.standbyCostUsdPerDay[row]!
  const { now, after } = runningMarginsUsdPerDay(basis, outlook, row)
  const daysBefore = daysBeforeAdjustment(outlook)
  const earnedAfter = after * daysAfterAdjustment(outlook)
  return {
    run: runValueUsd(now * daysBefore, earnedAfter),
    pause: pauseValueUsd(standby, daysBefore, restartUsdAt(basis.fleet, row), earnedAfter),
    off: offValueUsd(standby, outlook.horizonDays),
  }
}

/**
 * Probability, over the outlook's distribution of the change, that the verdict of a row is the best of the
 * options. Which of run and pause is better does not depend on the change, since both run after it; so the
 * verdict turns at one change, where the better of the two is worth as much as off. Computed for one row, when
 * it is shown, because the distribution costs more than all the rest of the row.
 * NaN where the row has no verdict or the change is an assumption.
 */
export function verdictProbability(
  basis: MarginBasis,
  decisions: Decisions,
  outlook: Outlook,
  row: number,
): number {
  const verdict = decisions.verdict[row]!
  if (verdict === NO_VERDICT || outlook.changeBelow === null) return NaN
  const daysAfter = daysAfterAdjustment(outlook)
  const { run, pause, off } = optionValuesUsd(basis, outlook, row)
  // What staying is worth is a + b / (1 + change); b is revenue after the adjustment at today's difficulty.
  const revenueAfter = revenuePerDay(basis.acceptedPhs[row]!, outlook.hashpriceUsdPerPhDay) * daysAfter
  if (!(revenueAfter > 0)) return 1
  const lead = Math.max(run, pause) - off
  const inverseAtTie = 1 / (1 + outlook.change) - lead / revenueAfter
  // 1 / (1 + change) is above 0, so below that no change makes off the better one
  const stayProbability = inverseAtTie > 0 ? outlook.changeBelow(1 / inverseAtTie - 1) : 1
  return verdict === OFF ? 1 - stayProbability : stayProbability
}
