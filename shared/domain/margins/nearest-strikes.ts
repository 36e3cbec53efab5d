import { labelAt } from '../fleet/columns.ts'
import type { MarginBasis } from './fleet-margins.ts'

/** A lot on the strike line. */
export type Strike = {
  readonly row: number
  readonly usdPerPhDay: number
  /** '' where the lot has no model */
  readonly model: string
  readonly site: string
}

export type Strikes = { readonly below: Strike | null; readonly above: Strike | null }

/**
 * The lots whose break-even hashprice is next to today's on either side: what a small move of the market would flip.
 *
 * @param order rows from the cheapest to the dearest break-even
 * @param hashpriceUsdPerPhDay NaN where unknown: then there is neither
 */
export function nearestStrikes(
  basis: MarginBasis,
  order: Uint32Array,
  hashpriceUsdPerPhDay: number,
): Strikes {
  if (Number.isNaN(hashpriceUsdPerPhDay)) return { below: null, above: null }
  const breakeven = basis.breakevenHashpriceUsdPerPhDay
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (breakeven[order[middle]!]! <= hashpriceUsdPerPhDay) low = middle + 1
    else high = middle
  }
  const { machines, sites } = basis.fleet
  const strike = (index: number): Strike | null => {
    const row = order[index]
    return row === undefined
      ? null
      : {
          row,
          usdPerPhDay: breakeven[row]!,
          model: labelAt(machines.model, row),
          site: sites.name[machines.site[row]!]!,
        }
  }
  return { below: strike(low - 1), above: strike(low) }
}
