import { DAYS_PER_YEAR } from '../units.ts'

/** Cash at one moment, USD; negative = paid out. */
export type CashFlow = { readonly atDay: number; readonly usd: number }

/** A yearly rate as the rate of a period: (1 + r)^(days / 365.25) − 1, never r · days / 365.25. */
export function periodRate(ratePerYear: number, days: number): number {
  return Math.expm1(Math.log1p(ratePerYear) * (days / DAYS_PER_YEAR))
}

/**
 * Net present value on day 0, USD: Σ cash / (1 + r)^(day / 365.25).
 * @throws RangeError when the rate is −100 % a year or below
 */
export function npvUsd(ratePerYear: number, flows: readonly CashFlow[]): number {
  if (!(ratePerYear > -1 && Number.isFinite(ratePerYear)))
    throw new RangeError(`discountRatePerYear: must be above −1 (12 % is 0.12); it is ${ratePerYear}`)
  return flows.reduce((sum, { atDay, usd }) => sum + usd / (1 + periodRate(ratePerYear, atDay)), 0)
}

/** ln(1 + rate) is searched within ±this: from −99.995 % to +2 200 000 % a year. */
const WIDEST_LOG_RATE = 10

/**
 * The yearly rate at which the net present value is 0. NaN where there is none or where it is not known to be the only one.
 *
 * There is exactly one where the cash, in the order of time, changes sign once (Descartes). Where it changes more often, as with a
 * machine that is written off at a loss and then sold, there is exactly one above 0 if the running sum changes sign
 * once and ends with the other sign than it began with (C. J. Norstrøm, "A sufficient condition for a unique nonnegative internal rate of
 * return", 1972); that one is given. Rates outside −99.995 % to +2 200 000 % a year are not looked for.
 */
export function internalRatePerYear(flows: readonly CashFlow[]): number {
  const inTime = flows.filter(({ usd }) => usd !== 0).sort((a, b) => a.atDay - b.atDay)
  const isOnly = signChanges(inTime.map(({ usd }) => usd)) === 1
  if (!isOnly && signChanges(runningSums(inTime)) !== 1) return NaN
  const valueAt = (logRate: number) => npvUsd(Math.expm1(logRate), inTime)
  let lo = isOnly ? -WIDEST_LOG_RATE : 0
  let hi = WIDEST_LOG_RATE
  const startsPositive = valueAt(lo) > 0
  if (startsPositive === valueAt(hi) > 0) return NaN
  // Each step halves the bracket; 80 leave less than the last digit of a double.
  for (let i = 0; i < 80; i++) {
    const middle = (lo + hi) / 2
    if (valueAt(middle) > 0 === startsPositive) lo = middle
    else hi = middle
  }
  return Math.expm1((lo + hi) / 2)
}

function runningSums(flows: readonly CashFlow[]): number[] {
  let sum = 0
  return flows.map(({ usd }) => (sum += usd))
}

function signChanges(values: readonly number[]): number {
  const signed = values.filter((value) => value !== 0)
  return signed.filter((value, i) => i > 0 && value > 0 !== signed[i - 1]! > 0).length
}
