import { app } from 'electron'
import type { Paper } from '#shared/ipc/schemas/channels.ts'
import type { DrawnPages } from '#shared/report/drawn.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { countPdfPages } from './pdf-pages.ts'
import { headOfPages } from './page-head.ts'
import type { Pages } from './pages.ts'
import type { PrintedPage } from './protocol.ts'

export type PrintedPdf = { readonly bytes: Uint8Array; readonly pages: number }
export type PrintPdf = (
  drawn: Promise<DrawnPages>,
  options: {
    readonly paper: Paper
    /** aborted: the printing ends at once with 'cancelled' */
    readonly signal: AbortSignal
    readonly onStep: (words: string) => void
  },
) => Promise<PrintedPdf>

const MM_PER_INCH = 25.4
/** Chromium's own A4 is half a millimetre too large. */
const INCHES = {
  A4: { width: 210 / MM_PER_INCH, height: 297 / MM_PER_INCH },
  Letter: { width: 8.5, height: 11 },
} as const satisfies Record<Paper, { readonly width: number; readonly height: number }>

/** Longer than any report takes; a page that hangs must not hang the program. */
const PATIENCE_MS = 600_000

/**
 * Prints pages in a hidden window, which has no scripts and no preload. It opens with an empty page while they are still drawn: a
 * page's process takes longest to start.
 */
export function createPrinter(pages: Pages, printed: PrintedPage): PrintPdf {
  return async (drawn, { paper, signal, onStep }) => {
    await app.whenReady()
    const { window, loaded, again } = pages.open('print', { width: 900, height: 1200 })
    const print = async () => {
      const [shown] = await Promise.all([drawn, loaded])
      onStep('Laying the pages out')
      printed.show(shown)
      await again()
      onStep('Printing the pages')
      const bytes = await window.webContents.printToPDF({
        pageSize: INCHES[paper],
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: shown.isTagged,
        generateDocumentOutline: shown.isTagged,
        displayHeaderFooter: true,
        headerTemplate: headOfPages(shown.head),
        footerTemplate: '<span></span>',
      })
      return { bytes, pages: countPdfPages(bytes) }
    }
    try {
      return await Promise.race([print(), giveUp(window, signal)])
    } finally {
      printed.clear()
      if (!window.isDestroyed()) window.destroy()
    }
  }
}

/** Rejects when it is cancelled, when the window or the page's process ends, or after {@link PATIENCE_MS}. */
function giveUp(window: Electron.BrowserWindow, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The report was not printed after ${PATIENCE_MS / 1000} s.`))
    }, PATIENCE_MS)
    signal.addEventListener('abort', () =>
      reject(new StrikelineError('cancelled', 'The report was stopped.')),
    )
    window.on('closed', () => {
      clearTimeout(timer)
      reject(new StrikelineError('cancelled', 'The report was not finished: the program was closed.'))
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      reject(new Error(`The report page’s process ended: ${reason}.`))
    })
  })
}
