import type { Day, Entry, FactKind, FactOf, Month } from './entry.ts'

/**
 * An entry that counts in a month. `fact` is its part of the month: where it has days they are those in the month, and kWh and money
 * are the share of these days. Shares of all months add up to the entry exactly. A correction stands in the month of its own days with
 * its differences, which may be negative: sum them with the rest.
 */
export type Counted<Kind extends FactKind> = { readonly entry: Entry; readonly fact: FactOf<Kind> }

/** Kinds that a month is made of; the rest say what counts. */
export type CountedKind = Exclude<FactKind, 'void' | 'close' | 'reopen'>

/** Kinds whose figures are summed, so that a difference to them means something. */
export type CorrectedKind = Exclude<CountedKind, 'plan' | 'budget'>

export const isCountedKind = (kind: FactKind): kind is CountedKind =>
  kind !== 'void' && kind !== 'close' && kind !== 'reopen'

export const isCorrectedKind = (kind: FactKind): kind is CorrectedKind =>
  isCountedKind(kind) && kind !== 'plan' && kind !== 'budget'

/** Everything that counts in a month; lists are by day, then by what they are, whatever the order in which they were stored. */
export type CountedMonth = {
  readonly month: Month
  /** all days of the calendar's month, in order */
  readonly days: readonly Day[]
} & { readonly [Kind in CountedKind as `${Kind}s`]: readonly Counted<Kind>[] }
