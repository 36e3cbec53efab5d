import { useRef } from 'react'
import type { Range } from '../../../charts/signals/day-ticks.ts'
import { usePalette } from '../../../charts/use-palette.ts'
import { importPast } from '../../../state/actions.ts'
import { useStore } from '../../../state/store.ts'
import { useNow } from '../../../ui/use-now.ts'
import { FillPast } from '../../data/FillPast.tsx'
import { selectAhead, selectSignals } from './select-signals.ts'
import { SignalPanel } from './SignalPanel.tsx'
import { Summary } from './Summary.tsx'

/** The market's stress: context for a reader, never an input of a verdict. */
export function Signals({ id, range }: { readonly id: string; readonly range: Range }) {
  const view = useStore(selectSignals)
  const fault = useStore((state) => state.pastFault)
  const screen = useRef<HTMLElement>(null)
  const palette = usePalette(screen)
  const nowMs = useNow()
  const ahead = useStore(selectAhead)
  const isEmpty = view !== null && view.series.dates.length === 0
  return (
    <section className="market-part" id={id} aria-label="Signals" ref={screen}>
      <header className="screen-head">
        <h2 className="part-title" tabIndex={-1}>
          Signals
        </h2>
        <p className="muted">How hard pressed miners are, day by day.</p>
      </header>
      {fault === null ? null : (
        <p className="panel pad fault-text" role="alert">
          {fault}
        </p>
      )}
      {isEmpty ? (
        <p className="panel pad">
          There is no history yet. Signals rest on one value per day, some of them on more than two years of
          days: fill the history from your data sources, or import a daily.csv.
        </p>
      ) : null}
      {view === null || isEmpty ? null : (
        <>
          <Summary view={view} ahead={ahead} nowMs={nowMs} />
          <div className="signal-grid">
            {view.panels.map((plan) => (
              <SignalPanel
                key={plan.name}
                plan={plan}
                view={view}
                range={range}
                palette={palette}
                ahead={ahead}
                nowMs={nowMs}
              />
            ))}
          </div>
        </>
      )}
      {view === null ? null : <PastSupply />}
    </section>
  )
}

/** Where the days come from: filling from the sources, or a file. */
function PastSupply() {
  const status = useStore((state) => state.pastStatus)
  const settings = useStore((state) => state.settings)
  return (
    <section className="panel pad signal-supply" aria-label="History">
      <h3>History</h3>
      {status === null || settings === null ? null : <FillPast status={status} settings={settings} />}
      <div className="actions">
        <button type="button" className="button" onClick={() => void importPast()}>
          Import daily.csv…
        </button>
      </div>
    </section>
  )
}
