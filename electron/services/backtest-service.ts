import { BACKTEST_TASK } from '#shared/ipc/backtest-task.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { BacktestChoices, ShownBacktest } from '#shared/ipc/schemas/backtest.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { RunningBacktest } from '#electron/threads/backtest.ts'
import { startBacktest } from '#electron/threads/backtest.ts'
import type { BacktestStore } from './backtest-case.ts'

export type BacktestPorts = {
  readonly store: BacktestStore
  readonly workerUrl: URL
  readonly nowMs: () => number
  readonly onProgress?: (progress: EventPayload<'task.progress'>) => void
}

/** What the advice would have earned on stored days. */
export type BacktestService = {
  /** The stored fleet on the stored history, in a thread of its own. One at a time. null: no stored day has all values, and no period was chosen */
  run(choices: BacktestChoices): Promise<ShownBacktest | null>
  cancel(): void
}

/** An event for each of so many steps is enough. */
const STEPS = 100

export function createBacktestService({
  store,
  workerUrl,
  nowMs,
  onProgress,
}: BacktestPorts): BacktestService {
  let isBusy = false
  let isStopped = false
  let running: RunningBacktest | null = null

  async function work(choices: BacktestChoices): Promise<ShownBacktest | null> {
    const { shownBacktest, storedBacktest } = await import('./backtest-case.ts')
    const request = await storedBacktest(store, choices, nowMs())
    if (isStopped) throw new StrikelineError('cancelled', 'The back-test was stopped.')
    if (request === null) return null
    let told = -1
    running = startBacktest(workerUrl, request, ({ done, total }) => {
      const step = Math.floor((done / total) * STEPS)
      if (step === told) return
      told = step
      onProgress?.({ task: BACKTEST_TASK, done, total })
    })
    return shownBacktest(await running.result)
  }

  return {
    async run(choices) {
      if (isBusy)
        throw new StrikelineError(
          'bad-input',
          'A back-test is running already. Wait until it is done, or stop it.',
        )
      isBusy = true
      isStopped = false
      try {
        return await work(choices)
      } finally {
        isBusy = false
        running = null
      }
    },
    cancel() {
      isStopped = true
      running?.cancel()
    },
  }
}
