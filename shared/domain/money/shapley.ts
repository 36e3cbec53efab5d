/**
 * What each of some causes did to a figure, where they act on one another (a higher tariff hurts more at a higher uptime), so that the
 * effect of each depends on which is changed first: the mean over every order in which they could be (the Shapley value). So nothing
 * is left over, no cause is favoured by its place in a list, and one that changes nothing has exactly 0.
 *
 * Source: L. S. Shapley, "A value for n-person games", 1953.
 *
 * @param worth the figure with the causes whose bit is set as they are after, the others as before; asked once for each of the 2^count sets
 * @returns an effect per cause, in order; they add up to worth(all) − worth(0)
 */
export function shapleyEffects(count: number, worth: (set: number) => number): Float64Array {
  const worths = Float64Array.from({ length: 2 ** count }, (_, set) => worth(set))
  // by how many causes stand before
  const shares = Array.from({ length: count }, (_, before) => orderShare(before, count))
  const effects = new Float64Array(count)
  for (let bit = 0; bit < count; bit++) {
    for (let set = 0; set < worths.length; set++) {
      if ((set & (1 << bit)) === 0)
        effects[bit]! += shares[bitsIn(set)]! * (worths[set | (1 << bit)]! - worths[set]!)
    }
  }
  return effects
}

/** Share of all orders of `count` causes in which a given set of `before` stands right before a given cause. */
function orderShare(before: number, count: number): number {
  return (factorial(before) * factorial(count - before - 1)) / factorial(count)
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1)
}

function bitsIn(set: number): number {
  return set === 0 ? 0 : (set & 1) + bitsIn(set >> 1)
}
