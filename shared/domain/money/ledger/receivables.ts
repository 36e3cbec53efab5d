import { createCoins } from './coins.ts'
import type { Day } from './entry.ts'
import { roundedShare } from './shares.ts'

/**
 * What a pool owes, in lots at the worth of the day on which they were earned; or, where it has paid more than was earned so far, what
 * it paid ahead, at the worth of the day on which it paid. What was paid ahead counts as earned at that worth.
 */
export type Receivable = {
  /** satoshi that it owes; 0 where it has paid ahead */
  readonly owedSat: () => number
  /** satoshi are earned (or, negative, taken back) that are worth so much; what is booked for them */
  readonly earn: (entry: number, day: Day, sat: number, usdCents: number, original: number | null) => number
  /** satoshi are paid that are worth so much; at what they leave */
  readonly pay: (entry: number, day: Day, sat: number, usdCents: number) => number
}

export function createReceivable(): Receivable {
  const owed = createCoins('fifo')
  const ahead = createCoins('fifo')

  /** Settles one side as far as it goes, the rest grows the other. */
  function settle(
    from: typeof owed,
    into: typeof owed,
    [entry, day, sat, usdCents]: readonly [number, Day, number, number],
    first?: number,
  ): number {
    const part = Math.min(sat, from.sat())
    const rest = usdCents - roundedShare(usdCents, part, sat)
    const cost = from.take(part, first)
    into.add(entry, day, sat - part, rest)
    return cost + rest
  }

  return {
    owedSat: () => owed.sat(),
    earn: (entry, day, sat, usdCents, original) =>
      sat >= 0
        ? settle(ahead, owed, [entry, day, sat, usdCents])
        : -settle(owed, ahead, [entry, day, -sat, -usdCents], original ?? undefined),
    pay: (entry, day, sat, usdCents) => settle(owed, ahead, [entry, day, sat, usdCents]),
  }
}
