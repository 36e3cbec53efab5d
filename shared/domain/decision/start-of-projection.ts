import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import { carryToNow, startOf } from '../chain/carried.ts'
import type { CarriedNetwork } from '../chain/carried.ts'
import type { NetworkConditions } from '../chain/network.ts'
import { timingAdjustment } from '../chain/outlook.ts'
import type { NextAdjustment } from '../ahead/project.ts'
import { SECONDS_PER_DAY } from '../units.ts'
import type { Market } from './market.ts'

export type ProjectionStart = {
  /** as of now */
  readonly network: NetworkConditions
  readonly adjustment: NextAdjustment
  readonly carried: CarriedNetwork
  /** what chance is drawn from; null: the change was typed */
  readonly estimate: AdjustmentEstimate | null
}

/**
 * What a projection starts from, of an adjustment that was typed beside a hashprice the change and the date, as everywhere else; null
 * where the running epoch is not known.
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
  return typed === null
    ? { network, adjustment: estimate, carried, estimate }
    : {
        ...{ network, carried, estimate: null },
        adjustment: { change: typed, secondsLeft: market.daysToAdjustment * SECONDS_PER_DAY },
      }
}
