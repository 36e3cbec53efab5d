import { BLOCKS_PER_EPOCH, SECONDS_PER_BLOCK, SECONDS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from './adjustment.ts'
import { estimateAdjustment, probabilityChangeBelow } from './adjustment.ts'
import type { NetworkConditions } from './network.ts'

/** Days of the horizon after the adjustment, where nobody chose a horizon. */
export const DEFAULT_DAYS_AFTER_ADJUSTMENT = 14

/** What is expected of the network over the horizon. */
export type Outlook = {
  readonly hashpriceUsdPerPhDay: number
  /** difficulty change at the next adjustment, a fraction */
  readonly change: number
  readonly daysToAdjustment: number
  readonly horizonDays: number
  /** probability that the change will be at most the given one; null where the change is an assumption */
  readonly changeBelow: ((change: number) => number) | null
}

/**
 * The adjustment that verdicts are timed by. An assumed change needs only its date: where the epoch is unknown, its
 * blocks are counted from the height and taken at the pace that every retarget aims for.
 *
 * @param change an assumed change, a fraction; null: none
 * @returns null where the epoch is unknown and no change is assumed, or no height is known to count from
 */
export function timingAdjustment(
  { epoch, height, previousAdjustments }: Pick<NetworkConditions, 'epoch' | 'height' | 'previousAdjustments'>,
  change: number | null,
): AdjustmentEstimate | null {
  if (epoch !== null) return estimateAdjustment(epoch, previousAdjustments)
  if (change === null || Number.isNaN(height)) return null
  const blocks = height % BLOCKS_PER_EPOCH
  return estimateAdjustment({ blocks, seconds: blocks * SECONDS_PER_BLOCK }, [])
}

/** What a person chose instead of the estimate and the default; null = not chosen. */
export type OutlookChoices = {
  /** difficulty change at the next adjustment, a fraction */
  readonly change: number | null
  readonly horizonDays: number | null
}

/**
 * What verdicts are weighed against: today's hashprice, the estimated adjustment and the horizon (by default
 * until the adjustment and 14 days more). A chosen change is an assumption, so no probability goes with it.
 *
 * @param estimate null: there is none, then a change is chosen
 * @param secondsLeft from the beginning of the horizon to the adjustment
 */
export function outlookFrom(
  hashpriceUsdPerPhDay: number,
  estimate: AdjustmentEstimate | null,
  choices: OutlookChoices = { change: null, horizonDays: null },
  secondsLeft: number = estimate?.secondsLeft ?? Number.NaN,
): Outlook {
  const daysToAdjustment = secondsLeft / SECONDS_PER_DAY
  return {
    hashpriceUsdPerPhDay,
    change: choices.change ?? estimate?.change ?? Number.NaN,
    daysToAdjustment,
    horizonDays: choices.horizonDays ?? daysToAdjustment + DEFAULT_DAYS_AFTER_ADJUSTMENT,
    changeBelow:
      choices.change === null && estimate !== null
        ? (change) => probabilityChangeBelow(estimate, change)
        : null,
  }
}
