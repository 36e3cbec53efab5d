import { HOURS_PER_DAY, MS_PER_HOUR } from '../units.ts'
import { PROTECTED } from '../power/machine-policy.ts'
import type { SiteSupply } from '../power/supply.ts'
import { clearSite } from './clearing/clearing.ts'
import type { DemandCurve, Steps } from './clearing/demand-curve.ts'
import {
  allowedModes,
  demandCurve,
  firstAtLeast,
  isDecided,
  modeKw,
  modePhs,
  ranked,
  stepsOfLots,
} from './clearing/demand-curve.ts'
import type { Lots } from './sites/lots.ts'
import { blocksOfCells } from './clearing/site-blocks.ts'
import { cellsOf } from './clearing/site-cells.ts'
import { siteBill } from './clearing/site-cost.ts'
import { shadowsOf } from './clearing/site-shadows.ts'

/**
 * Best cash per day as a function of hashprice: the greatest of what every choice of machines would earn, so convex and piecewise
 * linear. Its slope is accepted PH/s. Restarts and waiting are not in it, and machines may be split.
 */
export type CashCurve = {
  /** where another choice becomes the best, USD/PH/day, rising */
  readonly bendUsdPerPhDay: Float64Array
  /** of the pieces between the bends, one more than bends: cash = acceptedPhs · hashprice − costUsdPerDay */
  readonly acceptedPhs: Float64Array
  readonly costUsdPerDay: Float64Array
  /** no hashprice has more cash than the curve says and this, USD per day; 0 where it is exact */
  readonly missUsdPerDay: number
}

/** The piece of a curve that holds at a hashprice. */
function pieceAt({ bendUsdPerPhDay }: CashCurve, hashprice: number): number {
  return firstAtLeast(bendUsdPerPhDay, hashprice)
}

/** USD per day at a hashprice; NaN where that is missing. */
export function cashAt(curve: CashCurve, hashpriceUsdPerPhDay: number): number {
  if (Number.isNaN(hashpriceUsdPerPhDay)) return NaN
  const piece = pieceAt(curve, hashpriceUsdPerPhDay)
  return curve.acceptedPhs[piece]! * hashpriceUsdPerPhDay - curve.costUsdPerDay[piece]!
}

/** Accepted PH/s of the best choice at a hashprice; on a bend of the one below it. */
export function acceptedPhsAt(curve: CashCurve, hashpriceUsdPerPhDay: number): number {
  return curve.acceptedPhs[pieceAt(curve, hashpriceUsdPerPhDay)]!
}

/** Intervals of a day in which energy costs the same on a site that is not coupled. */
export type DayPart = {
  /** of the day, together 1 */
  readonly share: number
  /** of what may be shed: what is drawn above standby by machines that are not protected */
  readonly usdPerKwh: number
  /** of everything else */
  readonly protectedUsdPerKwh: number
}

/**
 * The curve of lots whose prices are given, from hashprice 0 up: every step of every lot enters at its own hashprice, in one sorted list
 * with prefix sums. Lots whose figures are missing are left out.
 */
export function cashCurveOfLots(lots: Lots, parts: readonly DayPart[]): CashCurve {
  const enters: number[] = []
  const gains: number[] = []
  let phs = 0
  let cost = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (isDecided(lots, lot)) for (const part of parts) enter(lot, part)

  const { sorted, order } = ranked(Float64Array.from(enters))
  const acceptedPhs = new Float64Array(order.length + 1)
  const costUsdPerDay = new Float64Array(order.length + 1)
  acceptedPhs[0] = phs
  costUsdPerDay[0] = cost
  for (let at = 0; at < order.length; at++) {
    const gain = gains[order[at]!]!
    acceptedPhs[at + 1] = acceptedPhs[at]! + gain
    costUsdPerDay[at + 1] = costUsdPerDay[at]! + gain * sorted[at]!
  }
  return { bendUsdPerPhDay: sorted, acceptedPhs, costUsdPerDay, missUsdPerDay: 0 }

  /** From the cheapest mode up: the next one is that whose hashrate comes at the lowest hashprice. */
  function enter(lot: number, { share, usdPerKwh, protectedUsdPerKwh }: DayPart): void {
    const shed = lots.policy[lot] === PROTECTED ? 0 : usdPerKwh - protectedUsdPerKwh
    const price = protectedUsdPerKwh + lots.otherUsdPerKwh[lot]!
    const standbyKw = lots.standbyKw[lot]!
    const scale = share * lots.machines[lot]!
    const modes = allowedModes(lots, lot)
    const usd = (mode: number) => {
      const kw = modeKw(lots, lot, mode)
      return HOURS_PER_DAY * (price * kw + (shed === 0 ? 0 : shed * (kw - standbyKw)))
    }
    const rate = (mode: number) => modePhs(lots, lot, mode)
    let now = modes.reduce((a, b) => (usd(b) < usd(a) || (usd(b) === usd(a) && rate(b) > rate(a)) ? b : a))
    phs += scale * rate(now)
    cost += scale * usd(now)
    for (;;) {
      let next = -1
      let lowest = Infinity
      for (const mode of modes) {
        if (rate(mode) <= rate(now)) continue
        const at = (usd(mode) - usd(now)) / (rate(mode) - rate(now))
        if (at < lowest || (at === lowest && next >= 0 && rate(mode) > rate(next))) {
          lowest = at
          next = mode
        }
      }
      if (next < 0) return
      enters.push(lowest)
      gains.push(scale * (rate(next) - rate(now)))
      now = next
    }
  }
}

/** A choice of a site as a line over the hashprice. */
type Line = { readonly acceptedPhs: number; readonly costUsdPerDay: number }

/** Cash a day of a choice at a hashprice, USD. */
export const lineUsd = ({ acceptedPhs, costUsdPerDay }: Line, hashprice: number): number =>
  acceptedPhs * hashprice - costUsdPerDay

/** Clearings that one curve may take; of whole machines each may be a search. */
const MOST_LINES = 400
const MOST_LINES_OF_WHOLE = 60

/** A coupled site over one of its stages, as if that were all there is: the line of the best choice at a hashprice. */
export type SiteLines = {
  /** @throws RangeError naming capKw or floorKw where a limit cannot be kept */
  readonly lineAt: (hashpriceUsdPerPhDay: number) => Line
  /** whole machines are chosen, each clearing of which may be a search */
  readonly isWhole: boolean
  /** what the choices so far may have missed, USD/day */
  readonly gapUsdPerDay: () => number
}

/** Machines may be split, but where what is committed by the day or which line of supply is paid for hangs on them. */
export function siteLines(lots: Lots, supply: SiteSupply, stage: number): SiteLines {
  const steps = stepsOfLots(lots)
  const alone = onlyStage(supply, stage)
  const cells = cellsOf(alone)
  const blocks = blocksOfCells(cells)
  const days = blocks.hours.reduce((sum, hours) => sum + hours, 0) / HOURS_PER_DAY
  // Energy committed by the day has one price for all of it, at which a step is cut; and which of two lines of supply is the better one
  // hangs on the peak that is paid for. There whole machines are chosen.
  const hasTwoLines = alone.groups.some(({ alternatives }) => alternatives.length > 1)
  const isWhole = supply.committedPerDay !== null || (supply.peakCharge !== null && hasTwoLines)
  let gapUsdPerDay = 0
  return { lineAt: isWhole ? wholeAt : splitAt, isWhole, gapUsdPerDay: () => gapUsdPerDay }

  function wholeAt(hashprice: number): Line {
    const free = { ...lots, restartUsd: new Float64Array(lots.length) }
    const clearing = clearSite({ lots: free, supply: alone, hashpriceUsdPerPhDay: [hashprice] })
    gapUsdPerDay = Math.max(gapUsdPerDay, clearing.gapUsd / days)
    const { atMs } = alone.intervals
    let phsHours = 0
    for (let lot = 0; lot < lots.length; lot++)
      for (const { count, modes } of clearing.plansOf(lot))
        modes.forEach((mode, i) => {
          phsHours += (count * modePhs(lots, lot, mode) * (atMs[i + 1]! - atMs[i]!)) / MS_PER_HOUR
        })
    const acceptedPhs = phsHours / (HOURS_PER_DAY * days)
    return { acceptedPhs, costUsdPerDay: acceptedPhs * hashprice - clearing.valueUsd / days }
  }

  function splitAt(hashprice: number): Line {
    const curves = new Map<number, DemandCurve>()
    const ofCells = cells.cells.map(({ shiftUsdPerKwh }) => {
      const curve = curves.get(shiftUsdPerKwh) ?? demandCurve(lots, steps, hashprice, shiftUsdPerKwh)
      curves.set(shiftUsdPerKwh, curve)
      return curve
    })
    const { crossings } = shadowsOf(alone, cells, ofCells, 1)
    const kw = Float64Array.from(crossings, (crossing) => crossing.kw)
    const known = new Map<DemandCurve, ReturnType<typeof sumsAlong>>()
    let [phs, other] = [0, 0]
    crossings.forEach(({ full, restKw }, c) => {
      const curve = ofCells[c]!
      const sums = known.get(curve) ?? sumsAlong(lots, steps, curve)
      known.set(curve, sums)
      const step = curve.order[full]
      const share =
        step === undefined || restKw === 0 ? 0 : restKw / (lots.machines[steps.lot[step]!]! * steps.kw[step]!)
      const along = (column: Float64Array) =>
        column[full]! + share * ((column[full + 1] ?? 0) - column[full]!)
      const { hours, shiftUsdPerKwh, creditUsdPerKwh } = cells.cells[c]!
      phs += hours * along(sums.phs)
      other += hours * (along(sums.otherUsd) + shiftUsdPerKwh * along(sums.sheddableKw))
      other += hours * creditUsdPerKwh * sums.standbyKw
    })
    const costUsd = other + siteBill(alone, cells, blocks, kw).totalUsd
    return { acceptedPhs: phs / (HOURS_PER_DAY * days), costUsdPerDay: costUsd / days }
  }
}

/**
 * The curve of a coupled site over one of its stages. Each clearing is a line that touches the curve; where the lines of two hashprices
 * meet, a third clearing says whether anything lies above (Eisner and Severance 1976).
 *
 * @param from and @param to hashprices between which it is exact to the tolerance
 * @param toleranceUsdPerDay what the curve may miss; it stops earlier after some hundred clearings, and says what is missed then
 * @throws RangeError naming capKw or floorKw where a limit cannot be kept
 */
export function cashCurveOfSite(
  lots: Lots,
  supply: SiteSupply,
  stage: number,
  range: { readonly from: number; readonly to: number },
  toleranceUsdPerDay: number,
): CashCurve {
  const { lineAt, isWhole, gapUsdPerDay } = siteLines(lots, supply, stage)
  const most = isWhole ? MOST_LINES_OF_WHOLE : MOST_LINES
  // Between two neighbours the curve lies at most as far above them as where they meet: the farthest is looked at next.
  const open = [gapBetween(lineAt(range.from), lineAt(range.to))]
  let widest = open[0]!
  for (let looked = 2; looked < most && widest.missUsdPerDay > toleranceUsdPerDay; looked += 2) {
    const { a, line, b } = widest
    open.splice(open.indexOf(widest), 1, gapBetween(a, line), gapBetween(line, b))
    widest = open.reduce((one, other) => (other.missUsdPerDay > one.missUsdPerDay ? other : one))
  }
  const lines = [...open.map(({ a }) => a), open.at(-1)!.b]
  const kept = lines.filter((line, i) => i === 0 || line.acceptedPhs > lines[i - 1]!.acceptedPhs)
  return {
    bendUsdPerPhDay: Float64Array.from(kept.slice(1), (line, i) => meet(kept[i]!, line)),
    acceptedPhs: Float64Array.from(kept, (line) => line.acceptedPhs),
    costUsdPerDay: Float64Array.from(kept, (line) => line.costUsdPerDay),
    missUsdPerDay: widest.missUsdPerDay + gapUsdPerDay(),
  }

  function meet(a: Line, b: Line): number {
    return (b.costUsdPerDay - a.costUsdPerDay) / (b.acceptedPhs - a.acceptedPhs)
  }

  /** The line that lies highest where two others meet, and by how much. */
  function gapBetween(a: Line, b: Line) {
    if (!(b.acceptedPhs > a.acceptedPhs)) return { a, line: b, b, missUsdPerDay: 0 }
    const at = meet(a, b)
    const line = lineAt(at)
    return { a, line, b, missUsdPerDay: Math.max(lineUsd(line, at) - lineUsd(a, at), 0) }
  }
}

/** Accepted hashrate, other cost per hour and power that may be shed, of the machines before each place of a curve. */
function sumsAlong(lots: Lots, steps: Steps, curve: DemandCurve) {
  const n = curve.order.length
  const sums = {
    phs: new Float64Array(n + 1),
    otherUsd: new Float64Array(n + 1),
    sheddableKw: new Float64Array(n + 1),
    standbyKw: 0,
  }
  for (let lot = 0; lot < lots.length; lot++) {
    if (!isDecided(lots, lot)) continue
    const machines = lots.machines[lot]!
    const kw = machines * modeKw(lots, lot, steps.baseMode[lot]!)
    sums.phs[0]! += machines * modePhs(lots, lot, steps.baseMode[lot]!)
    sums.otherUsd[0]! += kw * lots.otherUsdPerKwh[lot]!
    if (lots.policy[lot] === PROTECTED) continue
    sums.sheddableKw[0]! += kw
    sums.standbyKw += machines * lots.standbyKw[lot]!
  }
  for (let at = 0; at < n; at++) {
    const step = curve.order[at]!
    const lot = steps.lot[step]!
    const kw = lots.machines[lot]! * steps.kw[step]!
    sums.phs[at + 1] = sums.phs[at]! + lots.machines[lot]! * steps.phs[step]!
    sums.otherUsd[at + 1] = sums.otherUsd[at]! + kw * lots.otherUsdPerKwh[lot]!
    sums.sheddableKw[at + 1] = sums.sheddableKw[at]! + (lots.policy[lot] === PROTECTED ? 0 : kw)
  }
  return sums
}

/** The supply of one stage, as if it were all there is. */
export function onlyStage(supply: SiteSupply, stage: number): SiteSupply {
  const { intervals, groups, peakCharge } = supply
  const members = groups.map((_, g) => g).filter((g) => groups[g]!.stage === stage)
  const rows = Array.from(intervals.group, (_, i) => i).filter(
    (i) => groups[intervals.group[i]!]!.stage === stage,
  )
  const end = rows.length === 0 ? 0 : intervals.atMs[rows.at(-1)! + 1]!
  return {
    ...supply,
    groups: members.map((g) => ({ ...groups[g]!, stage: 0 })),
    intervals: {
      length: rows.length,
      atMs: Float64Array.from([...rows.map((i) => intervals.atMs[i]!), end]),
      group: Uint16Array.from(rows, (i) => members.indexOf(intervals.group[i]!)),
      localDay: Uint16Array.from(rows, (i) => intervals.localDay[i]!),
    },
    peakCharge: peakCharge === null ? null : { ...peakCharge, usdPerKw: [peakCharge.usdPerKw[stage] ?? 0] },
  }
}

/** Several curves together, as of the sites of a fleet. */
export function sumOfCurves(curves: readonly CashCurve[]): CashCurve {
  const bends = curves.flatMap(({ bendUsdPerPhDay }, c) =>
    Array.from(bendUsdPerPhDay, (at, i) => ({ at, c, i })),
  )
  bends.sort((a, b) => a.at - b.at || a.c - b.c || a.i - b.i)
  const acceptedPhs = new Float64Array(bends.length + 1)
  const costUsdPerDay = new Float64Array(bends.length + 1)
  for (const curve of curves) {
    acceptedPhs[0]! += curve.acceptedPhs[0]!
    costUsdPerDay[0]! += curve.costUsdPerDay[0]!
  }
  bends.forEach(({ c, i }, at) => {
    const curve = curves[c]!
    acceptedPhs[at + 1] = acceptedPhs[at]! + curve.acceptedPhs[i + 1]! - curve.acceptedPhs[i]!
    costUsdPerDay[at + 1] = costUsdPerDay[at]! + curve.costUsdPerDay[i + 1]! - curve.costUsdPerDay[i]!
  })
  return {
    bendUsdPerPhDay: Float64Array.from(bends, ({ at }) => at),
    acceptedPhs,
    costUsdPerDay,
    missUsdPerDay: curves.reduce((sum, { missUsdPerDay }) => sum + missUsdPerDay, 0),
  }
}
