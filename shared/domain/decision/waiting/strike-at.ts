import type { StrikeAt } from '../../margins/strike-line.ts'
import { MACHINE_STATUSES } from '../../fleet/fleet.ts'
import { evenHashpriceUsdPerPhDay } from '../plain-rows.ts'
import type { Prepared } from '../prepare.ts'

const REPAIR = MACHINE_STATUSES.indexOf('repair')

/**
 * Per row the hashprice at which it stops, or starts if it is off, USD/PH/s/day, once an advice was made. Rows of sites with contracts
 * are placed by what energy costs them on average as the site runs: their exact strikes hang on each other, and the advice tells them
 * row by row. NaN in repair and where a figure is missing.
 */
export function strikesOf({ basis, kept }: Prepared): StrikeAt {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { status } = basis.fleet.machines
  const { strikes } = kept
  return (row) => {
    if (status[row] === REPAIR) return NaN
    const waiting = strikes?.at(row) ?? NaN
    return Number.isNaN(waiting)
      ? evenHashpriceUsdPerPhDay(acceptedPhs[row]!, avoidableCostUsdPerDay[row]!, standbyCostUsdPerDay[row]!)
      : waiting
  }
}

/** What {@link strikesOf} rests on, as a name: as long as it stays, strikes stay. */
export const strikesRestOn = ({ kept }: Prepared): string => `${kept.strikeShape ?? ''} ${kept.dates ?? ''}`
