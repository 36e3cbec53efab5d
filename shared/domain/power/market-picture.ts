import type { MarketPrices } from './market-prices.ts'

/** Market prices as they are shown. */
export type MarketSummary = {
  readonly fromMs: number
  readonly toMs: number
  readonly least: number
  readonly most: number
  /** each moment counting the same */
  readonly mean: number
}

/** NaN of prices that are none. */
export function marketSummary({ fromMs, toMs, perKwh }: MarketPrices): MarketSummary {
  let [least, most, sum, ms] = [Infinity, -Infinity, 0, 0]
  for (let i = 0; i < perKwh.length; i++) {
    const length = toMs[i]! - fromMs[i]!
    least = Math.min(least, perKwh[i]!)
    most = Math.max(most, perKwh[i]!)
    sum += perKwh[i]! * length
    ms += length
  }
  if (ms === 0) return { fromMs: NaN, toMs: NaN, least: NaN, most: NaN, mean: NaN }
  return { fromMs: fromMs[0]!, toMs: toMs.at(-1)!, least, most, mean: sum / ms }
}

export type PricePoint = { readonly atMs: number; readonly perKwh: number }

/**
 * Prices as a line of steps; of more intervals than fit, the least and the most of each stretch of time, so that no spike is lost. A gap
 * is a point without a price.
 */
export function pricePoints({ fromMs, toMs, perKwh }: MarketPrices, atMost: number): readonly PricePoint[] {
  const points: PricePoint[] = []
  const stretch = Math.max(1, Math.ceil((2 * perKwh.length) / atMost))
  for (let i = 0; i < perKwh.length; i += stretch) {
    if (i > 0 && fromMs[i]! > toMs[i - 1]!) points.push({ atMs: toMs[i - 1]!, perKwh: NaN })
    let [least, most] = [i, i]
    for (let j = i + 1; j < Math.min(i + stretch, perKwh.length); j++) {
      if (perKwh[j]! < perKwh[least]!) least = j
      if (perKwh[j]! > perKwh[most]!) most = j
    }
    const shown = least === most ? [least] : least < most ? [least, most] : [most, least]
    for (const j of shown) points.push({ atMs: fromMs[j]!, perKwh: perKwh[j]! })
  }
  const last = perKwh.length - 1
  return last < 0 ? [] : [...points, { atMs: toMs[last]!, perKwh: perKwh[last]! }]
}
