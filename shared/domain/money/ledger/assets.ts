import { depreciationBetweenUsd } from '../depreciation.ts'
import { dayNumber } from './calendar.ts'
import type { Day, FactOf, Month } from './entry.ts'
import type { FactEntry } from './standing.ts'

type Purchase = FactEntry & { readonly fact: FactOf<'purchase'> }

/** A month with its last day, and the number of the day after it. */
export type MonthEnd = { readonly month: Month; readonly last: Day; readonly end: number }

/** What is written down in a month, and what the books carry at its end; days count from the day of the purchase, which is one of them. */
export type WrittenDown = {
  readonly month: Month
  /** the month's last */
  readonly day: Day
  readonly usdCents: number
  readonly costUsdCents: number
  readonly bookUsdCents: number
}

const cents = (usd: number): number => Math.round(usd * 100) + 0

/**
 * Straight line from the day of a purchase on, month by month and not beyond the end of its life. A correction changes
 * what is left: from its day on the new book value less the new salvage is spread over the days that the new life leaves; what is left of
 * a life that is over, or stands below the salvage value, is put right on that day.
 * @param purchase itself, then its corrections by day
 * @param calendar months from that of the purchase or before it on, in order
 */
export function writtenDown(purchase: readonly Purchase[], calendar: readonly MonthEnd[]): WrittenDown[] {
  const changes = purchase.map(({ fact }) => ({ ...fact, at: dayNumber(fact.day) }))
  const bought = changes[0]!.at
  const months: WrittenDown[] = []
  let next = 0
  let cost = 0
  let salvage = 0
  let life = 0
  let down = 0
  /** of the line that is followed now */
  let line = { from: bought, days: 0, usdCents: 0 }
  let ofLine = 0

  /** Follows the line up to a day, which is not included. */
  function follow(until: number): void {
    const due =
      line.days <= 0
        ? line.usdCents
        : cents(
            depreciationBetweenUsd(
              { costUsd: line.usdCents / 100, salvageUsd: 0, lifeDays: line.days },
              0,
              until - line.from,
            ),
          )
    down += due - ofLine
    ofLine = due
  }

  for (const { month, last, end } of calendar) {
    if (end <= bought) continue
    const before = down
    while (next < changes.length && changes[next]!.at < end) {
      const change = changes[next++]!
      follow(change.at)
      cost += change.amount.usdCents
      salvage += change.salvageUsdCents
      life += change.lifeDays
      const left = cost - down - salvage
      const days = bought + life - change.at
      line = { from: change.at, days: left < 0 ? 0 : days, usdCents: left }
      ofLine = 0
    }
    follow(end)
    months.push({ month, day: last, usdCents: down - before, costUsdCents: cost, bookUsdCents: cost - down })
  }
  return months
}
