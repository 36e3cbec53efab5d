import { BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, SECONDS_PER_BLOCK } from '../units.ts'
import type { AdjustmentEstimate } from './adjustment.ts'
import { estimateAdjustment } from './adjustment.ts'
import { EPOCH_INTERVALS } from './adjustment-model.ts'
import type { NetworkConditions } from './network.ts'

/**
 * Values of the past carried to now. Only the clock moves: what is known of an epoch stays what the last data said, and no block
 * is invented. An adjustment that has certainly passed is applied as it was expected, with its range.
 */

/** An adjustment that nobody saw but that has passed by now. */
export type AppliedAdjustment = {
  /** its expected moment, unix ms */
  readonly dueMs: number
  /** mean, a fraction */
  readonly change: number
  readonly change95: readonly [lo: number, hi: number]
  /** standard deviation of ln(1 + change) */
  readonly logSpread: number
}

/** The network as it is expected to be now. */
export type CarriedNetwork = {
  /**
   * Difficulty after the adjustments that were applied; height of the data, else the first block of the epoch that runs now, or the
   * halving's where that has passed by the clock. Price, fees and `atMs` are those of the data. The running epoch counts from its
   * beginning where an adjustment was applied: take the estimate from here.
   */
  readonly conditions: NetworkConditions
  /** of the next adjustment; its seconds count from {@link sinceMs}, not from now. null where nothing times it */
  readonly estimate: AdjustmentEstimate | null
  /** when that estimate's seconds begin, unix ms: moment of the data or of the last applied adjustment; NaN = not known */
  readonly sinceMs: number
  /** the moment all this is for, never before the data's, unix ms; NaN = not known */
  readonly nowMs: number
  /** from now to the next adjustment, never below 0; NaN without an estimate */
  readonly secondsLeft: number
  /** its 80 % range in time, unix ms, never before now; it carries that of the adjustments applied. NaN = not known */
  readonly adjustmentAtMs80: readonly [lo: number, hi: number]
  /** height that the pace of the epoch leads to by now, for dating a halving; never beyond the epoch */
  readonly expectedHeight: number
  /** oldest first; empty = none */
  readonly applied: readonly AppliedAdjustment[]
  /** the next adjustment was expected at this moment, which is over: it may have passed. null while it is ahead */
  readonly mayHavePassedSinceMs: number | null
}

/** A change takes effect with the block after the epoch's last: 600 s on average, 97.5 % within this. */
const NEXT_BLOCK_975_SECONDS = SECONDS_PER_BLOCK * Math.log(40)
/** Two years of adjustments. Values older than that say nothing about now: the next one then only may have passed. */
const MOST_APPLIED = 52
/** The older ones have no weight left in an estimate. */
const REMEMBERED = 26

/**
 * @param estimate of the next adjustment as of the data; null: nothing times it, then nothing passes
 * @param nowMs unix ms; null: the moment of the data. A clock behind the data counts as theirs
 */
export function carryToNow(
  data: NetworkConditions,
  estimate: AdjustmentEstimate | null,
  nowMs: number | null,
): CarriedNetwork {
  const { atMs } = data
  if (atMs === null || estimate === null) return asTheyAre(data, estimate, nowMs)
  const now = Math.max(atMs, nowMs ?? atMs)
  const applied: AppliedAdjustment[] = []
  let conditions = data
  let next = estimate
  let since = atMs
  // Squares of how much earlier or later than expected the running epoch may have begun, ms².
  let earlier80 = 0
  let later80 = 0
  let later975 = 0
  for (;;) {
    const dueMs = since + next.secondsLeft * 1000
    const late975 = (next.secondsLeft95[1] - next.secondsLeft) * 1000
    if (!(now > certainlyPassedMs(next, since, later975)) || applied.length === MOST_APPLIED) {
      // Rounding of the two moments must not leave a rest.
      const isDue = now >= dueMs
      const secondsLeft = isDue ? 0 : Math.max(next.secondsLeft - (now - since) / 1000, 0)
      const early80 = (next.secondsLeft - next.secondsLeft80[0]) * 1000
      const late80 = (next.secondsLeft80[1] - next.secondsLeft) * 1000
      return {
        ...heightsNow(conditions, next.secondsLeft, secondsLeft),
        estimate: next,
        sinceMs: since,
        nowMs: now,
        secondsLeft,
        adjustmentAtMs80: [
          Math.max(dueMs - Math.sqrt(earlier80 + early80 ** 2), now),
          Math.max(dueMs + Math.sqrt(later80 + late80 ** 2), now),
        ],
        applied,
        // Data are believed at their own moment: their epoch still ran.
        mayHavePassedSinceMs: isDue && now > atMs ? dueMs : null,
      }
    }
    applied.push({ dueMs, change: next.change, change95: next.change95, logSpread: next.logSpread })
    earlier80 += ((next.secondsLeft - next.secondsLeft80[0]) * 1000) ** 2
    later80 += ((next.secondsLeft80[1] - next.secondsLeft) * 1000) ** 2
    later975 += late975 ** 2
    const previousAdjustments = [next.change, ...conditions.previousAdjustments].slice(0, REMEMBERED)
    conditions = {
      ...conditions,
      height: firstOfNextEpoch(conditions.height),
      difficulty: conditions.difficulty * (1 + next.change),
      epoch: conditions.epoch === null ? null : { blocks: 0, seconds: 0 },
      previousAdjustments,
    }
    next = estimateAdjustment({ blocks: 0, seconds: 0 }, previousAdjustments)
    since = dueMs + SECONDS_PER_BLOCK * 1000
  }
}

/** What a projection starts from: conditions whose height is the expected one and whose moment is now, the estimate counted from now. */
export function startOf(carried: CarriedNetwork, estimate: AdjustmentEstimate) {
  const { conditions, expectedHeight, secondsLeft, nowMs } = carried
  const network: NetworkConditions = {
    ...conditions,
    height: expectedHeight,
    atMs: Number.isNaN(nowMs) ? null : nowMs,
  }
  return { network, estimate: { ...estimate, secondsLeft } }
}

/** Standard deviation of ln(difficulty) of now: that of the adjustments that nobody saw. 0 without any. */
export function difficultySpread(applied: readonly AppliedAdjustment[]): number {
  return Math.sqrt(applied.reduce((sum, { logSpread }) => sum + logSpread ** 2, 0))
}

/** Where the adjustment ahead of some values stands, without carrying them: `due` from its expected moment to its 97.5 % time. */
export function adjustmentStanding(
  estimate: AdjustmentEstimate,
  atMs: number | null,
  nowMs: number,
): 'ahead' | 'due' | 'passed' {
  if (atMs === null || nowMs <= atMs || nowMs < atMs + estimate.secondsLeft * 1000) return 'ahead'
  return nowMs > certainlyPassedMs(estimate, atMs, 0) ? 'passed' : 'due'
}

/**
 * The 97.5 % time of an adjustment and of the block after it, with which it takes effect, unix ms.
 * @param later975 square of how much later than `sinceMs` the epoch may have begun, ms²
 */
function certainlyPassedMs(estimate: AdjustmentEstimate, sinceMs: number, later975: number): number {
  const late = (estimate.secondsLeft95[1] - estimate.secondsLeft) * 1000
  const block = (NEXT_BLOCK_975_SECONDS - SECONDS_PER_BLOCK) * 1000
  const mean = sinceMs + (estimate.secondsLeft + SECONDS_PER_BLOCK) * 1000
  return mean + Math.sqrt(later975 + late ** 2 + block ** 2)
}

/** First height of the epoch after the one that the block after `height` belongs to. */
function firstOfNextEpoch(height: number): number {
  // At the last block of an epoch the next block opens the one that the adjustment leads to.
  return Math.ceil((height + 1) / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH
}

/** Heights by the clock: `fullSeconds` from the conditions to the last block of their epoch, of which some are left. */
function heightsNow(conditions: NetworkConditions, fullSeconds: number, secondsLeft: number) {
  const { height } = conditions
  const blocksLeft = Math.min(firstOfNextEpoch(height) - 1 - height, EPOCH_INTERVALS)
  const seen = fullSeconds > 0 ? 1 - secondsLeft / fullSeconds : 0
  const expectedHeight = height + Math.floor(blocksLeft * seen)
  const halving = (Math.floor(height / BLOCKS_PER_HALVING) + 1) * BLOCKS_PER_HALVING
  return {
    conditions: expectedHeight >= halving ? { ...conditions, height: halving } : conditions,
    expectedHeight,
  }
}

function asTheyAre(
  data: NetworkConditions,
  estimate: AdjustmentEstimate | null,
  nowMs: number | null,
): CarriedNetwork {
  const atMs = data.atMs ?? Number.NaN
  const from = Math.max(atMs, nowMs ?? atMs)
  return {
    conditions: data,
    estimate,
    sinceMs: from,
    nowMs: from,
    secondsLeft: estimate?.secondsLeft ?? Number.NaN,
    adjustmentAtMs80: [Number.NaN, Number.NaN],
    expectedHeight: data.height,
    applied: [],
    mayHavePassedSinceMs: null,
  }
}
