import { create } from 'zustand'
import type { Backtest } from '#shared/domain/backtest/result.ts'
import type { BacktestChoices, ShownBacktest } from '#shared/ipc/schemas/backtest.ts'
import { api, settle } from '../lib/api.ts'
import { useStore } from './store.ts'

/** The back-test that was asked for last; it stays while a person looks at other places. */
export type BackTestState = {
  /** of the last run that came to its end; null: there is none. 'nothing': no day of the period is stored */
  readonly result: Backtest | 'nothing' | null
  /** revisions that it was computed of; null: there is no result */
  readonly of: { readonly fleet: number | undefined; readonly past: number | undefined } | null
  readonly isRunning: boolean
  /** why the last run has no result, in words */
  readonly said: string | null
  readonly isFault: boolean
}

export const useBackTest = create<BackTestState>()(() => ({
  result: null,
  of: null,
  isRunning: false,
  said: null,
  isFault: false,
}))

const set = useBackTest.setState

/** With NaN again where a call has null. */
function asComputed({ months, total, reachedShare, ...rest }: ShownBacktest): Backtest {
  const span = <T extends { readonly meanHashpriceUsdPerPhDay: number | null }>(each: T) => ({
    ...each,
    meanHashpriceUsdPerPhDay: each.meanHashpriceUsdPerPhDay ?? Number.NaN,
  })
  return { ...rest, months: months.map(span), total: span(total), reachedShare: reachedShare ?? Number.NaN }
}

/** A run that is stopped leaves the result of the one before. */
export async function runBackTest(choices: BacktestChoices): Promise<void> {
  if (useBackTest.getState().isRunning) return
  const { fleet, pastStatus } = useStore.getState()
  const of = { fleet: fleet?.revision, past: pastStatus?.revision }
  set({ isRunning: true, said: null })
  useStore.getState().takeProgress(null)
  const answer = await settle(api.backtest.run(choices))
  useStore.getState().takeProgress(null)
  if (answer.ok)
    set({ isRunning: false, result: answer.value === null ? 'nothing' : asComputed(answer.value), of })
  else if (answer.error.code === 'cancelled')
    set({ isRunning: false, said: 'The back-test was stopped.', isFault: false })
  else set({ isRunning: false, said: answer.error.message, isFault: true })
}

export const stopBackTest = (): void => void settle(api.task.cancel({}))
