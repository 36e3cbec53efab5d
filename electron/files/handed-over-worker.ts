import { parentPort, workerData } from 'node:worker_threads'
import { setDisplay } from '#shared/format/display.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { HandedOverReply, HandedOverRequest } from '#shared/report/handed-over.ts'
import { writeHandedOver } from './handed-over.ts'

/** The thread that writes workbooks and tables: one request, progress on the way, one answer, and it ends. */

const { kind, path, reportCase, lookedBack = null, stop } = workerData as HandedOverRequest
const stopped = new Int32Array(stop)
const reply = (message: HandedOverReply) => parentPort!.postMessage(message)

async function work(): Promise<void> {
  try {
    setDisplay(reportCase.display)
    const { tables } = await writeHandedOver(
      kind,
      path,
      { reportCase, lookedBack },
      {
        onProgress: (done, total) => reply({ progress: { done, total } }),
        isStopped: () => Atomics.load(stopped, 0) === 1,
      },
    )
    reply({ tables })
  } catch (error) {
    // An expected fault comes back as a sentence; any other ends the thread.
    if (error instanceof StrikelineError) reply({ fault: { code: error.code, message: error.message } })
    else if (error instanceof RangeError) reply({ fault: { code: 'bad-input', message: error.message } })
    else throw error
  }
}

void work()
