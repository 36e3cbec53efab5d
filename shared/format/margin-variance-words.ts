import { MARGIN_CAUSES } from '../domain/money/margin-variance.ts'
import type { MarginCause, MarginVariance } from '../domain/money/margin-variance.ts'
import type { Money } from './money.ts'
import { inSteps } from './printed-sums.ts'

const CAUSE_WORDS: Readonly<Record<MarginCause, string>> = {
  price: 'Price of bitcoin',
  difficulty: 'Difficulty',
  fees: 'Fees in blocks',
  subsidy: 'Subsidy (halving)',
  typed: 'Typed hashprice',
  tariff: 'Tariff',
  terms: 'Pool and hosting terms',
  uptime: 'Uptime',
  fleet: 'Fleet',
}

/** Nobody looks for them where there is no halving, and no hashprice was typed. */
const RARE: ReadonlySet<MarginCause> = new Set(['subsidy', 'typed'])

/** What the change is of; a new agreement may lower a tariff and ask for more elsewhere. */
export const VARIANCE_IS_OF =
  'Cash margin is revenue less what stops with the machines: fixed cost, flat fees of hosts and committed energy are not in it.'

export type VariedPart = { readonly cause: MarginCause; readonly words: string; readonly usdPerDay: number }

/** The causes in words with what each did, not rounded; one that is rare is left out where it did nothing. */
export function variedParts({
  effectsUsdPerDay,
}: Pick<MarginVariance, 'effectsUsdPerDay'>): readonly VariedPart[] {
  return MARGIN_CAUSES.filter((cause) => !RARE.has(cause) || effectsUsdPerDay[cause] !== 0).map((cause) => ({
    cause,
    words: CAUSE_WORDS[cause],
    usdPerDay: effectsUsdPerDay[cause],
  }))
}

export type PrintedVariance = {
  /** in the smallest coin */
  readonly before: number
  readonly after: number
  /** in the order of {@link variedParts}; exactly after − before, and 0 for a cause that did nothing */
  readonly parts: readonly number[]
}

/** A change in whole coins that add up: what rounding leaves over goes to the causes with the largest remainders. */
export function printedVariance(money: Money, variance: MarginVariance): PrintedVariance {
  const coins = (usd: number) => inSteps(money.units(usd), money.decimals)
  const exact = variedParts(variance).map(({ usdPerDay }) => money.units(usdPerDay) * 10 ** money.decimals)
  const before = coins(variance.beforeUsdPerDay)
  const after = coins(variance.afterUsdPerDay)
  const moved = exact.flatMap((part, i) => (part === 0 ? [] : [i]))
  const parts = exact.map((part) => Math.floor(part))
  const over = after - before - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = moved.toSorted((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!))
  byRemainder.forEach((i, place) => {
    parts[i]! += Math.floor(over / moved.length) + (place < mod(over, moved.length) ? 1 : 0)
  })
  return { before, after, parts }
}

const mod = (value: number, by: number) => ((value % by) + by) % by
