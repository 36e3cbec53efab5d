import type { DailySeries } from '../signals/daily-series.ts'
import { hashpriceHistory } from '../signals/hashprice-history.ts'
import { MS_PER_DAY } from '../units.ts'
import { countedHeight, dayOf, LEAD_IN_DAYS } from './known-days.ts'
import type { DaysPast } from './known-days.ts'

/** First and last day, YYYY-MM-DD, both included. */
export type Period = { readonly fromDay: string; readonly toDay: string }

const USUAL_DAYS = 365

/**
 * The period that was chosen; what was not is a year up to the last day that has all values, or from the first such day where there is less.
 * null: no day has them, and no whole period was chosen
 */
export function periodIn(
  series: DailySeries,
  { fromDay, toDay }: { readonly fromDay: string | null; readonly toDay: string | null },
): Period | null {
  if (fromDay !== null && toDay !== null) return { fromDay, toDay }
  const hashprices = hashpriceHistory(series)
  const last = hashprices.findLastIndex(Number.isFinite)
  if (last < 0) return null
  const to = toDay ?? series.dates[last]!
  const first = series.dates[hashprices.findIndex(Number.isFinite)]!
  const yearBefore = dayOf(Date.parse(to) - (USUAL_DAYS - 1) * MS_PER_DAY)
  return { fromDay: fromDay ?? (yearBefore > first ? yearBefore : first), toDay: to }
}

/** The days of a period and those before it that it looks at; NaN on days that the series has not got. */
export function daysPast(
  series: DailySeries,
  blocks: DaysPast['blocks'],
  { fromDay, toDay }: Period,
): DaysPast {
  const firstMs = Date.parse(fromDay) - LEAD_IN_DAYS * MS_PER_DAY
  const length = Math.max((Date.parse(toDay) - firstMs) / MS_PER_DAY + 1, 0)
  const seriesMs = Date.parse(series.dates[0] ?? fromDay)
  const offset = (firstMs - seriesMs) / MS_PER_DAY
  const column = (values: Float64Array) =>
    Float64Array.from({ length }, (_, row) => values[row + offset] ?? NaN)
  // Counted over all days that the series has before, since a height by the clock alone may be weeks off.
  const before: DaysPast = { ...series, fromDay: series.dates[0] ?? fromDay, blocks }
  const isCounted = offset > 0 && offset <= series.dates.length
  const known = isCounted
    ? {
        height: [...blocks.height, countedHeight(before, offset)],
        atMs: [...blocks.atMs, firstMs],
      }
    : { height: [...blocks.height], atMs: [...blocks.atMs] }
  const kept = [...known.height.keys()].filter((i) => known.atMs[i]! < Date.parse(toDay) + MS_PER_DAY)
  return {
    fromDay: dayOf(firstMs),
    priceUsd: column(series.priceUsd),
    difficulty: column(series.difficulty),
    issuanceBtc: column(series.issuanceBtc),
    feesBtc: column(series.feesBtc),
    blocks: {
      height: Float64Array.from(kept, (i) => known.height[i]!),
      atMs: Float64Array.from(kept, (i) => known.atMs[i]!),
    },
  }
}
