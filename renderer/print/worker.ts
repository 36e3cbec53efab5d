import { parentPort, workerData } from 'node:worker_threads'
import type { PagesReply, PagesRequest } from '#shared/report/drawn.ts'
import { setDisplay } from '#shared/format/display.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { drawPages } from './draw-pages.tsx'

/** The thread of the pages: one request, one answer, and it ends. */

const request = workerData as PagesRequest
const reply = (answer: PagesReply) => parentPort!.postMessage(answer)

try {
  setDisplay(request.reportCase.display)
  reply({ pages: drawPages(request) })
} catch (error) {
  // An expected fault comes back as a sentence; any other ends the thread.
  if (!(error instanceof StrikelineError || error instanceof RangeError)) throw error
  reply({ refusal: error.message })
}
