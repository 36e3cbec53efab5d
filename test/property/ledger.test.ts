import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAfter, daysIn, monthAfter } from '#shared/domain/money/ledger/calendar.ts'
import type { Books, Entry, Fact, Month, NewEntry, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import { foldBooks } from '#shared/domain/money/ledger/fold.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { ledgerMonths } from '#shared/domain/money/ledger/ledger-months.ts'
import { monthsOfFact, shareOfMonth } from '#shared/domain/money/ledger/month-shares.ts'
import { monthText } from '#shared/domain/money/ledger/month-text.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { balancesAt } from '#shared/domain/money/ledger/sums.ts'
import {
  admitted,
  booksOf,
  EARNED,
  newEntry,
  NOW_MS,
  PAID,
  price,
  SITES,
  usd,
  withAdmitted,
  withStored,
} from '../unit/money/ledger/books.ts'

const MONTHS: readonly Month[] = ['2026-01', '2026-02', '2026-03', '2026-04']
const LAST = MONTHS.at(-1)!

const anyDay = fc.nat({ max: 110 }).map((days) => dayAfter('2026-01-01', days))
const anyDays = fc.tuple(anyDay, fc.nat({ max: 45 })).map(([from, more]) => ({
  from,
  to: dayAfter(from, Math.min(more, daysIn({ from, to: '2026-04-30' }) - 1)),
}))
const anySat = fc.integer({ min: 1, max: 60_000_000 })
const anyCents = fc.integer({ min: 0, max: 9_000_000 })
const anyPrice = fc.integer({ min: 20_000_00, max: 120_000_00 }).map((cents) => price(cents / 100))
const anyPool = fc.constantFrom('Braiins', 'ocean ', 'Unknown')

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant('earning' as const),
    pool: anyPool,
    day: anyDay,
    sat: fc.nat({ max: 60_000_000 }),
    feeSat: fc.option(fc.nat({ max: 2_000_000 })),
    hashratePhs: fc.constant(null),
    price: anyPrice,
  }),
  fc.record({
    kind: fc.constant('payout' as const),
    pool: anyPool,
    day: anyDay,
    sat: anySat,
    feeSat: fc.option(fc.nat({ max: 5000 })),
    price: anyPrice,
  }),
  fc.record({
    kind: fc.constant('sale' as const),
    venue: fc.constantFrom('Kraken', 'Desk'),
    day: anyDay,
    sat: anySat,
    proceeds: anyCents.map(usd),
    fee: fc.option(fc.nat({ max: 90_000 }).map(usd)),
  }),
  fc.record({
    kind: fc.constant('opening' as const),
    day: anyDay,
    sat: anySat,
    costUsdCents: anyCents,
  }),
  fc.record({
    kind: fc.constant('bill' as const),
    payee: fc.constantFrom('Grid', 'Host'),
    days: anyDays,
    wh: fc.option(fc.nat({ max: 1e12 })),
    amount: anyCents.map(usd),
    part: fc.constantFrom('all' as const, 'energy' as const, 'fixed' as const),
  }),
  fc.record({
    kind: fc.constant('credit' as const),
    payer: fc.constant('Grid'),
    days: anyDays,
    amount: anyCents.map(usd),
    programme: fc.constant('4CP'),
  }),
  fc.record({
    kind: fc.constant('cost' as const),
    payee: fc.constant('Landlord'),
    days: anyDays,
    category: fc.constant('rent' as const),
    amount: anyCents.map(usd),
  }),
  fc.record({
    kind: fc.constant('purchase' as const),
    payee: fc.constant('Maker'),
    day: anyDay,
    what: fc.constantFrom('S21', 'Transformer'),
    amount: anyCents.map((cents) => usd(cents + 100)),
    salvageUsdCents: fc.nat({ max: 100 }),
    lifeDays: fc.integer({ min: 1, max: 200 }),
  }),
)

/** A share of an entry's figures that a later entry takes back. */
function correctionOf(entry: Entry, share: number, later: number): NewEntry | null {
  const { fact } = entry
  const part = (value: number) => 0 - Math.floor(value * share)
  const day = 'day' in fact ? dayAfter(fact.day, later) : ''
  if (fact.kind === 'earning' || fact.kind === 'payout')
    return corrected(entry, { ...fact, day, sat: part(fact.sat), feeSat: null })
  if (fact.kind === 'opening')
    return corrected(entry, { ...fact, day, sat: part(fact.sat), costUsdCents: part(fact.costUsdCents) })
  if (fact.kind === 'sale')
    return corrected(entry, {
      ...fact,
      day,
      sat: part(fact.sat),
      proceeds: usd(part(fact.proceeds.hundredths)),
      fee: null,
    })
  if (fact.kind === 'purchase')
    return corrected(entry, {
      ...fact,
      day,
      amount: usd(part(fact.amount.hundredths - fact.salvageUsdCents)),
      salvageUsdCents: 0,
      lifeDays: part(fact.lifeDays),
    })
  if (fact.kind === 'bill' || fact.kind === 'cost' || fact.kind === 'credit')
    return corrected(entry, { ...fact, amount: usd(part(fact.amount.hundredths)) })
  return null
}
const corrected = (entry: Entry, fact: Fact): NewEntry =>
  newEntry(fact, { site: entry.site, corrects: entry.key, note: 'put right' })

/** Income of each pool begins to count otherwise in a month. */
const COUNT_OTHERWISE: readonly PoolTerms[] = [
  EARNED,
  PAID,
  { ...EARNED, from: '2026-03', revenue: 'paid' },
  { ...PAID, from: '2026-02', revenue: 'earned' },
  { ...EARNED, name: 'Unknown', from: '2026-03' },
]

/** Books as they come to be: what is not admitted is not in them; some entries are corrected, some are void. */
const anyBooks: fc.Arbitrary<Books> = fc
  .record({
    facts: fc.array(fc.tuple(anyFact, fc.constantFrom('', ...SITES), fc.constantFrom('', 'A-1', 'A-2')), {
      minLength: 1,
      maxLength: 30,
    }),
    changes: fc.array(
      fc.tuple(
        fc.nat(),
        fc.integer({ min: 10, max: 100 }).map((hundredths) => hundredths / 100),
        fc.nat({ max: 9 }),
        fc.boolean(),
      ),
      { maxLength: 8 },
    ),
    costing: fc.constantFrom('fifo' as const, 'average' as const),
    pools: fc.constantFrom([EARNED, PAID], COUNT_OTHERWISE),
  })
  .map(({ facts, changes, costing, pools }) => {
    let books = booksOf([], costing, pools)
    const take = (entry: NewEntry) => {
      books = withStored(books, admitted(books, [entry]).taken)
    }
    // What comes in first, so that there is something to sell.
    const order = [...facts].sort(([a], [b]) => Number(a.kind === 'sale') - Number(b.kind === 'sale'))
    for (const [fact, site, reference] of order) take(newEntry(fact, { site, reference }))
    for (const [at, share, later, isVoid] of changes) {
      const entry = books.entries[at % Math.max(books.entries.length, 1)]
      if (entry === undefined) continue
      const change = isVoid
        ? newEntry({ kind: 'void', of: { entry: entry.key }, reason: 'a mistake' })
        : correctionOf(entry, share, later)
      if (change !== null) take(change)
    }
    return books
  })

const RUNS = { numRuns: 60 }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const NO_EVIDENCE = { network: null, plansNow: [], nowMs: NOW_MS }
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the ledger', () => {
  it('keeps every entry of the journal at 0, all balances too, and no cent or satoshi is lost', () => {
    fc.assert(
      fc.property(anyBooks, (books) => {
        const journal = postings(books, LAST)
        for (const { lines } of journal) expect(sum(lines.map(({ usdCents }) => usdCents))).toBe(0)
        for (const { lines } of journal)
          for (const { usdCents, sat } of lines)
            expect(Number.isSafeInteger(usdCents) && (sat === null || Number.isSafeInteger(sat))).toBe(true)
        for (const month of MONTHS) {
          const of = ledgerMonth(books, month, NO_EVIDENCE, sha256)
          expect(sum(of.balances.map(({ usdCents }) => usdCents))).toBe(0)
          expect(sum(of.statement.map(({ usdCents }) => usdCents))).toBe(of.resultUsdCents)
          const held = of.balances.find(({ account }) => account === 'bitcoin')
          const { coins } = of
          expect([coins.closingSat, coins.closingUsdCents]).toEqual([held?.sat ?? 0, held?.usdCents ?? 0])
          expect(coins.closingSat).toBeGreaterThanOrEqual(0)
          expect(sum(coins.lots.map(({ sat }) => sat))).toBe(coins.closingSat)
          expect(sum(coins.lots.map(({ costUsdCents }) => costUsdCents))).toBe(coins.closingUsdCents)
          for (const lot of coins.lots) expect(lot.costUsdCents).toBeGreaterThanOrEqual(0)
          for (const { bookUsdCents, costUsdCents } of of.assets) {
            expect(bookUsdCents).toBeGreaterThanOrEqual(0)
            expect(bookUsdCents).toBeLessThanOrEqual(costUsdCents)
          }
        }
      }),
      RUNS,
    )
  })

  it('has the results of its months as the change of its balances', () => {
    fc.assert(
      fc.property(anyBooks, (books) => {
        const heads = ledgerMonths(books, NOW_MS)
        const { postings: journal } = foldBooks(books, null)
        for (const head of heads) {
          const month = ledgerMonth(books, head.month, NO_EVIDENCE, sha256)
          expect(month.resultUsdCents).toBe(head.resultUsdCents)
          expect(month.coins.closingSat).toBe(head.closingSat)
          expect(month.entries).toBe(head.entries)
          expect(balancesAt(journal, head.month)).toEqual(month.balances)
        }
      }),
      RUNS,
    )
  })

  it('comes to the same whatever the order in which entries were stored', () => {
    fc.assert(
      fc.property(anyBooks, fc.infiniteStream(fc.nat()), (books, stream) => {
        const random = stream[Symbol.iterator]()
        const order = books.entries
          .map((entry) => ({ entry, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ entry }) => entry)
        const keys = new Map(order.map(({ key }, index) => [key, index + 1]))
        const entries = order.map((entry) => ({
          ...entry,
          key: keys.get(entry.key)!,
          corrects: entry.corrects === null ? null : keys.get(entry.corrects)!,
          fact:
            entry.fact.kind === 'void' && 'entry' in entry.fact.of
              ? { ...entry.fact, of: { entry: keys.get(entry.fact.of.entry)! } }
              : entry.fact,
        }))
        for (const month of MONTHS)
          expect(monthText({ ...books, entries }, month)).toBe(monthText(books, month))
      }),
      RUNS,
    )
  })

  it('takes nothing twice', () => {
    fc.assert(
      fc.property(anyBooks, (books) => {
        const voids = new Set(
          books.entries.flatMap(({ fact }) =>
            fact.kind === 'void' && 'entry' in fact.of ? [fact.of.entry] : [],
          ),
        )
        const again = books.entries.filter(({ fact, key }) => fact.kind !== 'void' && !voids.has(key))
        const { taken, known, faults } = admitted(books, again)
        expect({ taken, faults }).toEqual({ taken: [], faults: [] })
        expect(known.map(({ key }) => key)).toEqual(again.map(({ key }) => key))
      }),
      RUNS,
    )
  })

  it('closes with the same hash again after it was reopened, and nothing can be added below it', () => {
    fc.assert(
      fc.property(anyBooks, anyFact, (books, late) => {
        const before = MONTHS.map((month) => monthText(books, month))
        const close = (of: Books, month: Month) =>
          withAdmitted(of, [
            newEntry({ kind: 'close', month, hash: sha256(monthText(of, month)), costing: of.costing }),
          ])
        let closed = books
        for (const month of MONTHS) closed = close(closed, month)
        const reopened = withAdmitted(closed, [
          newEntry({ kind: 'reopen', month: LAST, reason: 'late bill' }),
        ])
        const again = close(reopened, LAST)
        for (const of of [closed, reopened, again])
          expect(MONTHS.map((month) => monthText(of, month))).toEqual(before)
        for (const month of MONTHS) {
          const { closed: seal } = ledgerMonth(again, month, NO_EVIDENCE, sha256)
          expect(seal?.hashNow).toBe(seal?.hash)
        }
        expect(admitted(again, [newEntry(late)]).taken).toEqual([])
        // What is added to the open month leaves the closed ones as they are.
        const open = closed.entries.filter(({ fact }) => fact.kind !== 'void')
        let corrected = reopened
        for (const entry of open.slice(0, 5)) {
          const change = correctionOf(entry, 0.5, 0)
          if (change === null) continue
          const moved = inLastMonth(change)
          corrected = withStored(corrected, admitted(corrected, [moved]).taken)
        }
        expect(MONTHS.slice(0, -1).map((month) => monthText(corrected, month))).toEqual(before.slice(0, -1))
      }),
      { numRuns: 40 },
    )
  })

  it('spreads a period over its months without losing anything', () => {
    fc.assert(
      fc.property(anyDays, fc.integer({ min: -9e9, max: 9e9 }), fc.nat({ max: 1e14 }), (days, cents, wh) => {
        const bill = { kind: 'bill', payee: 'Grid', days, wh, amount: usd(cents), part: 'all' } as const
        const months = monthsOfFact(bill, LAST)
        const parts = months.map((month) => shareOfMonth(bill, month))
        expect(sum(parts.map(({ amount }) => amount.usdCents))).toBe(cents)
        expect(sum(parts.map((part) => part.wh))).toBe(wh)
        expect(sum(parts.map((part) => daysIn(part.days)))).toBe(daysIn(days))
        for (const part of parts) {
          const even = (cents * daysIn(part.days)) / daysIn(days)
          expect(Math.abs(part.amount.usdCents - even)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

/** The same correction, dated in the month that is open. */
function inLastMonth(entry: NewEntry): NewEntry {
  const { fact } = entry
  const day = '2026-04-29'
  expect(monthOf(day)).toBe(monthAfter('2026-03', 1))
  if ('day' in fact) return { ...entry, fact: { ...fact, day } }
  return 'days' in fact ? { ...entry, fact: { ...fact, days: { from: day, to: day } } } : entry
}
