import { EPOCH_TARGET_SECONDS } from '../units.ts'
import type { AdjustmentModel, EpochState, PaceComponent } from './adjustment-model.ts'
import { EPOCH_INTERVALS, FITTED_MODEL, paceOfTheRest } from './adjustment-model.ts'
import { betaProbability } from './gamma-functions.ts'

export type { EpochState } from './adjustment-model.ts'

/** The next adjustment as far as the running epoch lets us know it. Changes are fractions: D′/D − 1. */
export type AdjustmentEstimate = {
  /** 1 209 600 s ÷ (t/k · 2 015) − 1, what public dashboards show; null at k = 0 */
  readonly plainChange: number | null
  /** mean */
  readonly change: number
  readonly change80: readonly [lo: number, hi: number]
  readonly change95: readonly [lo: number, hi: number]
  /** mean time from `elapsedSeconds` to the epoch's last block, when the change is settled; 0 once that is there */
  readonly secondsLeft: number
  readonly secondsLeft80: readonly [lo: number, hi: number]
  readonly secondsLeft95: readonly [lo: number, hi: number]
  /** standard deviation of ln(1 + change); 0 once the last block is there */
  readonly logSpread: number
  /** n = 2 015 − k, intervals still to come */
  readonly remainingBlocks: number
  /** t, s since the epoch's first block */
  readonly elapsedSeconds: number
  /** the distribution behind the figures; empty once the last block is there */
  readonly pace: readonly PaceComponent[]
}

/** Consensus counts no epoch as shorter or longer than this, s. */
const SHORTEST_SECONDS = EPOCH_TARGET_SECONDS / 4
const LONGEST_SECONDS = EPOCH_TARGET_SECONDS * 4
/** Longer than any epoch by far; catches milliseconds and time stamps given for seconds. */
const ABSURD_SECONDS = 1e9
/** A target is cut to 24 bits, which can lift a change a little above the +300 % of the rule. */
const LARGEST_CHANGE = 3.001

/**
 * D′/D − 1 after an epoch of T seconds from its first block to its last: 1 209 600 / clamp(T, 302 400, 4 838 400) − 1.
 * NaN where T is. Source: Bitcoin consensus, CalculateNextWorkRequired (which then cuts the target to its compact form:
 * see `retargetBits`).
 */
export function changeAfter(epochSeconds: number): number {
  return EPOCH_TARGET_SECONDS / Math.min(Math.max(epochSeconds, SHORTEST_SECONDS), LONGEST_SECONDS) - 1
}

/**
 * What the next adjustment will be: mean, intervals and date, from k blocks in t seconds and the previous adjustments
 * (fractions, newest first; empty: no trend is known).
 *
 * Blocks arrive as a Poisson process. Its rate has a Gamma prior whose mean is the last retarget's own promise shifted by
 * the trend; see `paceOfTheRest` for prior and drift. Given a Gamma(shape, seconds) rate, the time S of the n
 * remaining intervals has S/(S + seconds) ~ Beta(n, shape), so every figure is closed form or a fixed sum.
 * At k = 2 015 the result is exact, and stays until the next epoch's first block.
 *
 * Throws RangeError where `epoch.blocks` is not a whole number 0..2015, `epoch.seconds` is not a number 0..10⁹, or a
 * previous adjustment is outside what consensus allows.
 */
export function estimateAdjustment(
  epoch: EpochState,
  previousAdjustments: readonly number[],
  model: AdjustmentModel = FITTED_MODEL,
): AdjustmentEstimate {
  refuseImpossible(epoch, previousAdjustments)
  const { blocks, seconds } = epoch
  const remainingBlocks = EPOCH_INTERVALS - blocks
  const plainChange = blocks === 0 ? null : changeAfter((seconds * EPOCH_INTERVALS) / blocks)
  const known = { plainChange, remainingBlocks, elapsedSeconds: seconds }
  if (remainingBlocks === 0) {
    const change = changeAfter(seconds)
    return {
      ...known,
      change,
      change80: [change, change],
      change95: [change, change],
      secondsLeft: 0,
      secondsLeft80: [0, 0],
      secondsLeft95: [0, 0],
      logSpread: 0,
      pace: [],
    }
  }
  const pace = paceOfTheRest(epoch, previousAdjustments, model)
  const secondsAt = (probability: number) => secondsWithin(probability, remainingBlocks, pace)
  const [s025, s10, s90, s975] = [secondsAt(0.025), secondsAt(0.1), secondsAt(0.9), secondsAt(0.975)]
  const { mean, logSpread } = changeMoments(seconds, remainingBlocks, pace)
  return {
    ...known,
    change: mean,
    change80: [changeAfter(seconds + s90), changeAfter(seconds + s10)],
    change95: [changeAfter(seconds + s975), changeAfter(seconds + s025)],
    secondsLeft: pace.reduce((sum, p) => sum + (p.weight * remainingBlocks * p.seconds) / (p.shape - 1), 0),
    secondsLeft80: [s10, s90],
    secondsLeft95: [s025, s975],
    logSpread,
    pace,
  }
}

/**
 * Probability that D′/D − 1 comes out at `change` or below. Once the last block is there it is 0 or 1.
 * NaN where `change` is.
 */
export function probabilityChangeBelow(estimate: AdjustmentEstimate, change: number): number {
  if (Number.isNaN(change)) return NaN
  if (estimate.pace.length === 0) return change >= estimate.change ? 1 : 0
  if (change >= changeAfter(0)) return 1
  if (change < changeAfter(Infinity)) return 0
  const left = EPOCH_TARGET_SECONDS / (1 + change) - estimate.elapsedSeconds
  return 1 - probabilityWithin(left, estimate.remainingBlocks, estimate.pace)
}

/** Probability that the remaining blocks are there within this time, s. */
function probabilityWithin(left: number, remainingBlocks: number, pace: readonly PaceComponent[]): number {
  let sum = 0
  for (const { weight, shape, seconds } of pace)
    sum += weight * betaProbability(left, seconds, remainingBlocks, shape)
  return Math.min(sum, 1)
}

/** The time within which the remaining blocks are there with this probability, s; by bisection of its logarithm. */
function secondsWithin(probability: number, remainingBlocks: number, pace: readonly PaceComponent[]): number {
  let lo = Infinity
  let hi = -Infinity
  for (const component of pace) {
    const { centre, width } = logTimeLeft(remainingBlocks, component)
    lo = Math.min(lo, centre - 12 * width)
    hi = Math.max(hi, centre + 12 * width)
  }
  // 45 halvings leave less than 1e-12 of the widest bracket.
  for (let i = 0; i < 45; i++) {
    const middle = (lo + hi) / 2
    if (probabilityWithin(Math.exp(middle), remainingBlocks, pace) < probability) lo = middle
    else hi = middle
  }
  return Math.exp((lo + hi) / 2)
}

/** Where the logarithm of the time still to run lies, and how wide: enough to place a bracket or a grid. */
function logTimeLeft(remainingBlocks: number, { shape, seconds }: PaceComponent) {
  return {
    centre: Math.log((remainingBlocks * seconds) / shape),
    width: Math.sqrt(1 / remainingBlocks + 1 / shape),
  }
}

/**
 * Mean of the change and standard deviation of ln(1 + change). The density of ln S is smooth and falls off like Sⁿ below and
 * faster than any power near its centre above, so the trapezoidal rule with a quarter of its width as step, from 20 widths
 * below to 10 above, is exact to about 1e-9.
 */
function changeMoments(elapsed: number, remainingBlocks: number, pace: readonly PaceComponent[]) {
  let mean = 0
  let logMean = 0
  let logSquare = 0
  for (const component of pace) {
    const { centre, width } = logTimeLeft(remainingBlocks, component)
    const logDensity = (logSeconds: number) => {
      const ratio = Math.exp(logSeconds) / component.seconds
      return remainingBlocks * Math.log(ratio) - (remainingBlocks + component.shape) * Math.log1p(ratio)
    }
    const peak = logDensity(centre)
    let total = 0
    let sum = 0
    let logSum = 0
    let squareSum = 0
    for (let step = -80; step <= 40; step++) {
      const logSeconds = centre + (step * width) / 4
      const density = Math.exp(logDensity(logSeconds) - peak)
      const change = changeAfter(elapsed + Math.exp(logSeconds))
      const logChange = Math.log1p(change)
      total += density
      sum += density * change
      logSum += density * logChange
      squareSum += density * logChange * logChange
    }
    const share = component.weight / total
    mean += share * sum
    logMean += share * logSum
    logSquare += share * squareSum
  }
  // The weights add up to 1 only within rounding.
  const bounded = Math.min(Math.max(mean, changeAfter(Infinity)), changeAfter(0))
  return { mean: bounded, logSpread: Math.sqrt(Math.max(logSquare - logMean * logMean, 0)) }
}

function refuseImpossible({ blocks, seconds }: EpochState, previousAdjustments: readonly number[]): void {
  if (!Number.isInteger(blocks) || blocks < 0 || blocks > EPOCH_INTERVALS)
    throw new RangeError(
      `epoch.blocks must be a whole number from 0 to ${EPOCH_INTERVALS} (intervals seen since the epoch's first block); it is ${blocks}.`,
    )
  if (!(seconds >= 0 && seconds <= ABSURD_SECONDS))
    throw new RangeError(
      `epoch.seconds must be a number from 0 to ${ABSURD_SECONDS} (seconds since the epoch's first block); it is ${seconds}.`,
    )
  previousAdjustments.forEach((adjustment, i) => {
    if (!(adjustment >= changeAfter(Infinity) && adjustment <= LARGEST_CHANGE))
      throw new RangeError(
        `previousAdjustments[${i}] must be a fraction from -0.75 to 3 (7 % is 0.07); it is ${adjustment}.`,
      )
  })
}
