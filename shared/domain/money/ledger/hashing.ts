import type { Counted, CountedMonth } from './counted.ts'
import type { Day, PoolTerms } from './entry.ts'
import { nameKey, termsIn } from './identity.ts'
import type { LedgerMonth } from './month.ts'

/** Who hashed for whom, and how much, on each day of a month. */

/** What a pool says of a month. */
export type PoolSays = {
  /** as the terms write it, else as it was first written */
  readonly pool: string
  readonly terms: PoolTerms | null
  readonly earnings: readonly Counted<'earning'>[]
  readonly payouts: readonly Counted<'payout'>[]
}

/**
 * Of every pool with terms or with something in the month, by name.
 * @param pools of all months
 */
export function whatPoolsSay(
  { month, earnings, payouts }: CountedMonth,
  pools: readonly PoolTerms[],
): readonly PoolSays[] {
  const says = new Map(
    termsIn(pools, month).map(
      (terms) => [nameKey(terms.name), { pool: terms.name, terms, ...nothing() }] as const,
    ),
  ) as Map<string, { pool: string; terms: PoolTerms | null } & ReturnType<typeof nothing>>
  const of = (pool: string) => {
    const key = nameKey(pool)
    let said = says.get(key)
    if (said === undefined) says.set(key, (said = { pool, terms: null, ...nothing() }))
    return said
  }
  for (const earning of earnings) of(earning.fact.pool).earnings.push(earning)
  for (const payout of payouts) of(payout.fact.pool).payouts.push(payout)
  return [...says.values()].sort((a, b) => (a.pool < b.pool ? -1 : 1))
}

const nothing = () => ({ earnings: [] as Counted<'earning'>[], payouts: [] as Counted<'payout'>[] })

/** Per day of the month. */
export type PoolDays = {
  /** what the pool counted; NaN where it gave none, or not for all that it paid for */
  readonly hashratePhs: Float64Array
  /** whether it gave an earning */
  readonly hasEarning: Uint8Array
  /** earned, corrections included */
  readonly earnedSat: Float64Array
}

export function poolDays(days: readonly Day[], earnings: readonly Counted<'earning'>[]): PoolDays {
  const at = new Map(days.map((day, index) => [day, index]))
  const hashratePhs = new Float64Array(days.length).fill(NaN)
  const hasEarning = new Uint8Array(days.length)
  const earnedSat = new Float64Array(days.length)
  for (const { entry, fact } of earnings) {
    const day = at.get(fact.day)!
    earnedSat[day]! += fact.sat
    // A correction says by how much money was wrong, later than the machines ran.
    if (entry.corrects !== null) continue
    const phs = fact.hashratePhs ?? NaN
    hashratePhs[day] = hasEarning[day] === 0 ? phs : hashratePhs[day]! + phs
    hasEarning[day] = 1
  }
  return { hashratePhs, hasEarning, earnedSat }
}

type Plans = LedgerMonth['plans']
type Sharing = { readonly said: PoolSays; readonly days: PoolDays }

/** What the plan says that a site's machines hash for a pool, PH/s on each day, uptime included. */
type PlannedHashing = { readonly pool: string; readonly site: string; readonly phs: Float64Array }

/**
 * The plan of each site, split among the pools that say it. One pool has all of it. Among several that something came from in the month
 * it is split day by day: by the hashrate that they counted where each gave one in the month, else by what was earned on the day where
 * each gave earnings, else by all that came from them in the month; where nothing came from any, evenly.
 */
export function plannedHashing(pools: readonly Sharing[], plans: Plans): PlannedHashing[] {
  return plans.flatMap(({ site, plan }) => {
    const all = pools.filter(({ said: { terms } }) => terms !== null && hashesAt(terms, site))
    const active = all.filter(({ said }) => hasCome(said))
    const sharing = active.length > 0 ? active : all
    const split = splitOf(sharing)
    const phs = plan.hashratePhs * plan.uptime
    return sharing.map(({ said }, index) => ({
      pool: said.pool,
      site,
      phs: split[index]!.map((share) => share * phs),
    }))
  })
}

/** Whether machines of a site hash for a pool. */
export const hashesAt = ({ sites }: PoolTerms, site: string): boolean =>
  sites.length === 0 || sites.some((name) => nameKey(name) === nameKey(site))

export const hasCome = ({ earnings, payouts }: PoolSays): boolean => earnings.length + payouts.length > 0

/** Share of each pool on each day. */
function splitOf(sharing: readonly Sharing[]): Float64Array[] {
  const length = sharing[0]?.days.hashratePhs.length ?? 0
  if (sharing.length === 1) return [new Float64Array(length).fill(1)]
  const counted = sharing.every(({ days }) => days.hashratePhs.some((phs) => phs > 0))
  const earned = sharing.every(({ days }) => days.earnedSat.some((sat) => sat > 0))
  const ofMonth = sharesOf(
    sharing.map(({ said, days }) => sum(days.earnedSat) || sum(said.payouts.map(({ fact }) => fact.sat))),
  )
  const shares = sharing.map(() => new Float64Array(length))
  for (let day = 0; day < length; day++) {
    const ofDay =
      (counted ? sharesOf(sharing.map(({ days }) => days.hashratePhs[day]!)) : null) ??
      (earned ? sharesOf(sharing.map(({ days }) => days.earnedSat[day]!)) : null) ??
      ofMonth
    sharing.forEach((_, index) => (shares[index]![day] = ofDay === null ? 1 / sharing.length : ofDay[index]!))
  }
  return shares
}

/** Shares of what is above 0; null where nothing is. */
function sharesOf(values: readonly number[]): readonly number[] | null {
  const parts = values.map((value) => (value > 0 ? value : 0))
  const whole = sum(parts)
  return whole > 0 ? parts.map((part) => part / whole) : null
}

/** Σ over sites of what is planned for a pool, PH/s on each day. */
export function plannedFor(planned: readonly PlannedHashing[], pool: string, days: number): Float64Array {
  const phs = new Float64Array(days)
  for (const of of planned)
    if (of.pool === pool) for (let day = 0; day < days; day++) phs[day]! += of.phs[day]!
  return phs
}

/** What was hashed: as the pool counted it, else as planned. */
export const hashedOr = ({ hashratePhs }: PoolDays, planned: Float64Array): Float64Array =>
  planned.map((phs, day) => (Number.isNaN(hashratePhs[day]!) ? phs : hashratePhs[day]!))

export function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
