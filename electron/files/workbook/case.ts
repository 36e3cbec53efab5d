import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import type { FleetEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { HALF_YEAR_EPOCHS, projectNetwork } from '#shared/domain/ahead/project.ts'
import type { Assumptions, NetworkEpoch } from '#shared/domain/ahead/project.ts'
import { isNothingTried, NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { carryToNow } from '#shared/domain/chain/carried.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { payFactor } from '#shared/domain/chain/network.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { timingAdjustment } from '#shared/domain/chain/outlook.ts'
import { horizonOf } from '#shared/domain/decision/advise.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { riskOf } from '#shared/domain/decision/case-inputs.ts'
import { plainCash } from '#shared/domain/decision/fleet-cash.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { offersOver } from '#shared/domain/decision/sites/offers.ts'
import { conditionsUnder, pricesBySite, withSitePrices } from '#shared/domain/decision/tried-today.ts'
import { weighed } from '#shared/domain/decision/weighed.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { hostCosts, NO_HOSTS } from '#shared/domain/money/cost-bridge.ts'
import type { HostCosts } from '#shared/domain/money/cost-bridge.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { SECONDS_PER_DAY } from '#shared/domain/units.ts'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import type { ReportLedger, ReportScenario } from '#shared/report/case.ts'

/** Where a figure comes from; asOfMs null: not said. */
export type Origin = { readonly source: string; readonly asOfMs: number | null }

/** All that a workbook is made from. Plain objects and typed arrays, so that it goes to a thread as it is. */
export type WorkbookCase = {
  readonly title: string
  readonly company: string
  readonly version: string
  readonly madeAtMs: number
  /** the moment of which it speaks; null: that of the network */
  readonly asOfMs: number | null
  readonly fleet: Fleet
  readonly tariffs: FleetView['tariffs']
  readonly inputs: CaseInputs
  readonly conditions: NetworkConditions
  readonly origins: Readonly<Partial<Record<NetworkValueName, Origin>>>
  readonly rates: readonly (Origin & { readonly currency: Currency; readonly usdPerUnit: number })[]
  readonly horizonDays: number | null
  readonly scenario: ReportScenario
  /** the books up to the last month that a report tells; null: nothing is booked, or more than it seals; absent: not asked for */
  readonly ledger?: Pick<ReportLedger, 'months' | 'books'> | null
  /** null: not said */
  readonly finance: {
    readonly generalUsdPerDay: number | null
    readonly demandResponseCreditsUsdPerDay: number | null
    readonly depreciationUsdPerDay: number | null
  }
}

/** One row of the projection. */
export type EpochFacts = { readonly network: NetworkEpoch; readonly fleet: FleetEpoch }

/** A case with what the engine says of it. */
export type WorkbookFacts = {
  readonly of: WorkbookCase
  readonly prepared: Prepared
  /** with what energy costs under contracts */
  readonly basis: MarginBasis
  readonly hosts: HostCosts
  readonly market: Market
  /** now: with the height that the clock leads to */
  readonly conditions: NetworkConditions
  /** of each site what a kWh costs it as it runs, where its contract says that; NaN elsewhere */
  readonly contractUsdPerKwh: Float64Array
  /** why contracts cannot be weighed, so that their machines stand at their own prices; null where they can */
  readonly refusal: string | null
  /** of the scenario, with what it tries; empty where nothing dates the adjustments ahead */
  readonly epochs: readonly EpochFacts[]
  /** names of sites that the scenario tries a price of and the fleet has not got */
  readonly goneSites: readonly string[]
}

/** A case as it is today, or with what a scenario tries. */
type Today = Pick<WorkbookFacts, 'prepared' | 'market' | 'conditions' | 'contractUsdPerKwh' | 'refusal'>

export function factsOf(of: WorkbookCase): WorkbookFacts {
  const { tried = NOTHING_TRIED, assumptions } = of.scenario
  const today = todayOf(of, null)
  const { prepared, refusal } = today
  const { prices, goneSites } = pricesBySite(of.fleet.sites, tried.sitePowerPrices)
  const under = isNothingTried(tried)
    ? today
    : todayOf(
        {
          ...of,
          fleet: withSitePrices(of.fleet, prices),
          conditions: conditionsUnder(of.conditions, tried),
        },
        tried.change,
      )
  return {
    ...today,
    of,
    basis: prepared.basis,
    hosts: refusal === null ? hostCosts(prepared) : NO_HOSTS,
    epochs: epochsOf(under, assumptions),
    goneSites,
  }
}

function todayOf(of: WorkbookCase, change: number | null): Today {
  const { fleet, inputs, horizonDays, asOfMs } = of
  const prepared = prepare(fleet, inputs)
  const market = marketOf(of.conditions, { change, horizonDays, ...riskOf(inputs) }, asOfMs)
  const { contractUsdPerKwh, refusal } = contractPrices(prepared, market)
  const conditions = { ...market.conditions, height: heightNow(of, market) }
  return { prepared, market, conditions, contractUsdPerKwh, refusal }
}

/** Writes what energy costs under contracts into the basis, as a verdict does. */
function contractPrices(prepared: Prepared, market: Market) {
  const { sites } = prepared.basis.fleet
  const contractUsdPerKwh = new Float64Array(sites.length).fill(NaN)
  const horizon = horizonOf(market)
  if (horizon === null) return { contractUsdPerKwh, refusal: null }
  const { value: offers, refusal } = weighed(() => offersOver(prepared, horizon))
  for (const { site, asItRuns } of offers ?? [])
    if (site >= 0 && asItRuns !== null) contractUsdPerKwh[site] = asItRuns.priceUsdPerKwh
  return { contractUsdPerKwh, refusal }
}

/** Where the clock has led; beside a typed hashprice the height of the values. */
function heightNow({ conditions, asOfMs }: WorkbookCase, market: Market): number {
  const carried = carryToNow(conditions, timingAdjustment(conditions, null), asOfMs)
  const isSame = carried.conditions.difficulty === market.conditions.difficulty
  return isSame ? carried.expectedHeight : market.conditions.height
}

/** Of the fleet at the prices of the sheets: every stage at what a kWh costs as it runs now. */
function epochsOf(
  { prepared: { basis, policies }, market: { change, daysToAdjustment }, conditions: network }: Today,
  assumptions: Assumptions,
): readonly EpochFacts[] {
  const isKnown = [change, daysToAdjustment, payFactor(network), network.height].every(Number.isFinite)
  if (!isKnown) return []
  const adjustment = { change, secondsLeft: daysToAdjustment * SECONDS_PER_DAY }
  const cash = [{ fromDay: 0, ...plainCash(basis, undefined, policies) }] as const
  return projectNetwork(network, adjustment, { epochs: HALF_YEAR_EPOCHS, ...assumptions }).map((epoch) => ({
    network: epoch,
    fleet: fleetInEpoch(basis, cash, epoch),
  }))
}
