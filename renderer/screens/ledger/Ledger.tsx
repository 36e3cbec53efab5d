import { lazy, Suspense, useEffect } from 'react'
import { followLedger, useLedger } from '../../state/ledger.ts'
import { FirstSteps } from './FirstSteps.tsx'
import { LedgerHead } from './LedgerHead.tsx'
import { MonthPage } from './month/MonthPage.tsx'

const Entries = lazy(() => import('./entries/Entries.tsx').then((m) => ({ default: m.Entries })))

/** What came in and went out in a month, and why it is not what theory says. */
export function Ledger() {
  const { months, month, shown: read, fault, isLate, part } = useLedger()
  // Figures of another month do not stand under the name of the one that is chosen.
  const shown = isLate && read?.month !== month ? null : read
  useEffect(() => followLedger(), [])
  return (
    <section className="screen ledger" aria-label="Ledger">
      {months === null ? (
        fault === null ? (
          <p className="muted" role="status">
            Reading the ledger…
          </p>
        ) : null
      ) : months.length === 0 ? (
        <FirstSteps />
      ) : (
        <>
          <LedgerHead months={months} month={month} shown={shown} isLate={isLate} />
          {part === 'entries' ? (
            <Suspense fallback={null}>
              <Entries month={month} />
            </Suspense>
          ) : shown === null ? null : (
            <MonthPage month={shown} />
          )}
        </>
      )}
      {fault === null ? null : (
        <p className="panel pad fault-text" role="alert">
          {fault}
        </p>
      )}
    </section>
  )
}
