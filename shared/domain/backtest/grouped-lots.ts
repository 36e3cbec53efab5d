import type { Advice, RowPlans } from '../decision/advice.ts'
import { isDecided } from '../decision/clearing/demand-curve.ts'
import type { SiteOffer } from '../decision/sites/site-offer.ts'
import { REPAIR } from '../decision/sites/site-rows.ts'
import { RUNNING } from '../fleet/fleet.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import { MS_PER_DAY } from '../units.ts'
import { createHindsight } from './hindsight.ts'
import { noSums } from './ledger.ts'
import type { DayWays, OpenSums } from './ledger.ts'
import type { WaySums } from './result.ts'
import type { Doing } from './site-day.ts'
import { siteDay } from './site-day.ts'

/** How far from the beginning of an interval its plan may begin by rounding, ms. */
const ROUNDING_MS = 1

/** Lots that are weighed together, through the days: those of a site under its contract, or those with points to choose from. */
export type GroupedLots = ReturnType<typeof groupedLots>

/**
 * @param status of every row as the back-test begins
 * @param first what they are offered on the first day; lots and rows stay
 */
export function groupedLots(first: SiteOffer, status: Uint8Array) {
  const { rows, lots } = first
  const takesPart = Uint8Array.from(rows, (row, lot) =>
    Number(status[row] !== REPAIR && isDecided(lots, lot)),
  )
  const begins = Uint8Array.from(rows, (row) => Number(status[row] === RUNNING))
  const running = () => lots.machines.map((machines, lot) => machines * begins[lot]!)
  const on = { advice: running(), alwaysOn: running(), averageRule: running() }
  const asItIs: readonly Doing[][] = Array.from(lots.machines, (count) => [{ count, mode: 1 }])
  const isProtected = (lot: number) => lots.policy[lot] === PROTECTED
  const { isBounded } = siteDay(first, takesPart)
  const hindsight = isBounded
    ? null
    : createHindsight({
        length: lots.length,
        machines: lots.machines,
        restartUsd: lots.restartUsd.map((usd, lot) => usd * lots.machines[lot]!),
        isOn: begins,
        staysOn: Uint8Array.from(lots.policy, (policy) => Number(policy === PROTECTED)),
      })
  let plans: readonly (RowPlans | null)[] = []
  let month = noSums()
  const bounds: OpenSums[] = []

  return {
    site: first.site,
    isBounded,
    rows,
    takesPart,
    machines: lots.machines.reduce((sum, each, lot) => sum + takesPart[lot]! * each, 0),
    /** Machines of a lot that run, as the advice left them. */
    running: (lot: number) => on.advice[lot]!,

    /** Takes the plans of a review, as far as the next one. */
    review(advice: Advice, untilMs: number): void {
      plans = Array.from(rows, (row, lot) =>
        takesPart[lot] === 0 ? null : planUntil(advice.plans(row), untilMs),
      )
    },

    /** The next day, as it is offered, at its own hashprice. */
    day(offer: SiteOffer, into: DayWays, isRuleOn: boolean): void {
      const day = siteDay(offer, takesPart)
      const starts = day.startsMs
      // Most lots have the same intervals.
      let known: Float64Array | null = null
      let at: number[] = []
      day.follow(into.advice, on.advice, (lot, i) => {
        const plan = plans[lot]
        if (plan === null || plan === undefined) return kept(lot)
        if (plan.atMs !== known) {
          known = plan.atMs
          at = Array.from(starts, (ms) => placeIn(plan.atMs, ms))
        }
        const place = at[i]!
        return plan.plans.map(({ count, points }) => ({ count, mode: points[place]! }))
      })
      day.follow(into.alwaysOn, on.alwaysOn, (lot) => asItIs[lot]!)
      day.follow(into.averageRule, on.averageRule, (lot) =>
        isRuleOn || isProtected(lot) ? asItIs[lot]! : [],
      )
      if (hindsight === null) day.bound(month)
      else day.hindsight(hindsight)
    },

    endMonth(): void {
      hindsight?.endMonth()
      bounds.push(month)
      month = noSums()
    },
    /** Of hindsight, for each month that was ended. */
    hindsight: (): readonly WaySums[] => hindsight?.sums() ?? bounds,
  }

  /** Where nothing was ever advised, machines go on as they are. */
  function kept(lot: number): readonly Doing[] {
    return on.advice[lot]! > 0 ? [{ count: on.advice[lot]!, mode: 1 }] : []
  }
}

/** Interval of a plan that a moment lies in; beyond its end the plan's last day goes on by its hours. */
function placeIn(atMs: Float64Array, ms: number): number {
  const endMs = atMs.at(-1)!
  let moment = ms + ROUNDING_MS
  while (moment >= endMs && moment - MS_PER_DAY >= atMs[0]!) moment -= MS_PER_DAY
  return Math.min(
    Math.max(
      atMs.findLastIndex((from) => from <= moment),
      0,
    ),
    atMs.length - 2,
  )
}

/** Only what is followed before the next review is kept. */
function planUntil(found: RowPlans | null, untilMs: number): RowPlans | null {
  if (found === null) return null
  const end = Math.max(found.atMs.findLastIndex((ms) => ms < untilMs) + 1, 1)
  return {
    ...found,
    plans: found.plans.map(({ count, points }) => ({ count, points: points.slice(0, end) })),
  }
}
