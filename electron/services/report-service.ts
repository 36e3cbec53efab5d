import { StrikelineError } from '#shared/ipc/errors.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { ReportPreview } from '#shared/ipc/schemas/reports.ts'
import type { ReportCase } from '#shared/report/case.ts'
import type { DrawnPages, PagesRequest } from '#shared/report/drawn.ts'
import type { Paper, SectionName } from '#shared/report/pack.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { DrawingPages } from '#electron/threads/pages.ts'
import type { CasePorts, CaseRequest } from './report-case.ts'
import { gatherCase } from './report-case.ts'
import type { LookingBack } from './looking-back.ts'
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
  readonly lookingBack: LookingBack
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
  /**
   * Pages that it would have.
   * @returns null where another count or a report to save was asked for meanwhile, and where it would take long to know
   */
  count(request: CaseRequest): Promise<number | null>
  /** All that it is made from. */
  gather(request: CaseRequest): Promise<ReportCase>
  /** Stops what is being printed. */
  cancel(): void
}

/** Rows of a table in the preview. */
const PREVIEW_ROWS = 60
/** Lots of a fleet whose lists are printed to know how many pages they take. */
const MOST_COUNTED_LOTS = 5000
const LISTS_LOTS: ReadonlySet<SectionName> = new Set<SectionName>(['changes', 'machines'])
/** Takes as much room as any seal. */
const NO_SEAL = '0'.repeat(64)

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
  let counting: { readonly stop: AbortController; readonly ended: Promise<unknown> } | null = null

  /** There is one page to print with. Resolves once the count that is under way has let go of it. */
  function endCount({ stop, ended }: NonNullable<typeof counting>): Promise<unknown> {
    stop.abort(new StrikelineError('cancelled', 'Something newer was asked for.'))
    return ended
  }

  async function countPages(request: CaseRequest, signal: AbortSignal): Promise<number | null> {
    const reportCase = await gatherCase(ports, request)
    const { sections, paper } = reportCase.template
    if (reportCase.fleet.machines.length > MOST_COUNTED_LOTS && sections.some((name) => LISTS_LOTS.has(name)))
      return null
    const lookedBack = await ports.lookingBack.shown(reportCase)
    signal.throwIfAborted()
    const drawing = ports.drawPages({
      ...{ kind: 'pack', reportCase, lookedBack },
      ...{ seal: NO_SEAL, rowsAtMost: null },
    })
    signal.addEventListener('abort', () => drawing.cancel())
    try {
      return (await ports.printPdf(drawing.result, { paper, signal, onStep: () => undefined })).pages
    } finally {
      drawing.cancel()
    }
  }

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
      if (counting !== null) await endCount(counting)
      return await work(own.signal)
    } finally {
      printing = null
    }
  }

  return {
    saveTo: (path, request) =>
      once(async (signal) => {
        const reportCase = await gatherCase(ports, request)
        const { seal, lookingBack } = ports
        const lookedBack = await lookingBack.of(reportCase, signal)
        const hash = seal === undefined ? null : (await seal.sealOf(reportCase)).hash
        signal.throwIfAborted()
        const wanted = { kind: 'pack', reportCase, lookedBack, seal: hash, rowsAtMost: null } as const
        const pages = await print(path, wanted, signal, async ({ bytes: pdf, pages: count }) => {
          if (hash !== null) await seal?.keep({ hash, reportCase, lookedBack, pdf, pages: count })
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
      const lookedBack = await ports.lookingBack.shown(reportCase)
      previewing?.cancel()
      const drawing = ports.drawPages({
        ...{ kind: 'pack', reportCase, lookedBack },
        ...{ seal: null, rowsAtMost: PREVIEW_ROWS },
      })
      previewing = drawing
      try {
        const { markup, checks } = await drawing.result
        return { html: markup, checks: [...checks] }
      } finally {
        if (previewing === drawing) previewing = null
      }
    },

    async count(request) {
      // Of those that wait for the same one the first goes on, the next waits for that.
      while (counting !== null) await endCount(counting)
      if (printing !== null) return null
      const stop = new AbortController()
      const pages = countPages(request, stop.signal).catch((fault: unknown) => {
        if (stop.signal.aborted) return null
        throw fault
      })
      const own = { stop, ended: pages.catch(() => undefined) }
      counting = own
      try {
        return await pages
      } finally {
        counting = null
      }
    },

    gather: (request) => gatherCase(ports, request),

    cancel() {
      printing?.abort(new StrikelineError('cancelled', 'The report was stopped.'))
    },
  }
}
