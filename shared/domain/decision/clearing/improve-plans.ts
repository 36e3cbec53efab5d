import type { SupplySteps } from '../../power/supply.ts'
import { tieUsd } from '../schedule/intervals.ts'
import { modeKw } from './demand-curve.ts'
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
