/** A cell of the table of lots; column 0 is the name. */
export type LotPlace = { readonly row: number; readonly column: number }

/** Where a key leads to in a table of so many rows and epochs; null for other keys. Column 0 is the name. */
export function placeAfter(
  key: string,
  { row, column }: LotPlace,
  rows: number,
  epochs: number,
  page: number,
): LotPlace | null {
  const at = (nextRow: number, nextColumn: number): LotPlace => ({
    row: Math.min(Math.max(nextRow, 0), rows - 1),
    column: Math.min(Math.max(nextColumn, 0), epochs),
  })
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'PageUp':
      return at(row - page, column)
    case 'PageDown':
      return at(row + page, column)
    case 'Home':
      return at(row, 0)
    case 'End':
      return at(row, epochs)
    default:
      return null
  }
}
