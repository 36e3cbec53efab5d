import { Worker } from 'node:worker_threads'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { DrawnPages, PagesReply, PagesRequest } from '#shared/report/drawn.ts'

export type DrawingPages = {
  /** fails with StrikelineError 'bad-input' in words, or 'cancelled' */
  readonly result: Promise<DrawnPages>
  /** Stops the thread at once; does nothing after the end. */
  cancel(): void
}

/**
 * Draws pages in a thread of its own, which ends with them: what they need of a fleet is not held any longer.
 * @param workerUrl pages-worker of the bundle; its source is renderer/print/worker.ts
 */
export function startPages(workerUrl: URL, request: PagesRequest): DrawingPages {
  // The worker must not inherit flags such as a test runner's loader or a debugger.
  const worker = new Worker(workerUrl, { workerData: request, execArgv: [] })
  let cancel = (): void => undefined
  const result = new Promise<DrawnPages>((resolve, reject) => {
    worker.on('message', (reply: PagesReply) => {
      if ('pages' in reply) resolve(reply.pages)
      else reject(new StrikelineError('bad-input', reply.refusal))
    })
    worker.on('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => reject(new Error('The pages ended without an answer.')))
    cancel = () => {
      reject(new StrikelineError('cancelled', 'The report was stopped.'))
      void worker.terminate()
    }
  })
  return { result, cancel: () => cancel() }
}
