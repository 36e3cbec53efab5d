import { dailyNetwork } from '../domain/money/ledger/daily-network.ts'
import { firstDay, lastDay } from '../domain/money/ledger/calendar.ts'
import { monthOf } from '../domain/money/ledger/entry.ts'
import type { Books, Entry, Month } from '../domain/money/ledger/entry.ts'
import type { LedgerMonth } from '../domain/money/ledger/month.ts'
import type { DailySeries } from '../domain/signals/daily-series.ts'
import { MS_PER_DAY } from '../domain/units.ts'
import type { ReportCase, ReportLedger } from './case.ts'

/**
 * Entries that a report seals: five years of 20 pools that pay every day, with their bills; some 15 MB of text, 1 MB packed. Books that
 * have more up to the end of its last month are not sealed, and its section says so.
 */
export const MOST_SEALED_ENTRIES = 50_000

/**
 * Which months a report tells: those that ended within its period, else the newest that is over; of those in which something counts.
 * Oldest first. A month is over with the last millisecond of its last day in UTC, of which a report of that day speaks.
 */
export function monthsTold(
  months: readonly { readonly month: Month; readonly entries: number }[],
  { fromMs, toMs }: Pick<ReportCase['decisions'], 'fromMs' | 'toMs'>,
): readonly Month[] {
  const lastMs = (month: Month) => Date.parse(`${lastDay(month)}T00:00:00Z`) + MS_PER_DAY - 1
  const over = months.filter(({ month, entries }) => entries > 0 && lastMs(month) <= toMs)
  const inPeriod = over.filter(({ month }) => lastMs(month) >= fromMs)
  return (inPeriod.length > 0 ? inPeriod : over.slice(-1)).map(({ month }) => month)
}

/**
 * What a report seals of the books.
 * @param told at least one, oldest first, as they are in the books
 */
export function reportLedger(
  books: Books,
  told: readonly LedgerMonth[],
  past: DailySeries,
  most = MOST_SEALED_ENTRIES,
): ReportLedger {
  const [first, last] = [told[0]!.month, told.at(-1)!.month]
  const entries = entriesUntil(books.entries, last)
  return {
    months: told.map(({ month, closed }) => ({ month, hash: closed?.hashNow ?? null })),
    entries: entries.length,
    books: entries.length > most ? null : { ...books, entries },
    network: past.dates.length === 0 ? null : dailyNetwork(past, firstDay(first), lastDay(last)),
    plansNow: plansIn(told),
  }
}

/** Entries that begin later say nothing of a month; notes, and where an entry was read, are for who keeps the books. */
function entriesUntil(entries: readonly Entry[], last: Month): readonly Entry[] {
  return entries
    .filter(({ fact }) => (firstMonthOf(fact) ?? last) <= last)
    .map((entry) => ({ ...entry, note: '', origin: null }))
}

/** null: a void, which has no day */
function firstMonthOf(fact: Entry['fact']): Month | null {
  if (fact.kind === 'void') return null
  if ('days' in fact) return monthOf(fact.days.from)
  return 'day' in fact ? monthOf(fact.day) : fact.month
}

/** Of the fleet, where no plan was booked; the same for each month. */
function plansIn(told: readonly LedgerMonth[]): ReportLedger['plansNow'] {
  const bySite = new Map<string, ReportLedger['plansNow'][number]>()
  for (const { site, plan, isRecorded } of told.flatMap(({ plans }) => plans)) {
    const { kind, hashratePhs, powerKw, uptime, poolFee, usdPerKwh } = plan
    if (!isRecorded)
      bySite.set(site, { site, plan: { kind, hashratePhs, powerKw, uptime, poolFee, usdPerKwh } })
  }
  return [...bySite.values()]
}
