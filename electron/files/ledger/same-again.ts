import type { Entry, NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { likenessOf, nameKey } from '#shared/domain/money/ledger/identity.ts'
import { isFactEntry } from '#shared/domain/money/ledger/standing.ts'
import type { Surprise } from './surprises.ts'

/** Entries of a file that are like booked ones but for their site, or the sort of their reference: likely the same, booked twice. */

/** A file that has transaction ids, one that has times, and who types: two references of one sort tell entries apart. */
const sortOf = (reference: string): 'none' | 'time' | 'id' =>
  reference === '' ? 'none' : /^\d{4}-\d{2}-\d{2}T[\d:]{8}Z?$/.test(reference) ? 'time' : 'id'

export function* sameAgain(entries: readonly NewEntry[], booked: readonly Entry[]): Generator<Surprise> {
  const days = new Set(entries.flatMap(({ fact }) => ('day' in fact ? [fact.day] : [])))
  const alike = new Map<string, Entry[]>()
  for (const entry of booked)
    if (isFactEntry(entry) && 'day' in entry.fact && days.has(entry.fact.day) && entry.corrects === null) {
      const key = likenessOf(entry.fact)
      const list = alike.get(key)
      if (list === undefined) alike.set(key, [entry])
      else list.push(entry)
    }
  if (alike.size === 0) return
  for (const [at, entry] of entries.entries()) {
    const { fact, reference } = entry
    if (!('day' in fact)) continue
    const others = alike.get(likenessOf(fact)) ?? []
    const isSameSite = (other: Entry) => nameKey(other.site) === nameKey(entry.site)
    if (others.some((other) => other.reference === reference && isSameSite(other))) continue
    const other = others.find(
      (each) => each.reference === reference || sortOf(each.reference) !== sortOf(reference),
    )
    if (other === undefined) continue
    const known = other.reference === '' ? 'without a reference' : `with the reference ${other.reference}`
    const site = isSameSite(other)
      ? ''
      : ` and for ${other.site === '' ? 'the company as a whole' : other.site}`
    yield {
      ...{ name: 'same-again', at, field: 'day', value: null },
      about: `${other.key} ${reference}`,
      message: `entry ${other.key} says the same ${known}${site}: if it is the same, leave this row out or void that entry`,
    }
  }
}
