import type { NumberField } from '#shared/domain/fleet/fields.ts'
import type { Separator } from './csv.ts'

/**
 * Numbers as people and programs write them. "3,068" is three thousand in one file and three in another, so which sign is the
 * decimal one is decided from the columns of the whole file, never from a cell alone, and where nothing decides it is asked.
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

/**
 * The decimal sign of a column: its own cells decide, else those of the whole file, else what was answered. Programs that write commas
 * between cells write decimal points.
 * @returns the sign, or the cell that can be read either way
 */
export function decimalSignOf(
  own: SignEvidence,
  whole: SignEvidence,
  separator: Separator,
  answered: DecimalSign | null,
): DecimalSign | { readonly open: string } {
  if (own.point > 0 !== own.comma > 0) return own.point > 0 ? '.' : ','
  const open = own.openComma ?? own.openPoint
  if (answered !== null) return answered
  if (open === null) return '.'
  if (own.point === 0 && whole.point > 0 !== whole.comma > 0) return whole.point > 0 ? '.' : ','
  if (own.point === 0 && separator === ',' && own.openComma === null && whole.openComma === null) return '.'
  return { open }
}

/** Evidence of several columns together. */
export function together(parts: readonly SignEvidence[]): SignEvidence {
  const sum = noEvidence()
  for (const part of parts) {
    sum.point += part.point
    sum.comma += part.comma
    sum.openPoint ??= part.openPoint
    sum.openComma ??= part.openComma
  }
  return sum
}

/** What is wrong with a column whose sign stays open, and how the command line answers it. */
export function openSignFault(open: string): { readonly message: string; readonly remedy: string } {
  const sign = open.includes(',') ? ',' : '.'
  return {
    message: `'${open}' is ${open.replace(sign, '')} or ${open.replace(sign, '.')}, and nothing in the file says which: write the numbers without thousands separators`,
    remedy: ', or answer with --accept decimal-point or --accept decimal-comma',
  }
}

/** The same in a sentence. @param canAnswer there is an option to answer it with */
export function openSignQuestion(open: string, canAnswer: boolean): string {
  const { message, remedy } = openSignFault(open)
  return canAnswer ? message + remedy : message
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

type Unit = NumberField['unit'] | 'share'

const HASH_EXPONENT: Readonly<Record<string, number>> = {
  '': -12,
  k: -9,
  m: -6,
  g: -3,
  t: 0,
  p: 3,
  e: 6,
  z: 9,
}
const HASH = /^([kmgtpez])(?:h(?:ash)?(?:\/?s(?:ec)?)?)?$|^(h)\/?s$/
const MONEY = /^(?:(usd|us\$|\$)|(c|ct|cts|cent|cents|¢|us¢|usc))?(?:(?:\/|per|_|^)(kwh|mwh|day|d))?$/

/**
 * What a number in a unit is times, to be in ours: 1000 for kW where W is wanted.
 * @param unit as written
 * @returns null where the unit is not understood or measures something else
 */
export function factorOf(unit: string, ours: Unit): number | null {
  const bare = unit.replace(/\s/g, '')
  const small = bare.toLowerCase()
  if (small === '') return 1
  switch (ours) {
    case 'share':
      return /^(?:%|percent|pct|per_?cent)$/.test(small) ? 0.01 : null
    case 'TH/s': {
      const found = HASH.exec(small)
      // a power of ten that divides or multiplies without an error of its own
      return found === null ? null : 10 ** HASH_EXPONENT[found[1] ?? '']!
    }
    case 'W':
      if (/^(?:w|watts?)$/.test(small)) return 1
      if (/^(?:kw|kilowatts?)$/.test(small)) return 1000
      // mW and mw may be milliwatts
      return /^(?:MW|megawatts?)$/.test(bare) ? 1e6 : null
    case 'USD/kWh':
    case 'USD/day':
    case 'USD': {
      const found = MONEY.exec(small)
      if (found === null) return null
      const [, , cents, per] = found
      const factor = cents === undefined ? 1 : 0.01
      if (per === undefined) return factor
      if (ours === 'USD/kWh') return per === 'kwh' ? factor : per === 'mwh' ? factor / 1000 : null
      return ours === 'USD/day' && (per === 'day' || per === 'd') ? factor : null
    }
    case '':
      return /^(?:pcs?|units?|machines?|miners?|x)$/.test(small) ? 1 : null
  }
}

/** What is to be divided by, where a factor below 1 is one part of a whole number; null where it is none. */
function divisorOf(factor: number): number | null {
  const divisor = Math.round(1 / factor)
  return divisor > 1 && Math.abs(divisor * factor - 1) < 1e-12 ? divisor : null
}

/** A value in another unit, in ours; a cent is divided by 100, so that 4.5 ¢ is 0.045 and not 0.045000000000000005. */
export function converted(value: number, factor: number): number {
  const divisor = divisorOf(factor)
  return divisor === null ? value * factor : value / divisor
}

/** "× 1000", "÷ 100"; '' for 1. */
export function factorText(factor: number): string {
  const divisor = divisorOf(factor)
  return factor === 1 ? '' : divisor === null ? ` × ${factor}` : ` ÷ ${divisor}`
}

export const unitOf = ({ unit, share }: NumberField): Unit => (share === true ? 'share' : unit)

/**
 * The decimal sign of each of some columns of a small table.
 * @param columns places of the number columns
 * @param refuse ends the reading; told of a column whose sign stays open, and the cell
 */
export function columnSigns(
  rows: readonly (readonly string[])[],
  columns: readonly number[],
  separator: Separator,
  answered: DecimalSign | null,
  refuse: (column: number, open: string) => never,
): ReadonlyMap<number, DecimalSign> {
  const evidence = columns.map((at) => {
    const own = noEvidence()
    for (const cells of rows) addEvidence(own, cells[at] ?? '')
    return own
  })
  const whole = together(evidence)
  return new Map(
    columns.map((at, i) => {
      const sign = decimalSignOf(evidence[i]!, whole, separator, answered)
      return [at, typeof sign === 'string' ? sign : refuse(at, sign.open)]
    }),
  )
}
