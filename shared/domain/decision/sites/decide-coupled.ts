import { ownElseSite } from '../../fleet/columns.ts'
import { powerCostUsdPerHour, withoutCap } from '../../power/supply-steps.ts'
import { HOURS_PER_DAY, W_PER_KW } from '../../units.ts'
import type { OpenTotals } from '../advice-totals.ts'
import { siteWorth } from '../clearing/as-it-is.ts'
import { NEVER } from '../choice.ts'
import { clearSite, MOST_EXACT } from '../clearing/clearing.ts'
import type { SiteScene } from './decide-site.ts'
import { endValues } from './decide-site.ts'
import { modeUsd } from '../clearing/demand-curve.ts'
import { cellsOf } from '../clearing/site-cells.ts'
import { siteBill } from '../clearing/site-cost.ts'
import type { Decisions } from '../decisions.ts'
import type { Horizon } from '../horizon.ts'
import { pricedIntervals, stageMeans } from './site-offer.ts'
import type { SiteOffer } from './site-offer.ts'
import { isSame } from '../clearing/improve-plans.ts'
import { perModes } from '../clearing/same-modes.ts'
import type { Plan } from '../clearing/site-plans.ts'
import { addPower } from '../clearing/site-plans.ts'
import { planWords } from './plan-words.ts'
import { firstStagePowerRatio, REPAIR, standbyUsdPerDay } from './site-rows.ts'
import { asNowOf, waitingLots } from './waiting-lots.ts'
import type { MarginBasis } from '../../margins/fleet-margins.ts'
import type { SwitchLimits } from '../schedule/intervals.ts'
import type { PricedIntervals } from '../schedule/lot-schedules.ts'
import { HOLD, isOnAtOnce, NO_VERDICT } from '../words.ts'
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
  const clearing = ofSite(basis.fleet.sites.name[offer.site]!, () =>
    clearSite({
      lots,
      supply: supply!,
      hashpriceUsdPerPhDay: priced.hashpriceUsdPerPhDay,
      limits,
      endValuesAt: (lambda) =>
        endValues({
          offer: { ...offer, lots, priced: pricedIntervals(supply!, priced.hashpriceUsdPerPhDay, lambda) },
          horizon,
        }),
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
    words: planWords({ lots, priced: cleared }),
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

/** Verdicts of a cleared site's lots, written into the rows of the fleet, and the sums of the site. */
export function decideCoupled(scene: SiteScene, into: Decisions, totals: OpenTotals): void {
  const { basis, offer, horizon } = scene
  const { lots, rows, priced, supply } = offer
  const { means } = scene
  const clearing = scene.clearing!
  const { stages } = horizon
  const { machines } = basis.fleet
  const billUsd = billOfIntervals(scene)
  const billOfLots = lots.length <= MOST_EXACT ? billUsd : null
  const plans: (readonly Plan[])[] = []
  for (let lot = 0; lot < lots.length; lot++) plans.push(clearing.plansOf(lot))
  // A site of which nothing can be decided has no price of energy either, and nothing to add.
  const isDecided = plans.some((each) => each.length > 0)
  const words = plans.map((each, lot) => scene.words.ofPlans(lot, each))
  const asNow = asNowOf(scene)
  const overStandbyUsd = overStandby(scene)
  const waiting = waitingLots(scene, plans, words)
  const advised = new Float64Array(stages.length)
  const perStage = new Float64Array(stages.length)
  const ofNow = new Float64Array(stages.length)
  const hashpriceAfter = stages[1]?.hashpriceUsdPerPhDay ?? Infinity
  let idleStandby = 0
  let waitsUsd = 0
  for (let lot = 0; lot < lots.length; lot++) {
    const row = rows[lot]!
    const isOn = lots.isOn[lot] === 1
    const planned = plans[lot]!
    if (planned.length === 0) {
      into.verdict[row] = NO_VERDICT
      into.gainUsd[row] = NaN
      into.changesIn[row] = NEVER
      continue
    }
    const { code, changesIn } = words[lot]!
    const isHeld = waiting.isHeld[lot] === 1
    const now = asNow(lot)
    const done = isHeld ? now : planned
    const q = machines.quantity[row]!
    const counts = isHeld ? { run: isOn ? q : 0, pause: 0, off: isOn ? 0 : q } : scene.words.counts(planned)
    const doneUsd = overStandbyUsd(perStage, lot, done)
    const gain =
      isHeld || isSame(planned, now)
        ? 0
        : billOfLots === null
          ? doneUsd - overStandbyUsd(ofNow, lot, now) + 0
          : coupledGainUsd(scene, lot, planned, now, billOfLots)
    if (isHeld) waitsUsd += earnedUsd(scene, lot, done) - earnedUsd(scene, lot, planned)
    into.verdict[row] = isHeld ? HOLD : code
    into.gainUsd[row] = gain
    into.changesIn[row] = isHeld ? NEVER : changesIn
    for (let t = 0; t < stages.length; t++)
      advised[t]! += perStage[t]! - stages[t]!.days * standbyUsdPerDay(lots, lot, means, t)
    // The start of an idle machine is paid once and is no part of a day's margin.
    if (!isOn) advised[0]! += counts.run * lots.restartUsd[lot]!
    // A split lot carries one word; its machines are counted by what each does.
    if (isHeld) totals.machines[HOLD]! += q
    else
      for (const { count, modes } of planned) {
        const { ofOn, ofOff } = scene.words.ofModes(modes)
        totals.machines[isOn ? ofOn : ofOff]! += count
      }
    if (!isOn) {
      idleStandby += basis.standbyCostUsdPerDay[row]!
      totals.startGain += gain
    }
    if (isOn) {
      totals.runOn += counts.run
      totals.powerDown += q - counts.run
      const breakeven = basis.breakevenHashpriceUsdPerPhDay[row]!
      const hashrateThs = q * machines.hashrateThs[row]!
      if (breakeven > stages[0]!.hashpriceUsdPerPhDay) addUnder(totals.underNow, q, hashrateThs)
      if (breakeven > hashpriceAfter) addUnder(totals.underAfter, q, hashrateThs)
    } else {
      totals.start += counts.run
      totals.stayOff += q - counts.run
    }
    const overhead =
      1 + ownElseSite(machines.overhead[row]!, basis.fleet.sites.overhead[machines.site[row]!]!)
    const kw = (each: number, w: number) => (each * overhead * w) / W_PER_KW
    totals.kwAsIs += isOn ? kw(q, machines.powerW[row]!) : kw(q, machines.standbyW[row]!)
    totals.kwAdvised += kw(counts.run, machines.powerW[row]!) + kw(q - counts.run, machines.standbyW[row]!)
    // At another point a machine that runs takes another power.
    if (!isHeld)
      for (const { count, modes } of planned) {
        const { ofOn, ofOff } = scene.words.ofModes(modes)
        if (isOnAtOnce(isOn ? ofOn : ofOff, isOn))
          totals.kwAdvised +=
            (firstStagePowerRatio(lots, lot, modes, priced) - 1) * kw(count, machines.powerW[row]!)
      }
  }
  if (!isDecided) return
  const isWaiting = waiting.isHeld.includes(1)
  const bill = isWaiting ? billUsd(waiting.kw) : clearing.bill.totalUsd
  addRent(advised, scene, waiting.kw, bill)
  const asIs = siteWorth(lots, supply!, priced.hashpriceUsdPerPhDay, (lot) => (lots.isOn[lot] === 1 ? 1 : 0))
  // As everywhere: all off means protected machines too.
  const off = siteWorth(lots, supply!, priced.hashpriceUsdPerPhDay, () => 0)
  totals.gain += clearing.valueUsd + waitsUsd + (clearing.bill.totalUsd - bill) - asIs.totalUsd
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

function addUnder(into: OpenTotals['underNow'], machines: number, hashrateThs: number): void {
  into.machines += machines
  into.hashrateThs += hashrateThs
}

/** Against doing as it does now in every interval, the rest as advised, USD. */
function coupledGainUsd(
  scene: SiteScene,
  lot: number,
  plans: readonly Plan[],
  now: readonly Plan[],
  billUsd: (kw: Float64Array) => number,
): number {
  const { offer, clearing } = scene
  const kw = clearing!.powerKw.slice()
  const advised = billUsd(kw)
  for (const plan of plans) addPower(kw, offer.lots, lot, plan, -1)
  for (const plan of now) addPower(kw, offer.lots, lot, plan, 1)
  return earnedUsd(scene, lot, plans) - advised - (earnedUsd(scene, lot, now) - billUsd(kw)) + 0
}

/** What a lot's plans earn before the site's bill, restarts paid, USD. */
function earnedUsd({ offer: { lots, priced } }: SiteScene, lot: number, plans: readonly Plan[]): number {
  let usd = 0
  for (const { count, modes } of plans) {
    let was = lots.isOn[lot]!
    for (let i = 0; i < modes.length; i++) {
      const mode = modes[i]!
      const shift = priced.usdPerKwh[i]! - priced.protectedUsdPerKwh[i]!
      usd +=
        count *
        priced.hours[i]! *
        modeUsd(lots, lot, mode, priced.hashpriceUsdPerPhDay[priced.stage[i]!]!, shift)
      if (mode > 0 && was === 0) usd -= count * lots.restartUsd[lot]!
      was = mode > 0 ? 1 : 0
    }
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

/** Of a lot's plans at the site's marginal prices, over standing by, restarts paid, USD; also per stage. */
type OverStandby = (perStage: Float64Array, lot: number, plans: readonly Plan[]) => number

function overStandby({ offer: { lots, priced }, horizon }: SiteScene): OverStandby {
  const stages = horizon.stages.length
  const sumsOf = perModes((modes) => stageSums(modes, priced, stages))
  return (perStage, lot, plans) => {
    const at = lots.pointsFrom[lot]!
    const other = lots.otherUsdPerKwh[lot]!
    const isProtected = lots.policy[lot] === PROTECTED
    perStage.fill(0)
    for (const { count, modes } of plans) {
      const { runs, starts, startsOn } = sumsOf(modes)
      for (const { mode, stage, hours, usdPerKw, protectedUsdPerKw } of runs) {
        const kw = lots.pointKw[at + mode - 1]! - lots.standbyKw[lot]!
        const revenue = (priced.hashpriceUsdPerPhDay[stage]! * lots.pointPhs[at + mode - 1]!) / HOURS_PER_DAY
        const energy = kw * ((isProtected ? protectedUsdPerKw : usdPerKw) + other * hours)
        perStage[stage]! += count * (revenue * hours - energy)
      }
      const restartUsd = count * lots.restartUsd[lot]!
      for (const stage of starts) perStage[stage]! -= restartUsd
      if (startsOn && lots.isOn[lot] === 0) perStage[priced.stage[0]!]! -= restartUsd
    }
    let usd = 0
    for (const each of perStage) usd += each
    return usd
  }
}

/** What is the same for every machine that follows some modes. */
type StageSums = {
  /** a mode that is on, in a stage, with what a kW costs over its hours at the site's marginal prices, USD/kW */
  readonly runs: readonly {
    readonly mode: number
    readonly stage: number
    readonly hours: number
    readonly usdPerKw: number
    readonly protectedUsdPerKw: number
  }[]
  /** stages of the starts after the first interval */
  readonly starts: readonly number[]
  readonly startsOn: boolean
}

function stageSums(modes: Uint8Array, priced: PricedIntervals, stages: number): StageSums {
  const runs = new Map<number, { -readonly [K in keyof StageSums['runs'][number]]: number }>()
  const starts: number[] = []
  for (let i = 0; i < modes.length; i++) {
    const mode = modes[i]!
    if (mode === 0) continue
    const stage = priced.stage[i]!
    if (i > 0 && modes[i - 1] === 0) starts.push(stage)
    const key = mode * stages + stage
    const run = runs.get(key) ?? { mode, stage, hours: 0, usdPerKw: 0, protectedUsdPerKw: 0 }
    runs.set(key, run)
    run.hours += priced.hours[i]!
    run.usdPerKw += priced.hours[i]! * priced.usdPerKwh[i]!
    run.protectedUsdPerKw += priced.hours[i]! * priced.protectedUsdPerKwh[i]!
  }
  return { runs: [...runs.values()], starts, startsOn: modes.length > 0 && modes[0]! > 0 }
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
