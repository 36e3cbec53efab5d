import { StrikelineError } from '#shared/ipc/errors.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { HandedOver } from '#shared/report/handed-over.ts'
import type { HandingOver } from '#electron/threads/handed-over.ts'
import { startHandingOver } from '#electron/threads/handed-over.ts'
import type { LookingBack } from './looking-back.ts'
import type { CaseRequest } from './report-case.ts'

export type HandOverPorts = {
  readonly gather: (request: CaseRequest) => Promise<ReportCase>
  readonly lookingBack: LookingBack
  readonly workerUrl: URL
  readonly onProgress?: (progress: EventPayload<'task.progress'>) => void
}

/** Workbooks and tables of a report. */
export type HandOverService = {
  /** Writes the file, whole or not at all. One at a time. @returns how many tables or sheets are in it */
  save(kind: HandedOver, path: string, request: CaseRequest): Promise<{ readonly tables: number }>
  /** Stops what is being written. */
  cancel(): void
}

const TASKS: Readonly<Record<HandedOver, string>> = {
  workbook: 'Writing the workbook',
  csv: 'Writing the tables',
  json: 'Writing the tables',
}
/** Steps of the bar: an event for each is enough. */
const STEPS = 100

export function createHandOverService({
  gather,
  lookingBack,
  workerUrl,
  onProgress,
}: HandOverPorts): HandOverService {
  let isBusy = false
  let stop = new AbortController()
  let writing: HandingOver | null = null

  async function write(kind: HandedOver, path: string, request: CaseRequest) {
    const reportCase = await gather(request)
    stop.signal.throwIfAborted()
    // A workbook has no back-test.
    const lookedBack = kind === 'workbook' ? null : await lookingBack.of(reportCase, stop.signal)
    stop.signal.throwIfAborted()
    let told = -1
    writing = startHandingOver(workerUrl, { kind, path, reportCase, lookedBack }, (done, total) => {
      const step = Math.floor((done / Math.max(total, 1)) * STEPS)
      if (step === told) return
      told = step
      onProgress?.({ task: TASKS[kind], done: step, total: STEPS })
    })
    return writing.result
  }

  return {
    async save(kind, path, request) {
      if (isBusy)
        throw new StrikelineError(
          'bad-input',
          'A file of a report is being written already. Wait until it is done.',
        )
      isBusy = true
      stop = new AbortController()
      onProgress?.({ task: TASKS[kind], done: 0, total: STEPS })
      try {
        return await write(kind, path, request)
      } finally {
        isBusy = false
        writing = null
      }
    },
    cancel() {
      stop.abort(new StrikelineError('cancelled', 'It was stopped before anything was written.'))
      writing?.cancel()
    },
  }
}
