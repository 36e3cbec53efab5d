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

type SelectionInput = {
  /** rows of the fleet from top to bottom */
  readonly rows: Uint32Array
  readonly keys: Float64Array
  readonly selected: ReadonlySet<number>
  readonly anchor: number
  readonly at: number
}

/** The selected keys after a press: one more or less, or everything between the anchor and here. */
export function selectionAfter(how: 'toggle' | 'range', input: SelectionInput): ReadonlySet<number> {
  const { rows, keys, selected, anchor, at } = input
  const keyAt = (index: number) => keys[rows[index]!]!
  if (how === 'toggle') {
    const next = new Set(selected)
    if (!next.delete(keyAt(at))) next.add(keyAt(at))
    return next
  }
  const from = Math.max(0, Math.min(anchor, at))
  const to = Math.min(rows.length - 1, Math.max(anchor, at))
  const next = new Set<number>()
  for (let index = from; index <= to; index++) next.add(keyAt(index))
  return next
}
