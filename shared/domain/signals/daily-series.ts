/**
 * One value per UTC day, in columns; NaN where the day has none. Row i of every column is `dates[i]`, and the
 * dates follow each other without a gap (a day that the source skipped is a row of NaN).
 */
export type DailySeries = {
  /** YYYY-MM-DD, ascending, one a day */
  readonly dates: readonly string[]
  readonly priceUsd: Float64Array
  readonly hashrateEhs: Float64Array
  readonly difficulty: Float64Array
  /** subsidy paid out that day */
  readonly issuanceBtc: Float64Array
  readonly feesBtc: Float64Array
  readonly marketCapUsd: Float64Array
  readonly transferValueUsd: Float64Array
  readonly minerNetFlowBtc: Float64Array
}

export type DailyColumn = Exclude<keyof DailySeries, 'dates'>

/** The columns in the order of daily.csv. */
export const DAILY_COLUMN_NAMES = [
  'priceUsd',
  'hashrateEhs',
  'difficulty',
  'issuanceBtc',
  'feesBtc',
  'marketCapUsd',
  'transferValueUsd',
  'minerNetFlowBtc',
] as const satisfies readonly DailyColumn[]

/**
 * The series without its incomplete last days, those after the last value of a column: some sources are later than
 * others. A column that ended more than `atMostDays` ago has ended for good; its days are kept.
 */
export function withoutPartialEnd(series: DailySeries, atMostDays: number): DailySeries {
  const { dates, ...columns } = series
  const ends = Object.values(columns).map(
    (column) => column.findLastIndex((value) => !Number.isNaN(value)) + 1,
  )
  const late = ends.filter((end) => end > 0 && dates.length - end <= atMostDays)
  const end = Math.min(dates.length, ...late)
  const whole = Object.entries(columns).map(([name, column]) => [name, column.subarray(0, end)])
  return { dates: dates.slice(0, end), ...(Object.fromEntries(whole) as typeof columns) }
}

/**
 * Mean of the `days` values that end with row i.
 * @returns NaN before there are that many values, and where one of them is missing
 */
export function movingMean(values: Float64Array, days: number): Float64Array {
  return overWindow(values, days, (from, to) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += values[i]!
    return sum / days
  })
}

/**
 * Population standard deviation of the `days` values that end with row i; NaN as {@link movingMean}.
 * @param means what {@link movingMean} gives, where it is at hand
 */
export function movingDeviation(
  values: Float64Array,
  days: number,
  means: Float64Array = movingMean(values, days),
): Float64Array {
  return overWindow(values, days, (from, to) => {
    const mean = means[to - 1]!
    let squares = 0
    for (let i = from; i < to; i++) squares += (values[i]! - mean) ** 2
    return Math.sqrt(squares / days)
  })
}

/** Share of the `days` values that end with row i, that one included, which are at or below it; NaN as {@link movingMean}. */
export function movingPercentile(values: Float64Array, days: number): Float64Array {
  return overWindow(values, days, (from, to) => shareBelowLast(values, from, to))
}

/** As {@link movingPercentile}, of one row alone; NaN for a row that does not exist. */
export function percentileAt(values: Float64Array, row: number, days: number): number {
  return row < days - 1 || row >= values.length ? NaN : shareBelowLast(values, row + 1 - days, row + 1)
}

function shareBelowLast(values: Float64Array, from: number, to: number): number {
  let below = 0
  for (let i = from; i < to; i++) {
    if (Number.isNaN(values[i]!)) return NaN
    if (values[i]! <= values[to - 1]!) below++
  }
  return below / (to - from)
}

/** The quantile 0..1 of the `days` values that end with row i, by linear interpolation; NaN as {@link movingMean}. */
export function movingQuantile(values: Float64Array, days: number, quantile: number): Float64Array {
  const result = new Float64Array(values.length).fill(NaN)
  const place = quantile * (days - 1)
  // The window is kept sorted: one value enters and one leaves a day. Those that are missing are not in it.
  const sorted = new Float64Array(days)
  let size = 0
  const placeOf = (value: number) => {
    let [lo, hi] = [0, size]
    while (lo < hi) {
      const middle = (lo + hi) >> 1
      if (sorted[middle]! < value) lo = middle + 1
      else hi = middle
    }
    return lo
  }
  values.forEach((value, i) => {
    const leaving = values[i - days] ?? NaN
    if (!Number.isNaN(leaving)) {
      const at = placeOf(leaving)
      sorted.copyWithin(at, at + 1, size--)
    }
    if (Number.isNaN(value)) return
    const at = placeOf(value)
    sorted.copyWithin(at + 1, at, size++)
    sorted[at] = value
    if (size < days) return
    const low = sorted[Math.floor(place)]!
    result[i] = low + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - low)
  })
  return result
}

// Each row sums its own window: a running sum would carry decades of rounding into the last day.
function overWindow(
  values: Float64Array,
  days: number,
  measure: (from: number, to: number) => number,
): Float64Array {
  const result = new Float64Array(values.length).fill(NaN)
  for (let to = days; to <= values.length; to++) result[to - 1] = measure(to - days, to)
  return result
}

/** How many days row i has been in its state, the day it began counted as 1; 0 where there is no state. */
export function daysInState(states: readonly (string | null)[], row: number): number {
  const state = states[row] ?? null
  if (state === null) return 0
  let days = 0
  while (row - days >= 0 && states[row - days] === state) days++
  return days
}
