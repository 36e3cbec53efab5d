import { Worker } from 'node:worker_threads'

/** Threads that were started before anyone had a file for them. */
const startedAhead = new Map<string, Worker>()

/**
 * Starts a store's thread that will be wanted: it loads its code while the caller does something else. The next
 * {@link takeThread} of the same module gets it. It does not keep the program from ending.
 */
export function startAhead(workerUrl: URL): void {
  if (startedAhead.has(workerUrl.href)) return
  const worker = start(workerUrl)
  worker.unref()
  startedAhead.set(workerUrl.href, worker)
}

/** A store's thread that waits for its file. */
export function takeThread(workerUrl: URL): Worker {
  const worker = startedAhead.get(workerUrl.href)
  if (worker === undefined) return start(workerUrl)
  startedAhead.delete(workerUrl.href)
  worker.ref()
  return worker
}

// The worker must not inherit flags such as a test runner's loader or a debugger.
const start = (workerUrl: URL): Worker => new Worker(workerUrl, { execArgv: [] })
