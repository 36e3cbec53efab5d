import { useEffect, useRef } from 'react'
import { selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import { MachineWhy } from './MachineWhy.tsx'

const LEAST_IN_SIGHT_PX = 220

/** Every figure of one row, the inputs it rests on, and what each option is worth. */
export function Why() {
  const machine = useStore((state) => state.picture?.explained ?? null)
  const market = useStore((state) => state.picture?.market ?? null)
  const trying = useStore(selectWhatIfActive)
  const explain = useStore((state) => state.explain)
  const panel = useRef<HTMLElement>(null)
  const key = machine?.key
  // In a small window it stands below the table, out of sight of who asked for it.
  useEffect(() => {
    const top = panel.current?.getBoundingClientRect().top ?? 0
    if (innerHeight - top < LEAST_IN_SIGHT_PX) panel.current?.scrollIntoView({ block: 'nearest' })
  }, [key])
  if (machine === null) return null
  return (
    <aside ref={panel} className="panel why" aria-label={`Why ${machine.id}`}>
      <header className="panel-head">
        <h2>
          {machine.id}{' '}
          <small>
            {machine.model || 'no model'} · {machine.site}
          </small>
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close explanation"
          onClick={() => explain(null)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </button>
      </header>
      {trying ? (
        <p>
          <span className="what-if-mark">what if: with the values being tried</span>
        </p>
      ) : null}
      <div className="why-body" tabIndex={0} role="group" aria-label="Figures">
        <MachineWhy machine={machine} market={market} />
      </div>
    </aside>
  )
}
