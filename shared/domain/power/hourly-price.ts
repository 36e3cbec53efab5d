import { HOURS_PER_DAY } from '../units.ts'
/**
 * Prices of hours, and what a machine makes of them. A machine runs in the hours whose price is at or below the one at
 * which running is worth as much as standing by, so all that it needs of thousands of hours is their order: one sort per
 * site, then one binary search per machine.
 */

/** Prices of consecutive hours; NaN = the hour is missing. */
export type HourlyPrices = {
  /** begin of the first hour, unix ms */
  readonly firstHourMs: number
  readonly usdPerKwh: Float64Array
}

/** Price duration curve of some hours. */
export type PriceCurve = {
  /** hours that have a price */
  readonly hours: number
  /** USD/kWh, the cheapest first */
  readonly sorted: Float64Array
  /** entry k: sum of the k cheapest, USD/kWh; hours + 1 entries */
  readonly sums: Float64Array
  /** the dearer of each hour and the one before it, the cheapest first; hours − 1 entries */
  readonly dearerOfPairs: Float64Array
  readonly meanUsdPerKwh: number
}

/**
 * Sorts the hours; those without a price are left out. The mean of hours that all cost the same is exactly that price.
 * NaN as mean where no hour has a price.
 */
export function priceCurve(usdPerKwh: Float64Array): PriceCurve {
  const inTime = usdPerKwh.filter((price) => !Number.isNaN(price))
  const hours = inTime.length
  const dearerOfPairs = Float64Array.from({ length: Math.max(hours - 1, 0) }, (_, i) =>
    Math.max(inTime[i]!, inTime[i + 1]!),
  ).sort()
  const sorted = inTime.sort()
  const sums = new Float64Array(hours + 1)
  for (let i = 0; i < hours; i++) sums[i + 1] = sums[i]! + sorted[i]!
  const meanUsdPerKwh = sorted[0] === sorted[hours - 1] ? (sorted[0] ?? NaN) : sums[hours]! / hours
  return { hours, sorted, sums, dearerOfPairs, meanUsdPerKwh }
}

/** The same price in every hour. */
export function flatCurve(usdPerKwh: number): PriceCurve {
  return priceCurve(Float64Array.of(usdPerKwh))
}

/** How many entries of an ascending column are at or below a value. */
export function countAtOrBelow(ascending: Float64Array, value: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The price up to which a machine runs, USD/kWh: where running is worth as much as standing by,
 * (R − v·(kWh − kWh₀)) / (kWh − kWh₀). Without standby power this is its break-even power price c* = R / kWh − v.
 * +∞ where running takes no more energy than standing by, since then every hour with revenue is worth it.
 */
export function runUpToUsdPerKwh(
  revenueUsdPerDay: number,
  energyKwhPerDay: number,
  standbyKwhPerDay: number,
  otherUsdPerKwh: number,
): number {
  const more = energyKwhPerDay - standbyKwhPerDay
  return more > 0 ? revenueUsdPerDay / more - otherUsdPerKwh : Infinity
}

/** Share of the hours that cost at most the given price. */
export function shareOfHours(curve: PriceCurve, upToUsdPerKwh: number): number {
  return countAtOrBelow(curve.sorted, upToUsdPerKwh) / curve.hours
}

/**
 * How often a day a machine starts that runs in the hours up to a price: spells = hours that it runs less pairs of hours
 * that it runs both. 0 where it never stops. The spell that begins with the first hour counts like the others.
 */
export function startsPerDay(curve: PriceCurve, upToUsdPerKwh: number): number {
  const runs = countAtOrBelow(curve.sorted, upToUsdPerKwh)
  if (runs === curve.hours) return 0
  return ((runs - countAtOrBelow(curve.dearerOfPairs, upToUsdPerKwh)) / curve.hours) * HOURS_PER_DAY
}

/**
 * Cash margin of a day while following the schedule, USD: revenue and energy of the hours up to the price, standby
 * energy of the others, a restart for every start.
 */
export function scheduledMarginUsdPerDay(
  curve: PriceCurve,
  upToUsdPerKwh: number,
  revenueUsdPerDay: number,
  energyKwhPerDay: number,
  standbyKwhPerDay: number,
  otherUsdPerKwh: number,
  restartUsd: number,
): number {
  const runs = countAtOrBelow(curve.sorted, upToUsdPerKwh)
  const share = runs / curve.hours
  // Prices of the hours that it runs, spread over all hours: energy is the same in every hour.
  const paid = runs === curve.hours ? curve.meanUsdPerKwh : curve.sums[runs]! / curve.hours
  const stoodBy = curve.meanUsdPerKwh - paid
  const restarts = restartUsd === 0 ? 0 : restartUsd * startsPerDay(curve, upToUsdPerKwh)
  return (
    revenueUsdPerDay * share -
    energyKwhPerDay * (paid + share * otherUsdPerKwh) -
    standbyKwhPerDay * (stoodBy + (1 - share) * otherUsdPerKwh) -
    restarts
  )
}
