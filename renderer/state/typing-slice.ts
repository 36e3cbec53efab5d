import type { StateCreator } from 'zustand'
import type { Failure } from '#shared/ipc/errors.ts'
import type { Typing, TypingRead } from '../lib/typing.ts'
import type { WindowState } from './store.ts'

export type TypingSlice = {
  /** someone asked for the fields in which values are typed in place of the network's */
  readonly isTyping: boolean
  /** what stands in them and what it says, not stored yet; null: they are as they open. What reads it loads with the fields. */
  readonly typing: Typing | null
  readonly typingRead: TypingRead | null
  openTyping: () => void
  setTyping: (typing: Typing, read: TypingRead) => void
  closeTyping: () => void
  /** Stores what the fields say, and closes them. */
  storeTyping: (read: TypingRead) => Promise<Failure | null>
}

const CLOSED = { isTyping: false, typing: null, typingRead: null } as const

export const typingSlice: StateCreator<WindowState, [], [], TypingSlice> = (set, get) => ({
  ...CLOSED,
  openTyping: () => set({ isTyping: true }),
  setTyping: (typing, typingRead) => set({ isTyping: true, typing, typingRead }),
  closeTyping: () => set(CLOSED),
  storeTyping: async ({ typed, values }) => {
    const { typeValue, typeHashprice } = get()
    for (const [name, value] of values) {
      const failure = await typeValue(name, value)
      if (failure !== null) return failure
    }
    const failure = await typeHashprice(typed)
    if (failure === null) set(CLOSED)
    return failure
  },
})
