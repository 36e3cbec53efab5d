/** The columns with one of them moved to the place of another; as they are where one is not among them. */
export function moved<T>(columns: readonly T[], column: T, to: T): readonly T[] {
  const [from, place] = [columns.indexOf(column), columns.indexOf(to)]
  if (from === -1 || place === -1 || from === place) return columns
  return columns.filter((each) => each !== column).toSpliced(place, 0, column)
}

/** The columns with one of them so many places further right; to the left below 0. It stops at the ends. */
export function movedBy<T>(columns: readonly T[], column: T, by: number): readonly T[] {
  const place = Math.max(0, Math.min(columns.length - 1, columns.indexOf(column) + by))
  return moved(columns, column, columns[place] ?? column)
}
