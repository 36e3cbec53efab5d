import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'

const DAY_MS = 86_400_000

/** A series of n days from a date; what is not given has no values. */
export function dailySeries(
  n: number,
  columns: Partial<Record<DailyColumn, (i: number) => number>>,
  from = '2021-01-01',
): DailySeries {
  const start = Date.parse(`${from}T00:00:00Z`)
  return {
    dates: Array.from({ length: n }, (_, i) => new Date(start + i * DAY_MS).toISOString().slice(0, 10)),
    ...(Object.fromEntries(
      DAILY_COLUMN_NAMES.map((column) => [
        column,
        Float64Array.from({ length: n }, (_, i) => columns[column]?.(i) ?? NaN),
      ]),
    ) as Record<DailyColumn, Float64Array>),
  }
}
