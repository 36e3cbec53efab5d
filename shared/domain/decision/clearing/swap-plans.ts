import type { SupplySteps } from '../../power/supply.ts'
import { isUnlimited, tieUsd } from '../schedule/intervals.ts'
import { isDecided, modeKw } from './demand-curve.ts'
import { costUnder } from './site-cells.ts'
import type { Plan, Planner } from './site-plans.ts'
import { addPower } from './site-plans.ts'

/** Moves that are tried with one another, those first that lose least at the prices of the bound. */
const MOST_MOVES = 80
const MOST_SWAPS = 40

/** One machine of a lot follows other modes. */
type Move = {
  readonly lot: number
  readonly from: Uint8Array
  readonly to: Uint8Array
  /** at the prices of the bound, USD, 0 or more but for rounding */
  readonly lossUsd: number
  /** before energy, restarts paid, USD */
  readonly earnedUsd: number
  readonly kw: Float64Array
}

/**
 * Two machines change what they do at once: one leaves room that another fills better, which neither would do alone. What they may
 * follow are the modes that others of the site follow. The value never falls.
 *
 * @param offered as for `improve`
 * @param lambda prices of the bound, per cell
 * @param roomUsd by which the bound is above the value: moves that lose more are worth nothing together with any other
 * @returns whether anything changed, and how much more machines earn before energy, restarts paid, USD
 */
export function swapPairs(
  { problem, earnedUsd, modesOf }: Planner,
  offered: readonly SupplySteps[],
  planned: { plans: (readonly Plan[])[]; kw: Float64Array },
  lambda: Float64Array,
  roomUsd: number,
): { readonly changed: boolean; readonly earnedUsd: number } {
  const { lots, blocks, limits } = problem
  const { cell, hours, length: n } = blocks
  const { kw } = planned
  let earned = 0
  let swaps = 0
  // What one lot may do between its switches another may not, from where it is now.
  if (!isUnlimited(limits, n)) return { changed: false, earnedUsd: 0 }
  const costAt = (b: number, power: number) => hours[b]! * costUnder(offered[cell[b]!]!, power)
  const base = new Float64Array(n)
  for (; swaps < MOST_SWAPS; swaps++) {
    let usd = 0
    for (let b = 0; b < n; b++) usd += base[b] = costAt(b, kw[b]!)
    const swap = bestSwap(tieUsd(usd))
    if (swap === null) break
    for (const move of swap) take(move)
  }
  return { changed: swaps > 0, earnedUsd: earned }

  function bestSwap(leastUsd: number): readonly Move[] | null {
    const moves = allMoves()
    let most = leastUsd
    let best: readonly Move[] | null = null
    for (let i = 0; i < moves.length; i++)
      for (let j = i; j < moves.length; j++) {
        const one = moves[i]!
        const other = moves[j]!
        if (one.lossUsd + other.lossUsd >= roomUsd) break
        if (one.lot === other.lot && !areThere(one, other)) continue
        let gain = one.earnedUsd + other.earnedUsd
        for (let b = 0; b < n; b++) gain -= costAt(b, kw[b]! + one.kw[b]! + other.kw[b]!) - base[b]!
        if (gain > most) {
          most = gain
          best = [one, other]
        }
      }
    return best
  }

  /** Are there two machines of the lot for both moves? */
  function areThere(one: Move, other: Move): boolean {
    if (one.from !== other.from) return true
    return planned.plans[one.lot]!.some(({ modes, count }) => modes === one.from && count > 1)
  }

  function allMoves(): readonly Move[] {
    const patterns = new Set(planned.plans.flatMap((plans) => plans.map(({ modes }) => modes)))
    const moves: Move[] = []
    for (let lot = 0; lot < lots.length; lot++) {
      if (!isDecided(lots, lot)) continue
      const may = new Set(modesOf(lot))
      const fitting = [...patterns].filter((modes) => modes.every((mode) => may.has(mode)))
      const best = Math.max(...fitting.map((modes) => worthUsd(lot, modes)))
      for (const { modes: from } of planned.plans[lot]!)
        for (const to of fitting) {
          if (to === from) continue
          const lossUsd = best - worthUsd(lot, to)
          if (lossUsd < roomUsd) moves.push(moveOf(lot, from, to, lossUsd))
        }
    }
    return moves.sort((a, b) => a.lossUsd - b.lossUsd || a.lot - b.lot).slice(0, MOST_MOVES)
  }

  /** Of one machine at the prices of the bound. */
  function worthUsd(lot: number, modes: Uint8Array): number {
    let usd = earnedUsd(lot, modes)
    for (let b = 0; b < n; b++) usd -= hours[b]! * lambda[cell[b]!]! * modeKw(lots, lot, modes[b]!)
    return usd
  }

  function moveOf(lot: number, from: Uint8Array, to: Uint8Array, lossUsd: number): Move {
    const power = Float64Array.from(to, (mode, b) => modeKw(lots, lot, mode) - modeKw(lots, lot, from[b]!))
    return { lot, from, to, lossUsd, earnedUsd: earnedUsd(lot, to) - earnedUsd(lot, from), kw: power }
  }

  function take({ lot, from, to, earnedUsd: usd }: Move): void {
    const counts = new Map(planned.plans[lot]!.map(({ modes, count }) => [modes, count]))
    counts.set(from, counts.get(from)! - 1)
    counts.set(to, (counts.get(to) ?? 0) + 1)
    planned.plans[lot] = [...counts].flatMap(([modes, count]) => (count > 0 ? [{ count, modes }] : []))
    addPower(kw, lots, lot, { count: 1, modes: from }, -1)
    addPower(kw, lots, lot, { count: 1, modes: to }, 1)
    earned += usd
  }
}
