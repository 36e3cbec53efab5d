import type { StateCreator } from 'zustand'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { WindowState } from './store.ts'
import { withoutFilters } from './table-slice.ts'

export type BackupsSlice = {
  /** why the copy of the day could not be made, in words; null where nothing is wrong */
  readonly backupFault: string | null
  /** how often copies may have come or gone: a list of them is read again */
  readonly backupsSeen: number
  takeBackups: (backups: EventPayload<'backups.changed'>) => void
  /**
   * Lets go of everything that means machines, sites or values by their keys: after a restore a key may be another machine's.
   * What is stored itself comes by events.
   */
  forgetStored: () => void
}

export const backupsSlice: StateCreator<WindowState, [], [], BackupsSlice> = (set, get) => ({
  backupFault: null,
  backupsSeen: 0,
  takeBackups: ({ fault }) =>
    set(({ backupsSeen }) => ({ backupFault: fault, backupsSeen: backupsSeen + 1 })),
  forgetStored: () => {
    get().resetWhatIf()
    if (get().fleet !== null) get().select({ kind: 'none' })
    set(({ dialog, tables, backupsSeen }) => ({
      tables: withoutFilters(tables),
      explained: null,
      dialog: dialog?.kind === 'restore' ? dialog : null,
      backupsSeen: backupsSeen + 1,
    }))
  },
})
