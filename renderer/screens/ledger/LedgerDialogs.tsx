import { lazy } from 'react'
import type { LedgerDialog } from '../../state/view-slice.ts'

const ImportDialog = lazy(() =>
  import('./import/ImportDialog.tsx').then((m) => ({ default: m.ImportDialog })),
)
const EntryDialog = lazy(() => import('./entries/EntryDialog.tsx').then((m) => ({ default: m.EntryDialog })))
const VoidDialog = lazy(() => import('./entries/VoidDialog.tsx').then((m) => ({ default: m.VoidDialog })))
const PoolsDialog = lazy(() => import('./pools/PoolsDialog.tsx').then((m) => ({ default: m.PoolsDialog })))
const CloseMonth = lazy(() => import('./CloseMonth.tsx').then((m) => ({ default: m.CloseMonth })))
const ReopenMonth = lazy(() => import('./CloseMonth.tsx').then((m) => ({ default: m.ReopenMonth })))

/** The dialogs of this place; each loads when it is opened. */
export function LedgerDialogs({ of }: { readonly of: LedgerDialog }) {
  switch (of.kind) {
    case 'import':
      return <ImportDialog />
    case 'entry':
      return <EntryDialog corrects={of.corrects} />
    case 'void':
      return <VoidDialog entry={of.entry} />
    case 'pools':
      return <PoolsDialog />
    case 'close':
      return <CloseMonth month={of.month} />
    case 'reopen':
      return <ReopenMonth month={of.month} />
  }
}
