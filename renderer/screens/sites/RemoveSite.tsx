import type { ShownFleet } from '../../state/fleet-slice.ts'
import { counted } from '#shared/format/numbers.ts'
import { removeSite } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'

export function RemoveSite({ fleet, siteKey }: { readonly fleet: ShownFleet; readonly siteKey: number }) {
  const close = useStore((state) => state.closeDialog)
  const row = fleet.sites.key.indexOf(siteKey)
  if (row < 0) return null
  const name = fleet.sites.name[row]!
  const rows = fleet.rowsAtSites[row]!.rows
  return (
    <Dialog
      title={`Remove ${name}?`}
      description={
        rows === 0
          ? 'No machine stands there.'
          : `${counted(rows, 'row')} of machines go with it. Undo brings it all back.`
      }
      onClose={close}
      actions={
        <>
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              close()
              void removeSite(siteKey, name)
            }}
          >
            Remove
          </button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}
