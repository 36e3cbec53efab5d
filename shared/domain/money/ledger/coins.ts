import type { CoinLot } from './month.ts'
import type { Costing, Day } from './entry.ts'
import { roundedShare, spreadShare } from './shares.ts'

type Lot = { readonly entry: number; readonly day: Day; sat: number; usdCents: number }

/**
 * Bitcoin at what it cost, in lots. Costs taken out and left always add up to what came in. More than is held cannot be taken:
 * what is missing costs nothing; entries that would need it are not admitted.
 */
export type Coins = {
  readonly sat: () => number
  readonly usdCents: () => number
  readonly add: (entry: number, day: Day, sat: number, usdCents: number) => void
  /** takes satoshi out, of one entry's lot first where it is named, at what that came for; what they cost */
  readonly take: (sat: number, first?: number) => number
  /** changes what an entry's lot cost, not below 0; by how much it could */
  readonly revalue: (entry: number, usdCents: number) => number
  readonly lots: () => CoinLot[]
}

export function createCoins(costing: Costing): Coins {
  const lots: Lot[] = []
  const byEntry = new Map<number, Lot>()
  let head = 0
  let heldSat = 0
  let heldUsdCents = 0

  /** Takes from one lot; its part of the cost by the order of lots. */
  function takeFrom(lot: Lot, sat: number): number {
    const cost = roundedShare(lot.usdCents, sat, lot.sat)
    lot.sat -= sat
    lot.usdCents -= cost
    return cost
  }

  return {
    sat: () => heldSat,
    usdCents: () => heldUsdCents,
    add(entry, day, sat, usdCents) {
      if (sat === 0) return
      const lot = { entry, day, sat, usdCents }
      lots.push(lot)
      byEntry.set(entry, lot)
      heldSat += sat
      heldUsdCents += usdCents
    },
    take(sat, first) {
      const taken = Math.min(sat, heldSat)
      if (taken === 0) return 0
      let left = taken
      let ofNamed = 0
      const named = first === undefined ? undefined : byEntry.get(first)
      if (named !== undefined && named.sat > 0) {
        const part = Math.min(left, named.sat)
        ofNamed = takeFrom(named, part)
        if (costing === 'average') ofNamed = Math.min(Math.max(ofNamed, 0), heldUsdCents)
        left -= part
      }
      const atAverage = roundedShare(heldUsdCents - ofNamed, left, heldSat - taken + left)
      let ofOldest = 0
      while (left > 0) {
        const lot = lots[head]!
        const part = Math.min(left, lot.sat)
        if (part > 0) ofOldest += takeFrom(lot, part)
        left -= part
        if (lot.sat === 0) head++
      }
      const rest = costing === 'average' ? atAverage : ofOldest
      const cost = taken === heldSat ? heldUsdCents : ofNamed + rest
      heldSat -= taken
      heldUsdCents -= cost
      return cost
    },
    revalue(entry, usdCents) {
      const lot = byEntry.get(entry)
      const now = costing === 'average' ? heldUsdCents : (lot?.usdCents ?? 0)
      if ((costing === 'average' ? heldSat : (lot?.sat ?? 0)) === 0) return 0
      const change = Math.max(usdCents, -now)
      if (lot !== undefined) lot.usdCents += change
      heldUsdCents += change
      return change
    },
    lots() {
      const left = lots.slice(head).filter((lot) => lot.sat > 0)
      let before = 0
      return left.map(({ entry, day, sat, usdCents }) => {
        const cost = costing === 'fifo' ? usdCents : spreadShare(heldUsdCents, before, before + sat, heldSat)
        before += sat
        return { entry, day, sat, costUsdCents: cost }
      })
    },
  }
}
