const DIGIT_BITS = 16
const DIGIT_MASK = 2 ** DIGIT_BITS - 1
const SIGN = 0x8000_0000
const LAST = 0xffff_ffff

/**
 * Rows in the order of their values: the first entry is the row that comes first. Stable (equal values keep the
 * order of their rows, in both directions), NaN last in both directions, −0 equals 0.
 * A radix sort on the bits of the numbers: it calls nothing per comparison and grows with the rows alone.
 */
export function sortedIndex(values: Float64Array, descending: boolean): Uint32Array {
  const n = values.length
  const { low, high } = sortKeys(values, descending)
  let order = new Uint32Array(n)
  let next = new Uint32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  const counts = new Uint32Array(DIGIT_MASK + 1)
  for (const key of [low, high]) {
    for (const shift of [0, DIGIT_BITS]) {
      if (!sortByDigit(key, shift, order, next, counts)) continue
      const sorted = next
      next = order
      order = sorted
    }
  }
  return order
}

/**
 * Each value as the two halves of an unsigned whole number that has the order of the values: the bits of a
 * positive number grow with it and get the sign bit; those of a negative number shrink, so they are inverted.
 */
function sortKeys(values: Float64Array, descending: boolean): { low: Uint32Array; high: Uint32Array } {
  const n = values.length
  const low = new Uint32Array(n)
  const high = new Uint32Array(n)
  const number = new Float64Array(1)
  // every processor that Electron runs on stores the low half first
  const halves = new Uint32Array(number.buffer)
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    // 0 − x and 0 + x are never −0, which has other bits than 0
    number[0] = descending ? 0 - value : 0 + value
    const top = halves[1]!
    const negative = top >= SIGN
    const missing = Number.isNaN(value)
    low[i] = missing ? LAST : negative ? ~halves[0]! : halves[0]!
    high[i] = missing ? LAST : negative ? ~top : top | SIGN
  }
  return { low, high }
}

/** One stable counting sort by 16 bits of the key; false where all rows have the same digit and nothing moved. */
function sortByDigit(
  key: Uint32Array,
  shift: number,
  order: Uint32Array,
  into: Uint32Array,
  counts: Uint32Array,
): boolean {
  const n = order.length
  counts.fill(0)
  for (let i = 0; i < n; i++) {
    const digit = (key[i]! >>> shift) & DIGIT_MASK
    counts[digit] = counts[digit]! + 1
  }
  if (n === 0 || counts[(key[0]! >>> shift) & DIGIT_MASK] === n) return false
  let start = 0
  for (let digit = 0; digit <= DIGIT_MASK; digit++) {
    const count = counts[digit]!
    counts[digit] = start
    start += count
  }
  for (let i = 0; i < n; i++) {
    const row = order[i]!
    const digit = (key[row]! >>> shift) & DIGIT_MASK
    const place = counts[digit]!
    into[place] = row
    counts[digit] = place + 1
  }
  return true
}
