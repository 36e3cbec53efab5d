import { ownElseSite } from '../../fleet/columns.ts'
import { powerCostUsdPerHour, withoutCap } from '../../power/supply-steps.ts'
import { MS_PER_DAY, W_PER_KW } from '../../units.ts'
import type { OpenTotals } from '../advice-totals.ts'
import { siteWorth } from '../clearing/as-it-is.ts'
import { NEVER } from '../choice.ts'
import { clearSite } from '../clearing/clearing.ts'
import type { SiteScene } from './decide-site.ts'
import { endValues } from './decide-site.ts'
import { modeKw, modeUsd } from '../clearing/demand-curve.ts'
import type { Lots } from './lots.ts'
import { capKw, cellsOf, sameKw } from '../clearing/site-cells.ts'
import { siteBill } from '../clearing/site-cost.ts'
import type { Decisions } from '../decisions.ts'
import { runsNow } from '../waiting/hold.ts'
import type { Horizon } from '../horizon.ts'
import { isDuty, pricedIntervals, stageMeans } from './site-offer.ts'
import type { SiteOffer } from './site-offer.ts'
import type { Plan } from '../clearing/site-plans.ts'
import { changeStage, REPAIR, standbyUsdPerDay, switchingOf } from './site-rows.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import type { SwitchLimits } from '../schedule/intervals.ts'
import {
  HOLD,
  isOnAtOnce,
  NO_VERDICT,
  OFF,
  PAUSE,
  PROFILE,
  RUN,
  RUN_UNTIL,
  START,
  START_LATER,
  START_UNTIL,
  STAY_OFF,
} from '../words.ts'
import { PROTECTED } from '../../power/machine-policy.ts'

/**
 * Sites on which what one machine takes changes what another pays: cleared as a whole. Rows are weighed with the rest of the site as
 * advised, so their values do not add up to the site's; the site's own are exact.
 */
export function coupledScene(
  basis: MarginBasis,
  offer: SiteOffer,
  horizon: Horizon,
  limits: SwitchLimits,
): SiteScene {
  const { rows, supply } = offer
  // Machines in repair draw nothing and take no part.
  const pointPhs = offer.lots.pointPhs.slice()
  rows.forEach((row, lot) => {
    if (basis.fleet.machines.status[row] === REPAIR)
      pointPhs.fill(NaN, offer.lots.pointsFrom[lot], offer.lots.pointsFrom[lot + 1])
  })
  const lots = { ...offer.lots, pointPhs }
  const { priced } = offer
  const ends = endValues({ offer, horizon })
  const clearing = ofSite(basis.fleet.sites.name[offer.site]!, () =>
    clearSite({
      lots,
      supply: supply!,
      hashpriceUsdPerPhDay: priced.hashpriceUsdPerPhDay,
      limits,
      endValueUsd: ends,
    }),
  )
  const cleared = pricedIntervals(supply!, priced.hashpriceUsdPerPhDay, clearing.lambdaUsdPerKwh)
  return {
    basis,
    offer: { ...offer, lots, priced: cleared },
    means: stageMeans(cleared),
    horizon,
    limits,
    clearing,
  }
}

/** A limit that cannot be kept is told with the site that it is of. */
function ofSite<T>(site: string, clear: () => T): T {
  try {
    return clear()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RangeError(`site ${site}, field ${error.message}`, { cause: error })
  }
}

/** Lots of a site up to which each is weighed at the exact extra cost of its energy; of more, one is too small to move the price. */
const MOST_EXACT = 1000

/** Verdicts of a cleared site's lots, written into the rows of the fleet, and the sums of the site. */
export function decideCoupled(scene: SiteScene, into: Decisions, totals: OpenTotals): void {
  const { basis, offer, horizon } = scene
  const { lots, rows, priced, supply } = offer
  const clearing = scene.clearing!
  const { stages } = horizon
  const { machines } = basis.fleet
  const billUsd = billOfIntervals(scene)
  const billOfLots = lots.length <= MOST_EXACT ? billUsd : null
  const advised = new Float64Array(stages.length)
  const asNow = asNowOf(scene)
  const waiting = waitingLots(scene, asNow)
  let idleStandby = 0
  let held = 0
  for (let lot = 0; lot < lots.length; lot++) {
    const row = rows[lot]!
    const plans = clearing.plansOf(lot)
    const isOn = lots.isOn[lot] === 1
    if (plans.length === 0) {
      into.verdict[row] = NO_VERDICT
      into.gainUsd[row] = NaN
      into.changesIn[row] = NEVER
      continue
    }
    const { code: best, changesIn, machinesOf } = planWord(scene, lot, plans)
    const code = waiting.holds(lot, best, plans) ? HOLD : best
    const gain = code === HOLD ? 0 : coupledGainUsd(scene, lot, plans, asNow(lot), billOfLots)
    const done = code === HOLD ? asNow(lot) : plans
    into.verdict[row] = code
    into.gainUsd[row] = gain
    into.changesIn[row] = code === HOLD ? NEVER : changesIn
    if (code === HOLD) held += 1
    addPlans(advised, scene, lot, done)
    // The start of an idle machine is paid once and is no part of a day's margin.
    if (!isOn) advised[0]! += planCounts(scene, done).run * lots.restartUsd[lot]!
    const q = machines.quantity[row]!
    // A split lot carries one word; its machines are counted by what each does.
    if (code === HOLD) totals.machines[HOLD]! += q
    else for (const [word, count] of machinesOf) totals.machines[word]! += count
    if (!isOn) {
      idleStandby += basis.standbyCostUsdPerDay[row]!
      totals.startGain += gain
    }
    const counts =
      code === HOLD ? { run: isOn ? q : 0, pause: 0, off: isOn ? 0 : q } : planCounts(scene, plans)
    if (isOn) {
      totals.runOn += counts.run
      totals.powerDown += q - counts.run
      const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
      for (const [stage, under] of [
        [stages[0], totals.underNow],
        [stages[1], totals.underAfter],
      ] as const)
        if (stage !== undefined && breakeven > stage.hashpriceUsdPerPhDay) {
          under.machines += q
          under.hashrateThs += q * machines.hashrateThs[row]!
        }
    } else {
      totals.start += counts.run
      totals.stayOff += q - counts.run
    }
    const overhead =
      1 + ownElseSite(machines.overhead[row]!, basis.fleet.sites.overhead[machines.site[row]!]!)
    const kw = (each: number, w: number) => (each * overhead * w) / W_PER_KW
    totals.kwAsIs += isOn ? kw(q, machines.powerW[row]!) : kw(q, machines.standbyW[row]!)
    totals.kwAdvised += kw(counts.run, machines.powerW[row]!) + kw(q - counts.run, machines.standbyW[row]!)
  }
  const earned = () => {
    let usd = 0
    for (let lot = 0; lot < lots.length; lot++) {
      const done = into.verdict[rows[lot]!] === HOLD ? asNow(lot) : clearing.plansOf(lot)
      usd += earnedUsd(scene, lot, done) - restartsUsd(scene, lot, done)
    }
    return usd
  }
  // A site of which nothing can be decided has no price of energy either, and nothing to add.
  if (!rows.some((_, lot) => clearing.plansOf(lot).length > 0)) return
  const bill = held > 0 ? billUsd(waiting.kw) : clearing.bill.totalUsd
  addRent(advised, scene, waiting.kw, bill)
  const asIs = siteWorth(lots, supply!, priced.hashpriceUsdPerPhDay, (lot) => (lots.isOn[lot] === 1 ? 1 : 0))
  // As everywhere: all off means protected machines too.
  const off = siteWorth(lots, supply!, priced.hashpriceUsdPerPhDay, () => 0)
  totals.gain += (held > 0 ? earned() - bill : clearing.valueUsd) - asIs.totalUsd
  totals.valueRun += asIs.totalUsd
  totals.valueOff += off.totalUsd
  let restarts = 0
  for (let lot = 0; lot < lots.length; lot++)
    if (lots.isOn[lot] === 1 && lots.restartUsd[lot]! > 0)
      restarts += lots.machines[lot]! * lots.restartUsd[lot]!
  totals.valuePause +=
    stages.length === 1 ? NaN : asIs.totalUsd + off.perStageUsd[0]! - asIs.perStageUsd[0]! - restarts
  const perDay = (usd: ArrayLike<number>, t: number) =>
    stages[t] === undefined ? NaN : usd[t]! / stages[t].days
  totals.asIsNow += perDay(asIs.perStageUsd, 0) + idleStandby
  totals.asIsAfter += perDay(asIs.perStageUsd, 1) + idleStandby
  totals.advisedNow += perDay(advised, 0) + idleStandby
  totals.advisedAfter += perDay(advised, 1) + idleStandby
}

/** The word of what most machines of a lot do; on a tie of what they do now. */
function planWord(
  { offer: { lots, priced } }: SiteScene,
  lot: number,
  plans: readonly Plan[],
): { readonly code: number; readonly changesIn: number; readonly machinesOf: ReadonlyMap<number, number> } {
  const isOn = lots.isOn[lot] === 1
  const byCode = new Map<number, { machines: number; changesIn: number }>()
  for (const { count, modes } of plans) {
    const change = changeStage(modes, priced)
    const first = modes.some((mode, i) => mode > 0 && priced.stage[i] === 0)
    const isOther = modes.some((mode, i) => mode > 1 && priced.stage[i] === 0)
    const code = isOther
      ? PROFILE
      : first
        ? change === NEVER
          ? isOn
            ? RUN
            : START
          : isOn
            ? RUN_UNTIL
            : START_UNTIL
        : change === NEVER
          ? isOn
            ? OFF
            : STAY_OFF
          : isOn
            ? PAUSE
            : START_LATER
    const known = byCode.get(code)
    byCode.set(code, { machines: (known?.machines ?? 0) + count, changesIn: change })
  }
  let best = { code: NO_VERDICT, machines: 0, changesIn: NEVER }
  for (const [code, { machines, changesIn }] of byCode)
    if (machines > best.machines || (machines === best.machines && isOnAtOnce(code, isOn) === isOn))
      best = { code, machines, changesIn }
  return { ...best, machinesOf: new Map([...byCode].map(([code, { machines }]) => [code, machines])) }
}

/** Whole machines by what they do: on now; off now and on later; neither. */
export function planCounts({ offer: { priced } }: Pick<SiteScene, 'offer'>, plans: readonly Plan[]) {
  const counts = { run: 0, pause: 0, off: 0 }
  for (const { count, modes } of plans) {
    const first = modes.some((mode, i) => mode > 0 && priced.stage[i] === 0)
    counts[first ? 'run' : modes.some((mode) => mode > 0) ? 'pause' : 'off'] += count
  }
  return counts
}

/**
 * The lots of a site that wait for the next review instead of switching, and the site's power with them. What must not be is not waited
 * for: until the review the site keeps its cap and its floor.
 */
function waitingLots(scene: SiteScene, asNow: AsNow) {
  const { offer, horizon, clearing } = scene
  const { lots, priced, supply } = offer
  const kw = clearing!.powerKw.slice()
  const { cells, cellOf } = cellsOf(supply!)
  const reviewMs = priced.atMs[0]! + horizon.reviewDays * MS_PER_DAY
  return { kw, holds }

  /** @param code its best word, @param plans what it would do */
  function holds(lot: number, code: number, plans: readonly Plan[]): boolean {
    const isOn = lots.isOn[lot] === 1
    if (
      !(lots.restartUsd[lot]! > 0) ||
      horizon.volatilityPerYear === 0 ||
      lots.policy[lot] === PROTECTED ||
      isOnAtOnce(code, isOn) === isOn
    )
      return false
    const { run } = planCounts(scene, plans)
    const switching = (isOn ? lots.machines[lot]! - run : run) / lots.machines[lot]!
    if (runsNow(isOn, switchingOf(clearing!.marginsOf(lot), offer, lot, horizon, switching)) !== isOn)
      return false
    const before = kw.slice()
    addKw(kw, lots, lot, plans, -1)
    addKw(kw, lots, lot, asNow(lot), 1)
    if (keepsLimits()) return true
    kw.set(before)
    return false
  }

  function keepsLimits(): boolean {
    for (let i = 0; i < kw.length && priced.atMs[i]! < reviewMs; i++) {
      const { floorKw, alternatives } = cells[cellOf[i]!]!
      if (kw[i]! < floorKw - sameKw(floorKw)) return false
      const mostKw = Math.min(...alternatives.map(capKw))
      if (kw[i]! > mostKw + sameKw(mostKw)) return false
    }
    return true
  }
}

function addKw(kw: Float64Array, lots: Lots, lot: number, plans: readonly Plan[], sign: 1 | -1): void {
  for (const { count, modes } of plans)
    for (let i = 0; i < kw.length; i++) kw[i]! += sign * count * modeKw(lots, lot, modes[i]!)
}

/** What a lot does if nobody does anything: on in every interval but those of a programme's duty, or off. */
type AsNow = (lot: number) => readonly Plan[]

function asNowOf({ offer: { lots, priced } }: SiteScene): AsNow {
  const n = priced.hours.length
  const off = new Uint8Array(n)
  const on = new Uint8Array(n).fill(1)
  const shed = on.map((_, i) => (isDuty(priced, i) ? 0 : 1))
  return (lot) => {
    const modes = lots.isOn[lot] === 0 ? off : lots.policy[lot] === PROTECTED ? on : shed
    return [{ count: lots.machines[lot]!, modes }]
  }
}

/** Against doing as it does now in every interval, the rest as advised, USD. */
function coupledGainUsd(
  scene: SiteScene,
  lot: number,
  plans: readonly Plan[],
  now: readonly Plan[],
  billUsd: ((kw: Float64Array) => number) | null,
): number {
  const { offer, clearing } = scene
  if (billUsd === null) return planUsd(scene, lot, plans) - planUsd(scene, lot, now) + 0
  const kw = clearing!.powerKw.slice()
  const advised = billUsd(kw)
  addKw(kw, offer.lots, lot, plans, -1)
  addKw(kw, offer.lots, lot, now, 1)
  const earned = (each: readonly Plan[]) => earnedUsd(scene, lot, each) - restartsUsd(scene, lot, each)
  return earned(plans) - advised - (earned(now) - billUsd(kw)) + 0
}

/** What a lot's plans earn before the site's bill, USD. */
function earnedUsd({ offer: { lots, priced } }: SiteScene, lot: number, plans: readonly Plan[]): number {
  let usd = 0
  for (const { count, modes } of plans)
    for (let i = 0; i < modes.length; i++) {
      const shift = priced.usdPerKwh[i]! - priced.protectedUsdPerKwh[i]!
      usd +=
        count *
        priced.hours[i]! *
        modeUsd(lots, lot, modes[i]!, priced.hashpriceUsdPerPhDay[priced.stage[i]!]!, shift)
    }
  return usd
}

/** The site's bill for a power in each interval, USD over the horizon. Energy above a cap costs what is bought. */
function billOfIntervals({ offer: { supply, priced } }: SiteScene): (kw: Float64Array) => number {
  const given = cellsOf(supply!)
  const cells = {
    ...given,
    cells: given.cells.map((cell) => ({
      ...cell,
      alternatives: withoutCap(cell.alternatives, cell.energyUsdPerKwh),
    })),
  }
  const blocks = {
    length: priced.hours.length,
    cell: given.cellOf,
    hours: priced.hours,
    pool: given.dayOf,
    kwhOfPool: given.kwhOfDay,
  }
  return (kw) => siteBill(supply!, cells, blocks, kw).totalUsd
}

function restartsUsd({ offer: { lots } }: SiteScene, lot: number, plans: readonly Plan[]): number {
  let starts = 0
  for (const { count, modes } of plans) {
    let was = lots.isOn[lot]!
    for (const mode of modes) {
      if (mode > 0 && was === 0) starts += count
      was = mode > 0 ? 1 : 0
    }
  }
  return starts === 0 ? 0 : starts * lots.restartUsd[lot]!
}

/** Of a lot's plans at the site's marginal prices, over standing by, restarts paid, USD. */
function planUsd(scene: SiteScene, lot: number, plans: readonly Plan[]): number {
  const perStage = new Float64Array(scene.horizon.stages.length)
  addPlans(perStage, scene, lot, plans, false)
  return perStage.reduce((sum, usd) => sum + usd, 0)
}

/** Adds what a lot's plans earn at the site's marginal prices, per stage, USD. */
function addPlans(
  into: Float64Array,
  { offer: { lots, priced }, means, horizon }: SiteScene,
  lot: number,
  plans: readonly Plan[],
  withStandby = true,
): void {
  const at = lots.pointsFrom[lot]!
  const other = lots.otherUsdPerKwh[lot]!
  const usdPerKwh = lots.policy[lot] === PROTECTED ? priced.protectedUsdPerKwh : priced.usdPerKwh
  for (const { count, modes } of plans) {
    let was = lots.isOn[lot]!
    for (let i = 0; i < modes.length; i++) {
      const mode = modes[i]!
      if (mode > 0) {
        const t = priced.stage[i]!
        const kw = lots.pointKw[at + mode - 1]! - lots.standbyKw[lot]!
        const revenue = (priced.hashpriceUsdPerPhDay[t]! * lots.pointPhs[at + mode - 1]!) / 24
        into[t]! += count * priced.hours[i]! * (revenue - kw * (usdPerKwh[i]! + other))
        if (was === 0) into[t]! -= count * lots.restartUsd[lot]!
      }
      was = mode > 0 ? 1 : 0
    }
  }
  if (withStandby)
    horizon.stages.forEach(({ days }, t) => (into[t]! -= days * standbyUsdPerDay(lots, lot, means, t)))
}

/**
 * What the site keeps of its marginal prices: its machines are charged those, its bill is less.
 * @param powerKw per interval, @param billUsd of it over the horizon
 */
function addRent(
  into: Float64Array,
  { offer: { priced, supply } }: SiteScene,
  powerKw: Float64Array,
  billUsd: number,
): void {
  const { groups, intervals } = supply!
  let billed = 0
  for (let i = 0; i < priced.hours.length; i++) {
    const kw = powerKw[i]!
    const { alternatives, energyUsdPerKwh } = groups[intervals.group[i]!]!
    const cost = powerCostUsdPerHour(withoutCap(alternatives, energyUsdPerKwh), kw)
    into[priced.stage[i]!]! += priced.hours[i]! * (priced.protectedUsdPerKwh[i]! * kw - cost)
    billed += priced.hours[i]! * cost
  }
  // A peak charge, and what energy committed by the day saves, belong to no interval: spread over the time.
  const rest = billUsd - billed
  const hours = priced.hours.reduce((sum, each) => sum + each, 0)
  for (let i = 0; i < priced.hours.length; i++) into[priced.stage[i]!]! -= (rest * priced.hours[i]!) / hours
}
