import { Worker } from 'node:worker_threads'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { HandedOverReply, HandedOverRequest } from '#shared/report/handed-over.ts'

export type HandingOver = {
  /** fails with StrikelineError: 'cancelled', 'bad-input', 'file-unwritable' */
  readonly result: Promise<{ readonly tables: number }>
  /** Asks it to stop: the file that was there stays, and nothing lies beside it. Does nothing after the end. */
  cancel(): void
}

/**
 * Writes a workbook or tables in a thread of its own, which ends with them.
 * @param workerUrl electron/files/handed-over-worker.ts from source, handed-over-worker of the bundle
 */
export function startHandingOver(
  workerUrl: URL,
  request: Omit<HandedOverRequest, 'stop'>,
  onProgress: (done: number, total: number) => void = () => undefined,
): HandingOver {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  // The worker must not inherit flags such as a test runner's loader or a debugger.
  const worker = new Worker(workerUrl, { workerData: { ...request, stop }, execArgv: [] })
  const result = new Promise<{ readonly tables: number }>((resolve, reject) => {
    worker.on('message', (reply: HandedOverReply) => {
      if ('progress' in reply) onProgress(reply.progress.done, reply.progress.total)
      else if ('tables' in reply) resolve({ tables: reply.tables })
      else reject(new StrikelineError(reply.fault.code, reply.fault.message))
    })
    worker.on('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => reject(new Error('The file ended without an answer.')))
  })
  // It stops by itself, so that it takes away what it has begun to write.
  return { result, cancel: () => void Atomics.store(new Int32Array(stop), 0, 1) }
}
