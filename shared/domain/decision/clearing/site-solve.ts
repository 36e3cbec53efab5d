import { PROTECTED } from '../../power/machine-policy.ts'
import type { SupplySteps } from '../../power/supply.ts'
import { allowedModes, isDecided, modeKw } from './demand-curve.ts'
import { tieUsd } from '../schedule/intervals.ts'
import type { Lots } from '../sites/lots.ts'
import { improve } from './improve-plans.ts'
import { lowerBound, plansAt } from './site-bound.ts'
import { swapPairs } from './swap-plans.ts'
import { searchSite } from './site-search.ts'
import type { Plan, PlanProblem } from './site-plans.ts'
import type { Planned, Planner } from './site-plans.ts'
import { planner } from './site-plans.ts'

/** Plans of a site over blocks, with end values. */
export type Solution = {
  readonly plans: readonly (readonly Plan[])[]
  readonly kw: Float64Array
  readonly valueUsd: number
  readonly boundUsd: number
  /** the prices of the bound, per cell */
  readonly lambdaUsdPerKwh: Float64Array
  readonly isProven: boolean
}

export type SolveTask = {
  readonly problem: PlanProblem
  /** per cell a convex line, on beyond its hard limits at prices that nobody pays */
  readonly offered: readonly SupplySteps[]
  /** per cell, alternatives; with the credit: no choice pays less */
  readonly bounding: readonly (readonly SupplySteps[])[]
  readonly creditUsd: number
  /** prices to begin with, per cell */
  readonly lambda: Float64Array
  /** first plans of all lots */
  readonly starts: readonly (readonly (readonly Plan[])[])[]
  /** lots in the order in which they are improved */
  readonly order: (among?: readonly number[]) => readonly number[]
  /** exact, for what machines earn before energy and the power per block; −Infinity where a limit is not kept */
  readonly valueOf: (earnedUsd: number, kw: Float64Array) => number
  readonly boundSteps: number
  readonly boundEffort: number
  readonly improveEffort: number
  /** nodes of the search; null: none */
  readonly nodes: { left: number } | null
}

const MOST_PASSES = 20

/** Plans with what their machines earn before energy, restarts paid, and what they are worth, USD. */
type Kept = Planned & { readonly earnedUsd: number; readonly valueUsd: number }

/** The best plans found, and how far off they may be. */
export function solve(task: SolveTask): Solution {
  const { problem, offered, bounding, creditUsd, valueOf, nodes } = task
  const isSmall = nodes !== null
  const order = isSmall ? task.order() : []
  const plan = planner(problem)
  const earnedBy = (plans: readonly (readonly Plan[])[]) => {
    let usd = 0
    for (let lot = 0; lot < plans.length; lot++)
      for (const { count, modes } of plans[lot]!) usd += count * plan.earnedUsd(lot, modes)
    return usd
  }
  let best: Kept | null = null
  for (const start of task.starts) {
    const planned = { plans: [...start], kw: plan.powerOf(start) }
    keep(planned)
    if (isSmall) improveUntilSettled(planned, order)
  }
  const known = best!.valueUsd - creditUsd
  const dual = lowerBound(plan, bounding, task.lambda, known, task.boundSteps, { left: task.boundEffort })
  if (dual.boundUsd < Infinity) {
    // What everyone does at the prices of the bound: among many lots it misses the limits by little.
    const { plans, earnedUsd } = plansAt(plan, dual.lambdaUsdPerKwh)
    const planned = { plans: [...plans], kw: plan.powerOf(plans) }
    // Among many, those that bid least give way to a limit that is missed.
    if (isSmall) improveUntilSettled(planned, order)
    else if (!keep(planned, earnedUsd)) improveUntilSettled(planned, task.order().toReversed())
  }
  // A second pass finds next to nothing (measured).
  if (!isSmall) {
    const isNear = nearPrices(plan, dual.lambdaUsdPerKwh)
    const near = best!.plans.flatMap((plans, lot) => (isNear(lot, plans) ? [lot] : []))
    const planned = { plans: [...best!.plans], kw: best!.kw.slice() }
    const { earnedUsd } = improve(plan, offered, planned, task.order(near), { left: task.improveEffort })
    keep(planned, best!.earnedUsd + earnedUsd)
  }
  const boundUsd = dual.boundUsd + creditUsd
  if (isSmall && best!.valueUsd > -Infinity && boundUsd < Infinity) {
    const planned = { plans: [...best!.plans], kw: best!.kw.slice() }
    const room = boundUsd - best!.valueUsd
    const { changed, earnedUsd } = swapPairs(plan, offered, planned, dual.lambdaUsdPerKwh, room)
    if (changed) keep(planned, best!.earnedUsd + earnedUsd)
  }
  let { plans, kw, valueUsd } = best!
  let isProven = valueUsd > -Infinity && boundUsd - valueUsd <= tieUsd(valueUsd)
  if (!isProven && nodes !== null && boundUsd < Infinity) {
    const found = searchSite(plan, bounding, dual.lambdaUsdPerKwh, boundUsd, valueUsd, valueOf, nodes)
    isProven = found.isClosed
    if (found.plans !== null) {
      plans = found.plans
      kw = plan.powerOf(plans)
      valueUsd = found.valueUsd
    }
  }
  return {
    plans,
    kw,
    valueUsd,
    boundUsd: isProven && valueUsd > -Infinity ? valueUsd : Math.max(boundUsd, valueUsd),
    lambdaUsdPerKwh: dual.lambdaUsdPerKwh,
    isProven: isProven && valueUsd > -Infinity,
  }

  function improveUntilSettled(
    planned: { plans: (readonly Plan[])[]; kw: Float64Array },
    lots: readonly number[],
  ): void {
    const effort = { left: task.improveEffort / (task.starts.length + 1) }
    for (let pass = 0; pass < MOST_PASSES; pass++)
      if (!improve(plan, offered, planned, lots, effort).changed) break
    keep({ plans: planned.plans, kw: plan.powerOf(planned.plans) })
  }

  /** @returns whether the plans keep the limits */
  function keep({ plans, kw }: Planned, earnedUsd = earnedBy(plans)): boolean {
    const valueUsd = valueOf(earnedUsd, kw)
    if (best === null || valueUsd > best.valueUsd)
      best = { plans: [...plans], kw: kw.slice(), earnedUsd, valueUsd }
    return valueUsd > -Infinity
  }
}

/** How far prices are moved to find the lots that might do something else: a share, and USD/kWh at the least. */
const NEAR = 0.01
const NEAR_USD_PER_KWH = 0.00025

/** Lots that do not do the same at somewhat lower and somewhat higher prices: all but these are sure of what they do. */
function nearPrices(
  { problem: { lots }, price, pricedModes }: Planner,
  lambda: Float64Array,
): (lot: number, plans: readonly Plan[]) => boolean {
  const aside = (usd: number) => Math.max(NEAR * Math.abs(usd), NEAR_USD_PER_KWH)
  const low = lambda.map((usd) => usd - aside(usd))
  const high = lambda.map((usd) => usd + aside(usd))
  const does = (lot: number, prices: Float64Array, modes: Uint8Array) => {
    price(lot, prices)
    const best = pricedModes()
    for (let b = 0; b < modes.length; b++) if (best[b] !== modes[b]) return false
    return true
  }
  return (lot, plans) => {
    if (plans.length !== 1) return plans.length > 1
    const { modes } = plans[0]!
    // With one point there is only on and off, and energy that costs less turns nobody off.
    const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
    if (points === 1 && modes.every((mode) => mode > 0)) return !does(lot, high, modes)
    if (points === 1 && modes.every((mode) => mode === 0)) return !does(lot, low, modes)
    return !does(lot, high, modes) || !does(lot, low, modes)
  }
}

/** Every machine goes on as it is; protected ones run. */
export function asItIs({ lots, blocks }: PlanProblem): readonly (readonly Plan[])[] {
  return constantPlans(lots, blocks.length, (lot) =>
    lots.isOn[lot] === 1 || lots.policy[lot] === PROTECTED ? 1 : 0,
  )
}

/** All rest that may. */
export function allResting({ lots, blocks }: PlanProblem): readonly (readonly Plan[])[] {
  return constantPlans(lots, blocks.length, (lot) => (lots.policy[lot] === PROTECTED ? 1 : 0))
}

/** All draw what they can: where anything keeps a floor, this does. */
export function allDrawing({ lots, blocks }: PlanProblem): readonly (readonly Plan[])[] {
  return constantPlans(lots, blocks.length, (lot) =>
    allowedModes(lots, lot).reduce((most, mode) =>
      modeKw(lots, lot, mode) > modeKw(lots, lot, most) ? mode : most,
    ),
  )
}

function constantPlans(lots: Lots, blocks: number, mode: (lot: number) => number) {
  return Array.from({ length: lots.length }, (_, lot): readonly Plan[] =>
    isDecided(lots, lot)
      ? [{ count: lots.machines[lot]!, modes: new Uint8Array(blocks).fill(mode(lot)) }]
      : [],
  )
}
