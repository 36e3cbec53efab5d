import { monthWords } from '#shared/format/ledger-month-words.ts'
import type { LedgerDialog } from '../../state/view-slice.ts'
import { showLedgerPart, useLedger } from '../../state/ledger.ts'
import { useStore } from '../../state/store.ts'
import { Menu } from '../../ui/Menu.tsx'
import { exportJournal } from './entries/export-journal.ts'

/** What can be done with the books as a whole. */
export function LedgerActions({ isBegun }: { readonly isBegun: boolean }) {
  const open = useStore((state) => state.open)
  const part = useLedger((state) => state.part)
  const month = useLedger((state) => state.month)
  const dialog = (of: LedgerDialog) => () => open({ kind: 'ledger', of })
  return (
    <div className="actions ledger-actions">
      <button type="button" className="button primary" onClick={dialog({ kind: 'import' })}>
        Import…
      </button>
      <button type="button" className="button" onClick={dialog({ kind: 'entry', corrects: null })}>
        Add entry…
      </button>
      <button type="button" className="button" onClick={dialog({ kind: 'pools' })}>
        Pools…
      </button>
      {isBegun ? (
        <>
          <button
            type="button"
            className="button"
            aria-pressed={part === 'entries'}
            onClick={() => showLedgerPart(part === 'entries' ? 'month' : 'entries')}
          >
            Entries
          </button>
          <Menu
            trigger="Export journal"
            entries={[
              ...(month === null
                ? []
                : [{ label: `Of ${monthWords(month)}…`, run: () => void exportJournal(month) }]),
              { label: 'Of all months…', run: () => void exportJournal(null) },
            ]}
          />
        </>
      ) : null}
    </div>
  )
}
