import { dayNumber } from './calendar.ts'
import type { DatedRate, Day } from './entry.ts'

/** Within so many days a stored rate stands for that of the day; beyond them it is asked about. */
const NEAR_DAYS = 7

/** Of stored rates the one nearest to a day, the earlier of two that are as near, and of one day the first; null: there is none. */
export function nearestRate(rates: readonly DatedRate[], day: Day): DatedRate | null {
  const daysAway = (rate: DatedRate) => Math.abs(dayNumber(rate.day) - dayNumber(day))
  const found = rates.reduce<DatedRate | null>((best, rate) => {
    if (best === null) return rate
    const nearer = daysAway(rate) - daysAway(best)
    return nearer < 0 || (nearer === 0 && rate.day < best.day) ? rate : best
  }, null)
  return found === null ? null : { usdPerUnit: found.usdPerUnit, day: found.day, source: found.source }
}

/** Whether a stored rate counts for a day without a question. */
export const isNearRate = (rate: DatedRate, day: Day): boolean =>
  Math.abs(dayNumber(rate.day) - dayNumber(day)) <= NEAR_DAYS
