import { StrikelineError } from '#shared/ipc/errors.ts'
import type { TaskProgress } from './protocol.ts'

/** A call that takes a while: it tells how far it is, and stops when it is asked to. */
export type Task = {
  /** Tells progress, and throws 'cancelled' where the call has been cancelled. */
  step(done: number, total: number): void
  readonly isCancelled: () => boolean
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
