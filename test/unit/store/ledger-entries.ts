import type { FactOf, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { newEntry, usd } from '../money/ledger/books.ts'

/** Entries as someone types them. */

type Beside = Partial<Omit<NewEntry, 'fact'>>

export const payout = (change: Partial<FactOf<'payout'>> = {}, beside: Beside = {}): NewEntry =>
  newEntry(
    {
      ...{ kind: 'payout', pool: 'Braiins', day: '2026-09-12', sat: 1_000_000, feeSat: null },
      price: { usdPerBtc: 90_000, source: 'typed' },
      ...change,
    },
    beside,
  )

export const bill = (change: Partial<FactOf<'bill'>> = {}, beside: Beside = {}): NewEntry =>
  newEntry(
    {
      ...{ kind: 'bill', payee: 'Utility', days: { from: '2026-09-01', to: '2026-09-30' } },
      ...{ wh: 1_000_000_000, amount: usd(5_350_000), part: 'all' },
      ...change,
    },
    { site: 'North', reference: '2026-09', ...beside },
  )

export const sale = (change: Partial<FactOf<'sale'>> = {}, beside: Beside = {}): NewEntry =>
  newEntry(
    {
      ...{ kind: 'sale', venue: 'Kraken', day: '2026-09-20', sat: 400_000 },
      ...{ proceeds: usd(38_000), fee: usd(100) },
      ...change,
    },
    beside,
  )
