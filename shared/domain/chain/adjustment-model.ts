import { EPOCH_TARGET_SECONDS } from '../units.ts'
import { logGamma } from './gamma-functions.ts'

/** 2 016 blocks have 2 015 intervals between the first and the last, and only these count at the retarget. */
export const EPOCH_INTERVALS = 2015
/** The time that consensus wants an epoch to take, s. */
/** Blocks/s at which difficulty would stay as it is: what the last retarget aimed at. */
const PROMISED_PACE = EPOCH_INTERVALS / EPOCH_TARGET_SECONDS

/** What the running epoch has shown so far. */
export type EpochState = {
  /** k, intervals seen: height of the tip − height of the epoch's first block, 0..2015 */
  readonly blocks: number
  /**
   * t, s since the time stamp of the epoch's first block; up to the tip or up to now, both are right: k events in
   * a time t say the same about a Poisson rate whether the watch was stopped at the last event or later.
   */
  readonly seconds: number
}

/**
 * Constants of the model. Variances are of the natural logarithm of the network's pace (blocks/s) against the
 * pace that the last retarget promised.
 */
export type AdjustmentModel = {
  /** share of the recent growth per epoch that is expected to go on */
  readonly trendWeight: number
  /** weight of an adjustment in the recent growth against the one after it, 0..1 */
  readonly trendMemory: number
  /** of the pace at the start of an epoch: the luck in the last retarget, and what happened since its mid-epoch */
  readonly levelVariance: number
  /** of the random walk of the pace over one whole epoch */
  readonly driftVariance: number
  /** standard deviation of ln(scale): how far the two variances differ from one time to another */
  readonly scaleSpread: number
  /** what an adjustment says about today's scale against the one after it, 0..1 */
  readonly scaleMemory: number
}

/** Fitted on the epochs of 2012 to 2016 by `tools/fit-adjustment.ts`; docs/adjustment.md has the report. */
export const FITTED_MODEL: AdjustmentModel = {
  trendWeight: 0.7,
  trendMemory: 0.8,
  levelVariance: 0.0022,
  driftVariance: 0.0026,
  scaleSpread: 1.6,
  scaleMemory: 0.82,
}

/** The scales between which the model weighs: a factor of two in standard deviation from one to the next. */
const LOG_SCALES = [-2, -1, 0, 1, 2].map((step) => step * Math.log(4))

/** One possibility for the rest of the epoch: its blocks come at a pace that is Gamma(shape, seconds). */
export type PaceComponent = {
  /** probability of this possibility */
  readonly weight: number
  readonly shape: number
  /** the Gamma law's rate parameter, s: the mean pace is shape ÷ seconds, blocks/s */
  readonly seconds: number
}

/**
 * The pace of the blocks still to come, as a mixture of Gamma laws.
 *
 * The logarithm of the pace starts the epoch at a normal level (`levelVariance`) around the promise shifted by the
 * trend, and walks at random from there (`driftVariance` per epoch). Over the part u of the epoch that was seen, its
 * mean has variance level + drift·u/3; over the rest level + drift·(u + (1 − u)/3); their covariance is
 * level + drift·u/2. The pace seen gets a Gamma prior of that variance and is updated by k blocks in t seconds
 * (conjugate, exact); the pace of the rest follows from it by regression, and is a Gamma law of the same mean and
 * variance. All of it is done at five scales of the variances, weighed by how well each explains the previous
 * adjustments (older ones count less) and the running epoch.
 *
 * Previous adjustments are fractions, newest first, may be empty: then there is no trend.
 */
export function paceOfTheRest(
  epoch: EpochState,
  previousAdjustments: readonly number[],
  model: AdjustmentModel,
): PaceComponent[] {
  const { blocks, seconds } = epoch
  const seen = blocks / EPOCH_INTERVALS
  const growth = expectedGrowth(previousAdjustments, model)
  // The promise is the mean over the last epoch, whose middle lies half an epoch before this one's start.
  const seenPace = PROMISED_PACE * Math.exp((growth * (1 + seen)) / 2)
  const restPace = PROMISED_PACE * Math.exp((growth * (2 + seen)) / 2)

  const candidates = LOG_SCALES.map((logScale) => {
    const level = model.levelVariance * Math.exp(logScale)
    const drift = model.driftVariance * Math.exp(logScale)
    const seenVariance = level + (drift * seen) / 3
    const covariance = level + (drift * seen) / 2
    const restVariance = level + drift * (seen + (1 - seen) / 3)
    const slope = covariance / seenVariance

    const priorShape = 1 / seenVariance
    const priorSeconds = priorShape / seenPace
    const shape = priorShape + blocks
    const pace = shape / (priorSeconds + seconds)

    const variance = (slope * slope) / shape + restVariance - slope * covariance
    const mean = restPace * Math.pow(pace / seenPace, slope)
    // The probability of k blocks in t seconds under this scale, without the factors that all scales share.
    const logEvidence =
      logGamma(shape) -
      logGamma(priorShape) +
      priorShape * Math.log(priorSeconds) -
      shape * Math.log(priorSeconds + seconds)
    const logPrior = -(logScale * logScale) / (2 * model.scaleSpread * model.scaleSpread)
    const logHistory = logProbabilityOf(previousAdjustments, growth, level + drift / 3, model.scaleMemory)
    return {
      logWeight: logPrior + logHistory + logEvidence,
      shape: 1 / variance,
      seconds: 1 / (variance * mean),
    }
  })
  const top = Math.max(...candidates.map(({ logWeight }) => logWeight))
  const total = candidates.reduce((sum, { logWeight }) => sum + Math.exp(logWeight - top), 0)
  return candidates.map(({ logWeight, shape, seconds }) => ({
    weight: Math.exp(logWeight - top) / total,
    shape,
    seconds,
  }))
}

/** Expected growth of ln(pace) per epoch: an exponentially weighted mean; a short list counts as the rest were 0. */
function expectedGrowth(previousAdjustments: readonly number[], model: AdjustmentModel): number {
  let growth = 0
  let weight = model.trendWeight * (1 - model.trendMemory)
  for (const adjustment of previousAdjustments) {
    growth += weight * Math.log1p(adjustment)
    weight *= model.trendMemory
  }
  return growth
}

/** Log density of the previous adjustments around the trend if an epoch's mean pace has this variance. */
function logProbabilityOf(
  previousAdjustments: readonly number[],
  growth: number,
  paceVariance: number,
  memory: number,
): number {
  const variance = paceVariance + 1 / EPOCH_INTERVALS
  let sum = 0
  let weight = memory
  for (const adjustment of previousAdjustments) {
    const deviation = Math.log1p(adjustment) - growth
    sum -= (weight / 2) * (Math.log(variance) + (deviation * deviation) / variance)
    weight *= memory
  }
  return sum
}
