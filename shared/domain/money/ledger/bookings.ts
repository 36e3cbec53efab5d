import type { Account, AccountLine } from './accounts.ts'
import type { Coins } from './coins.ts'
import { createCoins } from './coins.ts'
import type { Costing, Day, FactOf, PoolTerms } from './entry.ts'
import { nameKey } from './identity.ts'
import type { Receivable } from './receivables.ts'
import { createReceivable } from './receivables.ts'
import { roundedShare, valueUsdCents } from './shares.ts'
import type { FactEntry } from './standing.ts'
import { isKind } from './timeline.ts'

type Of<Kind extends FactEntry['fact']['kind']> = FactEntry & { readonly fact: FactOf<Kind> }

/** Lines that say something, debits positive. */
export function linesOf(
  ...lines: readonly (readonly [account: Account, of: string, usdCents: number, sat?: number])[]
): AccountLine[] {
  const said: AccountLine[] = []
  for (const [account, of, usdCents, sat = null] of lines)
    if (usdCents !== 0 || (sat !== null && sat !== 0)) said.push({ account, of, usdCents, sat })
  return said
}

/**
 * What earnings, payouts, sales and opening balances do to the accounts, in the order of the timeline. Each result sums to 0 in cents.
 * What a correction cannot put where its original stood, because that has been sold since, is gain or loss.
 */
export function createBookings(costing: Costing, termsOf: (pool: string, day: Day) => PoolTerms | undefined) {
  const coins: Coins = createCoins(costing)
  const receivables = new Map<string, Receivable>()
  /** satoshi that a pool says were earned while its income counts as paid, and that it has not paid yet */
  const waiting = new Map<string, number>()
  /** what is still sold of a sale, by key of the original */
  const sold = new Map<number, { sat: number; usdCents: number }>()

  function receivableOf(pool: string): Receivable {
    const key = nameKey(pool)
    let receivable = receivables.get(key)
    if (receivable === undefined) receivables.set(key, (receivable = createReceivable()))
    return receivable
  }

  function wait(pool: string, sat: number): void {
    const key = nameKey(pool)
    waiting.set(key, Math.max((waiting.get(key) ?? 0) + sat, 0))
  }
  /** Satoshi of a payout that pay what is owed; the rest is income. What was earned before its terms began is paid first. */
  function dueOf(fact: FactOf<'payout'>, isEarned: boolean): number {
    const sentFee = fact.feeSat ?? 0
    const gross = fact.sat + sentFee
    const isPlain = fact.sat >= 0 && sentFee >= 0
    if (isEarned) return isPlain ? gross - Math.min(waiting.get(nameKey(fact.pool)) ?? 0, gross) : gross
    return isPlain ? Math.min(receivables.get(nameKey(fact.pool))?.owedSat() ?? 0, gross) : 0
  }

  function earning({ key, corrects, fact }: Of<'earning'>): AccountLine[] {
    const terms = termsOf(fact.pool, fact.day)
    if (terms?.revenue !== 'earned') {
      wait(fact.pool, fact.sat)
      return []
    }
    const of = terms.name
    const value = valueUsdCents(fact.sat, fact.price.usdPerBtc)
    const owed = receivableOf(of).earn(key, fact.day, fact.sat, value, corrects)
    const fee = valueUsdCents(fact.feeSat ?? 0, fact.price.usdPerBtc)
    return linesOf(
      ['poolReceivable', of, owed, fact.sat],
      ['poolFees', of, fee],
      ['mining', of, -(owed + fee)],
    )
  }

  function payout({ key, corrects, fact }: Of<'payout'>): AccountLine[] {
    const terms = termsOf(fact.pool, fact.day)
    const isEarned = terms?.revenue === 'earned'
    const of = terms?.name ?? fact.pool
    const price = fact.price.usdPerBtc
    const sentFee = fact.feeSat ?? 0
    const gross = fact.sat + sentFee
    const due = dueOf(fact, isEarned)
    wait(fact.pool, due - gross)
    if (isEarned ? due < gross : due > 0) {
      const left = receivableOf(of).pay(key, fact.day, due, valueUsdCents(due, price))
      const income = valueUsdCents(gross - due, price)
      const fee = roundedShare(left + income, sentFee, gross)
      const held = left + income - fee
      coins.add(key, fact.day, fact.sat, held)
      return linesOf(
        ['bitcoin', '', held, fact.sat],
        ['saleFees', of, fee],
        ['poolReceivable', of, -left, -due],
        ['mining', of, -income],
      )
    }
    const removed = fact.sat < 0 ? coins.take(-fact.sat, corrects ?? undefined) : 0
    if (!isEarned) {
      const value = valueUsdCents(fact.sat, price)
      const fee = valueUsdCents(sentFee, price)
      const held = fact.sat < 0 ? -removed : value
      coins.add(key, fact.day, Math.max(fact.sat, 0), held)
      return linesOf(
        ['bitcoin', '', held, fact.sat],
        ['saleFees', of, fee],
        ['mining', of, -(value + fee)],
        ['coinGain', '', value - held],
      )
    }
    const left =
      gross >= 0
        ? receivableOf(of).pay(key, fact.day, gross, valueUsdCents(gross, price))
        : -receivableOf(of).earn(
            key,
            fact.day,
            -gross,
            fact.sat < 0 && sentFee <= 0
              ? removed - valueUsdCents(sentFee, price)
              : valueUsdCents(-gross, price),
            null,
          )
    const isPlain = fact.sat >= 0 && sentFee >= 0
    const fee = isPlain ? roundedShare(left, sentFee, gross) : valueUsdCents(sentFee, price)
    const held = fact.sat < 0 ? -removed : Math.max(left - fee, 0)
    coins.add(key, fact.day, Math.max(fact.sat, 0), held)
    return linesOf(
      ['bitcoin', '', held, fact.sat],
      ['saleFees', of, fee],
      ['poolReceivable', of, -left, -gross],
      ['coinGain', '', left - fee - held],
    )
  }

  function sale({ key, corrects, fact }: Of<'sale'>): AccountLine[] {
    const of = corrects ?? key
    const before = sold.get(of) ?? { sat: 0, usdCents: 0 }
    let cost: number
    if (fact.sat < 0) {
      cost = -roundedShare(before.usdCents, Math.min(-fact.sat, before.sat), before.sat)
      coins.add(key, fact.day, -fact.sat, -cost)
    } else cost = coins.take(fact.sat)
    sold.set(of, { sat: before.sat + fact.sat, usdCents: before.usdCents + cost })
    const proceeds = fact.proceeds.usdCents
    const fee = fact.fee?.usdCents ?? 0
    return linesOf(
      ['bank', fact.venue, proceeds - fee],
      ['saleFees', fact.venue, fee],
      ['bitcoin', '', -cost, -fact.sat],
      ['coinGain', '', cost - proceeds],
    )
  }

  function opening({ key, corrects, fact }: Of<'opening'>): AccountLine[] {
    const cost = fact.costUsdCents
    let held = cost
    if (fact.sat > 0) coins.add(key, fact.day, fact.sat, cost)
    else if (fact.sat < 0) held = -coins.take(-fact.sat, corrects ?? undefined)
    else held = coins.revalue(corrects ?? key, cost)
    return linesOf(['bitcoin', '', held, fact.sat], ['opening', '', -cost], ['coinGain', '', cost - held])
  }

  /** null: it moves neither bitcoin nor what pools owe */
  function book(entry: FactEntry): AccountLine[] | null {
    if (isKind(entry, 'earning')) return earning(entry)
    if (isKind(entry, 'payout')) return payout(entry)
    if (isKind(entry, 'sale')) return sale(entry)
    return isKind(entry, 'opening') ? opening(entry) : null
  }

  return { coins, book }
}

/** What a bill, a credit, a cost or a purchase does to the accounts; of what is spread, the part of a month. */
export function moneyLines(
  fact: FactOf<'bill' | 'credit' | 'cost' | 'purchase'>,
  site: string,
): AccountLine[] {
  const { usdCents } = fact.amount
  switch (fact.kind) {
    case 'bill':
      return linesOf(['power', site, usdCents], ['payable', fact.payee, -usdCents])
    case 'credit':
      return linesOf(['creditReceivable', fact.payer, usdCents], ['credits', site, -usdCents])
    case 'cost':
      return linesOf(['siteCosts', site, usdCents], ['payable', fact.payee, -usdCents])
    case 'purchase':
      return linesOf(['equipment', site, usdCents], ['payable', fact.payee, -usdCents])
  }
}
