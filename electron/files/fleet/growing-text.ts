import type { TextColumn } from '#shared/domain/fleet/fleet.ts'

/** Texts of rows that are added one by one, in one buffer that grows. @param capacity the most rows that can be added */
export function growingText(capacity: number) {
  // one row more than the capacity, for the id that is looked up
  const offsets = new Uint32Array(capacity + 2)
  let bytes = Buffer.alloc(1 << 12)
  let rows = 0
  const start = (Math.random() * 2 ** 32) >>> 0
  return {
    length: () => rows,
    /** row number of the text */
    add(text: string): number {
      const begin = offsets[rows]!
      // a UTF-16 unit takes at most three bytes
      if (begin + text.length * 3 > bytes.length) {
        const larger = Buffer.alloc(Math.max(bytes.length * 2, begin + text.length * 3))
        bytes.copy(larger, 0, 0, begin)
        bytes = larger
      }
      offsets[++rows] = begin + bytes.write(text, begin)
      return rows - 1
    },
    removeLast(): void {
      rows--
    },
    text: (row: number): string => bytes.toString('utf8', offsets[row], offsets[row + 1]),
    /** FNV-1a from a start that no file knows, so that none can make its ids collide */
    hash(row: number): number {
      let hash = start
      for (let at = offsets[row]!; at < offsets[row + 1]!; at++)
        hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
      return hash >>> 0
    },
    equal: (a: number, b: number): boolean =>
      bytes.compare(bytes, offsets[a], offsets[a + 1], offsets[b], offsets[b + 1]) === 0,
    column: (): TextColumn => ({
      bytes: Uint8Array.from(bytes.subarray(0, offsets[rows])),
      offsets: offsets.slice(0, rows + 1),
    }),
  }
}
