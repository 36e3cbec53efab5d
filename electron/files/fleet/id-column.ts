import type { TextColumn } from '#shared/domain/fleet/fleet.ts'
import { growingText } from './growing-text.ts'

/**
 * The ids of a file: their text in one buffer, and a hash table of row numbers over it, so that a million ids cost
 * their bytes and not a million strings.
 */
export type IdColumn = {
  /** Appends a row; '' = has none. Returns the earlier row with the same id, or −1. */
  add(id: string): number
  /** Bytes and offsets of all rows; rows without an id get M1, M2, … except those in the file or taken. */
  finish(isTaken: (id: string) => boolean): TextColumn
}

/** @param capacity the most rows that can be added */
export function idColumn(capacity: number): IdColumn {
  const given = growingText(capacity)
  // row + 1 at the id's place, 0 = free; at least half of the table stays free
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(2, capacity * 2))))
  const last = table.length - 1
  let missing = 0

  /** Place of the row's id in the table: where an equal id stands already, or a free one. */
  const placeOf = (row: number): number => {
    let place = given.hash(row) & last
    while (table[place] !== 0 && !given.equal(table[place]! - 1, row)) place = (place + 1) & last
    return place
  }

  return {
    add(id) {
      const row = given.add(id)
      if (id === '') {
        missing++
        return -1
      }
      const place = placeOf(row)
      if (table[place] !== 0) return table[place]! - 1
      table[place] = row + 1
      return -1
    },
    finish(isTaken) {
      if (missing === 0) return given.column()
      const rows = given.length()
      const isInFile = (id: string): boolean => {
        given.add(id)
        const found = table[placeOf(rows)] !== 0
        given.removeLast()
        return found
      }
      const all = growingText(rows)
      let number = 0
      for (let row = 0; row < rows; row++) {
        let id = given.text(row)
        while (id === '') {
          const free = `M${++number}`
          if (!isInFile(free) && !isTaken(free)) id = free
        }
        all.add(id)
      }
      return all.column()
    },
  }
}
