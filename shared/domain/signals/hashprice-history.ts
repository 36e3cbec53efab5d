import { MS_PER_DAY } from '../units.ts'
import { rewardBtcPerPhDay } from '../chain/network.ts'
import type { DailySeries } from './daily-series.ts'

/** UTC days on which the subsidy halved: blocks 210 000, 420 000, 630 000 and 840 000. */
const HALVING_DATES = ['2012-11-28', '2016-07-09', '2020-05-11', '2024-04-20'] as const
const FIRST_SUBSIDY_BTC = 50
const BLOCKS_PER_DAY = 144
const DAYS_PER_HALVING = 210_000 / BLOCKS_PER_DAY
/** How far from the promised pace the next halvings may fall. */
const UNSURE_DAYS = 60

/**
 * BTC per block on a day; the day of a halving counts as after it. Halvings to come are where ten minutes a block put them; within
 * 60 days of one the day's issuance tells on which side of it the day lies, by which count of blocks is nearer to 144.
 */
export function subsidyBtcOn(date: string, issuanceBtc: number): number {
  const known = HALVING_DATES.filter((halving) => halving <= date).length
  const sinceDays = (Date.parse(date) - Date.parse(HALVING_DATES.at(-1)!)) / MS_PER_DAY
  const further = (days: number) => Math.max(0, Math.floor(days / DAYS_PER_HALVING))
  const [fewest, most] = [further(sinceDays - UNSURE_DAYS), further(sinceDays + UNSURE_DAYS)]
  const subsidyBtc = FIRST_SUBSIDY_BTC / 2 ** (known + fewest)
  const isPast = most > fewest && issuanceBtc / BLOCKS_PER_DAY < subsidyBtc * Math.SQRT1_2
  return isPast ? subsidyBtc / 2 : subsidyBtc
}

/**
 * Hashprice of each day, USD/PH/s/day, with the day's own difficulty, price and mean fees per block (the day's
 * fees ÷ its blocks, which are its issuance ÷ the subsidy). NaN where one of them is missing, and on a day without a block or a price:
 * a price of 0 is how series write that there was none yet, and would be the lowest hashprice of all time.
 */
export function hashpriceHistory(
  series: Pick<DailySeries, 'dates' | 'priceUsd' | 'difficulty' | 'issuanceBtc' | 'feesBtc'>,
): Float64Array {
  return series.priceUsd.map((priceUsdPerBtc, i) => {
    const subsidyBtc = subsidyBtcOn(series.dates[i]!, series.issuanceBtc[i]!)
    const blocks = series.issuanceBtc[i]! / subsidyBtc
    if (!(blocks > 0) || !(series.difficulty[i]! > 0) || !(priceUsdPerBtc > 0)) return NaN
    const feesBtcPerBlock = series.feesBtc[i]! / blocks
    return rewardBtcPerPhDay(subsidyBtc + feesBtcPerBlock, series.difficulty[i]!) * priceUsdPerBtc
  })
}

/** Days of the windows over which a percentile is given. */
export const PERCENTILE_DAYS = { percentile1y: 365, percentile2y: 730, percentile4y: 1460 } as const

/** The lowest value up to each row; NaN before the first. */
export function allTimeLow(values: Float64Array): Float64Array {
  let low = NaN
  return values.map((value) => {
    if (!(value >= low)) low = Number.isNaN(value) ? low : value
    return low
  })
}

/** Hashprices of days that follow each other, USD/PH/s/day; NaN where a day has none. */
export type RecentHashprice = {
  readonly usdPerPhDay: Float64Array
  /** the day of the last of them, unix ms of its beginning */
  readonly lastDayMs: number
}

/** Days that are shown beside today's, where there are as many. */
export const RECENT_DAYS = 120

/** {@link hashpriceHistory} of the last days; null where none of them has one. */
export function recentHashprice(
  { dates, ...columns }: DailySeries,
  atMost = RECENT_DAYS,
): RecentHashprice | null {
  const from = Math.max(0, dates.length - atMost)
  const last = Object.entries(columns).map(([name, column]) => [name, column.subarray(from)])
  const usdPerPhDay = hashpriceHistory({
    dates: dates.slice(from),
    ...(Object.fromEntries(last) as typeof columns),
  })
  return usdPerPhDay.every(Number.isNaN) ? null : { usdPerPhDay, lastDayMs: Date.parse(dates.at(-1)!) }
}
