import type { BackupCopy } from '#shared/ipc/schemas/backups.ts'
import { fileSize } from '#shared/format/numbers.ts'
import { removeBackup } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { KIND_WORDS, madeWords } from './backup-words.ts'

/** The last question before a copy is deleted, which nothing brings back. */
export function RemoveBackup({ copy }: { readonly copy: BackupCopy }) {
  const close = useStore((state) => state.closeDialog)
  return (
    <Dialog
      title="Delete this backup?"
      description={`${copy.name} of ${madeWords(copy)} (${KIND_WORDS[copy.kind].toLowerCase()}) has ${fileSize(copy.bytes)}. It is deleted for good: undo does not bring it back.`}
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
              void removeBackup(copy.name)
            }}
          >
            Delete
          </button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}
