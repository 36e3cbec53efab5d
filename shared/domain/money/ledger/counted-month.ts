import { daysOf, wholeMonth } from './calendar.ts'
import type { Counted, CountedKind, CountedMonth } from './counted.ts'
import type { FactOf, Month, PoolTerms } from './entry.ts'
import { termsFinder } from './identity.ts'
import { shareOfMonth } from './month-shares.ts'
import { touches } from './standing.ts'
import type { Placed } from './timeline.ts'
import { isKind } from './timeline.ts'

/** What of the books' timeline counts in a month; pools under the name of their terms, where there are some. */
export function countedMonth(
  timeline: readonly Placed[],
  month: Month,
  pools: readonly PoolTerms[],
): CountedMonth {
  const termsOf = termsFinder(pools)
  const inMonth = timeline.filter(({ entry }) => touches(entry, month))
  const of = <Kind extends CountedKind>(kind: Kind): Counted<Kind>[] =>
    inMonth.flatMap(({ entry }) =>
      isKind(entry, kind) ? [{ entry, fact: shareOfMonth(entry.fact, month) }] : [],
    )
  const named = <Fact extends FactOf<'earning' | 'payout'>>(fact: Fact): Fact => ({
    ...fact,
    pool: termsOf(fact.pool, month)?.name ?? fact.pool,
  })
  return {
    month,
    days: daysOf(wholeMonth(month)),
    earnings: of('earning').map(({ entry, fact }) => ({ entry, fact: named(fact) })),
    payouts: of('payout').map(({ entry, fact }) => ({ entry, fact: named(fact) })),
    bills: of('bill'),
    meters: of('meter'),
    credits: of('credit'),
    sales: of('sale'),
    costs: of('cost'),
    purchases: of('purchase'),
    openings: of('opening'),
    plans: of('plan'),
    budgets: of('budget'),
  }
}
