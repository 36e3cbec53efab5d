import type { SupplySteps } from '../../power/supply.ts'
import { isDecided, modeKw } from './demand-curve.ts'
import { tieUsd } from '../schedule/intervals.ts'
import { costUnder } from './site-cells.ts'
import type { Effort } from './improve-plans.ts'
import type { Plan, Planner } from './site-plans.ts'

export type Dual = {
  /** no plans of whole machines are worth more, USD, with end values */
  readonly boundUsd: number
  readonly lambdaUsdPerKwh: Float64Array
}

/**
 * The Lagrangian bound: when energy has a price per cell, lots no longer compete, and what they earn together with what the supply
 * earns at that price is never less than any plan of the site. Lowered by subgradient steps towards the best plan known.
 *
 * @param bounding per cell, alternatives of supply
 * @param knownUsd value of a known plan, less what the bounding supply credits
 */
export function lowerBound(
  plan: Planner,
  bounding: readonly (readonly SupplySteps[])[],
  start: Float64Array,
  knownUsd: number,
  mostSteps: number,
  effort: Effort,
): Dual {
  const { lots, cells, blocks } = plan.problem
  const n = blocks.length
  const decided = Array.from({ length: lots.length }, (_, lot) => lot).filter((lot) => isDecided(lots, lot))
  const range = powerRange(plan)
  const work = decided.reduce((sum, lot) => sum + n * plan.modesOf(lot).length, 0)
  const lambda = Float64Array.from(start)
  if (work > effort.left) return { boundUsd: Infinity, lambdaUsdPerKwh: lambda }
  let best: Dual = { boundUsd: Infinity, lambdaUsdPerKwh: start }
  let reach = 1
  let sinceBetter = 0
  let steps = 0
  const demand = new Float64Array(cells.length)
  const slope = new Float64Array(cells.length)
  do {
    effort.left -= work
    demand.fill(0)
    let usd = 0
    for (const lot of decided) {
      usd += lots.machines[lot]! * plan.price(lot, lambda)
      plan.addPricedKwh(demand, lots.machines[lot]!)
    }
    let norm = 0
    for (let c = 0; c < cells.length; c++) {
      const { hours, floorKw } = cells[c]!
      const wanted = hours > 0 ? demand[c]! / hours : 0
      const { leastKw, mostKw } = withFloor(range, floorKw)
      const sold = mostSold(bounding[c]!, lambda[c]!, leastKw, mostKw, wanted)
      usd += hours * sold.usdPerHour
      slope[c] = wanted - sold.kw
      norm += hours * slope[c]! * slope[c]!
    }
    if (usd < best.boundUsd) {
      sinceBetter = usd < best.boundUsd - tieUsd(usd) ? 0 : sinceBetter
      best = { boundUsd: usd, lambdaUsdPerKwh: lambda.slice() }
    } else if (++sinceBetter % 5 === 0) {
      reach /= 2
      lambda.set(best.lambdaUsdPerKwh)
    }
    // without a plan that keeps the limits, a tenth is as good a distance as any
    const gap = knownUsd > -Infinity ? usd - knownUsd : Math.abs(usd) / 10 + 1
    if (norm <= 0 || gap <= tieUsd(usd)) break
    // demand above what is sold at the price: dearer
    for (let c = 0; c < cells.length; c++) lambda[c]! += (reach * gap * slope[c]!) / norm
  } while (++steps < mostSteps && effort.left >= work && reach > 1e-4)
  return best
}

/** The least and the most that all machines together may draw, kW. */
export type PowerRange = { readonly leastKw: number; readonly mostKw: number }

export function powerRange({ problem: { lots }, modesOf }: Planner): PowerRange {
  let [leastKw, mostKw] = [0, 0]
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    let [least, most] = [Infinity, -Infinity]
    for (const mode of modesOf(lot)) {
      least = Math.min(least, modeKw(lots, lot, mode))
      most = Math.max(most, modeKw(lots, lot, mode))
    }
    leastKw += lots.machines[lot]! * least
    mostKw += lots.machines[lot]! * most
  }
  return { leastKw, mostKw }
}

/** The same, of a cell that asks for a floor. */
export function withFloor({ leastKw, mostKw }: PowerRange, floorKw: number): PowerRange {
  return { leastKw: Math.max(leastKw, Math.min(floorKw, mostKw)), mostKw }
}

/** What the supply earns at the most at a price of energy, and the power nearest to a wanted one at which it earns that. */
export function mostSold(
  alternatives: readonly SupplySteps[],
  price: number,
  leastKw: number,
  mostKw: number,
  wantedKw: number,
): { readonly usdPerHour: number; readonly kw: number } {
  let best = { usdPerHour: -Infinity, kw: leastKw }
  for (const steps of alternatives) {
    let end = 0
    let low = leastKw
    let high = leastKw
    for (let k = 0; k < steps.kw.length; k++) {
      end += steps.kw[k]!
      const at = Math.min(Math.max(end, leastKw), mostKw)
      if (steps.usdPerKwh[k]! < price - 1e-12) low = at
      if (steps.usdPerKwh[k]! <= price + 1e-12) high = at
    }
    const kw = Math.min(Math.max(wantedKw, low), Math.max(high, low))
    const usdPerHour = price * kw - costUnder(steps, kw)
    // a hair below the best of the range would be no bound
    const sure = Math.max(
      usdPerHour,
      price * low - costUnder(steps, low),
      price * high - costUnder(steps, high),
    )
    if (sure > best.usdPerHour) best = { usdPerHour: sure, kw }
  }
  return best
}

/** Every lot's best plan where energy has a price per cell, and what all machines earn by them before energy, restarts paid, USD. */
export function plansAt(
  plan: Planner,
  lambda: Float64Array,
): { readonly plans: readonly (readonly Plan[])[]; readonly earnedUsd: number } {
  const { lots } = plan.problem
  const kwh = new Float64Array(lambda.length)
  let earnedUsd = 0
  const plans = Array.from({ length: lots.length }, (_, lot): readonly Plan[] => {
    if (!isDecided(lots, lot)) return []
    const count = lots.machines[lot]!
    earnedUsd += count * plan.price(lot, lambda)
    plan.addPricedKwh(kwh, count)
    return [{ count, modes: plan.pricedPlan() }]
  })
  kwh.forEach((each, c) => (earnedUsd += lambda[c]! * each))
  return { plans, earnedUsd }
}
