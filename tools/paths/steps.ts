import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { logGamma } from '#shared/domain/chain/gamma-functions.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'

/** Changes of ln(price) and of ln(mean hashrate) from one step to the next, the mean change taken out. */
export type Steps = { readonly price: readonly number[]; readonly hashrate: readonly number[] }

/**
 * Steps of equal length without overlap: the price at the beginning of a step, the hashrate's mean over it.
 * @throws Error where the series does not have the day, or a value from there on
 */
export function stepsOf(series: DailySeries, from: string, days: number): Steps {
  const first = series.dates.indexOf(from)
  if (first < 0) throw new Error(`The series has no ${from}.`)
  const price: number[] = []
  const hashrate: number[] = []
  for (let day = first; day + days <= series.dates.length; day += days) {
    price.push(Math.log(series.priceUsd[day]!))
    hashrate.push(Math.log(mean(series.hashrateEhs.subarray(day, day + days))))
  }
  if (![...price, ...hashrate].every(Number.isFinite))
    throw new Error(`The series lacks a price or a hashrate after ${from}.`)
  return { price: centredChanges(price), hashrate: centredChanges(hashrate) }
}

function centredChanges(values: readonly number[]): number[] {
  const changes = values.slice(1).map((value, i) => value - values[i]!)
  const centre = mean(changes)
  return changes.map((change) => change - centre)
}

/** Of centred values: standard deviation and kurtosis (3 = normal), and the correlation with others. */
export function moments(values: readonly number[], others: readonly number[] = values) {
  const variance = mean(values.map((x) => x * x))
  return {
    deviation: Math.sqrt(variance),
    kurtosis: mean(values.map((x) => x ** 4)) / variance ** 2,
    correlation:
      mean(values.map((x, i) => x * others[i]!)) / Math.sqrt(variance * mean(others.map((x) => x * x))),
  }
}

/** A standard deviation per step as one per year. */
export function yearly(deviation: number, days: number): number {
  return deviation * Math.sqrt(DAYS_PER_YEAR / days)
}

export type Spreads = {
  readonly priceSpread: number
  readonly hashrateSpread: number
  readonly correlation: number
}

/** Log likelihood of the steps under a Student's t of two dimensions with these standard deviations; null = normal. */
export function logLikelihood(
  { price, hashrate }: Steps,
  { priceSpread, hashrateSpread, correlation }: Spreads,
  degreesOfFreedom: number | null,
): number {
  const free = 1 - correlation ** 2
  const scale = -Math.log(2 * Math.PI * priceSpread * hashrateSpread * Math.sqrt(free))
  let sum = 0
  price.forEach((step, i) => {
    const p = step / priceSpread
    const h = hashrate[i]! / hashrateSpread
    const distance = (p * p - 2 * correlation * p * h + h * h) / free
    sum += scale + logDensity(distance, degreesOfFreedom)
  })
  return sum
}

/** Logarithm of 2π times the density at a squared distance from the centre, for variances of 1. */
function logDensity(distance: number, degrees: number | null): number {
  if (degrees === null) return -distance / 2
  const inside = degrees - 2
  return (
    logGamma((degrees + 2) / 2) -
    logGamma(degrees / 2) -
    Math.log(inside / 2) -
    ((degrees + 2) / 2) * Math.log1p(distance / inside)
  )
}

function mean(values: readonly number[] | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}
