import { useEffect, useRef, useState } from 'react'
import type { Range } from '../../../charts/signals/day-ticks.ts'
import { RANGES } from '../../../charts/signals/day-ticks.ts'
import { usePalette } from '../../../charts/use-palette.ts'
import { importPast } from '../../../state/actions.ts'
import { useStore } from '../../../state/store.ts'
import { useNow } from '../../../ui/use-now.ts'
import { FillPast } from '../../data/FillPast.tsx'
import { selectAhead, selectSignals } from './select-signals.ts'
import { SignalPanel } from './SignalPanel.tsx'
import { Summary } from './Summary.tsx'

/** The market's stress: context for a reader, never an input of a verdict. */
export function Signals() {
  const view = useStore(selectSignals)
  const fault = useStore((state) => state.pastFault)
  const { readPast, readPastStatus } = useStore.getState()
  const screen = useRef<HTMLElement>(null)
  const palette = usePalette(screen)
  const nowMs = useNow()
  const ahead = useStore(selectAhead)
  const [range, setRange] = useState<Range>(RANGES[1])
  useEffect(() => {
    void readPast()
    void readPastStatus()
  }, [readPast, readPastStatus])
  const isEmpty = view !== null && view.series.dates.length === 0
  return (
    <section className="screen signals" aria-label="Signals" ref={screen}>
      <header className="screen-head">
        <h1>Signals</h1>
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
          <RangeChoice range={range} onChange={setRange} />
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

function RangeChoice({
  range,
  onChange,
}: {
  readonly range: Range
  readonly onChange: (range: Range) => void
}) {
  return (
    <fieldset className="setting">
      <legend className="visually-hidden">Days in the charts</legend>
      <div className="segments">
        {RANGES.map((choice) => (
          <label key={choice.name} className="segment">
            <input
              type="radio"
              name="signal-range"
              checked={choice === range}
              onChange={() => onChange(choice)}
            />
            <span>{choice.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** Where the days come from: filling from the sources, or a file. */
function PastSupply() {
  const status = useStore((state) => state.pastStatus)
  const settings = useStore((state) => state.settings)
  return (
    <section className="panel pad signal-supply" aria-label="History">
      <h2>History</h2>
      {status === null || settings === null ? null : <FillPast status={status} settings={settings} />}
      <div className="actions">
        <button type="button" className="button" onClick={() => void importPast()}>
          Import daily.csv…
        </button>
      </div>
    </section>
  )
}
