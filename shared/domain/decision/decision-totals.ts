import { BLOCK_ROWS } from '../fleet/columns.ts'
import type { Decisions, Outlook } from './decide.ts'
import {
  daysAfterAdjustment,
  daysBeforeAdjustment,
  OFF,
  offValueUsd,
  PAUSE,
  pauseValueUsd,
  RUN,
  runValueUsd,
  VERDICTS,
} from './decide.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import { hashpriceAfterChange } from '../chain/network.ts'

/** Machines that run at a loss at one moment: their break-even hashprice is above the hashprice. */
export type Underwater = { readonly machines: number; readonly hashrateThs: number }

/** A figure of the whole fleet if every machine runs on, and if each does as advised. */
export type AsIsAndAdvised = { readonly asIs: number; readonly advised: number }

/** Sums over the rows that are counted; money of lots, machines with their quantity. */
export type DecisionTotals = {
  /** machines per verdict */
  readonly machines: { readonly run: number; readonly pause: number; readonly off: number }
  /** value of the advice less value of running everything on, USD over the horizon */
  readonly gainUsd: number
  /** USD over the horizon if every machine took that option, and if each does as advised */
  readonly valueUsd: {
    readonly run: number
    readonly pause: number
    readonly off: number
    readonly advised: number
  }
  /** advised: machines that are off or paused cost their standby power */
  readonly marginNowUsdPerDay: AsIsAndAdvised
  /** advised: paused machines run again */
  readonly marginAfterUsdPerDay: AsIsAndAdvised
  /** power at the wall that the advice frees, less standby, W: now (paused and off), and after the adjustment (off) */
  readonly powerFreedW: { readonly now: number; readonly after: number }
  readonly underwater: { readonly now: Underwater; readonly after: Underwater }
}

/** Totals of the decisions that were made for this outlook: one pass. */
export function decisionTotals(basis: MarginBasis, decisions: Decisions, outlook: Outlook): DecisionTotals {
  const sums = new Float64Array(VERDICTS.length * FIELDS)
  const underwater = { now: { machines: 0, hashrateThs: 0 }, after: { machines: 0, hashrateThs: 0 } }
  const hashpriceNow = outlook.hashpriceUsdPerPhDay
  const hashpriceAfter = hashpriceAfterChange(hashpriceNow, outlook.change)
  for (let from = 0; from < basis.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, basis.length)
    addRows(sums, basis, decisions, hashpriceNow, hashpriceAfter, from, to)
    addUnderwater(underwater.now, hashpriceNow, basis, from, to)
    addUnderwater(underwater.after, hashpriceAfter, basis, from, to)
  }
  const run = sumsOf(sums, RUN)
  const pause = sumsOf(sums, PAUSE)
  const off = sumsOf(sums, OFF)
  const marginNow = run.marginNow + pause.marginNow + off.marginNow
  const marginAfter = run.marginAfter + pause.marginAfter + off.marginAfter
  const standby = run.standby + pause.standby + off.standby
  const restart = run.restart + pause.restart + off.restart
  const gainUsd = run.gain + pause.gain + off.gain
  // The value of an option is linear in these sums, so that of the fleet comes from the same formula.
  const daysBefore = daysBeforeAdjustment(outlook)
  const earnedAfter = marginAfter * daysAfterAdjustment(outlook)
  const runUsd = runValueUsd(marginNow * daysBefore, earnedAfter)
  return {
    machines: { run: run.machines, pause: pause.machines, off: off.machines },
    gainUsd,
    valueUsd: {
      run: runUsd,
      pause: pauseValueUsd(standby, daysBefore, restart, earnedAfter),
      off: offValueUsd(standby, outlook.horizonDays),
      advised: runUsd + gainUsd,
    },
    marginNowUsdPerDay: { asIs: marginNow, advised: run.marginNow - pause.standby - off.standby },
    marginAfterUsdPerDay: {
      asIs: marginAfter,
      advised: run.marginAfter + pause.marginAfter - off.standby,
    },
    powerFreedW: { now: pause.freedW + off.freedW, after: off.freedW },
    underwater,
  }
}

/** Sums that are kept for each verdict, one after the other in the order of {@link sumsOf}. */
const FIELDS = 7

function sumsOf(sums: Float64Array, verdict: number) {
  const [machines, gain, marginNow, marginAfter, standby, restart, freedW] = sums.subarray(verdict * FIELDS)
  return {
    machines: machines!,
    gain: gain!,
    marginNow: marginNow!,
    marginAfter: marginAfter!,
    standby: standby!,
    restart: restart!,
    freedW: freedW!,
  }
}

/** Adds each counted row to its verdict's sums, by index: a branch per verdict is mispredicted too often. */
function addRows(
  sums: Float64Array,
  basis: MarginBasis,
  decisions: Decisions,
  hashpriceNow: number,
  hashpriceAfter: number,
  from: number,
  to: number,
): void {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { quantity, powerW, standbyW, restartUsd } = basis.fleet.machines
  const { verdict, gainUsd } = decisions
  for (let i = from; i < to; i++) {
    const at = verdict[i]! * FIELDS
    if (counted[i] === 0 || at >= sums.length) continue
    const q = quantity[i]!
    const accepted = acceptedPhs[i]!
    const avoidable = avoidableCostUsdPerDay[i]!
    sums[at] = sums[at]! + q
    sums[at + 1] = sums[at + 1]! + gainUsd[i]!
    sums[at + 2] = sums[at + 2]! + cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceNow), avoidable)
    sums[at + 3] = sums[at + 3]! + cashMarginUsdPerDay(revenuePerDay(accepted, hashpriceAfter), avoidable)
    sums[at + 4] = sums[at + 4]! + standbyCostUsdPerDay[i]!
    sums[at + 5] = sums[at + 5]! + q * restartUsd[i]!
    sums[at + 6] = sums[at + 6]! + q * (powerW[i]! - standbyW[i]!)
  }
}

function addUnderwater(
  sums: { machines: number; hashrateThs: number },
  hashpriceUsdPerPhDay: number,
  basis: MarginBasis,
  from: number,
  to: number,
): void {
  const { counted, breakevenHashpriceUsdPerPhDay: breakeven } = basis
  const { quantity, hashrateThs } = basis.fleet.machines
  let machines = 0
  let hashrate = 0
  for (let i = from; i < to; i++) {
    if (counted[i] === 0) continue
    // times 1 or 0 in place of a branch that is guessed wrong too often
    const underwater = Number(breakeven[i]! > hashpriceUsdPerPhDay) * quantity[i]!
    machines += underwater
    hashrate += underwater * hashrateThs[i]!
  }
  sums.machines += machines
  sums.hashrateThs += hashrate
}
