import { checkCoins } from './check-coins.ts'
import { checkCorrection, isBelow0 } from './check-correction.ts'
import { isTimeZone } from '../../power/zone-clock.ts'
import { checkEntry } from './check-entry.ts'
import { createDesk, placeOf } from './desk.ts'
import type { Books, Entry, FactOf, Month, NewEntry } from './entry.ts'
import type { AdmitFault, EntryFault } from './faults.ts'
import { nameKey, saysTheSame } from './identity.ts'
import type { FactEntry } from './standing.ts'
import { isFactEntry, isOver, monthSpan, monthsWithEntries, todayIn } from './standing.ts'
import { satMoved } from './timeline.ts'

export type Admission = {
  /** to be stored, in the order given, sites as they are called; empty where anything is at fault: all or nothing */
  readonly taken: readonly NewEntry[]
  /** the same facts that the books have already: nothing is to be done about them */
  readonly known: readonly { readonly at: number; readonly key: number }[]
  readonly faults: readonly AdmitFault[]
}

type AdmitWorld = {
  /** names of the sites that there are, that of now before that of then */
  readonly sites: readonly string[]
  readonly nowMs: number
}

/**
 * Holds new entries against the books, in the order given, all or none: voids, closes and reopens change what those after them meet.
 * Whether the hash of a close is that of its month is for the caller, who can compute it.
 */
export function admit(books: Books, entries: readonly NewEntry[], { sites, nowMs }: AdmitWorld): Admission {
  const desk = createDesk(books)
  const stored = new Map(books.entries.map((entry) => [entry.key, entry]))
  const today = todayIn(nowMs)
  const zones = new Map<string, boolean>()
  /** Asking what there is of zones is slow, and most entries are of one. */
  function isZone(zone: string): boolean {
    const known = zones.get(zone) ?? isTimeZone(zone)
    zones.set(zone, known)
    return known
  }
  /** Each as it is written first; names are the same however they are spaced and capitalised. */
  const siteNames = new Map([['', '']])
  for (const site of sites) if (!siteNames.has(nameKey(site))) siteNames.set(nameKey(site), site)
  const taken: NewEntry[] = []
  const known: { at: number; key: number }[] = []
  const faults: AdmitFault[] = []

  /** null: taken; otherwise the key under which it is known, or what is wrong. */
  function decide(entry: NewEntry, at: number): number | EntryFault | null {
    const wrong = checkEntry(entry, today, isZone)
    if (wrong !== null) return wrong
    const { fact } = entry
    if (fact.kind === 'void') return voidEntries(fact)
    if (fact.kind === 'close') return close(fact, entry.zone)
    if (fact.kind === 'reopen') return reopen(fact.month)
    return takeFact({ ...entry, fact, key: -1 - at, recordedMs: nowMs, batch: 0 })
  }

  function takeFact(entry: FactEntry): number | EntryFault | null {
    const identity = desk.identityOf(entry)
    const same = desk.sameAs(identity)
    if (same !== undefined) {
      const other = placeOf(same)
      if (!saysTheSame(same.fact, entry.fact)) return { what: 'conflict', other }
      return 'key' in other ? other.key : { what: 'twice', other }
    }
    const locked = lockedMonth(entry)
    if (locked !== null) return { what: 'closed', month: locked }
    if (entry.corrects !== null) {
      const wrong = checkCorrection(entry, desk, (key) => stored.has(key))
      if (wrong !== null) return wrong
    } else if (!siteNames.has(nameKey(entry.site))) return { what: 'site', site: entry.site }
    const overlap = desk.overlap(entry)
    if (overlap !== null) return { what: 'overlap', other: placeOf(overlap.other), day: overlap.day }
    desk.add(entry, identity)
    return null
  }

  /** The first month of an entry where that is closed, or lies before one that is. */
  function lockedMonth({ fact }: FactEntry): Month | null {
    const [first] = monthSpan(fact)
    const through = desk.closedThrough()
    return through !== null && first <= through ? first : null
  }

  function voidEntries({ of }: FactOf<'void'>): EntryFault | null {
    const fault = (why: Extract<EntryFault, { what: 'void' }>['why']): EntryFault => ({
      what: 'void',
      of,
      why,
    })
    const named: readonly Entry[] =
      'batch' in of
        ? books.entries.filter(({ batch }) => batch === of.batch)
        : [stored.get(of.entry)].filter((entry) => entry !== undefined)
    if (named.length === 0) return fault('unknown')
    const facts = named.filter(isFactEntry)
    if (facts.length === 0) return fault('no fact')
    const counting = facts.filter(({ key }) => desk.known(key) !== undefined)
    if (counting.length === 0) return fault('void already')
    for (const entry of counting) {
      const month = lockedMonth(entry)
      if (month !== null) return { what: 'closed', month }
    }
    const gone = new Set(counting)
    for (const entry of counting) {
      if (desk.correctionsOf(entry.key).some((correction) => !gone.has(correction))) return fault('corrected')
      const original = entry.corrects === null ? undefined : desk.known(entry.corrects)?.entry
      if (original === undefined || gone.has(original)) continue
      const left = desk.correctionsOf(original.key).filter((correction) => !gone.has(correction))
      if (isBelow0(original, left)) return fault('corrected')
    }
    counting.forEach((entry) => {
      desk.remove(entry)
    })
    return null
  }

  function close({ month, costing }: FactOf<'close'>, zone: string): EntryFault | null {
    const through = desk.closedThrough()
    if (through !== null && month <= through) return { what: 'close', month, why: 'closed already' }
    if (costing !== books.costing) return { what: 'close', month, why: 'costing' }
    const months = monthsWithEntries(desk.counting())
    const zones = new Set([zone, ...(months.get(month)?.zones ?? [])])
    if (!isOver(month, zones, today)) return { what: 'close', month, why: 'not over' }
    const open = [...months.keys()]
      .filter((each) => each < month && (through === null || each > through))
      .sort()
    if (open.length > 0) return { what: 'close before', month, first: open[0]! }
    desk.close(month)
    return null
  }

  function reopen(month: Month): EntryFault | null {
    const newest = desk.closedThrough()
    if (month !== newest) return { what: 'reopen', month, newest }
    desk.reopen(month)
    return null
  }

  entries.forEach((entry, at) => {
    const decided = decide(entry, at)
    if (decided === null) taken.push({ ...entry, site: siteNames.get(nameKey(entry.site)) ?? entry.site })
    else if (typeof decided === 'number') known.push({ at, key: decided })
    else faults.push({ at, fault: decided })
  })
  const firstVoid = entries.findIndex(({ fact }) => fact.kind === 'void')
  const isTaking = ({ fact }: NewEntry) =>
    fact.kind === 'payout' || fact.kind === 'opening' || fact.kind === 'sale' ? satMoved(fact) < 0 : false
  if (firstVoid >= 0 || entries.some(isTaking)) faults.push(...checkCoins(desk.counting(), firstVoid))
  faults.sort((a, b) => a.at - b.at)
  return { taken: faults.length > 0 ? [] : taken, known, faults }
}
