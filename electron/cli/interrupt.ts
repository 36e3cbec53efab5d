import type { Task } from '#electron/store/sqlite/task.ts'
import { createTask } from '#electron/store/sqlite/task.ts'

type Name = Parameters<typeof createTask>[0]

/**
 * Runs work that writes. Ctrl-C asks it to stop, which it does where nothing is half written; a second one ends the program at once.
 * @param onStop is called when it is asked to
 */
export async function stoppable<T>(
  name: Name,
  work: (task: Task) => Promise<T>,
  onStop: () => void = () => undefined,
): Promise<T> {
  let isStopped = false
  const stop = () => {
    isStopped = true
    onStop()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await work(
      createTask(
        name,
        () => isStopped,
        () => undefined,
      ),
    )
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
