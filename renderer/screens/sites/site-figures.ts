import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '#shared/domain/margins/margin.ts'
import type { FleetTotals } from '#shared/domain/margins/totals.ts'
import { siteTotals } from '#shared/domain/margins/totals.ts'
import { hasOwnPrice } from './own-price.ts'
import type { Picture } from '../../lib/picture.ts'

export type SiteFigures = {
  readonly machines: number
  readonly rowsWithOwnPrice: number
  /** of all that runs there together; NaN where nothing does */
  readonly breakevenHashpriceUsdPerPhDay: number
  /** null while the network is not known */
  readonly totals: FleetTotals | null
}

/** The sums of the fleet over the rows of each site: a fixed number of passes, however many sites there are. */
export function siteFigures(basis: MarginBasis, picture: Picture | null): readonly SiteFigures[] {
  const { machines, sites } = basis.fleet
  const columns = {
    machines: new Float64Array(sites.length),
    withOwnPrice: new Float64Array(sites.length),
    accepted: new Float64Array(sites.length),
    avoidable: new Float64Array(sites.length),
  }
  for (let row = 0; row < basis.length; row++) {
    const site = machines.site[row]!
    columns.machines[site]! += machines.quantity[row]!
    if (hasOwnPrice(machines, row)) columns.withOwnPrice[site]!++
    if (basis.counted[row] === 0) continue
    columns.accepted[site]! += basis.acceptedPhs[row]!
    columns.avoidable[site]! += basis.avoidableCostUsdPerDay[row]!
  }
  const totals = picture === null ? null : siteTotals(basis, picture.market.conditions)
  return sites.name.map((_, site) => ({
    machines: columns.machines[site]!,
    rowsWithOwnPrice: columns.withOwnPrice[site]!,
    breakevenHashpriceUsdPerPhDay: breakevenHashpriceUsdPerPhDay(
      columns.avoidable[site]!,
      columns.accepted[site]!,
    ),
    totals: totals?.[site] ?? null,
  }))
}
