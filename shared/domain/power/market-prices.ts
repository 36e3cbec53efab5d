import type { Currency } from './currency.ts'
import { MS_PER_HOUR, MS_PER_MINUTE } from '../units.ts'

/** Lengths of the intervals in which markets settle, minutes. */
export const INTERVAL_MINUTES = [5, 15, 30, 60] as const

/** Prices of a market as columns, in order of time, each interval at its own length. What lies between two of them has no price. */
export type MarketPrices = {
  readonly currency: Currency
  /** begin and end of each interval, unix ms */
  readonly fromMs: Float64Array
  readonly toMs: Float64Array
  /** in the currency */
  readonly perKwh: Float64Array
}

/** Consecutive intervals of one length: how prices are written down. */
export type MarketRun = {
  readonly fromMs: number
  readonly minutes: number
  readonly perKwh: ArrayLike<number>
}

/** Prices of runs in order of time; an interval whose price is NaN is left out. */
export function marketOf(currency: Currency, runs: readonly MarketRun[]): MarketPrices {
  const length = runs.reduce((sum, { perKwh }) => sum + perKwh.length, 0)
  const fromMs = new Float64Array(length)
  const toMs = new Float64Array(length)
  const prices = new Float64Array(length)
  let at = 0
  for (const run of runs) {
    const lengthMs = run.minutes * MS_PER_MINUTE
    for (let i = 0; i < run.perKwh.length; i++) {
      const price = run.perKwh[i]!
      if (Number.isNaN(price)) continue
      fromMs[at] = run.fromMs + i * lengthMs
      toMs[at] = fromMs[at]! + lengthMs
      prices[at] = price
      at++
    }
  }
  return {
    currency,
    fromMs: fromMs.slice(0, at),
    toMs: toMs.slice(0, at),
    perKwh: prices.slice(0, at),
  }
}

/** The runs of prices: a new one after a gap and where the length changes. */
export function runsOf({ fromMs, toMs, perKwh }: MarketPrices): MarketRun[] {
  const lengthMs = (i: number) => toMs[i]! - fromMs[i]!
  const runs: MarketRun[] = []
  let first = 0
  for (let i = 1; i <= perKwh.length; i++) {
    const isSame = i < perKwh.length && fromMs[i] === toMs[i - 1] && lengthMs(i) === lengthMs(first)
    if (isSame) continue
    runs.push({
      fromMs: fromMs[first]!,
      minutes: lengthMs(first) / MS_PER_MINUTE,
      perKwh: perKwh.slice(first, i),
    })
    first = i
  }
  return runs
}

/** Where the prices are in their order: the interval that contains a moment, or −1 − the one after it. */
export function intervalAt({ fromMs, toMs }: MarketPrices, atMs: number): number {
  let low = 0
  let high = fromMs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (toMs[middle]! <= atMs) low = middle + 1
    else high = middle
  }
  return low < fromMs.length && fromMs[low]! <= atMs ? low : -1 - low
}

/** Means of the hours from the first to the last, weighted by time; NaN where a part of the hour has no price. */
export function hourlyMeans({ fromMs, toMs, perKwh }: MarketPrices): {
  readonly firstHourMs: number
  readonly usdPerKwh: Float64Array
} {
  const length = perKwh.length
  if (length === 0) return { firstHourMs: 0, usdPerKwh: new Float64Array(0) }
  const first = Math.floor(fromMs[0]! / MS_PER_HOUR)
  const hours = Math.ceil(toMs[length - 1]! / MS_PER_HOUR) - first
  const means = new Float64Array(hours)
  const coveredMs = new Float64Array(hours)
  for (let i = 0; i < length; i++) {
    const hour = Math.floor(fromMs[i]! / MS_PER_HOUR) - first
    const lengthMs = toMs[i]! - fromMs[i]!
    if (lengthMs === MS_PER_HOUR && fromMs[i]! % MS_PER_HOUR === 0) means[hour] = perKwh[i]!
    else means[hour] = means[hour]! + (perKwh[i]! * lengthMs) / MS_PER_HOUR
    coveredMs[hour] = coveredMs[hour]! + lengthMs
  }
  return {
    firstHourMs: first * MS_PER_HOUR,
    usdPerKwh: means.map((mean, hour) => (coveredMs[hour] === MS_PER_HOUR ? mean : NaN)),
  }
}
