import { admit } from '#shared/domain/money/ledger/admit.ts'
import type { Admission } from '#shared/domain/money/ledger/admit.ts'
import type {
  Amount,
  Books,
  CoinPrice,
  Costing,
  Entry,
  Fact,
  NewEntry,
  PoolTerms,
} from '#shared/domain/money/ledger/entry.ts'

export const NOW_MS = Date.UTC(2026, 10, 26)
export const SITES = ['Bravo', 'Delta']

export const usd = (hundredths: number): Amount => ({
  currency: 'USD',
  hundredths,
  usdCents: hundredths,
  rate: null,
})
export const price = (usdPerBtc: number): CoinPrice => ({ usdPerBtc, source: 'typed' })

export const newEntry = (fact: Fact, other: Partial<NewEntry> = {}): NewEntry => ({
  fact,
  site: '',
  zone: 'UTC',
  reference: '',
  corrects: null,
  note: '',
  origin: null,
  ...other,
})

/** Income as it is earned. */
export const EARNED: PoolTerms = {
  name: 'Braiins',
  from: '',
  scheme: 'fpps',
  fee: 0.02,
  revenue: 'earned',
  sites: [],
  poolHashrateEhs: null,
}
/** Income as it is paid. */
export const PAID: PoolTerms = { ...EARNED, name: 'Ocean', scheme: 'pplns', revenue: 'paid' }

export const booksOf = (
  entries: readonly Entry[],
  costing: Costing = 'fifo',
  pools: readonly PoolTerms[] = [EARNED, PAID],
): Books => ({ entries, pools, costing })

export const admitted = (books: Books, entries: readonly NewEntry[], nowMs = NOW_MS): Admission =>
  admit(books, entries, { sites: SITES, nowMs })

/** The books with entries stored in them as one batch, as the store does it. */
export function withStored(books: Books, entries: readonly NewEntry[]): Books {
  const last = books.entries.at(-1)
  const batch = (last?.batch ?? 0) + 1
  const first = (last?.key ?? 0) + 1
  const stored = entries.map((entry, index) => ({
    ...entry,
    key: first + index,
    batch,
    recordedMs: NOW_MS + first + index,
  }))
  return { ...books, entries: [...books.entries, ...stored] }
}

/** The same, through admission. @throws Error where something is at fault */
export function withAdmitted(books: Books, entries: readonly NewEntry[], nowMs = NOW_MS): Books {
  const { taken, faults } = admitted(books, entries, nowMs)
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
  return withStored(books, taken)
}
