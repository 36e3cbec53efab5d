import { useEffect } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { counted } from '#shared/format/numbers.ts'
import { exportPast, importPast } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { CoverageTable } from './CoverageTable.tsx'
import { FillPast } from './FillPast.tsx'
import { ForgetImported } from './ForgetImported.tsx'
import { HISTORY_HEADING } from './history-heading.ts'

/** The past that signals rest on: what there is of it, filling it from the sources, and files. */
export function PastPanel({ settings }: { readonly settings: Settings }) {
  const past = useStore((state) => state.past)
  const status = useStore((state) => state.pastStatus)
  const fault = useStore((state) => state.pastFault)
  const { readPast, readPastStatus } = useStore.getState()
  // Another order decides otherwise between values of the same day.
  useEffect(() => void readPast(), [readPast, settings.networkOrder])
  useEffect(() => void readPastStatus(), [readPastStatus])
  return (
    <section className="panel" aria-labelledby={HISTORY_HEADING}>
      <div className="panel-head">
        <h2 id={HISTORY_HEADING} tabIndex={-1}>
          History
        </h2>
        <p className="muted">
          Days that are over, as signals need them.
          {past === null ? '' : ` ${counted(past.epochs, 'difficulty epoch')} known.`}
        </p>
      </div>
      {past === null ? null : <CoverageTable coverage={past.coverage} />}
      <div className="panel-foot">
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
        {status === null ? null : <FillPast status={status} settings={settings} />}
        <div className="actions">
          <button type="button" className="button" onClick={() => void importPast()}>
            Import daily.csv…
          </button>
          <button type="button" className="button" onClick={() => void exportPast()}>
            Export daily.csv…
          </button>
          {past === null ? null : <ForgetImported coverage={past.coverage} />}
        </div>
      </div>
    </section>
  )
}
