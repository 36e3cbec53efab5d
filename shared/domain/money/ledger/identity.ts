import type { PeriodFigures } from '../budget.ts'
import { wholeMonth } from './calendar.ts'
import type { CountedKind } from './counted.ts'
import type { Day, Days, Entry, FactOf, Month, NewEntry, PoolTerms } from './entry.ts'

type Fact = FactOf<CountedKind>

/** Names are the same however they are spaced and capitalised, and in whichever of two ways a system writes an ä. */
export const nameKey = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()

/** The terms of a pool that hold on a day, or in a month where one is given, by its name; undefined where none of it have begun. */
export function termsFinder(pools: readonly PoolTerms[]): (pool: string, when: Day) => PoolTerms | undefined {
  const byName = new Map<string, PoolTerms[]>()
  for (const terms of pools.toSorted((a, b) => (a.from < b.from ? 1 : -1))) {
    const newestFirst = byName.get(nameKey(terms.name))
    if (newestFirst === undefined) byName.set(nameKey(terms.name), [terms])
    else newestFirst.push(terms)
  }
  // A month sorts before its days, and '' before all.
  return (pool, when) => byName.get(nameKey(pool))?.find(({ from }) => from <= when)
}

/** Those that hold in a month: of each pool at most one. */
export function termsIn(pools: readonly PoolTerms[], month: Month): readonly PoolTerms[] {
  const termsOf = termsFinder(pools)
  return pools.filter((terms) => termsOf(terms.name, month) === terms)
}

export function daysOfFact(fact: Fact): Days {
  if ('days' in fact) return fact.days
  if ('day' in fact) return { from: fact.day, to: fact.day }
  return wholeMonth(fact.month)
}

/** Who is on the other side: pool, payee, payer, venue or meter; '' for none. */
export function payeeOf(fact: Fact): string {
  switch (fact.kind) {
    case 'earning':
    case 'payout':
      return fact.pool
    case 'bill':
    case 'cost':
    case 'purchase':
      return fact.payee
    case 'credit':
      return fact.payer
    case 'sale':
      return fact.venue
    case 'meter':
      return fact.meter
    case 'opening':
    case 'plan':
    case 'budget':
      return ''
  }
}

/** What a fact is about beside its days: the same one cannot be said twice. */
export function subjectOf(fact: Fact): string {
  const more =
    fact.kind === 'bill'
      ? fact.part
      : fact.kind === 'credit'
        ? fact.programme
        : fact.kind === 'cost'
          ? fact.category
          : fact.kind === 'purchase'
            ? fact.what
            : ''
  return `${nameKey(payeeOf(fact))}\n${nameKey(more)}`
}

/** The currency of its amounts; '' where it has none. */
export const currencyOf = (fact: Fact): string =>
  'amount' in fact ? fact.amount.currency : fact.kind === 'sale' ? fact.proceeds.currency : ''

/**
 * Its own figures, which a correction adds to. What values them, price and rate, is none: read again it may come from another source, and
 * the first one stands.
 */
export function figuresOf(fact: Fact): Readonly<Record<string, number | null>> {
  switch (fact.kind) {
    case 'earning':
    case 'payout':
      return { sat: fact.sat, feeSat: fact.feeSat }
    case 'bill':
      return { wh: fact.wh, amount: fact.amount.hundredths }
    case 'meter':
      return { wh: fact.wh }
    case 'credit':
    case 'cost':
      return { amount: fact.amount.hundredths }
    case 'sale':
      return { sat: fact.sat, proceeds: fact.proceeds.hundredths, fee: fact.fee?.hundredths ?? null }
    case 'purchase':
      return {
        amount: fact.amount.hundredths,
        salvageUsdCents: fact.salvageUsdCents,
        lifeDays: fact.lifeDays,
      }
    case 'opening':
      return { sat: fact.sat, costUsdCents: fact.costUsdCents }
    case 'plan':
      return {
        hashratePhs: fact.hashratePhs,
        powerKw: fact.powerKw,
        uptime: fact.uptime,
        poolFee: fact.poolFee,
        usdPerKwh: fact.usdPerKwh,
      }
    case 'budget':
      return budgetFigures(fact)
  }
}

export const budgetFigures = (fact: FactOf<'budget'>): PeriodFigures => ({
  priceUsdPerBtc: fact.priceUsdPerBtc,
  difficulty: fact.difficulty,
  rewardBtcPerBlock: fact.rewardBtcPerBlock,
  uptime: fact.uptime,
  tariffUsdPerKwh: fact.tariffUsdPerKwh,
  hashratePhs: fact.hashratePhs,
  powerKw: fact.powerKw,
})

/** Of these there can be several on a day, which without a reference only their figures tell apart. */
const TOLD_BY_FIGURES: ReadonlySet<CountedKind> = new Set(['payout', 'credit', 'sale', 'cost', 'purchase'])

const figuresText = (fact: Fact): string => `${currencyOf(fact)} ${Object.values(figuresOf(fact)).join(' ')}`

/**
 * What makes an entry the same fact as another: kind, site, pool or payee or meter or venue, days, and its reference; without one its
 * figures where there may be several.
 * @param corrected identity of what it corrects; null: it stands by itself
 */
export function identityOf(
  { fact, site, reference }: NewEntry & { readonly fact: Fact },
  corrected: string | null,
): string {
  const { from, to } = daysOfFact(fact)
  const told = reference.trim()
  const rest =
    told !== '' ? `#${told}` : corrected !== null || TOLD_BY_FIGURES.has(fact.kind) ? figuresText(fact) : ''
  return corrected === null
    ? [fact.kind, nameKey(site), subjectOf(fact), from, to, rest].join('\n')
    : [corrected, 'corrected', from, to, rest].join('\n')
}

/** Whether two entries of one identity say the same. */
export const saysTheSame = (one: Fact, other: Fact): boolean => figuresText(one) === figuresText(other)

/** Identities of entries by key; a correction's contains that of its original. */
export function identities(
  entries: readonly (Entry & { readonly fact: Fact })[],
): ReadonlyMap<number, string> {
  const byKey = new Map<number, string>()
  for (const entry of entries) if (entry.corrects === null) byKey.set(entry.key, identityOf(entry, null))
  for (const entry of entries)
    if (entry.corrects !== null)
      byKey.set(entry.key, identityOf(entry, byKey.get(entry.corrects) ?? `?${entry.corrects}`))
  return byKey
}

/** What entries of the same thing share, whatever site, reference and fee they say: kind, other side, days and first figure. */
export function likenessOf(fact: Fact): string {
  const { from, to } = daysOfFact(fact)
  return [fact.kind, subjectOf(fact), from, to, currencyOf(fact), Object.values(figuresOf(fact))[0]].join(
    '\n',
  )
}
