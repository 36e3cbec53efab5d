import type { FleetCash } from '../decision/fleet-cash.ts'
import { machinesOffAt } from '../decision/machines-off.ts'
import { cashInEpoch } from '../money/epoch-cash.ts'
import { MS_PER_DAY } from '../units.ts'
import type { Assumptions, NetworkEpoch } from './project.ts'
import { projectNetwork, responseScale } from './project.ts'
import type { LotsUnderWater } from './simulate/simulate.ts'
import type { AheadStart } from './start.ts'

/** An epoch of a scenario as a chart and a table show it. */
export type EpochAhead = {
  readonly epoch: number
  readonly startsAtDay: number
  readonly days: number
  /** unix ms; NaN where no date is known */
  readonly startsAtMs: number
  readonly hashpriceUsdPerPhDay: number
  readonly marginUsdPerDay: number
}

/** What a scenario comes to, under one policy (stop: best; run: as it runs). Money is cash. */
export type ScenarioAhead = {
  /** of `responseScale` */
  readonly scale: number | null
  readonly epochs: readonly EpochAhead[]
  /** of all epochs together */
  readonly days: number
  /** unix ms; NaN where no date is known */
  readonly endsAtMs: number
  readonly nowUsdPerDay: number
  /** of the epoch that day 90 falls in; NaN where the epochs end before */
  readonly in90DaysUsdPerDay: number
  /** of the last epoch */
  readonly endUsdPerDay: number
  readonly sumUsd: number
  /** of those that run today, the ones that earn most by being off at the hashprice of the last epoch */
  readonly machinesToPowerDown: number
  /** of the last epoch */
  readonly endHashpriceUsdPerPhDay: number
}

const LOOKED_AT_DAY = 90

/**
 * One scenario over its epochs: the figures of `project`, taken together.
 * @throws RangeError as `projectNetwork`, and where a contract asks for what cannot be
 */
export function scenarioAhead(
  { network, adjustment, prepared, horizon, cash }: AheadStart,
  assumptions: Assumptions,
  count: number,
  underWater: LotsUnderWater,
): ScenarioAhead {
  const rows = projectNetwork(network, adjustment, { ...assumptions, epochs: count })
  const nowMs = network.atMs ?? Number.NaN
  const epochs = rows.map((row) => ({
    epoch: row.epoch,
    startsAtDay: row.startsAtDay,
    days: row.days,
    startsAtMs: nowMs + row.startsAtDay * MS_PER_DAY,
    hashpriceUsdPerPhDay: row.hashpriceUsdPerPhDay,
    marginUsdPerDay: cashInEpoch(cash, row, underWater, 0).usdPerDay,
  }))
  const last = epochs.at(-1)!
  const endsAtDay = last.startsAtDay + last.days
  const in90Days = epochs.findLast(({ startsAtDay }) => startsAtDay <= LOOKED_AT_DAY)!
  return {
    scale: responseScale(assumptions, network, adjustment.change),
    epochs,
    days: endsAtDay,
    endsAtMs: nowMs + endsAtDay * MS_PER_DAY,
    nowUsdPerDay: epochs[0]!.marginUsdPerDay,
    in90DaysUsdPerDay: endsAtDay < LOOKED_AT_DAY ? Number.NaN : in90Days.marginUsdPerDay,
    endUsdPerDay: last.marginUsdPerDay,
    sumUsd: sumUsd(cash, rows, underWater),
    machinesToPowerDown: machinesOffAt(prepared, horizon, last.startsAtDay, last.hashpriceUsdPerPhDay),
    endHashpriceUsdPerPhDay: last.hashpriceUsdPerPhDay,
  }
}

/** Cash of an epoch, USD: a day's × its days. */
export const epochUsd = (cash: FleetCash, row: NetworkEpoch, underWater: LotsUnderWater): number =>
  cashInEpoch(cash, row, underWater, 0).usdPerDay * row.days

/** Cash of some epochs together, USD. */
export const sumUsd = (cash: FleetCash, rows: readonly NetworkEpoch[], underWater: LotsUnderWater): number =>
  rows.reduce((sum, row) => sum + epochUsd(cash, row, underWater), 0)
