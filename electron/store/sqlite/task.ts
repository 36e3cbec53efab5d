import { StrikelineError } from '#shared/ipc/errors.ts'
import type { TaskProgress } from './protocol.ts'

/** A call that takes a while: it tells how far it is, and stops when it is asked to. */
export type Task = {
  /** Tells progress, and throws 'cancelled' where the call has been cancelled. */
  readonly step: (done: number, total: number) => void
  readonly isCancelled: () => boolean
}

const PER_CENT = 100

/** A share of a task, which counts in per cent then. */
export const partOf = (task: Task, from: number, to: number): Task => ({
  step: (done, total) =>
    task.step(Math.round(PER_CENT * (from + ((to - from) * done) / Math.max(total, 1))), PER_CENT),
  isCancelled: task.isCancelled,
})

const KEYS_PER_STEP = 5000

/**
 * Does something with some keys at a time, as JSON for json_each, and adds up what it gives.
 * @param task null: nobody is told how far it is
 */
export function inSteps(keys: readonly number[], task: Task | null, work: (some: string) => number): number {
  let sum = 0
  const distinct = keys.length > KEYS_PER_STEP ? [...new Set(keys)] : keys
  for (let from = 0; from < distinct.length; from += KEYS_PER_STEP) {
    task?.step(from, distinct.length)
    sum += work(JSON.stringify(distinct.slice(from, from + KEYS_PER_STEP)))
  }
  return sum
}

export function createTask(
  name: TaskProgress['task'],
  isCancelled: () => boolean,
  tell: (progress: TaskProgress) => void,
): Task {
  return {
    step(done, total) {
      if (isCancelled())
        throw new StrikelineError('cancelled', `The ${name} was stopped. Nothing was changed.`)
      tell({ task: name, done, total })
    },
    isCancelled,
  }
}
