import { decimalMark } from './display.ts'

/**
 * The marks that every figure of the program shares: groups of three with a narrow no-break space, the reader's decimal
 * sign, a true minus sign, and an en dash for what does not exist. Screen, report and table read the same because no other
 * place makes a display string.
 */
export const MISSING = '–'
/** U+202F: narrow, and no line breaks inside a figure */
export const THIN_SPACE = '\u202f'
const NO_BREAK = '\u00a0'
const MINUS = '−'

export type Rounding = 'nearest' | 'up' | 'down'

const formats = new Map<string, Intl.NumberFormat>()

function intl(decimals: number, rounding: Rounding, signed: boolean): Intl.NumberFormat {
  const key = `${decimals}${rounding}${signed}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: signed ? 'exceptZero' : 'negative',
      roundingMode: rounding === 'nearest' ? 'halfExpand' : rounding === 'up' ? 'ceil' : 'floor',
    })
    formats.set(key, format)
  }
  return format
}

/**
 * A number with a fixed count of decimals: `88 300`, `−31.6`. An en dash where there is no finite number.
 *
 * @param rounding 'up' and 'down' mean towards +∞ and −∞. The value is taken {@link withoutNoise} first, so that the last bit of a
 * product (37.5 held as 37.500000000000007) does not lift it by a whole unit of the last place shown.
 * @param signed writes a plus before what is above zero
 */
export function number(value: number, decimals = 0, rounding: Rounding = 'nearest', signed = false): string {
  if (!Number.isFinite(value)) return MISSING
  const written = intl(decimals, rounding, signed)
    .format(withoutNoise(value, decimals))
    .replaceAll(',', THIN_SPACE)
    .replace('-', MINUS)
  return decimalMark() === '.' ? written : written.replace('.', ',')
}

const DIGITS = 12
/** More a number does not hold for certain. */
const MOST_DIGITS = 15

/** A value with so many decimals to 12 significant digits, or to as many as these decimals take where those are more. */
export function withoutNoise(value: number, decimals: number): number {
  if (Number.isSafeInteger(value)) return value
  const shown = Math.abs(value) * 10 ** decimals
  const digits = shown < 10 ** DIGITS ? DIGITS : Math.min(MOST_DIGITS, Math.floor(Math.log10(shown)) + 1)
  return Number(value.toPrecision(digits))
}

/** A whole count: `1 040`. */
export function count(value: number): string {
  return number(value)
}

/** A count with its noun: `1 machine`, `1 040 machines`; an en dash alone where there is none. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return Number.isFinite(value) ? `${count(value)} ${value === 1 ? one : many}` : MISSING
}

/** The size of a file: `412 kB`, `1.3 MB`. A kilobyte is 1000 bytes. */
export function fileSize(bytes: number): string {
  if (!Number.isFinite(bytes)) return MISSING
  return bytes <= 999_000
    ? `${number(bytes / 1e3, 0, 'up')}${THIN_SPACE}kB`
    : `${number(bytes / 1e6, 1)}${THIN_SPACE}MB`
}

/** A share 0..1 as `18.3 %`; en dash where there is none. */
export function percent(share: number, decimals = 1, rounding: Rounding = 'nearest'): string {
  return Number.isFinite(share) ? `${number(share * 100, decimals, rounding)}${THIN_SPACE}%` : MISSING
}

/** A change as `−4.7 %` or `+1.2 %`. */
export function signedPercent(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${number(share * 100, decimals, 'nearest', true)}${THIN_SPACE}%` : MISSING
}

/** A range of changes as `−6.2 … −3.1 %`; en dash where a bound is missing. */
export function percentRange(range: readonly [number, number], decimals = 1): string {
  const [low, high] = range
  if (!Number.isFinite(low) || !Number.isFinite(high)) return MISSING
  const mixed = low < 0 !== high < 0
  const bound = (share: number) => number(share * 100, decimals, 'nearest', mixed || share > 0)
  return `${bound(low)}${NO_BREAK}…${NO_BREAK}${bound(high)}${THIN_SPACE}%`
}

/** A probability as whole percent; never 0 % or 100 % unless it is certain. */
export function probability(share: number): string {
  if (!Number.isFinite(share)) return MISSING
  if (share > 0 && share < 0.01) return `< 1${THIN_SPACE}%`
  if (share < 1 && share > 0.99) return `> 99${THIN_SPACE}%`
  return percent(share, 0)
}
