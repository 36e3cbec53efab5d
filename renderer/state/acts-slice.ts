import type { StateCreator } from 'zustand'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { api, settle } from '../lib/api.ts'
import type { WindowState } from './store.ts'

export type ActsSlice = {
  /** what was advised and done, newest first; null until it was read */
  readonly decisions: readonly RecordedDecision[] | null
  readDecisions: () => Promise<void>
}

export const actsSlice: StateCreator<WindowState, [], [], ActsSlice> = (set) => ({
  decisions: null,
  readDecisions: async () => {
    const answer = await settle(api.acts.read({}))
    if (answer.ok) set({ decisions: answer.value.decisions })
  },
})
