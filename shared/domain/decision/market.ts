import { MS_PER_DAY } from '../units.ts'
import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import type { NetworkConditions } from '../chain/network.ts'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
} from '../chain/network.ts'
import type { OutlookChoices } from '../chain/outlook.ts'
import { adjustmentTime, outlookFrom, timingAdjustment } from '../chain/outlook.ts'
import type { Outlook } from './decide.ts'

/** The network and what follows from it alone. NaN = not known. */
export type Market = {
  readonly conditions: NetworkConditions
  readonly hashpriceUsdPerPhDay: number
  readonly hashpriceBtcPerPhDay: number
  readonly networkHashrateHs: number
  /** null where the running epoch is not known */
  readonly estimate: AdjustmentEstimate | null
  /** expected or assumed change of the next adjustment */
  readonly change: number
  /** the change was chosen by a person, so that it has no range and no probability */
  readonly changeIsAssumed: boolean
  readonly hashpriceAfterUsdPerPhDay: number
  /** hashprice after the adjustment at the ends of its 80 % range, lowest first; null where there is no range */
  readonly hashpriceAfter80: readonly [number, number] | null
  /** never before the moment that the market is of; where a change is assumed and the epoch unknown, at the retarget's pace */
  readonly adjustmentAtMs: number
  readonly adjustmentAtMs80: readonly [number, number]
  /** when the expected adjustment of these values was due, if it has passed: then estimate and change are unknown */
  readonly passedAtMs: number
  /** null where the day of the adjustment is not known: then there are margins but no verdicts */
  readonly outlook: Outlook | null
  readonly horizonEndMs: number
}

/**
 * @param choices replace the estimate and the default horizon
 * @param nowMs the moment to look from, unix ms; null: that of the conditions
 */
export function marketOf(
  conditions: NetworkConditions,
  choices: OutlookChoices,
  nowMs: number | null = null,
): Market {
  const { epoch, atMs } = conditions
  const expected = timingAdjustment(conditions, choices.change)
  const time = expected === null ? null : adjustmentTime(expected, atMs, nowMs)
  const secondsLeft = time?.secondsLeft ?? null
  const hasPassed = time !== null && secondsLeft === null
  const timing = hasPassed ? null : expected
  // Without an epoch there is a date at most, and nothing to estimate the change from.
  const estimate = epoch === null ? null : timing
  const hashprice = hashpriceUsdPerPhDay(conditions)
  const outlook =
    timing === null || secondsLeft === null || !Number.isFinite(hashprice)
      ? null
      : outlookFrom(hashprice, timing, choices, secondsLeft)
  const change = hasPassed ? Number.NaN : (choices.change ?? estimate?.change ?? Number.NaN)
  const after = (value: number) => hashpriceAfterChange(hashprice, value)
  const fromMs = atMs === null ? Number.NaN : Math.max(atMs, nowMs ?? atMs)
  const later = (seconds: number | undefined) =>
    Math.max((atMs ?? Number.NaN) + (seconds ?? Number.NaN) * 1000, fromMs)
  return {
    conditions,
    hashpriceUsdPerPhDay: hashprice,
    hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
    networkHashrateHs: networkHashrateHs(conditions.difficulty),
    estimate,
    change,
    changeIsAssumed: choices.change !== null,
    hashpriceAfterUsdPerPhDay: after(change),
    // A higher difficulty is a lower hashprice, so the ends change places.
    hashpriceAfter80:
      estimate === null || choices.change !== null
        ? null
        : [after(estimate.change80[1]), after(estimate.change80[0])],
    adjustmentAtMs: later(timing?.secondsLeft),
    adjustmentAtMs80: [later(estimate?.secondsLeft80[0]), later(estimate?.secondsLeft80[1])],
    passedAtMs: hasPassed ? (time.dueMs ?? Number.NaN) : Number.NaN,
    outlook,
    horizonEndMs: fromMs + (outlook?.horizonDays ?? Number.NaN) * MS_PER_DAY,
  }
}
