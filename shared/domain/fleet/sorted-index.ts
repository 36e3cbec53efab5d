const DIGIT_BITS = 11
const DIGIT_MASK = 2 ** DIGIT_BITS - 1
/** three digits hold the 32 bits of half a key */
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS] as const
// 32 bits as signed whole numbers: the sign bit alone, and all bits
const SIGN = -0x8000_0000
const LAST = -1

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
  for (const half of [low, high]) {
    for (const shift of SHIFTS) {
      if (!sortByDigit(half, shift, order, next, counts)) continue
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
function sortKeys(values: Float64Array, descending: boolean): { low: Int32Array; high: Int32Array } {
  const n = values.length
  const low = new Int32Array(n)
  const high = new Int32Array(n)
  // every processor that the program runs on stores the low half of a number first
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * n)
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) {
      low[i] = LAST
      high[i] = LAST
      continue
    }
    const bottom = halves[2 * i]!
    // −0 has the sign bit and nothing else
    const top = values[i] === 0 ? 0 : halves[2 * i + 1]!
    const negative = top < 0
    const ascendingHigh = negative ? ~top : top | SIGN
    const ascendingLow = negative ? ~bottom : bottom
    high[i] = descending ? ~ascendingHigh : ascendingHigh
    low[i] = descending ? ~ascendingLow : ascendingLow
  }
  return { low, high }
}

/** One stable counting sort by one digit of the key; false where all rows have the same digit and nothing moved. */
function sortByDigit(
  key: Int32Array,
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

/** How many of the ascending values are at a limit or below it. */
export function countUpTo(ascending: Float64Array, limit: number): number {
  let lo = 0
  let hi = ascending.length
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if (ascending[middle]! <= limit) lo = middle + 1
    else hi = middle
  }
  return lo
}
