import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { isLoopback } from './address.ts'
import { SourceFault } from './http.ts'

/** Where Bitcoin Core keeps its cookie unless told otherwise. */
export function usualCookieFile(
  platform: NodeJS.Platform,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32')
    return path.win32.join(
      env['LOCALAPPDATA'] ?? path.win32.join(home, 'AppData', 'Local'),
      'Bitcoin',
      '.cookie',
    )
  if (platform === 'darwin')
    return path.posix.join(home, 'Library', 'Application Support', 'Bitcoin', '.cookie')
  return path.posix.join(home, '.bitcoin', '.cookie')
}

/** A cookie has 75; what has more is another file. */
const MOST_BYTES = 1000

/**
 * The node's credentials, "__cookie__:…". It rewrites them at every start, so they are read for every question.
 * With no file named, the usual one counts, and only for a node on this machine: null where it is absent.
 * A named file that cannot be read or holds no cookie is a SourceFault: nothing but a cookie is ever sent on.
 */
export async function cookieCredentials(
  namedFile: string,
  usualFile: string,
  nodeUrl: string,
): Promise<string | null> {
  if (namedFile === '' && !isLoopback(new URL(nodeUrl).hostname)) return null
  const file = namedFile || usualFile
  let text: string
  try {
    const { size } = await stat(file)
    text = size > MOST_BYTES ? '' : (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (namedFile === '') return null
    throw new SourceFault(`The cookie file ${namedFile} of the Bitcoin Core node cannot be read`, {
      cause: error,
    })
  }
  if (/^__cookie__:[0-9a-f]{64}$/.test(text)) return text
  throw new SourceFault(`${file} is not the cookie file of a Bitcoin Core node`)
}
