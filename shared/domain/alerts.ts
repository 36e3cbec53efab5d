import { textAt } from './fleet/columns.ts'
import type { TextColumn } from './fleet/fleet.ts'
import type { MarginBasis } from './margins/fleet-margins.ts'
import type { FleetStand } from './margins/fleet-stand.ts'
import { cashMarginUsdPerDay, revenuePerDay } from './margins/margin.ts'
import { hashpriceAfterChange } from './chain/network.ts'
import type { NvtState } from './signals/nvt.ts'
import type {
  StrikeSide,
  StrikesPassed,
  VerdictChange,
  VerdictChanges,
  VerdictLevels,
} from './watched-fleet.ts'

/** An alert that an operator has set. */
export type AlertRule =
  | { readonly kind: 'hashprice-below'; readonly usdPerPhDay: number }
  /** lots whose break-even hashprice the market crosses, either way */
  | { readonly kind: 'breakeven-crossed' }
  /** the market changes what some lots should do */
  | { readonly kind: 'verdict-changed' }
  /** running lots that the market takes over the hashprice below which they should stop, idle ones over that above which they
   * should start; either way */
  | { readonly kind: 'strike-crossed' }
  /** the expected adjustment: below a negative change, above a positive one; a fraction */
  | { readonly kind: 'adjustment-beyond'; readonly change: number }
  /** dynamic NVT enters or leaves its value zone */
  | { readonly kind: 'nvt-zone' }
  /** a value that margins need is stale or missing */
  | { readonly kind: 'data-stale' }
export type AlertKind = AlertRule['kind']

/** The machines that run and have all figures, at a hashprice; money is USD a day, as they run. */
export type FleetTold = {
  readonly lots: number
  readonly machines: number
  /** cash margin of all of them */
  readonly usdPerDay: number
  /** of these, those whose break-even is above the hashprice; their money is what they lose, below 0 */
  readonly under: { readonly lots: number; readonly machines: number; readonly usdPerDay: number }
}

/** What happened, as figures: the words are made where they are shown. What is optional was not told in former versions. */
export type AlertOccurrence =
  | {
      readonly kind: 'hashprice-below'
      readonly usdPerPhDay: number
      readonly thresholdUsdPerPhDay: number
      /** absent where no machine runs */
      readonly fleet?: FleetTold | undefined
    }
  | {
      readonly kind: 'breakeven-crossed'
      /** true: they lose money from now on */
      readonly under: boolean
      readonly lots: number
      readonly machines: number
      /** the first ones */
      readonly ids: readonly string[]
      readonly usdPerPhDay: number
      /** cash margin of these lots at that hashprice, USD/day; below 0: what they lose */
      readonly usdPerDay?: number | undefined
    }
  | {
      readonly kind: 'verdict-changed'
      readonly lots: number
      readonly machines: number
      /** what following the new verdicts of these lots is worth, over the days of the horizon */
      readonly gainUsd: number
      /** null: money is per day */
      readonly horizonDays: number | null
      /** of most machines first; there may be more */
      readonly changes: readonly VerdictChange[]
      readonly usdPerPhDay: number
    }
  | {
      readonly kind: 'strike-crossed'
      /** true: the hashprice has fallen below these strikes */
      readonly under: boolean
      /** null: none was passed */
      readonly stop: StrikeSide | null
      readonly start: StrikeSide | null
      readonly usdPerPhDay: number
    }
  | {
      readonly kind: 'adjustment-beyond'
      readonly change: number
      readonly threshold: number
      /** the hashprice after it, at the price and fees of now, and what that does to the fleet; absent where no machine runs */
      readonly after?: AfterAdjustment | undefined
    }
  | { readonly kind: 'nvt-zone'; readonly entered: boolean; readonly date: string }
  | { readonly kind: 'data-stale'; readonly values: readonly string[] }

export type AfterAdjustment = {
  readonly usdPerPhDay: number
  readonly fleet: FleetTold
  /** cash margin of the fleet after less before, USD/day, as it runs */
  readonly changeUsdPerDay: number
}

/** Keeps an alert from repeating itself; stored between runs of the program. JSON. */
export type AlertMemory = Readonly<Record<string, number | string | boolean | null>>

/** What is known at one moment. An unknown figure changes no alert. */
export type AlertObservation = {
  /** NaN where it is not known */
  readonly hashpriceUsdPerPhDay: number
  /** of difficulty at the next adjustment, a fraction; null where there is no estimate */
  readonly expectedChange: number | null
  /** the last day that has a state, YYYY-MM-DD; null where no day has */
  readonly nvt: { readonly state: NvtState; readonly date: string } | null
  /** names of the values that margins need and that are stale or missing; null while they are being fetched */
  readonly staleValues: readonly string[] | null
  /** where the fleet stands at {@link crossingLevels}; null where it is not known */
  readonly passed: LotsPassed | null
  /** hashprice now and after the expected adjustment; null where it is not known */
  readonly levels: VerdictLevels | null
  /** what has changed between {@link verdictLevels}; null where it is not known */
  readonly verdicts: VerdictChanges | null
  /** which strikes lie between {@link crossingLevels}; null where it is not known */
  readonly strikes: StrikesPassed | null
  /** the fleet at the hashprice of now, and at that after the expected change; asked only where there is something to tell */
  readonly stand: { readonly now: FleetStand; readonly after: FleetStand | null } | null
}

export const NOTHING_KNOWN: AlertObservation = {
  hashpriceUsdPerPhDay: NaN,
  expectedChange: null,
  nvt: null,
  staleValues: null,
  passed: null,
  levels: null,
  verdicts: null,
  strikes: null,
  stand: null,
}

export type AlertOutcome = {
  /** null: nothing was ever known */
  readonly memory: AlertMemory | null
  /** the state that the alert warns of lasts; for a crossing: a lot is under its break-even */
  readonly active: boolean
  /** to tell now; one at most */
  readonly happened: readonly AlertOccurrence[]
}

/** How far back over its threshold a value must come before what began there has ended. */
export const HYSTERESIS = {
  /** of the hashprice */
  hashprice: 0.01,
  /** of an expected adjustment, as a fraction: half a percentage point */
  adjustment: 0.005,
} as const

/** Lots that are called by name. */
export const MOST_IDS = 5

type KindOf<K extends AlertKind> = Extract<AlertRule, { kind: K }>

/**
 * Evaluates one alert. Pure: the same memory and the same observation give the same outcome.
 *
 * A state is told when it begins and not again while it lasts; a threshold that is already crossed when the alert is
 * first looked at is told once, a crossing or a zone is only remembered then. So that a value which wavers around a
 * threshold does not chatter, a state ends only when the value is back by {@link HYSTERESIS}.
 *
 * @param memory of the evaluation before; null at the first one, and after the rule was changed
 */
export function evaluateAlert(
  rule: AlertRule,
  memory: AlertMemory | null,
  observation: AlertObservation,
): AlertOutcome {
  switch (rule.kind) {
    case 'hashprice-below':
      return hashpriceBelow(rule, memory, observation)
    case 'breakeven-crossed':
      return breakevenCrossed(memory, observation)
    case 'verdict-changed':
      return verdictChanged(memory, observation)
    case 'strike-crossed':
      return strikeCrossed(memory, observation)
    case 'adjustment-beyond':
      return adjustmentBeyond(rule, memory, observation)
    case 'nvt-zone':
      return nvtZone(memory, observation.nvt)
    case 'data-stale':
      return dataStale(memory, observation.staleValues)
  }
}

const wasActive = (memory: AlertMemory | null) => memory?.['active'] === true
const unchanged = (memory: AlertMemory | null): AlertOutcome => ({
  memory,
  active: wasActive(memory),
  happened: [],
})

/** A state that is told once, when it begins. */
function stateOutcome(memory: AlertMemory | null, active: boolean, begun: AlertOccurrence): AlertOutcome {
  return { memory: { active }, active, happened: active && !wasActive(memory) ? [begun] : [] }
}

function hashpriceBelow(
  { usdPerPhDay: thresholdUsdPerPhDay }: KindOf<'hashprice-below'>,
  memory: AlertMemory | null,
  { hashpriceUsdPerPhDay: usdPerPhDay, stand }: AlertObservation,
): AlertOutcome {
  if (!Number.isFinite(usdPerPhDay)) return unchanged(memory)
  const fleet = toldOf(stand?.now)
  const endsAt = thresholdUsdPerPhDay * (wasActive(memory) ? 1 + HYSTERESIS.hashprice : 1)
  return stateOutcome(memory, usdPerPhDay < endsAt, {
    kind: 'hashprice-below',
    usdPerPhDay,
    thresholdUsdPerPhDay,
    ...(fleet === null ? {} : { fleet }),
  })
}

/** null: nothing runs of which all figures are there */
function toldOf(stand: FleetStand | null | undefined): FleetTold | null {
  if (!stand || stand.lots === 0) return null
  const { lots, machines, usdPerDay, under } = stand
  return {
    ...{ lots, machines, usdPerDay },
    under: { lots: under.lots, machines: under.machines, usdPerDay: under.usdPerDay },
  }
}

function adjustmentBeyond(
  { change: threshold }: KindOf<'adjustment-beyond'>,
  memory: AlertMemory | null,
  { expectedChange: change, hashpriceUsdPerPhDay, stand }: AlertObservation,
): AlertOutcome {
  if (change === null || !Number.isFinite(change)) return unchanged(memory)
  // How far the change is beyond the threshold, away from 0.
  const beyond = threshold < 0 ? threshold - change : change - threshold
  const active = beyond > (wasActive(memory) ? -HYSTERESIS.adjustment : 0)
  const after = afterAdjustment(hashpriceAfterChange(hashpriceUsdPerPhDay, change), stand)
  const begun = { kind: 'adjustment-beyond', change, threshold } as const
  return stateOutcome(memory, active, after === null ? begun : { ...begun, after })
}

function afterAdjustment(usdPerPhDay: number, stand: AlertObservation['stand']): AfterAdjustment | null {
  const fleet = toldOf(stand?.after)
  if (fleet === null || !Number.isFinite(usdPerPhDay)) return null
  return { usdPerPhDay, fleet, changeUsdPerDay: fleet.usdPerDay - stand!.now.usdPerDay }
}

function dataStale(memory: AlertMemory | null, values: readonly string[] | null): AlertOutcome {
  if (values === null) return unchanged(memory)
  return stateOutcome(memory, values.length > 0, { kind: 'data-stale', values })
}

/** Only a later day than the one remembered can change the zone: a day that is corrected afterwards tells nothing. */
function nvtZone(memory: AlertMemory | null, nvt: AlertObservation['nvt']): AlertOutcome {
  const seen = memory?.['date']
  if (nvt === null || (typeof seen === 'string' && nvt.date <= seen)) return unchanged(memory)
  const active = nvt.state === 'value'
  const crossed = typeof seen === 'string' && active !== wasActive(memory)
  return {
    memory: { active, date: nvt.date },
    active,
    happened: crossed ? [{ kind: 'nvt-zone', entered: active, date: nvt.date }] : [],
  }
}

/**
 * A lot goes under when the hashprice falls below its break-even, and is back when the hashprice is
 * {@link HYSTERESIS} above it. One number remembers this for every lot, however many there are: the level w that
 * follows the hashprice with that much play, w ← min(hashprice, max(w, hashprice / 1.01)). A lot is under while its
 * break-even is above w; those that w has just passed have crossed. (The play operator of hysteresis.)
 *
 * Crossings are the market's: a lot whose own break-even moves over the level (another power price) is under or back
 * without a word. Rows that are off or lack a figure do not count.
 */
function breakevenCrossed(
  memory: AlertMemory | null,
  { hashpriceUsdPerPhDay: usdPerPhDay, passed }: AlertObservation,
): AlertOutcome {
  const levels = crossingLevels(memory, usdPerPhDay)
  if (levels === null || passed === null) return unchanged(memory)
  const { under, lots, machines, ids, acceptedPhs, avoidableCostUsdPerDay } = passed
  const active = under > 0
  const happened: AlertOccurrence = {
    kind: 'breakeven-crossed',
    under: levels.nowUsdPerPhDay < levels.beforeUsdPerPhDay,
    ...{ lots, machines, ids, usdPerPhDay },
    usdPerDay: cashMarginUsdPerDay(revenuePerDay(acceptedPhs, usdPerPhDay), avoidableCostUsdPerDay),
  }
  return {
    memory: { active, levelUsdPerPhDay: levels.nowUsdPerPhDay },
    active,
    happened: passed.lots === 0 ? [] : [happened],
  }
}

/** Where the level of {@link breakevenCrossed} was and where it is now; the same at the first look. */
export type CrossingLevels = { readonly beforeUsdPerPhDay: number; readonly nowUsdPerPhDay: number }

/**
 * Verdicts at two remembered levels, hashprice now and after the adjustment, against those at the levels of today: both follow the
 * market with the play of a break-even, so that a verdict which wavers is told once.
 */
function verdictChanged(
  memory: AlertMemory | null,
  { levels: today, verdicts }: AlertObservation,
): AlertOutcome {
  const levels = today === null ? null : verdictLevels(memory, today)
  if (levels === null || verdicts === null) return unchanged(memory)
  const { toSwitch, ...changed } = verdicts
  const active = toSwitch > 0
  const { nowUsdPerPhDay, afterUsdPerPhDay } = levels.now
  const happened: AlertOccurrence = {
    kind: 'verdict-changed',
    ...changed,
    usdPerPhDay: today!.nowUsdPerPhDay,
  }
  return {
    memory: {
      active,
      nowUsdPerPhDay,
      afterUsdPerPhDay: Number.isFinite(afterUsdPerPhDay) ? afterUsdPerPhDay : null,
    },
    active,
    happened: verdicts.lots === 0 ? [] : [happened],
  }
}

/** Where the levels of an alert on verdicts were and where they are now; the same at the first look; null where nothing is known. */
export function verdictLevels(
  memory: AlertMemory | null,
  today: VerdictLevels,
): { readonly before: VerdictLevels; readonly now: VerdictLevels } | null {
  if (!Number.isFinite(today.nowUsdPerPhDay)) return null
  const remembered = (name: keyof VerdictLevels) => {
    const level = memory?.[name]
    return typeof level === 'number' ? level : today[name]
  }
  const before = {
    nowUsdPerPhDay: remembered('nowUsdPerPhDay'),
    afterUsdPerPhDay: remembered('afterUsdPerPhDay'),
  }
  // Without an adjustment to expect now there was none to compare with.
  if (!Number.isFinite(today.afterUsdPerPhDay)) before.afterUsdPerPhDay = NaN
  return {
    before,
    now: {
      nowUsdPerPhDay: followed(before.nowUsdPerPhDay, today.nowUsdPerPhDay),
      afterUsdPerPhDay: followed(before.afterUsdPerPhDay, today.afterUsdPerPhDay),
    },
  }
}

/** The level that follows a value with some play: at once downwards, later upwards. */
function followed(level: number, value: number): number {
  return Math.min(value, Math.max(level, value / (1 + HYSTERESIS.hashprice)))
}

/** Strikes that the same level has passed. */
function strikeCrossed(
  memory: AlertMemory | null,
  { hashpriceUsdPerPhDay: usdPerPhDay, strikes }: AlertObservation,
): AlertOutcome {
  const levels = crossingLevels(memory, usdPerPhDay)
  if (levels === null || strikes === null) return unchanged(memory)
  const { stop, start, beyond } = strikes
  const active = beyond > 0
  const happened: AlertOccurrence = {
    kind: 'strike-crossed',
    under: levels.nowUsdPerPhDay < levels.beforeUsdPerPhDay,
    stop: stop.lots === 0 ? null : stop,
    start: start.lots === 0 ? null : start,
    usdPerPhDay,
  }
  return {
    memory: { active, levelUsdPerPhDay: levels.nowUsdPerPhDay },
    active,
    happened: stop.lots + start.lots === 0 ? [] : [happened],
  }
}

/** What an alert on break-evens or strikes asks of the fleet; null where the hashprice is not known (NaN). */
export function crossingLevels(memory: AlertMemory | null, usdPerPhDay: number): CrossingLevels | null {
  if (!Number.isFinite(usdPerPhDay)) return null
  const before = memory?.['levelUsdPerPhDay']
  if (typeof before !== 'number') return { beforeUsdPerPhDay: usdPerPhDay, nowUsdPerPhDay: usdPerPhDay }
  return { beforeUsdPerPhDay: before, nowUsdPerPhDay: followed(before, usdPerPhDay) }
}

/** The part of a fleet that can cross a hashprice of its own. */
export type CrossableLots = {
  readonly counted: Uint8Array
  readonly breakevenHashpriceUsdPerPhDay: Float64Array
  readonly acceptedPhs: Float64Array
  readonly avoidableCostUsdPerDay: Float64Array
  readonly quantity: Float64Array
  readonly id: TextColumn
}

export function crossableLots({
  fleet,
  ...columns
}: Pick<MarginBasis, Exclude<keyof CrossableLots, 'quantity' | 'id'> | 'fleet'>): CrossableLots {
  const { counted, breakevenHashpriceUsdPerPhDay, acceptedPhs, avoidableCostUsdPerDay } = columns
  const { quantity, id } = fleet.machines
  return { counted, breakevenHashpriceUsdPerPhDay, acceptedPhs, avoidableCostUsdPerDay, quantity, id }
}

export type LotsPassed = {
  /** lots whose break-even is above the level now */
  readonly under: number
  /** lots and machines whose break-even is between the two levels, with the first names */
  readonly lots: number
  readonly machines: number
  readonly ids: readonly string[]
  /** of these lots: hashrate that is paid for, PH/s, and avoidable cost, USD/day */
  readonly acceptedPhs: number
  readonly avoidableCostUsdPerDay: number
}

/** Counted rows with a break-even in (lower, upper] of the two levels, and how many are above the level now: one pass. */
export function lotsPassed(crossable: CrossableLots, levels: CrossingLevels): LotsPassed {
  const { counted, breakevenHashpriceUsdPerPhDay: breakeven, quantity, id } = crossable
  const { beforeUsdPerPhDay, nowUsdPerPhDay } = levels
  const lower = Math.min(nowUsdPerPhDay, beforeUsdPerPhDay)
  const upper = Math.max(nowUsdPerPhDay, beforeUsdPerPhDay)
  const ids: string[] = []
  let under = 0
  let lots = 0
  let machines = 0
  let acceptedPhs = 0
  let avoidableCostUsdPerDay = 0
  for (let row = 0; row < counted.length; row++) {
    if (counted[row] === 0) continue
    const level = breakeven[row]!
    if (level > nowUsdPerPhDay) under++
    if (!(level > lower && level <= upper)) continue
    lots++
    machines += quantity[row]!
    acceptedPhs += crossable.acceptedPhs[row]!
    avoidableCostUsdPerDay += crossable.avoidableCostUsdPerDay[row]!
    if (ids.length < MOST_IDS) ids.push(textAt(id, row))
  }
  return { under, lots, machines, ids, acceptedPhs, avoidableCostUsdPerDay }
}
