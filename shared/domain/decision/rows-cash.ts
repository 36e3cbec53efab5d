import { nextKwhUsd } from './clearing/clearing.ts'
import type { Hosting } from '../power/hosting.ts'
import type { FleetCash } from './fleet-cash.ts'
import { overStages, plainCash, pricedCash, withoutRepair } from './fleet-cash.ts'
import type { Horizon } from './horizon.ts'
import { groupAt, placeAt } from './prepare.ts'
import type { Prepared } from './prepare.ts'
import { lotsAt } from './sites/lots.ts'
import { offersOver } from './sites/offers.ts'
import { pricedIntervals } from './sites/site-offer.ts'
import type { SiteOffer } from './sites/site-offer.ts'

/** What parts of a fleet earn. */
export type RowsCash = {
  /**
   * As `fleetCash`, of some rows alone. On sites where what one machine takes changes what another pays there is no fair split of the
   * bill: there each row pays for every kWh what the next one costs the site at the hashprice of its stage. So the cash of parts adds up
   * to that of the fleet but for what such sites keep of their marginal price.
   */
  readonly cashOf: (rows: readonly number[]) => FleetCash
  /** of its site, in USD; null: none */
  readonly hostingOf: (row: number) => Hosting | null
  /** whether its energy counts at the price of the next kWh */
  readonly isAtNextKwh: (row: number) => boolean
}

/** @throws RangeError that names site and field where a contract asks for what cannot be */
export function rowsCash(prepared: Prepared, horizon: Horizon): RowsCash {
  const { basis, policies } = prepared
  const offers = offersAtPrices(prepared, horizon)
  return {
    hostingOf: (row) => offers[groupAt(prepared, row)]?.contract?.hosting ?? null,
    isAtNextKwh: (row) => offers[groupAt(prepared, row)]?.supply?.isCoupled ?? false,
    cashOf(rows) {
      const isMeant = new Uint8Array(basis.length)
      const lotsOf = offers.map((): number[] => [])
      for (const row of rows) {
        const group = groupAt(prepared, row)
        if (group === -1) isMeant[row] = 1
        else lotsOf[group]!.push(placeAt(prepared, row))
      }
      const plain = plainCash(basis, (row) => isMeant[row] === 1, policies)
      const parts = offers.flatMap((offer, group) =>
        lotsOf[group]!.length === 0 ? [] : [{ ...offer, lots: lotsAt(offer.lots, lotsOf[group]!) }],
      )
      return overStages(horizon, (t) => [plain, ...parts.map((part) => pricedCash(part, t))])
    },
  }
}

/** What each site with terms of its own offers, with a price for every interval: given, or that of the next kWh. */
export function offersAtPrices(prepared: Prepared, horizon: Horizon): readonly SiteOffer[] {
  return offersOver(prepared, horizon).map((offer) => {
    const lots = withoutRepair(prepared.basis, offer)
    const { supply, priced } = offer
    if (!supply?.isCoupled) return { ...offer, lots }
    const { hashpriceUsdPerPhDay } = priced
    const nextKwh = nextKwhUsd({ lots, supply, hashpriceUsdPerPhDay })
    return { ...offer, lots, priced: pricedIntervals(supply, hashpriceUsdPerPhDay, nextKwh) }
  })
}
