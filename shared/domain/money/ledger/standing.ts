import { isTimeZone, zoneClock } from '../../power/zone-clock.ts'
import { dayAt, monthsFrom } from './calendar.ts'
import type { CountedKind } from './counted.ts'
import { isCountedKind } from './counted.ts'
import type { Day, Entry, FactOf, Month } from './entry.ts'
import { monthOf } from './entry.ts'

type CloseEntry = Entry & { readonly fact: FactOf<'close'> }
/** An entry of a kind that months are made of. */
export type FactEntry = Entry & { readonly fact: FactOf<CountedKind> }

export const isFactEntry = (entry: Entry): entry is FactEntry => isCountedKind(entry.fact.kind)

/** What of the entries counts, and which months are closed. */
export type Standing = {
  /** facts that no void names, by key */
  readonly counting: readonly FactEntry[]
  /** closed months in the order in which they were closed, which is that of the calendar */
  readonly closed: ReadonlyMap<Month, CloseEntry>
}

export function standingOf(entries: readonly Entry[]): Standing {
  const voidKeys = new Set<number>()
  const voidBatches = new Set<number>()
  const closed = new Map<Month, CloseEntry>()
  for (const entry of entries) {
    const { fact } = entry
    if (fact.kind === 'void') {
      if ('entry' in fact.of) voidKeys.add(fact.of.entry)
      else voidBatches.add(fact.of.batch)
    }
    if (fact.kind === 'close') closed.set(fact.month, entry as CloseEntry)
    if (fact.kind === 'reopen') closed.delete(fact.month)
  }
  const counting = entries.filter(
    (entry): entry is FactEntry =>
      isFactEntry(entry) && !voidKeys.has(entry.key) && !voidBatches.has(entry.batch),
  )
  return { counting, closed }
}

/** The newest of the closed months: nothing is added to it or to a month before it. null: none is closed. */
export function newestOf(closed: Iterable<Month>): Month | null {
  let newest: Month | null = null
  for (const month of closed) if (newest === null || month > newest) newest = month
  return newest
}

/** The last one on earth where a day ends. */
const LAST_ZONE = 'Etc/GMT+12'

/** Which day it is in a zone; each zone's clock is made once. One that this computer does not know may be any: the last one is meant. */
export function todayIn(nowMs: number): (zone: string) => Day {
  const days = new Map<string, Day>()
  return (zone) => {
    let day = days.get(zone)
    if (day === undefined)
      days.set(zone, (day = dayAt(zoneClock(isTimeZone(zone) ? zone : LAST_ZONE), nowMs)))
    return day
  }
}

/** First and last month that a fact falls into. */
export function monthSpan(fact: FactEntry['fact']): readonly [first: Month, last: Month] {
  if ('month' in fact) return [fact.month, fact.month]
  if ('day' in fact) return [monthOf(fact.day), monthOf(fact.day)]
  return [monthOf(fact.days.from), monthOf(fact.days.to)]
}

export function touches({ fact }: FactEntry, month: Month): boolean {
  const [first, last] = monthSpan(fact)
  return first <= month && month <= last
}

/** A month is over when it is over in the zones of all entries in it; without any, in UTC. */
export const isOver = (month: Month, zones: ReadonlySet<string>, today: (zone: string) => Day): boolean =>
  [...(zones.size === 0 ? ['UTC'] : zones)].every((zone) => monthOf(today(zone)) > month)

/** Of the months with entries: how many there are in it, and their zones. */
export function monthsWithEntries(
  counting: Iterable<FactEntry>,
): Map<Month, { entries: number; readonly zones: Set<string> }> {
  const months = new Map<Month, { entries: number; readonly zones: Set<string> }>()
  for (const { fact, zone } of counting) {
    const [first, last] = monthSpan(fact)
    for (const month of first === last ? [first] : monthsFrom(first, last)) {
      const known = months.get(month)
      if (known === undefined) months.set(month, { entries: 1, zones: new Set([zone]) })
      else {
        known.entries++
        known.zones.add(zone)
      }
    }
  }
  return months
}
