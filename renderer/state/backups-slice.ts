import type { StateCreator } from 'zustand'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import { NO_FILTER } from '../engine/view.ts'
import type { WindowState } from './store.ts'

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
    set(({ dialog, backupsSeen }) => ({
      filter: NO_FILTER,
      // The order may be by a column that the settings no longer show.
      sort: { column: 'advice', descending: true },
      selected: new Set(),
      explained: null,
      dialog: dialog?.kind === 'restore' ? dialog : null,
      backupsSeen: backupsSeen + 1,
    }))
  },
})
