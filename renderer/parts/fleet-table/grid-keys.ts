import type { ShownEntry } from '../../engine/protocol.ts'
import type { RowWindow } from '../../engine/view.ts'

/** What a key does to groups: shows or hides the rows of one, or of all, or leads so many places up to the head. */
type Folding =
  | { readonly kind: 'fold'; readonly name: string; readonly isOpen: boolean }
  | { readonly kind: 'all' }
  | { readonly kind: 'up'; readonly up: number }

/**
 * Null where the key means the cells. Right opens a group that is closed, left closes one that is open; both from the name of the
 * group. Left from the first cell of a row leads to its head; the asterisk opens all.
 */
export function foldFrom(key: string, entry: ShownEntry | undefined, column: number): Folding | null {
  if (entry === undefined) return null
  if (entry.kind === 'row')
    return key === 'ArrowLeft' && column <= 1 && entry.placeInGroup > 0
      ? { kind: 'up', up: entry.placeInGroup }
      : null
  if (key === '*') return { kind: 'all' }
  const { name, isOpen } = entry
  if (key === 'ArrowRight' && !isOpen) return { kind: 'fold', name, isOpen: true }
  return key === 'ArrowLeft' && isOpen && column <= 1 ? { kind: 'fold', name, isOpen: false } : null
}

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

/** The places between the one where a range begins and the one where it ends, both included, whichever comes first. */
export function rangeBetween(anchor: number, at: number, rows: number): RowWindow {
  return { from: Math.max(0, Math.min(anchor, at)), to: Math.min(rows, Math.max(anchor, at) + 1) }
}
