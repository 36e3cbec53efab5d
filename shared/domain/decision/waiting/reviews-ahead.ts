/**
 * Backwards over the reviews that come before a cut: what running until the next one and best action from then on is worth, on a
 * grid of x that is as wide as x may wander.
 */

/** Points of the grid per standard deviation of a review, and on each side of a point those that it may move to: 17 nodes. */
const POINTS_PER_SPREAD = 2
const REACH = 8
/** The grid ends so many standard deviations of all reviews away. */
const FURTHEST_SPREADS = 8

const NODES = 2 * REACH + 1
/** Points on each side of where g is cut that tell how it bends there. */
const BEND_POINTS = 3
const NODE_WEIGHTS = nodeWeights()

function nodeWeights(): Float64Array {
  const weights = new Float64Array(NODES)
  let total = 0
  for (let i = 0; i < weights.length; i++)
    total += weights[i] = Math.exp(-(((i - REACH) / POINTS_PER_SPREAD) ** 2) / 2)
  return weights.map((weight) => weight / total)
}

/**
 * n times g ← N·x + Σ w·clip(g, 0, r), USD, at today's x. Only the points are walked at which clip(g) may be between 0 and
 * r: where nothing but 0 can be reached and x is not above 0 it stays 0, and r likewise.
 *
 * @param reviews n, 1 or more
 * @param restartUsd r, above 0
 * @param worthAtLastReview g at the last review before the cut, rising with x
 * @param spreadUsdPerDay of x, above 0
 * @param reviewDays N
 */
export function worthOverReviews(
  reviews: number,
  restartUsd: number,
  worthAtLastReview: (x: number) => number,
  x: number,
  spreadUsdPerDay: number,
  reviewDays: number,
): number {
  const step = (spreadUsdPerDay * Math.sqrt(reviewDays)) / POINTS_PER_SPREAD
  const furthest = Math.ceil(FURTHEST_SPREADS * POINTS_PER_SPREAD * Math.sqrt(reviews))
  const reachAt = (review: number) => Math.min(REACH * review, furthest) + BEND_POINTS
  const firstReach = reachAt(reviews)
  // What is read around the last point walked, and what is read around that.
  const margin = 2 * (REACH + BEND_POINTS)
  const middle = firstReach + margin
  const size = 2 * middle + 1
  const worth = new Float64Array(size)
  let clipped = new Float64Array(size)
  let next = new Float64Array(size)
  const lastNotAbove = Math.floor(-x / step)
  const firstNotBelow = Math.ceil(-x / step)
  const atZero = noBend()
  const atRestart = noBend()
  // clip(g) is 0 below `low`, r above `high`.
  let low = 0
  let high = 0
  const keep = (into: Float64Array, from: number, to: number, reach: number) => {
    low = from
    high = from - 1
    for (let point = from; point <= to; point++) {
      const value = cutTo(restartUsd, worth[middle + point]!)
      into[middle + point] = value
      if (value === 0) low = point + 1
      if (value !== restartUsd) high = point
    }
    const below = from > -reach ? 0 : into[middle + from]!
    const above = to < reach ? restartUsd : into[middle + to]!
    into.fill(below, middle + from - margin, middle + from)
    into.fill(above, middle + to + 1, middle + to + 1 + margin)
    findBend(atZero, worth, middle + low - 1, 0, middle + from, middle + to)
    findBend(atRestart, worth, middle + high, restartUsd, middle + from, middle + to)
  }
  for (let point = -firstReach; point <= firstReach; point++)
    worth[middle + point] = worthAtLastReview(x + point * step)
  keep(clipped, -firstReach, firstReach, firstReach)
  const expectedAround = (index: number) =>
    cutTo(restartUsd, weighted(clipped, index) + missedAt(atZero, index) - missedAt(atRestart, index))
  for (let review = reviews - 1; review > 0; review--) {
    const reach = reachAt(review)
    const around = REACH + BEND_POINTS
    const from = Math.min(Math.max(Math.min(low - around, firstNotBelow - BEND_POINTS), -reach), reach)
    const to = Math.max(Math.min(Math.max(high + around, lastNotAbove + BEND_POINTS), reach), -reach)
    for (let point = from; point <= to; point++)
      worth[middle + point] = reviewDays * (x + point * step) + expectedAround(middle + point)
    keep(next, from, to, reach)
    ;[clipped, next] = [next, clipped]
  }
  return reviewDays * x + expectedAround(middle)
}

/** 0 and the restart cost are reached exactly; NaN stays. */
export function cutTo(restartUsd: number, worth: number): number {
  if (worth <= 0) return 0
  return worth >= restartUsd ? restartUsd : worth
}

function weighted(values: Float64Array, index: number): number {
  let sum = 0
  for (let node = 0; node < NODES; node++) sum += NODE_WEIGHTS[node]! * values[index - REACH + node]!
  return sum
}

/**
 * Where g is cut to 0 or to r it bends, in general between two nodes, and their weighted sum misses a little that depends on
 * where: a strike would move in tiny jumps. The Euler–Maclaurin terms of the bend, polynomial × normal density, put it back.
 */
type Bend = { index: number; constant: number; linear: number; square: number }

const noBend = (): Bend => ({ index: NaN, constant: 0, linear: 0, square: 0 })

/** The bend between `before` and the next index, where g crosses `level`; none where g is not known around it. */
function findBend(
  bend: Bend,
  g: Float64Array,
  before: number,
  level: number,
  from: number,
  to: number,
): void {
  bend.index = NaN
  if (before - 2 < from || before + 3 > to) return
  // The polynomial through six points around it, in powers of the distance m from the middle of both.
  const even = (k: number) => (g[before + 1 + k]! + g[before - k]!) / 2
  const odd = (k: number) => (g[before + 1 + k]! - g[before - k]!) / (2 * k + 1)
  const [a0, a2, a4] = powersOfSquare(even(0), even(1), even(2))
  const [a1, a3, a5] = powersOfSquare(odd(0), odd(1), odd(2))
  const valueAt = (m: number) => a0 + m * (a1 + m * (a2 + m * (a3 + m * (a4 + m * a5))))
  const slopeAt = (m: number) => a1 + m * (2 * a2 + m * (3 * a3 + m * (4 * a4 + m * 5 * a5)))
  let m = (level - a0) / a1
  for (let round = 0; round < 4; round++) m -= (valueAt(m) - level) / slopeAt(m)
  if (!(Math.abs(m) <= 0.5 + 1e-9)) return
  const slope = slopeAt(m)
  const curve = 2 * a2 + m * (6 * a3 + m * (12 * a4 + m * 20 * a5))
  const third = 6 * a3 + m * (24 * a4 + m * 60 * a5)
  const t = m + 0.5
  const b2 = t * t - t + 1 / 6
  const b3 = t * (t - 0.5) * (t - 1)
  const b4 = (t * (t - 1)) ** 2 - 1 / 30
  bend.index = before + t
  bend.constant = (b2 / 2) * slope - (b3 / 6) * curve + (b4 / 24) * (third - 0.75 * slope)
  bend.linear = (b3 / 6) * slope - (b4 / 16) * curve
  bend.square = (b4 / 32) * slope
}

/** Coefficients of the square in m² that takes these values at m = ½, 1½ and 2½. */
function powersOfSquare(at1: number, at3: number, at5: number): readonly [number, number, number] {
  const slope = (at3 - at1) / 2
  const curve = ((at5 - at3) / 4 - slope) / 6
  return [at1 - slope / 4 + (9 / 16) * curve, slope - (5 / 2) * curve, curve]
}

/** What a sum around `index` misses of a function that is 0 before the bend. */
function missedAt({ index, constant, linear, square }: Bend, at: number): number {
  const z = (index - at) / POINTS_PER_SPREAD
  if (!(Math.abs(z) < REACH / POINTS_PER_SPREAD)) return 0
  return NODE_WEIGHTS[REACH]! * Math.exp(-(z * z) / 2) * (constant + z * (linear + z * square))
}
