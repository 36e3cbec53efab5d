import { Worker } from 'node:worker_threads'
import type { Backtest } from '#shared/domain/backtest/result.ts'
import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'

/** Days that are done, of all. */
export type BacktestProgress = { readonly done: number; readonly total: number }

export type BacktestReply =
  { readonly progress: BacktestProgress } | { readonly backtest: Backtest } | { readonly refusal: string }

export type RunningBacktest = {
  /** fails with StrikelineError 'bad-input' that names what is wrong, or 'cancelled' */
  readonly result: Promise<Backtest>
  /** Stops the thread at once; does nothing after the end. */
  cancel(): void
}

/**
 * Runs a back-test in a thread of its own, which ends with it.
 * @param workerUrl electron/threads/backtest-worker.ts from source, backtest-worker of the bundle
 */
export function startBacktest(
  workerUrl: URL,
  request: BacktestCase,
  onProgress: (progress: BacktestProgress) => void = () => undefined,
): RunningBacktest {
  // The worker must not inherit flags such as a test runner's loader or a debugger.
  const worker = new Worker(workerUrl, { workerData: request, execArgv: [] })
  let cancel = (): void => undefined
  const result = new Promise<Backtest>((resolve, reject) => {
    worker.on('message', (reply: BacktestReply) => {
      if ('progress' in reply) onProgress(reply.progress)
      else if ('backtest' in reply) resolve(reply.backtest)
      else reject(new StrikelineError('bad-input', reply.refusal))
    })
    worker.on('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => reject(new Error('The back-test ended without an answer.')))
    cancel = () => {
      reject(new StrikelineError('cancelled', 'The back-test was stopped.'))
      void worker.terminate()
    }
  })
  return { result, cancel: () => cancel() }
}
