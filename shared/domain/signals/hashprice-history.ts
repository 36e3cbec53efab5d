import { rewardBtcPerPhDay } from '../network.ts'
import type { DailySeries } from './daily-series.ts'

/** UTC days on which the subsidy halved: blocks 210 000, 420 000, 630 000 and 840 000. */
const HALVING_DATES = ['2012-11-28', '2016-07-09', '2020-05-11', '2024-04-20'] as const
const FIRST_SUBSIDY_BTC = 50

/** BTC per block on a day; the day of a halving counts as after it. */
export function subsidyBtcOn(date: string): number {
  return FIRST_SUBSIDY_BTC / 2 ** HALVING_DATES.filter((halving) => halving <= date).length
}

/**
 * Hashprice of each day, USD/PH/s/day, with the day's own difficulty, price and mean fees per block (the day's
 * fees ÷ its blocks, which are its issuance ÷ the subsidy). NaN where one of them is missing.
 */
export function hashpriceHistory(series: DailySeries): Float64Array {
  return series.priceUsd.map((priceUsdPerBtc, i) => {
    const subsidyBtc = subsidyBtcOn(series.dates[i]!)
    const blocks = series.issuanceBtc[i]! / subsidyBtc
    if (!(blocks > 0) || !(series.difficulty[i]! > 0)) return NaN
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
