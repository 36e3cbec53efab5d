import { useRef } from 'react'
import { isCorrectedKind, isCountedKind } from '#shared/domain/money/ledger/counted.ts'
import type { LedgerRow } from '#shared/ipc/schemas/ledger.ts'
import { entryFigures, entryTitle, subjectWords, whenWords } from '#shared/format/ledger-entry-words.ts'
import { FACT_WORDS } from '#shared/format/ledger-kinds.ts'
import { MISSING } from '#shared/format/numbers.ts'
import { calendarDayOf, dateTime } from '#shared/format/times.ts'
import { Pages } from '../../../parts/Pages.tsx'
import { useStore } from '../../../state/store.ts'

/** Rows that are shown at a time. */
export const PAGE = 100

type Props = {
  /** of this page */
  readonly rows: readonly LedgerRow[]
  /** on all pages */
  readonly found: number
  readonly page: number
  readonly onPage: (page: number) => void
}

/** The rows, a hundred at a time. What is void is struck through and says so. */
export function EntriesTable({ rows, found, page, onPage }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const goTo = (next: number) => {
    onPage(next)
    scroller.current?.scrollTo({ top: 0 })
  }
  return (
    <>
      <div ref={scroller} className="table-scroll log-scroll" role="region" aria-label="Entries" tabIndex={0}>
        <table className="plain log-table entries-table" aria-label="Entries" aria-rowcount={found + 1}>
          <thead>
            <tr>
              <th scope="col" className="figure">
                No.
              </th>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Of</th>
              <th scope="col">Site</th>
              <th scope="col" className="figure">
                BTC
              </th>
              <th scope="col" className="figure">
                kWh
              </th>
              <th scope="col" className="figure">
                Money
              </th>
              <th scope="col">Reference</th>
              <th scope="col">
                <span className="visually-hidden">Correct or void</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row key={row.entry.key} row={row} index={page * PAGE + at} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="log-foot">
        <p />
        <Pages label="Pages of the entries" size={PAGE} total={found} page={page} onPage={goTo} />
      </div>
    </>
  )
}

function Row({ row, index }: { readonly row: LedgerRow; readonly index: number }) {
  const open = useStore((state) => state.open)
  const { entry, voidedBy, correctedBy, isLocked } = row
  const { fact, corrects, origin, recordedMs } = entry
  const { btc, kwh, money } = entryFigures(fact, corrects !== null)
  const from = origin === null ? 'typed' : `${origin.file}, line ${origin.line}`
  const title = entryTitle(fact)
  const counts = voidedBy === null
  return (
    <tr
      aria-rowindex={index + 2}
      data-void={!counts || undefined}
      title={`Recorded ${dateTime(recordedMs)}, ${from}`}
    >
      <td className="figure">{entry.key}</td>
      <th scope="row">{whenWords(fact) || calendarDayOf(recordedMs)}</th>
      <td className="log-words">
        {FACT_WORDS[fact.kind]}{' '}
        {corrects === null ? null : <span className="log-tag">corrects {corrects}</span>}
        {correctedBy.length === 0 ? null : (
          <span className="log-tag">corrected by {correctedBy.join(', ')}</span>
        )}
        {counts ? null : <span className="log-tag">void by {voidedBy}</span>}
      </td>
      <td className="log-words">
        {subjectWords(fact)}
        {entry.note === '' ? null : <span className="entry-note">{entry.note}</span>}
      </td>
      <td>{entry.site || MISSING}</td>
      <td className="figure">{btc}</td>
      <td className="figure">{kwh}</td>
      <td className="figure">{money}</td>
      <td className="log-by">{entry.reference}</td>
      <td>
        {!counts || !isCountedKind(fact.kind) ? null : (
          <div className="actions">
            {corrects !== null || !isCorrectedKind(fact.kind) ? null : (
              <button
                type="button"
                className="button quiet"
                aria-label={`Correct entry ${entry.key}, ${title}`}
                onClick={() => open({ kind: 'ledger', of: { kind: 'entry', corrects: entry } })}
              >
                Correct…
              </button>
            )}
            {isLocked ? (
              <span className="muted">closed</span>
            ) : (
              <button
                type="button"
                className="button quiet"
                aria-label={`Void entry ${entry.key}, ${title}`}
                onClick={() => open({ kind: 'ledger', of: { kind: 'void', entry } })}
              >
                Void…
              </button>
            )}
          </div>
        )}
      </td>
    </tr>
  )
}
