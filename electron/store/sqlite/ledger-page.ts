import { lastDay } from '#shared/domain/money/ledger/calendar.ts'
import type { Day, Entry, Month } from '#shared/domain/money/ledger/entry.ts'
import { daysOfFact } from '#shared/domain/money/ledger/identity.ts'
import {
  isFactEntry,
  monthSpan,
  newestOf,
  standingOf,
  touches,
} from '#shared/domain/money/ledger/standing.ts'
import { isoDay } from '#shared/format/times.ts'
import type { LedgerPage } from '#shared/ipc/schemas/ledger.ts'
import type { LedgerFilter } from '../port.ts'

/** The newest of the entries that are asked for, each with what was said of it later. */
export function ledgerPage(
  entries: readonly Entry[],
  { month, kind, site, of, after = 0, atMost }: LedgerFilter,
): LedgerPage {
  const { counting, closed } = standingOf(entries)
  const locked = newestOf(closed.keys())
  const found = entries
    .filter(
      (entry) =>
        (kind === null || entry.fact.kind === kind) &&
        (site === null || entry.site === site) &&
        (of === undefined || entry.key === of || entry.corrects === of) &&
        (month === null || isOf(entry, month)),
    )
    .map((entry) => ({ entry, day: dayOf(entry) }))
    .sort((a, b) => (a.day === b.day ? b.entry.key - a.entry.key : a.day < b.day ? 1 : -1))
  const voids = voidsBy(entries)
  const corrections = new Map<number, number[]>()
  for (const { key, corrects } of counting)
    if (corrects !== null) corrections.set(corrects, [...(corrections.get(corrects) ?? []), key])
  const rows = found.slice(after, after + atMost).map(({ entry }) => ({
    entry,
    voidedBy: isFactEntry(entry)
      ? (voids.entry.get(entry.key) ?? voids.batch.get(entry.batch) ?? null)
      : null,
    correctedBy: corrections.get(entry.key) ?? [],
    isLocked: isFactEntry(entry) && locked !== null && monthSpan(entry.fact)[0] <= locked,
  }))
  return { total: entries.length, found: found.length, rows }
}

/** A void is of no month: it stands with what it voids. */
function isOf(entry: Entry, month: Month): boolean {
  if (isFactEntry(entry)) return touches(entry, month)
  return 'month' in entry.fact && entry.fact.month === month
}

/** By which a list is ordered: the last of several. */
function dayOf(entry: Entry): Day {
  if (isFactEntry(entry)) return daysOfFact(entry.fact).to
  return 'month' in entry.fact ? lastDay(entry.fact.month) : isoDay(entry.recordedMs)
}

/** Keys of the voids, by what they void. */
function voidsBy(entries: readonly Entry[]) {
  const of = { entry: new Map<number, number>(), batch: new Map<number, number>() }
  for (const { key, fact } of entries) {
    if (fact.kind !== 'void') continue
    if ('entry' in fact.of) of.entry.set(fact.of.entry, key)
    else of.batch.set(fact.of.batch, key)
  }
  return of
}
