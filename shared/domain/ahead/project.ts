import { BLOCKS_PER_EPOCH, EPOCH_TARGET_SECONDS, SECONDS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import type { GrowthPath } from './growth-path.ts'
import { daysToAccumulate, factorOn } from './growth-path.ts'
import { cashMarginUsdPerDay, marginShare, revenuePerDay } from '../margins/margin.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { networkHashrateHs, rewardBtcPerPhDay, subsidyBtc } from '../chain/network.ts'
import type { RunningParts, SupplyCurve } from './respond.ts'
import { allRunning, runningAt, runningShare } from './respond.ts'

/**
 * Epochs ahead, with a stated path of price and of the network's hashrate. Nothing is assumed in silence: a flat path
 * is a choice like any other.
 */

const BLOCKS_PER_HALVING = 210_000
/** the time of an epoch is measured from its first to its last block */
const MEASURED_INTERVALS = 2015
const MOST_CHANGE = 3
const LEAST_CHANGE = -0.75

export type ProjectionChoices = {
  /** how many, the running one included */
  readonly epochs: number
  readonly price: GrowthPath
  /** the network's hashrate; with a response, what it would be if nobody left */
  readonly hashrate: GrowthPath
  /** the network's own response; null = nobody leaves or comes back */
  readonly response: SupplyCurve | null
}

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
  readonly priceUsdPerBtc: number
  /** mean over the blocks of the row: a halving may fall inside */
  readonly subsidyBtc: number
  readonly hashpriceBtcPerPhDay: number
  readonly hashpriceUsdPerPhDay: number
}

/**
 * The network, epoch by epoch. The hashrate of today is the one that the expected adjustment implies, so with a flat path
 * every later adjustment is 0. The price of a row is that of its first day.
 *
 * @throws RangeError when `epochs` is not a whole number from 1 to 1000, or the hashrate falls so fast that an epoch
 *   never ends
 */
export function projectNetwork(
  network: NetworkConditions,
  estimate: AdjustmentEstimate,
  choices: ProjectionChoices,
): NetworkEpoch[] {
  if (!Number.isInteger(choices.epochs) || choices.epochs < 1 || choices.epochs > 1000) {
    throw new RangeError('epochs: must be a whole number from 1 to 1000')
  }
  const rows: NetworkEpoch[] = []
  const today = networkHashrateHs(network.difficulty * (1 + estimate.change))
  const { response } = choices
  let running: RunningParts = response === null ? [] : allRunning(response)
  let { difficulty } = network
  let nextHeight = network.height + 1
  let startsAtDay = 0
  let change = 0
  for (let epoch = 0; epoch < choices.epochs; epoch++) {
    const firstOfNext = Math.ceil(nextHeight / BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH
    const blocks = epoch === 0 ? Math.max(firstOfNext - nextHeight, 1) : BLOCKS_PER_EPOCH
    const priceUsdPerBtc = network.priceUsdPerBtc * factorOn(choices.price, startsAtDay)
    const subsidy = meanSubsidyBtc(nextHeight, blocks)
    const hashpriceBtc = rewardBtcPerPhDay(subsidy + network.feesBtcPerBlock, difficulty)
    const hashpriceUsd = hashpriceBtc * priceUsdPerBtc
    if (response !== null) running = runningAt(response, running, hashpriceUsd)
    const share = response === null ? 1 : runningShare(response, running)
    const { days, next } =
      epoch === 0
        ? restOfRunningEpoch(estimate, share)
        : wholeEpoch(difficulty, today * share, choices.hashrate, startsAtDay)
    rows.push({
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
      hashpriceUsdPerPhDay: hashpriceUsd,
    })
    change = Math.min(Math.max(next, LEAST_CHANGE), MOST_CHANGE)
    difficulty *= 1 + change
    nextHeight = epoch === 0 ? firstOfNext : nextHeight + BLOCKS_PER_EPOCH
    startsAtDay += days
  }
  return rows
}

/** Days left and the adjustment at the end: the estimate's, or later where a share of the hashrate leaves at once. */
function restOfRunningEpoch(estimate: AdjustmentEstimate, share: number): { days: number; next: number } {
  const secondsLeft = estimate.secondsLeft / share
  const total = EPOCH_TARGET_SECONDS / (1 + estimate.change) + secondsLeft - estimate.secondsLeft
  return { days: secondsLeft / SECONDS_PER_DAY, next: EPOCH_TARGET_SECONDS / total - 1 }
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
  const nextHalving = (Math.floor(firstHeight / BLOCKS_PER_HALVING) + 1) * BLOCKS_PER_HALVING
  const before = Math.min(nextHalving - firstHeight, blocks)
  return (subsidyBtc(firstHeight) * before + subsidyBtc(nextHalving) * (blocks - before)) / blocks
}

/** What an epoch is for the fleet; NaN where a value does not exist. */
export type FleetEpoch = {
  readonly fleetMarginUsdPerDay: number
  readonly fleetMarginShare: number
  /** machines whose margin is 0 or more */
  readonly machinesProfitable: number
  readonly btcPerDay: number
}

/** The fleet as it runs today in an epoch of a projection: one pass. */
export function fleetInEpoch(basis: MarginBasis, epoch: NetworkEpoch): FleetEpoch {
  const { counted, acceptedPhs, avoidableCostUsdPerDay, length } = basis
  const { quantity } = basis.fleet.machines
  let accepted = 0
  let avoidable = 0
  let machinesProfitable = 0
  for (let i = 0; i < length; i++) {
    if (counted[i] === 0) continue
    accepted += acceptedPhs[i]!
    avoidable += avoidableCostUsdPerDay[i]!
    const margin = cashMarginUsdPerDay(
      revenuePerDay(acceptedPhs[i]!, epoch.hashpriceUsdPerPhDay),
      avoidableCostUsdPerDay[i]!,
    )
    if (margin >= 0) machinesProfitable += quantity[i]!
  }
  const revenue = revenuePerDay(accepted, epoch.hashpriceUsdPerPhDay)
  const margin = cashMarginUsdPerDay(revenue, avoidable)
  return {
    fleetMarginUsdPerDay: margin,
    fleetMarginShare: marginShare(margin, revenue),
    machinesProfitable,
    btcPerDay: revenuePerDay(accepted, epoch.hashpriceBtcPerPhDay),
  }
}
