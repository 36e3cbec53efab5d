import type { NumberField, NumberName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'

/** The headings of fleet.csv, in the order in which they are written. docs/data.md says what each means. */
export const HEADINGS: readonly string[] = FIELD_NAMES.map((name) => MACHINE_FIELDS[name].heading)

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A decimal number as people and programs write it; NaN for anything else, "NaN", "0x10" and "1 000" included. */
export function parseDecimal(text: string, decimalComma: boolean): number {
  const pointed = decimalComma && text.includes(',') ? text.replace(',', '.') : text
  return DECIMAL.test(pointed) ? Number(pointed) : NaN
}

/** Why a cell cannot be taken as a value of the field; null where it can. `value` is what was read, NaN for no number. */
export function numberFault(name: NumberName, cell: string, value: number): string | null {
  const field = numberField(name)
  const unit = field.unit === '' ? '' : ` ${field.unit}`
  const shown = quoted(cell)
  if (Number.isNaN(value)) return `${shown} is not a number${notNumberHint(cell, field)}`
  const [least, most] = field.bounds
  if (value < least && least === 0) return `${shown}${unit} is negative; it must be 0 or more`
  if (value < least || value > most) {
    return `${shown}${unit} is out of bounds (${least} … ${most})${slipHint(value, field)}`.replaceAll(
      '-',
      '−',
    )
  }
  if (field.whole === true && !Number.isInteger(value)) return `${shown} is not a whole number of machines`
  return null
}

function notNumberHint(cell: string, { share }: NumberField): string {
  if (cell.endsWith('%') && share === true) return ': write a fraction, 2 % is 0.02'
  if (/^[+-]?\d+,\d+$/.test(cell)) {
    return ': a decimal comma needs semicolons or tabs between the columns; write a decimal point'
  }
  return ': write digits with a decimal point, without unit or thousands separator'
}

function slipHint(value: number, { share, unit }: NumberField): string {
  if (Math.abs(value) > 100) return ''
  const fraction = Number((value / 100).toPrecision(12))
  if (unit === 'USD/kWh') return `; is it in cents? ${value} ¢ is ${fraction}`
  return share === true ? `; write a fraction: ${value} % is ${fraction}` : ''
}

/** A cell for a message: short, on one line, in quotes unless it is a number. */
export function quoted(cell: string): string {
  if (cell.length <= 24 && DECIMAL.test(cell)) return cell
  const short = cell.length > 40 ? cell.slice(0, 39) + '…' : cell
  // eslint-disable-next-line no-control-regex -- a control character must not reach a terminal
  return `'${short.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '�')}'`
}
