import type { NumberField, NumberName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import { quoted } from '../shown.ts'

/** The headings of fleet.csv, in the order in which they are written. docs/data.md says what each means. */
export const HEADINGS: readonly string[] = FIELD_NAMES.map((name) => MACHINE_FIELDS[name].heading)

/** Why a cell cannot be taken as a value of the field; null where it can. `value` is what was read, NaN for no number. */
export function numberFault(name: NumberName, cell: string, value: number): string | null {
  const field = numberField(name)
  const unit = field.unit === '' ? '' : ` ${field.unit}`
  const said = quoted(cell)
  if (Number.isNaN(value))
    return `${said} is not a number: write digits, with the unit of the column or without`
  const [least, most] = field.bounds
  if (value < least && least === 0) return `${said}${unit} is negative; it must be 0 or more`
  if (value < least || value > most) {
    return `${said}${unit} is out of bounds (${least} … ${most})${slipHint(value, field)}`.replaceAll(
      '-',
      '−',
    )
  }
  if (field.whole === true && !Number.isInteger(value)) return `${said} is not a whole number of machines`
  return null
}

function slipHint(value: number, { share, unit }: NumberField): string {
  if (Math.abs(value) > 100) return ''
  const fraction = Number((value / 100).toPrecision(12))
  if (unit === 'USD/kWh') return `; is it in cents? ${value} ¢ is ${fraction}`
  return share === true ? `; write a fraction: ${value} % is ${fraction}` : ''
}
