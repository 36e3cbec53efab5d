import type { StateCreator } from 'zustand'
import type { WatchedPrices } from '#shared/ipc/schemas/watched.ts'
import { unwarn, warn } from '../ui/toasts.ts'
import type { WindowState } from './store.ts'

export type WatchedSlice = {
  /** price files that are read again when they change */
  readonly watched: WatchedPrices
  /** What is wrong with one since it was looked at last is said wherever a person is: verdicts rest on the prices before. */
  takeWatched: (watched: WatchedPrices) => void
}

const aboutFile = (key: number) => `watched-${key}`

export const watchedSlice: StateCreator<WindowState, [], [], WatchedSlice> = (set, get) => ({
  watched: [],
  takeWatched: (watched) => {
    const known = get().watched
    for (const { key, site, fault } of watched) {
      const before = known.find((each) => each.key === key)?.fault ?? null
      if (fault !== null && fault.message !== before?.message)
        warn(`Prices of ${site} stay as they were. ${fault.message} More under Sites.`, aboutFile(key))
    }
    for (const { key, fault } of known)
      if (fault !== null && (watched.find((each) => each.key === key)?.fault ?? null) === null)
        unwarn(aboutFile(key))
    set({ watched })
  },
})
