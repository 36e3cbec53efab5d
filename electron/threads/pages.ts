import { Worker } from 'node:worker_threads'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { DrawnPages, PagesReply, PagesRequest } from '#shared/report/drawn.ts'

export type DrawingPages = {
  /** fails with StrikelineError 'bad-input' in words, or 'cancelled' */
  readonly result: Promise<DrawnPages>
  /** Stops it at once; does nothing after the end. */
  cancel(): void
}

export type PagesThreads = {
  readonly draw: (request: PagesRequest) => DrawingPages
  /** Ends the thread that waits for the next pages. */
  stop(): void
}

/** Pages that are looked at are changed and drawn again: then the thread is there. It holds no fleet meanwhile. */
const KEPT_MS = 30_000

/**
 * Draws pages in threads: each in one of its own, of which one is kept for a while.
 * @param workerUrl pages-worker of the bundle; its source is renderer/print/worker.ts
 */
export function createPagesThreads(workerUrl: URL): PagesThreads {
  let idle: { readonly thread: Thread; readonly timer: NodeJS.Timeout } | null = null

  function taken(): Thread | null {
    if (idle === null) return null
    const { thread, timer } = idle
    clearTimeout(timer)
    idle = null
    return thread
  }

  function keep(thread: Thread): void {
    taken()?.end()
    const timer = setTimeout(() => taken()?.end(), KEPT_MS)
    timer.unref()
    idle = { thread, timer }
  }

  const forget = (thread: Thread) => {
    if (idle?.thread === thread) taken()
  }

  return {
    draw(request) {
      const thread = taken() ?? startThread(workerUrl, forget)
      let isOver = false
      let cancel = (): void => undefined
      const result = new Promise<DrawnPages>((resolve, reject) => {
        cancel = () => {
          if (isOver) return
          isOver = true
          reject(new StrikelineError('cancelled', 'The report was stopped.'))
          thread.end()
        }
        thread.ask(request, {
          answered(reply) {
            isOver = true
            keep(thread)
            if ('pages' in reply) resolve(reply.pages)
            else reject(new StrikelineError('bad-input', reply.refusal))
          },
          failed(error) {
            isOver = true
            reject(error)
          },
        })
      })
      return { result, cancel: () => cancel() }
    },
    stop: () => taken()?.end(),
  }
}

type Asked = {
  answered(reply: PagesReply): void
  failed(error: Error): void
}

type Thread = {
  /** One question at a time. */
  ask(request: PagesRequest, asked: Asked): void
  end(): void
}

/** @param onEnd it has ended, asked or not */
function startThread(workerUrl: URL, onEnd: (thread: Thread) => void): Thread {
  // The worker must not inherit flags such as a test runner's loader or a debugger.
  const worker = new Worker(workerUrl, { execArgv: [] })
  worker.unref()
  let asked: Asked | null = null
  const thread: Thread = {
    ask(request, asking) {
      asked = asking
      worker.postMessage(request)
    },
    end: () => void worker.terminate(),
  }
  worker.on('message', (reply: PagesReply) => {
    const answered = asked
    asked = null
    answered?.answered(reply)
  })
  worker.on('error', (error) => asked?.failed(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => {
    asked?.failed(new Error('The pages ended without an answer.'))
    onEnd(thread)
  })
  return thread
}
