import { DAYS_PER_YEAR } from '../units.ts'
/**
 * How a price or a hashrate moves over the days of a projection, as a factor of its value at the start. Between two
 * points it grows at a constant rate; after the last one it goes on at `ratePerYear`.
 */
export type GrowthPath = {
  /** ascending; the first is 0 */
  readonly days: readonly number[]
  /** factor of the starting value, above 0; the first is 1 */
  readonly factors: readonly number[]
  /** growth after the last point, a fraction a year */
  readonly ratePerYear: number
}

/** A constant rate; 0 = flat. */
export function constantGrowth(ratePerYear: number): GrowthPath {
  return pathThrough([0], [1], ratePerYear)
}

/**
 * A path through given points.
 * @throws RangeError that names what is wrong: a first day that is not 0, days that do not ascend, a factor that is
 *   not above 0, a rate of −100 % or below
 */
export function pathThrough(
  days: readonly number[],
  factors: readonly number[],
  ratePerYear: number,
): GrowthPath {
  if (days.length === 0 || days.length !== factors.length)
    throw new RangeError('path: it needs a value for every day')
  if (days[0] !== 0 || factors[0] !== 1)
    throw new RangeError('path: it must start at day 0 with the value of today')
  days.forEach((day, i) => {
    if (!(i === 0 || day > days[i - 1]!))
      throw new RangeError(`path, point ${i + 1}: its day must be after the one before`)
    if (!(factors[i]! > 0 && Number.isFinite(factors[i]!)))
      throw new RangeError(`path, point ${i + 1}: its value must be above 0`)
  })
  if (!(ratePerYear > -1 && Number.isFinite(ratePerYear)))
    throw new RangeError('path: the yearly rate must be above −100 %')
  return { days, factors, ratePerYear }
}

/** Factor on a day; 1 on day 0. */
export function factorOn(path: GrowthPath, day: number): number {
  const i = segmentOf(path, day)
  return path.factors[i]! * Math.exp(logRatePerDay(path, i) * (day - path.days[i]!))
}

/** Mean factor over some days; of none, the factor on that day. */
export function meanFactor(path: GrowthPath, fromDay: number, days: number): number {
  if (!(days > 0)) return factorOn(path, fromDay)
  const endDay = fromDay + days
  let sum = 0
  let day = fromDay
  for (let i = segmentOf(path, fromDay); day < endDay; i++) {
    const until = Math.min(path.days[i + 1] ?? Infinity, endDay)
    sum += accumulated(factorOn(path, day), logRatePerDay(path, i), until - day)
    day = until
  }
  return sum / days
}

/**
 * Days until the factor, summed over time from a day on, reaches an amount in factor-days: with hashrate as the path,
 * how long a given amount of work takes. Infinity where it never does.
 */
export function daysToAccumulate(path: GrowthPath, fromDay: number, factorDays: number): number {
  let day = fromDay
  let left = factorDays
  for (;;) {
    const i = segmentOf(path, day)
    const rate = logRatePerDay(path, i)
    const factor = factorOn(path, day)
    const end = path.days[i + 1] ?? Infinity
    const inside = accumulated(factor, rate, end - day)
    if (left <= inside || end === Infinity) return day + timeToAccumulate(factor, rate, left) - fromDay
    left -= inside
    day = end
  }
}

/** ∫ factor · e^(rate·s) ds over some days */
function accumulated(factor: number, ratePerDay: number, days: number): number {
  return ratePerDay === 0 ? factor * days : (factor * Math.expm1(ratePerDay * days)) / ratePerDay
}

function timeToAccumulate(factor: number, ratePerDay: number, amount: number): number {
  if (ratePerDay === 0) return amount / factor
  const growth = (amount * ratePerDay) / factor
  return growth > -1 ? Math.log1p(growth) / ratePerDay : Infinity
}

function segmentOf(path: GrowthPath, day: number): number {
  let i = path.days.length - 1
  while (i > 0 && path.days[i]! > day) i--
  return i
}

function logRatePerDay(path: GrowthPath, i: number): number {
  const next = path.days[i + 1]
  if (next === undefined) return Math.log1p(path.ratePerYear) / DAYS_PER_YEAR
  return Math.log(path.factors[i + 1]! / path.factors[i]!) / (next - path.days[i]!)
}
