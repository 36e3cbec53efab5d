import type { RowWindow } from '../../engine/view.ts'

/** A cell of the grid; index −1 is the heading, column 0 the check mark. */
export type Place = { readonly index: number; readonly column: number }

/** Where a key leads from a cell; null where the key does not move. Ends stop, nothing wraps. */
export function moveFrom(
  key: string,
  command: boolean,
  from: Place,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | null {
  const lastRow = size.rows - 1
  const lastColumn = size.columns - 1
  const at = (index: number, column: number): Place => ({
    index: Math.max(-1, Math.min(lastRow, index)),
    column: Math.max(0, Math.min(lastColumn, column)),
  })
  switch (key) {
    case 'ArrowDown':
      return at(from.index + 1, from.column)
    case 'ArrowUp':
      return at(from.index - 1, from.column)
    case 'ArrowRight':
      return at(from.index, from.column + 1)
    case 'ArrowLeft':
      return at(from.index, from.column - 1)
    case 'PageDown':
      return at(from.index + size.page, from.column)
    case 'PageUp':
      // A page up stops at the first row: the heading is one arrow further.
      return at(Math.max(Math.min(0, lastRow), from.index - size.page), from.column)
    case 'Home':
      return command ? at(Math.min(0, lastRow), 0) : at(from.index, 0)
    case 'End':
      return command ? at(lastRow, lastColumn) : at(from.index, lastColumn)
    default:
      return null
  }
}

/** The selected keys with one more or one less. */
export function toggled(selected: ReadonlySet<number>, key: number): ReadonlySet<number> {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

/** The places between the one where a range begins and the one where it ends, both included, whichever comes first. */
export function rangeBetween(anchor: number, at: number, rows: number): RowWindow {
  return { from: Math.max(0, Math.min(anchor, at)), to: Math.min(rows, Math.max(anchor, at) + 1) }
}
