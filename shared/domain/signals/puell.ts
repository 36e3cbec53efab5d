import { movingMean } from './daily-series.ts'
import type { DailySeries } from './daily-series.ts'

export const PUELL_DAYS = 365
export const LOW_BELOW = 0.5
export const HIGH_ABOVE = 3

export type PuellState = 'low' | 'neutral' | 'high'

/** USD value of the day's issuance (subsidy only, no fees) ÷ its 365-day mean (D. Puell). NaN before 365 days are known. */
export function puellMultiple(series: DailySeries): Float64Array {
  const issuanceUsd = series.issuanceBtc.map((btc, i) => btc * series.priceUsd[i]!)
  const mean = movingMean(issuanceUsd, PUELL_DAYS)
  return issuanceUsd.map((usd, i) => (mean[i]! > 0 ? usd / mean[i]! : NaN))
}

export function puellState(multiple: number): PuellState | null {
  if (Number.isNaN(multiple)) return null
  return multiple < LOW_BELOW ? 'low' : multiple > HIGH_ABOVE ? 'high' : 'neutral'
}
