import type { FleetSnapshot } from '#shared/ipc/schemas/channels.ts'
import { textAt } from '#shared/domain/fleet/columns.ts'
import { counted } from '#shared/format/numbers.ts'
import { removeMachines } from '../../../state/actions.ts'
import { useStore } from '../../../state/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'

export function RemoveMachines({
  fleet,
  keys,
}: {
  readonly fleet: FleetSnapshot
  readonly keys: readonly number[]
}) {
  const close = useStore((state) => state.closeDialog)
  const [only] = keys
  const row = keys.length === 1 && only !== undefined ? fleet.machines.key.indexOf(only) : -1
  const what = row >= 0 ? textAt(fleet.machines.id, row) : counted(keys.length, 'row')
  return (
    <Dialog
      title={`Remove ${what}?`}
      description="The fleet forgets it. Undo brings it back."
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
              void removeMachines(keys)
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
