type Props = {
  readonly columns: readonly string[]
  /** one array of cells per row */
  readonly sample: readonly (readonly string[])[]
}

/** The first rows of a file as they were understood; nothing where none was. */
export function SampleRows({ columns, sample }: Props) {
  if (sample.length === 0) return null
  return (
    <div className="sample" tabIndex={0} role="region" aria-label="First rows as understood">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, i) => (
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
