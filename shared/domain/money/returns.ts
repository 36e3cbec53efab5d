import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { fleetSums } from '../margins/totals.ts'
import type { GrowthPath } from '../ahead/growth-path.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { hashpriceBtcPerPhDay, hashpriceUsdPerPhDay } from '../chain/network.ts'
import type { NetworkEpoch } from '../ahead/project.ts'
import type { LotsUnderWater } from '../ahead/simulate/simulate.ts'
import { cashAt } from '../decision/cash-curve.ts'
import type { FleetCash } from '../decision/fleet-cash.ts'
import { cashOn } from '../decision/fleet-cash.ts'
import type { CostBridge, HostCosts } from './cost-bridge.ts'
import { costBridge, fleetCosts } from './cost-bridge.ts'
import type { Asset } from './depreciation.ts'
import { checkAsset, depreciationUsdPerDay } from './depreciation.ts'
import type { EpochCash } from './epoch-cash.ts'
import { cashInEpoch } from './epoch-cash.ts'
import { epochsUntil } from './epochs-of-life.ts'
import type { CashFlow } from './npv.ts'
import { internalRatePerYear, npvUsd } from './npv.ts'
import { paybackAlongDays, staticPaybackDays } from './payback.ts'

/** A fleet as an investment. Its own fixed cost, of idle machines too, is in every figure. */
export type ReturnPlan = {
  readonly asset: Asset
  readonly discountRatePerYear: number
  /** beyond what the fleet's rows carry, USD/day */
  readonly costs: {
    readonly demandResponseCreditsUsdPerDay: number
    readonly poolAndHostingUsdPerDay: number
    readonly siteUsdPerDay: number
    readonly generalUsdPerDay: number
  }
  readonly price: GrowthPath
  readonly hashrate: GrowthPath
  /** run: everything runs as it does today; stop: every machine does what earns most at the hashprice of the epoch */
  readonly underWater: LotsUnderWater
}

/** A fleet with its contracts. */
export type EarningFleet = {
  /** with what energy costs under contracts */
  readonly basis: MarginBasis
  readonly cash: FleetCash
  readonly hosts: HostCosts
}

/** An epoch of the asset's life; the last one is cut where the life ends. */
export type ReturnEpoch = NetworkEpoch & EpochCash

export type FleetReturns = {
  /** of a day as it is now */
  readonly bridge: CostBridge
  readonly depreciationUsdPerDay: number
  readonly epochs: readonly ReturnEpoch[]
  /** NaN where the cash of today never pays */
  readonly staticPaybackDays: number
  /** NaN where the cash of the projection does not pay within the life; salvage not counted */
  readonly paybackAlongDays: number
  readonly npvUsd: number
  /** NaN where there is none or not exactly one */
  readonly internalRatePerYear: number
}

/**
 * The returns of a fleet over the life of what was paid for it. The cash of an epoch counts on its last day.
 * @throws RangeError that names the field: asset, rate, a cost, or a life that a projection cannot reach
 */
export function fleetReturns(
  { basis, cash, hosts }: EarningFleet,
  network: NetworkConditions,
  estimate: AdjustmentEstimate,
  plan: ReturnPlan,
): FleetReturns {
  checkAsset(plan.asset)
  const { asset, costs } = plan
  const today = fleetCosts(basis, hashpriceBtcPerPhDay(network), hosts)
  const idleStandbyUsdPerDay = fleetSums(basis).idleStandbyUsdPerDay
  const bridge = costBridge({
    btc: today.btcPerDay,
    energyUsd: today.energyUsdPerDay + hosts.committedUsdPerDay,
    demandResponseCreditsUsd: costs.demandResponseCreditsUsdPerDay,
    poolAndHostingUsd: today.hostingUsdPerDay + hosts.fixedUsdPerDay + costs.poolAndHostingUsdPerDay,
    siteUsd: today.fixedUsdPerDay + idleStandbyUsdPerDay + costs.siteUsdPerDay,
    generalUsd: costs.generalUsdPerDay,
    depreciationUsd: depreciationUsdPerDay(asset),
  })
  const beyondMargin =
    today.fixedUsdPerDay +
    idleStandbyUsdPerDay +
    hosts.owedUsdPerDay +
    costs.poolAndHostingUsdPerDay +
    costs.siteUsdPerDay +
    costs.generalUsdPerDay -
    costs.demandResponseCreditsUsdPerDay
  const curveOn = (day: number) => cashOn(cash, day)[plan.underWater === 'run' ? 'asItRuns' : 'best']
  const ahead = epochsUntil(network, estimate, { ...plan, response: null }, asset.lifeDays)
  const epochs = ahead.map((epoch) => ({
    ...epoch,
    ...cashInEpoch(cash, epoch, plan.underWater, beyondMargin),
  }))
  const flows: CashFlow[] = [
    { atDay: 0, usd: -asset.costUsd },
    ...epochs.map(({ startsAtDay, days, usdPerDay }) => ({
      atDay: startsAtDay + days,
      usd: usdPerDay * days,
    })),
    { atDay: asset.lifeDays, usd: asset.salvageUsd },
  ]
  return {
    bridge,
    depreciationUsdPerDay: depreciationUsdPerDay(asset),
    epochs,
    staticPaybackDays: staticPaybackDays(
      asset.costUsd,
      cashAt(curveOn(0), hashpriceUsdPerPhDay(network)) - beyondMargin,
    ),
    paybackAlongDays: paybackAlongDays(asset.costUsd, epochs),
    npvUsd: npvUsd(plan.discountRatePerYear, flows),
    internalRatePerYear: internalRatePerYear(flows),
  }
}
