import type { StateCreator } from 'zustand'
import type { RecordedDecision } from '#shared/domain/decision/acts/decision-log.ts'
import { api, settle } from '../lib/api.ts'
import type { WindowState } from './store.ts'

export type ActsSlice = {
  /** what was advised and done, newest first; null until it was read */
  readonly decisions: readonly RecordedDecision[] | null
  readDecisions: () => Promise<void>
  /** where the work of a site is read, printed, saved and recorded: wherever there is an answer, by a typed hashprice too */
  openWorkList: (siteKey: number) => void
}

export const actsSlice: StateCreator<WindowState, [], [], ActsSlice> = (set, get) => ({
  decisions: null,
  readDecisions: async () => {
    const answer = await settle(api.acts.read({}))
    if (answer.ok) set({ decisions: answer.value.decisions })
  },
  openWorkList: (siteKey) => get().open({ kind: 'work-list', siteKey }),
})
