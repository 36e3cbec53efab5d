import { DAYS_PER_YEAR, MS_PER_DAY, SECONDS_PER_DAY } from '../units.ts'
import { constantGrowth } from '../ahead/growth-path.ts'
import { FITTED_HASHPRICE_VOLATILITY_PER_YEAR } from '../ahead/simulate/path-model.ts'
import type { Stage } from '../ahead/stage.ts'
import { stagesOf, typedStages } from '../ahead/stage.ts'
import type { AdjustmentEstimate } from '../chain/adjustment.ts'
import type { AppliedAdjustment, CarriedNetwork } from '../chain/carried.ts'
import { carryToNow } from '../chain/carried.ts'
import type { NetworkConditions } from '../chain/network.ts'
import {
  hashpriceAfterChange,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  networkHashrateHs,
  payFactor,
  subsidyBtc,
} from '../chain/network.ts'
import type { Outlook, OutlookChoices } from '../chain/outlook.ts'
import { outlookFrom, timingAdjustment } from '../chain/outlook.ts'

/** What a person chose instead of what is estimated, fitted or usual; null = not chosen. */
export type MarketChoices = OutlookChoices & {
  /** σ, standard deviation of ln(hashprice) in a year, 0 or more; 0 turns price risk off */
  readonly volatilityPerYear?: number | null
  /** N, days until someone can act again, above 0 */
  readonly reviewDays?: number | null
}

/** Someone looks once a day. */
export const DEFAULT_REVIEW_DAYS = 1

/** The network as it is now, and what follows from it alone. NaN = not known. */
export type Market = {
  /** with the adjustments that have passed applied, see {@link CarriedNetwork} */
  readonly conditions: NetworkConditions
  readonly hashpriceUsdPerPhDay: number
  /** a person typed it: it is an assumption, so no chance is drawn from it, and no adjustment that has passed is applied to it */
  readonly hashpriceIsTyped: boolean
  readonly hashpriceBtcPerPhDay: number
  readonly networkHashrateHs: number
  /** of the next adjustment; its seconds count from `estimateSinceMs`. null where the running epoch is not known */
  readonly estimate: AdjustmentEstimate | null
  /** moment of the data, or expected beginning of the epoch where adjustments were applied, unix ms */
  readonly estimateSinceMs: number
  /** τ, from the moment that the market is of to the next adjustment, never below 0; NaN where its date is not known */
  readonly daysToAdjustment: number
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
  /** adjustments that have passed since the data and are in `conditions`, oldest first */
  readonly applied: readonly AppliedAdjustment[]
  /** the next adjustment was expected at this moment and may have passed, unix ms; null while it is ahead */
  readonly mayHavePassedSinceMs: number | null
  /** the adjustment that was typed beside the hashprice was for this moment, which is over, unix ms; null while it counts or none was */
  readonly typedAdjustmentPassedMs: number | null
  /** what is not known and would be in the answer, see {@link leftOutOf} */
  readonly leftOut: readonly LeftOutOfMarket[]
  /** the horizon in order of time; empty where the hashprice is not known */
  readonly stages: readonly Stage[]
  /**
   * no adjustment is known, so no date to plan for: one stage, the day from now on, so that its money is per day. Then verdicts are run or off, start or stay
   * off, without `until` and without a total.
   */
  readonly isPerDay: boolean
  /** σ, standard deviation of ln(hashprice) in a year */
  readonly volatilityPerYear: number
  /** N, days until someone can act again */
  readonly reviewDays: number
  /** standard deviation of ln(price) by now, for values of the past: σ·√(their age in years); 0 where their moment is not known */
  readonly priceSpread: number
  /** null where the day of the adjustment is not known: then there are margins but no verdicts */
  readonly outlook: Outlook | null
  readonly horizonEndMs: number
}

/**
 * @param choices replace the estimate and the defaults
 * @param nowMs the moment to look from, unix ms; null: that of the conditions
 * @throws RangeError where a volatility or a review interval is out of bounds
 */
export function marketOf(
  data: NetworkConditions,
  choices: MarketChoices,
  nowMs: number | null = null,
): Market {
  const volatilityPerYear = choices.volatilityPerYear ?? FITTED_HASHPRICE_VOLATILITY_PER_YEAR
  const reviewDays = choices.reviewDays ?? DEFAULT_REVIEW_DAYS
  if (!(volatilityPerYear >= 0 && volatilityPerYear <= 5))
    throw new RangeError(`volatilityPerYear: must be from 0 to 5; it is ${volatilityPerYear}`)
  if (!(reviewDays > 0 && reviewDays <= DAYS_PER_YEAR))
    throw new RangeError(`reviewDays: must be above 0 and at most a year; it is ${reviewDays}`)
  const typed = typedAdjustment(data, nowMs)
  const change = choices.change ?? typed.ahead?.change ?? null
  const carried = carryToNow(data, timingAdjustment(data, change), nowMs)
  const { conditions, estimate: timing } = carried
  const secondsLeft = typed.ahead?.secondsLeft ?? carried.secondsLeft
  // Without an epoch there is a date at most, and nothing to estimate the change from.
  const estimate = data.epoch === null || typed.ahead !== null ? null : timing
  const isPerDay = timing === null && typed.ahead === null
  const hashprice = hashpriceUsdPerPhDay(conditions)
  const outlook =
    isPerDay || !Number.isFinite(hashprice)
      ? null
      : outlookFrom(hashprice, timing, { ...choices, change }, secondsLeft)
  const expected = change ?? estimate?.change ?? Number.NaN
  const after = (value: number) => hashpriceAfterChange(hashprice, value)
  return {
    conditions,
    hashpriceUsdPerPhDay: hashprice,
    hashpriceIsTyped: data.typed !== undefined,
    hashpriceBtcPerPhDay: hashpriceBtcPerPhDay(conditions),
    networkHashrateHs: networkHashrateHs(conditions.difficulty),
    estimate,
    estimateSinceMs: carried.sinceMs,
    daysToAdjustment: secondsLeft / SECONDS_PER_DAY,
    change: expected,
    changeIsAssumed: change !== null,
    hashpriceAfterUsdPerPhDay: after(expected),
    // A higher difficulty is a lower hashprice, so the ends change places.
    hashpriceAfter80:
      estimate === null || change !== null
        ? null
        : [after(estimate.change80[1]), after(estimate.change80[0])],
    adjustmentAtMs: carried.nowMs + secondsLeft * 1000,
    adjustmentAtMs80: estimate === null ? [Number.NaN, Number.NaN] : carried.adjustmentAtMs80,
    applied: carried.applied,
    mayHavePassedSinceMs: typed.ahead === null ? carried.mayHavePassedSinceMs : null,
    typedAdjustmentPassedMs: typed.passedMs,
    leftOut: leftOutOf(data, isPerDay),
    stages: stagesAhead(carried, secondsLeft, outlook, hashprice),
    isPerDay,
    volatilityPerYear,
    reviewDays,
    priceSpread: volatilityPerYear * Math.sqrt(ageYears(data.atMs, carried.nowMs)),
    outlook,
    horizonEndMs: carried.nowMs + (outlook?.horizonDays ?? Number.NaN) * MS_PER_DAY,
  }
}

/** What an answer from a typed hashprice lacks. */
export type LeftOutOfMarket = 'adjustment' | 'halving' | 'priceUsdPerBtc' | 'difficulty'

/**
 * What is not known and would be in the answer: the adjustment where nothing dates it, a halving where height or fees are not known, and
 * figures in bitcoin or by difficulty where these are not.
 */
export function leftOutOf(network: NetworkConditions, isPerDay: boolean): readonly LeftOutOfMarket[] {
  const { height, difficulty, priceUsdPerBtc } = network
  const hasHalving = !Number.isNaN(payFactor(network)) && Number.isFinite(height)
  return [
    ...(isPerDay ? (['adjustment'] as const) : []),
    ...(hasHalving ? [] : (['halving'] as const)),
    ...(Number.isNaN(priceUsdPerBtc) ? (['priceUsdPerBtc'] as const) : []),
    ...(Number.isNaN(difficulty) ? (['difficulty'] as const) : []),
  ]
}

/** Whether the adjustment that was typed beside a hashprice is still ahead. */
function typedAdjustment({ typed, atMs }: NetworkConditions, nowMs: number | null) {
  const next = typed?.adjustment ?? null
  const now = Math.max(atMs ?? -Infinity, nowMs ?? -Infinity)
  if (next === null || now === -Infinity) return { ahead: null, passedMs: null }
  if (next.atMs <= now) return { ahead: null, passedMs: next.atMs }
  return { ahead: { change: next.change, secondsLeft: (next.atMs - now) / 1000 }, passedMs: null }
}

const ageYears = (atMs: number | null, nowMs: number) =>
  atMs === null ? 0 : (nowMs - atMs) / MS_PER_DAY / DAYS_PER_YEAR

/** Price and hashrate stay as they are: what a verdict assumes. */
const FLAT = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

function stagesAhead(
  { conditions, expectedHeight, nowMs }: CarriedNetwork,
  secondsLeft: number,
  outlook: Outlook | null,
  hashprice: number,
): readonly Stage[] {
  if (!Number.isFinite(hashprice)) return []
  if (outlook !== null) {
    const next = { change: outlook.change, secondsLeft }
    return Number.isNaN(payFactor(conditions))
      ? typedStages(hashprice, next, outlook.horizonDays, nowMs)
      : stagesOf({ ...conditions, height: expectedHeight }, next, FLAT, outlook.horizonDays, nowMs)
  }
  return [
    {
      opensWith: 'now',
      fromMs: nowMs,
      days: 1,
      subsidyBtc: subsidyBtc(conditions.height),
      difficulty: conditions.difficulty,
      hashpriceUsdPerPhDay: hashprice,
    },
  ]
}
