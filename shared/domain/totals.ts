import type { Decisions, Outlook } from './decide.ts'
import { OFF, PAUSE, RUN } from './decide.ts'
import { RUNNING } from './fleet.ts'
import type { MarginBasis } from './fleet-margins.ts'
import {
  allInMarginUsdPerDay,
  cashMarginUsdPerDay,
  costPerBtcUsd,
  efficiencyJPerTh,
  marginShare,
  revenuePerDay,
} from './margin.ts'
import type { NetworkConditions } from './network.ts'
import { hashpriceAfterChange, hashpriceBtcPerPhDay, hashpriceUsdPerPhDay } from './network.ts'

/**
 * Sums over the rows that are counted (machines that run and whose figures are there), and ratios of those sums,
 * never means of means. NaN where a ratio does not exist.
 */
export type FleetTotals = {
  /** machines of every status */
  readonly machines: number
  /** machines that run */
  readonly running: number
  /** machines that run but stay out of the sums because a figure is missing */
  readonly withoutFigures: number
  readonly hashrateThs: number
  readonly powerW: number
  /** Σ power over Σ hashrate */
  readonly efficiencyJPerTh: number
  readonly revenueUsdPerDay: number
  readonly energyKwhPerDay: number
  readonly avoidableCostUsdPerDay: number
  readonly fixedUsdPerDay: number
  readonly marginUsdPerDay: number
  /** Σ margin over Σ revenue */
  readonly marginShare: number
  readonly allInMarginUsdPerDay: number
  readonly btcPerDay: number
  readonly costPerBtcUsd: number
  readonly allInCostPerBtcUsd: number
  /** BTC that pays avoidable and fixed cost of a day */
  readonly btcToSellPerDay: number
  /** the same over BTC produced; above 1 the treasury shrinks */
  readonly shareOfProductionToSell: number
}

/** Totals of the fleet under the given network: one pass. */
export function fleetTotals(basis: MarginBasis, network: NetworkConditions): FleetTotals {
  const { counted, acceptedPhs, energyKwhPerDay, avoidableCostUsdPerDay, fixedUsdPerDay, length } = basis
  const { quantity, hashrateThs, powerW, status } = basis.fleet.machines
  let machines = 0
  let running = 0
  let withFigures = 0
  let hashrate = 0
  let power = 0
  let accepted = 0
  let energy = 0
  let avoidable = 0
  let fixed = 0
  for (let i = 0; i < length; i++) {
    const q = quantity[i]!
    machines += q
    if (status[i] === RUNNING) running += q
    if (counted[i] === 0) continue
    withFigures += q
    hashrate += q * hashrateThs[i]!
    power += q * powerW[i]!
    accepted += acceptedPhs[i]!
    energy += energyKwhPerDay[i]!
    avoidable += avoidableCostUsdPerDay[i]!
    fixed += fixedUsdPerDay[i]!
  }
  const revenue = revenuePerDay(accepted, hashpriceUsdPerPhDay(network))
  const btc = revenuePerDay(accepted, hashpriceBtcPerPhDay(network))
  const margin = cashMarginUsdPerDay(revenue, avoidable)
  const btcToSell = network.priceUsdPerBtc > 0 ? (avoidable + fixed) / network.priceUsdPerBtc : NaN
  return {
    machines,
    running,
    withoutFigures: running - withFigures,
    hashrateThs: hashrate,
    powerW: power,
    efficiencyJPerTh: efficiencyJPerTh(power, hashrate),
    revenueUsdPerDay: revenue,
    energyKwhPerDay: energy,
    avoidableCostUsdPerDay: avoidable,
    fixedUsdPerDay: fixed,
    marginUsdPerDay: margin,
    marginShare: marginShare(margin, revenue),
    allInMarginUsdPerDay: allInMarginUsdPerDay(margin, fixed),
    btcPerDay: btc,
    costPerBtcUsd: costPerBtcUsd(avoidable, btc),
    allInCostPerBtcUsd: costPerBtcUsd(avoidable + fixed, btc),
    btcToSellPerDay: btcToSell,
    shareOfProductionToSell: btc > 0 ? btcToSell / btc : NaN,
  }
}

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
  const { counted, breakevenHashpriceUsdPerPhDay, standbyCostUsdPerDay, length } = basis
  const { quantity, hashrateThs, powerW, standbyW } = basis.fleet.machines
  const { verdict, valueRunUsd, valuePauseUsd, valueOffUsd } = decisions
  const { marginNowUsdPerDay, marginAfterUsdPerDay } = decisions
  const hashpriceNow = outlook.hashpriceUsdPerPhDay
  const hashpriceAfter = hashpriceAfterChange(hashpriceNow, outlook.change)
  const machines = { run: 0, pause: 0, off: 0 }
  const valueUsd = { run: 0, pause: 0, off: 0, advised: 0 }
  const now = { asIs: 0, advised: 0 }
  const after = { asIs: 0, advised: 0 }
  const powerFreedW = { now: 0, after: 0 }
  const underwater = { now: { machines: 0, hashrateThs: 0 }, after: { machines: 0, hashrateThs: 0 } }
  let gainUsd = 0
  for (let i = 0; i < length; i++) {
    if (counted[i] === 0) continue
    const q = quantity[i]!
    const marginNow = marginNowUsdPerDay[i]!
    const marginAfter = marginAfterUsdPerDay[i]!
    const standby = standbyCostUsdPerDay[i]!
    const freedW = q * (powerW[i]! - standbyW[i]!)
    valueUsd.run += valueRunUsd[i]!
    valueUsd.pause += valuePauseUsd[i]!
    valueUsd.off += valueOffUsd[i]!
    gainUsd += decisions.gainUsd[i]!
    now.asIs += marginNow
    after.asIs += marginAfter
    if (verdict[i] === RUN) {
      machines.run += q
      valueUsd.advised += valueRunUsd[i]!
      now.advised += marginNow
      after.advised += marginAfter
    } else if (verdict[i] === PAUSE) {
      machines.pause += q
      valueUsd.advised += valuePauseUsd[i]!
      now.advised -= standby
      after.advised += marginAfter
      powerFreedW.now += freedW
    } else if (verdict[i] === OFF) {
      machines.off += q
      valueUsd.advised += valueOffUsd[i]!
      now.advised -= standby
      after.advised -= standby
      powerFreedW.now += freedW
      powerFreedW.after += freedW
    }
    const breakeven = breakevenHashpriceUsdPerPhDay[i]!
    if (breakeven > hashpriceNow) {
      underwater.now.machines += q
      underwater.now.hashrateThs += q * hashrateThs[i]!
    }
    if (breakeven > hashpriceAfter) {
      underwater.after.machines += q
      underwater.after.hashrateThs += q * hashrateThs[i]!
    }
  }
  return {
    machines,
    gainUsd,
    valueUsd,
    marginNowUsdPerDay: now,
    marginAfterUsdPerDay: after,
    powerFreedW,
    underwater,
  }
}
