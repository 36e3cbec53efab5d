import type { OpenDialog } from '../../state/view-slice.ts'
import { RemoveBackup } from './RemoveBackup.tsx'
import { RestoreDialog } from './RestoreDialog.tsx'

/** The dialogs about copies of all that is stored. */
export function BackupDialogs({
  of,
}: {
  readonly of: Extract<OpenDialog, { readonly kind: 'restore' | 'remove-backup' }>
}) {
  return of.kind === 'restore' ? (
    <RestoreDialog key={of.name} restore={of} />
  ) : (
    <RemoveBackup copy={of.copy} />
  )
}
