import type { SupplySteps } from '../../power/supply.ts'
import type { DemandCurve, Steps } from './demand-curve.ts'
import { isDecided } from './demand-curve.ts'
import type { Lots } from '../sites/lots.ts'
import type { Cell } from './site-cells.ts'
import { costUnder, crossing, sameKw } from './site-cells.ts'
import type { ModesKeeper } from './same-modes.ts'
import type { Plan } from './site-plans.ts'

/** Whole machines of one cell: all steps of the curve before a place, and some machines of the step at it. */
export type CellChoice = {
  readonly full: number
  readonly cutMachines: number
  readonly kw: number
  /** restarts and what couples cells left out */
  readonly usdPerHour: number
  /** false where rounding to whole machines keeps no limit */
  readonly isWithin: boolean
}

/** The crossing in whole machines: the cut step is rounded to the side that earns more, up where a floor asks for it. */
export function choiceOfCell(
  lots: Lots,
  steps: Steps,
  curve: DemandCurve,
  offered: readonly SupplySteps[],
  { floorKw }: Cell,
): CellChoice {
  let best: CellChoice | null = null
  for (const supply of offered) {
    const { full, restKw } = crossing(curve, supply, floorKw)
    const step = curve.order[full]
    const machines = step === undefined ? 0 : Math.floor(restKw / steps.kw[step]! + 1e-9)
    for (const cut of restKw > 0 ? [machines, machines + 1] : [0]) {
      const kwOfCut = step === undefined ? 0 : cut * steps.kw[step]!
      if (step !== undefined && cut > lots.machines[steps.lot[step]!]!) continue
      const kw = curve.baseKw + curve.kwBefore[full]! + kwOfCut
      const earned = curve.baseUsd + curve.usdBefore[full]! + kwOfCut * (curve.strikeUsdPerKwh[full] ?? 0)
      const cost = Math.min(...offered.map((each) => costUnder(each, kw)))
      const choice = {
        full,
        cutMachines: cut,
        kw,
        usdPerHour: earned - cost,
        isWithin: cost < Infinity && kw >= floorKw - sameKw(floorKw),
      }
      if (best === null || isBetter(choice, best)) best = choice
    }
  }
  return best!
}

function isBetter(a: CellChoice, b: CellChoice): boolean {
  return a.isWithin === b.isWithin ? a.usdPerHour > b.usdPerHour : a.isWithin
}

/** The plans of lots when every cell is chosen by itself: the same machines go furthest in all of them. */
export function plansOfCells(
  lots: Lots,
  steps: Steps,
  curves: readonly DemandCurve[],
  choices: readonly CellChoice[],
  keep: ModesKeeper,
): (lot: number) => readonly Plan[] {
  const modes = new Uint8Array(choices.length)
  return (lot) => {
    if (!isDecided(lots, lot)) return []
    const machines = lots.machines[lot]!
    modes.fill(steps.baseMode[lot]!)
    const from = steps.from[lot]!
    const to = steps.from[lot + 1]!
    /** cells in which some of the machines go one step further, and how many */
    let cuts: { readonly c: number; readonly mode: number; readonly count: number }[] | null = null
    for (let c = 0; c < choices.length; c++) {
      const { place } = curves[c]!
      const { full, cutMachines } = choices[c]!
      for (let step = from; step < to && place[step]! <= full; step++) {
        const mode = steps.mode[step]!
        if (place[step]! < full || cutMachines >= machines) modes[c] = mode
        else if (cutMachines > 0) (cuts ??= []).push({ c, mode, count: cutMachines })
      }
    }
    if (cuts === null) return [{ count: machines, modes: keep(modes) }]
    const ends = [...new Set([...cuts.map(({ count }) => count), machines])].sort((a, b) => a - b)
    return ends.map((end, at) => {
      const first = at === 0 ? 0 : ends[at - 1]!
      const each = modes.slice()
      for (const { c, mode, count } of cuts) if (first < count) each[c] = mode
      return { count: end - first, modes: keep(each) }
    })
  }
}

/** One list of plans from a list per cell: the machines that do most are the same in all of them. */
export function joinPlans(perCell: readonly (readonly Plan[])[]): readonly Plan[] {
  const falling = perCell.map((plans) => [...plans].sort((a, b) => b.modes[0]! - a.modes[0]!))
  const ends = new Set<number>()
  for (const plans of falling) {
    let end = 0
    for (const { count } of plans) ends.add((end += count))
  }
  let first = 0
  return [...ends]
    .sort((a, b) => a - b)
    .map((end) => {
      const at = first
      first = end
      const modes = Uint8Array.from(falling, (plans) => {
        let to = 0
        return plans.find(({ count }) => (to += count) > at)!.modes[0]!
      })
      return { count: end - at, modes }
    })
}

/** Lots from the one whose machines bid most; all where none are given. */
export function lotsByBid(
  steps: Steps,
  curve: DemandCurve | undefined,
  among?: readonly number[],
): readonly number[] {
  const lots = among?.slice() ?? Array.from({ length: steps.from.length - 1 }, (_, lot) => lot)
  const first = (lot: number) =>
    steps.from[lot] === steps.from[lot + 1] ? -1 : curve!.place[steps.from[lot]!]!
  return curve === undefined ? lots : lots.sort((a, b) => first(a) - first(b) || a - b)
}

/** A price of energy that no machine pays, whatever a start costs. */
export function steepPrice(lots: Lots, cells: readonly Cell[], curves: readonly DemandCurve[]): number {
  let most = 1
  cells.forEach(({ alternatives }, c) => {
    for (const { usdPerKwh } of alternatives)
      for (const usd of usdPerKwh) most = Math.max(most, Math.abs(usd))
    const { strikeUsdPerKwh: strike } = curves[c]!
    if (strike.length > 0) most = Math.max(most, Math.abs(strike[0]!), Math.abs(strike.at(-1)!))
  })
  let restart = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (isDecided(lots, lot)) restart = Math.max(restart, lots.restartUsd[lot]!)
  return 1000 * (most + restart)
}
