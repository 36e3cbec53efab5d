import type { Tried } from '../ahead/scenario.ts'
import { NOTHING_TRIED } from '../ahead/scenario.ts'
import type { NetworkConditions } from '../chain/network.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { horizonOf } from './advise.ts'
import type { CaseInputs } from './case-inputs.ts'
import { riskOf } from './case-inputs.ts'
import type { FleetCash } from './fleet-cash.ts'
import { fleetCash } from './fleet-cash.ts'
import type { Horizon } from './horizon.ts'
import type { Market } from './market.ts'
import { marketOf } from './market.ts'
import { prepare } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { startOfProjection } from './start-of-projection.ts'
import type { ProjectionStart } from './start-of-projection.ts'
import { conditionsUnder, pricesBySite, withSitePrices } from './tried-today.ts'

/** What is known today, without anything that is tried. */
export type Today = {
  readonly fleet: Fleet
  readonly inputs: CaseInputs
  readonly conditions: NetworkConditions
  /** the moment to look from, unix ms; null: that of the conditions */
  readonly nowMs: number | null
}

/** What projection, simulation and cash of one scenario start from. */
export type UnderScenario = {
  /** today's values with the price that is tried, not yet carried to now */
  readonly conditions: NetworkConditions
  readonly market: Market
  /** network, next adjustment and what chance is drawn from; null where nothing dates the adjustments ahead */
  readonly start: ProjectionStart | null
  readonly prepared: Prepared
  /** the usual one, whose prices of energy are in the cash; null where the hashprice is not known */
  readonly horizon: Horizon | null
  /** names of sites whose price is tried and that are not in the fleet */
  readonly goneSites: readonly string[]
  /**
   * The fleet's cash, computed when it is first asked for; null where the hashprice is not known. What energy costs is in the basis of
   * `prepared` afterwards.
   * @throws RangeError that names site and field where a contract asks for what cannot be
   */
  readonly cash: () => FleetCash | null
}

/**
 * Scenarios over one day. The returned function gives of each what it starts from; what several of them share, a prepared fleet and its
 * cash, is computed once. A scenario that tries nothing starts from today as it is.
 *
 * @param prepared the fleet of today where it is prepared already, and used for the usual horizon alone
 */
export function scenariosOver(
  { fleet, inputs, conditions: known, nowMs }: Today,
  prepared: Prepared | null = null,
): (tried: Tried) => UnderScenario {
  const marketUnder = (tried: Tried) =>
    marketOf(
      conditionsUnder(known, tried),
      { change: tried.change, horizonDays: null, ...riskOf(inputs) },
      nowMs,
    )
  const fleets = new Map<string, Prepared>()
  const cashes = new Map<string, FleetCash>()
  if (prepared !== null) fleets.set(nameOf(new Map(), horizonOf(marketUnder(NOTHING_TRIED))), prepared)
  return (tried) => {
    const conditions = conditionsUnder(known, tried)
    const market = marketUnder(tried)
    const horizon = horizonOf(market)
    const { prices, goneSites } = pricesBySite(fleet.sites, tried.sitePowerPrices)
    const named = nameOf(prices, horizon)
    const under = fleets.get(named) ?? prepare(withSitePrices(fleet, prices), inputs)
    fleets.set(named, under)
    return {
      conditions,
      market,
      start: startOfProjection(conditions, market, nowMs),
      prepared: under,
      horizon,
      goneSites,
      cash() {
        if (horizon === null) return null
        // Sites that are weighed as a whole look as far as the hashprices of the stages reach.
        const reach = under.groups.length === 0 ? '' : JSON.stringify(horizon.stages)
        const known = cashes.get(named + reach) ?? fleetCash(under, horizon)
        cashes.set(named + reach, known)
        return known
      },
    }
  }
}

/** The basis holds what energy costs on the days of a horizon: fleets are shared where sites and days are the same. */
const nameOf = (prices: ReadonlyMap<number, number>, horizon: Horizon | null) =>
  JSON.stringify([
    [...prices].sort(([a], [b]) => a - b),
    horizon?.stages.map(({ fromMs, days }) => [fromMs, days]) ?? null,
  ])
