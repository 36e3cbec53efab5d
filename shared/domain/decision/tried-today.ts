import type { Tried } from '../ahead/scenario.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { atPrice } from '../chain/network.ts'
import type { Fleet, SiteColumns } from '../fleet/fleet.ts'
import { siteNameKey } from '../fleet/names.ts'

/** Today with what is tried in its place: the one way, for a what if on screen and for every scenario. */

/** The network at the price that is tried; the same object where none is. */
export const conditionsUnder = (
  conditions: NetworkConditions,
  { priceUsdPerBtc }: Pick<Tried, 'priceUsdPerBtc'>,
): NetworkConditions => (priceUsdPerBtc === null ? conditions : atPrice(conditions, priceUsdPerBtc))

/** The fleet with sites that pay what is tried, USD/kWh by key of the site; the same columns where nothing is. */
export function withSitePrices(fleet: Fleet, prices: ReadonlyMap<number, number>): Fleet {
  if (prices.size === 0) return fleet
  const { machines, sites } = fleet
  const powerPriceUsdPerKwh = sites.powerPriceUsdPerKwh.map(
    (price, row) => prices.get(sites.key[row]!) ?? price,
  )
  return { machines, sites: { ...sites, powerPriceUsdPerKwh } }
}

export type PricesBySite = {
  /** USD/kWh, by key of the site */
  readonly prices: ReadonlyMap<number, number>
  /** names that are tried and that no site has: their prices count nowhere, which has to be told */
  readonly goneSites: readonly string[]
}

/** Prices that are tried by name, found in a fleet. */
export function pricesBySite(
  sites: Pick<SiteColumns, 'key' | 'name'>,
  tried: Tried['sitePowerPrices'],
): PricesBySite {
  const priceOf = new Map(tried.map((each) => [siteNameKey(each.site), each.powerPriceUsdPerKwh]))
  // A fleet from a file may write one site in two ways.
  const names = sites.name.map(siteNameKey)
  const prices = names.flatMap((name, row) => {
    const price = priceOf.get(name)
    return price === undefined ? [] : [[sites.key[row]!, price] as const]
  })
  const there = new Set(names)
  return {
    prices: new Map(prices),
    goneSites: tried.flatMap(({ site }) => (there.has(siteNameKey(site)) ? [] : [site])),
  }
}
