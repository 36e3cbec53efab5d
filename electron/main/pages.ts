import { app, BrowserWindow, type BrowserWindowConstructorOptions, type WebContents } from 'electron'
import { mayNavigate, type Page, PAGE_URLS } from '#electron/security/trusted-url.ts'

/** The windows we opened, and what each of them is for. */
export type Pages = {
  readonly opened: ReadonlyMap<number, Page>
  /** A hidden window with the page loading in it; `again` loads it once more. */
  open(
    page: Page,
    options: BrowserWindowConstructorOptions,
  ): { window: BrowserWindow; loaded: Promise<void>; again: () => Promise<void> }
}

/** @param preload absolute path of the preload bundle */
export function createPages(preload: string): Pages {
  const opened = new Map<number, Page>()

  app.on('web-contents-created', (_event, contents) => {
    confine(contents, () => opened.get(contents.id))
  })

  return {
    opened,
    open(page, options) {
      const window = new BrowserWindow({
        ...options,
        show: false,
        webPreferences: {
          // What is printed is static: there is nobody in it who could call.
          ...(page === 'print' ? { javascript: false } : { preload }),
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          nodeIntegrationInWorker: false,
          nodeIntegrationInSubFrames: false,
          webviewTag: false,
          // Chromium would fetch its dictionaries from the network.
          spellcheck: false,
          devTools: !app.isPackaged,
        },
      })
      const { id } = window.webContents
      opened.set(id, page)
      window.on('closed', () => opened.delete(id))
      const load = () => window.loadURL(PAGE_URLS[page])
      return { window, loaded: load(), again: load }
    },
  }
}

/** No web contents leaves its page, opens another window, or takes a guest in. */
function confine(contents: WebContents, page: () => Page | undefined): void {
  const check = (event: { readonly isMainFrame: boolean; readonly url: string; preventDefault(): void }) => {
    const own = page()
    if (own === undefined || !event.isMainFrame || !mayNavigate(own, event.url)) event.preventDefault()
  }
  contents.on('will-navigate', check)
  contents.on('will-frame-navigate', check)
  contents.on('will-redirect', check)
  // Chromium lets about:blank pass without asking; the empty page has no calls, and ours comes back at once.
  contents.on('did-navigate', (_event, url) => {
    const own = page()
    if (own !== undefined && !mayNavigate(own, url)) void contents.loadURL(PAGE_URLS[own])
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
