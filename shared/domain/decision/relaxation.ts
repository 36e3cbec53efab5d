import { upperHull } from '../ladders/hull.ts'

/**
 * The continuous relaxation of choosing one option per machine under one limit on their total weight: machines of
 * a lot may be split between two options. Its value is an upper bound of every choice of whole machines, and the
 * multiplier of the limit says what one more unit of it is worth.
 *
 * The upper hull of a lot's options turns it into a list of steps, each worth less per unit of weight than the one
 * before; taking the steps of all lots in that order until the limit is reached is optimal (Dantzig 1957; for
 * choices of one among several, Sinha and Zoltners 1979).
 */

/** A choice of one machine. Weights are whole numbers, so that sums of them are exact. */
export type Option = { readonly weight: number; readonly value: number }
export type Lot = { readonly quantity: number; readonly options: readonly Option[] }

export type Relaxation = {
  /** per lot the option where all its machines are before the step that the limit cuts */
  readonly base: readonly number[]
  /** the limit less the weight of the base: what the cut step has left */
  readonly rest: number
  /** worth of one more unit of weight; 0 where the limit does not bind */
  readonly multiplier: number
  /** value of the relaxed optimum */
  readonly value: number
}

/**
 * Maximises the value with a total weight of at most `limit`, from the lightest options up. Steps that earn nothing
 * are not taken. Null where even the lightest options are too heavy.
 */
export function relax(lots: readonly Lot[], limit: number): Relaxation | null {
  const steps: {
    readonly lot: number
    readonly to: number
    readonly weight: number
    readonly slope: number
  }[] = []
  const base: number[] = []
  let weight = 0
  let value = 0
  lots.forEach(({ quantity, options }, lot) => {
    const hull = upperHull(
      options.map((option) => option.weight),
      options.map((option) => option.value),
    )
    base.push(hull[0]!)
    weight += quantity * options[hull[0]!]!.weight
    value += quantity * options[hull[0]!]!.value
    for (let i = 1; i < hull.length; i++) {
      const to = hull[i]!
      const risen = options[to]!.weight - options[hull[i - 1]!]!.weight
      const slope = (options[to]!.value - options[hull[i - 1]!]!.value) / risen
      if (slope > 0) steps.push({ lot, to, weight: risen * quantity, slope })
    }
  })
  if (weight > limit) return null
  steps.sort((a, b) => b.slope - a.slope || a.lot - b.lot || a.weight - b.weight)
  for (const step of steps) {
    if (weight + step.weight > limit) {
      const rest = limit - weight
      return { base, rest, multiplier: step.slope, value: value + step.slope * rest }
    }
    base[step.lot] = step.to
    weight += step.weight
    value += step.slope * step.weight
  }
  return { base, rest: limit - weight, multiplier: 0, value }
}
