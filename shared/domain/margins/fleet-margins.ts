import { BLOCK_ROWS, float64Columns, ownElseSite } from '../fleet/columns.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { RUNNING } from '../fleet/fleet.ts'
import {
  acceptedPhs,
  allInMarginUsdPerDay,
  breakevenBtcPriceUsd,
  breakevenDifficulty,
  breakevenHashpriceUsdPerPhDay,
  breakevenPowerPriceUsdPerKwh,
  cashMarginUsdPerDay,
  costPerBtcUsd,
  efficiencyJPerTh,
  energyCostUsdPerDay,
  energyKwhPerDay,
  headroom,
  marginShare,
  meterPowerW,
  revenuePerDay,
  energyAtDrawKwhPerDay,
} from './margin.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceBtcPerPhDay, hashpriceUsdPerPhDay } from '../chain/network.ts'

/**
 * What does not depend on the network, per row: computed once per fleet, so that a new price, fee or difficulty
 * costs one short pass. Every USD and kWh is for the whole lot and a day. NaN = a figure of the row is missing.
 * A contract that changes what is avoidable would put its own `avoidableCostUsdPerDay` here; nothing after this
 * looks at the fleet's prices again.
 */
export type MarginBasis = {
  readonly fleet: Fleet
  readonly length: number
  /** 1 where the machine runs and its figures are there: such rows make the totals */
  readonly counted: Uint8Array
  /** paid hashrate after uptime, pool fee and the host's share */
  readonly acceptedPhs: Float64Array
  readonly avoidableCostUsdPerDay: Float64Array
  /** cost of being off */
  readonly standbyCostUsdPerDay: Float64Array
  readonly breakevenHashpriceUsdPerPhDay: Float64Array
  /** no counted row is paid for standing by, and every restart cost is known: then a machine at its break-even earns by running */
  readonly isUsual: boolean
}

/** What a kWh costs a row, USD/kWh: the machine's own price, else its site's; NaN where neither is given. */
export function powerPriceUsdPerKwhAt({ machines, sites }: Fleet, row: number): number {
  return ownElseSite(machines.powerPriceUsdPerKwh[row]!, sites.powerPriceUsdPerKwh[machines.site[row]!]!)
}

/** The same of other cost per kWh. */
export function otherUsdPerKwhAt({ machines, sites }: Fleet, row: number): number {
  return ownElseSite(machines.otherUsdPerKwh[row]!, sites.otherUsdPerKwh[machines.site[row]!]!)
}

/** The same of overhead, a fraction. */
export function overheadAt({ machines, sites }: Fleet, row: number): number {
  return ownElseSite(machines.overhead[row]!, sites.overhead[machines.site[row]!]!)
}

/** Energy of the whole lot of a row at the meter while it runs, kWh a day; NaN where a figure is missing. */
export function energyKwhPerDayAt(fleet: Fleet, row: number): number {
  const { quantity, powerW, standbyW, uptime } = fleet.machines
  const overhead = overheadAt(fleet, row)
  return energyKwhPerDay(quantity[row]!, powerW[row]!, standbyW[row]!, uptime[row]!, overhead)
}

/** Power of the whole lot of a row at the meter while it runs, W; NaN where a figure is missing. */
export function meterPowerWAt(fleet: Fleet, row: number): number {
  const { quantity, powerW } = fleet.machines
  return meterPowerW(quantity[row]!, powerW[row]!, overheadAt(fleet, row))
}

/** Cost of restarting the whole lot of a row once, USD. */
export function restartUsdAt({ machines }: Fleet, row: number): number {
  return machines.quantity[row]! * machines.restartUsd[row]!
}

function emptyBasis(fleet: Fleet): MarginBasis {
  const { length } = fleet.machines
  return {
    fleet,
    length,
    counted: new Uint8Array(length),
    ...float64Columns(length, [
      'acceptedPhs',
      'avoidableCostUsdPerDay',
      'standbyCostUsdPerDay',
      'breakevenHashpriceUsdPerPhDay',
    ]),
    isUsual: false,
  }
}

/**
 * One pass over the fleet. Rows that are off or in repair are computed as if they ran.
 * @param into a basis of the same length whose columns are written again instead of new ones
 */
export function prepareMargins(fleet: Fleet, into?: MarginBasis): MarginBasis {
  const basis: MarginBasis = into?.length === fleet.machines.length ? { ...into, fleet } : emptyBasis(fleet)
  const n = basis.length
  let unusual = 0
  for (let from = 0; from < n; from += BLOCK_ROWS)
    unusual += prepareRows(basis, from, Math.min(from + BLOCK_ROWS, n))
  return { ...basis, isUsual: unusual === 0 }
}

/** @returns how many of the rows are not usual */
function prepareRows(basis: MarginBasis, from: number, to: number): number {
  const { machines, sites } = basis.fleet
  const { status, site, quantity, hashrateThs, powerW, uptime, poolFee, hostShare, standbyW } = machines
  const { restartUsd } = machines
  const { powerPriceUsdPerKwh: ownPrice, otherUsdPerKwh: ownOther, overhead: ownOverhead } = machines
  const { powerPriceUsdPerKwh: sitePrice, otherUsdPerKwh: siteOther, overhead: siteOverhead } = sites
  const { counted, acceptedPhs: accepted, avoidableCostUsdPerDay: avoidable } = basis
  const { standbyCostUsdPerDay: standby, breakevenHashpriceUsdPerPhDay: breakeven } = basis
  let unusual = 0
  for (let i = from; i < to; i++) {
    const s = site[i]!
    const q = quantity[i]!
    const u = uptime[i]!
    const c = ownElseSite(ownPrice[i]!, sitePrice[s]!)
    const v = ownElseSite(ownOther[i]!, siteOther[s]!)
    const x = ownElseSite(ownOverhead[i]!, siteOverhead[s]!)
    const paid = acceptedPhs(q, hashrateThs[i]!, u, poolFee[i]!, hostShare[i]!)
    const kwh = energyKwhPerDay(q, powerW[i]!, standbyW[i]!, u, x)
    const cost = energyCostUsdPerDay(kwh, c, v)
    accepted[i] = paid
    avoidable[i] = cost
    const idle = energyCostUsdPerDay(energyAtDrawKwhPerDay(q, standbyW[i]!, x), c, v)
    standby[i] = idle
    unusual += Number(idle < 0) | Number(restartUsd[i] !== restartUsd[i])
    breakeven[i] = breakevenHashpriceUsdPerPhDay(cost, paid)
    counted[i] = status[i] === RUNNING && Number.isFinite(paid) && Number.isFinite(cost) ? 1 : 0
  }
  return unusual
}

/**
 * Cash margin of every row at a hashprice, USD/day for the lot; NaN where a figure is missing.
 * @param into a column of the same length that is written instead of a new one
 */
export function marginsUsdPerDay(
  basis: MarginBasis,
  hashpriceUsdPerPhDay: number,
  into?: Float64Array,
): Float64Array {
  const { acceptedPhs: accepted, avoidableCostUsdPerDay: avoidable, length } = basis
  const margins = into?.length === length ? into : new Float64Array(length)
  for (let i = 0; i < length; i++) {
    margins[i] = cashMarginUsdPerDay(revenuePerDay(accepted[i]!, hashpriceUsdPerPhDay), avoidable[i]!)
  }
  return margins
}

/**
 * Every figure of one row. Money, energy and BTC are for the lot; hashrate, power and efficiency for one machine.
 * NaN where a figure is missing or the value does not exist.
 */
export type MachineFigures = {
  readonly quantity: number
  readonly hashrateThs: number
  readonly powerW: number
  readonly efficiencyJPerTh: number
  readonly powerPriceUsdPerKwh: number
  readonly revenueUsdPerDay: number
  readonly energyKwhPerDay: number
  readonly avoidableCostUsdPerDay: number
  readonly standbyCostUsdPerDay: number
  readonly marginUsdPerDay: number
  readonly marginShare: number
  readonly allInMarginUsdPerDay: number
  readonly breakevenHashpriceUsdPerPhDay: number
  readonly breakevenPowerPriceUsdPerKwh: number
  readonly breakevenBtcPriceUsd: number
  readonly breakevenDifficulty: number
  readonly headroom: number
  readonly costPerBtcUsd: number
  readonly allInCostPerBtcUsd: number
}

/** Every figure of one row under the given network; the row as if it ran. */
export function machineFigures(basis: MarginBasis, row: number, network: NetworkConditions): MachineFigures {
  const { machines } = basis.fleet
  const hashpriceUsd = hashpriceUsdPerPhDay(network)
  const hashpriceBtc = hashpriceBtcPerPhDay(network)
  const paid = basis.acceptedPhs[row]!
  const cost = basis.avoidableCostUsdPerDay[row]!
  const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
  const quantity = machines.quantity[row]!
  const other = otherUsdPerKwhAt(basis.fleet, row)
  const powerW = machines.powerW[row]!
  const hashrateThs = machines.hashrateThs[row]!
  const kwh = energyKwhPerDayAt(basis.fleet, row)
  const fixed = quantity * machines.fixedUsdPerDay[row]!
  const revenue = revenuePerDay(paid, hashpriceUsd)
  const btc = revenuePerDay(paid, hashpriceBtc)
  const margin = cashMarginUsdPerDay(revenue, cost)
  return {
    quantity,
    hashrateThs,
    powerW,
    efficiencyJPerTh: efficiencyJPerTh(powerW, hashrateThs),
    powerPriceUsdPerKwh: powerPriceUsdPerKwhAt(basis.fleet, row),
    revenueUsdPerDay: revenue,
    energyKwhPerDay: kwh,
    avoidableCostUsdPerDay: cost,
    standbyCostUsdPerDay: basis.standbyCostUsdPerDay[row]!,
    marginUsdPerDay: margin,
    marginShare: marginShare(margin, revenue),
    allInMarginUsdPerDay: allInMarginUsdPerDay(margin, fixed),
    breakevenHashpriceUsdPerPhDay: breakeven,
    breakevenPowerPriceUsdPerKwh: breakevenPowerPriceUsdPerKwh(revenue, kwh, other),
    breakevenBtcPriceUsd: breakevenBtcPriceUsd(breakeven, hashpriceBtc),
    breakevenDifficulty: breakevenDifficulty(network.difficulty, hashpriceUsd, breakeven),
    headroom: headroom(hashpriceUsd, breakeven),
    costPerBtcUsd: costPerBtcUsd(cost, btc),
    allInCostPerBtcUsd: costPerBtcUsd(cost + fixed, btc),
  }
}
