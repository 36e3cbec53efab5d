import type { MoveFile } from '#shared/ipc/schemas/channels.ts'
import { counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { takeOver } from '../state/actions.ts'

/** The last question before what another computer has written takes the place of everything here. */
export function TakeOverDialog({ file }: { readonly file: MoveFile }) {
  return (
    <ConfirmDialog
      title={`Take over ${file.fileName}?`}
      description={`It was written on ${dateTime(file.madeAtMs)} and holds ${counted(file.machines, 'machine')} with sites, contracts, history and settings.`}
      action="Take over and restart"
      onConfirm={() => takeOver(file.token)}
    >
      <p>
        It takes the place of everything that is stored here. What is here now is copied into the backups
        first, so that it can be brought back. Passwords are not in the file: type them again under Data
        sources.
      </p>
    </ConfirmDialog>
  )
}
