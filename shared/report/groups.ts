import type { Picture } from '../domain/decision/picture.ts'
import { MACHINE_STATUSES, RUNNING } from '../domain/fleet/fleet.ts'
import { meterPowerW } from '../domain/margins/margin.ts'
import { meterPowerWAt, overheadAt } from '../domain/margins/fleet-margins.ts'
import type { FleetTotals } from '../domain/margins/totals.ts'
import { sumsBy, totalsOf } from '../domain/margins/totals.ts'
import type { FleetCosts, HostCosts } from '../domain/money/cost-bridge.ts'
import { costsBy, sumOfCosts } from '../domain/money/cost-bridge.ts'
import { THS_PER_PHS, W_PER_KW } from '../domain/units.ts'
import type { ReportColumn } from './document.ts'
import type { FigureLook } from './table.ts'
import { columnsOver } from './table.ts'

/** What the rows of a site or of a model amount to as they run. */
export type GroupFigures = {
  readonly name: string
  readonly lots: number
  readonly totals: FleetTotals
  readonly costs: FleetCosts
  /** at the meter now, with the standby of machines that are off */
  readonly meterKw: number
}

/** Sites or models, and all of them together. */
export type Grouped = { readonly groups: readonly GroupFigures[]; readonly all: GroupFigures }

/**
 * A few passes over the fleet, however many groups there are.
 * @param codes group of each row, an index into `names`
 * @param owedUsdPerDayOf what the contract of a group asks whether machines run or not; null: groups have none of their own
 */
export function groupFigures(
  { basis, market, totals }: Picture,
  hosts: HostCosts,
  names: readonly string[],
  codes: ArrayLike<number>,
  owedUsdPerDayOf: HostCosts['owedUsdPerDayOf'] | null,
): Grouped {
  const sums = sumsBy(basis, codes, names.length)
  const costs = costsBy(basis, codes, names.length, market.hashpriceBtcPerPhDay, hosts)
  const meterKw = new Float64Array(names.length)
  const lots = new Float64Array(names.length)
  for (let row = 0; row < basis.length; row++) {
    const group = codes[row]!
    const kw = kwNow(basis, row)
    lots[group]!++
    if (Number.isFinite(kw)) meterKw[group]! += kw
  }
  const groups = names.map((name, group) => ({
    name,
    lots: lots[group]!,
    totals: totalsOf(sums[group]!, market.conditions, owedUsdPerDayOf?.(group)),
    costs: costs[group]!,
    meterKw: meterKw[group]!,
  }))
  return {
    groups,
    all: {
      name: '',
      lots: basis.length,
      totals,
      costs: sumOfCosts(costs),
      meterKw: meterKw.reduce((sum, kw) => sum + kw, 0),
    },
  }
}

const OFF = MACHINE_STATUSES.indexOf('off')

/** What a row draws at the meter as it is: nothing in repair. */
function kwNow({ fleet, counted }: Picture['basis'], row: number): number {
  const { machines } = fleet
  if (machines.status[row] === RUNNING)
    return counted[row] === 1 ? meterPowerWAt(fleet, row) / W_PER_KW : Number.NaN
  if (machines.status[row] !== OFF) return 0
  return meterPowerW(machines.quantity[row]!, machines.standbyW[row]!, overheadAt(fleet, row)) / W_PER_KW
}

/** The columns by which sites and models are told apart, each as both tables have it. */
export function groupColumns({ groups, all }: Grouped) {
  const { figure } = columnsOver(groups)
  const of = (key: string, heading: string, look: FigureLook, value: (each: GroupFigures) => number) =>
    figure(key, heading, look, value, value(all))
  return {
    lots: of('lots', 'Lots', 'count', ({ lots }) => lots),
    machines: of('machines', 'Machines', 'count', ({ totals }) => totals.machines),
    running: of('running', 'Running', 'count', ({ totals }) => totals.running),
    hashrate: of('hashratePhs', 'Hashrate', 'phs', ({ totals }) => totals.hashrateThs / THS_PER_PHS),
    meter: of('meterKw', 'At the meter', 'kw', ({ meterKw }) => meterKw),
    efficiency: of('efficiencyJPerTh', 'Efficiency', 'jPerTh', ({ totals }) => totals.efficiencyJPerTh),
  }
}

/** Paid, less what stops with the machines: a cost is below 0, so that a line adds up too. */
export function moneyColumns({ groups, all }: Grouped): readonly ReportColumn[] {
  const { figure } = columnsOver(groups)
  const money = (key: string, heading: string, of: (each: GroupFigures) => number) =>
    figure(key, heading, 'usdPerDay', of, of(all))
  return [
    money('revenueUsdPerDay', 'Revenue', ({ totals }) => totals.revenueUsdPerDay),
    money('energyUsdPerDay', 'Energy', ({ costs }) => less(costs.energyUsdPerDay)),
    money('hostingUsdPerDay', 'Grid, hosting', ({ costs }) => less(costs.hostingUsdPerDay)),
    money('marginUsdPerDay', 'Cash margin', ({ totals }) => totals.marginUsdPerDay),
  ]
}

/** A cost as what it takes away; there is no minus nought. */
export const less = (usd: number): number => 0 - usd
