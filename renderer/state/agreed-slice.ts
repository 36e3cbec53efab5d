import type { StateCreator } from 'zustand'
import type { WindowState } from './store.ts'

/** Surprising values that a person has said are right: each is asked about once. */
export type AgreedSlice = {
  /** what was agreed to, by name and value */
  readonly agreed: ReadonlySet<string>
  agree: (what: string) => void
}

export const agreedSlice: StateCreator<WindowState, [], [], AgreedSlice> = (set) => ({
  agreed: new Set(),
  agree: (what) => set((state) => ({ agreed: new Set([...state.agreed, what]) })),
})
