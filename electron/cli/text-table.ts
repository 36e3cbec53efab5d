export type TextColumnSpec = { readonly title: string; readonly right?: boolean }

/** Lines of a table for a person at a terminal: columns two spaces apart, numbers to the right. */
export function* textTable(
  columns: readonly TextColumnSpec[],
  rows: readonly (readonly string[])[],
): Generator<string> {
  const widths = columns.map((column, c) =>
    rows.reduce((widest, row) => Math.max(widest, row[c]?.length ?? 0), column.title.length),
  )
  const line = (cells: readonly string[]) =>
    columns
      .map((column, c) => {
        const cell = cells[c] ?? ''
        return column.right === true ? cell.padStart(widths[c]!) : cell.padEnd(widths[c]!)
      })
      .join('  ')
      .trimEnd()
  yield line(columns.map((column) => column.title))
  for (const row of rows) yield line(row)
}
