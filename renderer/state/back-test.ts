import { create } from 'zustand'
import type { Backtest } from '#shared/domain/backtest/result.ts'
import { BACKTEST_TASK } from '#shared/ipc/backtest-task.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { BacktestChoices, ShownBacktest } from '#shared/ipc/schemas/backtest.ts'
import { api, settle } from '../lib/api.ts'
import { useStore } from './store.ts'
import type { WindowState } from './store.ts'

/** The back-test that was asked for last; it stays while a person looks at other places. */
export type BackTestState = {
  /** of the last run that came to its end; null: there is none. 'nothing': no day of the period is stored */
  readonly result: Backtest | 'nothing' | null
  /** what it was computed of, see {@link restsOn}; null: there is no result */
  readonly of: readonly unknown[] | null
  readonly isRunning: boolean
  /** days that are done, of all; null: nothing is known of it yet */
  readonly progress: EventPayload<'task.progress'> | null
  /** why the last run has no result, in words */
  readonly said: string | null
  readonly isFault: boolean
}

export const useBackTest = create<BackTestState>()(() => ({
  result: null,
  of: null,
  isRunning: false,
  progress: null,
  said: null,
  isFault: false,
}))

/** What a back-test of the stored data rests on, beside what is chosen for it. */
export const restsOn = ({ fleet, pastStatus, settings }: WindowState): readonly unknown[] => [
  ...[fleet?.revision, pastStatus?.revision],
  ...[settings?.horizonDays, settings?.reviewDays, settings?.volatilityPerYear],
  settings?.networkOrder,
]

const set = useBackTest.setState

/** With NaN again where a call has null. */
function asComputed({ months, total, reachedShare, ...rest }: ShownBacktest): Backtest {
  const span = <T extends { readonly meanHashpriceUsdPerPhDay: number | null }>(each: T) => ({
    ...each,
    meanHashpriceUsdPerPhDay: each.meanHashpriceUsdPerPhDay ?? Number.NaN,
  })
  return { ...rest, months: months.map(span), total: span(total), reachedShare: reachedShare ?? Number.NaN }
}

let isFollowed = false

/** What a restored backup had in it is another fleet's. */
function followRestores(): void {
  if (isFollowed) return
  isFollowed = true
  api.on['backups.restored'](() => set({ result: null, of: null, said: null }))
}

/** A run that is stopped leaves the result of the one before. */
export async function runBackTest(choices: BacktestChoices): Promise<void> {
  if (useBackTest.getState().isRunning) return
  followRestores()
  const of = restsOn(useStore.getState())
  set({ isRunning: true, progress: null, said: null })
  const end = api.on['task.progress']((progress) => {
    if (progress.task === BACKTEST_TASK) set({ progress })
  })
  const answer = await settle(api.backtest.run(choices))
  end()
  if (answer.ok)
    set({ isRunning: false, result: answer.value === null ? 'nothing' : asComputed(answer.value), of })
  else if (answer.error.code === 'cancelled')
    set({ isRunning: false, said: 'The back-test was stopped.', isFault: false })
  else set({ isRunning: false, said: answer.error.message, isFault: true })
}

export const stopBackTest = (): void => void settle(api.backtest.cancel({}))
