import type { Books, Entry, Fact, FactOf, NewEntry, PoolTerms } from '#shared/domain/money/ledger/entry.ts'
import { newEntry, usd } from './books.ts'

/** Two months of a site with two pools: one whose income counts as it is earned, one whose counts as it is paid. */

export const northEntry = (fact: Fact, given: Partial<NewEntry> = {}): NewEntry =>
  newEntry(fact, { site: 'North', ...given })

/** Stored in this order, a batch each. */
export const stored = (entries: readonly NewEntry[]): readonly Entry[] =>
  entries.map((entry, i) => ({ ...entry, key: i + 1, batch: i + 1, recordedMs: Date.UTC(2026, 11, 1) }))

const price = (usdPerBtc: number) => ({ usdPerBtc, source: 'file' })

export const earning = (day: string, sat: number, given: Partial<FactOf<'earning'>> = {}): Fact => ({
  ...{ kind: 'earning', pool: 'Braiins', day, sat, feeSat: null, hashratePhs: 100, price: price(100_000) },
  ...given,
})
export const payout = (pool: string, day: string, sat: number, usdPerBtc: number): Fact => ({
  ...{ kind: 'payout', pool, day, sat, feeSat: null, price: price(usdPerBtc) },
})

const POOLS: readonly PoolTerms[] = [
  {
    ...{ name: 'Braiins', from: '', scheme: 'fpps', fee: 0.02, revenue: 'earned', sites: ['North'] },
    poolHashrateEhs: null,
  },
  {
    ...{ name: 'Solo', from: '', scheme: 'solo', fee: 0, revenue: 'paid', sites: [] },
    poolHashrateEhs: null,
  },
]

export const ENTRIES: readonly Entry[] = stored([
  northEntry({ kind: 'opening', day: '2026-09-01', sat: 50_000_000, costUsdCents: 2_000_000 }, { site: '' }),
  northEntry(earning('2026-09-30', 4_000_000)),
  northEntry(earning('2026-10-01', 3_999_999, { feeSat: 81_633 })),
  northEntry(payout('Braiins', '2026-10-02', 7_999_999, 101_000), { reference: '=HYPERLINK("x")' }),
  northEntry(payout('Solo', '2026-10-05', 1_234_567, 99_999.99), { reference: 'tx-1' }),
  northEntry(
    {
      ...{ kind: 'bill', payee: 'Grid, Ltd', days: { from: '2026-09-16', to: '2026-10-15' } },
      ...{ wh: 72_000_000, amount: usd(360_001), part: 'all' },
    },
    { reference: 'INV-7' },
  ),
  northEntry({
    ...{ kind: 'meter', meter: 'M1', days: { from: '2026-10-01', to: '2026-10-31' }, wh: 74_000_000 },
  }),
  northEntry({
    ...{ kind: 'sale', venue: 'Kraken', day: '2026-10-20', sat: 20_000_000 },
    ...{ proceeds: usd(2_000_000), fee: usd(5200) },
  }),
  northEntry({
    ...{ kind: 'cost', payee: 'Landlord', days: { from: '2026-10-01', to: '2026-10-31' } },
    ...{ category: 'rent', amount: usd(120_000) },
  }),
  northEntry({
    ...{ kind: 'purchase', payee: 'Maker', day: '2026-09-10', what: '10 S21', amount: usd(2_500_000) },
    ...{ salvageUsdCents: 100_000, lifeDays: 1095 },
  }),
  northEntry({
    ...{ kind: 'plan', month: '2026-10', hashratePhs: 102, powerKw: 100, uptime: 0.98 },
    ...{ poolFee: 0.02, usdPerKwh: 0.05 },
  }),
  northEntry(payout('Solo', '2026-11-03', 1_000_000, 90_000), { reference: 'tx-2' }),
])

export const BOOKS: Books = { entries: ENTRIES, pools: POOLS, costing: 'fifo' }
