/**
 * The one reader of numbers as people and programs write them, in files and in fields. "3,068" is three thousand here and
 * three there: which sign is the decimal one is told by the caller, who knows the column or the field.
 */

export type DecimalSign = '.' | ','

/** What the cells of a column say about its decimal sign. */
export type SignEvidence = {
  /** cells that only make sense with this decimal sign */
  point: number
  comma: number
  /** the first cell that can be read either way, by the sign that it has; null: none */
  openPoint: string | null
  openComma: string | null
}

export const noEvidence = (): SignEvidence => ({ point: 0, comma: 0, openPoint: null, openComma: null })

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i
const SPACE = "[ \\u00a0\\u2007\\u2009\\u202f'’]"
const SPACED_THOUSANDS = new RegExp(`^\\d{1,3}(?:${SPACE}\\d{3})+(?!\\d)`)
const SPACES = new RegExp(SPACE, 'g')
/** sign, currency or another word before, digits with whatever groups them, exponent, unit */
const WRITTEN =
  /^([^\d.,+\-−]*)([+\-−]?)([^\d.,+\-−]*)((?:\d|[.,](?=\d))(?:[\d.,]|[ \u00a0\u2007\u2009\u202f'’](?=\d{3}(?!\d)))*)(?:e([+-]?\d+)(?![a-z]))?(.*)$/i

type Written = {
  readonly sign: string
  /** digits, points and commas */
  readonly digits: string
  readonly exponent: string
  /** what stands before and behind, without spaces around */
  readonly unit: string
}

function written(text: string): Written | null {
  const found = WRITTEN.exec(text)
  if (found === null) return null
  const [, before = '', sign = '', between = '', digits = '', exponent = '', behind = ''] = found
  const joined = digits.replace(SPACES, '')
  if (joined !== digits && !SPACED_THOUSANDS.test(digits)) return null
  return {
    sign: sign === '−' ? '-' : sign,
    digits: joined,
    exponent,
    unit: `${before.trim()}${between.trim()}${behind.trim()}`,
  }
}

/** Adds what a cell says. Cells that are no numbers say nothing. */
export function addEvidence(evidence: SignEvidence, cell: string): void {
  if (!/[.,]/.test(cell)) return
  const number = written(cell.trim())
  if (number === null) return
  const { digits, exponent } = number
  const says = (sign: DecimalSign) => {
    if (sign === '.') evidence.point++
    else evidence.comma++
  }
  const point = digits.lastIndexOf('.')
  const comma = digits.lastIndexOf(',')
  if (point === -1 && comma === -1) return
  if (point !== -1 && comma !== -1) says(point > comma ? '.' : ',')
  else {
    const sign = comma === -1 ? '.' : ','
    const parts = digits.split(sign)
    const isGrouped = parts.slice(1).every((part) => part.length === 3) && /^[1-9]\d{0,2}$/.test(parts[0]!)
    if (!isGrouped || exponent !== '') says(sign)
    else if (parts.length > 2) says(sign === '.' ? ',' : '.')
    else if (sign === '.') evidence.openPoint ??= cell.trim()
    else evidence.openComma ??= cell.trim()
  }
}

export type NumberRead = {
  /** NaN where the text is no number */
  readonly value: number
  /** as written beside it: "$", "kW", "%"; '' for none */
  readonly unit: string
}

/** A number with its unit. "NaN", "0x10" and "1.2.3" are none; "0x10" is a 0 with the unit "x10". */
export function readNumber(text: string, sign: DecimalSign): NumberRead {
  if (DECIMAL.test(text) && (sign === '.' || !text.includes('.'))) return { value: Number(text), unit: '' }
  const number = written(text)
  if (number === null) return { value: NaN, unit: '' }
  const group = sign === '.' ? ',' : '.'
  const [whole = '', fraction = '', ...rest] = number.digits.split(sign)
  const isWhole = /^\d*$/.test(whole) || new RegExp(`^\\d{1,3}(?:[${group}]\\d{3})+$`).test(whole)
  if (!isWhole || !/^\d*$/.test(fraction) || rest.length > 0) return { value: NaN, unit: '' }
  const digits = `${number.sign}${whole.replaceAll(group, '')}.${fraction}`
  const exponent = number.exponent === '' ? '' : `e${number.exponent}`
  return { value: Number(`${digits}${exponent}`), unit: number.unit }
}
