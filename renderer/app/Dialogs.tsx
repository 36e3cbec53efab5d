import { ImportDialog } from '../features/import/ImportDialog.tsx'
import { MachineDialog } from '../features/machine/MachineDialog.tsx'
import { RemoveMachines } from '../features/machine/RemoveMachines.tsx'
import { RemoveSite } from '../features/site/RemoveSite.tsx'
import { SiteDialog } from '../features/site/SiteDialog.tsx'
import { useStore } from '../state/store.ts'

/** The one dialog that is open; mounted fresh each time, so that a form starts from what is stored. */
export function Dialogs() {
  const dialog = useStore((state) => state.dialog)
  const fleet = useStore((state) => state.fleet)
  if (dialog === null || fleet === null) return null
  switch (dialog.kind) {
    case 'machine':
      return <MachineDialog fleet={fleet} machineKey={dialog.key} />
    case 'site':
      return <SiteDialog fleet={fleet} siteKey={dialog.key} />
    case 'remove-machines':
      return <RemoveMachines fleet={fleet} keys={dialog.keys} />
    case 'remove-site':
      return <RemoveSite fleet={fleet} siteKey={dialog.key} />
    case 'import':
      return <ImportDialog />
  }
}
