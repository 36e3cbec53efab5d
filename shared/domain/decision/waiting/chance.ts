import type { Stage } from '../../ahead/stage.ts'
import { nextNormal, nextUniform, randomState } from '../../ahead/simulate/random.ts'
import { DAYS_PER_YEAR, EPOCH_TARGET_SECONDS, SECONDS_PER_DAY } from '../../units.ts'
import { dailySpreadUsd, endValueUsd } from './hold.ts'

/**
 * How sure an advice is: over prices and adjustments that may come, and over the next adjustment alone.
 */

export const CHANCE_PATHS = 2000
const CHANCE_SEED = 1
/** The price is looked at this often, or at every review where these are rarer. */
const SHORTEST_STEP_DAYS = 1
const EPOCH_TARGET_DAYS = EPOCH_TARGET_SECONDS / SECONDS_PER_DAY
/** Changes that a retarget allows. */
const LOWEST_CHANGE = -0.75
const HIGHEST_CHANGE = 3

/** Probability that the change of the next adjustment, a fraction, comes out at the given one or below. */
export type ChangeBelow = (change: number) => number

/** What the paths are drawn around. */
export type ChanceMarket = {
  /** of the horizon, from now on */
  readonly stages: readonly Stage[]
  /** of ln(hashprice) */
  readonly volatilityPerYear: number
  /** standard deviation of ln(hashprice now), where today's was carried on from older values; 0: known */
  readonly logSpreadNow: number
  readonly reviewDays: number
  /** the next adjustment; null where it has been stated: then it comes as the stages say */
  readonly adjustment: {
    readonly changeBelow: ChangeBelow
    /** the change that the stages are built with */
    readonly expectedChange: number
    /** since the running epoch's first block; change and date belong together: an epoch that ends early is a rise */
    readonly elapsedDays: number
  } | null
}

/** Columns of paths: the value of path p in step t is entry p · steps + t. */
export type ChancePaths = {
  readonly paths: number
  readonly steps: number
  /** length of each step */
  readonly stepDays: Float64Array
  /** mean over the step, USD/PH/s/day */
  readonly hashpriceUsdPerPhDay: Float32Array
  /** at the end of the horizon, per path */
  readonly endHashpriceUsdPerPhDay: Float64Array
  readonly volatilityPerYear: number
}

/** What one row is weighed by. */
export type ChanceRow = {
  readonly isOn: boolean
  /** what the advice begins with; `hold`: as it is */
  readonly runs: boolean
  readonly restartUsd: number
  readonly acceptedPhs: number
  /** what running earns over standing by in a step, schedule included, USD/day */
  readonly xUsdPerDay: (hashpriceUsdPerPhDay: number, step: number) => number
}

/**
 * Draws the paths of a market once for all rows: a lognormal hashprice without drift, and on each path a change of the next
 * adjustment with the date that belongs to it. The same market gives the same paths.
 */
export function chancePaths(market: ChanceMarket): ChancePaths {
  const { stages, volatilityPerYear, logSpreadNow, adjustment } = market
  const random = randomState(CHANCE_SEED)
  const paths = CHANCE_PATHS
  const horizonDays = stages.reduce((sum, { days }) => sum + days, 0)
  const longest = Math.max(market.reviewDays, SHORTEST_STEP_DAYS)
  const steps = Math.max(Math.ceil(horizonDays / longest - 1e-9), 1)
  const stepDays = new Float64Array(steps).fill(longest)
  stepDays[steps - 1] = horizonDays - (steps - 1) * longest
  const quantile = adjustment === null ? null : changeQuantile(adjustment.changeBelow)
  const hashprice = new Float32Array(steps * paths)
  const atEnd = new Float64Array(paths)
  const first = stages.findIndex((stage) => stage.opensWith === 'adjustment')
  const begins = new Float64Array(stages.length)
  const price = new Float64Array(stages.length)
  for (let path = 0; path < paths; path++) {
    const change = quantile === null ? null : quantile(nextUniform(random))
    layStages(stages, first, adjustment, change, begins, price)
    let now = driftless(logSpreadNow, nextNormal(random))
    let from = 0
    for (let step = 0; step < steps; step++) {
      const days = stepDays[step]!
      const later = now * driftless(volatilityPerYear * Math.sqrt(days / DAYS_PER_YEAR), nextNormal(random))
      hashprice[path * steps + step] = ((now + later) / 2) * meanBetween(begins, price, from, from + days)
      now = later
      from += days
    }
    atEnd[path] = now * meanBetween(begins, price, horizonDays, horizonDays)
  }
  return {
    paths,
    steps,
    stepDays,
    hashpriceUsdPerPhDay: hashprice,
    endHashpriceUsdPerPhDay: atEnd,
    volatilityPerYear,
  }
}

/** A lognormal factor of mean 1. */
const driftless = (spread: number, normal: number) => Math.exp(spread * normal - (spread * spread) / 2)

/** When each stage begins on a path, days from now, and at which hashprice it stands without the price's own way. */
function layStages(
  stages: readonly Stage[],
  first: number,
  adjustment: ChanceMarket['adjustment'],
  change: number | null,
  begins: Float64Array,
  price: Float64Array,
): void {
  const isDrawn = change !== null && adjustment !== null && first > 0
  let expected = 0
  for (let i = 0; i < first; i++) expected += stages[i]!.days
  // Blocks that come faster bring nearer what lies before the adjustment, and shift all that lies after it.
  const drawn = isDrawn ? Math.max(EPOCH_TARGET_DAYS / (1 + change) - adjustment.elapsedDays, 0) : expected
  const factor = isDrawn ? (1 + adjustment.expectedChange) / (1 + change) : 1
  let at = 0
  for (let i = 0; i < stages.length; i++) {
    const isAfter = first >= 0 && i >= first
    begins[i] = isAfter || expected === 0 ? at + (isDrawn ? drawn - expected : 0) : (at * drawn) / expected
    price[i] = stages[i]!.hashpriceUsdPerPhDay * (isAfter ? factor : 1)
    at += stages[i]!.days
  }
}

/** The mean of a piecewise constant figure; from = to: its value there. The last piece has no end. */
function meanBetween(begins: Float64Array, value: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = 0; i < begins.length; i++) {
    const begin = i === 0 ? -Infinity : begins[i]!
    const end = i + 1 < begins.length ? begins[i + 1]! : Infinity
    if (from === to) {
      if (from >= begin && from < end) return value[i]!
      continue
    }
    const days = Math.min(end, to) - Math.max(begin, from)
    if (days > 0) sum += value[i]! * days
  }
  return sum / (to - from)
}

/** The change at a probability: a table of the distribution, joined by straight lines. */
function changeQuantile(changeBelow: ChangeBelow): (probability: number) => number {
  const places = 401
  const [low, high] = changesThatHappen(changeBelow)
  const changes = new Float64Array(places)
  const below = new Float64Array(places)
  for (let i = 0; i < places; i++) {
    changes[i] = Math.expm1(low + ((high - low) * i) / (places - 1))
    below[i] = changeBelow(changes[i]!)
  }
  return (probability) => {
    if (probability <= below[0]!) return changes[0]!
    let [from, to] = [0, places - 1]
    if (probability > below[to]!) return changes[to]!
    while (to - from > 1) {
      const middle = (from + to) >> 1
      if (below[middle]! < probability) from = middle
      else to = middle
    }
    const share = (probability - below[from]!) / (below[to]! - below[from]!)
    return changes[from]! + share * (changes[to]! - changes[from]!)
  }
}

/** Per distribution; a fleet asks for it with every lot. */
const rangeOfChanges = new WeakMap<ChangeBelow, readonly [number, number]>()

/** Logarithms of 1 + change between which all but 2·10⁻⁷ of the probability lies. */
function changesThatHappen(changeBelow: ChangeBelow): readonly [number, number] {
  const known = rangeOfChanges.get(changeBelow)
  if (known !== undefined) return known
  const at = (probability: number) => {
    let [low, high] = [Math.log1p(LOWEST_CHANGE), Math.log1p(HIGHEST_CHANGE)]
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2
      if (changeBelow(Math.expm1(middle)) < probability) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  const range = [at(1e-7), at(1 - 1e-7)] as const
  rangeOfChanges.set(changeBelow, range)
  return range
}

/**
 * Share of the paths on which the plan that turns out best in hindsight begins with what is advised. It may switch at each review,
 * pays a restart whenever it starts, and ends with what being on is worth then. On a tie any beginning is best. NaN where a figure
 * is missing.
 */
export function chanceOfAdvice(drawn: ChancePaths, row: ChanceRow): number {
  const { paths, steps, stepDays, hashpriceUsdPerPhDay, endHashpriceUsdPerPhDay, volatilityPerYear } = drawn
  const { isOn, runs, restartUsd, acceptedPhs, xUsdPerDay } = row
  let agreeing = 0
  for (let path = 0; path < paths; path++) {
    const atEnd = endHashpriceUsdPerPhDay[path]!
    const spread = dailySpreadUsd(acceptedPhs, atEnd, volatilityPerYear)
    // Of being on over being off; before a review cut to 0..r, since either can be left for the other.
    let worth = endValueUsd(xUsdPerDay(atEnd, steps - 1), restartUsd, spread)
    for (let step = steps - 1; step >= 0; step--) {
      const later = worth < 0 ? 0 : worth > restartUsd ? restartUsd : worth
      worth = later + stepDays[step]! * xUsdPerDay(hashpriceUsdPerPhDay[path * steps + step]!, step)
    }
    const lead = worth - (isOn ? 0 : restartUsd)
    if (Number.isNaN(lead)) return NaN
    if (lead === 0 || lead > 0 === runs) agreeing++
  }
  return agreeing / paths
}

/** Places at which a change's best word is looked up; between two that differ the places where it turns are bisected. */
const SCANNED_CHANGES = 129

/**
 * Probability, over the distribution of the next change alone, that a word is the best one.
 *
 * @param verdictAt the best word if the change comes out so; it turns at few places. A turn and its return between two places that
 *   are scanned (1/128 of the changes that happen) are not seen.
 * @returns per word that was met; they add up to 1
 */
export function shareOfChanges<Word>(
  verdictAt: (change: number) => Word,
  changeBelow: ChangeBelow,
): ReadonlyMap<Word, number> {
  const shares = new Map<Word, number>()
  const [low, high] = changesThatHappen(changeBelow)
  const at = (place: number) => low + ((high - low) * place) / (SCANNED_CHANGES - 1)
  let counted = 0
  const count = (word: Word, below: number) => {
    shares.set(word, (shares.get(word) ?? 0) + below - counted)
    counted = below
  }
  let from = at(0)
  let word = verdictAt(Math.expm1(from))
  for (let place = 1; place < SCANNED_CHANGES; place++) {
    const to = at(place)
    const last = verdictAt(Math.expm1(to))
    // More than one word may lie between two places: each turn is where the word that holds is left.
    for (let turns = 0; word !== last && turns < SCANNED_CHANGES; turns++) {
      let [holds, left] = [from, to]
      for (let i = 0; i < 45; i++) {
        const middle = (holds + left) / 2
        if (verdictAt(Math.expm1(middle)) === word) holds = middle
        else left = middle
      }
      count(word, changeBelow(Math.expm1(left)))
      from = left
      word = verdictAt(Math.expm1(left))
    }
    from = to
  }
  count(word, 1)
  return shares
}
