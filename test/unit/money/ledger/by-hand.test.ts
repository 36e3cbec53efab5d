import { expect, it } from 'vitest'
import { amountOf } from '#shared/domain/money/ledger/amounts.ts'
import type { Books, Fact, NewEntry, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { ledgerMonth } from '#shared/domain/money/ledger/ledger-month.ts'
import { closedMonthsChanged } from '#shared/domain/money/ledger/ledger-months.ts'
import { admitted, booksOf, EARNED, newEntry, price, usd, withAdmitted } from './books.ts'

/** December and January of a site in Oslo, at average cost, worked by hand. */
const NOW_MS = Date.UTC(2027, 1, 5)
const LUXOR: PoolTerms = { ...EARNED, name: 'Luxor' }
const euro = (hundredths: number, usdPerUnit: number) =>
  amountOf('EUR', hundredths, { usdPerUnit, day: '2026-12-10', source: 'typed' })
const payout = (pool: string, day: string, sat: number, usdPerBtc: number): Fact => ({
  ...{ kind: 'payout', pool, day, sat, feeSat: null, price: price(usdPerBtc) },
})
const purchase = (day: string, cents: number, salvageUsdCents: number, lifeDays: number): Fact => ({
  ...{ kind: 'purchase', payee: 'Maker', day, what: 'S21', amount: usd(cents), salvageUsdCents, lifeDays },
})

const ENTRIES: readonly (readonly [Fact, Partial<NewEntry>?])[] = [
  [{ kind: 'opening', day: '2026-11-30', sat: 10_000_000, costUsdCents: 500_000 }],
  // What November earned: income when it is paid.
  [payout('Ocean', '2026-12-03', 2_000_000, 90_000)],
  // Over the end of summer time and of the year: 17 + 30 + 31 + 20 = 98 days, 10 780.01 USD.
  [
    {
      ...{ kind: 'bill', payee: 'Grid', days: { from: '2026-10-15', to: '2027-01-20' }, wh: 98_000_000 },
      ...{ amount: euro(980_001, 1.1), part: 'all' },
    },
  ],
  [
    {
      ...{ kind: 'sale', venue: 'Kraken', day: '2026-12-10', sat: 3_000_000 },
      ...{ proceeds: euro(250_000, 1.08), fee: euro(500, 1.08) },
    },
  ],
  [payout('Ocean', '2026-12-20', -500_000, 90_000), { corrects: 2 }],
  [purchase('2026-12-05', 100_000, 10_000, 100)],
  [purchase('2027-01-11', 0, -5000, 0), { corrects: 6 }],
  [
    {
      ...{ kind: 'earning', pool: 'Luxor', day: '2026-12-31', sat: 1_000_000, feeSat: null },
      ...{ hashratePhs: null, price: price(95_000) },
    },
  ],
  [payout('Luxor', '2027-01-02', 1_000_000, 97_000)],
]
/** A batch each. */
const BOOKS = ENTRIES.reduce<Books>(
  (books, [fact, given]) =>
    withAdmitted(books, [newEntry(fact, { site: 'Bravo', zone: 'Europe/Oslo', ...given })], NOW_MS),
  booksOf([], 'average', [LUXOR]),
)
const monthOn = (month: string) =>
  ledgerMonth(BOOKS, month, { network: null, plansNow: [], nowMs: NOW_MS }, () => '')
const statementOn = (month: string) =>
  monthOn(month).statement.map(({ account, of, usdCents }) => [account, of, usdCents])

it('December: paid in arrears, a sale in euro, a correction after it', () => {
  expect(statementOn('2026-12')).toEqual([
    ['mining', 'Luxor', 95_000],
    ['mining', 'Ocean', 180_000 - 45_000],
    // 2 700.00 − 6 800.00 · 3 ÷ 12; the correction takes the 450.00 of its lot
    ['coinGain', '', 100_000],
    // 10 780.01 · 78 ÷ 98 = 8 580.01, · 47 ÷ 98 = 5 170.00
    ['power', 'Bravo', -(858_001 - 517_000)],
    ['saleFees', 'Kraken', -540],
    // 27 days of (1 000 − 100) ÷ 100
    ['depreciation', 'Bravo', -24_300],
  ])
  const { coins, resultUsdCents } = monthOn('2026-12')
  expect(resultUsdCents).toBe(-35_841)
  expect(coins).toMatchObject({
    ...{ openingSat: 10_000_000, receivedSat: 1_500_000, soldSat: 3_000_000, closingSat: 8_500_000 },
    // 5 000.00 + 1 800.00 − 450.00 − 1 700.00
    ...{ soldCostUsdCents: 170_000, closingUsdCents: 465_000, gainUsdCents: 99_460 },
  })
})

it('January: the rest of the bill, less salvage from the 11th on, what was owed is paid', () => {
  expect(statementOn('2027-01')).toEqual([
    ['power', 'Bravo', -(1_078_001 - 858_001)],
    // ten days of 9.00, then 21 of (1 000 − 333 − 50) ÷ 63
    ['depreciation', 'Bravo', -(9000 + 20_567)],
  ])
  const { coins, balances } = monthOn('2027-01')
  expect(coins).toMatchObject({ closingSat: 9_500_000, closingUsdCents: 465_000 + 95_000 })
  expect(balances.some(({ account }) => account === 'poolReceivable')).toBe(false)
  // Results stay in their accounts over the year's end.
  expect(balances).toContainEqual({ account: 'power', of: 'Bravo', usdCents: 1_078_001, sat: null })
})

it('a batch with a sale after it cannot be void, and a pool counts otherwise in no closed month', () => {
  const voidOf = (batch: number) =>
    admitted(BOOKS, [newEntry({ kind: 'void', of: { batch }, reason: 'twice' })], NOW_MS).faults
  // 2 000 000 of the payout are left for the 3 000 000 of the sale
  expect(voidOf(1)).toEqual([
    { at: 0, fault: { what: 'sold', day: '2026-12-10', heldSat: 2_000_000, sat: 3_000_000 } },
  ])
  expect(voidOf(2)).toEqual([{ at: 0, fault: { what: 'void', of: { batch: 2 }, why: 'corrected' } }])
  const paid = { ...BOOKS, pools: [{ ...LUXOR, revenue: 'paid' as const }] }
  expect(closedMonthsChanged(BOOKS, paid)).toEqual([])
  const closed = ['2026-10', '2026-11', '2026-12'].reduce<Books>(
    (books, month) =>
      withAdmitted(books, [newEntry({ kind: 'close', month, hash: '', costing: 'average' })], NOW_MS),
    BOOKS,
  )
  expect(closedMonthsChanged(closed, { ...closed, pools: paid.pools })).toEqual(['2026-12'])
})
