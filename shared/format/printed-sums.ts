import type { Money } from './money.ts'
import { MISSING, withoutNoise } from './numbers.ts'

/**
 * Columns add up as printed. Money is rounded to its smallest coin per lot once, and totals add coins; a coarser column
 * shares what its rounding leaves over out by largest remainder, so that no printed part is a whole step from its value.
 * JSON knows nothing of this: it is not rounded.
 */
export type PrintedSums = {
  /** in the order of the values, each a whole number of steps; NaN where the value is missing */
  readonly parts: readonly number[]
  /** exactly what the parts as printed add up to; NaN where every value is missing */
  readonly total: number
}

/** Nearer to the middle between two steps than this share of a figure. */
const NEAR_MIDDLE = 1e-9

/**
 * A value as a whole number of steps of 10^-decimals, halves away from zero, as `number` of numbers.ts writes it; NaN for
 * what is not finite. Add these to have a total that its rows add up to: `inSteps(usd, 2)` are cents.
 */
export function inSteps(value: number, decimals: number): number {
  const scaled = value * 10 ** decimals
  const rounded = Math.round(scaled)
  const size = Math.abs(scaled)
  if (Math.abs(Math.abs(scaled - rounded) - 0.5) > NEAR_MIDDLE * (1 + size)) return rounded + 0
  if (!Number.isFinite(value)) return Number.NaN
  // + 0: there is no minus nought to print. Near the middle the digits say to which side it goes; a column of a fleet cannot afford to read them for every figure.
  const steps = withoutNoise(size, 0)
  return Math.sign(value) * Math.floor(steps + 0.5) + 0
}

/**
 * The parts of a column and its total as they are printed with `decimals`.
 *
 * @param coinDecimals of the smallest coin, to which each value is rounded first: 2 for cents
 * @param total what the column is to add up to, where it is known already: of a group within a printed table what is
 * printed for the group. One that these values cannot add up to is taken as it is, and each part is rounded alone.
 */
export function printedSums(
  values: readonly number[],
  decimals: number,
  coinDecimals = Math.max(decimals, 2),
  total?: number,
): PrintedSums {
  const coinsPerStep = 10 ** (coinDecimals - decimals)
  const coins = values.map((value) => inSteps(value, coinDecimals))
  const known = coins.flatMap((coin, index) => (Number.isNaN(coin) ? [] : [index]))
  if (known.length === 0) return { parts: coins, total: total ?? Number.NaN }
  const steps = coins.map((coin) => Math.floor(coin / coinsPerStep))
  const lowest = known.reduce((sum, index) => sum + steps[index]!, 0)
  const sumCoins = known.reduce((sum, index) => sum + coins[index]!, 0)
  const whole = total === undefined ? inSteps(sumCoins / coinsPerStep, 0) : inSteps(total, decimals)
  const over = whole - lowest
  const scale = 10 ** decimals
  if (!(over >= 0 && over <= known.length)) {
    return { parts: values.map((value) => inSteps(value, decimals) / scale), total: whole / scale }
  }
  const remainder = (index: number) => coins[index]! - steps[index]! * coinsPerStep
  const byRemainder = known.toSorted((a, b) => remainder(b) - remainder(a))
  for (const index of byRemainder.slice(0, over)) steps[index]!++
  return { parts: steps.map((step) => step / scale), total: whole / scale }
}

export type PrintedColumn = { readonly parts: readonly string[]; readonly total: string }

/**
 * A column of money with its total row, as text that adds up. One precision for the whole column: coins while every figure
 * is below 100 units, whole units above.
 *
 * @param partsUsd not rounded; NaN is printed as an en dash and not counted
 * @param totalUsd where it is known already (not rounded): what the sentence above the table says
 */
export function moneyColumn(money: Money, partsUsd: readonly number[], totalUsd?: number): PrintedColumn {
  const parts = partsUsd.map(money.units)
  const known = parts.filter(Number.isFinite)
  const sum = totalUsd === undefined ? known.reduce((all, part) => all + part, 0) : money.units(totalUsd)
  const largest = Math.max(0, ...[...known, sum].map(Math.abs))
  const decimals = largest >= 99.995 ? 0 : money.decimals
  const total = totalUsd === undefined ? undefined : money.units(totalUsd)
  const printed = printedSums(parts, decimals, money.decimals, total)
  const write = (units: number) => (Number.isFinite(units) ? money.written(units, decimals) : MISSING)
  return { parts: printed.parts.map(write), total: write(printed.total) }
}

/** Figures of one column in units of the reader's currency, each a whole number of steps of its decimals; NaN: missing. */
export type RunningColumn = {
  readonly decimals: number
  readonly steps: readonly number[]
  readonly sums: readonly number[]
}

/**
 * Running sums and what each step adds, so that they add up as printed: a sum is rounded up, the safe side of a cost, and a step is what
 * it adds to the last sum. One precision for the whole column, as in {@link moneyColumn}.
 * @param runningUsd not rounded; a step after one that is NaN adds to the sum before that
 */
export function runningColumn(money: Money, runningUsd: readonly number[]): RunningColumn {
  const units = runningUsd.map(money.units)
  const largest = Math.max(0, ...units.filter(Number.isFinite).map(Math.abs))
  const decimals = largest >= 99.995 ? 0 : money.decimals
  const scale = 10 ** decimals
  let last = 0
  const printed = units.map((each) => {
    // Cut to six places more, so that the last bit of a product does not lift a sum by a whole step.
    const sum = Math.ceil(inSteps(each, decimals + 6) / 1e6) + 0
    const step = sum - last
    if (!Number.isNaN(sum)) last = sum
    return { sum: sum / scale, step: step / scale }
  })
  return { decimals, steps: printed.map(({ step }) => step), sums: printed.map(({ sum }) => sum) }
}
