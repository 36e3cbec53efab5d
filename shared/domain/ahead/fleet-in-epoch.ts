import { acceptedPhsAt, cashAt } from '../decision/cash-curve.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import { cashOn } from '../decision/fleet-cash.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, marginShare, revenuePerDay } from '../margins/margin.ts'
import type { NetworkEpoch } from './project.ts'

/** What an epoch is for the fleet; NaN where a value does not exist. */
export type FleetEpoch = {
  /** as it runs today */
  readonly fleetMarginUsdPerDay: number
  readonly fleetMarginShare: number
  /** running machines whose margin is 0 or more, at what energy costs them today */
  readonly machinesProfitable: number
  readonly btcPerDay: number
  /** where every machine does what earns most at the epoch's hashprice: stops, starts, changes its point. Restarts not counted. */
  readonly bestMarginUsdPerDay: number
}

/** The fleet in an epoch of a projection: one pass. */
export function fleetInEpoch(basis: MarginBasis, cash: FleetCash, epoch: NetworkEpoch): FleetEpoch {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, length } = basis
  const { quantity } = basis.fleet.machines
  let machinesProfitable = 0
  for (let i = 0; i < length; i++) {
    if (counted[i] === 0) continue
    const margin = cashMarginUsdPerDay(
      revenuePerDay(acceptedPhs[i]!, epoch.hashpriceUsdPerPhDay),
      avoidableCostUsdPerDay[i]!,
    )
    if (margin >= 0) machinesProfitable += quantity[i]!
  }
  const { asItRuns, best } = cashOn(cash, epoch.startsAtDay)
  const accepted = acceptedPhsAt(asItRuns, epoch.hashpriceUsdPerPhDay)
  const margin = cashAt(asItRuns, epoch.hashpriceUsdPerPhDay)
  return {
    fleetMarginUsdPerDay: margin,
    fleetMarginShare: marginShare(margin, revenuePerDay(accepted, epoch.hashpriceUsdPerPhDay)),
    machinesProfitable,
    btcPerDay: revenuePerDay(accepted, epoch.hashpriceBtcPerPhDay),
    bestMarginUsdPerDay: cashAt(best, epoch.hashpriceUsdPerPhDay),
  }
}
