import type { ReactNode } from 'react'

type Props = {
  readonly id: string
  readonly title: string
  readonly about?: string
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** A part of the month's evidence, with a heading that takes the focus. */
export function MonthPart({ id, title, about, beside = null, children }: Props) {
  return (
    <section id={id} className="panel ledger-part" aria-labelledby={`${id}-heading`}>
      <header className="panel-head">
        <h2 id={`${id}-heading`} tabIndex={-1}>
          {title}
        </h2>
        {beside}
        {about === undefined ? null : <p className="muted">{about}</p>}
      </header>
      {children}
    </section>
  )
}

/** A table that scrolls where it is wider than the place. */
export function PartTable({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="table-scroll" role="region" aria-label={name} tabIndex={0}>
      <table className="plain" aria-label={name}>
        {children}
      </table>
    </div>
  )
}

/** Heading of a column of figures. */
export function Head({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="col" className="figure">
      {children}
    </th>
  )
}

/** Figures of a row, each in a cell; one that is below 0 has its minus and the colour of a loss only where it is a result. */
export function Cells({ of }: { readonly of: readonly string[] }) {
  return of.map((text, i) => (
    <td key={i} className="figure">
      {text}
    </td>
  ))
}
