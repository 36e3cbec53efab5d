import { SATS_PER_BTC, CENTS_PER_USD } from '../../units.ts'
import type { CountedMonth } from './counted.ts'
import type { PoolTerms } from './entry.ts'
import { hasCome, hashedOr, plannedFor, plannedHashing, poolDays, sum, whatPoolsSay } from './hashing.ts'
import type { PoolSays } from './hashing.ts'
import { nameKey } from './identity.ts'
import { blockRange, blocksThatCount } from './luck.ts'
import { monthNetwork, schemeSatPerPh } from './month-network.ts'
import type { MonthNetwork } from './month-network.ts'
import type { DailyNetwork, LedgerLack, LedgerMonth, PoolMonth } from './month.ts'
import { valueUsdCents } from './shares.ts'
import type { PoolPart } from './to-date.ts'
import { poolToDate } from './to-date.ts'

type Plans = LedgerMonth['plans']
type Theory = NonNullable<PoolMonth['theory']>
type Came = { readonly sat: number; readonly usdCents: number; readonly beyondFeeSat: number }

const PHS_PER_EHS = 1000

/**
 * What came from each pool in a month against what theory expects, and why they differ: docs/ledger-reconciliation.md. Pools by name:
 * those with terms for whose hashing there is a plan, and all from which something came.
 * @param isOver of a month that is not, its days so far
 */
export function poolMonths(
  counted: CountedMonth,
  pools: readonly PoolTerms[],
  plans: Plans,
  network: DailyNetwork | null,
  isOver = true,
): readonly PoolMonth[] {
  const says = whatPoolsSay(counted, pools).map((said) => ({
    said,
    days: poolDays(counted.days, said.earnings),
  }))
  const planned = plannedHashing(says, plans)
  const market = monthNetwork(network, counted.days)
  return says
    .filter(({ said }) => hasCome(said) || planned.some(({ pool }) => pool === said.pool))
    .map((all) => {
      const { days } = counted
      const whole = { days, said: all.said, counted: all.days, market }
      const phs = plannedFor(planned, all.said.pool, days.length)
      const part = isOver ? { ...whole, planned: phs, through: null } : poolToDate({ ...whole, planned: phs })
      return poolMonth(part, plans)
    })
}

function poolMonth(part: PoolPart, plans: Plans): PoolMonth {
  const { said, counted, planned, market, through } = part
  const came = whatCame(said)
  const missing = lacksOf(part, plans)
  const given = counted.hashratePhs.filter((value) => !Number.isNaN(value))
  return {
    pool: said.pool,
    scheme: said.terms?.scheme ?? null,
    through,
    actualSat: came.sat,
    actualUsdCents: came.usdCents,
    theory:
      said.terms === null || missing.some(({ what }) => NEEDED.has(what))
        ? null
        : theoryOf(said.terms, planned, hashedOr(counted, planned), came, market),
    hashratePhs: given.length === 0 ? null : sum(given) / given.length,
    missing,
  }
}

/** Lacks without which there is no theory. */
const NEEDED: ReadonlySet<LedgerLack['what']> = new Set(['plan', 'network', 'price'])

/** Earnings where income counts as it is earned, else payouts, with what was kept back beyond the fee of the terms. */
function whatCame({ terms, earnings, payouts }: PoolSays): Came {
  const isEarned = terms?.revenue === 'earned'
  const counts = (isEarned ? earnings : payouts).map(({ fact }) => fact)
  const withFee = earnings.filter(({ fact }) => fact.feeSat !== null)
  const keptSat = sum(withFee.map(({ fact }) => fact.feeSat!))
  const agreedSat = Math.round((terms?.fee ?? 0) * (keptSat + sum(withFee.map(({ fact }) => fact.sat))))
  const sentSat = isEarned ? 0 : sum(payouts.map(({ fact }) => fact.feeSat ?? 0))
  return {
    sat: sum(counts.map(({ sat }) => sat)),
    usdCents: sum(counts.map(({ sat, price }) => valueUsdCents(sat, price.usdPerBtc))),
    beyondFeeSat: keptSat - agreedSat + sentSat,
  }
}

function lacksOf({ days, said: { terms }, counted, market }: PoolPart, plans: Plans): LedgerLack[] {
  if (terms === null) return [{ what: 'pool terms' }]
  const { scheme, sites, revenue, poolHashrateEhs } = terms
  const lacks: LedgerLack[] = []
  const hasPlan = (site: string) => plans.some((plan) => nameKey(plan.site) === nameKey(site))
  if (plans.length === 0 || !sites.every(hasPlan)) lacks.push({ what: 'plan' })
  if (schemeSatPerPh(market, scheme).some(Number.isNaN)) lacks.push({ what: 'network' })
  if (market.priceUsd.some(Number.isNaN)) lacks.push({ what: 'price' })
  if ((scheme === 'pplns' || scheme === 'pps+') && poolHashrateEhs === null)
    lacks.push({ what: 'pool hashrate' })
  const notGiven = days.filter((_, day) => Number.isNaN(counted.hashratePhs[day]!))
  // Whoever takes payouts as income need not import earnings.
  if (notGiven.length > 0 && (revenue === 'earned' || counted.hasEarning.includes(1)))
    lacks.push({ what: 'days', of: 'earning', days: notGiven })
  return lacks
}

function theoryOf(
  terms: PoolTerms,
  planned: Float64Array,
  hashed: Float64Array,
  came: Came,
  market: MonthNetwork,
): Theory {
  const satPerPh = schemeSatPerPh(market, terms.scheme).map((sat) => sat * (1 - terms.fee))
  const exactSat = (phs: Float64Array) => phs.map((each, day) => each * satPerPh[day]!)
  const worthCents = (sat: Float64Array) =>
    sum(sat.map((each, day) => each * centsPerSat(market.priceUsd[day]!)))
  const [plannedSat, hashedSat] = [exactSat(planned), exactSat(hashed)]
  const [sat, satHashed] = [Math.round(sum(plannedSat)), Math.round(sum(hashedSat))]
  const [cents, centsHashed] = [Math.round(worthCents(plannedSat)), Math.round(worthCents(hashedSat))]
  // Weighed by what was hashed on each day.
  const meanCentsPerSat =
    sum(hashedSat) > 0
      ? worthCents(hashedSat) / sum(hashedSat)
      : centsPerSat(sum(market.priceUsd) / market.priceUsd.length)
  const worth = (satoshi: number) => Math.round(satoshi * meanCentsPerSat)

  const expectedSat = satHashed - came.beyondFeeSat
  const luck = luckOf(terms, hashed, Math.max(0, expectedSat), market)
  const restSat = came.sat - expectedSat
  const luckSat =
    luck === null
      ? 0
      : Math.min(
          Math.max(restSat, Math.min(0, luck.lowSat - expectedSat)),
          Math.max(0, luck.highSat - expectedSat),
        )
  const steps = {
    uptime: { sat: satHashed - sat, usdCents: centsHashed - cents },
    fees: { sat: 0 - came.beyondFeeSat, usdCents: worth(0 - came.beyondFeeSat) },
    luck: { sat: luckSat, usdCents: worth(luckSat) },
    price: { sat: 0, usdCents: came.usdCents - worth(came.sat) },
  }
  const explainedCents = sum(Object.values(steps).map(({ usdCents }) => usdCents))
  return {
    sat,
    usdCents: cents,
    steps: {
      ...steps,
      unexplained: { sat: restSat - luckSat, usdCents: came.usdCents - cents - explainedCents },
    },
    luck,
  }
}

const centsPerSat = (usdPerBtc: number) => (usdPerBtc * CENTS_PER_USD) / SATS_PER_BTC

/** How far luck reaches around what was expected; null where a scheme has none, or the pool's size is not known. */
function luckOf(
  { scheme, poolHashrateEhs }: PoolTerms,
  hashed: Float64Array,
  expectedSat: number,
  market: MonthNetwork,
): Theory['luck'] {
  if (scheme === 'fpps' || scheme === 'pps') return null
  if (scheme !== 'solo' && poolHashrateEhs === null) return null
  const all = schemeSatPerPh(market, scheme)
  const risked = scheme === 'pps+' ? market.feesSatPerPh : all
  const days = Array.from(hashed, (phs, day) => ({
    sat: phs * risked[day]!,
    blocks: (scheme === 'solo' ? phs : poolHashrateEhs! * PHS_PER_EHS) * market.blocksPerPh[day]!,
  }))
  const allSat = sum(hashed.map((phs, day) => phs * all[day]!))
  const share = allSat > 0 ? sum(days.map(({ sat }) => sat)) / allSat : 0
  const blocksExpected = blocksThatCount(days)
  const { low, high } = blockRange(blocksExpected)
  const at = (blocks: number) =>
    Math.round(expectedSat * (1 - share + (blocksExpected > 0 ? (share * blocks) / blocksExpected : 0)))
  return { blocksExpected, lowSat: at(low), highSat: at(high) }
}
