import { counted } from '#shared/format/numbers.ts'
import { removeMachines } from '../../../state/actions.ts'
import { useStore } from '../../../state/store.ts'
import { useStoredMachine } from '../../../state/use-stored-machine.ts'
import { Dialog } from '../../../ui/Dialog.tsx'

export function RemoveMachines({ keys }: { readonly keys: readonly number[] }) {
  const close = useStore((state) => state.closeDialog)
  const [only] = keys
  const machine = useStoredMachine(keys.length === 1 && only !== undefined ? only : null)
  if (machine === undefined) return null
  const what = machine?.id ?? counted(keys.length, 'row')
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
