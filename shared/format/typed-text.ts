import { decimalMark } from './display.ts'
import { withoutNoise } from './numbers.ts'
import type { TypedField } from './typed.ts'

/** A value for an edit field, in the unit of the field: the reader's decimal sign, no grouping, no rounding noise. */
export function typedText(value: number, { scale = 1 }: Pick<TypedField, 'scale'>): string {
  return editable(scale < 1 ? value * Math.round(1 / scale) : value / scale)
}

/** Money to the cent is never cut. */
const DECIMALS = 2

/** A number as it is edited. */
export function editable(value: number): string {
  return Number.isFinite(value) ? String(withoutNoise(value, DECIMALS)).replace('.', decimalMark()) : ''
}
