import { MACHINE_STATUSES } from '../../fleet/fleet.ts'
import { tenantMarginUsd } from '../../power/hosting.ts'
import type { Hosting } from '../../power/hosting.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import { HOURS_PER_DAY, MS_PER_DAY } from '../../units.ts'
import type { Weighed } from '../choice.ts'
import { NEVER } from '../choice.ts'
import { dailySpreadUsd, endOfHorizonUsd, runsNow } from '../waiting/hold.ts'
import type { Switching } from '../waiting/hold.ts'
import type { Horizon } from '../horizon.ts'
import type { IntervalTimes, SwitchLimits } from '../schedule/intervals.ts'
import type { PricedIntervals } from '../schedule/lot-schedules.ts'
import { intervalMargins } from '../schedule/lot-schedules.ts'
import type { Lots } from './lots.ts'
import { bestSequences } from '../schedule/sequences.ts'
import type { Sequences } from '../schedule/sequences.ts'
import { isDuty } from './site-offer.ts'
import type { SiteOffer, StageMeans } from './site-offer.ts'
import { patternValues } from '../schedule/stage-patterns.ts'
import { exactStrikes } from '../waiting/strikes.ts'
import type { Strikes } from '../waiting/strikes.ts'

/**
 * Machines of a site with a price per interval, or with operating points to choose from: what their plans are worth, one lot at a
 * time. Where a site is coupled the prices are those that it was cleared at.
 */

/** What running earns over standing by in each interval, USD for the whole lot; written again for the next lot. */
export type LotMargins = {
  /** at the machine's own point */
  readonly own: Float64Array
  /** at the best of its points */
  readonly best: Float64Array
  /** as it is in the first stage, the best later */
  readonly ownFirst: Float64Array
  /** some other point is better than its own in an interval of the first stage */
  hasOtherFirst: boolean
}

export function noMargins(intervals: number): LotMargins {
  const column = () => new Float64Array(intervals)
  return { own: column(), best: column(), ownFirst: column(), hasOtherFirst: false }
}

/** Fills the margins of a lot. A protected lot's other points are those above its own. */
export function fillMargins(into: LotMargins, { lots, priced }: SiteOffer, lot: number): void {
  const machines = lots.machines[lot]!
  ownMargins(into.own, lots, lot, priced)
  into.hasOtherFirst = false
  const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
  if (points === 1) {
    for (let i = 0; i < into.own.length; i++) into.own[i]! *= machines
    into.best.set(into.own)
    into.ownFirst.set(into.own)
    return
  }
  intervalMargins(lots, lot, priced, into.best)
  for (let i = 0; i < into.own.length; i++) {
    const own = into.own[i]! * machines
    const best = into.best[i]! * machines
    const isFirst = priced.stage[i] === 0
    into.own[i] = own
    into.best[i] = best
    into.ownFirst[i] = isFirst ? own : best
    // also at a loss: it may run through one that is smaller than a restart
    if (isFirst && best > own) into.hasOtherFirst = true
  }
}

function ownMargins(into: Float64Array, lots: Lots, lot: number, priced: SiteOffer['priced']): void {
  const at = lots.pointsFrom[lot]!
  const phs = lots.pointPhs[at]!
  const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
  const other = lots.otherUsdPerKwh[lot]!
  const usdPerKwh = lots.policy[lot] === PROTECTED ? priced.protectedUsdPerKwh : priced.usdPerKwh
  for (let i = 0; i < into.length; i++) {
    const perHour = (priced.hashpriceUsdPerPhDay[priced.stage[i]!]! * phs) / HOURS_PER_DAY
    into[i] = priced.hours[i]! * (perHour - kw * (usdPerKwh[i]! + other))
  }
}

/** Standing by, USD/day for the whole lot and stage; 0 or above where power costs something. */
export function standbyUsdPerDay(lots: Lots, lot: number, means: StageMeans, stage: number): number {
  return (
    lots.machines[lot]! *
    HOURS_PER_DAY *
    lots.standbyKw[lot]! *
    (means.priceUsdPerKwh[stage]! + lots.otherUsdPerKwh[lot]!)
  )
}

/** Fills what the plans of a lot are worth. */
export function weighLot(
  into: Weighed,
  margins: LotMargins,
  offer: SiteOffer,
  means: StageMeans,
  lot: number,
  horizon: Horizon,
  limits: SwitchLimits,
): void {
  const { lots, priced } = offer
  const { stages } = horizon
  const isOn = lots.isOn[lot] === 1
  const restartUsd = lots.machines[lot]! * lots.restartUsd[lot]!
  into.isOn = isOn
  into.isProtected = lots.policy[lot] === PROTECTED
  into.restartUsd = restartUsd
  const standby = (t: number) => standbyUsdPerDay(lots, lot, means, t)
  into.standbyUsd = stages.reduce((sum, { days }, t) => sum - days * standby(t), 0)
  const last = stages.length - 1
  const spread = dailySpreadUsd(
    lots.machines[lot]! * lots.pointPhs[lots.pointsFrom[lot]!]!,
    stages[last]!.hashpriceUsdPerPhDay,
    horizon.volatilityPerYear,
  )
  const end =
    restartUsd > 0
      ? endOfHorizonUsd(
          horizon,
          meanWorthUsdPerDay(margins.best, priced, stageStart(horizon, last), stageStart(horizon, last + 1)),
          restartUsd,
          spread,
          stages[last]!.days,
        )
      : 0
  const hosting = offer.contract?.hosting ?? null
  if (hosting?.model === 'profit-share') {
    weighProfitShare(into, margins, offer, horizon, hosting, standby, end)
    return
  }
  into.asIsUsd = sum(margins.own) - dutyUsd(margins.own, priced)
  const machine = { isOn, restartUsd, endValueUsd: end }
  const fill = into.isProtected ? fillThroughout : fillPatterns
  fill(into.own, margins.ownFirst, priced, machine, limits)
  into.hasOther = margins.hasOtherFirst
  if (into.hasOther) fill(into.other, margins.best, priced, machine, limits)
}

/** What a protected machine may do: run in every interval. */
function fillThroughout(
  into: Sequences,
  x: Float64Array,
  _times: IntervalTimes,
  {
    isOn,
    restartUsd,
    endValueUsd,
  }: { readonly isOn: boolean; readonly restartUsd: number; readonly endValueUsd: number },
): void {
  into.allOn = sum(x) - (isOn ? 0 : restartUsd)
  into.allOnCompared = into.allOn + endValueUsd
  into.onThenOff = into.onThenOffCompared = into.offThenOn = into.offThenOnCompared = -Infinity
}

/** A host's share of the profit scales what a stage leaves after its schedule. */
function weighProfitShare(
  into: Weighed,
  margins: LotMargins,
  { priced }: SiteOffer,
  { stages }: Horizon,
  hosting: Hosting,
  standby: (stage: number) => number,
  endUsd: number,
): void {
  const worth = (each: Float64Array, isScheduled: boolean) =>
    stages.map(({ days }, t) => {
      const off = -standby(t) * days
      const over = stageWorthUsd(each, priced, t, isScheduled)
      return tenantMarginUsd(hosting, off + over) - tenantMarginUsd(hosting, off)
    })
  const best = worth(margins.best, true)
  const ownFirst = worth(margins.own, true)
  into.standbyUsd = stages.reduce(
    (total, { days }, t) => total + tenantMarginUsd(hosting, -standby(t) * days),
    0,
  )
  into.asIsUsd = sum(worth(margins.own, false))
  bestSequences(into.own, [ownFirst[0]!, ...best.slice(1)], stages.length, into.isOn, into.restartUsd, endUsd)
  into.hasOther = margins.hasOtherFirst
  if (into.hasOther) bestSequences(into.other, best, stages.length, into.isOn, into.restartUsd, endUsd)
}

export function fillPatterns(
  into: Sequences,
  x: Float64Array,
  times: IntervalTimes,
  machine: { readonly isOn: boolean; readonly restartUsd: number; readonly endValueUsd: number },
  limits: SwitchLimits,
): void {
  const [all, onThenOff, offThenOn, off] = patternValues(x, times, machine, limits)
  // What cannot be is worth less than anything, but a missing figure stays missing.
  const isMissing = Number.isNaN(sum(x))
  into.allOn = lessWhereImpossible(all!.valueUsd, isMissing)
  into.allOnCompared = lessWhereImpossible(all!.comparedUsd, isMissing)
  into.onThenOff = lessWhereImpossible(onThenOff!.valueUsd, isMissing)
  into.onThenOffCompared = lessWhereImpossible(onThenOff!.comparedUsd, isMissing)
  into.offThenOn = lessWhereImpossible(offThenOn!.valueUsd, isMissing)
  into.offThenOnCompared = lessWhereImpossible(offThenOn!.comparedUsd, isMissing)
  into.allOff = lessWhereImpossible(off!.valueUsd, isMissing)
  // With two stages there is one border; with more the schedule of the plan that is chosen tells, see changeStage.
  into.offFrom = 1
  into.onFrom = 1
}

const lessWhereImpossible = (usd: number, isMissing: boolean) =>
  Number.isNaN(usd) && !isMissing ? -Infinity : usd

/** What is asked for in the intervals in which a programme's duty sheds: no money, so it is no part of a machine that runs as it is. */
export function dutyUsd(x: Float64Array, priced: PricedIntervals): number {
  let usd = 0
  for (let i = 0; i < x.length; i++) if (isDuty(priced, i)) usd += x[i]!
  return usd
}

const sum = (values: Iterable<number>) => {
  let total = 0
  for (const value of values) total += value
  return total
}

/** A stage in the hours worth running, or in all where none is. */
export function stageWorthUsd(
  x: Float64Array,
  times: PricedIntervals,
  stage: number,
  isScheduled: boolean,
): number {
  let all = 0
  let worthIt = 0
  let hours = 0
  for (let i = 0; i < x.length; i++) {
    if (times.stage[i] !== stage || isDuty(times, i)) continue
    all += x[i]!
    if (x[i]! > 0) {
      worthIt += x[i]!
      hours++
    }
  }
  return isScheduled && hours > 0 ? worthIt : all
}

/** Begin of a stage, ms from the begin of the first. */
function stageStart({ stages }: Horizon, stage: number): number {
  return stages.slice(0, stage).reduce((ms, { days }) => ms + days * MS_PER_DAY, 0)
}

/** Where a stage ends an interval does, but for rounding: what is left of it is none of the next stage. */
const ROUNDING_MS = 1

/**
 * What running earns over standing by, USD/day, between two moments: the mean of the hours worth running, or of all where none is.
 * @param fromMs and toMs counted from the begin of the first interval
 */
export function meanWorthUsdPerDay(
  x: Float64Array,
  priced: PricedIntervals,
  fromMs: number,
  toMs: number,
): number {
  let all = 0
  let worthIt = 0
  let isWorthIt = false
  const { atMs } = priced
  const days = (toMs - fromMs) / MS_PER_DAY
  for (let i = 0; i < x.length; i++) {
    if (isDuty(priced, i)) continue
    const from = Math.max(atMs[i]! - atMs[0]!, fromMs)
    const to = Math.min(atMs[i + 1]! - atMs[0]!, toMs)
    if (!(to - from > ROUNDING_MS)) continue
    const part = (x[i]! * (to - from)) / (atMs[i + 1]! - atMs[i]!)
    all += part
    if (part > 0) {
      worthIt += part
      isWorthIt = true
    }
  }
  return (isWorthIt ? worthIt : all) / days
}

export const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** Whether a lot that its best plan would switch now runs until the next review, by {@link runsNow}. */
export function lotRunsNow(margins: LotMargins, offer: SiteOffer, lot: number, horizon: Horizon): boolean {
  return runsNow(offer.lots.isOn[lot] === 1, lotSwitching(margins, offer, lot, horizon))
}

/** A lot as the question of waiting sees it, under the schedule of the margins that were filled for it. */
export function lotSwitching(
  margins: LotMargins,
  offer: SiteOffer,
  lot: number,
  horizon: Horizon,
): Switching {
  return switchingOf(margins.best, offer, lot, horizon, 1)
}

/**
 * The same from what the whole lot earns over standing by in each interval.
 * @param share of its machines that would switch
 */
export function switchingOf(
  x: Float64Array,
  { lots, priced }: SiteOffer,
  lot: number,
  { stages, reviewDays, volatilityPerYear }: Horizon,
  share: number,
): Switching {
  const machines = lots.machines[lot]! * share
  const accepted = machines * lots.pointPhs[lots.pointsFrom[lot]!]!
  const hashprice = priced.hashpriceUsdPerPhDay
  const firstEnd = stages[0]!.days * MS_PER_DAY
  const now = share * meanWorthUsdPerDay(x, priced, 0, Math.min(reviewDays * MS_PER_DAY, firstEnd))
  const next = stages[1]
  const spread = (t: number) => dailySpreadUsd(accepted, hashprice[t]!, volatilityPerYear)
  const after =
    next === undefined
      ? NaN
      : share * meanWorthUsdPerDay(x, priced, firstEnd, firstEnd + next.days * MS_PER_DAY)
  return {
    xUsdPerDay: now,
    restartUsd: machines * lots.restartUsd[lot]!,
    spreadUsdPerDay: spread(0),
    reviewDays,
    ahead:
      next === undefined
        ? null
        : {
            days: stages[0]!.days,
            // Around today's worth the next stage's moves with it as its hashprice does.
            xAfter: (worth) => after + (worth - now) * (hashprice[1]! / hashprice[0]!),
            spreadUsdPerDay: spread(1),
          },
  }
}

/** The strikes of a lot with a price per interval: its stages moved in proportion, at the prices of the offer. */
export function lotStrikes(margins: LotMargins, offer: SiteOffer, lot: number, horizon: Horizon): Strikes {
  const { lots, priced } = offer
  const now = priced.hashpriceUsdPerPhDay[0]!
  if (!(lots.pointPhs[lots.pointsFrom[lot]!]! > 0) || lots.policy[lot] === PROTECTED || !(now > 0))
    return { stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN }
  return exactStrikes((hashprice) => {
    const moved = {
      ...offer,
      priced: {
        ...priced,
        hashpriceUsdPerPhDay: priced.hashpriceUsdPerPhDay.map((each) => (each / now) * hashprice),
      },
    }
    fillMargins(margins, moved, lot)
    return lotSwitching(margins, moved, lot, horizon)
  }, now)
}

/** First stage in which a schedule (0: off) is on where the first stage is off, or the other way round; {@link NEVER}: none. */
export function changeStage(on: ArrayLike<number>, { stage }: IntervalTimes): number {
  let isFirstOn: boolean | null = null
  for (let i = 0; i < on.length;) {
    const t = stage[i]!
    let isOn = false
    for (; i < on.length && stage[i] === t; i++) if (on[i]! > 0) isOn = true
    isFirstOn ??= isOn
    if (isOn !== isFirstOn) return t
  }
  return NEVER
}

/**
 * Power of a lot's machine in the hours of the first stage in which it runs, against that of its own operating point; 1 where it does not
 * run then. @param points per interval 0: off, 1 + j: at point j
 */
export function firstStagePowerRatio(
  { pointKw, pointsFrom }: Pick<Lots, 'pointKw' | 'pointsFrom'>,
  lot: number,
  points: ArrayLike<number>,
  { stage, hours }: Pick<PricedIntervals, 'stage' | 'hours'>,
): number {
  const at = pointsFrom[lot]!
  let running = 0
  let kwh = 0
  for (let i = 0; i < points.length; i++) {
    if (stage[i] !== 0 || points[i] === 0) continue
    running += hours[i]!
    kwh += hours[i]! * pointKw[at + points[i]! - 1]!
  }
  return running > 0 && pointKw[at]! > 0 ? kwh / running / pointKw[at]! : 1
}
