import type { StateCreator } from 'zustand'
import type { Failure } from '#shared/ipc/errors.ts'
import type { Past, PastStatus } from '#shared/ipc/schemas/past.ts'
import { api, settle } from '../lib/api.ts'
import type { WindowState } from './store.ts'

export type PastSlice = {
  /** null until a screen needs it */
  readonly past: Past | null
  /** the order of sources that decided between values of the same day when it was read */
  readonly pastOrder: string | null
  readonly pastStatus: PastStatus | null
  readonly pastFault: string | null
  /** Reads the history, unless the one at hand has the revision that the status told and the order of sources in force. */
  readPast: () => Promise<void>
  readPastStatus: () => Promise<void>
  takePastStatus: (status: PastStatus) => void
  startBackfill: () => Promise<Failure | null>
  stopBackfill: () => Promise<Failure | null>
}

export const pastSlice: StateCreator<WindowState, [], [], PastSlice> = (set, get) => ({
  past: null,
  pastOrder: null,
  pastStatus: null,
  pastFault: null,
  readPast: async () => {
    const { past, pastOrder, pastStatus, settings } = get()
    const order = settings?.networkOrder ?? null
    if (past !== null && past.revision === pastStatus?.revision && order === pastOrder) return
    const answer = await settle(api.past.read({}))
    set(
      answer.ok
        ? { past: answer.value, pastOrder: order, pastFault: null }
        : { pastFault: answer.error.message },
    )
  },
  readPastStatus: async () => {
    const answer = await settle(api.past.status({}))
    if (answer.ok) get().takePastStatus(answer.value)
    else set({ pastFault: answer.error.message })
  },
  takePastStatus: (status) => {
    set({ pastStatus: status })
    const { past } = get()
    if (past !== null && past.revision !== status.revision) void get().readPast()
  },
  startBackfill: async () => {
    const answer = await settle(api.past.backfill({}))
    if (!answer.ok) return answer.error
    get().takePastStatus(answer.value)
    return null
  },
  stopBackfill: async () => {
    const answer = await settle(api.past.stop({}))
    if (!answer.ok) return answer.error
    get().takePastStatus(answer.value)
    return null
  },
})
