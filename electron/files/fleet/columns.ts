import { BOUNDS } from '#shared/domain/fleet/bounds.ts'
import type { MachineNumberColumn } from '#shared/domain/fleet/fleet.ts'

/** The columns of fleet.csv, in the order in which they are written. docs/data.md says what each means. */
export const FLEET_COLUMNS = [
  'id',
  'model',
  'quantity',
  'hashrate_ths',
  'power_w',
  'site',
  'power_price_usd_kwh',
  'other_usd_kwh',
  'overhead',
  'uptime',
  'pool_fee',
  'host_share',
  'standby_w',
  'fixed_usd_day',
  'restart_usd',
  'status',
] as const
export type FleetColumn = (typeof FLEET_COLUMNS)[number]

type NumberColumn = {
  readonly field: MachineNumberColumn
  /** what an absent column or an empty cell means; NaN: not given */
  readonly absent: number
  /** what the number is, for a message */
  readonly unit: '' | ' TH/s' | ' W' | ' USD' | ' USD/kWh' | ' USD/day'
  /** a share of 1 that people write in percent, or a price that they write in cents */
  readonly slip?: 'percent' | 'cents'
}

export const NUMBER_COLUMNS = {
  quantity: { field: 'quantity', absent: 1, unit: '' },
  hashrate_ths: { field: 'hashrateThs', absent: NaN, unit: ' TH/s' },
  power_w: { field: 'powerW', absent: NaN, unit: ' W' },
  power_price_usd_kwh: { field: 'powerPriceUsdPerKwh', absent: NaN, unit: ' USD/kWh', slip: 'cents' },
  other_usd_kwh: { field: 'otherUsdPerKwh', absent: 0, unit: ' USD/kWh', slip: 'cents' },
  overhead: { field: 'overhead', absent: 0, unit: '', slip: 'percent' },
  uptime: { field: 'uptime', absent: 1, unit: '', slip: 'percent' },
  pool_fee: { field: 'poolFee', absent: 0, unit: '', slip: 'percent' },
  host_share: { field: 'hostShare', absent: 0, unit: '', slip: 'percent' },
  standby_w: { field: 'standbyW', absent: 0, unit: ' W' },
  fixed_usd_day: { field: 'fixedUsdPerDay', absent: 0, unit: ' USD/day' },
  restart_usd: { field: 'restartUsd', absent: 0, unit: ' USD' },
} as const satisfies Partial<Record<FleetColumn, NumberColumn>>
export type NumberColumnName = keyof typeof NUMBER_COLUMNS

export function isNumberColumn(column: FleetColumn): column is NumberColumnName {
  return column in NUMBER_COLUMNS
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A decimal number as people and programs write it; NaN for anything else, "NaN", "0x10" and "1 000" included. */
export function parseDecimal(text: string, decimalComma: boolean): number {
  const pointed = decimalComma && text.includes(',') ? text.replace(',', '.') : text
  return DECIMAL.test(pointed) ? Number(pointed) : NaN
}

/** Why a cell cannot be taken as a value of the column; null where it can. `value` is what was read, NaN for no number. */
export function numberFault(name: NumberColumnName, cell: string, value: number): string | null {
  const { field, unit, slip }: NumberColumn = NUMBER_COLUMNS[name]
  const shown = quoted(cell)
  if (Number.isNaN(value)) return `${shown} is not a number${notNumberHint(cell, slip)}`
  const [least, most] = BOUNDS[field]
  if (value < least && least === 0) return `${shown}${unit} is negative; it must be 0 or more`
  if (value < least || value > most) {
    return `${shown}${unit} is out of bounds (${least} … ${most})${slipHint(value, slip)}`.replaceAll(
      '-',
      '−',
    )
  }
  if (name === 'quantity' && !Number.isInteger(value)) return `${shown} is not a whole number of machines`
  return null
}

function notNumberHint(cell: string, slip: NumberColumn['slip']): string {
  if (cell.endsWith('%') && slip === 'percent') return ': write a fraction, 2 % is 0.02'
  if (/^[+-]?\d+,\d+$/.test(cell)) {
    return ': a decimal comma needs semicolons or tabs between the columns; write a decimal point'
  }
  return ': write digits with a decimal point, without unit or thousands separator'
}

function slipHint(value: number, slip: NumberColumn['slip']): string {
  if (slip === undefined || Math.abs(value) > 100) return ''
  const fraction = Number((value / 100).toPrecision(12))
  return slip === 'cents'
    ? `; is it in cents? ${value} ¢ is ${fraction}`
    : `; write a fraction: ${value} % is ${fraction}`
}

/** A cell for a message: short, on one line, in quotes unless it is a number. */
export function quoted(cell: string): string {
  if (cell.length <= 24 && DECIMAL.test(cell)) return cell
  const short = cell.length > 40 ? cell.slice(0, 39) + '…' : cell
  // eslint-disable-next-line no-control-regex -- a control character must not reach a terminal
  return `'${short.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '�')}'`
}
