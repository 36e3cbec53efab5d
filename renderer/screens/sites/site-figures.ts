import type { MarginBasis } from '#shared/domain/fleet-margins.ts'
import { breakevenHashpriceUsdPerPhDay } from '#shared/domain/margin.ts'
import type { FleetTotals } from '#shared/domain/totals.ts'
import { fleetTotals } from '#shared/domain/totals.ts'
import { machinesWithOwnPrice } from '../../features/site/own-price.ts'
import type { Picture } from '../../lib/picture.ts'

export type SiteFigures = {
  readonly machines: number
  readonly rowsWithOwnPrice: number
  /** of all that runs there together; NaN where nothing does */
  readonly breakevenHashpriceUsdPerPhDay: number
  /** null while the network is not known */
  readonly totals: FleetTotals | null
}

/** The sums of the fleet over the rows of one site each. */
export function siteFigures(basis: MarginBasis, picture: Picture | null): readonly SiteFigures[] {
  const { machines, sites } = basis.fleet
  return sites.name.map((_, site) => {
    const counted = new Uint8Array(basis.length)
    let quantity = 0
    let accepted = 0
    let avoidable = 0
    for (let row = 0; row < basis.length; row++) {
      if (machines.site[row] !== site) continue
      quantity += machines.quantity[row]!
      if (basis.counted[row] === 0) continue
      counted[row] = 1
      accepted += basis.acceptedPhs[row]!
      avoidable += basis.avoidableCostUsdPerDay[row]!
    }
    return {
      machines: quantity,
      rowsWithOwnPrice: machinesWithOwnPrice(basis.fleet, site),
      breakevenHashpriceUsdPerPhDay: breakevenHashpriceUsdPerPhDay(avoidable, accepted),
      totals: picture === null ? null : fleetTotals({ ...basis, counted }, picture.market.conditions),
    }
  })
}
