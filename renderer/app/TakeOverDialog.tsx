import type { MoveFile } from '#shared/ipc/schemas/channels.ts'
import { counted } from '#shared/format/numbers.ts'
import { dateTime } from '#shared/format/times.ts'
import { takeOver } from '../state/actions.ts'
import { useStore } from '../state/store.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** The last question before what another computer has written takes the place of everything here. */
export function TakeOverDialog({ file }: { readonly file: MoveFile }) {
  const close = useStore((state) => state.closeDialog)
  return (
    <Dialog
      title={`Take over ${file.fileName}?`}
      description={`It was written on ${dateTime(file.madeAtMs)} and holds ${counted(file.machines, 'machine')} with sites, contracts, history and settings.`}
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
              void takeOver(file.token)
            }}
          >
            Take over and restart
          </button>
        </>
      }
    >
      <p>
        It takes the place of everything that is stored here. What is here now is copied into the backups
        first, so that it can be brought back. Passwords are not in the file: type them again under Data
        sources.
      </p>
    </Dialog>
  )
}
