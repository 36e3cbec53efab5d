import { counted } from '#shared/format/numbers.ts'
import type { PrintedTable, TableFit } from './table-size.ts'

type Props = {
  readonly table: PrintedTable
  readonly title: string
  readonly totalLabel: string | null
  readonly fit: TableFit
  /** Chromium puts a caption and its table on pages of their own where the paper lies on its side. */
  readonly isOnSide: boolean
  /** null: all rows */
  readonly rowsAtMost: number | null
}

/** A longer one is drawn in pieces. */
const LONG_ROWS = 2000
const PIECE_ROWS = 250

/**
 * A table over as many pages as it takes: its headings stand on each, no row is split, and the total is its last row, once. What
 * stands first names the row. A long one is made of several with the same widths, each from a new page on: Chromium remembers all
 * rows of a table for each of its pages.
 */
export function PackTable(props: Props) {
  const { table, title, isOnSide, rowsAtMost } = props
  const rows = Math.min(table.rows, rowsAtMost ?? table.rows)
  const perPiece = rows > LONG_ROWS ? PIECE_ROWS : Math.max(rows, 1)
  const pieces = Array.from({ length: Math.max(1, Math.ceil(rows / perPiece)) }, (_, i) => ({
    ...{ from: i * perPiece, to: Math.min(rows, (i + 1) * perPiece) },
    isLast: (i + 1) * perPiece >= rows,
  }))
  const isWhole = pieces.length === 1
  const hasCaption = title !== '' && isWhole && !isOnSide
  return (
    <>
      {hasCaption || title === '' ? null : <p className="caption">{title}</p>}
      {pieces.map((piece) => (
        <Piece
          key={piece.from}
          {...props}
          {...piece}
          caption={hasCaption ? title : null}
          hasFixedWidths={!isWhole}
        />
      ))}
    </>
  )
}

type PieceProps = Props & {
  readonly from: number
  readonly to: number
  readonly isLast: boolean
  readonly caption: string | null
  readonly hasFixedWidths: boolean
}

function Piece({ table, title, totalLabel, fit, from, to, isLast, caption, hasFixedWidths }: PieceProps) {
  const { columns, rows } = table
  const looks = columns.map(({ isFigure }) => (isFigure ? 'figure' : undefined))
  const left = rows - to
  return (
    <table
      className={hasFixedWidths ? `${fit.size} piece` : fit.size}
      aria-label={caption === null && title !== '' ? title : undefined}
    >
      {caption === null ? null : <caption>{caption}</caption>}
      {hasFixedWidths ? (
        <colgroup>
          {fit.widths.map((width, i) => (
            <col key={i} width={`${width.toFixed(3)}%`} />
          ))}
        </colgroup>
      ) : null}
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
        {Array.from({ length: to - from }, (_, i) => (
          <Row key={from + i} table={table} looks={looks} row={from + i} />
        ))}
        {isLast && left > 0 ? (
          <tr className="more">
            <td colSpan={columns.length}>
              {counted(left, 'more row is', 'more rows are')} on the printed pages.
            </td>
          </tr>
        ) : null}
        {isLast && totalLabel !== null ? (
          <tr className="total">
            <th scope="row">{totalLabel}</th>
            {columns.slice(1).map(({ total }, i) => (
              <td key={i} className={looks[i + 1]}>
                {total}
              </td>
            ))}
          </tr>
        ) : null}
      </tbody>
    </table>
  )
}

type RowProps = {
  readonly table: PrintedTable
  readonly looks: readonly (string | undefined)[]
  readonly row: number
}

function Row({ table: { columns }, looks, row }: RowProps) {
  return (
    <tr>
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
  )
}
