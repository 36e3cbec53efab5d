import { logGamma } from '../../chain/gamma-functions.ts'

/** Of how many blocks 95 of 100 such months have: fewer in 2.5 %, more in 2.5 %, or less than that, since blocks are whole. */
type BlockRange = { readonly low: number; readonly high: number }

const TAIL = 0.025
/** Below it there is nothing that could be seen in a sum of doubles. */
const FAR_DEVIATIONS = 12

/**
 * The 2.5 % and the 97.5 % quantile of how many blocks are found where so many are expected: the smallest k with P(X ≤ k) ≥ the
 * share. Blocks arrive as a Poisson process; its probabilities are added up, not approximated. 0 and 0 where none is expected.
 * @throws RangeError where `expected` is not a number of 0 or more
 */
export function blockRange(expected: number): BlockRange {
  if (!(expected >= 0 && expected < Infinity))
    throw new RangeError(`expected blocks: must be 0 or more; it is ${expected}`)
  if (expected === 0) return { low: 0, high: 0 }
  let blocks = Math.max(0, Math.floor(expected - FAR_DEVIATIONS * (Math.sqrt(expected) + 1)))
  let chance = Math.exp(blocks * Math.log(expected) - expected - logGamma(blocks + 1))
  let sum = chance
  const until = (share: number) => {
    while (sum < share) {
      chance *= expected / ++blocks
      sum += chance
    }
    return blocks
  }
  return { low: until(TAIL), high: until(1 - TAIL) }
}

/** What was expected on a day, and how many blocks it came from. */
type LuckyDay = { readonly sat: number; readonly blocks: number }

/**
 * How many blocks of equal worth would vary as days do that weigh unequally: (Σ sat)² ÷ Σ (sat² ÷ blocks). Where each day's hashing was
 * the same it is the sum of their blocks; ten days at full power and twenty at almost none count as ten days.
 * 0 where nothing was expected.
 */
export function blocksThatCount(days: Iterable<LuckyDay>): number {
  let sum = 0
  let spread = 0
  for (const { sat, blocks } of days) {
    if (!(sat > 0 && blocks > 0)) continue
    sum += sat
    spread += (sat * sat) / blocks
  }
  return spread > 0 ? (sum * sum) / spread : 0
}
