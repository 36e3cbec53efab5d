import type { ReactNode } from 'react'
import { MISSING } from '#shared/format/numbers.ts'

/** Figures as they are printed, a cell a row; total: of the last row, '' where there is none. */
export type Column = { readonly title: string; readonly cells: readonly string[]; readonly total: string }

type Props = {
  readonly label: string
  /** what the rows are */
  readonly of: string
  readonly names: readonly string[]
  readonly columns: readonly Column[]
  /** absent: no row of totals */
  readonly totalLabel?: string
  /** buttons at the end of a row */
  readonly actionsOf?: (row: number) => ReactNode
}

/** A table of a few rows whose columns are figures. */
export function FigureTable({ label, of, names, columns, totalLabel, actionsOf }: Props) {
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{of}</th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" className="figure">
                {title}
              </th>
            ))}
            {actionsOf === undefined ? null : (
              <th scope="col">
                <span className="visually-hidden">Change or remove</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={row}>
              <th scope="row">{name}</th>
              {columns.map(({ title, cells }) => (
                <td key={title} className="figure">
                  {cells[row] ?? MISSING}
                </td>
              ))}
              {actionsOf === undefined ? null : <td>{actionsOf(row)}</td>}
            </tr>
          ))}
        </tbody>
        {totalLabel === undefined ? null : (
          <tfoot>
            <tr>
              <th scope="row">{totalLabel}</th>
              {columns.map(({ title, total }) => (
                <td key={title} className="figure">
                  {total}
                </td>
              ))}
              {actionsOf === undefined ? null : <td />}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
