import type { NetworkEpoch } from '../ahead/project.ts'
import type { LotsUnderWater } from '../ahead/simulate/simulate.ts'
import { acceptedPhsAt, cashAt } from '../decision/cash-curve.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import { cashOn } from '../decision/fleet-cash.ts'
import { revenuePerDay } from '../margins/margin.ts'

/** What a fleet mines and pays in an epoch, a day. */
export type EpochCash = {
  readonly btcPerDay: number
  readonly revenueUsdPerDay: number
  /** everything that is paid, less credits; depreciation is not */
  readonly cashCostUsdPerDay: number
  /** revenue less that */
  readonly usdPerDay: number
}

/**
 * @param underWater run: everything runs as it does today; stop: every machine does what earns most at the hashprice of the epoch
 * @param beyondMarginUsdPerDay what is paid beside the cash margin, less credits
 */
export function cashInEpoch(
  cash: FleetCash,
  epoch: NetworkEpoch,
  underWater: LotsUnderWater,
  beyondMarginUsdPerDay: number,
): EpochCash {
  const curve = cashOn(cash, epoch.startsAtDay)[underWater === 'run' ? 'asItRuns' : 'best']
  const accepted = acceptedPhsAt(curve, epoch.hashpriceUsdPerPhDay)
  const revenueUsdPerDay = revenuePerDay(accepted, epoch.hashpriceUsdPerPhDay)
  const usdPerDay = cashAt(curve, epoch.hashpriceUsdPerPhDay) - beyondMarginUsdPerDay
  return {
    btcPerDay: revenuePerDay(accepted, epoch.hashpriceBtcPerPhDay),
    revenueUsdPerDay,
    cashCostUsdPerDay: revenueUsdPerDay - usdPerDay,
    usdPerDay,
  }
}
