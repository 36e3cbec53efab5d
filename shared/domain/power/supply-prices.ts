import { MS_PER_HOUR } from '../units.ts'
import type { SiteSupply } from './supply.ts'

/** Prices of a stretch of time, each moment counting the same, USD/kWh. */
export type PriceSummary = {
  readonly hours: number
  readonly meanUsdPerKwh: number
  readonly minUsdPerKwh: number
  readonly maxUsdPerKwh: number
}

/**
 * What energy costs in a stage, beyond committed energy and tiers. The border between two stages lies at the full hour nearest to it:
 * when an adjustment comes is not known better. null where the stage is shorter than that.
 * @param stageMs begin of each stage and the end of the last, as the supply's intervals count
 */
export function stagePrices(
  { intervals, groups }: SiteSupply,
  stageMs: ArrayLike<number>,
  stage: number,
): PriceSummary | null {
  const last = stageMs.length - 1
  const border = (n: number) =>
    n === 0 || n === last ? stageMs[n]! : Math.round(stageMs[n]! / MS_PER_HOUR) * MS_PER_HOUR
  const [fromMs, toMs] = [border(stage), border(stage + 1)]
  let ms = 0
  let sum = 0
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < intervals.length; i++) {
    const lengthMs = Math.min(intervals.atMs[i + 1]!, toMs) - Math.max(intervals.atMs[i]!, fromMs)
    if (lengthMs <= 0) continue
    const price = groups[intervals.group[i]!]!.energyUsdPerKwh
    ms += lengthMs
    sum += price * lengthMs
    least = Math.min(least, price)
    most = Math.max(most, price)
  }
  if (ms === 0) return null
  return {
    hours: ms / MS_PER_HOUR,
    meanUsdPerKwh: least === most ? least : sum / ms,
    minUsdPerKwh: least,
    maxUsdPerKwh: most,
  }
}
