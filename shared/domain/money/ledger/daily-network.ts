import type { DailySeries } from '../../signals/daily-series.ts'
import { subsidyBtcOn } from '../../signals/hashprice-history.ts'
import { MS_PER_DAY } from '../../units.ts'
import type { Day } from './entry.ts'
import type { DailyNetwork } from './month.ts'

/**
 * What the network was like on each UTC day from one to another, both included, from the stored daily past: difficulty and price of the
 * day as they are stored; its fees ÷ its blocks, which are its issuance ÷ the subsidy; NaN where the past has no value, where a price or
 * difficulty of 0 says that there was none, and on a day without a block.
 */
export function dailyNetwork(series: DailySeries, from: Day, to: Day): DailyNetwork {
  const days = Math.max(0, (Date.parse(to) - Date.parse(from)) / MS_PER_DAY + 1)
  const column = () => new Float64Array(days).fill(NaN)
  const network = {
    fromDay: from,
    priceUsd: column(),
    difficulty: column(),
    subsidyBtcPerBlock: column(),
    feesBtcPerBlock: column(),
  }
  if (series.dates.length === 0) return network
  const offset = (Date.parse(from) - Date.parse(series.dates[0]!)) / MS_PER_DAY
  for (let day = Math.max(0, -offset); day < days && day + offset < series.dates.length; day++) {
    const row = day + offset
    const subsidyBtc = subsidyBtcOn(series.dates[row]!, series.issuanceBtc[row]!)
    const blocks = series.issuanceBtc[row]! / subsidyBtc
    network.priceUsd[day] = aboveZero(series.priceUsd[row]!)
    network.difficulty[day] = aboveZero(series.difficulty[row]!)
    network.subsidyBtcPerBlock[day] = subsidyBtc
    network.feesBtcPerBlock[day] = blocks > 0 ? series.feesBtc[row]! / blocks : NaN
  }
  return network
}

const aboveZero = (value: number) => (value > 0 ? value : NaN)
