import { SECONDS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from './adjustment.ts'
import { probabilityChangeBelow } from './adjustment.ts'
import type { Outlook } from '../decision/decide.ts'

/** Days of the horizon after the adjustment, where nobody chose a horizon. */
export const DEFAULT_DAYS_AFTER_ADJUSTMENT = 14

/** What a person chose instead of the estimate and the default; null = not chosen. */
export type OutlookChoices = {
  /** difficulty change at the next adjustment, a fraction */
  readonly change: number | null
  readonly horizonDays: number | null
}

/**
 * What verdicts are weighed against: today's hashprice, the estimated adjustment and the horizon (by default
 * until the adjustment and 14 days more). A chosen change is an assumption, so no probability goes with it.
 */
export function outlookFrom(
  hashpriceUsdPerPhDay: number,
  estimate: AdjustmentEstimate,
  choices: OutlookChoices = { change: null, horizonDays: null },
): Outlook {
  const daysToAdjustment = estimate.secondsLeft / SECONDS_PER_DAY
  return {
    hashpriceUsdPerPhDay,
    change: choices.change ?? estimate.change,
    daysToAdjustment,
    horizonDays: choices.horizonDays ?? daysToAdjustment + DEFAULT_DAYS_AFTER_ADJUSTMENT,
    changeBelow: choices.change === null ? (change) => probabilityChangeBelow(estimate, change) : null,
  }
}
