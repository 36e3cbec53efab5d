import { lazy, Suspense } from 'react'
import type { ShownFleet } from '../state/fleet-slice.ts'
import type { OpenDialog } from '../state/view-slice.ts'
import { useStore } from '../state/store.ts'

// Forms and the combobox are not needed to see the first rows.
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
const RemoveSite = lazy(() =>
  import('../screens/sites/RemoveSite.tsx').then((m) => ({ default: m.RemoveSite })),
)
const RestoreDialog = lazy(() =>
  import('../screens/settings/RestoreDialog.tsx').then((m) => ({ default: m.RestoreDialog })),
)
const RemoveBackup = lazy(() =>
  import('../screens/settings/RemoveBackup.tsx').then((m) => ({ default: m.RemoveBackup })),
)
const SiteDialog = lazy(() =>
  import('../screens/sites/SiteDialog.tsx').then((m) => ({ default: m.SiteDialog })),
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
const LongTaskDialog = lazy(() => import('./LongTaskDialog.tsx').then((m) => ({ default: m.LongTaskDialog })))
const NetworkFileDialog = lazy(() =>
  import('../screens/data/NetworkFileDialog.tsx').then((m) => ({ default: m.NetworkFileDialog })),
)
const ReportDialogs = lazy(() =>
  import('../screens/reports/ReportDialogs.tsx').then((m) => ({ default: m.ReportDialogs })),
)
const PartsDialog = lazy(() => import('../parts/PartsDialog.tsx').then((m) => ({ default: m.PartsDialog })))

function Open({ dialog, fleet }: { readonly dialog: OpenDialog; readonly fleet: ShownFleet }) {
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
      return <SiteDialog fleet={fleet} siteKey={dialog.key} thenMachines={dialog.thenMachines === true} />
    case 'remove-machines':
      return <RemoveMachines keys={dialog.keys} />
    case 'remove-site':
      return <RemoveSite fleet={fleet} siteKey={dialog.key} />
    case 'restore':
      return <RestoreDialog key={dialog.name} restore={dialog} />
    case 'remove-backup':
      return <RemoveBackup copy={dialog.copy} />
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

/** The one dialog that is open, mounted fresh each time, so that a form starts from what is stored; and that of a task that takes a while. */
export function Dialogs() {
  const dialog = useStore((state) => state.dialog)
  const fleet = useStore((state) => state.fleet)
  const task = useStore((state) => state.longTask)
  // A person may still be choosing the file before the task says how far it is.
  const isUnderWay = useStore((state) => state.progress !== null)
  return (
    <Suspense fallback={null}>
      {dialog === null || fleet === null ? null : <Open dialog={dialog} fleet={fleet} />}
      {task === null || !isUnderWay ? null : <LongTaskDialog task={task} />}
    </Suspense>
  )
}
