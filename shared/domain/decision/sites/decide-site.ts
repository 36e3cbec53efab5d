import { ownElseSite } from '../../fleet/columns.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import { tenantMarginUsd } from '../../power/hosting.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import { HOURS_PER_DAY, W_PER_KW } from '../../units.ts'
import type { OpenTotals } from '../advice-totals.ts'
import { bestWord, changesInStage, gainUsd, NEVER, nothingWeighed } from '../choice.ts'
import type { Weighed } from '../choice.ts'
import type { Decisions } from '../decisions.ts'
import { dailySpreadUsd, endOfHorizonUsd } from '../waiting/hold.ts'
import type { Horizon } from '../horizon.ts'
import type { SiteClearing } from '../clearing/clearing.ts'
import type { SwitchLimits } from '../schedule/intervals.ts'
import { scheduler } from '../schedule/intervals.ts'
import { lotSchedules } from '../schedule/lot-schedules.ts'
import type { SiteOffer, StageMeans } from './site-offer.ts'
import { isDuty, stageCurves, stageMeans } from './site-offer.ts'
import type { LotMargins } from './site-rows.ts'
import type { PlanWords } from './plan-words.ts'
import { planWords } from './plan-words.ts'
import {
  changeStage,
  fillMargins,
  firstStagePowerRatio,
  lotRunsNow,
  noMargins,
  REPAIR,
  stageWorthUsd,
  standbyUsdPerDay,
  weighLot,
} from './site-rows.ts'
import { STAGE_PATTERNS } from '../schedule/stage-patterns.ts'
import {
  aboveTie,
  HOLD,
  isOnAtOnce,
  NO_VERDICT,
  OFF,
  PAUSE,
  PROFILE,
  RUN,
  RUN_UNTIL,
  START,
  START_LATER,
  START_UNTIL,
  STAY_OFF,
} from '../words.ts'

/** In the order of STAGE_PATTERNS. */
const WORDS_ON = STAGE_PATTERNS.map(
  (pattern) => ({ on: RUN, 'on-then-off': RUN_UNTIL, 'off-then-on': PAUSE, off: OFF })[pattern],
)
const WORDS_IDLE = STAGE_PATTERNS.map(
  (pattern) =>
    ({ on: START, 'on-then-off': START_UNTIL, 'off-then-on': START_LATER, off: STAY_OFF })[pattern],
)

/** What the lots of one site are decided with. */
export type SiteScene = {
  readonly basis: MarginBasis
  readonly offer: SiteOffer
  readonly means: StageMeans
  readonly horizon: Horizon
  readonly limits: SwitchLimits
  /** null: nobody's price hangs on what others take */
  readonly clearing: SiteClearing | null
  readonly words: PlanWords
}

export function siteScene(
  basis: MarginBasis,
  offer: SiteOffer,
  horizon: Horizon,
  limits: SwitchLimits,
): SiteScene {
  const means = stageMeans(offer.priced)
  return { basis, offer, means, horizon, limits, clearing: null, words: planWords(offer) }
}

/**
 * Verdicts of a site's lots at its prices, written into the rows of the fleet, and their sums. Lots with one point follow their
 * schedules as columns; those with several, and the few that would switch against a restart cost, are weighed one by one.
 */
export function decideSite(scene: SiteScene, into: Decisions, totals: OpenTotals): void {
  const { basis, offer, limits } = scene
  const { lots, rows, contract } = offer
  const hosting = contract?.hosting ?? null
  const schedules = lotSchedules(lots, offer.priced, endValues(scene), limits)
  const one = singleLot(scene)
  const duty = dutyOf(scene)
  for (let lot = 0; lot < lots.length; lot++) {
    const row = rows[lot]!
    const machines = lots.machines[lot]!
    const isOn = lots.isOn[lot] === 1
    const isWeighedAlone =
      lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]! > 1 || hosting?.model === 'profit-share'
    if (isWeighedAlone) {
      one.decide(lot)
      into.verdict[row] = one.code
      into.gainUsd[row] = one.gainUsd
      into.changesIn[row] = one.changesIn
      addLot(totals, scene, lot, one.code, one.gainUsd, one.firstUsd, one.secondUsd, one.changesIn)
      // At another point it takes another power.
      if (one.code === PROFILE) {
        const { points } = one.plansOf(lot, PROFILE)[0]!
        const ratio = firstStagePowerRatio(lots, lot, points, offer.priced)
        totals.kwAdvised += (ratio - 1) * meterKw(scene, row, 'powerW')
      }
      continue
    }
    const value = schedules.valueUsd[lot]!
    const isMissing = Number.isNaN(value) || basis.fleet.machines.status[row] === REPAIR
    let code = isMissing ? NO_VERDICT : (isOn ? WORDS_ON : WORDS_IDLE)[schedules.pattern[lot]!]!
    if (!isMissing && wouldHold(scene, lot, code) && one.holds(lot)) code = HOLD
    const isHeld = code === HOLD
    const asIs = isOn ? schedules.onThroughoutUsd[lot]! - duty(lot) : 0
    const gain = isHeld ? 0 : machines * (value - asIs) + 0
    into.verdict[row] = code
    into.gainUsd[row] = isMissing ? NaN : gain
    const changesIn = schedules.changeStage[lot]! < 0 || isHeld ? NEVER : schedules.changeStage[lot]!
    into.changesIn[row] = changesIn
    addLot(
      totals,
      scene,
      lot,
      code,
      gain,
      isHeld && isOn ? one.scheduledUsd(lot, 0) : machines * schedules.firstUsd[lot]!,
      isHeld && isOn ? one.scheduledUsd(lot, 1) : machines * schedules.secondUsd[lot]!,
      changesIn,
    )
  }
}

/** Per lot what its margins are asked for in the intervals in which a programme's duty sheds, USD for one machine. */
function dutyOf({ offer: { lots, priced } }: SiteScene): (lot: number) => number {
  let hours = 0
  let usdPerPhs = 0
  let usdPerKw = 0
  for (let i = 0; i < priced.hours.length; i++) {
    if (!isDuty(priced, i)) continue
    hours += priced.hours[i]!
    usdPerPhs += (priced.hours[i]! * priced.hashpriceUsdPerPhDay[priced.stage[i]!]!) / HOURS_PER_DAY
    usdPerKw += priced.hours[i]! * priced.usdPerKwh[i]!
  }
  if (hours === 0) return () => 0
  return (lot) => {
    if (lots.policy[lot] === PROTECTED) return 0
    const at = lots.pointsFrom[lot]!
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    return lots.pointPhs[at]! * usdPerPhs - kw * (usdPerKw + hours * lots.otherUsdPerKwh[lot]!)
  }
}

/** Whether a verdict would switch a lot now at a cost that waiting may save. */
function wouldHold({ offer: { lots }, horizon }: SiteScene, lot: number, code: number): boolean {
  return (
    lots.restartUsd[lot]! > 0 &&
    horizon.volatilityPerYear > 0 &&
    lots.policy[lot] !== PROTECTED &&
    isOnAtOnce(code, lots.isOn[lot] === 1) !== (lots.isOn[lot] === 1)
  )
}

/** What being on at the end is worth to one machine of each lot; null where that is nothing for all. */
export function endValues({
  offer: { lots, priced },
  horizon,
}: Pick<SiteScene, 'offer' | 'horizon'>): Float64Array | null {
  const { stages, volatilityPerYear, isPerDay = false } = horizon
  if (!(volatilityPerYear > 0 || isPerDay) || !lots.restartUsd.some((usd) => usd > 0)) return null
  const last = stages.length - 1
  const { days, hashpriceUsdPerPhDay: hashprice } = stages[last]!
  const worth = stageCurves(priced)[last]!
  return Float64Array.from({ length: lots.length }, (_, lot) => {
    const restartUsd = lots.restartUsd[lot]!
    if (!(restartUsd > 0)) return 0
    const at = lots.pointsFrom[lot]!
    const phs = lots.pointPhs[at]!
    const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
    const x = worth((phs * hashprice) / HOURS_PER_DAY, kw, lots.otherUsdPerKwh[lot]!) / days
    return endOfHorizonUsd(horizon, x, restartUsd, dailySpreadUsd(phs, hashprice, volatilityPerYear), days)
  })
}

/** Machines of a lot that do the same: per interval 0 off, 1 + j at point j. */
export type LotPlan = { readonly count: number; readonly points: Uint16Array }

/** Weighs single lots; its fields are those of the last one. */
export function singleLot(scene: SiteScene) {
  const { basis, offer, means, horizon, limits } = scene
  const { lots, priced, rows } = offer
  const margins = noMargins(priced.hours.length)
  const weighed = nothingWeighed()
  let schedule: ReturnType<typeof scheduler> | null = null
  // Whose margins they are; whoever is handed them may write others into them.
  let filled = -1
  const one = {
    code: NO_VERDICT,
    gainUsd: NaN,
    changesIn: NEVER,
    /** of the plan, over standing by, USD for the whole lot */
    firstUsd: 0,
    secondUsd: 0,
    weigh(lot: number): { readonly weighed: Weighed; readonly margins: LotMargins } {
      fill(lot)
      filled = -1
      weighLot(weighed, margins, offer, means, lot, horizon, limits)
      return { weighed, margins }
    },
    holds(lot: number): boolean {
      fill(lot)
      return lotRunsNow(margins, offer, lot, horizon) === (lots.isOn[lot] === 1)
    },
    scheduledUsd: (lot: number, stage: number) => {
      fill(lot)
      return stageWorthUsd(margins.best, priced, stage, true)
    },
    decide(lot: number): void {
      one.weigh(lot)
      const isMissing = basis.fleet.machines.status[rows[lot]!] === REPAIR
      let code = isMissing ? NO_VERDICT : bestWord(weighed)
      if (
        code !== NO_VERDICT &&
        wouldHold(scene, lot, code) &&
        lotRunsNow(margins, offer, lot, horizon) === weighed.isOn
      )
        code = HOLD
      one.code = code
      one.gainUsd = code === NO_VERDICT ? NaN : code === HOLD ? 0 : gainUsd(weighed, code) + 0
      one.changesIn = changesInStage(weighed, code)
      const on = planOf(lot, code)
      if (one.changesIn !== NEVER && horizon.stages.length > 2) one.changesIn = changeStage(on, priced)
      one.firstUsd = earned(on, 0)
      one.secondUsd = earned(on, 1)
    },
    /** per interval whether the advised plan of the lot weighed last runs */
    planOf,
    /** what machines of the lot weighed last do in each interval: 0 off, 1 + j at point j */
    plansOf,
  }
  return one

  /** On a coupled site the rest does as advised, and energy costs what this lot adds to the bill. */
  function fill(lot: number): void {
    if (filled === lot) return
    filled = lot
    if (scene.clearing === null) {
      fillMargins(margins, offer, lot)
      return
    }
    const ownPlan = [{ count: lots.machines[lot]!, modes: new Uint8Array(priced.hours.length).fill(1) }]
    const own = scene.clearing.marginsOfPlans(lot, ownPlan)
    const best = scene.clearing.marginsOf(lot)
    margins.hasOtherFirst = false
    for (let i = 0; i < own.length; i++) {
      const isFirst = priced.stage[i] === 0
      margins.own[i] = own[i]!
      margins.best[i] = best[i]!
      margins.ownFirst[i] = isFirst ? own[i]! : best[i]!
      if (isFirst && best[i]! > aboveTie(own[i]!)) margins.hasOtherFirst = true
    }
  }

  function planOf(_lot: number, code: number): Uint8Array {
    const { isOn, restartUsd, isProtected } = weighed
    const keeps = code === HOLD || code === NO_VERDICT
    if (isProtected) return new Uint8Array(priced.hours.length).fill(1)
    if (keeps && !isOn) return new Uint8Array(priced.hours.length)
    // On hold a machine that runs keeps to the hours worth running, all where none is.
    if (keeps) {
      const isWorth = margins.best.some((x) => x > 0)
      return Uint8Array.from(margins.best, (x) => (!isWorth || x > 0 ? 1 : 0))
    }
    const { own } = weighed
    const endValueUsd = own.allOnCompared - own.allOn
    schedule ??= scheduler(priced, priced.hours.length, limits)
    return schedule(code === PROFILE ? margins.best : margins.ownFirst, {
      isOn,
      restartUsd,
      endValueUsd: Number.isNaN(endValueUsd) ? 0 : Math.max(endValueUsd, 0),
    }).on
  }

  function plansOf(lot: number, code: number): readonly LotPlan[] {
    if (scene.clearing !== null && code !== HOLD && code !== NO_VERDICT)
      return scene.clearing
        .plansOf(lot)
        .map(({ count, modes }) => ({ count, points: Uint16Array.from(modes) }))
    const on = planOf(lot, code)
    const points = pointsOf(lot, code)
    for (let i = 0; i < points.length; i++) points[i] = on[i] === 1 ? 1 + points[i]! : 0
    return [{ count: lots.machines[lot]!, points }]
  }

  /** Index of the point that a lot runs at best in each interval, its own in the first stage unless it changes its profile. */
  function pointsOf(lot: number, code: number): Uint16Array {
    const points = new Uint16Array(priced.hours.length)
    const from = lots.pointsFrom[lot]!
    const count = lots.pointsFrom[lot + 1]! - from
    if (count === 1) return points
    const isProtected = lots.policy[lot] === PROTECTED
    const usdPerKwh = isProtected ? priced.protectedUsdPerKwh : priced.usdPerKwh
    for (let i = 0; i < points.length; i++) {
      if (code !== PROFILE && priced.stage[i] === 0) continue
      let best = -Infinity
      for (let k = 0; k < count; k++) {
        if (isProtected && lots.pointKw[from + k]! < lots.pointKw[from]!) continue
        const kw = lots.pointKw[from + k]! - lots.standbyKw[lot]!
        const worth =
          (priced.hashpriceUsdPerPhDay[priced.stage[i]!]! * lots.pointPhs[from + k]!) / HOURS_PER_DAY -
          kw * (usdPerKwh[i]! + lots.otherUsdPerKwh[lot]!)
        // On a tie it stays as it is.
        if (!(worth > (k === 0 ? best : aboveTie(best)))) continue
        best = worth
        points[i] = k
      }
    }
    return points
  }

  function earned(on: Uint8Array, stage: number): number {
    const x = one.code === PROFILE ? margins.best : margins.ownFirst
    let total = 0
    let was = weighed.isOn ? 1 : 0
    for (let i = 0; i < on.length; i++) {
      if (priced.stage[i] === stage) {
        if (on[i] === 1) total += x[i]!
        if (on[i] === 1 && was === 0) total -= weighed.restartUsd
      }
      was = on[i]!
    }
    return total
  }
}

/** Power of a whole lot at the meter, kW. */
function meterKw({ basis }: SiteScene, row: number, of: 'powerW' | 'standbyW'): number {
  const { machines, sites } = basis.fleet
  const overhead = 1 + ownElseSite(machines.overhead[row]!, sites.overhead[machines.site[row]!]!)
  return (machines.quantity[row]! * overhead * machines[of][row]!) / W_PER_KW
}

/** Adds a lot to the totals of the fleet. */
function addLot(
  totals: OpenTotals,
  scene: SiteScene,
  lot: number,
  code: number,
  gain: number,
  firstUsd: number,
  secondUsd: number,
  changesIn: number,
): void {
  if (code === NO_VERDICT) return
  const { basis, offer, means, horizon } = scene
  const { lots, rows, contract } = offer
  const { stages } = horizon
  const hosting = contract?.hosting ?? null
  const row = rows[lot]!
  const { machines } = basis.fleet
  const q = machines.quantity[row]!
  const isOn = lots.isOn[lot] === 1
  const onNow = isOnAtOnce(code, isOn)
  const onAfter = changesIn === 1 ? !onNow : onNow
  const at = lots.pointsFrom[lot]!
  const phs = lots.pointPhs[at]!
  const kw = lots.pointKw[at]! - lots.standbyKw[lot]!
  const isProtected = lots.policy[lot] === PROTECTED
  const standby = (t: number) => standbyUsdPerDay(lots, lot, means, t)
  /** as it is in every interval, USD/day over standing by */
  const asIs = (t: number) =>
    q *
    (isProtected ? 1 : 1 - means.dutyShare[t]!) *
    (phs * stages[t]!.hashpriceUsdPerPhDay -
      HOURS_PER_DAY *
        kw *
        ((isProtected ? means.priceUsdPerKwh : means.shedUsdPerKwh)[t]! + lots.otherUsdPerKwh[lot]!))
  const margin = (overUsdPerDay: number, t: number) => tenantMarginUsd(hosting, overUsdPerDay - standby(t))
  const firstDays = stages[0]!.days
  const second = stages[1]
  totals.machines[code]! += q
  totals.gain += gain
  let standbyValue = 0
  let asIsValue = 0
  stages.forEach(({ days }, t) => {
    standbyValue += days * margin(0, t)
    asIsValue += days * margin(asIs(t), t)
  })
  totals.valueOff += standbyValue
  // The start of an idle machine is paid once and is no part of a day's margin; those of a schedule come every day.
  const startUsd = isOn || !onNow ? 0 : q * lots.restartUsd[lot]!
  const planNow = margin(onNow ? (firstUsd + startUsd) / firstDays : 0, 0)
  const planAfter = second === undefined ? NaN : margin(onAfter ? secondUsd / second.days : 0, 1)
  if (isOn) {
    if (onNow) totals.runOn += q
    else totals.powerDown += q
    totals.asIsNow += margin(asIs(0), 0)
    totals.asIsAfter += second === undefined ? NaN : margin(asIs(1), 1)
    totals.advisedNow += planNow
    totals.advisedAfter += planAfter
    totals.valueRun += asIsValue
    totals.valuePause +=
      second === undefined
        ? NaN
        : asIsValue + firstDays * (margin(0, 0) - margin(asIs(0), 0)) - q * lots.restartUsd[lot]!
    const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
    if (breakeven > stages[0]!.hashpriceUsdPerPhDay) {
      totals.underNow.machines += q
      totals.underNow.hashrateThs += q * machines.hashrateThs[row]!
    }
    if (second !== undefined && breakeven > second.hashpriceUsdPerPhDay) {
      totals.underAfter.machines += q
      totals.underAfter.hashrateThs += q * machines.hashrateThs[row]!
    }
  } else {
    totals.valueRun += standbyValue
    totals.valuePause += standbyValue
    totals.startGain += gain
    if (onNow) {
      totals.start += q
      totals.advisedNow += planNow - margin(0, 0)
    } else totals.stayOff += q
    if (onAfter && second !== undefined) totals.advisedAfter += planAfter - margin(0, 1)
  }
  const kwOn = meterKw(scene, row, 'powerW')
  const kwOff = meterKw(scene, row, 'standbyW')
  totals.kwAsIs += isOn ? kwOn : kwOff
  totals.kwAdvised += onNow ? kwOn : kwOff
}
