import type { AccountLine } from './accounts.ts'
import type { Books, Day, FactKind, Month } from './entry.ts'
import { monthOf } from './entry.ts'
import { foldBooks } from './fold.ts'

/** An entry of the journal: what one fact does to the accounts in one month. */
export type Posting = {
  /** key of the entry; of the purchase where it is depreciation */
  readonly entry: number
  readonly kind: FactKind | 'depreciation'
  /** of what is spread over days: the last of them in the month */
  readonly day: Day
  /** pool, payee, payer or venue; '' for none */
  readonly payee: string
  readonly site: string
  readonly reference: string
  /** debits positive; they sum to 0 in cents */
  readonly lines: readonly AccountLine[]
}

/** The journal of a month, or of all of them up to the last one with entries, by day. */
export function postings(books: Books, month: Month | null): readonly Posting[] {
  const all = foldBooks(books, month).postings
  return month === null ? all : all.filter(({ day }) => monthOf(day) === month)
}
