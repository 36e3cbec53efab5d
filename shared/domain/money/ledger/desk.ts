import { daysOf } from './calendar.ts'
import type { Books, Day, Month } from './entry.ts'
import type { Place } from './faults.ts'
import { identities, identityOf, nameKey } from './identity.ts'
import type { FactEntry } from './standing.ts'
import { newestOf, standingOf } from './standing.ts'

/** An entry that counts. One that was given has a key below 0: −1 for the first, and so on. */
export type Known = { readonly entry: FactEntry; readonly identity: string }

export const placeOf = ({ key }: FactEntry): Place => (key < 0 ? { at: -1 - key } : { key })

/** The parts of a bill that stand for the same money. */
const PARTS = ['all', 'energy', 'demand', 'fixed'] as const

/** What new entries are held against; it changes with each that is taken. */
export function createDesk(books: Books) {
  const standing = standingOf(books.entries)
  const closed = new Set(standing.closed.keys())
  const known = new Map<number, Known>()
  const byIdentity = new Map<string, FactEntry>()
  const corrections = new Map<number, Set<FactEntry>>()
  /** who has said something of a day; made when it is first asked for */
  let taken: Map<string, FactEntry> | null = null

  function add(entry: FactEntry, identity: string): void {
    known.set(entry.key, { entry, identity })
    byIdentity.set(identity, entry)
    if (entry.corrects !== null)
      corrections.set(entry.corrects, (corrections.get(entry.corrects) ?? new Set()).add(entry))
    if (taken !== null) for (const day of claims(entry)) taken.set(day, entry)
  }

  const names = identities(standing.counting)
  for (const entry of standing.counting) add(entry, names.get(entry.key)!)

  return {
    known: (key: number): Known | undefined => known.get(key),
    counting: (): FactEntry[] => [...known.values()].map(({ entry }) => entry),
    sameAs: (identity: string): FactEntry | undefined => byIdentity.get(identity),
    correctionsOf: (key: number): readonly FactEntry[] => [...(corrections.get(key) ?? [])],
    identityOf: (entry: FactEntry): string =>
      identityOf(entry, entry.corrects === null ? null : (known.get(entry.corrects)?.identity ?? null)),
    add,
    remove(entry: FactEntry): void {
      byIdentity.delete(known.get(entry.key)!.identity)
      known.delete(entry.key)
      if (entry.corrects !== null) corrections.get(entry.corrects)?.delete(entry)
      if (taken !== null) for (const day of claims(entry)) taken.delete(day)
    },
    /** The first day of a bill or a meter of which another one speaks already; null: none. */
    overlap(entry: FactEntry): { readonly other: FactEntry; readonly day: Day } | null {
      const asked = claims(entry, true)
      if (asked.length === 0) return null
      if (taken === null) {
        taken = new Map()
        for (const { entry: each } of known.values()) for (const day of claims(each)) taken.set(day, each)
      }
      for (const day of asked) {
        const other = taken.get(day)
        if (other !== undefined) return { other, day: day.slice(0, 10) }
      }
      return null
    },
    closedThrough: (): Month | null => newestOf(closed),
    close: (month: Month): void => void closed.add(month),
    reopen: (month: Month): void => void closed.delete(month),
  }
}
export type Desk = ReturnType<typeof createDesk>

/** The days that a bill or a meter speaks of; a bill for all of it speaks of each part, and each part of what stands for all of it. */
function claims({ fact, site, corrects }: FactEntry, isAsking = false): string[] {
  if (corrects !== null || (fact.kind !== 'bill' && fact.kind !== 'meter')) return []
  const days = daysOf(fact.days)
  const about = `${fact.kind}\n${nameKey(site)}\n${nameKey(fact.kind === 'bill' ? fact.payee : fact.meter)}`
  if (fact.kind === 'meter') return days.map((day) => `${day}\n${about}`)
  const parts = !isAsking ? [fact.part] : fact.part === 'all' ? PARTS : (['all', fact.part] as const)
  return days.flatMap((day) => parts.map((part) => `${day}\n${about}\n${part}`))
}
