import { upperHull } from '../../ladders/hull.ts'
import { PROTECTED } from '../../power/machine-policy.ts'
import type { Lots } from '../sites/lots.ts'

/**
 * The demand of a site: what its machines would pay for one more kW, from the highest bid to the lowest. A step leads a lot's
 * machines from one operating point to the next on the upper hull of (power, accepted hashrate) through standby.
 */
export type Steps = {
  /** mode of each lot before its first step, and its steps: entries from[lot] … from[lot + 1] − 1 */
  readonly baseMode: Uint16Array
  readonly from: Uint32Array
  readonly lot: Uint32Array
  /** mode that it leads to: 0 off, 1 + j point j of the lot */
  readonly mode: Uint16Array
  /** of one machine */
  readonly kw: Float64Array
  readonly phs: Float64Array
  /** of all machines before their first steps */
  readonly baseKw: number
}

/** Power of one machine in a mode, kW. */
export function modeKw(lots: Lots, lot: number, mode: number): number {
  return mode === 0 ? lots.standbyKw[lot]! : lots.pointKw[lots.pointsFrom[lot]! + mode - 1]!
}

/** Accepted hashrate of one machine in a mode, PH/s. */
export function modePhs(lots: Lots, lot: number, mode: number): number {
  return mode === 0 ? 0 : lots.pointPhs[lots.pointsFrom[lot]! + mode - 1]!
}

/** Modes a machine of the lot may be in: a protected one never falls below its own point. */
export function allowedModes(lots: Lots, lot: number): readonly number[] {
  const points = lots.pointsFrom[lot + 1]! - lots.pointsFrom[lot]!
  const modes = Array.from({ length: points + 1 }, (_, mode) => mode)
  if (lots.policy[lot] !== PROTECTED) return modes
  return modes.filter((mode) => mode === 1 || (mode > 1 && modeKw(lots, lot, mode) >= modeKw(lots, lot, 1)))
}

/** Is there something to decide about the lot: machines, and all their figures? */
export function isDecided(lots: Lots, lot: number): boolean {
  let sum = lots.machines[lot]! + lots.standbyKw[lot]! + lots.otherUsdPerKwh[lot]! + lots.restartUsd[lot]!
  for (let p = lots.pointsFrom[lot]!; p < lots.pointsFrom[lot + 1]!; p++)
    sum += lots.pointKw[p]! + lots.pointPhs[p]!
  return lots.machines[lot]! > 0 && Number.isFinite(sum) && lots.pointsFrom[lot + 1]! > lots.pointsFrom[lot]!
}

const UP: readonly number[] = [0, 1]

export function stepsOfLots(lots: Lots): Steps {
  const most = lots.pointKw.length
  const baseMode = new Uint16Array(lots.length)
  const from = new Uint32Array(lots.length + 1)
  const lotOf = new Uint32Array(most)
  const mode = new Uint16Array(most)
  const kw = new Float64Array(most)
  const phs = new Float64Array(most)
  let count = 0
  let baseKw = 0
  for (let lot = 0; lot < lots.length; lot++) {
    from[lot] = count
    if (!isDecided(lots, lot)) continue
    const hull = isPlain(lot) ? UP : hullModes(lot)
    baseMode[lot] = hull[0]!
    baseKw += lots.machines[lot]! * modeKw(lots, lot, hull[0]!)
    for (let i = 1; i < hull.length; i++) {
      lotOf[count] = lot
      mode[count] = hull[i]!
      kw[count] = modeKw(lots, lot, hull[i]!) - modeKw(lots, lot, hull[i - 1]!)
      phs[count] = modePhs(lots, lot, hull[i]!) - modePhs(lots, lot, hull[i - 1]!)
      count++
    }
  }
  from[lots.length] = count
  return {
    baseMode,
    from,
    lot: lotOf.subarray(0, count),
    mode: mode.subarray(0, count),
    kw: kw.subarray(0, count),
    phs: phs.subarray(0, count),
    baseKw,
  }

  /** One point above standby: no hull to find. */
  function isPlain(lot: number): boolean {
    const at = lots.pointsFrom[lot]!
    const isOne = lots.pointsFrom[lot + 1]! - at === 1
    return isOne && lots.policy[lot] !== PROTECTED && lots.pointKw[at]! > lots.standbyKw[lot]!
  }
  function hullModes(lot: number): readonly number[] {
    const modes = allowedModes(lots, lot)
    if (modes.length === 1) return modes
    const at = upperHull(
      modes.map((each) => modeKw(lots, lot, each)),
      modes.map((each) => modePhs(lots, lot, each)),
    )
    return at.map((each) => modes[each]!)
  }
}

/** Steps by falling strike: what a kWh above is worth, other cost and what may be shed (adder less credit) taken off. */
export type DemandCurve = {
  readonly strikeUsdPerKwh: Float64Array
  /** step at each place, and place of each step */
  readonly order: Uint32Array
  readonly place: Uint32Array
  /** kW of all machines and USD per hour of the steps before each place; one entry more than steps */
  readonly kwBefore: Float64Array
  readonly usdBefore: Float64Array
  readonly baseKw: number
  /** worth per hour of the modes before the first steps, energy not yet paid */
  readonly baseUsd: number
}

/** Earned per hour by one machine in a mode before its energy at the site's price. */
export function modeUsd(lots: Lots, lot: number, mode: number, hashprice: number, shift: number): number {
  const other = lots.otherUsdPerKwh[lot]! + (lots.policy[lot] === PROTECTED ? 0 : shift)
  return (hashprice * modePhs(lots, lot, mode)) / 24 - other * modeKw(lots, lot, mode)
}

/** @param near the curve of another hashprice, whose order is much like this one's */
export function demandCurve(
  lots: Lots,
  steps: Steps,
  hashprice: number,
  shift: number,
  near?: DemandCurve,
): DemandCurve {
  const n = steps.lot.length
  // falling strikes are rising negatives
  const key = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const lot = steps.lot[i]!
    const other = lots.otherUsdPerKwh[lot]! + (lots.policy[lot] === PROTECTED ? 0 : shift)
    key[i] = other - (hashprice * steps.phs[i]!) / (24 * steps.kw[i]!)
  }
  const { sorted, order, place } = ranked(key, near?.order)
  const kwBefore = new Float64Array(n + 1)
  const usdBefore = new Float64Array(n + 1)
  for (let at = 0; at < n; at++) {
    const step = order[at]!
    const kw = lots.machines[steps.lot[step]!]! * steps.kw[step]!
    kwBefore[at + 1] = kwBefore[at]! + kw
    usdBefore[at + 1] = usdBefore[at]! - kw * sorted[at]!
  }
  let baseUsd = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (isDecided(lots, lot))
      baseUsd += lots.machines[lot]! * modeUsd(lots, lot, steps.baseMode[lot]!, hashprice, shift)
  return {
    strikeUsdPerKwh: sorted.map((each) => -each),
    order,
    place,
    kwBefore,
    usdBefore,
    baseKw: steps.baseKw,
    baseUsd,
  }
}

/**
 * A column sorted: which entry stands at each place, and the place of each entry. Equal ones keep their order.
 * @param near places of a column that is sorted alike, but for little
 */
export function ranked(
  column: Float64Array,
  near?: Uint32Array,
): {
  readonly sorted: Float64Array
  readonly order: Uint32Array
  readonly place: Uint32Array
} {
  const n = column.length
  const order = (near?.length === n ? orderedFrom(column, near) : null) ?? orderOf(column)
  const place = new Uint32Array(n)
  const sorted = new Float64Array(n)
  for (let at = 0; at < n; at++) {
    place[order[at]!] = at
    sorted[at] = column[order[at]!]!
  }
  return { sorted, order, place }
}

/** numbers alone sort natively, many times faster than by a comparison; each then finds its place */
function orderOf(column: Float64Array): Uint32Array {
  const sorted = column.slice().sort()
  const order = new Uint32Array(column.length)
  const taken = new Uint32Array(column.length)
  for (let i = 0; i < column.length; i++) {
    const first = firstAtLeast(sorted, column[i]!)
    order[first + taken[first]!++] = i
  }
  return order
}

/** Moves per entry after which sorting anew is quicker. */
const MOST_MOVES = 8

/** By moving what is out of place; null where that is too much. */
function orderedFrom(column: Float64Array, near: Uint32Array): Uint32Array | null {
  const order = near.slice()
  let left = MOST_MOVES * order.length
  for (let at = 1; at < order.length; at++) {
    const entry = order[at]!
    const value = column[entry]!
    let to = at
    for (; to > 0; to--) {
      const before = order[to - 1]!
      const bid = column[before]!
      if (bid < value || (bid === value && before < entry)) break
      order[to] = before
    }
    order[to] = entry
    left -= at - to
    if (left < 0) return null
  }
  return order
}

/** First place of a rising column whose entry is at least a value. */
export function firstAtLeast(rising: Float64Array, value: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rising[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
