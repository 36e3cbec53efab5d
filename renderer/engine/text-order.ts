import type { TextColumn } from '#shared/domain/fleet/fleet.ts'

/**
 * Order of texts straight on their UTF-8 bytes: a fleet of 100 000 is sorted without a string per row.
 * Upper and lower case are the same for ASCII letters; other letters match as they are.
 */

/** Names as people sort them: digits as numbers, upper and lower case the same. */
export const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const ZERO = 48
const NINE = 57
const A = 65
const Z = 90
const TO_LOWER = 32

const fold = (byte: number) => (byte >= A && byte <= Z ? byte + TO_LOWER : byte)
const isDigit = (byte: number) => byte >= ZERO && byte <= NINE

/** Order of two rows; runs of digits count as numbers, so that m-9 comes before m-10. */
function compare({ bytes, offsets }: TextColumn, a: number, b: number): number {
  let i = offsets[a]!
  let j = offsets[b]!
  const endA = offsets[a + 1]!
  const endB = offsets[b + 1]!
  while (i < endA && j < endB) {
    const x = fold(bytes[i]!)
    const y = fold(bytes[j]!)
    if (isDigit(x) && isDigit(y)) {
      while (i < endA && bytes[i] === ZERO) i++
      while (j < endB && bytes[j] === ZERO) j++
      let first = 0
      let length = 0
      while (i + length < endA && j + length < endB) {
        const p = bytes[i + length]!
        const q = bytes[j + length]!
        if (!isDigit(p) || !isDigit(q)) break
        if (first === 0) first = p - q
        length++
      }
      const longerA = i + length < endA && isDigit(bytes[i + length]!)
      const longerB = j + length < endB && isDigit(bytes[j + length]!)
      if (longerA !== longerB) return longerA ? 1 : -1
      if (first !== 0) return first
      i += length
      j += length
    } else {
      if (x !== y) return x - y
      i++
      j++
    }
  }
  return endA - i - (endB - j)
}

/** Rows in the order of their ids. */
export function idOrder(column: TextColumn): Uint32Array {
  const length = column.offsets.length - 1
  return Uint32Array.from({ length }, (_, row) => row).sort((a, b) => compare(column, a, b))
}

/** Rows that have a text, in the order of their texts. */
export function textOrder(column: TextColumn): Uint32Array {
  const { offsets } = column
  const rows: number[] = []
  for (let row = 0; row + 1 < offsets.length; row++) if (offsets[row + 1]! > offsets[row]!) rows.push(row)
  return Uint32Array.from(rows).sort((a, b) => compare(column, a, b))
}
