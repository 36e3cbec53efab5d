import type { AccountLine } from './accounts.ts'
import type { Books, Month } from './entry.ts'
import { monthOf } from './entry.ts'
import type { Fold } from './fold.ts'
import { foldBooks } from './fold.ts'
import { touches } from './standing.ts'
import { balancesAt } from './sums.ts'

/**
 * The one text of a month's figures, of which a close keeps the SHA-256: what counts in it, its journal and the balances at its end. It
 * knows nothing of keys, of the order in which entries were stored, nor of files and notes, so that close, reopen, close is the same.
 */
export const monthText = (books: Books, month: Month): string => textOf(foldBooks(books, month), month)

/** The same of books that are folded already, to the month or beyond it. */
export function textOf({ books, timeline, postings }: Fold, month: Month): string {
  return [
    ['strikeline ledger month', 1, month, books.costing],
    ...timeline
      .filter(({ entry }) => touches(entry, month))
      .map(({ entry: { fact, site, zone, reference }, identity }) => [
        'entry',
        identity,
        site,
        zone,
        reference,
        sorted(fact),
      ]),
    ...postings
      .filter(({ day }) => monthOf(day) === month)
      .map(({ kind, day, payee, site, reference, lines }) => [
        'posting',
        kind,
        day,
        payee,
        site,
        reference,
        lines.map(lineText),
      ]),
    ...balancesAt(postings, month).map((line) => ['balance', ...lineText(line)]),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

const lineText = ({ account, of, usdCents, sat }: AccountLine) => [account, of, usdCents, sat]

/** The same value with its fields in the order of their names, however they were written. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, of]) => [name, sorted(of)]),
  )
}
