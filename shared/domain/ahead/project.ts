import { BLOCKS_PER_EPOCH, BLOCKS_PER_HALVING, EPOCH_TARGET_SECONDS, SECONDS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import type { GrowthPath } from './growth-path.ts'
import { daysToAccumulate, factorOn, meanFactor } from './growth-path.ts'
import type { NetworkConditions } from '../chain/network.ts'
import {
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  payFactor,
  rewardBtcPerPhDay,
  subsidyBtc,
} from '../chain/network.ts'
import type { SupplyCurve } from './respond.ts'
import { equilibriumScale, respond, responseOf } from './respond.ts'

/**
 * Epochs ahead, with a stated path of price and of the network's hashrate. Nothing is assumed in silence: a flat path
 * is a choice like any other.
 */

const MOST_EPOCHS = 1000
/** How far a projection looks where nobody says. */
export const HALF_YEAR_EPOCHS = 13
/** the time of an epoch is measured from its first to its last block */
const MEASURED_INTERVALS = 2015
/** how far an adjustment goes (Bitcoin consensus) */
export const MOST_CHANGE = 3
export const LEAST_CHANGE = -0.75

export type ProjectionChoices = {
  /** how many, the running one included */
  readonly epochs: number
  readonly price: GrowthPath
  /** the network's hashrate; with a response, what it would be if nobody left */
  readonly hashrate: GrowthPath
  /** the network's own response; null = nobody leaves or comes back */
  readonly response: SupplyCurve | null
}

/** What a projection assumes, without how long it is: a scenario once it has a name. */
export type Assumptions = Omit<ProjectionChoices, 'epochs'>

/** One epoch of the network. */
export type NetworkEpoch = {
  /** 0 is the running epoch */
  readonly epoch: number
  /** days from the moment of the conditions to where this row begins */
  readonly startsAtDay: number
  /** length; of the running epoch, what is left of it */
  readonly days: number
  /** the adjustment that opened the epoch, a fraction; 0 for the running one, which the projection starts from */
  readonly change: number
  readonly difficulty: number
  /** mean hashrate while the row lasts, H/s */
  readonly hashrateHs: number
  /** mean over the days of the row */
  readonly priceUsdPerBtc: number
  /** mean over the blocks of the row: a halving may fall inside */
  readonly subsidyBtc: number
  readonly hashpriceBtcPerPhDay: number
  readonly hashpriceUsdPerPhDay: number
}

/** What a projection starts with: expected or typed change, and the seconds from the moment of the conditions to it. */
export type NextAdjustment = Pick<AdjustmentEstimate, 'change' | 'secondsLeft'>

/** Days of one epoch with one subsidy. */
export type EpochSpan = {
  readonly startsAtDay: number
  readonly days: number
  readonly subsidyBtc: number
}

/**
 * The network, epoch by epoch. The hashrate of today is the one that the expected adjustment implies, so with a flat path
 * every later adjustment is 0. The price of a row is the mean over its days, the subsidy the mean over its blocks, and the hashprice follows
 * from both.
 *
 * @throws RangeError when `epochs` is not a whole number from 1 to 1000, or the hashrate falls so fast that an epoch
 *   never ends
 */
export function projectNetwork(
  network: NetworkConditions,
  adjustment: NextAdjustment,
  choices: ProjectionChoices,
): NetworkEpoch[] {
  const { epochs } = choices
  if (!Number.isInteger(epochs) || epochs < 1 || epochs > MOST_EPOCHS) {
    throw new RangeError(`epochs: must be a whole number from 1 to ${MOST_EPOCHS}`)
  }
  const rows: NetworkEpoch[] = []
  for (const { row } of epochsAhead(network, adjustment, choices)) {
    rows.push(row)
    if (rows.length === epochs) break
  }
  return rows
}

/** {@link projectNetwork} one by one, each with its spans: one, or two where the subsidy halves inside; up to 1000. */
export function* epochsAhead(
  network: NetworkConditions,
  adjustment: NextAdjustment,
  choices: Assumptions,
): Generator<{ readonly row: NetworkEpoch; readonly spans: readonly EpochSpan[] }, void> {
  const today = networkHashrateHs(network.difficulty * (1 + adjustment.change))
  const response =
    choices.response === null
      ? null
      : responseOf(choices.response, equilibriumHashprice(network, adjustment.change))
  const gone = new Float64Array(response?.share.length ?? 0)
  const paid = payFactor(network)
  let { difficulty } = network
  let nextHeight = network.height + 1
  let startsAtDay = 0
  let change = 0
  for (let epoch = 0; epoch < MOST_EPOCHS; epoch++) {
    const firstOfNext = Math.ceil(nextHeight / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH
    const blocks = epoch === 0 ? Math.max(firstOfNext - nextHeight, 1) : BLOCKS_PER_EPOCH
    const subsidy = meanSubsidyBtc(nextHeight, blocks)
    const hashpriceBtc = paid * rewardBtcPerPhDay(subsidy + network.feesBtcPerBlock, difficulty)
    const priceAtStart = network.priceUsdPerBtc * factorOn(choices.price, startsAtDay)
    const share = response === null ? 1 : respond(response, gone, 0, hashpriceBtc * priceAtStart)
    const { days, next } =
      epoch === 0
        ? restOfRunningEpoch(adjustment, share)
        : wholeEpoch(difficulty, today * share, choices.hashrate, startsAtDay)
    const priceUsdPerBtc = network.priceUsdPerBtc * meanFactor(choices.price, startsAtDay, days)
    yield {
      row: {
        epoch,
        startsAtDay,
        days,
        change,
        difficulty,
        hashrateHs:
          epoch === 0
            ? today * share
            : (networkHashrateHs(difficulty) * BLOCKS_PER_EPOCH * 600) / (days * SECONDS_PER_DAY),
        priceUsdPerBtc,
        subsidyBtc: subsidy,
        hashpriceBtcPerPhDay: hashpriceBtc,
        hashpriceUsdPerPhDay: hashpriceBtc * priceUsdPerBtc,
      },
      spans: spansOf(nextHeight, blocks, startsAtDay, days),
    }
    change = Math.min(Math.max(next, LEAST_CHANGE), MOST_CHANGE)
    difficulty *= 1 + change
    nextHeight = epoch === 0 ? firstOfNext : nextHeight + BLOCKS_PER_EPOCH
    startsAtDay += days
  }
}

/**
 * The lowest hashprice that today's hashrate is known to run at, USD/PH/s/day: that of now, or the one after the expected adjustment,
 * which is nothing but this hashrate.
 */
export function equilibriumHashprice(network: NetworkConditions, change: number): number {
  return hashpriceUsdPerPhDay(network) / Math.max(1 + change, 1)
}

/** The factor on the break-evens of the curve that responds, see {@link equilibriumScale}; null where nothing responds. */
export function responseScale(
  { response }: Pick<Assumptions, 'response'>,
  network: NetworkConditions,
  change: number,
): number | null {
  return response === null ? null : equilibriumScale(response, equilibriumHashprice(network, change))
}

/** Mean hashprice of some days with one subsidy, USD/PH/s/day. */
export function spanHashpriceUsd(
  network: NetworkConditions,
  difficulty: number,
  price: GrowthPath,
  { startsAtDay, days, subsidyBtc: subsidy }: EpochSpan,
): number {
  const { feesBtcPerBlock, priceUsdPerBtc } = network
  const hashpriceBtc = payFactor(network) * rewardBtcPerPhDay(subsidy + feesBtcPerBlock, difficulty)
  return hashpriceBtc * (priceUsdPerBtc * meanFactor(price, startsAtDay, days))
}

/** Blocks of one epoch, split where the subsidy halves; its date follows from the pace of the epoch. */
function spansOf(firstHeight: number, blocks: number, startsAtDay: number, days: number): EpochSpan[] {
  const halving = nextHalving(firstHeight)
  const span = { startsAtDay, days, subsidyBtc: subsidyBtc(firstHeight) }
  if (halving >= firstHeight + blocks) return [span]
  const before = ((halving - firstHeight) / blocks) * days
  return [
    { ...span, days: before },
    { startsAtDay: startsAtDay + before, days: days - before, subsidyBtc: subsidyBtc(halving) },
  ]
}

const nextHalving = (height: number) => (Math.floor(height / BLOCKS_PER_HALVING) + 1) * BLOCKS_PER_HALVING

/** Days left and the adjustment at the end: as expected, or later where a share of the hashrate leaves at once. */
function restOfRunningEpoch(
  { change, secondsLeft }: NextAdjustment,
  share: number,
): { days: number; next: number } {
  if (share === 1) return { days: secondsLeft / SECONDS_PER_DAY, next: change }
  const total = EPOCH_TARGET_SECONDS / (1 + change) + secondsLeft / share - secondsLeft
  return { days: secondsLeft / share / SECONDS_PER_DAY, next: EPOCH_TARGET_SECONDS / total - 1 }
}

/** How long an epoch of this difficulty lasts on a hashrate that follows the path, and the adjustment it ends with. */
export function wholeEpoch(
  difficulty: number,
  todayHs: number,
  hashrate: GrowthPath,
  startsAtDay: number,
): { days: number; next: number } {
  // At exactly the pace of the last retarget the measured intervals take the target time; hence not 600 s each.
  const factorDays = ((networkHashrateHs(difficulty) / todayHs) * EPOCH_TARGET_SECONDS) / SECONDS_PER_DAY
  const measuredDays = daysToAccumulate(hashrate, startsAtDay, factorDays)
  const days = daysToAccumulate(hashrate, startsAtDay, (factorDays * BLOCKS_PER_EPOCH) / MEASURED_INTERVALS)
  if (days === Infinity) throw new RangeError('hashrate path: it falls so fast that an epoch never ends')
  return { days, next: EPOCH_TARGET_SECONDS / (measuredDays * SECONDS_PER_DAY) - 1 }
}

/** Mean subsidy of a run of blocks, BTC. */
export function meanSubsidyBtc(firstHeight: number, blocks: number): number {
  const halving = nextHalving(firstHeight)
  const before = Math.min(halving - firstHeight, blocks)
  return (subsidyBtc(firstHeight) * before + subsidyBtc(halving) * (blocks - before)) / blocks
}
