import type { ReactNode } from 'react'
import { useId } from 'react'

type Props = {
  readonly title: string
  readonly about?: string
  readonly className?: string
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** A part of the evidence with its heading. */
export function Part({ title, about, className = '', beside = null, children }: Props) {
  const id = useId()
  return (
    <section className={`panel plan-part ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2>
          <span id={id}>{title}</span>
          {about === undefined ? null : <small>{about}</small>}
        </h2>
        {beside}
      </header>
      {children}
    </section>
  )
}
