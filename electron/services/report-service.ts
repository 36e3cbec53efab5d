import { StrikelineError } from '#shared/ipc/errors.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { ReportPreview } from '#shared/ipc/schemas/reports.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { DrawnPages, PagesRequest } from '#shared/report/drawn.ts'
import type { Paper } from '#shared/report/pack.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { DrawingPages } from '#electron/threads/pages.ts'
import type { CasePorts, CaseRequest } from './report-case.ts'
import { gatherCase } from './report-case.ts'
import type { SealService } from './seal-service.ts'

export type WorkListRequest = {
  readonly paper: Paper
  /** null: every site */
  readonly site: string | null
  /** the moment at which it was advised */
  readonly seenAtMs: number
}

export type PrintedPdf = { readonly bytes: Uint8Array; readonly pages: number }

/** Prints pages while they are still drawn. */
export type PrintPdf = (
  drawn: Promise<DrawnPages>,
  options: {
    readonly paper: Paper
    /** aborted: the printing ends at once with 'cancelled' */
    readonly signal: AbortSignal
    readonly onStep: (words: string) => void
  },
) => Promise<PrintedPdf>

export type ReportPorts = CasePorts & {
  readonly drawPages: (request: PagesRequest) => DrawingPages
  readonly printPdf: PrintPdf
  readonly onProgress?: (progress: EventPayload<'task.progress'>) => void
  /** absent: reports are not sealed */
  readonly seal?: Pick<SealService, 'sealOf' | 'keep'>
}

export type ReportService = {
  /**
   * Prints and writes the file, whole or not at all. One at a time.
   * @returns hash of the sealed inputs; null where they are not sealed
   */
  saveTo(
    path: string,
    request: CaseRequest,
  ): Promise<{ readonly pages: number; readonly hash: string | null }>
  saveWorkList(path: string, request: WorkListRequest): Promise<{ readonly pages: number }>
  /** The pages as they would be printed, long tables cut. One that is asked for later takes the place of one under way. */
  preview(request: CaseRequest): Promise<ReportPreview>
  /** All that it is made from. */
  gather(request: CaseRequest): Promise<ReportCase>
  /** Stops what is being printed. */
  cancel(): void
}

/** Rows of a table in the preview. */
const PREVIEW_ROWS = 60

const STEPS = [
  'Reading the fleet',
  'Drawing the pages',
  'Laying the pages out',
  'Printing the pages',
  'Writing the file',
]

export function createReportService(ports: ReportPorts): ReportService {
  let printing: AbortController | null = null
  let previewing: DrawingPages | null = null

  const tell = (words: string) =>
    ports.onProgress?.({ task: words, done: STEPS.indexOf(words), total: STEPS.length })

  /**
   * Draws, prints and writes; the window opens while the pages are drawn.
   * @param keep what is done with them before they are handed over
   */
  async function print(
    path: string,
    request: PagesRequest,
    signal: AbortSignal,
    keep: (printed: PrintedPdf) => Promise<void>,
  ): Promise<number> {
    const { paper } = request.reportCase.template
    tell('Drawing the pages')
    const drawing = ports.drawPages(request)
    signal.addEventListener('abort', () => drawing.cancel())
    try {
      const printed = await ports.printPdf(drawing.result, { paper, signal, onStep: tell })
      tell('Writing the file')
      signal.throwIfAborted()
      await keep(printed)
      await replaceFile(path, printed.bytes)
      return printed.pages
    } finally {
      drawing.cancel()
    }
  }

  async function once<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (printing !== null)
      throw new StrikelineError('bad-input', 'A report is being made already. Wait until it is done.')
    const own = (printing = new AbortController())
    tell('Reading the fleet')
    try {
      return await work(own.signal)
    } finally {
      printing = null
    }
  }

  return {
    saveTo: (path, request) =>
      once(async (signal) => {
        const reportCase = await gatherCase(ports, request)
        const { seal } = ports
        const hash = seal === undefined ? null : (await seal.sealOf(reportCase)).hash
        signal.throwIfAborted()
        const wanted = { kind: 'pack', reportCase, seal: hash, rowsAtMost: null } as const
        const pages = await print(path, wanted, signal, async ({ bytes: pdf, pages: count }) => {
          if (hash !== null) await seal?.keep({ hash, reportCase, pdf, pages: count })
        })
        return { pages, hash }
      }),

    saveWorkList: (path, { paper, site, seenAtMs }) =>
      once(async (signal) => {
        const template = { name: 'Work list', title: 'Work list', sections: ['changes'], paper } as const
        const reportCase = await gatherCase(ports, { template, asOfMs: null, scenario: null })
        const asAdvised = { ...reportCase, asOfMs: seenAtMs }
        const wanted = { kind: 'workList', reportCase: asAdvised, site } as const
        return { pages: await print(path, wanted, signal, () => Promise.resolve()) }
      }),

    async preview(request) {
      previewing?.cancel()
      const reportCase = await gatherCase(ports, request)
      previewing?.cancel()
      const drawing = ports.drawPages({ kind: 'pack', reportCase, seal: null, rowsAtMost: PREVIEW_ROWS })
      previewing = drawing
      try {
        const { markup, checks } = await drawing.result
        return { html: markup, checks: [...checks] }
      } finally {
        if (previewing === drawing) previewing = null
      }
    },

    gather: (request) => gatherCase(ports, request),

    cancel() {
      printing?.abort(new StrikelineError('cancelled', 'The report was stopped.'))
    },
  }
}
