import { groupAt } from '../domain/decision/prepare.ts'
import type { Picture } from '../domain/decision/picture.ts'
import { otherUsdPerKwhAt, overheadAt } from '../domain/margins/fleet-margins.ts'
import type { Money } from '../format/money.ts'
import type { ReportColumn, ReportTable } from './document.ts'
import { columnsOver, tableOf } from './table.ts'
import { digits } from './written.ts'

/** What lots are computed with beside hashrate, power and price: alike for many, so each of them stands once. */
export type LotTerms = {
  /** by row, an index into the table's rows from 1 */
  readonly of: Uint32Array
  readonly table: ReportTable
}

/** Places of a percentage, and of an amount of one machine. */
const PLACES = { share: 4, usd: 6 }

export function lotTerms({ prepared, basis, hosts }: Picture, money: Money): LotTerms {
  const { machines } = basis.fleet
  const numbers = new Map<string, number>()
  const firstRow: number[] = []
  const machinesOf: number[] = []
  const lotsOf: number[] = []
  const of = new Uint32Array(basis.length)
  const overhead = (row: number) => overheadAt(basis.fleet, row)
  // A host's invoice that includes power takes the place of other cost.
  const other = (row: number) =>
    groupAt(prepared, row) !== -1 && !hosts.hasOtherCost(row)
      ? Number.NaN
      : otherUsdPerKwhAt(basis.fleet, row)
  for (let row = 0; row < basis.length; row++) {
    const key = [
      machines.uptime[row],
      machines.poolFee[row],
      machines.hostShare[row],
      overhead(row),
      other(row),
      machines.standbyW[row],
      machines.fixedUsdPerDay[row],
    ].join()
    const at = numbers.get(key) ?? numbers.size
    if (at === numbers.size) {
      numbers.set(key, at)
      firstRow.push(row)
      machinesOf.push(0)
      lotsOf.push(0)
    }
    of[row] = at + 1
    lotsOf[at]!++
    machinesOf[at]! += machines.quantity[row]!
  }
  const { figure } = columnsOver(firstRow)
  const exactly = (column: ReportColumn, units: (value: number) => number, most: number): ReportColumn => ({
    ...column,
    printed: Array.from(column.values as Float64Array, (value) => digits(units(value), most)),
  })
  const share = (key: string, heading: string, shareOf: (row: number) => number) =>
    exactly(figure(key, heading, 'share', shareOf), (value) => value * 100, PLACES.share)
  const numbered = columnsOver(firstRow.map((_, at) => at))
  return {
    of,
    table: tableOf('machine-terms', 'Terms of the lots', 'All', [
      numbered.text('terms', 'Terms', (at) => String(at + 1)),
      share('uptime', 'Uptime', (row) => machines.uptime[row]!),
      share('poolFee', 'Pool fee', (row) => machines.poolFee[row]!),
      share('hostShare', 'Host’s share', (row) => machines.hostShare[row]!),
      share('overhead', 'Overhead', overhead),
      figure('otherUsdPerKwh', 'Other cost', 'usdPerKwh', other),
      figure('standbyW', 'Standby of one', 'watts', (row) => machines.standbyW[row]!),
      exactly(
        figure('fixedUsdPerDay', 'Fixed cost of one', 'usdPerDay', (row) => machines.fixedUsdPerDay[row]!),
        money.units,
        PLACES.usd,
      ),
      numbered.figure('lots', 'Lots', 'count', (at) => lotsOf[at]!, 'sum'),
      numbered.figure('machines', 'Machines', 'count', (at) => machinesOf[at]!, 'sum'),
    ]),
  }
}
