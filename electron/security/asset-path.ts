import { isAbsolute, join, relative } from 'node:path'
import { APP_ORIGIN } from '#shared/ipc/names.ts'

/** The kinds of file that a page is made of. A file of another kind is not served, even if it is there. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['svg', 'image/svg+xml; charset=utf-8'],
  ['png', 'image/png'],
  ['woff2', 'font/woff2'],
])

/**
 * Names as the bundler writes them: letters, digits, `_`, `-`, and dots that do not begin a name. No `%`, no
 * backslash, no empty and no dotted segment can pass, so nothing has to be decoded or cleaned.
 */
const ASSET_PATH = /^\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.([a-z0-9]+))$/

export type Asset = { readonly file: string; readonly contentType: string }

/**
 * The file that a request to app:// means.
 *
 * @param root absolute path of the only folder that is served
 * @returns null where the request is not a GET, not for our host, or not for a plain file name below `root`
 */
export function resolveAsset(
  request: { readonly method: string; readonly url: string },
  root: string,
): Asset | null {
  if (request.method !== 'GET') return null
  const [address = ''] = request.url.split('#', 1)
  if (!address.startsWith(`${APP_ORIGIN}/`)) return null
  const match = ASSET_PATH.exec(address.slice(APP_ORIGIN.length))
  const contentType = CONTENT_TYPES.get(match?.[2] ?? '')
  if (!match || contentType === undefined) return null
  const file = join(root, match[1]!)
  // Unreachable with the pattern above; guards the disk if the pattern is ever loosened.
  const below = relative(root, file)
  return below === '' || below.startsWith('..') || isAbsolute(below) ? null : { file, contentType }
}
