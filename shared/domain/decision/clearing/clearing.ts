import { PROTECTED } from '../../power/machine-policy.ts'
import type { SiteSupply, SupplyGroup } from '../../power/supply.ts'
import { MS_PER_HOUR } from '../../units.ts'
import { choiceOfCell, joinPlans, lotsByBid, plansOfCells, steepPrice } from './cell-choice.ts'
import type { DemandCurve } from './demand-curve.ts'
import { demandCurve, isDecided, stepsOfLots } from './demand-curve.ts'
import type { SwitchLimits } from '../schedule/intervals.ts'
import { isUnlimited, NO_SWITCH_LIMITS, tieUsd } from '../schedule/intervals.ts'
import type { Lots } from '../sites/lots.ts'
import { modesKeeper } from './same-modes.ts'
import { blocksOfCells, blocksOfTime, spreadOver } from './site-blocks.ts'
import { cellsOf, costUnder, crossing, intervalHours, sameKw } from './site-cells.ts'
import type { Blocks, SiteBill } from './site-cost.ts'
import { cheapest, siteBill } from './site-cost.ts'
import type { Plan, PlanProblem } from './site-plans.ts'
import { hardLine, siteMargins, softLine } from './site-margins.ts'
import { shadowsOf } from './site-shadows.ts'
import type { Solution } from './site-solve.ts'
import { allDrawing, allResting, asItIs, solve } from './site-solve.ts'

/**
 * A site as a market for energy: its machines bid what a kWh earns them, its contract is the supply. The crossing of each group of
 * intervals is the site's marginal price, and says who runs.
 */
export type SiteProblem = {
  readonly lots: Lots
  readonly supply: SiteSupply
  /** per stage */
  readonly hashpriceUsdPerPhDay: readonly number[]
  readonly limits?: SwitchLimits
  /**
   * Per lot, what it is worth to one machine to be on at the end, where energy costs so much per interval, USD/kWh; for the comparison
   * of plans only. null: nothing.
   */
  readonly endValuesAt?: (lambdaUsdPerKwh: Float64Array) => Float64Array | null
}

export type SiteClearing = {
  /** per interval: what one kWh more costs the site, USD/kWh */
  readonly lambdaUsdPerKwh: Float64Array
  /** per interval, at the meter, standby of idle machines included */
  readonly powerKw: Float64Array
  /** of the horizon as advised: revenue − other cost − the site's bill − restarts, USD */
  readonly valueUsd: number
  /** end values of the machines that end on: in the comparison of plans, in no other figure */
  readonly endsUsd: number
  /** no plans of whole machines are worth more */
  readonly upperBoundUsd: number
  readonly gapUsd: number
  /** nothing is worth more */
  readonly isProven: boolean
  readonly bill: SiteBill
  /** chosen peak per stage; Infinity where none is */
  readonly peakKw: readonly number[]
  /**
   * All machines of a lot: their modes per interval, 0 off, 1 + j point j. Empty where a figure is missing: then the lot stays out
   * of all sums.
   */
  readonly plansOf: (lot: number) => readonly Plan[]
  /**
   * Per interval, what all machines of a lot earn by running over standing by, USD: revenue − v·kWh − [site cost with them − without],
   * at their best point, the rest as advised. NaN where a figure is missing.
   * @param siteKw of the site per interval, the lot as advised and the rest as it is now known to be; as advised where it is left out
   */
  readonly marginsOf: (lot: number, siteKw?: Float64Array) => Float64Array
  /** The same if its machines follow other plans, as many machines as the lot has. */
  readonly marginsOfPlans: (lot: number, plans: readonly Plan[]) => Float64Array
  /** The same per stage over the intervals in which it pays; over all of them where it pays in none. */
  readonly worthOf: (lot: number) => Float64Array
}

/** Lots of a site up to which each is weighed at the exact extra cost of its energy; of more, one is too small to move the price. */
export const MOST_EXACT = 1000
/** Lots of a site that is searched to the end, and the nodes that this may take. */
const MOST_SEARCHED = 200
const NODES = 300_000
/** Blocks of lots that the bound and the improvement may look at: counts, not times, so that every computer gives the same answer. */
const BOUND_EFFORT = { small: 8_000_000, large: 1_000_000 }
const IMPROVE_EFFORT = 6_000_000

/** Runs of intervals with two lines of supply that are told apart where intervals hang together: each doubles the work. */
const MOST_DOUBLED = 4

/** @throws RangeError naming capKw or floorKw where no choice of whole machines keeps the limit */
export function clearSite(given: SiteProblem): SiteClearing {
  const { lots, limits = NO_SWITCH_LIMITS } = given
  const isFree = isUnlimited(limits, given.supply.intervals.length)
  const supply = doubledApart(given.supply, isFree)
  const doubled = supply.groups.map((_, g) => g).filter((g) => supply.groups[g]!.alternatives.length > 1)
  const hangsTogether = supply.peakCharge !== null || lots.restartUsd.some((usd) => usd > 0) || !isFree
  const isFew = doubled.length <= MOST_DOUBLED && lots.length < MOST_SEARCHED
  if (doubled.length === 0 || !hangsTogether || !isFew) return clear(given, 1)
  // The lesser of two lines is no convex cost: every choice of lines is cleared by itself, and the best one is the answer.
  const choices = 2 ** doubled.length
  // What is compared among them is worth the same in each.
  const ends = given.endValuesAt?.(nextKwhUsd(given)) ?? null
  const each = Array.from({ length: choices }, (_, bits) => {
    const groups = supply.groups.map((group, g) => {
      const at = doubled.indexOf(g)
      return at < 0 ? group : { ...group, alternatives: [group.alternatives[(bits >> at) & 1]!] }
    })
    return clear({ ...given, supply: { ...supply, groups }, endValuesAt: () => ends }, choices)
  })
  const compared = (one: SiteClearing) => one.valueUsd + one.endsUsd
  const best = each.reduce((one, other) => (compared(other) > compared(one) ? other : one))
  const upperBoundUsd = Math.max(...each.map((one) => one.upperBoundUsd + one.endsUsd)) - best.endsUsd
  const isProven = upperBoundUsd - best.valueUsd <= tieUsd(best.valueUsd)
  return {
    ...best,
    upperBoundUsd: isProven ? best.valueUsd : upperBoundUsd,
    gapUsd: isProven ? 0 : upperBoundUsd - best.valueUsd,
    isProven,
  }
}

/** The supply with a group for each run of intervals that has two lines: where intervals hang together, each may be on another line. */
function doubledApart(supply: SiteSupply, isFree: boolean): SiteSupply {
  const { intervals } = supply
  const groups: SupplyGroup[] = supply.groups.map((each) =>
    each.alternatives.length > 1 ? { ...each, hours: 0 } : each,
  )
  const isUsed = new Uint8Array(groups.length)
  const group = new Uint16Array(intervals.length)
  for (let i = 0; i < intervals.length; i++) {
    const g = intervals.group[i]!
    const given = supply.groups[g]!
    const goesOn = isFree && i > 0 && intervals.group[i - 1] === g
    group[i] = given.alternatives.length === 1 || isUsed[g] === 0 ? g : goesOn ? group[i - 1]! : groups.length
    if (group[i] === groups.length) groups.push({ ...given, hours: 0 })
    if (given.alternatives.length === 1) continue
    isUsed[g] = 1
    const hours = (intervals.atMs[i + 1]! - intervals.atMs[i]!) / MS_PER_HOUR
    groups[group[i]!] = { ...groups[group[i]!]!, hours: groups[group[i]!]!.hours + hours }
  }
  return { ...supply, groups, intervals: { ...intervals, group } }
}

/** Demand and supply of every cell where nothing ties one to the next, and the price at which they meet. */
function crossingsOf({ lots, supply, hashpriceUsdPerPhDay }: SiteProblem) {
  const steps = stepsOfLots(lots)
  const cells = cellsOf(supply)
  // One curve for all cells of a stage in which the same may be shed.
  const known = new Map<string, DemandCurve>()
  let near: DemandCurve | undefined
  const curves = cells.cells.map(({ stage, shiftUsdPerKwh }) => {
    const name = `${stage} ${shiftUsdPerKwh}`
    const curve =
      known.get(name) ?? demandCurve(lots, steps, hashpriceUsdPerPhDay[stage]!, shiftUsdPerKwh, near)
    known.set(name, curve)
    near = curve
    return curve
  })
  const shadows = shadowsOf(supply, cells, curves, hashpriceUsdPerPhDay.length)
  return { steps, cells, curves, shadows, crossings: shadows.crossings }
}

/**
 * Per interval what one kWh more costs the site where machines may be split and nothing ties one interval to the next, USD/kWh: what a
 * machine that is too small to move the price pays there.
 */
export function nextKwhUsd(given: SiteProblem): Float64Array {
  const { crossings, cells } = crossingsOf(given)
  return Float64Array.from(cells.cellOf, (c) => crossings[c]!.lambdaUsdPerKwh)
}

/** @param shares of the effort among so many clearings of the same site */
function clear(given: SiteProblem, shares: number): SiteClearing {
  const { lots, supply, hashpriceUsdPerPhDay, limits = NO_SWITCH_LIMITS } = given
  const { steps, cells, curves, shadows, crossings } = crossingsOf(given)
  const hours = intervalHours(supply)
  const { offered, bounding, creditUsd, alternative } = shadows
  const choices = cells.cells.map((cell, c) => choiceOfCell(lots, steps, curves[c]!, offered[c]!, cell))
  const byCell = plansOfCells(lots, steps, curves, choices, modesKeeper())
  const lambda = Float64Array.from(crossings, ({ lambdaUsdPerKwh }) => lambdaUsdPerKwh)
  const endValueUsd = given.endValuesAt?.(Float64Array.from(cells.cellOf, (c) => lambda[c]!)) ?? null
  const cellBlocks = blocksOfCells(cells)
  const standbyUsd = standbyCredits()
  const isSmall = lots.length < MOST_SEARCHED
  const isFree = isUnlimited(limits, hours.length)
  const hasEnds = endValueUsd?.some((usd) => usd !== 0) ?? false
  const isTied = hasEnds || !isFree || (isSmall ? lots.restartUsd.some((usd) => usd > 0) : anyStarts())
  const clearedBoundUsd = boundOfCrossings()
  const steepUsdPerKwh = steepPrice(lots, cells.cells, curves)

  if (isTied) return tied()
  if (!isSmall && choices.every(({ isWithin }) => isWithin)) return asCleared()
  if (supply.peakCharge === null && supply.committedPerDay === null) return cellByCell()
  return together()

  /** Nothing ties intervals, and the cut steps are small among so many. */
  function asCleared(): SiteClearing {
    const kw = Float64Array.from(choices, (choice) => choice.kw)
    let earned = 0
    choices.forEach(({ usdPerHour, kw: power }, c) => {
      earned += cells.cells[c]!.hours * (usdPerHour + cheapest(offered[c]!, power))
    })
    const bill = siteBill(supply, cells, cellBlocks, kw)
    return result(earned - standbyUsd - bill.totalUsd, clearedBoundUsd, kw, cells.cellOf, byCell, cellBlocks)
  }

  /** Cells have nothing to do with one another: each is solved as a site of one block. */
  function cellByCell(): SiteClearing {
    const nodes = Math.ceil(NODES / shares / Math.max(cells.cells.length, 1))
    const starts = rows(byCell)
    const solutions = cells.cells.map((cell, c) => {
      const one = { length: 1, cell: Uint16Array.of(0), hours: Float64Array.of(cell.hours) }
      const problem = {
        ...problemOver({ ...one, pool: Uint16Array.of(0), kwhOfPool: Float64Array.of(0) }),
        cells: [cell],
      }
      const start = rows((lot) =>
        starts[lot]!.map(({ count, modes }) => ({ count, modes: modes.slice(c, c + 1) })),
      )
      // The lesser of two lines is no convex cost: each is solved by itself, and the better one is the answer.
      const each = offered[c]!.map((line, a) =>
        solve({
          problem,
          offered: [hardLine(line, cell.floorKw, steepUsdPerKwh)],
          bounding: [[bounding[c]![a]!]],
          creditUsd: 0,
          lambda: Float64Array.of(crossing(curves[c]!, line, cell.floorKw).lambdaUsdPerKwh),
          starts: choices[c]!.isWithin ? [start] : [start, allResting(problem)],
          order: (among) => lotsByBid(steps, curves[c], among),
          valueOf: (earned, kw) =>
            keepsFloor(c, kw[0]!)
              ? earned - cell.hours * costUnder(cell.alternatives[a]!, kw[0]!)
              : -Infinity,
          boundSteps: 1,
          boundEffort: Infinity,
          improveEffort: IMPROVE_EFFORT,
          nodes: isSmall ? { left: nodes } : null,
        }),
      )
      const best = each.reduce((one, other) => (other.valueUsd > one.valueUsd ? other : one))
      const boundUsd = Math.max(...each.map((one) => one.boundUsd))
      return { ...best, boundUsd, isProven: boundUsd - best.valueUsd <= tieUsd(best.valueUsd) }
    })
    const kw = Float64Array.from(solutions, (solution) => solution.kw[0]!)
    const sum = (of: (solution: Solution) => number) => solutions.reduce((usd, each) => usd + of(each), 0)
    const joined = rows((lot) => joinPlans(solutions.map(({ plans }) => plans[lot]!)))
    const value = sum(({ valueUsd }) => valueUsd) - standbyUsd
    const bound = solutions.every(({ isProven }) => isProven)
      ? value
      : sum(({ boundUsd }) => boundUsd) - standbyUsd
    return result(value, bound, kw, cells.cellOf, (lot) => joined[lot]!, cellBlocks)
  }

  /** Cells that share a peak or a day's energy, but no machine that starts. */
  function together(): SiteClearing {
    if (supply.committedPerDay === null) return solved(problemOver(cellBlocks), cells.cellOf, rows(byCell), 1)
    const { blocks, blockOf } = blocksOfTime(supply, cells, hours, isFree)
    return solved(problemOver(blocks), blockOf, byBlock(blocks), 1)
  }

  /** Starts cost something, or are limited: every machine ties its intervals to one another. */
  function tied(): SiteClearing {
    const { blocks, blockOf, times } = blocksOfTime(supply, cells, hours, isFree)
    return solved({ ...problemOver(blocks), lots, times, limits }, blockOf, byBlock(blocks), Infinity)
  }

  function byBlock({ cell }: Blocks): readonly (readonly Plan[])[] {
    const spread = spreadOver(cell)
    return rows((lot) => spread(byCell(lot)))
  }

  function solved(
    problem: PlanProblem,
    blockOf: Uint16Array,
    start: readonly (readonly Plan[])[],
    boundSteps: number,
  ): SiteClearing {
    const { blocks } = problem
    const starts = isFree ? [start] : []
    if (!isFree || isSmall) starts.push(asItIs(problem))
    if (isSmall && limits.switchesPerDay >= 1) {
      starts.push(allResting(problem))
      // What a peak is cut to may be less than whole machines need for the floor.
      if (cells.cells.some(({ floorKw }) => floorKw > 0)) starts.push(allDrawing(problem))
    }
    const solution = solve({
      problem,
      offered: cells.cells.map(({ floorKw }, c) =>
        hardLine(offered[c]![alternative[c]!]!, floorKw, steepUsdPerKwh),
      ),
      bounding,
      creditUsd,
      lambda,
      starts,
      order: (among) => lotsByBid(steps, curves[0], among),
      valueOf: (earned, kw) =>
        kw.every((each, b) => keepsFloor(blocks.cell[b]!, each))
          ? earned - siteBill(supply, cells, blocks, kw).totalUsd
          : -Infinity,
      boundSteps,
      // two steps at the least: without the bound's prices nobody knows which starts pay
      boundEffort: Math.max(
        (isSmall ? BOUND_EFFORT.small : BOUND_EFFORT.large) / shares,
        2 * blocks.length * (lots.pointKw.length + lots.length),
      ),
      improveEffort: IMPROVE_EFFORT / shares,
      nodes: isSmall ? { left: Math.ceil(NODES / shares) } : null,
    })
    const isByInterval = blocks.length === blockOf.length && blockOf.every((block, i) => block === i)
    const spread = spreadOver(blockOf)
    const plansOf = (lot: number) => (isByInterval ? solution.plans[lot]! : spread(solution.plans[lot]!))
    const ends = rows((lot) => endsUsd(lot, solution.plans[lot]!)).reduce((sum, usd) => sum + usd, 0)
    const compared = solution.valueUsd - standbyUsd
    const bound = solution.isProven ? compared : Math.min(solution.boundUsd - standbyUsd, clearedBoundUsd)
    return result(
      compared - ends,
      Math.max(bound, compared) - ends,
      solution.kw,
      blockOf,
      plansOf,
      blocks,
      true,
      ends,
    )
  }

  function result(
    valueUsd: number,
    boundUsd: number,
    kw: Float64Array,
    blockOf: Uint16Array,
    plansOf: (lot: number) => readonly Plan[],
    blocks: Blocks,
    isSpread = false,
    endsUsd = 0,
  ): SiteClearing {
    if (valueUsd === -Infinity)
      throw new RangeError('floorKw: no choice of whole machines was found that keeps the floor and the cap')
    const upperBoundUsd = Math.max(boundUsd, valueUsd)
    const gapUsd = upperBoundUsd - valueUsd <= tieUsd(valueUsd) ? 0 : upperBoundUsd - valueUsd
    const spread = spreadOver(blockOf)
    const perInterval = (lot: number) => (isSpread ? plansOf(lot) : spread(plansOf(lot)))
    const cellOfBlock = blocks.cell
    const margins = siteMargins({
      lots,
      cells: cells.cells,
      cellOf: cells.cellOf,
      hours,
      hashpriceUsdPerPhDay,
      powerKw: Float64Array.from(blockOf, (block) => kw[block]!),
      lines: shadows.bounding.map((lines, c) =>
        softLine(lines[alternative[c]!]!, cells.cells[c]!.floorKw, lambda[c]!),
      ),
      plansOf: perInterval,
    })
    return {
      lambdaUsdPerKwh: Float64Array.from(blockOf, (block) => lambda[cellOfBlock[block]!]!),
      powerKw: Float64Array.from(blockOf, (block) => kw[block]!),
      valueUsd,
      endsUsd,
      upperBoundUsd: valueUsd + gapUsd,
      gapUsd,
      isProven: gapUsd === 0,
      bill: siteBill(supply, cells, blocks, kw),
      peakKw: shadows.peakKw,
      plansOf: perInterval,
      ...margins,
    }
  }

  function problemOver(blocks: Blocks): PlanProblem {
    return {
      // what nothing ties pays no start
      lots: isTied ? lots : { ...lots, restartUsd: new Float64Array(lots.length) },
      cells: cells.cells,
      blocks,
      times: { atMs: new Float64Array(0), localDay: new Uint16Array(0), stage: new Uint16Array(0) },
      limits: NO_SWITCH_LIMITS,
      hashpriceUsdPerPhDay,
      endValueUsd,
    }
  }

  function rows<T>(of: (lot: number) => T): readonly T[] {
    return Array.from({ length: lots.length }, (_, lot) => of(lot))
  }

  /** Credits count above standby: taken off once for all. */
  function standbyCredits(): number {
    let kw = 0
    for (let lot = 0; lot < lots.length; lot++)
      if (isDecided(lots, lot) && lots.policy[lot] !== PROTECTED)
        kw += lots.machines[lot]! * lots.standbyKw[lot]!
    return cells.cells.reduce((usd, cell) => usd + cell.creditUsdPerKwh * cell.hours * kw, 0)
  }

  function boundOfCrossings(): number {
    let usd = creditUsd - standbyUsd
    cells.cells.forEach(({ hours: cellHours, floorKw }, c) => {
      const each = bounding[c]!.map((line) => crossing(curves[c]!, line, floorKw).usdPerHour)
      usd += cellHours * Math.max(...each)
    })
    for (let lot = 0; lot < lots.length; lot++)
      if (endValueUsd !== null && isDecided(lots, lot))
        usd += lots.machines[lot]! * Math.max(endValueUsd[lot]!, 0)
    return usd
  }

  function keepsFloor(c: number, kw: number): boolean {
    const { floorKw } = cells.cells[c]!
    return kw >= floorKw - sameKw(floorKw)
  }

  function endsUsd(lot: number, plans: readonly Plan[]): number {
    if (endValueUsd === null || lots.policy[lot] === PROTECTED) return 0
    return plans.reduce(
      (usd, { count, modes }) => usd + (modes.at(-1)! > 0 ? count * endValueUsd[lot]! : 0),
      0,
    )
  }

  /** Does any machine start that pays for it, when every cell is chosen by itself? */
  function anyStarts(): boolean {
    for (let lot = 0; lot < lots.length; lot++) {
      if (!(lots.restartUsd[lot]! > 0)) continue
      for (const { modes } of byCell(lot)) {
        let isOn = lots.isOn[lot] === 1
        for (const c of cells.cellOf) {
          if (modes[c]! > 0 && !isOn) return true
          isOn = modes[c]! > 0
        }
      }
    }
    return false
  }
}
