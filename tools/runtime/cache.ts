import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** The user's cache folder for this program; what is in it can be fetched or made again. */
export function cacheFolder(): string {
  const given = process.env['XDG_CACHE_HOME']
  const base = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.cache')
  const folder = join(base, 'strikeline')
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * Gives the folder `name` of the cache, filled by `fill` where it is not there yet. It appears whole or not
 * at all; where two processes fill it at the same time, the first one's stays and the other's is dropped.
 */
export async function cachedFolder(
  cache: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  const partial = mkdtempSync(join(cache, 'partial-'))
  try {
    await fill(partial)
    renameSync(partial, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}
