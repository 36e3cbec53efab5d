import type { PayCause, PoolMonth } from './month.ts'
import { PAY_CAUSES } from './month.ts'

export type PayFigures = { readonly sat: number; readonly usdCents: number }

export type PayTotal = {
  /** of all pools */
  readonly actual: PayFigures
  /** of the pools whose theory is known, on both sides; null: of none */
  readonly against: {
    readonly actual: PayFigures
    readonly theory: PayFigures
    /** they add up to actual − theory, as those of the pools do */
    readonly steps: Readonly<Record<PayCause, PayFigures>>
    readonly pools: readonly string[]
  } | null
  /** pools whose theory is not known */
  readonly without: readonly string[]
}

/** What came from all pools of a month, against theory as far as that is known. Satoshi and USD cents; sums of whole numbers. */
export function payTotal(pools: readonly PoolMonth[]): PayTotal {
  const known = pools.flatMap((pool) => (pool.theory === null ? [] : [{ pool, theory: pool.theory }]))
  return {
    actual: sum(pools.map(actualOf)),
    against:
      known.length === 0
        ? null
        : {
            actual: sum(known.map(({ pool }) => actualOf(pool))),
            theory: sum(known.map(({ theory }) => theory)),
            steps: Object.fromEntries(
              PAY_CAUSES.map((cause) => [cause, sum(known.map(({ theory }) => theory.steps[cause]))]),
            ) as Record<PayCause, PayFigures>,
            pools: known.map(({ pool }) => pool.pool),
          },
    without: pools.filter(({ theory }) => theory === null).map(({ pool }) => pool),
  }
}

const actualOf = ({ actualSat, actualUsdCents }: PoolMonth): PayFigures => ({
  sat: actualSat,
  usdCents: actualUsdCents,
})

const sum = (figures: readonly PayFigures[]): PayFigures => ({
  sat: figures.reduce((all, { sat }) => all + sat, 0),
  usdCents: figures.reduce((all, { usdCents }) => all + usdCents, 0),
})
