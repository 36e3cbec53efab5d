import { APP_ORIGIN } from '#shared/ipc/names.ts'

/**
 * What a page may load: the program's own files. The main process fetches the network's figures itself and
 * does not pass here.
 *
 * @param devTools Chromium's own inspector may load its files too: only in a build that is not packaged
 */
export function isPageRequestAllowed(url: unknown, { devTools }: { readonly devTools: boolean }): boolean {
  if (typeof url !== 'string') return false
  return url.startsWith(`${APP_ORIGIN}/`) || (devTools && url.startsWith('devtools://devtools/'))
}
