import { tenantMarginUsd } from '../power/hosting.ts'
import { MS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import type { PlanMode, RowAdvice, RowHours } from './advice.ts'
import { NEVER, valuesUsd } from './choice.ts'
import { changeStage, stageWorthUsd, standbyUsdPerDay } from './sites/site-rows.ts'
import type { LotMargins } from './sites/site-rows.ts'
import { singleLot } from './sites/decide-site.ts'
import type { LotPlan, SiteScene } from './sites/decide-site.ts'
import { HOLD, isOnAtOnce, NO_VERDICT, VERDICTS } from './words.ts'

/** Hours ahead of which a schedule is told. */
export const SCHEDULE_HOURS = 48

/** What is known of a row beside its scene. */
export type DecidedRow = {
  /** as it stands in the verdict column */
  readonly code: number
  readonly gainUsd: number
  /** names of the operating points of its lot, in their order; the first is its own */
  readonly pointNames: readonly string[]
  readonly possible: readonly string[]
}

/** The parts of a row's advice that follow from its plan; the rest is added by who knows chances and whole machines. */
export type PlannedRow = Omit<RowAdvice, 'probabilityOfAdjustment' | 'machines' | 'marginalEnergyUsdPerKwh'>

/** The plan of most machines of a lot. */
export function largest(plans: readonly LotPlan[]): LotPlan {
  return plans.reduce((most, each) => (each.count > most.count ? each : most))
}

/** The point of the hours of the first stage in which a lot runs, as plans have it; 0 where these are several, or it never runs. */
export function onlyPoint(points: Uint16Array, { stage }: SiteScene['offer']['priced']): number {
  let only = 0
  for (let i = 0; i < points.length; i++) {
    if (stage[i] !== 0 || points[i] === 0) continue
    if (only !== 0 && points[i] !== only) return 0
    only = points[i]!
  }
  return only
}

/** Makes the advice of single rows of a scene. */
export function rowPlanner(scene: SiteScene) {
  const { offer, means, horizon } = scene
  const { lots, priced, contract } = offer
  const { stages, reviewDays } = horizon
  const one = singleLot(scene)
  const hosting = contract?.hosting ?? null
  const n = priced.hours.length
  const differs = priced.usdPerKwh.some(
    (usd, i) => i > 0 && priced.stage[i] === priced.stage[i - 1] && usd !== priced.usdPerKwh[i - 1],
  )
  const hasDate = !Number.isNaN(stages[0]!.fromMs)
  const runsThroughout = new Uint16Array(n).fill(1)
  const afterAdjustment = stages.findIndex(({ opensWith }, t) => t > 0 && opensWith === 'adjustment')

  // UTC is what stands where nobody has said a zone.
  const timeZone = contract === null || contract.timeZone === 'UTC' ? null : contract.timeZone
  const scheduleOf = (points: Uint16Array, pointNames: readonly string[]) =>
    hasDate && (differs || isCut(points)) ? scheduleEntries(points, pointNames) : []

  return {
    row: planned,
    /** Its hours alone, which takes a small part of the time. */
    hours(lot: number, { code, pointNames }: Pick<DecidedRow, 'code' | 'pointNames'>): RowHours {
      if (code === NO_VERDICT) return { schedule: [], timeZone }
      one.weigh(lot)
      return { schedule: scheduleOf(largest(one.plansOf(lot, code)).points, pointNames), timeZone }
    },
  }

  function planned(lot: number, { code, gainUsd, pointNames, possible }: DecidedRow): PlannedRow {
    const { weighed, margins } = one.weigh(lot)
    const hasVerdict = code !== NO_VERDICT
    // Without a verdict margins are told as if it ran.
    const points = hasVerdict ? largest(one.plansOf(lot, code)).points : runsThroughout
    const changes = !hasVerdict || code === HOLD ? NEVER : changeStage(points, priced)
    const plan = hasVerdict ? planEntries(points, pointNames) : []
    const first = plan[0]?.mode ?? null
    return {
      verdict: hasVerdict ? VERDICTS[code]! : null,
      mode: first === 'off' ? null : first,
      untilMs:
        code === HOLD
          ? stages[0]!.fromMs + reviewDays * MS_PER_DAY
          : changes === NEVER
            ? NaN
            : stages[changes]!.fromMs,
      then: changes === NEVER ? null : isOnAtOnce(code, lots.isOn[lot] === 1) ? 'off' : 'run',
      plan,
      schedule: hasVerdict ? scheduleOf(points, pointNames) : [],
      timeZone,
      gainUsd,
      valueUsd: hasVerdict ? valuesUsd(weighed) : {},
      marginNowUsdPerDay: marginIn(lot, points, margins, 0),
      marginAfterUsdPerDay: marginIn(lot, points, margins, afterAdjustment),
      shareOfHours: { now: shareOf(points, 0), after: shareOf(points, afterAdjustment) },
      possible,
    }
  }

  /** Whether it changes inside a stage though prices do not, as limits may have it. */
  function isCut(points: Uint16Array): boolean {
    for (let i = 1; i < n; i++)
      if (priced.stage[i] === priced.stage[i - 1] && points[i] !== points[i - 1]) return true
    return false
  }

  /** USD/day in a stage; NaN where there is none. */
  function marginIn(lot: number, points: Uint16Array, { best, own }: LotMargins, t: number): number {
    const stage = stages[t]
    if (stage === undefined) return NaN
    // By the schedule; where it is off throughout, by the hours that would be worth running.
    let scheduled = 0
    let runs = false
    for (let i = 0; i < n; i++) {
      if (priced.stage[i] !== t || points[i] === 0) continue
      runs = true
      scheduled += (points[i]! > 1 ? best : own)[i]!
    }
    const worth = runs ? scheduled : stageWorthUsd(own, priced, t, true)
    return tenantMarginUsd(hosting, worth / stage.days - standbyUsdPerDay(lots, lot, means, t))
  }

  /** Off, or the point that most of the stage's hours are run at. */
  function stageMode(points: Uint16Array, pointNames: readonly string[], t: number): PlanMode {
    let hours = 0
    let point = 0
    for (let i = 0; i < n; i++) {
      if (priced.stage[i] !== t || points[i] === 0) continue
      if (point !== 0 && points[i] !== point) return mostUsedMode(points, pointNames, t)
      point = points[i]!
      hours += priced.hours[i]!
    }
    return hours > 0 ? modeOf(point, pointNames) : 'off'
  }

  function mostUsedMode(points: Uint16Array, pointNames: readonly string[], t: number): PlanMode {
    const hours = new Map<PlanMode, number>()
    for (let i = 0; i < n; i++) {
      if (priced.stage[i] !== t || points[i] === 0) continue
      const mode = modeOf(points[i]!, pointNames)
      hours.set(mode, (hours.get(mode) ?? 0) + priced.hours[i]!)
    }
    let mode: PlanMode = 'off'
    let most = 0
    for (const [each, length] of hours) if (length > most) [mode, most] = [each, length]
    return mode
  }

  function planEntries(points: Uint16Array, pointNames: readonly string[]) {
    const entries: { fromMs: number; mode: PlanMode }[] = []
    for (let t = 0; t < stages.length; t++) {
      const mode = stageMode(points, pointNames, t)
      if (t === 0 || entries.at(-1)!.mode !== mode) entries.push({ fromMs: stages[t]!.fromMs, mode })
    }
    return entries
  }

  function scheduleEntries(points: Uint16Array, pointNames: readonly string[]) {
    const entries: { fromMs: number; toMs: number; mode: PlanMode }[] = []
    const end = priced.atMs[0]! + SCHEDULE_HOURS * MS_PER_HOUR
    for (let i = 0; i < n && priced.atMs[i]! < end; i++) {
      const mode = modeOf(points[i]!, pointNames)
      const toMs = Math.min(priced.atMs[i + 1]!, end)
      const last = entries.at(-1)
      if (last?.mode === mode) last.toMs = toMs
      else entries.push({ fromMs: priced.atMs[i]!, toMs, mode })
    }
    return entries
  }

  /** Share of a stage's hours in which it runs; NaN where there is no stage. */
  function shareOf(points: Uint16Array, t: number): number {
    if (t < 0) return NaN
    let all = 0
    let running = 0
    for (let i = 0; i < n; i++) {
      if (priced.stage[i] !== t) continue
      all += priced.hours[i]!
      if (points[i]! > 0) running += priced.hours[i]!
    }
    return running === all ? 1 : running / all
  }
}

/** @param point 0: off, 1: its own, 1 + j: point j */
function modeOf(point: number, pointNames: readonly string[]): PlanMode {
  return point === 0 ? 'off' : point === 1 ? null : (pointNames[point - 1] ?? null)
}
