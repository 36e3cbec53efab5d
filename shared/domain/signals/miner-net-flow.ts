import { movingMean, movingQuantile } from './daily-series.ts'
import type { DailySeries } from './daily-series.ts'

export const SUM_DAYS = 2
const WINDOW_DAYS = 365
const WAVE_QUANTILE = 0.99

export type MinerNetFlow = {
  /** BTC that left miners' addresses less what came back, over two days */
  readonly sum2dBtc: Float64Array
  /** 99th percentile of the 2-day sum over 365 days, the day itself included */
  readonly thresholdBtc: Float64Array
  readonly states: readonly ('wave' | 'none' | null)[]
}

/** Miners' selling waves in an imported series of net flow; no state before a year of 2-day sums is known. */
export function minerNetFlow(series: DailySeries): MinerNetFlow {
  const sum2dBtc = movingMean(series.minerNetFlowBtc, SUM_DAYS).map((mean) => mean * SUM_DAYS)
  const thresholdBtc = movingQuantile(sum2dBtc, WINDOW_DAYS, WAVE_QUANTILE)
  const states = Array.from(sum2dBtc, (sum, i) =>
    Number.isNaN(sum) || Number.isNaN(thresholdBtc[i]!) ? null : sum > thresholdBtc[i]! ? 'wave' : 'none',
  )
  return { sum2dBtc, thresholdBtc, states }
}
