import type { StateCreator } from 'zustand'
import type { Failure } from '#shared/ipc/errors.ts'
import type { Typing, TypingRead } from '../lib/typing.ts'
import { typingOf, usualUnit } from '../lib/typing.ts'
import type { WindowState } from './store.ts'

export type TypingSlice = {
  /** what is being typed in place of the network's values, not stored yet; null: nothing is */
  readonly typing: Typing | null
  openTyping: () => void
  typeIn: (patch: Partial<Typing>) => void
  closeTyping: () => void
  /** Stores what the fields say, and closes them. */
  storeTyping: (read: TypingRead) => Promise<Failure | null>
}

export const typingSlice: StateCreator<WindowState, [], [], TypingSlice> = (set, get) => {
  const begun = ({ typing, network, settings }: WindowState): Typing | null => {
    if (typing !== null || network === null) return typing
    return typingOf(network, usualUnit(network, settings))
  }
  return {
    typing: null,
    openTyping: () => set((state) => ({ typing: begun(state) })),
    typeIn: (patch) =>
      set((state) => {
        const before = begun(state)
        return before === null ? {} : { typing: { ...before, ...patch } }
      }),
    closeTyping: () => set({ typing: null }),
    storeTyping: async ({ typed, values }) => {
      const { typeValue, typeHashprice } = get()
      for (const [name, value] of values) {
        const failure = await typeValue(name, value)
        if (failure !== null) return failure
      }
      const failure = await typeHashprice(typed)
      if (failure === null) set({ typing: null })
      return failure
    },
  }
}
