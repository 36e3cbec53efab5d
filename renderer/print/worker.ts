import { parentPort } from 'node:worker_threads'
import type { PagesReply, PagesRequest } from '#shared/report/drawn.ts'
import { setDisplay } from '#shared/format/display.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { drawPages } from './draw-pages.tsx'

/** A thread that draws pages: a request, an answer, and it waits for the next. */

function answer(request: PagesRequest): PagesReply {
  try {
    setDisplay(request.reportCase.display)
    return { pages: drawPages(request) }
  } catch (error) {
    // An expected fault comes back as a sentence; any other ends the thread.
    if (!(error instanceof StrikelineError || error instanceof RangeError)) throw error
    return { refusal: error.message }
  }
}

parentPort!.on('message', (request) => parentPort!.postMessage(answer(request as PagesRequest)))
