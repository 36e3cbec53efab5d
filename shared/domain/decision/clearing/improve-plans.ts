import type { SupplySteps } from '../../power/supply.ts'
import { tieUsd } from '../schedule/intervals.ts'
import { modeKw } from './demand-curve.ts'
import { isSameModes } from './same-modes.ts'
import { costUnder, sameKw } from './site-cells.ts'
import type { BlockCost, Plan, Planner } from './site-plans.ts'
import { addPower } from './site-plans.ts'

/** Work left, counted in blocks of lots, so that every computer stops at the same place. */
export type Effort = { left: number }

/**
 * Each lot in turn takes the plans that are best for it against the rest, at their exact extra cost, machine by machine as far as the
 * supply's steps reach. The value never falls.
 *
 * @param offered per cell a convex line of supply; where a limit is hard it goes on at a price that nobody pays
 * @returns whether anything changed, and how much more machines earn before energy, restarts paid, USD
 */
export function improve(
  { problem, bestPlan, earnedUsd: earnedByUsd, keep, modesOf }: Planner,
  offered: readonly SupplySteps[],
  planned: { plans: (readonly Plan[])[]; kw: Float64Array },
  order: readonly number[],
  effort: Effort,
): { readonly changed: boolean; readonly earnedUsd: number } {
  const { lots, blocks } = problem
  const n = blocks.length
  const { kw } = planned
  let changed = false
  let earnedUsd = 0
  /** cost of the site as it is, and without the lot, USD per hour */
  const usdAt = Float64Array.from(kw, (each, b) => costAt(b, each))
  const base = new Float64Array(n)
  const before = new Float64Array(n)
  const cost: BlockCost = (b, more) => costAt(b, kw[b]! + more) - base[b]!
  for (const lot of order) {
    if (effort.left <= 0) break
    const plans = planned.plans[lot]!
    // nothing is decided about it
    if (plans.length === 0) continue
    before.set(kw)
    for (const plan of plans) addPower(kw, lots, lot, plan, -1)
    const after: Plan[] = []
    let left = lots.machines[lot]!
    while (left > 0 && effort.left > 0) {
      for (let b = 0; b < n; b++) base[b] = costAt(b, kw[b]!)
      effort.left -= n * modesOf(lot).length
      const modes = keep(bestPlan(lot, cost).modes)
      const count = left === 1 ? 1 : Math.max(1, Math.min(left, alike(lot, modes)))
      after.push({ count, modes })
      addPower(kw, lots, lot, after.at(-1)!, 1)
      left -= count
    }
    const more = left > 0 || isSame(plans, after) ? 0 : planUsdOf(lot, after) - planUsdOf(lot, plans)
    if (left > 0 || isSame(plans, after) || !isGain(more)) {
      kw.set(before)
      continue
    }
    earnedUsd += more
    for (let b = 0; b < n; b++) usdAt[b] = costAt(b, kw[b]!)
    planned.plans[lot] = after
    changed = true
  }
  return { changed, earnedUsd }

  function planUsdOf(lot: number, plans: readonly Plan[]): number {
    let usd = 0
    for (const { count, modes } of plans) usd += count * earnedByUsd(lot, modes)
    return usd
  }

  function costAt(b: number, power: number): number {
    return costUnder(offered[blocks.cell[b]!]!, power)
  }

  /** Of what the lot earns more, with the power as it is with its new plans. */
  function isGain(moreUsd: number): boolean {
    let usd = moreUsd
    let cost = 0
    for (let b = 0; b < n; b++) {
      cost += blocks.hours[b]! * usdAt[b]!
      usd -= blocks.hours[b]! * (costAt(b, kw[b]!) - usdAt[b]!)
    }
    return usd > tieUsd(cost)
  }

  /** Machines that may follow the same plan before some block's next kWh has another price. */
  function alike(lot: number, modes: Uint8Array): number {
    let each = 0
    for (const mode of modesOf(lot)) each = Math.max(each, modeKw(lots, lot, mode))
    let most = Infinity
    if (each <= 0) return most
    for (let b = 0; b < n; b++) {
      const { kw: widths } = offered[blocks.cell[b]!]!
      if (modeKw(lots, lot, modes[b]!) <= 0) continue
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

/** Do as many machines do the same? */
export function isSame(plans: readonly Plan[], after: readonly Plan[]): boolean {
  return (
    plans.length === after.length &&
    plans.every(({ count, modes }, i) => {
      const other = after[i]!
      return count === other.count && isSameModes(modes, other.modes)
    })
  )
}
