import { lazy, Suspense, useEffect } from 'react'
import { followLog, useDecisionLog } from '../../state/decision-log.ts'
import { useStore } from '../../state/store.ts'
import { Log } from './Log.tsx'

const BackTest = lazy(() => import('./BackTest.tsx').then((m) => ({ default: m.BackTest })))

/** Was it right? What was decided with what it brought, and what following the advice would have brought. */
export function Decisions() {
  const log = useDecisionLog((state) => state.log)
  const fault = useDecisionLog((state) => state.fault)
  useEffect(() => followLog(), [])
  return (
    <section className="screen decisions" aria-label="Decisions">
      {log === null ? (
        fault === null ? (
          <p className="muted" role="status">
            Reading what was decided…
          </p>
        ) : null
      ) : log.rows.length === 0 ? (
        <Nothing />
      ) : (
        <Log log={log} />
      )}
      {fault === null ? null : (
        <p className="panel pad fault-text" role="alert">
          {fault}
        </p>
      )}
      {log === null ? null : (
        <Suspense fallback={null}>
          <BackTest history={log.history} />
        </Suspense>
      )}
    </section>
  )
}

/** What a decision is, and how one comes about. */
function Nothing() {
  const show = useStore((state) => state.show)
  return (
    <header className="screen-head">
      <h1>Nothing is recorded yet.</h1>
      <p className="muted decisions-about">
        A decision is what somebody did about the advice at a site: Done, or Not now with a reason. Record it
        on Today, in the row of the site, by a work list that comes home, or with the command “done”. Each is
        kept with what was at stake, and from the next day on it says here what it saved against not doing it,
        at the prices and the difficulty that really came.
      </p>
      <div className="actions">
        <button type="button" className="button primary" onClick={() => show('today')}>
          Go to Today
        </button>
      </div>
    </header>
  )
}
