import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import { carryToNow, startOf } from '../chain/carried.ts'
import type { CarriedNetwork } from '../chain/carried.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { timingAdjustment } from '../chain/outlook.ts'
import type { NextAdjustment } from '../ahead/project.ts'
import type { DrawnAdjustment } from '../ahead/simulate/correlated-paths.ts'
import { SECONDS_PER_DAY } from '../units.ts'
import type { Market } from './market.ts'

export type ProjectionStart = {
  /** as of now */
  readonly network: NetworkConditions
  readonly adjustment: NextAdjustment
  readonly carried: CarriedNetwork
  /** null: the change was typed */
  readonly estimate: AdjustmentEstimate | null
  /** what a simulation draws the next adjustment from: a change that was typed comes as it is on every path */
  readonly drawn: DrawnAdjustment
}

/**
 * What a projection starts from, of a change that was typed that one, and of an adjustment that was typed beside a hashprice its date too, as everywhere
 * else; null where nothing dates the adjustments ahead.
 */
export function startOfProjection(
  conditions: NetworkConditions,
  market: Market,
  nowMs: number | null,
): ProjectionStart | null {
  const typed = market.changeIsAssumed ? market.change : null
  const timing = timingAdjustment(conditions, typed)
  if (market.isPerDay || timing === null) return null
  const carried = carryToNow(conditions, timing, nowMs)
  const { network, estimate } = startOf(carried, carried.estimate!)
  if (typed === null) return { network, adjustment: estimate, carried, estimate, drawn: estimate }
  const adjustment = { change: typed, secondsLeft: market.daysToAdjustment * SECONDS_PER_DAY }
  const drawn = { ...adjustment, logSpread: 0, remainingBlocks: estimate.remainingBlocks }
  return { network, adjustment, carried, estimate: null, drawn }
}
