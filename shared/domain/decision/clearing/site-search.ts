import type { SupplySteps } from '../../power/supply.ts'
import { isDecided, modeKw } from './demand-curve.ts'
import { isUnlimited, stepsOf, tieUsd } from '../schedule/intervals.ts'
import { sameKw } from './site-cells.ts'
import type { Plan, Planner } from './site-plans.ts'
import { mostSold, powerRange, withFloor } from './site-bound.ts'

/**
 * Closes a small site. At the prices of the bound every plan of a machine loses something against its best one, and so does the supply
 * at every power but those that it sells; what a choice of the site is worth is the bound less these losses. So only plans whose losses
 * together stay below the gap can be better than what is known, and they are tried depth first.
 */
export type Search = {
  /** better than what was known, or null */
  readonly plans: readonly (readonly Plan[])[] | null
  readonly valueUsd: number
  /** everything that could be better was looked at */
  readonly isClosed: boolean
}

/** Plans of one machine that are told apart, and of all lots together; a lot with more of both is not closed. */
const MOST_PLANS = 48
const MOST_PLANS_OF_ALL = 4000

type Option = {
  readonly modes: Uint8Array
  readonly lossUsd: number
  readonly usd: number
  readonly kw: Float64Array
}

/**
 * @param bounding per cell, alternatives of supply as in the bound
 * @param lambda per cell, the prices of the bound
 * @param boundUsd and @param known on the same footing as valueOf: with end values, everything counted
 * @param valueOf exact value of a site for what its machines earn and the power per block; −Infinity where a limit is not kept
 */
export function searchSite(
  plan: Planner,
  bounding: readonly (readonly SupplySteps[])[],
  lambda: Float64Array,
  boundUsd: number,
  knownUsd: number,
  valueOf: (earnedUsd: number, kw: Float64Array) => number,
  nodes: { left: number },
): Search {
  const { problem } = plan
  const { lots, blocks, cells } = problem
  const n = blocks.length
  const limited = isUnlimited(problem.limits, n) ? null : stepsOf(problem.times, n, problem.limits)
  const mostPlans = Math.max(MOST_PLANS, Math.floor(MOST_PLANS_OF_ALL / lots.length))
  let known = knownUsd
  let isClosed = true
  const room = () => (known === -Infinity ? Infinity : boundUsd - known - tieUsd(known))
  const free: { readonly lot: number; readonly options: readonly Option[] }[] = []
  const plans: Plan[][] = Array.from({ length: lots.length }, () => [])
  const kw = new Float64Array(n)
  let earned = 0
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    const options = optionsOf(lot)
    if (options === null) return { plans: null, valueUsd: known, isClosed: false }
    if (options.length > 1) free.push({ lot, options })
    else if (options.length === 1) take(lot, options[0]!, lots.machines[lot]!)
  }
  // The lots whose choices cost most are settled first; the cheap ones fit the rest.
  const weight = ({ options }: (typeof free)[number]) => options[1]!.lossUsd
  free.sort((a, b) => weight(b) - weight(a) || a.lot - b.lot)
  const leastAfter = rangeAfter(Math.min)
  const mostAfter = rangeAfter(Math.max)
  const reach = free.map(({ options }) => reachFrom(options))
  const range = powerRange(plan)
  const soldUsd = cells.map(({ floorKw }, c) => {
    const { leastKw, mostKw } = withFloor(range, floorKw)
    return mostSold(bounding[c]!, lambda[c]!, leastKw, mostKw, leastKw).usdPerHour
  })
  let found: readonly (readonly Plan[])[] | null = null
  descend(0, 0, lots.machines[free[0]?.lot ?? 0] ?? 0, 0)
  return { plans: found, valueUsd: known, isClosed }

  function take(lot: number, option: Option, count: number): void {
    plans[lot]!.push({ count, modes: option.modes })
    add(option, count)
  }
  function add(option: Option, count: number): void {
    for (let b = 0; b < n; b++) kw[b]! += count * option.kw[b]!
    earned += count * option.usd
  }

  /** Power that the lots from one on may still add to each block. */
  function rangeAfter(pick: (...kw: number[]) => number): readonly Float64Array[] {
    const after: Float64Array[] = [new Float64Array(n)]
    for (const { lot, options } of free.toReversed()) {
      const last = after[0]!
      after.unshift(
        last.map((sum, b) => sum + lots.machines[lot]! * pick(...options.map((option) => option.kw[b]!))),
      )
    }
    return after
  }

  function descend(at: number, option: number, left: number, lossUsd: number): void {
    if (!isClosed) return
    if (--nodes.left < 0) {
      isClosed = false
      return
    }
    if (isBeyond(room(), lossUsd, at, option, left)) return
    const entry = free[at]
    if (entry === undefined) {
      const value = valueOf(earned, kw)
      if (value > (known === -Infinity ? known : known + tieUsd(known))) {
        known = value
        found = plans.map((of) => of.map((each) => ({ ...each })))
      }
      return
    }
    const { lot, options } = entry
    const each = options[option]!
    const isLast = option === options.length - 1
    const earnedBefore = earned
    const before = kw.slice()
    for (let count = left; count >= (isLast ? left : 0); count--) {
      const loss = lossUsd + count * each.lossUsd
      if (loss > room()) continue
      if (count > 0) take(lot, each, count)
      const next = free[at + 1]
      if (count === left) descend(at + 1, 0, next === undefined ? 0 : lots.machines[next.lot]!, loss)
      else descend(at, option + 1, left - count, loss)
      if (count > 0) plans[lot]!.pop()
      kw.set(before)
      earned = earnedBefore
    }
  }

  /** Power of one machine per block under the options from each on: the least and the most. */
  function reachFrom(options: readonly Option[]) {
    const reaches: { readonly low: Float64Array; readonly high: Float64Array }[] = []
    for (const { kw: own } of options.toReversed()) {
      const after = reaches[0]
      reaches.unshift({
        low: own.map((kw, b) => Math.min(kw, after?.low[b] ?? kw)),
        high: own.map((kw, b) => Math.max(kw, after?.high[b] ?? kw)),
      })
    }
    return reaches
  }

  /** Whether the losses come to more than the room, whatever the lots from here on do: no block's supply gains by its power. */
  function isBeyond(roomUsd: number, lossUsd: number, at: number, option: number, left: number): boolean {
    const own = reach[at]?.[option]
    let loss = 0
    for (let b = 0; b < n; b++) {
      let least = kw[b]!
      let most = kw[b]!
      if (own !== undefined) {
        least = least + leastAfter[at + 1]![b]! + left * own.low[b]!
        most = most + mostAfter[at + 1]![b]! + left * own.high[b]!
      }
      loss += blocks.hours[b]! * supplyLoss(blocks.cell[b]!, least, most)
      if (lossUsd + loss > roomUsd) return true
    }
    return lossUsd > roomUsd
  }

  function supplyLoss(c: number, least: number, most: number): number {
    const { floorKw } = cells[c]!
    if (most < floorKw - sameKw(floorKw)) return Infinity
    const from = Math.max(least, Math.min(floorKw, most))
    const here = mostSold(bounding[c]!, lambda[c]!, from, most, from).usdPerHour
    return Math.max(soldUsd[c]! - here, 0)
  }

  /** All plans of one machine that lose less than the room at the bound's prices; null: too many. */
  function optionsOf(lot: number): readonly Option[] | null {
    const modes = plan.modesOf(lot)
    const mayRest = modes[0] === 0
    const restart = lots.restartUsd[lot]!
    const end = mayRest ? (problem.endValueUsd?.[lot] ?? 0) : 0
    const worth = modes.map((mode) =>
      Float64Array.from(
        { length: n },
        (_, b) =>
          blocks.hours[b]! *
          (plan.usdPerHour(lot, b, mode) - lambda[blocks.cell[b]!]! * modeKw(lots, lot, mode)),
      ),
    )
    // best from a block on, by the state before it
    const best = new Float64Array(2 * (n + 1))
    best[2 * n + 1] = end
    for (let b = n - 1; b >= 0; b--)
      for (const state of [0, 1] as const)
        best[2 * b + state] = Math.max(...modes.map((mode, m) => step(b, state, mode, m)))
    const first = lots.isOn[lot] === 1 ? 1 : 0
    const found: Option[] = []
    const now = new Uint8Array(n)
    let count = 0
    // Under limits the best plan earns less than the best without, and losses count against it.
    const isLimited = mayRest && limited !== null
    const outOfReachUsd = isLimited ? Math.max(best[first]! - plan.price(lot, lambda), 0) : 0
    const isWhole = walk(0, first, -outOfReachUsd, 0, 0)
    return isWhole ? found.sort((a, b) => a.lossUsd - b.lossUsd) : null

    function step(b: number, state: 0 | 1, mode: number, m: number): number {
      const next = mode > 0 ? 1 : 0
      return worth[m]![b]! - (next === 1 && state === 0 ? restart : 0) + best[2 * (b + 1) + next]!
    }
    /** @param heldUntil block before which nothing may switch again; @param switches of the day of block b so far */
    function walk(b: number, state: 0 | 1, lossUsd: number, heldUntil: number, switches: number): boolean {
      if (++count > 50 * mostPlans) return false
      if (b === n) {
        if (found.length >= mostPlans) return false
        const taken = now.slice()
        found.push({
          modes: taken,
          lossUsd: Math.max(lossUsd, 0),
          usd: plan.planUsd(lot, taken),
          kw: Float64Array.from(taken, (mode) => modeKw(lots, lot, mode)),
        })
        return true
      }
      return modes.every((mode, m) => {
        const loss = lossUsd + Math.max(best[2 * b + state]! - step(b, state, mode, m), 0)
        if (loss > room()) return true
        now[b] = mode
        const next = mode > 0 ? 1 : 0
        if (!isLimited) return walk(b + 1, next, loss, 0, 0)
        let [held, made] = [heldUntil, switches]
        if (next !== state) {
          made += limited.counted
          if (b < heldUntil || made > limited.most) return true
          held = (next === 1 ? limited.untilOn : limited.untilOff)[b]!
        }
        return walk(b + 1, next, loss, held, limited.switchesAt(b, b + 1, made))
      })
    }
  }
}
