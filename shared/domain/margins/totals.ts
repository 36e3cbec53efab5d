import { BLOCK_ROWS } from '../fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from '../fleet/fleet.ts'
import type { MarginBasis } from './fleet-margins.ts'
import {
  allInMarginUsdPerDay,
  cashMarginUsdPerDay,
  costPerBtcUsd,
  efficiencyJPerTh,
  marginShare,
  revenuePerDay,
} from './margin.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceBtcPerPhDay, hashpriceUsdPerPhDay } from '../chain/network.ts'

/**
 * Sums over the rows that are counted (machines that run and whose figures are there), and ratios of those sums,
 * never means of means; what goes on when machines stop is summed over all of them. NaN where a ratio does not exist.
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
  readonly avoidableCostUsdPerDay: number
  /** of every machine, idle and in repair too */
  readonly fixedUsdPerDay: number
  /** energy that machines draw while they are off */
  readonly idleStandbyUsdPerDay: number
  /** what contracts ask whether machines run or not: fees of hosts, and committed energy less what handing it back would bring */
  readonly owedUsdPerDay: number
  readonly marginUsdPerDay: number
  /** Σ margin over Σ revenue */
  readonly marginShare: number
  /** after the fixed cost of every machine, the standby of those that are off, and what contracts ask either way */
  readonly allInMarginUsdPerDay: number
  readonly btcPerDay: number
  readonly costPerBtcUsd: number
  readonly allInCostPerBtcUsd: number
  /** BTC that pays all cost of a day: avoidable, fixed, standby of what is off, and what contracts ask either way */
  readonly btcToSellPerDay: number
  /** the same over BTC produced; above 1 the treasury shrinks */
  readonly shareOfProductionToSell: number
}

/** Totals of the fleet under the given network: one pass. */
export function fleetTotals(
  basis: MarginBasis,
  network: NetworkConditions,
  owedUsdPerDay?: number,
): FleetTotals {
  return totalsOf(fleetSums(basis), network, owedUsdPerDay)
}

/** What the totals of the fleet are made of: it does not depend on the network, so keep it while the basis stays. */
export function fleetSums(basis: MarginBasis): FleetSums {
  const sums = noSums()
  for (let from = 0; from < basis.length; from += BLOCK_ROWS) {
    addRows(sums, basis, from, Math.min(from + BLOCK_ROWS, basis.length))
  }
  return sums
}

/** The same over the rows of each site, in the order of the sites: one pass, however many sites there are. */
export const siteSums = (basis: MarginBasis): readonly FleetSums[] =>
  sumsBy(basis, basis.fleet.machines.site, basis.fleet.sites.length)

/** @param codes group of each row, below `groups`: its site, its model */
export function sumsBy(basis: MarginBasis, codes: ArrayLike<number>, groups: number): readonly FleetSums[] {
  const sums = Array.from({ length: groups }, noSums)
  for (let row = 0; row < basis.length; row++) addRows(sums[codes[row]!]!, basis, row, row + 1)
  return sums
}

const noSums = (): OpenSums => ({
  machines: 0,
  running: 0,
  withFigures: 0,
  hashrateThs: 0,
  powerW: 0,
  acceptedPhs: 0,
  avoidableCostUsdPerDay: 0,
  fixedUsdPerDay: 0,
  idleStandbyUsdPerDay: 0,
})

/** Sums of rows that no price, fee or difficulty changes: of all, of those that run, of those that are counted, of those that are off. */
export type FleetSums = {
  readonly machines: number
  readonly running: number
  readonly withFigures: number
  readonly hashrateThs: number
  readonly powerW: number
  readonly acceptedPhs: number
  readonly avoidableCostUsdPerDay: number
  readonly fixedUsdPerDay: number
  readonly idleStandbyUsdPerDay: number
}
type OpenSums = { -readonly [K in keyof FleetSums]: FleetSums[K] }

const REPAIR = MACHINE_STATUSES.indexOf('repair')

function addRows(sums: OpenSums, basis: MarginBasis, from: number, to: number): void {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { quantity, hashrateThs, powerW, status, fixedUsdPerDay } = basis.fleet.machines
  let machines = 0
  let running = 0
  let withFigures = 0
  let hashrate = 0
  let power = 0
  let accepted = 0
  let avoidable = 0
  let fixed = 0
  let standby = 0
  for (let i = from; i < to; i++) {
    const q = quantity[i]!
    machines += q
    fixed += q * fixedUsdPerDay[i]!
    if (status[i] === RUNNING) running += q
    else if (status[i] !== REPAIR && Number.isFinite(standbyCostUsdPerDay[i]))
      standby += standbyCostUsdPerDay[i]!
    if (counted[i] === 0) continue
    withFigures += q
    hashrate += q * hashrateThs[i]!
    power += q * powerW[i]!
    accepted += acceptedPhs[i]!
    avoidable += avoidableCostUsdPerDay[i]!
  }
  sums.machines += machines
  sums.running += running
  sums.withFigures += withFigures
  sums.hashrateThs += hashrate
  sums.powerW += power
  sums.acceptedPhs += accepted
  sums.avoidableCostUsdPerDay += avoidable
  sums.fixedUsdPerDay += fixed
  sums.idleStandbyUsdPerDay += standby
}

/**
 * The totals under a network of what was summed.
 * @param owedUsdPerDay what contracts ask whether machines run or not, see `HostCosts`
 */
export function totalsOf(sums: FleetSums, network: NetworkConditions, owedUsdPerDay = 0): FleetTotals {
  const { avoidableCostUsdPerDay: avoidable, fixedUsdPerDay: fixed, idleStandbyUsdPerDay: standby } = sums
  const goesOn = fixed + standby + owedUsdPerDay
  const revenue = revenuePerDay(sums.acceptedPhs, hashpriceUsdPerPhDay(network))
  const btc = revenuePerDay(sums.acceptedPhs, hashpriceBtcPerPhDay(network))
  const margin = cashMarginUsdPerDay(revenue, avoidable)
  const btcToSell = network.priceUsdPerBtc > 0 ? (avoidable + goesOn) / network.priceUsdPerBtc : NaN
  return {
    machines: sums.machines,
    running: sums.running,
    withoutFigures: sums.running - sums.withFigures,
    hashrateThs: sums.hashrateThs,
    powerW: sums.powerW,
    efficiencyJPerTh: efficiencyJPerTh(sums.powerW, sums.hashrateThs),
    revenueUsdPerDay: revenue,
    avoidableCostUsdPerDay: avoidable,
    fixedUsdPerDay: fixed,
    idleStandbyUsdPerDay: standby,
    owedUsdPerDay,
    marginUsdPerDay: margin,
    marginShare: marginShare(margin, revenue),
    allInMarginUsdPerDay: allInMarginUsdPerDay(margin, goesOn),
    btcPerDay: btc,
    costPerBtcUsd: costPerBtcUsd(avoidable, btc),
    allInCostPerBtcUsd: costPerBtcUsd(avoidable + goesOn, btc),
    btcToSellPerDay: btcToSell,
    shareOfProductionToSell: btc > 0 ? btcToSell / btc : NaN,
  }
}
