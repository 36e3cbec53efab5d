import { lazy } from 'react'
import type { ShownFleet } from '../state/fleet-slice.ts'
import type { OpenDialog } from '../state/view-slice.ts'

// Each loads when it is opened.
const ImportDialog = lazy(() =>
  import('../screens/fleet/import/ImportDialog.tsx').then((m) => ({ default: m.ImportDialog })),
)
const MachineDialog = lazy(() =>
  import('../screens/fleet/machine/MachineDialog.tsx').then((m) => ({ default: m.MachineDialog })),
)
const EditMachines = lazy(() =>
  import('../screens/fleet/edit/EditMachines.tsx').then((m) => ({ default: m.EditMachines })),
)
const ArchiveDialog = lazy(() =>
  import('../screens/fleet/archive/ArchiveDialog.tsx').then((m) => ({ default: m.ArchiveDialog })),
)
const PurchasesDialog = lazy(() =>
  import('../screens/reports/purchases/PurchasesDialog.tsx').then((m) => ({ default: m.PurchasesDialog })),
)
const RemoveMachines = lazy(() =>
  import('../screens/fleet/machine/RemoveMachines.tsx').then((m) => ({ default: m.RemoveMachines })),
)
const BackupDialogs = lazy(() =>
  import('../screens/settings/BackupDialogs.tsx').then((m) => ({ default: m.BackupDialogs })),
)
const SiteDialogs = lazy(() =>
  import('../screens/sites/SiteDialogs.tsx').then((m) => ({ default: m.SiteDialogs })),
)
const TodayDialogs = lazy(() =>
  import('../screens/today/TodayDialogs.tsx').then((m) => ({ default: m.TodayDialogs })),
)
const Palette = lazy(() => import('./palette/Palette.tsx').then((m) => ({ default: m.Palette })))
const ShortcutsDialog = lazy(() =>
  import('./ShortcutsDialog.tsx').then((m) => ({ default: m.ShortcutsDialog })),
)
const NoticesDialog = lazy(() => import('./NoticesDialog.tsx').then((m) => ({ default: m.NoticesDialog })))
const TakeOverDialog = lazy(() => import('./TakeOverDialog.tsx').then((m) => ({ default: m.TakeOverDialog })))
const NetworkFileDialog = lazy(() =>
  import('../screens/data/NetworkFileDialog.tsx').then((m) => ({ default: m.NetworkFileDialog })),
)
const ReportDialogs = lazy(() =>
  import('../screens/reports/ReportDialogs.tsx').then((m) => ({ default: m.ReportDialogs })),
)
const LedgerDialogs = lazy(() =>
  import('../screens/ledger/LedgerDialogs.tsx').then((m) => ({ default: m.LedgerDialogs })),
)
const PartsDialog = lazy(() => import('../parts/PartsDialog.tsx').then((m) => ({ default: m.PartsDialog })))

export type OpenedProps = { readonly dialog: OpenDialog; readonly fleet: ShownFleet }

/** A dialog by its name. */
export function Opened({ dialog, fleet }: OpenedProps) {
  switch (dialog.kind) {
    case 'machine':
      return <MachineDialog fleet={fleet} machineKey={dialog.key} copyOf={dialog.copyOf ?? null} />
    case 'edit-machines':
      return <EditMachines fleet={fleet} edit={dialog} />
    case 'archive':
      return <ArchiveDialog />
    case 'purchases':
      return <PurchasesDialog />
    case 'site':
    case 'remove-site':
      return <SiteDialogs of={dialog} fleet={fleet} />
    case 'remove-machines':
      return <RemoveMachines keys={dialog.keys} />
    case 'restore':
    case 'remove-backup':
      return <BackupDialogs of={dialog} />
    case 'import':
      return <ImportDialog />
    case 'notices':
      return <NoticesDialog />
    case 'palette':
      return <Palette fleet={fleet} />
    case 'shortcuts':
      return <ShortcutsDialog />
    case 'take-over':
      return <TakeOverDialog file={dialog.file} />
    case 'network-file':
      return <NetworkFileDialog file={dialog.file} />
    case 'report':
      return <ReportDialogs of={dialog.of} />
    case 'ledger':
      return <LedgerDialogs of={dialog.of} />
    case 'parts':
      return <PartsDialog source={dialog.source} />
    case 'work-list':
    case 'not-now':
    case 'record-all':
    case 'marked-list':
    case 'keep-scenario':
      return <TodayDialogs of={dialog} />
  }
}
