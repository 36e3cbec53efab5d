import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { repository } from './repository.ts'

/** Software of others that is in the program. */
export type ShippedPackage = {
  readonly name: string
  readonly version: string
  /** as its package.json says it; null where it says nothing, or not in one word */
  readonly licence: string | null
  /** the text that must go along with it; null where it has none */
  readonly text: string | null
}

/** They ask for their notice and for nothing else. Another one needs a person's decision first. */
export const ALLOWED_LICENCES = ['0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']

/** Not bundled and in the program all the same; node-addon-api is compiled into the native module. */
const SHIPPED_BESIDE = ['better-sqlite3', 'node-addon-api', 'electron']
/** Modules that the bundler writes itself, and the package that their text is from. */
const WRITTEN_BY: readonly (readonly [start: string, name: string])[] = [
  ['\0rolldown/', 'rolldown'],
  ['\0vite/', 'vite'],
]

const LICENCE_FILE = /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i
/** A bundler's file goes on with the licences of what it works with itself, which is not in our program. */
const LICENCES_OF_TOOLS = /^# Licenses of bundled dependencies$/m

export const NOTICES_FILE = join(repository, 'assets', 'THIRD-PARTY-NOTICES.txt')

/**
 * Whose software the program holds, by name, from the lists of modules that the build writes.
 * @param modules folder of the lists
 * @param root folder that their paths are from
 * @throws where a module is neither ours nor in a package
 */
export function shippedPackages(
  modules: string = join(repository, 'out', 'modules'),
  root: string = repository,
): readonly ShippedPackage[] {
  const lists = globSync('*.json', { cwd: modules })
  if (lists.length === 0) throw new Error(`${modules} has no lists of modules: build first.`)
  const folders = new Set(SHIPPED_BESIDE.map((name) => resolve(root, 'node_modules', name)))
  for (const list of lists)
    for (const id of modulesIn(join(modules, list))) {
      const folder = folderOf(id)
      if (folder !== null) folders.add(resolve(root, folder))
    }
  return [...folders].map(packageIn).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What is left of the modules of a bundle: some are only types, or nothing in them is used. */
function modulesIn(list: string): readonly string[] {
  type Chunk = { readonly modules: Readonly<Record<string, number>> }
  const chunks = JSON.parse(readFileSync(list, 'utf8')) as Readonly<Record<string, Chunk>>
  return Object.values(chunks).flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, bytes]) => (bytes > 0 ? [id] : [])),
  )
}

/** Folder of the package that a module is from, null for our own. */
function folderOf(id: string): string | null {
  const path = id.replaceAll('\\', '/')
  const inPackage = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)
  if (inPackage !== null) return inPackage[0].replace(/^\0/, '')
  const writer = WRITTEN_BY.find(([start]) => path.startsWith(start))
  if (writer !== undefined) return `node_modules/${writer[1]}`
  if (path.startsWith('\0') || path.startsWith('../'))
    throw new Error(`The bundles hold ${JSON.stringify(id)}, and nothing says whose it is.`)
  return null
}

function packageIn(folder: string): ShippedPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: unknown
  }
  const { name, version, license } = manifest
  return { name, version, licence: typeof license === 'string' ? license : null, text: licenceText(folder) }
}

function licenceText(folder: string): string | null {
  const file = readdirSync(folder).find((name) => LICENCE_FILE.test(name))
  if (file === undefined) return null
  const [own] = readFileSync(join(folder, file), 'utf8').split(LICENCES_OF_TOOLS)
  const text = own!.replaceAll(/[ \t\r]+$/gm, '').trim()
  return text === '' ? null : text
}

/** Why a package may not be in a release, a line each. */
export function licenceFaults(packages: readonly ShippedPackage[]): readonly string[] {
  return packages.flatMap(({ name, version, licence, text }) => {
    const of = `${name} ${version}`
    if (licence === null) return [`${of} does not say under which licence it is`]
    if (!ALLOWED_LICENCES.includes(licence))
      return [`${of} is under ${licence}, which is not among ${ALLOWED_LICENCES.join(', ')}`]
    return text === null ? [`${of} has no file with the text of its licence`] : []
  })
}

const RULE = '-'.repeat(80)

/** What goes along with the program, for people to read. */
export function noticesText(packages: readonly ShippedPackage[]): string {
  const parts = packages.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\nLicence: ${licence ?? 'not stated'}\n\n${text ?? 'It brings no text.'}\n`,
  )
  return [HEAD, ...parts].join(`\n${RULE}\n`)
}

const HEAD = `Notices of software by others in Strikeline

Strikeline itself is under the MIT licence. It contains the software listed here, each under the licence of its own
that stands with it. The list is made from the build.

better-sqlite3 contains SQLite, which its authors have given to the public domain.
Electron contains Chromium, Node.js and what these use. Their notices are in the file LICENSES.chromium.html, which is
installed with the program: beside it on Windows and Linux, in Contents/Resources of the program on macOS.
`

/** Whether the file that is shipped says what the build holds. */
export function noticesAreCurrent(packages: readonly ShippedPackage[]): boolean {
  return existsSync(NOTICES_FILE) && readFileSync(NOTICES_FILE, 'utf8') === noticesText(packages)
}
