import { PROTECTED } from '../../power/machine-policy.ts'
import type { SupplySteps } from '../../power/supply.ts'
import { allowedModes, modeKw, modePhs, modeUsd } from './demand-curve.ts'
import type { IntervalTimes, SwitchLimits } from '../schedule/intervals.ts'
import { bestSchedule, isUnlimited, tieUsd } from '../schedule/intervals.ts'
import type { Lots } from '../sites/lots.ts'
import type { Cell } from './site-cells.ts'
import { costUnder, sameKw } from './site-cells.ts'
import type { Blocks } from './site-cost.ts'

/** Machines of a lot that do the same: mode per block, 0 off, 1 + j point j (255 points at the most). */
export type Plan = { readonly count: number; readonly modes: Uint8Array }

/** A site over its blocks, where a start costs something or is limited: blocks are tied to one another by every lot. */
export type PlanProblem = {
  readonly lots: Lots
  readonly cells: readonly Cell[]
  readonly blocks: Blocks
  /** of the blocks; read under limits */
  readonly times: IntervalTimes
  readonly limits: SwitchLimits
  readonly hashpriceUsdPerPhDay: readonly number[]
  readonly endValueUsd: Float64Array | null
}

/** What one lot's machine does best against prices of energy. */
export type BestPlan = {
  /** over the horizon, energy and restarts paid, USD; with the end value */
  readonly usd: number
  readonly modes: Uint8Array
}

/** Cost of a power in a block, USD per hour. */
export type BlockCost = (block: number, kw: number) => number

export type Planner = ReturnType<typeof planner>

/**
 * Finds a lot's best plan. Scratch is kept between calls: the modes are overwritten by the next one.
 */
export function planner(problem: PlanProblem) {
  const { lots, cells, blocks, times, limits, hashpriceUsdPerPhDay, endValueUsd } = problem
  const n = blocks.length
  const x = new Float64Array(n)
  const h = new Float64Array(n)
  const off = new Float64Array(n)
  const modes = new Uint8Array(n)
  const running = new Uint8Array(n)
  const isFree = isUnlimited(limits, n)
  const allowed: (readonly number[] | undefined)[] = []
  const ofFollowers: (readonly number[] | undefined)[] = []
  const { hours } = blocks
  const perPhs = hours.map((each, b) => (hashpriceUsdPerPhDay[cells[blocks.cell[b]!]!.stage]! / 24) * each)
  const shift = hours.map((each, b) => cells[blocks.cell[b]!]!.shiftUsdPerKwh * each)
  return { problem, bestPlan, pricedPlan, planUsd, usdPerHour, modesOf }

  /** The modes that a lot may be in, asked for many times. */
  function modesOf(lot: number): readonly number[] {
    if (lots.policy[lot] === PROTECTED) return (allowed[lot] ??= allowedModes(lots, lot))
    const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
    return (ofFollowers[points] ??= allowedModes(lots, lot))
  }

  function usdPerHour(lot: number, block: number, mode: number): number {
    const cell = cells[blocks.cell[block]!]!
    return modeUsd(lots, lot, mode, hashpriceUsdPerPhDay[cell.stage]!, cell.shiftUsdPerKwh)
  }

  /** At the exact extra cost of its energy. */
  function bestPlan(lot: number, cost: BlockCost): BestPlan {
    const choices = modesOf(lot)
    const mayRest = choices[0] === 0
    let resting = 0
    for (let b = 0; b < n; b++) {
      let best = -Infinity
      for (let c = mayRest ? 1 : 0; c < choices.length; c++) {
        const usd = usdPerHour(lot, b, choices[c]!) - cost(b, modeKw(lots, lot, choices[c]!))
        if (usd > best) {
          best = usd
          running[b] = choices[c]!
        }
      }
      const rest = mayRest ? usdPerHour(lot, b, 0) - cost(b, modeKw(lots, lot, 0)) : 0
      resting += rest * hours[b]!
      x[b] = (best - rest) * hours[b]!
    }
    return planned(lot, mayRest, resting)
  }

  /** Where energy has a price. @param usdPerKw per block, price × hours */
  function pricedPlan(lot: number, usdPerKw: Float64Array): BestPlan {
    const choices = modesOf(lot)
    const mayRest = choices[0] === 0
    const isProtected = lots.policy[lot] === PROTECTED
    let resting = 0
    for (let c = 0; c < choices.length; c++) {
      const mode = choices[c]!
      const kw = modeKw(lots, lot, mode)
      const phs = modePhs(lots, lot, mode)
      const other = kw * lots.otherUsdPerKwh[lot]!
      const shiftKw = isProtected ? 0 : kw
      if (mode === 0) {
        for (let b = 0; b < n; b++) {
          const usd = -kw * usdPerKw[b]! - other * hours[b]! - shiftKw * shift[b]!
          off[b] = usd
          resting += usd
        }
        continue
      }
      const isFirst = c === (mayRest ? 1 : 0)
      for (let b = 0; b < n; b++) {
        const usd = phs * perPhs[b]! - kw * usdPerKw[b]! - other * hours[b]! - shiftKw * shift[b]!
        if (isFirst || usd > x[b]!) {
          x[b] = usd
          running[b] = mode
        }
      }
    }
    if (mayRest) for (let b = 0; b < n; b++) x[b]! -= off[b]!
    return planned(lot, mayRest, resting)
  }

  /** @param restingUsd of standing by throughout, against which x counts */
  function planned(lot: number, mayRest: boolean, restingUsd: number): BestPlan {
    const isOn = lots.isOn[lot] === 1
    const restartUsd = lots.restartUsd[lot]!
    const end = endValueUsd?.[lot] ?? 0
    if (!mayRest) {
      modes.set(running)
      return { usd: x.reduce((sum, each) => sum + each, isOn ? 0 : -restartUsd), modes }
    }
    if (isFree) return { usd: restingUsd + freeSchedule(isOn, restartUsd, end), modes }
    const { valueUsd, on } = bestSchedule(x, times, { isOn, restartUsd, endValueUsd: end }, limits)
    for (let b = 0; b < n; b++) modes[b] = on[b] === 1 ? running[b]! : 0
    return { usd: restingUsd + valueUsd + (on[n - 1] === 1 ? end : 0), modes }
  }

  /** As in lot-schedules.ts: the worth of being on, backwards; what is done, forwards. */
  function freeSchedule(isOn: boolean, restartUsd: number, end: number): number {
    let worth = end
    let rested = 0
    for (let b = n - 1; b >= 0; b--) {
      h[b] = x[b]! + worth
      rested += Math.max(h[b]! - restartUsd, 0)
      worth = Math.min(Math.max(h[b]!, 0), restartUsd)
    }
    let on = isOn
    for (let b = 0; b < n; b++) {
      on = isOn ? h[b]! >= (on ? 0 : restartUsd) : h[b]! > (on ? 0 : restartUsd)
      modes[b] = on ? running[b]! : 0
    }
    return isOn ? rested + worth : rested
  }

  /** What a plan of one machine earns, restarts paid, energy not: with the end value. */
  function planUsd(lot: number, of: Uint8Array): number {
    let usd = 0
    let isOn = lots.isOn[lot] === 1
    for (let b = 0; b < n; b++) {
      usd += usdPerHour(lot, b, of[b]!) * blocks.hours[b]!
      if (of[b]! > 0 && !isOn) usd -= lots.restartUsd[lot]!
      isOn = of[b]! > 0
    }
    return usd + (isOn && modesOf(lot)[0] === 0 ? (endValueUsd?.[lot] ?? 0) : 0)
  }
}

export type Planned = {
  /** per lot; empty where nothing is decided about it */
  readonly plans: readonly (readonly Plan[])[]
  readonly kw: Float64Array
}

/** Power per block of plans. */
export function powerOf({ lots, blocks }: PlanProblem, plans: readonly (readonly Plan[])[]): Float64Array {
  const kw = new Float64Array(blocks.length)
  plans.forEach((of, lot) => {
    for (const plan of of) addPower(kw, lots, lot, plan, 1)
  })
  return kw
}

function addPower(kw: Float64Array, lots: Lots, lot: number, { count, modes }: Plan, sign: 1 | -1): void {
  for (let b = 0; b < kw.length; b++) kw[b]! += sign * count * modeKw(lots, lot, modes[b]!)
}

/** Work left, counted in blocks of lots, so that every computer stops at the same place. */
export type Effort = { left: number }

/**
 * Each lot in turn takes the plans that are best for it against the rest, at their exact extra cost, machine by machine as far as the
 * supply's steps reach. The value never falls.
 *
 * @param offered per cell a convex line of supply; where a limit is hard it goes on at a price that nobody pays
 * @returns whether anything changed
 */
export function improve(
  { problem, bestPlan, planUsd, modesOf }: Planner,
  offered: readonly SupplySteps[],
  planned: { plans: (readonly Plan[])[]; kw: Float64Array },
  order: readonly number[],
  effort: Effort,
): boolean {
  const { lots, blocks } = problem
  const n = blocks.length
  const { kw } = planned
  let changed = false
  const base = new Float64Array(n)
  const rest = new Float64Array(n)
  const cost: BlockCost = (b, more) => costUnder(offered[blocks.cell[b]!]!, kw[b]! + more) - base[b]!
  for (const lot of order) {
    if (effort.left <= 0) return changed
    const before = planned.plans[lot]!
    // nothing is decided about it
    if (before.length === 0) continue
    const costBefore = siteCost()
    for (const plan of before) addPower(kw, lots, lot, plan, -1)
    rest.set(kw)
    const after: Plan[] = []
    let left = lots.machines[lot]!
    while (left > 0 && effort.left > 0) {
      for (let b = 0; b < n; b++) base[b] = costUnder(offered[blocks.cell[b]!]!, kw[b]!)
      effort.left -= n * modesOf(lot).length
      const modes = bestPlan(lot, cost).modes.slice()
      const count = Math.max(1, Math.min(left, alike(lot, modes)))
      after.push({ count, modes })
      addPower(kw, lots, lot, after.at(-1)!, 1)
      left -= count
    }
    const earned = (plans: readonly Plan[]) =>
      plans.reduce((sum, { count, modes }) => sum + count * planUsd(lot, modes), 0)
    const gain = left > 0 ? -Infinity : earned(after) - earned(before) - (siteCost() - costBefore)
    if (gain > tieUsd(costBefore)) {
      planned.plans[lot] = after
      changed = true
      continue
    }
    kw.set(rest)
    for (const plan of before) addPower(kw, lots, lot, plan, 1)
  }
  return changed

  function siteCost(): number {
    let usd = 0
    for (let b = 0; b < n; b++) usd += blocks.hours[b]! * costUnder(offered[blocks.cell[b]!]!, kw[b]!)
    return usd
  }

  /** Machines that may follow the same plan before some block's next kWh has another price. */
  function alike(lot: number, modes: Uint8Array): number {
    let most = Infinity
    for (let b = 0; b < n; b++) {
      const { kw: widths } = offered[blocks.cell[b]!]!
      const each = Math.max(...modesOf(lot).map((mode) => modeKw(lots, lot, mode)))
      if (each <= 0 || modeKw(lots, lot, modes[b]!) <= 0) continue
      let end = 0
      for (const width of widths) {
        end += width
        if (end > kw[b]! + sameKw(kw[b]!)) break
      }
      // the biggest point decides: also what was not chosen must stay as dear as it was
      if (end > kw[b]!) most = Math.min(most, Math.floor((end - kw[b]!) / each + 1e-9))
    }
    return most
  }
}
