import type { ReactNode } from 'react'
import { useId } from 'react'

type Props = { readonly title: string; readonly beside?: ReactNode; readonly children: ReactNode }

/** A part of what stands beside the pages. */
export function Panel({ title, beside = null, children }: Props) {
  const id = useId()
  return (
    <section className="panel report-panel" aria-labelledby={id}>
      <h2>
        <span id={id} tabIndex={-1}>
          {title}
        </span>
        {beside === null ? null : <small>{beside}</small>}
      </h2>
      {children}
    </section>
  )
}

/** A choice with its name at its left. */
export function Row({
  label,
  labelId,
  children,
}: {
  readonly label: string
  readonly labelId?: string
  readonly children: ReactNode
}) {
  return (
    <div className="report-row">
      <span className="report-label" id={labelId}>
        {label}
      </span>
      <div className="report-value">{children}</div>
    </div>
  )
}
