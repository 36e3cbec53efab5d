import { decimalMark } from './display.ts'
import type { Unit } from './number-units.ts'
import { converted, factorOf } from './number-units.ts'
import type { DecimalSign } from './read-number.ts'
import { addEvidence, noEvidence, readNumber } from './read-number.ts'

/** A field into which a number is typed. */
export type TypedField = {
  /** of a number without one */
  readonly unit: Unit
  /** the value that is kept is so many times the one in the unit: 0.01 for a fraction that is typed in percent */
  readonly scale?: number
  /** in the unit, where values of the field lie: of two readings of "88,300" the one inside counts. No bound. */
  readonly usual: readonly [least: number, most: number]
  readonly whole?: boolean
  /** money has no third decimal: three digits behind the sign that is not the reader's are thousands */
  readonly isMoney?: boolean
  /** how it may be written, for whoever was not understood: "0.045 or 4.5 ¢" */
  readonly example: string
}

export type TypedRead =
  /** null: the field is empty */
  | { readonly value: number | null; readonly fault: null }
  /** what was not understood, and an example that works */
  | { readonly value: null; readonly fault: string }

/**
 * Reads what people type and what the screen writes: `88 300`, `$88,300`, `162.1 T`, `4.5 ¢/kWh`, `2d 9h`, `−4.7 %`.
 * A comma or point that may group thousands is decided by where values of the field lie; where both readings lie there,
 * the decimal sign of the screen is one here too, and the other is asked about.
 * @param mark that sign; options of the command line have a point whatever the screen has
 */
export function readTyped(text: string, field: TypedField, mark: DecimalSign = decimalMark()): TypedRead {
  const bare = text.trim()
  if (bare === '') return { value: null, fault: null }
  const parts = field.unit === 'days' || field.unit === 'hours' ? partsOfTime(bare) : null
  if (parts !== null) return sumOf(parts.map((part) => readOne(part, field, mark)))
  return readOne(bare, field, mark)
}

const TIME_PART = String.raw`\d+(?:[.,]\d+)?\s*[a-z]+`
const TIMES = new RegExp(String.raw`^${TIME_PART}(?:[\s,]*${TIME_PART})+$`, 'i')

/** "2d 9h" → "2d", "9h"; null where it is no sum. */
function partsOfTime(text: string): readonly string[] | null {
  return TIMES.test(text) ? text.match(new RegExp(TIME_PART, 'gi')) : null
}

function sumOf(parts: readonly TypedRead[]): TypedRead {
  const wrong = parts.find(({ fault }) => fault !== null)
  return wrong ?? { value: parts.reduce((sum, { value }) => sum + value!, 0), fault: null }
}

function readOne(text: string, field: TypedField, mark: DecimalSign): TypedRead {
  const evidence = noEvidence()
  addEvidence(evidence, text)
  const isOpen = evidence.openPoint !== null || evidence.openComma !== null
  if (!isOpen) return readWith(evidence.comma > 0 ? ',' : '.', text, field)
  const sign = evidence.openComma === null ? '.' : ','
  const decimal = readWith(sign, text, field)
  const grouped = readWith(sign === '.' ? ',' : '.', text, field)
  if (decimal.fault !== null) return decimal
  const isMeant = ({ value }: TypedRead) => value !== null && isUsual(value, field)
  if (isMeant(decimal) !== isMeant(grouped)) return isMeant(decimal) ? decimal : grouped
  if (sign === mark) return decimal
  if (field.isMoney === true) return grouped
  const [either, or] = [text.replace(sign, ''), text.replace(sign, mark)]
  return { value: null, fault: `'${text}' is ${either} or ${or}: write the one that you mean.` }
}

function isUsual(value: number, { usual: [least, most], scale = 1, whole = false }: TypedField): boolean {
  const inUnit = Number((value / scale).toPrecision(12))
  return inUnit >= least && inUnit <= most && (!whole || Number.isInteger(inUnit))
}

function readWith(sign: DecimalSign, text: string, { unit, scale = 1, example }: TypedField): TypedRead {
  const { value, unit: written } = readNumber(text, sign)
  if (!Number.isFinite(value))
    return { value: null, fault: `'${text}' is not a number: write it like ${example}.` }
  const factor = factorOf(written, unit)
  if (factor === null)
    return { value: null, fault: `'${written}' is not understood here: write it like ${example}.` }
  if (factor === 1 && scale === 1) return { value, fault: null }
  const scaled = converted(converted(value, factor), scale)
  return { value: Number(scaled.toPrecision(12)), fault: null }
}
