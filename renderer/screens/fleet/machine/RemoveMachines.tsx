import { counted } from '#shared/format/numbers.ts'
import { ConfirmDialog } from '../../../parts/ConfirmDialog.tsx'
import { removeMachines } from '../../../state/actions.ts'
import { useStoredMachine } from '../../../state/use-stored-machine.ts'

export function RemoveMachines({ keys }: { readonly keys: readonly number[] }) {
  const [only] = keys
  const machine = useStoredMachine(keys.length === 1 && only !== undefined ? only : null)
  if (machine === undefined) return null
  const what = machine?.id ?? counted(keys.length, 'row')
  return (
    <ConfirmDialog
      title={`Remove ${what}?`}
      description="The fleet forgets it. Undo brings it back."
      action="Remove"
      onConfirm={() => removeMachines(keys)}
    />
  )
}
