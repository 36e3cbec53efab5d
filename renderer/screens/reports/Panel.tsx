import type { ReactNode } from 'react'
import { useId } from 'react'

/** Of a button that opens a list of things to do. */
export const DOTS = (
  <svg viewBox="0 0 16 16" aria-hidden="true" className="dots">
    <path d="M3 8h.01M8 8h.01M13 8h.01" />
  </svg>
)

type Props = {
  readonly title: string
  readonly id?: string
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** A part of what stands beside the pages. */
export function Panel({ title, id: given, beside = null, children }: Props) {
  const made = useId()
  const id = given ?? made
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
