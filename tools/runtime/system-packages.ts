import { existsSync } from 'node:fs'
import { capture, findProgram, run } from '../processes.ts'

/** What Electron links against, as Debian names it. Newer releases append t64 to some of these names. */
export const ELECTRON_LIBRARIES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libcups2',
] as const

/** Shared libraries that an executable wants and this system does not have, by file name. */
export async function missingLibraries(executable: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  return librariesNotFound((await capture('ldd', [executable])).stdout)
}

/** Reads what `ldd` prints: `libnss3.so => not found`. */
export function librariesNotFound(ldd: string): readonly string[] {
  return [...ldd.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]!)
}

export type SystemNeeds = {
  /** libraries that were not found, by file name */
  readonly libraries: readonly string[]
  /** program that must be on the PATH → Debian package that brings it */
  readonly programs: Readonly<Record<string, string>>
  /** file that must be there → Debian package that brings it */
  readonly files?: Readonly<Record<string, string>>
}

/** The Debian packages that bring what is missing. */
export function packagesFor(
  needs: SystemNeeds,
  hasProgram: (name: string) => boolean = (name) => findProgram(name) !== null,
  hasFile: (path: string) => boolean = existsSync,
): readonly string[] {
  const missing = (wanted: Readonly<Record<string, string>>, has: (name: string) => boolean) =>
    Object.entries(wanted).flatMap(([name, bringer]) => (has(name) ? [] : [bringer]))
  return [
    ...new Set([
      ...(needs.libraries.length === 0 ? [] : ELECTRON_LIBRARIES),
      ...missing(needs.programs, hasProgram),
      ...missing(needs.files ?? {}, hasFile),
    ]),
  ]
}

/**
 * Installs what is missing where this is Debian (or a relative of it) and we are root.
 *
 * @throws with the command to type, or the names of what is missing
 */
export async function ensureSystemPackages(needs: SystemNeeds, say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') return
  const packages = packagesFor(needs)
  if (packages.length === 0) return
  const programs = Object.keys(needs.programs).filter((name) => findProgram(name) === null)
  const files = Object.keys(needs.files ?? {}).filter((path) => !existsSync(path))
  const lack = `This system lacks ${[...needs.libraries, ...programs, ...files].join(', ')}.`
  if (findProgram('apt-get') === null) throw new Error(`${lack} Install what brings them.`)
  if (process.getuid?.() !== 0) {
    throw new Error(`${lack} Type: sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`)
  }
  say(`${lack} Installing ${packages.join(' ')} …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const log = { env, stdio: ['ignore', 'ignore', 2] as ['ignore', 'ignore', number] }
  if ((await run('apt-get', ['update', '-q'], log)) !== 0)
    throw new Error('apt-get update failed; see above.')
  const names = await Promise.all(packages.map(nameHere))
  const code = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], log)
  if (code !== 0) throw new Error(`apt-get install ${names.join(' ')} failed; see above.`)
}

/** The package's name in this release: with t64 where the library was rebuilt for 64-bit times. */
async function nameHere(name: string): Promise<string> {
  const renamed = `${name}t64`
  const { code, stdout } = await capture('apt-cache', ['show', '--no-all-versions', renamed])
  return code === 0 && stdout.includes(`Package: ${renamed}\n`) ? renamed : name
}
