import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { DayValues, StoredPastPiece } from '#electron/store/port.ts'

export const DAY_MS = 86_400_000
export const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** Values of a column from a day on, one a day; NaN: none. */
export function values(column: DailyColumn, from: string, ...list: readonly number[]): DayValues {
  const first = dayOf(from)
  return {
    column,
    day: Int32Array.from(list, (_, i) => first + i),
    value: Float64Array.from(list),
  }
}

/** A piece of kraken's, fetched in the middle of 2025. */
export function piece(change: Partial<StoredPastPiece>): StoredPastPiece {
  return {
    source: 'kraken',
    part: 'price',
    values: [],
    epochs: [],
    throughDay: 0,
    fetchedAtMs: Date.parse('2025-06-15T12:00:00Z'),
    ...change,
  }
}
