import type { BackupCopy } from '#shared/ipc/schemas/backups.ts'
import { fileSize } from '#shared/format/numbers.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { removeBackup } from '../../state/actions.ts'
import { KIND_WORDS, madeWords } from './backup-words.ts'

/** The last question before a copy is deleted, which nothing brings back. */
export function RemoveBackup({ copy }: { readonly copy: BackupCopy }) {
  return (
    <ConfirmDialog
      title="Delete this backup?"
      description={`${copy.name} of ${madeWords(copy)} (${KIND_WORDS[copy.kind].toLowerCase()}) has ${fileSize(copy.bytes)}. It is deleted for good: undo does not bring it back.`}
      action="Delete"
      onConfirm={() => removeBackup(copy.name)}
    />
  )
}
