import { BLOCK_ROWS, ownElseSite } from '../fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from '../fleet/fleet.ts'
import { W_PER_KW } from '../units.ts'
import type { MarginBasis } from '../margins/fleet-margins.ts'
import { cashMarginUsdPerDay, revenuePerDay } from '../margins/margin.ts'
import type { Horizon } from './horizon.ts'
import type { Decisions } from './decisions.ts'
import { changesBetweenTwo } from './decisions.ts'
import type { Verdict } from './words.ts'
import { isOnAtOnce, NO_VERDICT, VERDICTS } from './words.ts'

/** Machines that run at a loss at one moment: their break-even hashprice is above the hashprice. */
export type Underwater = { readonly machines: number; readonly hashrateThs: number }

/** A figure of the whole fleet as it runs now, and if each machine does as advised. */
export type AsIsAndAdvised = { readonly asIs: number; readonly advised: number }

/** Sums over the rows that have a verdict; money of lots, machines with their quantity. */
export type AdviceTotals = {
  /** machines per verdict */
  readonly machines: Readonly<Record<Verdict, number>>
  /** machines by what to do now: run on, power down, start, and stay off */
  readonly actions: {
    readonly runOn: number
    readonly powerDown: number
    readonly start: number
    readonly stayOff: number
  }
  /** value of the advice against doing as now throughout, USD over the horizon; and the part of what starts */
  readonly gainUsd: number
  readonly startGainUsd: number
  /** USD over the horizon: everything that runs on in every interval, all of it off in the first stage and on later, all off, and each as advised */
  readonly valueUsd: {
    readonly run: number
    readonly pause: number
    readonly off: number
    readonly advised: number
  }
  /** cash of what runs; advised: with what the advice changes, standby included */
  readonly marginNowUsdPerDay: AsIsAndAdvised
  /** the same in the first stage after the adjustment; NaN where there is none */
  readonly marginAfterUsdPerDay: AsIsAndAdvised
  /** the same less the fixed cost of every machine, idle ones and those in repair too, standby of what is off, and what contracts ask either way */
  readonly allInNowUsdPerDay: AsIsAndAdvised
  /** power at the meter, kW, machines that are off with their standby */
  readonly powerKw: AsIsAndAdvised
  /** NaN after where nothing comes after now */
  readonly underwater: { readonly now: Underwater; readonly after: Underwater }
}

/** Running sums; one object serves plain rows and sites with terms of their own. */
export type OpenTotals = {
  readonly machines: Float64Array
  runOn: number
  powerDown: number
  start: number
  stayOff: number
  gain: number
  startGain: number
  valueRun: number
  valueOff: number
  valuePause: number
  asIsNow: number
  advisedNow: number
  asIsAfter: number
  advisedAfter: number
  kwAsIs: number
  kwAdvised: number
  readonly underNow: { machines: number; hashrateThs: number }
  readonly underAfter: { machines: number; hashrateThs: number }
}

/** @param stages of the horizon: with one alone nothing comes after it, so those figures are missing */
export function noTotals(stages: number): OpenTotals {
  const after = stages > 1 ? 0 : NaN
  return {
    machines: new Float64Array(VERDICTS.length),
    runOn: 0,
    powerDown: 0,
    start: 0,
    stayOff: 0,
    gain: 0,
    startGain: 0,
    valueRun: 0,
    valueOff: 0,
    valuePause: after,
    asIsNow: 0,
    advisedNow: 0,
    asIsAfter: after,
    advisedAfter: after,
    kwAsIs: 0,
    kwAdvised: 0,
    underNow: { machines: 0, hashrateThs: 0 },
    underAfter: { machines: after, hashrateThs: after },
  }
}

const offStatus = MACHINE_STATUSES.indexOf('off')

/** Sums kept per verdict and state, one after the other. */
const FIELDS = 8
/** A row's place among them: its verdict, whether it runs now, and whether its advice changes in the second stage. */
const SLOTS = VERDICTS.length * 4

/**
 * Adds the rows that pay one price of energy: one pass. Every figure of the totals is linear in a few sums per verdict, since a
 * margin is accepted hashrate × hashprice − cost.
 * @param groupOf −1 where a row does; null: all do
 */
export function addPlainRows(
  into: OpenTotals,
  basis: MarginBasis,
  decisions: Decisions,
  horizon: Horizon,
  groupOf: Int32Array | null,
): void {
  const sums = new Float64Array(SLOTS * FIELDS)
  const { stages } = horizon
  const hashpriceNow = stages[0]!.hashpriceUsdPerPhDay
  const hashpriceAfter = stages[1]?.hashpriceUsdPerPhDay ?? NaN
  for (let from = 0; from < basis.length; from += BLOCK_ROWS) {
    const to = Math.min(from + BLOCK_ROWS, basis.length)
    addRows(sums, basis, decisions, stages.length, groupOf, from, to)
    addUnderwater(into.underNow, hashpriceNow, basis, groupOf, from, to)
    addUnderwater(into.underAfter, hashpriceAfter, basis, groupOf, from, to)
  }
  for (let code = 0; code < VERDICTS.length; code++)
    for (let slot = 0; slot < 4; slot++) addSlot(into, sums, code, slot, horizon)
}

function addRows(
  sums: Float64Array,
  basis: MarginBasis,
  decisions: Decisions,
  stages: number,
  groupOf: Int32Array | null,
  from: number,
  to: number,
): void {
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay } = basis
  const { machines, sites } = basis.fleet
  const { quantity, powerW, standbyW, status, restartUsd, site, overhead } = machines
  const { overhead: siteOverhead } = sites
  const { verdict, gainUsd, changesIn } = decisions
  const isLong = stages > 2
  for (let i = from; i < to; i++) {
    const code = verdict[i]!
    if (code === noCode || (groupOf !== null && groupOf[i] !== -1)) continue
    const q = quantity[i]!
    const kw = q * (1 + ownElseSite(overhead[i]!, siteOverhead[site[i]!]!))
    const isLater = isLong ? Number(changesIn[i] === 1) : 0
    const at = (code * 4 + Number(status[i] === runningStatus) * 2 + isLater) * FIELDS
    sums[at] = sums[at]! + q
    sums[at + 1] = sums[at + 1]! + gainUsd[i]!
    sums[at + 2] = sums[at + 2]! + acceptedPhs[i]!
    sums[at + 3] = sums[at + 3]! + avoidableCostUsdPerDay[i]!
    sums[at + 4] = sums[at + 4]! + standbyCostUsdPerDay[i]!
    sums[at + 5] = sums[at + 5]! + q * restartUsd[i]!
    sums[at + 6] = sums[at + 6]! + kw * powerW[i]!
    sums[at + 7] = sums[at + 7]! + kw * standbyW[i]!
  }
}

// Local copies: reading an exported binding per row doubled such a pass (measured).
const noCode = NO_VERDICT
const runningStatus = RUNNING

/** Adds what the rows of one verdict and state amount to. */
function addSlot(
  into: OpenTotals,
  sums: Float64Array,
  code: number,
  slot: number,
  { stages, days }: Horizon,
): void {
  const [machines, gain, accepted, avoidable, standby, restart, wOn, wOff] = sums.subarray(
    (code * 4 + slot) * FIELDS,
  )
  if (machines === 0) return
  const isOn = slot >= 2
  const onNow = isOnAtOnce(code, isOn)
  const changes = stages.length > 2 ? slot % 2 === 1 : changesBetweenTwo(code)
  const onAfter = changes ? !onNow : onNow
  const margin = (t: number) =>
    stages[t] === undefined
      ? NaN
      : cashMarginUsdPerDay(revenuePerDay(accepted!, stages[t].hashpriceUsdPerPhDay), avoidable!)
  into.machines[code]! += machines!
  into.gain += gain!
  into.valueOff -= standby! * days
  if (isOn) {
    into[onNow ? 'runOn' : 'powerDown'] += machines!
    into.asIsNow += margin(0)
    into.asIsAfter += margin(1)
    into.advisedNow += onNow ? margin(0) : -standby!
    into.advisedAfter += onAfter ? margin(1) : -standby!
    const value = stages.reduce((sum, stage, t) => sum + margin(t) * stage.days, 0)
    into.valueRun += value
    into.valuePause += stages.length === 1 ? NaN : value - (margin(0) + standby!) * stages[0]!.days - restart!
  } else {
    into.valueRun -= standby! * days
    into.valuePause -= standby! * days
    into.startGain += gain!
    into[onNow ? 'start' : 'stayOff'] += machines!
    // Standby of idle machines is no part of the cash of what runs, so what is saved of it comes on top.
    if (onNow) into.advisedNow += margin(0) + standby!
    if (onAfter) into.advisedAfter += margin(1) + standby!
  }
  into.kwAsIs += (isOn ? wOn! : wOff!) / W_PER_KW
  into.kwAdvised += (onNow ? wOn! : wOff!) / W_PER_KW
}

function addUnderwater(
  sums: { machines: number; hashrateThs: number },
  hashpriceUsdPerPhDay: number,
  basis: MarginBasis,
  groupOf: Int32Array | null,
  from: number,
  to: number,
): void {
  const { breakevenHashpriceUsdPerPhDay: breakeven, counted } = basis
  const { quantity, hashrateThs } = basis.fleet.machines
  let machines = 0
  let hashrate = 0
  for (let i = from; i < to; i++) {
    if (counted[i] === 0 || (groupOf !== null && groupOf[i] !== -1)) continue
    // times 1 or 0 in place of a branch that is guessed wrong too often
    const underwater = Number(breakeven[i]! > hashpriceUsdPerPhDay) * quantity[i]!
    machines += underwater
    hashrate += underwater * hashrateThs[i]!
  }
  sums.machines += machines
  sums.hashrateThs += hashrate
}

/** What no price changes: fixed cost of every machine, and standby of those that are off, USD/day. */
export type IdleCosts = { readonly fixed: number; readonly idleStandby: number }

export function idleCosts(basis: MarginBasis): IdleCosts {
  const { standbyCostUsdPerDay: standby } = basis
  const { quantity, fixedUsdPerDay, status } = basis.fleet.machines
  let fixed = 0
  let idle = 0
  for (let i = 0; i < basis.length; i++) {
    fixed += quantity[i]! * fixedUsdPerDay[i]!
    if (status[i] === offStatus && standby[i] === standby[i]) idle += standby[i]!
  }
  return { fixed, idleStandby: idle }
}

/** @param owedUsdPerDay what contracts ask whether machines run or not, see `HostCosts` */
export function adviceTotals(sums: OpenTotals, idle: IdleCosts, owedUsdPerDay: number): AdviceTotals {
  const allIn = sums.asIsNow - idle.fixed - idle.idleStandby - owedUsdPerDay
  return {
    machines: Object.fromEntries(VERDICTS.map((word, code) => [word, sums.machines[code]!])) as Record<
      Verdict,
      number
    >,
    actions: {
      runOn: sums.runOn,
      powerDown: sums.powerDown,
      start: sums.start,
      stayOff: sums.stayOff,
    },
    gainUsd: sums.gain,
    startGainUsd: sums.startGain,
    valueUsd: {
      run: sums.valueRun,
      pause: sums.valuePause,
      off: sums.valueOff,
      advised: sums.valueRun + sums.gain,
    },
    marginNowUsdPerDay: { asIs: sums.asIsNow, advised: sums.advisedNow },
    marginAfterUsdPerDay: { asIs: sums.asIsAfter, advised: sums.advisedAfter },
    allInNowUsdPerDay: { asIs: allIn, advised: allIn + sums.advisedNow - sums.asIsNow },
    powerKw: { asIs: sums.kwAsIs, advised: sums.kwAdvised },
    underwater: { now: sums.underNow, after: sums.underAfter },
  }
}

/** Adds the sums of a site to those of the fleet. */
export function addTotals(into: OpenTotals, from: OpenTotals): void {
  from.machines.forEach((machines, code) => (into.machines[code]! += machines))
  for (const name of SUMS) into[name] += from[name]
  for (const name of ['underNow', 'underAfter'] as const) {
    into[name].machines += from[name].machines
    into[name].hashrateThs += from[name].hashrateThs
  }
}

const SUMS = [
  'runOn',
  'powerDown',
  'start',
  'stayOff',
  'gain',
  'startGain',
  'valueRun',
  'valueOff',
  'valuePause',
  'asIsNow',
  'advisedNow',
  'asIsAfter',
  'advisedAfter',
  'kwAsIs',
  'kwAdvised',
] as const satisfies readonly (keyof OpenTotals)[]
