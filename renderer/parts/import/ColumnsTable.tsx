import type { ReactNode } from 'react'

type Props = {
  /** a row per column of the file */
  readonly children: ReactNode
  /** under the rows */
  readonly more?: ReactNode
}

/** How each column of a file was read. */
export function ColumnsTable({ children, more = null }: Props) {
  return (
    <div className="columns-said" tabIndex={0} role="region" aria-label="Columns">
      <table>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col">Read as</th>
            <th scope="col">Unit</th>
            <th scope="col">
              <span className="visually-hidden">What is wrong</span>
            </th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {more}
    </div>
  )
}

/** What the file has under a heading. */
export function ColumnHeading({ heading, example }: { readonly heading: string; readonly example: string }) {
  return (
    <th scope="row">
      {heading}
      <span className="example">{example === '' ? 'empty' : example}</span>
    </th>
  )
}
