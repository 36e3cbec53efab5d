import { isCorrectedKind } from './counted.ts'
import type { Desk } from './desk.ts'
import { daysOfFact, currencyOf, figuresOf, nameKey, subjectOf } from './identity.ts'
import type { EntryFault } from './faults.ts'
import type { FactEntry } from './standing.ts'

/** Whether a correction fits what it corrects and leaves nothing below 0; null: it does. */
export function checkCorrection(
  entry: FactEntry,
  desk: Desk,
  isStored: (key: number) => boolean,
): EntryFault | null {
  const of = entry.corrects!
  const fault = (why: Extract<EntryFault, { what: 'correction' }>['why']): EntryFault => ({
    what: 'correction',
    of,
    why,
  })
  const original = desk.known(of)?.entry
  if (original === undefined) return fault(isStored(of) ? 'void' : 'unknown')
  const { fact } = entry
  if (fact.kind !== original.fact.kind) return fault('other kind')
  if (!isCorrectedKind(fact.kind)) return fault('no figures')
  if (original.corrects !== null) return fault('a correction')
  if (subjectOf(fact) !== subjectOf(original.fact) || nameKey(entry.site) !== nameKey(original.site))
    return fault('other subject')
  if (currencyOf(fact) !== currencyOf(original.fact)) return fault('other currency')
  if (daysOfFact(fact).from < daysOfFact(original.fact).from) return fault('before it')
  if (Object.values(figuresOf(fact)).every((value) => (value ?? 0) === 0)) return fault('changes nothing')
  return isBelow0(original, [...desk.correctionsOf(of), entry]) ? fault('below 0') : null
}

/** Whether an original with its corrections comes to less than 0 in any figure; a life to less than a day, a cost to less than its salvage. */
export function isBelow0(original: FactEntry, corrections: readonly FactEntry[]): boolean {
  const sums = new Map<string, number>()
  for (const { fact } of [original, ...corrections]) {
    const figures: Record<string, number | null> = {
      ...figuresOf(fact),
      usdCents: 'amount' in fact ? fact.amount.usdCents : fact.kind === 'sale' ? fact.proceeds.usdCents : 0,
      feeUsdCents: fact.kind === 'sale' ? (fact.fee?.usdCents ?? 0) : 0,
    }
    for (const [name, value] of Object.entries(figures)) sums.set(name, (sums.get(name) ?? 0) + (value ?? 0))
  }
  const salvage = sums.get('salvageUsdCents')
  return (
    [...sums.values()].some((sum) => sum < 0) ||
    sums.get('lifeDays') === 0 ||
    (salvage !== undefined && salvage > sums.get('usdCents')!)
  )
}
