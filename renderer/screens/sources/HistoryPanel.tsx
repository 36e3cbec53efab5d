import { useEffect, useId } from 'react'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { counted } from '#shared/format/numbers.ts'
import { exportHistory, importHistory } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { CoverageTable } from './CoverageTable.tsx'
import { FillHistory } from './FillHistory.tsx'
import { ForgetImported } from './ForgetImported.tsx'

/** The past that signals rest on: what there is of it, filling it from the sources, and files. */
export function HistoryPanel({ settings }: { readonly settings: Settings }) {
  const history = useStore((state) => state.history)
  const status = useStore((state) => state.historyStatus)
  const fault = useStore((state) => state.historyFault)
  const { readHistory, readHistoryStatus } = useStore.getState()
  const headingId = useId()
  // Another order decides otherwise between values of the same day.
  useEffect(() => void readHistory(), [readHistory, settings.networkOrder])
  useEffect(() => void readHistoryStatus(), [readHistoryStatus])
  return (
    <section className="panel" aria-labelledby={headingId}>
      <div className="panel-head">
        <h2 id={headingId}>History</h2>
        <p className="muted">
          Days that are over, as signals need them.
          {history === null ? '' : ` ${counted(history.epochs, 'difficulty epoch')} known.`}
        </p>
      </div>
      {history === null ? null : <CoverageTable coverage={history.coverage} />}
      <div className="panel-foot">
        {fault === null ? null : (
          <p className="fault-text" role="alert">
            {fault}
          </p>
        )}
        {status === null ? null : <FillHistory status={status} settings={settings} />}
        <div className="actions">
          <button type="button" className="button" onClick={() => void importHistory()}>
            Import daily.csv…
          </button>
          <button type="button" className="button" onClick={() => void exportHistory()}>
            Export daily.csv…
          </button>
          {history === null ? null : <ForgetImported coverage={history.coverage} />}
        </div>
      </div>
    </section>
  )
}
