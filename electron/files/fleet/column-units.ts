import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { isNumberName, numberField } from '#shared/domain/fleet/fields.ts'
import { factorOf, unitOf } from '#shared/format/number-units.ts'

/** A unit that a column of numbers may be in: its numbers times `factor`, plus `offset`, are ours. */
export type ColumnUnit = { readonly label: string; readonly factor: number; readonly offset: number }

/** Units that people write, ours first. */
const WRITTEN: Readonly<Record<ReturnType<typeof unitOf>, readonly string[]>> = {
  'TH/s': ['TH/s', 'H/s', 'MH/s', 'GH/s', 'PH/s', 'EH/s'],
  W: ['W', 'kW', 'MW'],
  'USD/kWh': ['USD/kWh', '¢/kWh', 'USD/MWh'],
  'USD/day': ['USD/day', '¢/day'],
  USD: ['USD', '¢'],
  share: ['', '%'],
  '': [''],
}
const LABELS: Readonly<Partial<Record<ReturnType<typeof unitOf>, string>>> = {
  share: 'a fraction',
  '': 'machines',
}

/** The units that a field can be read from; none for a text. */
export function unitsOf(field: FieldName): readonly ColumnUnit[] {
  if (!isNumberName(field)) return []
  const ours = unitOf(numberField(field))
  const units = WRITTEN[ours].map((unit) => ({
    label: unit === '' ? LABELS[ours]! : unit,
    factor: factorOf(unit, ours)!,
    offset: 0,
  }))
  return field === 'overhead' ? [...units, { label: 'PUE', factor: 1, offset: -1 }] : units
}
