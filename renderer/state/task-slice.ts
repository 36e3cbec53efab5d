import type { StateCreator } from 'zustand'
import { BACKTEST_TASK } from '#shared/ipc/backtest-task.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { WindowState } from './store.ts'

export type LongTask = {
  readonly title: string
  /** what is counted */
  readonly of: string
}

export type TaskSlice = {
  /** the last thing that a running task said; null while none runs. A back-test, which goes on beside others, has its own */
  readonly progress: EventPayload<'task.progress'> | null
  takeProgress: (progress: EventPayload<'task.progress'> | null) => void
  /** what is being done where no dialog of its own says so */
  longTask: LongTask | null
  showTask: (longTask: LongTask | null) => void
}

export const taskSlice: StateCreator<WindowState, [], [], TaskSlice> = (set) => ({
  progress: null,
  takeProgress: (progress) => {
    if (progress?.task !== BACKTEST_TASK) set({ progress })
  },
  longTask: null,
  showTask: (longTask) => set({ longTask }),
})
