import { movingDeviation, movingMean } from './daily-series.ts'
import type { DailySeries } from './daily-series.ts'

export const NVT_SIGNAL_DAYS = 90
export const DYNAMIC_NVT_DAYS = 730
const VALUE_BELOW_DEVIATIONS = 0.5
const OVERHEATED_ABOVE_DEVIATIONS = 2

export type NvtState = 'value' | 'neutral' | 'overheated'

export type DynamicNvt = {
  /** the NVT signal */
  readonly value: Float64Array
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** below it: value */
  readonly lower: Float64Array
  /** above it: overheated */
  readonly upper: Float64Array
  readonly states: readonly (NvtState | null)[]
}

/** Market capitalisation ÷ the day's on-chain transfer value, both USD (W. Woo). NaN where either is missing or nothing moved. */
export function nvtRatio(series: DailySeries): Float64Array {
  return series.marketCapUsd.map((cap, i) => quotient(cap, series.transferValueUsd[i]!))
}

/** Market capitalisation ÷ the 90-day mean of the transfer value (D. Kalichkin). NaN before 90 days are known. */
export function nvtSignal(series: DailySeries): Float64Array {
  const mean = movingMean(series.transferValueUsd, NVT_SIGNAL_DAYS)
  return series.marketCapUsd.map((cap, i) => quotient(cap, mean[i]!))
}

/**
 * The NVT signal against its own two years: `value` below mean − 0.5 σ, `overheated` above mean + 2 σ, with the
 * population deviation over 730 days (C. Edwards, Dynamic Range NVT, 2019). No state before 730 days are known.
 */
export function dynamicNvt(series: DailySeries): DynamicNvt {
  const value = nvtSignal(series)
  const mean = movingMean(value, DYNAMIC_NVT_DAYS)
  const deviation = movingDeviation(value, DYNAMIC_NVT_DAYS, mean)
  const lower = mean.map((m, i) => m - VALUE_BELOW_DEVIATIONS * deviation[i]!)
  const upper = mean.map((m, i) => m + OVERHEATED_ABOVE_DEVIATIONS * deviation[i]!)
  const states = Array.from(value, (v, i): NvtState | null => {
    if (Number.isNaN(v) || Number.isNaN(mean[i]!)) return null
    return v < lower[i]! ? 'value' : v > upper[i]! ? 'overheated' : 'neutral'
  })
  return { value, mean, deviation, lower, upper, states }
}

function quotient(above: number, below: number): number {
  return below > 0 ? above / below : NaN
}
