import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import type { Books, Month } from '#shared/domain/money/ledger/entry.ts'
import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { writeCellText } from '../cell-text.ts'
import { replaceFile } from '../replace.ts'
import { journalLines, monthlyLines } from './journal-lines.ts'
import type { JournalLine } from './journal-lines.ts'

/** Which months, both included; null: from the first, to the last. */
export type JournalScope = {
  readonly from: Month | null
  readonly to: Month | null
  /** one entry a month with what moved on each account */
  readonly asSums: boolean
}

export type WrittenJournal = {
  /** of the journal, each balanced */
  readonly entries: number
  readonly lines: number
}

/** docs/ledger-journal.md says who reads what of it. */
const HEADINGS = 'date,payee,reference,account,debit,credit,journal,account_number,description,site'
const LINES_PER_PIECE = 500

/**
 * The journal as CSV, whole or not at all: UTF-8, commas, decimal points, lines that end in LF, USD to the cent.
 * @throws StrikelineError 'file-unwritable'
 */
export async function writeJournal(
  path: string,
  books: Books,
  { from, to, asSums }: JournalScope,
): Promise<WrittenJournal> {
  const inScope = postings(books, null).filter(({ day }) => {
    const month = monthOf(day)
    return (from === null || month >= from) && (to === null || month <= to)
  })
  const written = { entries: 0, lines: 0 }
  await replaceFile(path, journalCsv(asSums ? monthlyLines(inScope) : journalLines(inScope), written))
  return written
}

/** @param written is counted up */
export function* journalCsv(
  lines: Iterable<JournalLine>,
  written: { entries: number; lines: number } = { entries: 0, lines: 0 },
): Generator<string> {
  let piece = `${HEADINGS}\n`
  let last = ''
  for (const line of lines) {
    // What has satoshi alone is no line of money.
    if (line.usdCents === 0) continue
    if (line.journal !== last) written.entries++
    last = line.journal
    piece += rowOf(line)
    if (++written.lines % LINES_PER_PIECE !== 0) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

const rowOf = ({ account, usdCents, ...line }: JournalLine): string => {
  const { name, number } = ACCOUNTS[account]
  const amounts = usdCents > 0 ? `${decimals(usdCents)},` : `,${decimals(-usdCents)}`
  const [payee, reference, of, description, site] = [
    ...[line.payee, line.reference, name, line.description, line.site],
  ].map(writeCellText)
  return `${line.day},${payee},${reference},${of},${amounts},${line.journal},${number},${description},${site}\n`
}

/** Of whole cents, without a detour over fractions: `1234.05`. */
const decimals = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
