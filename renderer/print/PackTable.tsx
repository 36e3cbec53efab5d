import { counted } from '#shared/format/numbers.ts'
import type { PrintedTable, TableSize } from './table-size.ts'

type Props = {
  readonly table: PrintedTable
  readonly title: string
  readonly totalLabel: string | null
  readonly size: TableSize
  /** Chromium puts a caption and its table on pages of their own where the paper lies on its side. */
  readonly isOnSide: boolean
  /** null: all rows */
  readonly rowsAtMost: number | null
}

/**
 * A table over as many pages as it takes: its headings stand on each, no row is split, and the total is its last row, once.
 * What stands first names the row.
 */
export function PackTable({ table, title, totalLabel, size, isOnSide, rowsAtMost }: Props) {
  const { columns } = table
  const rows = Math.min(table.rows, rowsAtMost ?? table.rows)
  const looks = columns.map(({ isFigure }) => (isFigure ? 'figure' : undefined))
  const hasCaption = title !== '' && !isOnSide
  const drawn = (
    <table className={size} aria-label={hasCaption || title === '' ? undefined : title}>
      {hasCaption ? <caption>{title}</caption> : null}
      <thead>
        <tr>
          {columns.map(({ heading, unit }, i) => (
            <th key={i} scope="col" className={looks[i]}>
              {heading}
              {unit === '' ? null : <small> {unit}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {columns.map(({ cells }, i) =>
              i === 0 ? (
                <th key={i} scope="row" className={looks[i]}>
                  {cells[row]}
                </th>
              ) : (
                <td key={i} className={looks[i]}>
                  {cells[row]}
                </td>
              ),
            )}
          </tr>
        ))}
        {rows === table.rows ? null : (
          <tr className="more">
            <td colSpan={columns.length}>
              {counted(table.rows - rows, 'more row is', 'more rows are')} on the printed pages.
            </td>
          </tr>
        )}
        {totalLabel === null ? null : (
          <tr className="total">
            <th scope="row">{totalLabel}</th>
            {columns.slice(1).map(({ total }, i) => (
              <td key={i} className={looks[i + 1]}>
                {total}
              </td>
            ))}
          </tr>
        )}
      </tbody>
    </table>
  )
  return hasCaption || title === '' ? (
    drawn
  ) : (
    <>
      <p className="caption">{title}</p>
      {drawn}
    </>
  )
}
