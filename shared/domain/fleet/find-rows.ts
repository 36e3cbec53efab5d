import type { Fleet } from './fleet.ts'
import { foldedBytes, isAt, rowsContaining } from './search.ts'

/**
 * The first rows of the fleet that the search finds, those whose id begins with the text before all others. One pass, which ends
 * where there are enough that begin with it.
 * @returns rows of the fleet; none for a text of spaces
 */
export function findRows(fleet: Fleet, text: string, atMost: number): readonly number[] {
  const { machines } = fleet
  const matches = rowsContaining(fleet, text)
  if (matches === null) return []
  const needle = foldedBytes(text.trim())
  const begin: number[] = []
  const contain: number[] = []
  for (let row = 0; row < machines.length && begin.length < atMost; row++) {
    if (isAt(machines.id, row, machines.id.offsets[row]!, needle)) begin.push(row)
    else if (contain.length < atMost && matches(row)) contain.push(row)
  }
  return [...begin, ...contain].slice(0, atMost)
}
