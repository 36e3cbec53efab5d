import type { CrossableLots, CrossingLevels, LotsPassed } from './alerts.ts'
import { crossableLots, lotsPassed, MOST_IDS } from './alerts.ts'
import type { NetworkConditions } from './chain/network.ts'
import { atHashprice, hashpriceUsdPerPhDay } from './chain/network.ts'
import { adviseOver, horizonOf } from './decision/advise.ts'
import { riskOf } from './decision/case-inputs.ts'
import type { Horizon } from './decision/horizon.ts'
import { marketOf } from './decision/market.ts'
import { offersOver } from './decision/sites/offers.ts'
import { evenHashpriceUsdPerPhDay } from './decision/plain-rows.ts'
import type { Prepared } from './decision/prepare.ts'
import type { FleetStand } from './margins/fleet-stand.ts'
import { fleetStand } from './margins/fleet-stand.ts'
import type { Verdict } from './decision/words.ts'
import { NO_VERDICT, VERDICTS } from './decision/words.ts'
import { textAt } from './fleet/columns.ts'
import { MACHINE_STATUSES, RUNNING } from './fleet/fleet.ts'

/** The network that a fleet is watched under, and the moment. */
export type WatchedNetwork = { readonly conditions: NetworkConditions; readonly nowMs: number }

/** Hashprice now and after the expected adjustment, USD/PH/day; the second is NaN where no adjustment is known. */
export type VerdictLevels = { readonly nowUsdPerPhDay: number; readonly afterUsdPerPhDay: number }

/** Lots of one verdict that now have another. */
export type VerdictChange = {
  readonly from: Verdict
  readonly to: Verdict
  readonly lots: number
  readonly machines: number
  /** the first ones */
  readonly ids: readonly string[]
}

export type VerdictChanges = {
  readonly lots: number
  readonly machines: number
  /** what following the new verdicts of these lots is worth, USD over the horizon; per day where no date is known */
  readonly gainUsd: number
  /** null: money is per day */
  readonly horizonDays: number | null
  /** those of most machines first */
  readonly changes: readonly VerdictChange[]
  /** machines of the fleet that should be switched now */
  readonly toSwitch: number
}

/** Both sides of strikes, of lots whose strike the level has passed. */
export type StrikesPassed = {
  /** of lots that run: the hashprice below which they should stop */
  readonly stop: StrikeSide
  /** of lots that are off: the hashprice above which they should start */
  readonly start: StrikeSide
  /** lots that are beyond their strike at the level now: they should be switched */
  readonly beyond: number
}

export type StrikeSide = Pick<LotsPassed, 'lots' | 'machines' | 'ids'> & {
  /** what these lots earn by running over standing by, at the hashprice of now */
  readonly usdPerDay: number
}

/** Pairs of words that are told apart in one sentence. */
const MOST_CHANGES = 6
const REPAIR = MACHINE_STATUSES.indexOf('repair')

/** A fleet's horizon at some levels: the conditions with the price and the change that give them. */
function horizonAt(
  { inputs }: Prepared,
  { conditions, nowMs }: WatchedNetwork,
  levels: VerdictLevels,
): { readonly horizon: Horizon; readonly isPerDay: boolean } | null {
  const choices = { horizonDays: null, change: null, ...riskOf(inputs) }
  const now = marketOf(conditions, choices, nowMs).hashpriceUsdPerPhDay
  const then = hashpriceUsdPerPhDay(conditions) * (levels.nowUsdPerPhDay / now)
  const market = marketOf(
    atHashprice(conditions, then),
    {
      ...choices,
      change: Number.isFinite(levels.afterUsdPerPhDay)
        ? levels.nowUsdPerPhDay / levels.afterUsdPerPhDay - 1
        : null,
    },
    nowMs,
  )
  const horizon = horizonOf(market)
  return horizon === null ? null : { horizon, isPerDay: market.isPerDay }
}

/**
 * Lots whose verdict the market has changed from one pair of levels to another: the same fleet, the same contracts and the same moment, so
 * that no edit is told. null where the hashprice is not known.
 * @throws RangeError that names site and field where a contract asks for what cannot be
 */
export function verdictChanges(
  prepared: Prepared,
  network: WatchedNetwork,
  before: VerdictLevels,
  now: VerdictLevels,
): VerdictChanges | null {
  const was = horizonAt(prepared, network, before)
  const is = horizonAt(prepared, network, now)
  if (was === null || is === null) return null
  const old = adviseOver(prepared, was.horizon).decisions.verdict
  const { decisions, totals } = adviseOver(prepared, is.horizon)
  const { quantity, id } = prepared.basis.fleet.machines
  const found = new Map<number, { lots: number; machines: number; ids: string[] }>()
  let [lots, machines, gainUsd] = [0, 0, 0]
  for (let row = 0; row < old.length; row++) {
    const [from, to] = [old[row]!, decisions.verdict[row]!]
    if (from === to || from === NO_VERDICT || to === NO_VERDICT) continue
    const pair = from * VERDICTS.length + to
    const each = found.get(pair) ?? { lots: 0, machines: 0, ids: [] }
    found.set(pair, each)
    each.lots++
    each.machines += quantity[row]!
    if (each.ids.length < MOST_IDS) each.ids.push(textAt(id, row))
    lots++
    machines += quantity[row]!
    gainUsd += decisions.gainUsd[row]!
  }
  const changes = [...found]
    .map(([pair, each]) => ({
      from: VERDICTS[Math.floor(pair / VERDICTS.length)]!,
      to: VERDICTS[pair % VERDICTS.length]!,
      ...each,
    }))
    .sort((a, b) => b.machines - a.machines)
    .slice(0, MOST_CHANGES)
  const { powerDown, start } = totals.actions
  return {
    lots,
    machines,
    gainUsd,
    horizonDays: is.isPerDay ? null : is.horizon.days,
    changes,
    toSwitch: powerDown + start,
  }
}

/** Rows that run, by what energy costs them under their contracts. */
export function lotsByBreakeven(prepared: Prepared, network: WatchedNetwork): CrossableLots {
  priceEnergy(prepared, network)
  return crossableLots(prepared.basis)
}

/** Writes what energy costs under contracts into the basis. */
function priceEnergy(prepared: Prepared, { conditions, nowMs }: WatchedNetwork): void {
  const horizon = horizonOf(marketOf(conditions, { horizonDays: null, change: null }, nowMs))
  if (horizon !== null) offersOver(prepared, horizon)
}

/** Where what runs stands at a hashprice, by what energy costs under contracts. @throws as {@link verdictChanges} */
export function standAt(prepared: Prepared, network: WatchedNetwork, usdPerPhDay: number): FleetStand {
  priceEnergy(prepared, network)
  return fleetStand(prepared.basis, usdPerPhDay)
}

/** A strike this many times off the hashprice at which running is as good as standing by has not been seen; such lots are far from it. */
const FAR = 4

/** Lots whose stop or start strike lies between two levels of the hashprice. null where the hashprice is not known. @throws as {@link verdictChanges} */
export function strikesPassed(
  prepared: Prepared,
  network: WatchedNetwork,
  levels: CrossingLevels,
): StrikesPassed | null {
  const { beforeUsdPerPhDay, nowUsdPerPhDay } = levels
  const at = horizonAt(prepared, network, { nowUsdPerPhDay, afterUsdPerPhDay: NaN })
  if (at === null) return null
  const advice = adviseOver(prepared, at.horizon)
  const { basis } = prepared
  const { acceptedPhs, avoidableCostUsdPerDay, standbyCostUsdPerDay, length } = basis
  const { status } = basis.fleet.machines
  const lower = Math.min(beforeUsdPerPhDay, nowUsdPerPhDay)
  const upper = Math.max(beforeUsdPerPhDay, nowUsdPerPhDay)
  const strike = new Float64Array(length).fill(NaN)
  const runs = new Uint8Array(length)
  const idles = new Uint8Array(length)
  let belowStart = 0
  for (let row = 0; row < length; row++) {
    if (advice.decisions.verdict[row] === NO_VERDICT || status[row] === REPAIR) continue
    const isOn = status[row] === RUNNING
    const even = evenHashpriceUsdPerPhDay(
      acceptedPhs[row]!,
      avoidableCostUsdPerDay[row]!,
      standbyCostUsdPerDay[row]!,
    )
    if (even > 0 && (even * FAR < lower || even > upper * FAR)) strike[row] = even
    else {
      const { stopBelowUsdPerPhDay, startAboveUsdPerPhDay } = advice.strikes(row)
      strike[row] = isOn ? stopBelowUsdPerPhDay : startAboveUsdPerPhDay
    }
    if (Number.isNaN(strike[row]!)) continue
    if (isOn) runs[row] = 1
    else idles[row] = 1
    if (!isOn && strike[row]! > nowUsdPerPhDay) belowStart++
  }
  const ofRunning = passedOf(runs)
  const ofIdle = passedOf(idles)
  const idle = idles.reduce((sum, each) => sum + each, 0)
  return {
    stop: sideOf(ofRunning, runs),
    start: sideOf(ofIdle, idles),
    beyond: ofRunning.under + idle - belowStart,
  }

  function passedOf(counted: Uint8Array): LotsPassed {
    const column = { ...basis, counted, breakevenHashpriceUsdPerPhDay: strike }
    return lotsPassed(crossableLots(column), levels)
  }

  function sideOf({ lots, machines, ids }: LotsPassed, counted: Uint8Array): StrikeSide {
    let usdPerDay = 0
    for (let row = 0; row < length; row++)
      if (counted[row] === 1 && strike[row]! > lower && strike[row]! <= upper)
        usdPerDay +=
          acceptedPhs[row]! * nowUsdPerPhDay - avoidableCostUsdPerDay[row]! + standbyCostUsdPerDay[row]!
    return { lots, machines, ids, usdPerDay }
  }
}
