import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useWayBack } from '../../parts/use-way-back.ts'
import { useStore } from '../../state/store.ts'

type Props = {
  readonly title: string
  /** beside the title, smaller */
  readonly about: ReactNode
  readonly children: ReactNode
}

/** Head of a page over the table of the fleet; Esc and Alt+Left lead back to it. */
export function PageHead({ title, about, children }: Props) {
  const closePage = useStore((state) => state.closePage)
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    back.current?.focus()
    return () => {
      // The table is out of reach until the page is gone.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.fleet-place .grid-scroll')?.focus())
    }
  }, [])
  useWayBack(closePage)
  return (
    <header className="screen-head page-head">
      <button
        ref={back}
        type="button"
        className="button quiet"
        title="Back to the table (Esc)"
        onClick={closePage}
      >
        ← Fleet
      </button>
      <h1>
        {title} <small>{about}</small>
      </h1>
      <div className="actions">{children}</div>
    </header>
  )
}
