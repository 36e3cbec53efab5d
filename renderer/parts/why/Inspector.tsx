import type { ReactNode, RefObject } from 'react'
import { lazy, Suspense, useLayoutEffect, useRef } from 'react'
import { selectWhatIfActive } from '../../state/selectors.ts'
import { useStore } from '../../state/store.ts'
import type { WindowState } from '../../state/store.ts'
import { FIGURE_TITLES, FigureWhy } from './FigureWhy.tsx'
import { MachineWhy } from './MachineWhy.tsx'
import { SiteWhy } from './SiteWhy.tsx'

// Of decisions nobody asks but at their place.
const DecisionInspector = lazy(() =>
  import('../../screens/decisions/DecisionInspector.tsx').then((m) => ({ default: m.DecisionInspector })),
)

const LedgerInspector = lazy(() =>
  import('../../screens/ledger/month/LedgerInspector.tsx').then((m) => ({ default: m.LedgerInspector })),
)

export type Shown = {
  /** of its window and name: `Why <name>` */
  readonly name: string
  readonly beside: string
  readonly body: ReactNode
}

/** What is explained, in words; null until the engine has answered, and where it is no longer there. */
function shownOf({ explained, picture }: WindowState): Shown | null {
  const market = picture?.market ?? null
  if (explained === null || picture === null) return null
  switch (explained.kind) {
    case 'machine': {
      const machine = picture.explained
      if (machine === null) return null
      const beside = `${machine.model || 'no model'} · ${machine.site}`
      return { name: machine.id, beside, body: <MachineWhy machine={machine} market={market} /> }
    }
    case 'site': {
      const site = picture.explainedSite
      return site === null
        ? null
        : { name: site.name, beside: 'site', body: <SiteWhy site={site} market={market} /> }
    }
    // have no figure of the picture
    case 'decision':
    case 'ledger':
      return null
    case 'figure':
      return {
        name: FIGURE_TITLES[explained.name],
        beside: '',
        body: <FigureWhy name={explained.name} market={market} />,
      }
  }
}

/**
 * How the figures of a machine, a site or of the whole came about: at the right and of full height, the same everywhere. It stays while
 * a person goes on with something else.
 */
export function Inspector() {
  const explained = useStore((state) => state.explained)
  const picture = useStore((state) => state.picture)
  if (explained?.kind === 'decision')
    return (
      <Suspense fallback={null}>
        <DecisionInspector decisionKey={explained.key} />
      </Suspense>
    )
  if (explained?.kind === 'ledger')
    return (
      <Suspense fallback={null}>
        <LedgerInspector part={explained.part} of={explained.of} />
      </Suspense>
    )
  const shown = shownOf({ ...useStore.getState(), explained, picture })
  return shown === null ? null : <InspectorPanel {...shown} />
}

/** The inspector itself, whatever it explains. */
export function InspectorPanel({ name, beside, body }: Shown) {
  const explain = useStore((state) => state.explain)
  const trying = useStore(selectWhatIfActive)
  const panel = useRef<HTMLElement>(null)
  const figures = useRef<HTMLDivElement>(null)
  useFocusOf(panel, figures, name)
  return (
    <aside
      ref={panel}
      className="inspector why"
      aria-label={`Why ${name}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        explain(null)
      }}
    >
      <header className="panel-head">
        <h2>
          {name} {beside === '' ? null : <small>{beside}</small>}
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
      <div ref={figures} className="why-body" tabIndex={0} role="group" aria-label="Figures">
        {body}
      </div>
    </aside>
  )
}

/**
 * The focus comes to the figures where a button asked for them, and goes back to it when they are closed. It stays in the table, where
 * one goes from row to row.
 */
function useFocusOf(
  panel: RefObject<HTMLElement | null>,
  figures: RefObject<HTMLElement | null>,
  name: string,
): void {
  const asker = useRef<Element | null>(null)
  useLayoutEffect(() => {
    const at = document.activeElement
    if (panel.current?.contains(at) === true) return
    asker.current = at
    if (at?.closest('[role="grid"]') === null) figures.current?.focus({ preventScroll: true })
  }, [panel, figures, name])
  useLayoutEffect(() => {
    const own = panel.current
    return () => {
      const from = asker.current
      if (own?.contains(document.activeElement) === true && from instanceof HTMLElement) from.focus()
    }
  }, [panel])
}
