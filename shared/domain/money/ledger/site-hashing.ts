import type { CountedMonth } from './counted.ts'
import type { Entry, FactOf, PoolTerms } from './entry.ts'
import { plannedFor, plannedHashing, poolDays, sum, whatPoolsSay } from './hashing.ts'
import { nameKey } from './identity.ts'
import type { LedgerMonth } from './month.ts'
import { valueUsdCents } from './shares.ts'

type Income = { readonly entry: Entry; readonly fact: FactOf<'earning' | 'payout'> }

/** What the machines of a site hashed in a month, and what came for it. */
type SiteHashing = {
  /** on each day; as planned where no pool said it */
  readonly phs: Float64Array
  /** from pools, as income counts with each */
  readonly revenueUsdCents: number
}

/** What pools say of a site is its own; what they say of none is split among theirs by what is planned for the pool at each. */
export function siteHashing(
  counted: CountedMonth,
  pools: readonly PoolTerms[],
  plans: LedgerMonth['plans'],
): (site: string) => SiteHashing {
  const length = counted.days.length
  const says = whatPoolsSay(counted, pools)
  const planned = plannedHashing(
    says.map((said) => ({ said, days: poolDays(counted.days, said.earnings) })),
    plans,
  )
  const poolsHere = says.map(({ pool, terms, earnings, payouts }) => {
    const bySite = new Map(
      planned.flatMap((of) => (of.pool === pool ? [[nameKey(of.site), of.phs] as const] : [])),
    )
    const everywhere = plannedFor(planned, pool, length)
    const earned = bySiteOf(earnings)
    const income: ReadonlyMap<string, readonly Income[]> =
      terms?.revenue === 'earned' ? earned : bySiteOf(payouts)
    return {
      plannedAt: (site: string) => bySite.get(site) ?? new Float64Array(length),
      everywhere,
      countedAt: (site: string) => poolDays(counted.days, earned.get(site) ?? []).hashratePhs,
      centsAt: (site: string) => sum((income.get(site) ?? []).map(({ fact }) => worthCents(fact))),
    }
  })
  const plansAt = new Map(plans.map((of) => [nameKey(of.site), hashedByPlan(of)]))
  const ofAll = sum(plansAt.values())
  return (name) => {
    const site = nameKey(name)
    // A pool without terms, or that nothing is planned for, may have hashed for any of them.
    const ofPlans = ofAll > 0 ? (plansAt.get(site) ?? 0) / ofAll : 0
    const phs = new Float64Array(length)
    let revenueUsdCents = 0
    for (const { plannedAt, everywhere, countedAt, centsAt } of poolsHere) {
      const [here, own, shared] = [plannedAt(site), countedAt(site), countedAt(OF_NONE)]
      for (let day = 0; day < length; day++) {
        const split = everywhere[day]! > 0 ? here[day]! / everywhere[day]! : 0
        phs[day]! += ofBoth(own[day]!, shared[day]! * split) ?? here[day]!
      }
      const split = sum(everywhere) > 0 ? sum(here) / sum(everywhere) : ofPlans
      revenueUsdCents += centsAt(site) + Math.round(centsAt(OF_NONE) * split)
    }
    return { phs, revenueUsdCents }
  }
}

const OF_NONE = ''

/** Entries by the key of their site. */
function bySiteOf<E extends Income>(income: readonly E[]): ReadonlyMap<string, readonly E[]> {
  const bySite = new Map<string, E[]>()
  for (const each of income) {
    const key = nameKey(each.entry.site)
    const list = bySite.get(key)
    if (list === undefined) bySite.set(key, [each])
    else list.push(each)
  }
  return bySite
}

const worthCents = ({ sat, price }: Income['fact']) => valueUsdCents(sat, price.usdPerBtc)

const hashedByPlan = ({ plan }: LedgerMonth['plans'][number]) => plan.hashratePhs * plan.uptime

/** Sum of those of two that were given; null where neither was. */
function ofBoth(one: number, other: number): number | null {
  if (Number.isNaN(one)) return Number.isNaN(other) ? null : other
  return Number.isNaN(other) ? one : one + other
}
