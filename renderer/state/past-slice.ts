import type { StateCreator } from 'zustand'
import type { Failure } from '#shared/ipc/errors.ts'
import type { History, HistoryStatus } from '#shared/ipc/schemas/past.ts'
import { api, settle } from '../lib/api.ts'
import type { Store } from './store.ts'

export type HistorySlice = {
  /** null until a screen needs it */
  readonly history: History | null
  /** the order of sources that decided between values of the same day when it was read */
  readonly historyOrder: string | null
  readonly historyStatus: HistoryStatus | null
  readonly historyFault: string | null
  /** Reads the history, unless the one at hand has the revision that the status told and the order of sources in force. */
  readHistory: () => Promise<void>
  readHistoryStatus: () => Promise<void>
  takeHistoryStatus: (status: HistoryStatus) => void
  startBackfill: () => Promise<Failure | null>
  stopBackfill: () => Promise<Failure | null>
}

export const historySlice: StateCreator<Store, [], [], HistorySlice> = (set, get) => ({
  history: null,
  historyOrder: null,
  historyStatus: null,
  historyFault: null,
  readHistory: async () => {
    const { history, historyOrder, historyStatus, settings } = get()
    const order = settings?.networkOrder ?? null
    if (history !== null && history.revision === historyStatus?.revision && order === historyOrder) return
    const answer = await settle(api.history.read({}))
    set(
      answer.ok
        ? { history: answer.value, historyOrder: order, historyFault: null }
        : { historyFault: answer.error.message },
    )
  },
  readHistoryStatus: async () => {
    const answer = await settle(api.history.status({}))
    if (answer.ok) get().takeHistoryStatus(answer.value)
    else set({ historyFault: answer.error.message })
  },
  takeHistoryStatus: (status) => {
    set({ historyStatus: status })
    const { history } = get()
    if (history !== null && history.revision !== status.revision) void get().readHistory()
  },
  startBackfill: async () => {
    const answer = await settle(api.history.backfill({}))
    if (!answer.ok) return answer.error
    get().takeHistoryStatus(answer.value)
    return null
  },
  stopBackfill: async () => {
    const answer = await settle(api.history.stop({}))
    if (!answer.ok) return answer.error
    get().takeHistoryStatus(answer.value)
    return null
  },
})
