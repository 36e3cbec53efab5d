import { parentPort, workerData } from 'node:worker_threads'
import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { backtestSteps } from '#shared/domain/backtest/backtest.ts'
import type { BacktestReply } from './backtest.ts'

/** The back-test's thread: one request, progress on the way, one answer, and it ends. */

const reply = (message: BacktestReply) => parentPort!.postMessage(message)

try {
  const steps = backtestSteps(workerData as BacktestCase)
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) {
    const { done, total } = step.value
    reply({ progress: { done, total } })
  }
  reply({ backtest: step.value })
} catch (error) {
  // An expected fault comes back as a sentence; any other ends the thread.
  if (!(error instanceof RangeError)) throw error
  reply({ refusal: error.message })
}
