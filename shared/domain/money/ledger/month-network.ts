import { SATS_PER_BTC } from '../../units.ts'
import { rewardBtcPerPhDay } from '../../chain/network.ts'
import { dayNumber } from './calendar.ts'
import type { Day, PayoutScheme } from './entry.ts'
import type { DailyNetwork } from './month.ts'

/** What a PH/s earned and found on each day of a month; NaN where the past has no value. A day is the UTC day of the same name. */
export type MonthNetwork = {
  readonly priceUsd: Float64Array
  readonly difficulty: Float64Array
  readonly rewardBtcPerBlock: Float64Array
  /** from subsidies */
  readonly subsidySatPerPh: Float64Array
  /** from transaction fees */
  readonly feesSatPerPh: Float64Array
  readonly blocksPerPh: Float64Array
}

export function monthNetwork(network: DailyNetwork | null, days: readonly Day[]): MonthNetwork {
  const first = network === null ? 0 : dayNumber(days[0]!) - dayNumber(network.fromDay)
  const column = (values: Float64Array | undefined) =>
    Float64Array.from(days, (_, day) => values?.[first + day] ?? NaN)
  const difficulty = column(network?.difficulty)
  const subsidy = column(network?.subsidyBtcPerBlock)
  const fees = column(network?.feesBtcPerBlock)
  const satPerPh = (btcPerBlock: number, day: number) =>
    SATS_PER_BTC * rewardBtcPerPhDay(btcPerBlock, difficulty[day]!)
  return {
    priceUsd: column(network?.priceUsd),
    difficulty,
    rewardBtcPerBlock: subsidy.map((btc, day) => btc + fees[day]!),
    subsidySatPerPh: subsidy.map(satPerPh),
    feesSatPerPh: fees.map(satPerPh),
    blocksPerPh: difficulty.map((each) => rewardBtcPerPhDay(1, each)),
  }
}

/** What a pool of a scheme pays for 1 PH/s and day before its fee, sat: plain PPS the subsidy alone, the others fees of transactions too. */
export function schemeSatPerPh(
  { subsidySatPerPh, feesSatPerPh }: MonthNetwork,
  scheme: PayoutScheme,
): Float64Array {
  return scheme === 'pps' ? subsidySatPerPh : subsidySatPerPh.map((sat, day) => sat + feesSatPerPh[day]!)
}
