import { DAYS_PER_YEAR, EPOCH_TARGET_SECONDS, SECONDS_PER_DAY } from '../../units.ts'
import type { AdjustmentEstimate } from '../../chain/adjustment.ts'
import { changeAfter } from '../../chain/adjustment.ts'
import { EPOCH_INTERVALS } from '../../chain/adjustment-model.ts'
import type { GrowthPath } from '../growth-path.ts'
import { factorOn, meanFactor } from '../growth-path.ts'
import type { NetworkConditions } from '../../chain/network.ts'
import { networkHashrateHs, payFactor, rewardBtcPerPhDay } from '../../chain/network.ts'
import { equilibriumHashprice, wholeEpoch } from '../project.ts'
import type { SupplyCurve } from '../respond.ts'
import { respond, responseOf } from '../respond.ts'
import type { PathModel } from './path-model.ts'
import { checkPathModel } from './path-model.ts'
import { nextNormal, nextTailScale, randomState } from './random.ts'

/**
 * Many networks that might come, epoch by epoch. Price and hashrate wander around the stated paths of a projection:
 * their logarithms change at random, by Student's t, together as the correlation says. Blocks keep their own luck, which
 * an adjustment takes for hashrate and the next one takes back. Without chance every path is the projection.
 */

/** time between the middles of two epochs at the pace of the target */
const YEARS_PER_EPOCH = EPOCH_TARGET_SECONDS / SECONDS_PER_DAY / DAYS_PER_YEAR

const OUT_OF_BOUNDS =
  'epochs: a path of price and hashrate leaves all bounds before the last one; take fewer epochs, a lower volatility or less growth'

/** paths × tiers: 400 MB of what has left */
const MOST_TIERS = 50_000_000

export type PathChoices = {
  /** whole number from 1 to 1 000 000 */
  readonly paths: number
  /** whole number from 0 to 2³² − 1 */
  readonly seed: number
  /** the medians that the paths wander around */
  readonly price: GrowthPath
  readonly hashrate: GrowthPath
  readonly model: PathModel
  /** the network's own response, on every path; null = nobody leaves or comes back */
  readonly response: SupplyCurve | null
  /** standard deviations of the logarithms of today's values, where those are carried from the past; absent = they are known */
  readonly startSpread?: { readonly price: number; readonly difficulty: number }
}

/** The next adjustment as chance sees it; without a spread it comes as it is on every path. */
export type DrawnAdjustment = Pick<
  AdjustmentEstimate,
  'change' | 'secondsLeft' | 'logSpread' | 'remainingBlocks'
>

/** The state of all paths; `next` walks it from epoch to epoch. */
export type CorrelatedPaths = {
  /**
   * Hashprice of the next epoch on every path, USD/PH/s/day, written into `into`. The first call gives what is left of the
   * running epoch. More epochs do not change the earlier ones.
   * With a stated price that moves inside an epoch, it is the mean over the days that the epoch has on the path.
   * @param subsidyBtc mean over the blocks of the epoch: heights, and with them halvings, are the same on every path
   * @throws RangeError where a path runs out of numbers: an epoch that never ends, a price without bounds
   */
  next(into: Float64Array, subsidyBtc: number): void
}

/**
 * @throws RangeError that names the field: paths, seed, or one of the model
 */
export function correlatedPaths(
  network: NetworkConditions,
  estimate: DrawnAdjustment,
  choices: PathChoices,
): CorrelatedPaths {
  const { paths, price, hashrate, model, startSpread } = choices
  if (!Number.isInteger(paths) || paths < 1 || paths > 1_000_000)
    throw new RangeError(`paths: must be a whole number from 1 to 1000000; it is ${paths}`)
  checkPathModel(model)
  const response =
    choices.response === null
      ? null
      : responseOf(choices.response, equilibriumHashprice(network, estimate.change))
  const tiers = response?.share.length ?? 0
  if (paths * tiers > MOST_TIERS)
    throw new RangeError(
      `paths: ${paths} with a supply curve of ${tiers} tiers are too many; take fewer, or a curve of fewer tiers`,
    )
  const random = randomState(choices.seed)
  const spread = spreadsOf(model, estimate)

  const startsAtDay = new Float64Array(paths)
  const logPrice = new Float64Array(paths)
  const logHashrate = new Float64Array(paths)
  const difficulty = new Float64Array(paths).fill(network.difficulty)
  // Per path and tier, so that a path reads one run of memory.
  const gone = new Float64Array(paths * tiers)
  const paid = payFactor(network)
  const isFlat = price.days.length === 1 && price.ratePerYear === 0
  const todayHs = networkHashrateHs(network.difficulty * (1 + estimate.change))
  const expectedSeconds = EPOCH_TARGET_SECONDS / (1 + estimate.change)
  let isFirst = true
  if (startSpread !== undefined && (startSpread.price > 0 || startSpread.difficulty > 0))
    for (let path = 0; path < paths; path++) {
      logPrice[path] = startSpread.price * nextNormal(random)
      // The next change is relative to the difficulty that the network really has, and so is its hashrate.
      logHashrate[path] = startSpread.difficulty * nextNormal(random)
      difficulty[path]! *= Math.exp(logHashrate[path]!)
    }

  /** What is left of the running epoch: its adjustment comes out as the estimate's distribution says. */
  function endFirst(path: number, share: number): number {
    const level = spread.firstLevel * nextNormal(random)
    const luck = spread.firstLuck * nextNormal(random)
    logHashrate[path]! += level
    const seconds = expectedSeconds * Math.exp(-level - luck)
    const left = Math.max(estimate.secondsLeft + seconds - expectedSeconds, 0)
    difficulty[path]! *= 1 + changeAfter(share === 1 ? seconds : seconds + left / share - left)
    return left / share / SECONDS_PER_DAY
  }

  function endWhole(path: number, share: number): number {
    const paceHs = todayHs * Math.exp(logHashrate[path]!) * share
    const { days, next } = wholeEpoch(difficulty[path]!, paceHs, hashrate, startsAtDay[path]!)
    const slowness = Math.exp(-spread.luck * nextNormal(random))
    difficulty[path]! *= 1 + changeAfter((EPOCH_TARGET_SECONDS / (1 + next)) * slowness)
    return days * slowness
  }

  /** Price moves over the days that passed, hashrate from the middle of one epoch to the middle of the next. */
  function wander(path: number, days: number): void {
    const scale = spread.tails === null ? 1 : nextTailScale(random, spread.tails)
    const first = nextNormal(random)
    const second = nextNormal(random)
    logPrice[path]! += spread.price * scale * Math.sqrt(days / DAYS_PER_YEAR) * first
    logHashrate[path]! += spread.hashrate * scale * (model.correlation * first + spread.alone * second)
  }

  return {
    next(into, subsidyBtc) {
      const reward = subsidyBtc + network.feesBtcPerBlock
      for (let path = 0; path < paths; path++) {
        const startDay = startsAtDay[path]!
        // At the stated price of the start; what it does inside the epoch is a factor of its own.
        const ofDay = isFlat ? 1 : factorOn(price, startDay)
        const wandered = Math.exp(logPrice[path]!)
        const hashpriceBtc = paid * rewardBtcPerPhDay(reward, difficulty[path]!)
        const atStart = hashpriceBtc * (network.priceUsdPerBtc * (ofDay * wandered))
        if (!Number.isFinite(atStart)) throw new RangeError(OUT_OF_BOUNDS)
        const share = response === null ? 1 : respond(response, gone, path * tiers, atStart)
        const days = isFirst ? endFirst(path, share) : endWhole(path, share)
        into[path] = isFlat
          ? atStart
          : hashpriceBtc * (network.priceUsdPerBtc * (meanFactor(price, startDay, days) * wandered))
        startsAtDay[path] = startDay + days
        wander(path, days)
      }
      isFirst = false
    },
  }
}

/** Standard deviations of the logarithms that the draws are multiplied by. */
function spreadsOf(model: PathModel, estimate: DrawnAdjustment) {
  // A hashrate that is known for certain leaves nothing to chance, the adjustment under way included.
  const known = model.hashrateVolatilityPerYear === 0
  // The blocks still to come of the running epoch have luck of their own; what else spreads the estimate is hashrate.
  const firstLuck = known ? 0 : Math.sqrt(estimate.remainingBlocks) / EPOCH_INTERVALS
  const firstSpread = known ? 0 : estimate.logSpread
  return {
    price: model.priceVolatilityPerYear,
    hashrate: model.hashrateVolatilityPerYear * Math.sqrt(YEARS_PER_EPOCH),
    alone: Math.sqrt(1 - model.correlation ** 2),
    luck: known ? 0 : 1 / Math.sqrt(EPOCH_INTERVALS),
    firstLuck: Math.min(firstLuck, firstSpread),
    firstLevel: Math.sqrt(Math.max(firstSpread ** 2 - firstLuck ** 2, 0)),
    tails: model.tailDegreesOfFreedom,
  }
}
