import { PROTECTED } from '../../power/machine-policy.ts'
import { allowedModes, modeKw, modePhs, modeUsd } from './demand-curve.ts'
import type { IntervalTimes, SwitchLimits } from '../schedule/intervals.ts'
import { bestSchedule, isUnlimited } from '../schedule/intervals.ts'
import { HOURS_PER_DAY } from '../../units.ts'
import type { Lots } from '../sites/lots.ts'
import { modesKeeper, perModes } from './same-modes.ts'
import type { Cell } from './site-cells.ts'
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

/** What a priced plan does, where it need not be told by block. */
const STEADILY_OFF = 0
const STEADILY_ON = 1
const BY_BLOCK = 2

/** Of modes that are off or at a machine's own point: sums over the blocks, per unit of what the machine has. */
type ModeSums = {
  /** USD per PH/s accepted while on */
  readonly perPhs: number
  readonly onHours: number
  /** USD per kW while on, of what may be shed */
  readonly onShift: number
  readonly offHours: number
  readonly offShift: number
  /** after the first block */
  readonly starts: number
  readonly startsOn: boolean
  readonly endsOn: boolean
}

export type Planner = ReturnType<typeof planner>

/**
 * Finds a lot's best plan. Scratch is kept between calls: the modes are overwritten by the next one.
 */
export function planner(problem: PlanProblem) {
  const { lots, cells, blocks, times, limits, hashpriceUsdPerPhDay, endValueUsd } = problem
  const n = blocks.length
  const x = new Float64Array(n)
  const h = new Float64Array(n)
  const rest = new Float64Array(n)
  const modes = new Uint8Array(n)
  const running = new Uint8Array(n)
  const isFree = isUnlimited(limits, n)
  const allowed: (readonly number[] | undefined)[] = []
  const ofFollowers: (readonly number[] | undefined)[] = []
  const { hours } = blocks
  const perPhs = hours.map((each, b) => (hashpriceUsdPerPhDay[cells[blocks.cell[b]!]!.stage]! / 24) * each)
  const shift = hours.map((each, b) => cells[blocks.cell[b]!]!.shiftUsdPerKwh * each)
  const cellHours = new Float64Array(cells.length)
  for (let b = 0; b < n; b++) cellHours[blocks.cell[b]!]! += hours[b]!
  const usdOfCell = new Float64Array(cells.length)
  const modeOfCell = new Uint8Array(cells.length)
  // Cells that have blocks: what a machine of one point earns in them is found without a look at its options.
  const used = cells.map((_, c) => c).filter((c) => cellHours[c]! > 0)
  const usedHours = Float64Array.from(used, (c) => cellHours[c]!)
  const phUsd = Float64Array.from(used, (c) => hashpriceUsdPerPhDay[cells[c]!.stage]! / HOURS_PER_DAY)
  const shiftUsd = Float64Array.from(used, (c) => cells[c]!.shiftUsdPerKwh)
  const priced = { lot: -1, does: STEADILY_OFF, isOnePoint: true }
  const keep = modesKeeper()
  const allOff = keep(new Uint8Array(n))
  const allOn = keep(new Uint8Array(n).fill(1))
  const sumsOf = perModes(sumsOfModes)
  return {
    problem,
    bestPlan,
    price,
    pricedModes,
    pricedPlan,
    addPricedKwh,
    planUsd,
    earnedUsd,
    powerOf,
    keep,
    usdPerHour,
    modesOf,
  }

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
    const other = lots.otherUsdPerKwh[lot]!
    const isShifted = lots.policy[lot] !== PROTECTED
    let resting = 0
    for (let c = 0; c < choices.length; c++) {
      const mode = choices[c]!
      const kw = modeKw(lots, lot, mode)
      const phs = modePhs(lots, lot, mode)
      const isFirst = c === (mayRest ? 1 : 0)
      for (let b = 0; b < n; b++) {
        const each = hours[b]!
        const usd = phs * perPhs[b]! - kw * (other * each + (isShifted ? shift[b]! : 0)) - each * cost(b, kw)
        if (mode === 0) {
          rest[b] = usd
          resting += usd
        } else if (isFirst || usd > x[b]!) {
          x[b] = usd
          running[b] = mode
        }
      }
    }
    if (mayRest) for (let b = 0; b < n; b++) x[b]! -= rest[b]!
    return planned(lot, mayRest, resting)
  }

  /**
   * What a lot's best plan is worth to one machine where energy has a price per cell: {@link pricedModes} is the plan, and
   * {@link addPricedKwh} what it draws, until the next one is priced.
   */
  function price(lot: number, usdPerKwh: Float64Array): number {
    const at = lots.pointsFrom[lot]!
    const isOnePoint = lots.pointsFrom[lot + 1]! - at === 1
    const isProtected = lots.policy[lot] === PROTECTED
    const mayRest = !isProtected
    const other = lots.otherUsdPerKwh[lot]!
    const standbyKw = lots.standbyKw[lot]!
    const ownKw = lots.pointKw[at]!
    const ownPhs = lots.pointPhs[at]!
    let restingUsd = 0
    let allUsd = 0
    let pays = false
    let loses = false
    for (let u = 0; u < used.length; u++) {
      const c = used[u]!
      const each = usdPerKwh[c]! + other + (isProtected ? 0 : shiftUsd[u]!)
      let best = phUsd[u]! * ownPhs - each * ownKw
      modeOfCell[c] = 1
      if (!isOnePoint) best = atBestPoint(lot, c, phUsd[u]!, each, best)
      const resting = mayRest ? -each * standbyKw : 0
      const over = best - resting
      usdOfCell[c] = over
      restingUsd += resting * usedHours[u]!
      allUsd += over * usedHours[u]!
      if (over > 0) pays = true
      else loses = true
    }
    priced.isOnePoint = isOnePoint
    priced.lot = lot
    const isOn = lots.isOn[lot] === 1
    const restartUsd = lots.restartUsd[lot]!
    const end = endValueUsd?.[lot] ?? 0
    const startUsd = isOn ? 0 : restartUsd
    if (!mayRest) {
      priced.does = STEADILY_ON
      return allUsd - startUsd
    }
    // What pays everywhere, or nowhere, starts or stops at once if it does at all: no schedule to look for.
    if (isFree && !(pays && loses) && end >= 0 && end <= restartUsd) {
      const on = isOn ? allUsd + end >= 0 : allUsd + end > restartUsd
      priced.does = on ? STEADILY_ON : STEADILY_OFF
      return restingUsd + (on ? allUsd + end - startUsd : 0)
    }
    for (let b = 0; b < n; b++) {
      const c = blocks.cell[b]!
      x[b] = usdOfCell[c]! * hours[b]!
      running[b] = modeOfCell[c]!
    }
    priced.does = BY_BLOCK
    return planned(lot, mayRest, restingUsd).usd
  }

  /** What a machine earns in a cell at the best of its points, USD per hour, where it earns `ownUsd` at its own; notes which it is. */
  function atBestPoint(lot: number, c: number, perPh: number, usdPerKwh: number, ownUsd: number): number {
    let best = ownUsd
    for (const mode of modesOf(lot)) {
      if (mode <= 1) continue
      const usd = perPh * modePhs(lots, lot, mode) - usdPerKwh * modeKw(lots, lot, mode)
      if (usd > best) {
        best = usd
        modeOfCell[c] = mode
      }
    }
    return best
  }

  /** Of the plan that was priced last; the next one overwrites them. */
  function pricedModes(): Uint8Array {
    if (priced.does === STEADILY_OFF) return modes.fill(0)
    if (priced.does === STEADILY_ON) for (let b = 0; b < n; b++) modes[b] = modeOfCell[blocks.cell[b]!]!
    return modes
  }

  /** The same to keep. */
  function pricedPlan(): Uint8Array {
    if (priced.does === STEADILY_OFF) return allOff
    return priced.does === STEADILY_ON && priced.isOnePoint ? allOn : keep(pricedModes())
  }

  /** Adds what some machines draw by the plan that was priced last, kWh per cell. */
  function addPricedKwh(into: Float64Array, machines: number): void {
    const { lot, does } = priced
    if (does === BY_BLOCK) {
      for (let b = 0; b < n; b++)
        into[blocks.cell[b]!]! += machines * modeKw(lots, lot, modes[b]!) * hours[b]!
      return
    }
    for (let u = 0; u < used.length; u++) {
      const c = used[u]!
      into[c]! += machines * modeKw(lots, lot, does === STEADILY_ON ? modeOfCell[c]! : 0) * usedHours[u]!
    }
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
    const other = lots.otherUsdPerKwh[lot]!
    const isShifted = lots.policy[lot] !== PROTECTED
    let usd = 0
    let isOn = lots.isOn[lot] === 1
    for (let b = 0; b < n; b++) {
      const kw = modeKw(lots, lot, of[b]!)
      usd += modePhs(lots, lot, of[b]!) * perPhs[b]! - kw * (other * hours[b]! + (isShifted ? shift[b]! : 0))
      if (of[b]! > 0 && !isOn) usd -= lots.restartUsd[lot]!
      isOn = of[b]! > 0
    }
    return usd + (isOn && modesOf(lot)[0] === 0 ? (endValueUsd?.[lot] ?? 0) : 0)
  }

  /** Sums of kept modes by which the plan of any lot is told; null where machines go to other points than their own. */
  function sumsOfModes(of: Uint8Array): ModeSums | null {
    const sums = { perPhs: 0, onHours: 0, onShift: 0, offHours: 0, offShift: 0, starts: 0 }
    for (let b = 0; b < n; b++) {
      if (of[b]! > 1) return null
      if (of[b] === 1) {
        sums.perPhs += perPhs[b]!
        sums.onHours += hours[b]!
        sums.onShift += shift[b]!
        if (b > 0 && of[b - 1] === 0) sums.starts++
      } else {
        sums.offHours += hours[b]!
        sums.offShift += shift[b]!
      }
    }
    return { ...sums, startsOn: of[0] === 1, endsOn: of[n - 1] === 1 }
  }

  /** As {@link planUsd}, for kept modes. */
  function earnedUsd(lot: number, kept: Uint8Array): number {
    const sums = sumsOf(kept)
    if (sums === null) return planUsd(lot, kept)
    const other = lots.otherUsdPerKwh[lot]!
    const isShifted = lots.policy[lot] === PROTECTED ? 0 : 1
    const at = lots.pointsFrom[lot]!
    const starts = sums.starts + (sums.startsOn && lots.isOn[lot] === 0 ? 1 : 0)
    return (
      lots.pointPhs[at]! * sums.perPhs -
      lots.pointKw[at]! * (other * sums.onHours + isShifted * sums.onShift) -
      lots.standbyKw[lot]! * (other * sums.offHours + isShifted * sums.offShift) -
      starts * lots.restartUsd[lot]! +
      (sums.endsOn && modesOf(lot)[0] === 0 ? (endValueUsd?.[lot] ?? 0) : 0)
    )
  }

  /** Power per block of kept plans. */
  function powerOf(plans: readonly (readonly Plan[])[]): Float64Array {
    const kw = new Float64Array(n)
    const drawn = perModes(() => ({ onKw: 0, standbyKw: 0 }))
    const seen = new Set<Uint8Array>()
    for (let lot = 0; lot < plans.length; lot++)
      for (const plan of plans[lot]!) {
        if (sumsOf(plan.modes) === null) {
          addPower(kw, lots, lot, plan, 1)
          continue
        }
        const each = drawn(plan.modes)
        each.onKw += plan.count * lots.pointKw[lots.pointsFrom[lot]!]!
        each.standbyKw += plan.count * lots.standbyKw[lot]!
        seen.add(plan.modes)
      }
    for (const modes of seen) {
      const { onKw, standbyKw } = drawn(modes)
      for (let b = 0; b < n; b++) kw[b]! += modes[b] === 1 ? onKw : standbyKw
    }
    return kw
  }
}

export type Planned = {
  /** per lot; empty where nothing is decided about it */
  readonly plans: readonly (readonly Plan[])[]
  readonly kw: Float64Array
}

/** Adds or takes off what the machines of a plan draw. */
export function addPower(
  kw: Float64Array,
  lots: Lots,
  lot: number,
  { count, modes }: Plan,
  sign: 1 | -1,
): void {
  for (let b = 0; b < kw.length; b++) kw[b]! += sign * count * modeKw(lots, lot, modes[b]!)
}
