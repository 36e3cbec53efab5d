import type { FactOf } from './entry.ts'
import { daysOfFact, identities } from './identity.ts'
import type { FactEntry } from './standing.ts'

/** An entry with what orders it. */
export type Placed = { readonly entry: FactEntry; readonly identity: string }

/**
 * On one day what comes in stands before what goes out: bitcoin held before, earnings, payouts, what is taken back of them, sales, what is
 * taken back of those; then all that moves no bitcoin.
 */
function rank({ fact }: FactEntry): number {
  if (fact.kind === 'earning') return 1
  if (fact.kind === 'opening') return fact.sat >= 0 ? 0 : 3
  if (fact.kind === 'payout') return fact.sat >= 0 ? 2 : 3
  if (fact.kind === 'sale') return fact.sat >= 0 ? 4 : 5
  return 6
}

/** By day, then by what they are, never by key: the order in which entries were stored shows nowhere. */
export function timelineOf(counting: readonly FactEntry[]): readonly Placed[] {
  const known = identities(counting)
  return counting
    .map((entry) => {
      const identity = known.get(entry.key)!
      return { entry, identity, order: `${daysOfFact(entry.fact).from}${rank(entry)}${identity}` }
    })
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
}

/** What a fact does to the bitcoin that is held. */
export function satMoved(fact: FactEntry['fact']): number {
  if (fact.kind === 'payout' || fact.kind === 'opening') return fact.sat
  return fact.kind === 'sale' ? -fact.sat : 0
}

export const isKind = <Kind extends FactEntry['fact']['kind']>(
  entry: FactEntry,
  kind: Kind,
): entry is FactEntry & { readonly fact: FactOf<Kind> } => entry.fact.kind === kind
