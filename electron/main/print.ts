import type { Paper } from '#shared/ipc/schemas/channels.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Pages } from './pages.ts'
import { countPdfPages } from './pdf-pages.ts'

export type PrintedPdf = { readonly bytes: Uint8Array; readonly pages: number }
export type PrintPdf = (options: {
  readonly paper: Paper
  /** with page numbers */
  readonly isNumbered: boolean
}) => Promise<PrintedPdf>

/** Longer than any report takes; a page that hangs must not hang the program. */
const PATIENCE_MS = 120_000

/**
 * Resolves to '' when the page has drawn its report (`data-ready="true"` on <html>), or to what it says went
 * wrong (`data-failed="…"`).
 */
const WAIT_FOR_PAGE = `new Promise((resolve) => {
  const root = document.documentElement
  const look = () => {
    if (root.hasAttribute('data-failed')) resolve(root.getAttribute('data-failed') || 'no reason given')
    else if (root.getAttribute('data-ready') === 'true') resolve('')
    else return
    observer.disconnect()
  }
  const observer = new MutationObserver(look)
  observer.observe(root, { attributes: true, attributeFilter: ['data-ready', 'data-failed'] })
  look()
})`
const ISOLATED_WORLD = 1001

/** Chromium counts the pages itself. */
const NUMBERED = {
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  footerTemplate:
    '<div class="grow"></div><div class="text right">page <span class="pageNumber"></span> of <span class="totalPages"></span></div>',
}

/** Prints the report page of a hidden window; the page asks for its content itself. */
export function createPrinter(pages: Pages): PrintPdf {
  return async ({ paper, isNumbered }) => {
    const { window, loaded } = pages.open('print', { width: 900, height: 1200 })
    try {
      await loaded
      const contents = window.webContents
      const ready = contents.executeJavaScriptInIsolatedWorld(ISOLATED_WORLD, [{ code: WAIT_FOR_PAGE }])
      const fault: unknown = await Promise.race([ready, giveUp(window)])
      if (fault !== '') throw new Error(`The report page could not be drawn: ${String(fault)}`)
      const bytes = await contents.printToPDF({
        pageSize: paper,
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        ...(isNumbered ? NUMBERED : {}),
      })
      return { bytes, pages: countPdfPages(bytes) }
    } finally {
      window.destroy()
    }
  }
}

/** Rejects when the window or the page's process ends, or after {@link PATIENCE_MS}. */
function giveUp(window: Electron.BrowserWindow): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The report page was not ready after ${PATIENCE_MS / 1000} s.`))
    }, PATIENCE_MS)
    window.on('closed', () => {
      clearTimeout(timer)
      reject(new StrikelineError('cancelled', 'The report was not finished: the program was closed.'))
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      reject(new Error(`The report page’s process ended: ${reason}.`))
    })
  })
}
