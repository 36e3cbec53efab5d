import { BLOCK_ROWS } from './columns.ts'
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
} from './decide.ts'
import type { MarginBasis } from './fleet-margins.ts'
import { hashpriceAfterChange } from './network.ts'

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
  const byVerdict = { run: noSums(), pause: noSums(), off: noSums() }
  const underwater = { now: { machines: 0, hashrateThs: 0 }, after: { machines: 0, hashrateThs: 0 } }
  const hashpriceNow = outlook.hashpriceUsdPerPhDay
  const hashpriceAfter = hashpriceAfterChange(hashpriceNow, outlook.change)
  for (let from = 0; from < basis.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, basis.length)
    addRows(byVerdict.run, RUN, basis, decisions, from, to)
    addRows(byVerdict.pause, PAUSE, basis, decisions, from, to)
    addRows(byVerdict.off, OFF, basis, decisions, from, to)
    addUnderwater(underwater.now, hashpriceNow, basis, from, to)
    addUnderwater(underwater.after, hashpriceAfter, basis, from, to)
  }
  const { run, pause, off } = byVerdict
  const sum = (of: (sums: Sums) => number) => of(run) + of(pause) + of(off)
  const marginNow = sum((sums) => sums.marginNow)
  const marginAfter = sum((sums) => sums.marginAfter)
  const standby = sum((sums) => sums.standby)
  const gainUsd = sum((sums) => sums.gain)
  // The value of an option is linear in these sums, so that of the fleet comes from the same formula.
  const daysBefore = daysBeforeAdjustment(outlook)
  const earnedAfter = marginAfter * daysAfterAdjustment(outlook)
  const runUsd = runValueUsd(marginNow * daysBefore, earnedAfter)
  const restart = sum((sums) => sums.restart)
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

/** Sums over the counted rows of one verdict. */
type Sums = {
  machines: number
  gain: number
  marginNow: number
  marginAfter: number
  standby: number
  restart: number
  freedW: number
}

function noSums(): Sums {
  return { machines: 0, gain: 0, marginNow: 0, marginAfter: 0, standby: 0, restart: 0, freedW: 0 }
}

function addRows(
  sums: Sums,
  ofVerdict: number,
  basis: MarginBasis,
  decisions: Decisions,
  from: number,
  to: number,
): void {
  const { counted, standbyCostUsdPerDay, restartUsd } = basis
  const { quantity, powerW, standbyW } = basis.fleet.machines
  const { verdict, gainUsd, marginNowUsdPerDay, marginAfterUsdPerDay } = decisions
  let machines = 0
  let gain = 0
  let marginNow = 0
  let marginAfter = 0
  let standby = 0
  let restart = 0
  let freedW = 0
  for (let i = from; i < to; i++) {
    if (verdict[i] !== ofVerdict || counted[i] === 0) continue
    const q = quantity[i]!
    machines += q
    gain += gainUsd[i]!
    marginNow += marginNowUsdPerDay[i]!
    marginAfter += marginAfterUsdPerDay[i]!
    standby += standbyCostUsdPerDay[i]!
    restart += restartUsd[i]!
    freedW += q * (powerW[i]! - standbyW[i]!)
  }
  sums.machines += machines
  sums.gain += gain
  sums.marginNow += marginNow
  sums.marginAfter += marginAfter
  sums.standby += standby
  sums.restart += restart
  sums.freedW += freedW
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
    if (counted[i] === 0 || !(breakeven[i]! > hashpriceUsdPerPhDay)) continue
    machines += quantity[i]!
    hashrate += quantity[i]! * hashrateThs[i]!
  }
  sums.machines += machines
  sums.hashrateThs += hashrate
}
