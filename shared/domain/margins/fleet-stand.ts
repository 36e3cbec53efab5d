import type { MarginBasis } from './fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay, cashMarginUsdPerDay, revenuePerDay } from './margin.ts'

/** Where a fleet stands at a hashprice: of rows that run and have all figures, as they run. */
export type FleetStand = FleetSide & {
  /** of all of them together: avoidable cost over accepted hashrate; NaN where nothing is accepted */
  readonly breakevenUsdPerPhDay: number
  /** of these, those whose break-even is above the hashprice */
  readonly under: FleetSide
}

export type FleetSide = {
  readonly lots: number
  readonly machines: number
  /** hashrate that is paid for, PH/s */
  readonly acceptedPhs: number
  /** cash margin at the hashprice, USD/day; below 0: what they lose */
  readonly usdPerDay: number
}

/** One pass over the columns. @param usdPerPhDay hashprice, USD/PH/day */
export function fleetStand(basis: MarginBasis, usdPerPhDay: number): FleetStand {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, breakevenHashpriceUsdPerPhDay: breakeven } = basis
  const { quantity } = basis.fleet.machines
  const all = { lots: 0, machines: 0, acceptedPhs: 0, costUsdPerDay: 0 }
  const under = { lots: 0, machines: 0, acceptedPhs: 0, costUsdPerDay: 0 }
  for (let row = 0; row < basis.length; row++) {
    if (counted[row] === 0) continue
    all.lots++
    all.machines += quantity[row]!
    all.acceptedPhs += acceptedPhs[row]!
    all.costUsdPerDay += avoidableCostUsdPerDay[row]!
    if (!(breakeven[row]! > usdPerPhDay)) continue
    under.lots++
    under.machines += quantity[row]!
    under.acceptedPhs += acceptedPhs[row]!
    under.costUsdPerDay += avoidableCostUsdPerDay[row]!
  }
  const sideOf = ({ costUsdPerDay, ...side }: typeof all): FleetSide => ({
    ...side,
    usdPerDay: cashMarginUsdPerDay(revenuePerDay(side.acceptedPhs, usdPerPhDay), costUsdPerDay),
  })
  return {
    ...sideOf(all),
    breakevenUsdPerPhDay: breakevenHashpriceUsdPerPhDay(all.costUsdPerDay, all.acceptedPhs),
    under: sideOf(under),
  }
}
