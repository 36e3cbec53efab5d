import { count } from '#shared/format/numbers.ts'

type Said = { readonly row: number; readonly column: string; readonly message: string }

/** Rows of the file of which something is said. */
export function RowsTable({
  rows,
  what,
  isList,
}: {
  /** row 0: the file as a whole */
  readonly rows: readonly Said[]
  /** heading of what is said */
  readonly what: string
  /** rows are entries of a list, columns its keys */
  readonly isList: boolean
}) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="figure">
            {isList ? 'Entry' : 'Row'}
          </th>
          <th scope="col">{isList ? 'Key' : 'Column'}</th>
          <th scope="col">{what}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, column, message }, i) => (
          <tr key={i}>
            <td className="figure">{row === 0 ? '–' : count(row)}</td>
            <td>{column}</td>
            <td>{message}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
