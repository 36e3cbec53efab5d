import { BLOCKS_PER_EPOCH, SECONDS_PER_BLOCK, SECONDS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from './adjustment.ts'
import { estimateAdjustment, probabilityChangeBelow } from './adjustment.ts'
import type { NetworkConditions } from './network.ts'
import type { Outlook } from '../decision/decide.ts'

/** Days of the horizon after the adjustment, where nobody chose a horizon. */
export const DEFAULT_DAYS_AFTER_ADJUSTMENT = 14

/** A reading this young is believed: its epoch still ran, and the last blocks may take longer than expected. */
const BELIEVED_MS = 2 * 3_600_000

/** When the adjustment comes that some values lead to. */
export type AdjustmentTime = {
  /** from now to its expected moment, never below 0; null where it has passed with an unknown result */
  readonly secondsLeft: number | null
  /** its expected moment, unix ms; null where the values have none of their own */
  readonly dueMs: number | null
}

/**
 * Where the expected adjustment stands at a moment. Only the clock moves: no block is invented.
 *
 * @param atMs when the values were true, unix ms; null: not known, then they count as of now
 * @param nowMs unix ms; null: the moment of the values
 */
export function adjustmentTime(
  { secondsLeft }: Pick<AdjustmentEstimate, 'secondsLeft'>,
  atMs: number | null,
  nowMs: number | null,
): AdjustmentTime {
  if (atMs === null) return { secondsLeft, dueMs: null }
  const dueMs = atMs + secondsLeft * 1000
  // A clock that is behind the values makes them no younger than new.
  const elapsedMs = Math.max(0, (nowMs ?? atMs) - atMs)
  const leftSeconds = secondsLeft - elapsedMs / 1000
  return { secondsLeft: leftSeconds < 0 && elapsedMs > BELIEVED_MS ? null : Math.max(leftSeconds, 0), dueMs }
}

/**
 * The adjustment that verdicts are timed by. An assumed change needs only its date: where the epoch is unknown, its
 * blocks are counted from the height and taken at the pace that every retarget aims for.
 *
 * @param change an assumed change, a fraction; null: none
 * @returns null where the epoch is unknown and no change is assumed
 */
export function timingAdjustment(
  { epoch, height, previousAdjustments }: Pick<NetworkConditions, 'epoch' | 'height' | 'previousAdjustments'>,
  change: number | null,
): AdjustmentEstimate | null {
  if (epoch !== null) return estimateAdjustment(epoch, previousAdjustments)
  if (change === null) return null
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
 * @param secondsLeft from the beginning of the horizon to the adjustment, see {@link adjustmentTime}
 */
export function outlookFrom(
  hashpriceUsdPerPhDay: number,
  estimate: AdjustmentEstimate,
  choices: OutlookChoices = { change: null, horizonDays: null },
  secondsLeft: number = estimate.secondsLeft,
): Outlook {
  const daysToAdjustment = secondsLeft / SECONDS_PER_DAY
  return {
    hashpriceUsdPerPhDay,
    change: choices.change ?? estimate.change,
    daysToAdjustment,
    horizonDays: choices.horizonDays ?? daysToAdjustment + DEFAULT_DAYS_AFTER_ADJUSTMENT,
    changeBelow: choices.change === null ? (change) => probabilityChangeBelow(estimate, change) : null,
  }
}
