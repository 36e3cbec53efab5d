import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import type { Account } from '#shared/domain/money/ledger/accounts.ts'
import { lastDay } from '#shared/domain/money/ledger/calendar.ts'
import type { Day, Month } from '#shared/domain/money/ledger/entry.ts'
import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import { capital } from '#shared/format/ledger-month-words.ts'
import type { Posting } from '#shared/domain/money/ledger/postings.ts'

/** A line of the journal as a file and a sheet have it. Lines of one `journal` stand together and sum to 0. */
export type JournalLine = {
  /** the same for the same fact and month, whenever it is written: `17-2026-10`, of depreciation `17D-2026-10`, of a month's sums `sums-2026-10` */
  readonly journal: string
  readonly day: Day
  readonly payee: string
  readonly reference: string
  readonly account: Account
  /** what happened: `Payout, Braiins` */
  readonly description: string
  readonly site: string
  /** debits positive */
  readonly usdCents: number
  /** null: an account of money alone */
  readonly sat: number | null
}

/** Lines of what moves no money are left out: no accounting program takes them. */
export function* journalLines(postings: Iterable<Posting>): Generator<JournalLine> {
  for (const { entry, kind, day, payee, site, reference, lines } of postings) {
    const journal = `${entry}${kind === 'depreciation' ? 'D' : ''}-${monthOf(day)}`
    for (const { account, of, usdCents, sat } of lines) {
      if (usdCents === 0 && (sat ?? 0) === 0) continue
      const what = capital(kind)
      const description = of === '' ? what : `${what}, ${of}`
      yield { journal, day, payee, reference, account, description, site, usdCents, sat }
    }
  }
}

/** One entry of the journal a month: what moved on each account, split as the accounts are. Dated on its last day. */
export function* monthlyLines(postings: Iterable<Posting>): Generator<JournalLine> {
  const months = new Map<Month, Map<string, Moved>>()
  for (const { day, lines } of postings) {
    const month = monthOf(day)
    const accounts = months.get(month) ?? new Map<string, Moved>()
    months.set(month, accounts)
    for (const { account, of, usdCents, sat } of lines) {
      const at = `${ACCOUNTS[account].number}\n${of}`
      const before = accounts.get(at)
      accounts.set(at, {
        ...{ account, of, usdCents: (before?.usdCents ?? 0) + usdCents },
        sat: sat === null ? (before?.sat ?? null) : (before?.sat ?? 0) + sat,
      })
    }
  }
  for (const [month, accounts] of [...months].sort(byText))
    for (const [, { account, of, usdCents, sat }] of [...accounts].sort(byText)) {
      if (usdCents === 0 && (sat ?? 0) === 0) continue
      yield {
        // Not the bare month, which a spreadsheet would take for a day.
        ...{ journal: `sums-${month}`, day: lastDay(month), payee: of, reference: `sums-${month}`, account },
        ...{ description: of, site: '', usdCents, sat },
      }
    }
}

type Moved = Pick<JournalLine, 'account' | 'usdCents' | 'sat'> & { readonly of: string }

const byText = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)
