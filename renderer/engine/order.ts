import type { Decisions } from '#shared/domain/decision/decisions.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { paidUsdPerKwhAt } from '#shared/domain/decision/sites/offers.ts'
import { NO_VERDICT, STAY_OFF, VERDICTS } from '#shared/domain/decision/words.ts'
import type { PlaceName } from '#shared/domain/fleet/fields.ts'
import { each, isPlaceName, PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES, RUNNING } from '#shared/domain/fleet/fleet.ts'
import { rowsContaining } from '#shared/domain/fleet/search.ts'
import { sortedIndex } from '#shared/domain/fleet/sorted-index.ts'
import { marginsUsdPerDay, meterPowerWAt } from '#shared/domain/margins/fleet-margins.ts'
import { efficiencyJPerTh, headroom, marginShare, revenuePerDay } from '#shared/domain/margins/margin.ts'
import { collator, textOrder } from './text-order.ts'
import type { GridColumn, FleetFilter, FleetSort } from './view.ts'
import { ADVICE_GROUPS } from './view.ts'

/** What rows are ordered and filtered by; hashprices are NaN and decisions null where unknown. */
export type RowInputs = {
  readonly prepared: Prepared
  readonly decisions: Decisions | null
  readonly hashpriceUsdPerPhDay: number
  readonly hashpriceAfterUsdPerPhDay: number
  /** rows by id, from {@link idOrder} */
  readonly byId: () => Uint32Array
  /** searched word → rows whose notes have it */
  readonly notes: ReadonlyMap<string, Uint8Array>
}

/** What an order or a filter rests on, from what changes least to what changes most. */
export type RestsOn = 'fleet' | 'basis' | 'market'

const ORDER_RESTS_ON: Readonly<Record<GridColumn, RestsOn>> = {
  id: 'fleet',
  site: 'fleet',
  model: 'fleet',
  quantity: 'fleet',
  power: 'fleet',
  hashrate: 'fleet',
  efficiency: 'fleet',
  status: 'fleet',
  breakeven: 'basis',
  powerPrice: 'basis',
  advice: 'market',
  gain: 'market',
  margin: 'market',
  marginShare: 'market',
  headroomNow: 'market',
  headroomAfter: 'market',
  probability: 'market',
  ...each(PLACE_NAMES, () => 'fleet' as const),
}

export const orderRestsOn = (sort: FleetSort): RestsOn => ORDER_RESTS_ON[sort.column]

export function filterRestsOn({ verdict, strike }: FleetFilter): RestsOn {
  return (verdict !== null && verdict !== 'stopped') || strike !== null ? 'market' : 'fleet'
}

/** Place of each label in alphabetical order. */
function ranks(labels: readonly string[]): Float64Array {
  const order = labels.map((_, i) => i).sort((a, b) => collator.compare(labels[a]!, labels[b]!))
  const rank = new Float64Array(labels.length)
  order.forEach((label, place) => (rank[label] = place))
  return rank
}

const eachRow = (length: number, value: (row: number) => number) => {
  const column = new Float64Array(length)
  for (let row = 0; row < length; row++) column[row] = value(row)
  return column
}

/** The same for the texts of rows; NaN, which comes last, where there is none. */
function placeKeys(machines: MachineColumns, name: PlaceName): Float64Array {
  const column = machines[name]
  if ('labels' in column) {
    const rank = ranks(column.labels)
    const none = column.labels.indexOf('')
    if (none !== -1) rank[none] = Number.NaN
    return eachRow(machines.length, (row) => rank[column.codes[row]!]!)
  }
  const keys = new Float64Array(machines.length).fill(Number.NaN)
  textOrder(column).forEach((row, place) => (keys[row] = place))
  return keys
}

/** What the advice of a row is worth, USD; NaN where there is none. */
export const gainUsdAt = (decisions: Decisions | null, row: number): number =>
  decisions === null || decisions.verdict[row] === NO_VERDICT ? Number.NaN : decisions.gainUsd[row]!

/** The column as numbers that have its order. */
function sortKeys(column: Exclude<GridColumn, 'id'>, inputs: RowInputs): Float64Array {
  const { prepared, decisions, hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after } = inputs
  const { basis } = prepared
  const { machines, sites } = basis.fleet
  const { length } = basis
  const breakeven = basis.breakevenHashpriceUsdPerPhDay
  if (isPlaceName(column)) return placeKeys(machines, column)
  switch (column) {
    case 'site': {
      const rank = ranks(sites.name)
      return eachRow(length, (row) => rank[machines.site[row]!]!)
    }
    case 'model': {
      const rank = ranks(machines.model.labels)
      return eachRow(length, (row) => rank[machines.model.codes[row]!]!)
    }
    case 'status':
      return Float64Array.from(machines.status)
    case 'quantity':
      return machines.quantity
    case 'power':
      return eachRow(length, (row) => meterPowerWAt(basis.fleet, row))
    case 'hashrate':
      return machines.hashrateThs
    case 'efficiency':
      return eachRow(length, (row) => efficiencyJPerTh(machines.powerW[row]!, machines.hashrateThs[row]!))
    case 'powerPrice':
      return eachRow(length, (row) => paidUsdPerKwhAt(prepared, row))
    case 'breakeven':
      return breakeven
    case 'margin':
      return marginsUsdPerDay(basis, now)
    case 'marginShare': {
      const margins = marginsUsdPerDay(basis, now)
      return eachRow(length, (row) => marginShare(margins[row]!, revenuePerDay(basis.acceptedPhs[row]!, now)))
    }
    case 'headroomNow':
      return eachRow(length, (row) => headroom(now, breakeven[row]!))
    case 'headroomAfter':
      return eachRow(length, (row) => headroom(after, breakeven[row]!))
    case 'gain':
      return eachRow(length, (row) => gainUsdAt(decisions, row))
    case 'advice':
    case 'probability': {
      if (decisions === null) return new Float64Array(length).fill(Number.NaN)
      // Most money first, then what goes on as it is, then what stays off, then what has no verdict.
      return eachRow(length, (row) => {
        const code = decisions.verdict[row]!
        if (code === NO_VERDICT) return Number.NaN
        return code === STAY_OFF ? -Number.MAX_VALUE : decisions.gainUsd[row]!
      })
    }
  }
}

const IDLE = MACHINE_STATUSES.indexOf('off')

/** All rows in the order asked for. */
export function sortedRows(inputs: RowInputs, sort: FleetSort): Uint32Array {
  if (sort.column === 'id') return sort.descending ? inputs.byId().toReversed() : inputs.byId()
  return sortedIndex(sortKeys(sort.column, inputs), sort.descending)
}

/** The rows that pass the filter, in the given order; the same array where there is no filter. */
export function filteredRows(order: Uint32Array, inputs: RowInputs, filter: FleetFilter): Uint32Array {
  const { prepared, decisions } = inputs
  const { basis } = prepared
  const { machines, sites } = basis.fleet
  const contains = rowsContaining(basis.fleet, filter.text, inputs.notes)
  const siteRow = filter.siteKey === null ? null : sites.key.indexOf(filter.siteKey)
  const modelCode = filter.model === null ? null : machines.model.labels.indexOf(filter.model)
  const { verdict, strike } = filter
  if (contains === null && siteRow === null && modelCode === null && verdict === null && strike === null)
    return order

  const isWanted =
    verdict === null || verdict === 'stopped'
      ? null
      : VERDICTS.map((word) => (ADVICE_GROUPS[verdict] as readonly string[]).includes(word))
  const passes = (row: number): boolean => {
    if (siteRow !== null && machines.site[row] !== siteRow) return false
    if (modelCode !== null && machines.model.codes[row] !== modelCode) return false
    if (verdict === 'stopped' && machines.status[row] === RUNNING) return false
    if (isWanted !== null && (decisions === null || isWanted[decisions.verdict[row]!] !== true)) return false
    if (strike !== null) {
      const isOnLine = strike.isIdle ? machines.status[row] === IDLE : basis.counted[row] === 1
      const at = basis.breakevenHashpriceUsdPerPhDay[row]!
      if (!isOnLine || !(at >= strike.from && at <= strike.to)) return false
    }
    return contains === null || contains(row)
  }
  return order.filter(passes)
}
