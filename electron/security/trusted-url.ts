import { APP_ORIGIN } from '#shared/ipc/names.ts'

/**
 * The program's own pages. They are compared whole, not taken apart: a URL parser that agrees with Chromium
 * on every odd spelling is not needed where only two exact texts are trusted.
 */
export const APP_SCHEME = 'app'
export const PAGE_URLS = {
  window: `${APP_ORIGIN}/index.html`,
  print: `${APP_ORIGIN}/print.html`,
} as const
export type Page = keyof typeof PAGE_URLS

/** Which of our pages this address shows, a fragment aside; null for anything else, text or not. */
export function pageOf(url: unknown): Page | null {
  if (typeof url !== 'string') return null
  const [address] = url.split('#', 1)
  if (address === PAGE_URLS.window) return 'window'
  if (address === PAGE_URLS.print) return 'print'
  return null
}

/** A page may only move to itself (a reload, a fragment); everything else is another document. */
export function mayNavigate(page: Page, url: unknown): boolean {
  return pageOf(url) === page
}
