import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build } from '#tools/build.ts'
import { licenceFaults, NOTICES_FILE, noticesText, shippedPackages } from '#tools/licences.ts'

/** What the pages load, weighed on the bundles that the program ships, and whose software these hold. */

const out = resolve(import.meta.dirname, '..', '..', 'out')

/**
 * Code that the window and its engine read and compile before the first row, bytes. React is the half of it; the rest is the
 * shell, the answer, the table and the formulas; a third is the engine's thread with all that decides under contracts. What is
 * opened or touched later belongs behind import(): a screen, a dialog, the list of a menu, a tip.
 */
const BUDGET_BYTES = 598_000

type Chunk = { readonly imports: readonly string[]; readonly modules: Readonly<Record<string, number>> }

let chunks: Readonly<Record<string, Chunk>>
beforeAll(async () => {
  await build(() => undefined)
  chunks = JSON.parse(readFileSync(join(out, 'modules', 'page.json'), 'utf8')) as typeof chunks
}, 120_000)

const textOf = (file: string) => readFileSync(join(out, 'renderer', file), 'utf8')
const threads = () => globSync('assets/*worker*.js', { cwd: join(out, 'renderer') })

/** What a page's own script imports, what that imports, and the threads it starts, without what comes when it is needed. */
function loadedFirst(page: string): readonly string[] {
  const scripts = [...textOf(page).matchAll(/<script [^>]*src="\.?\/?([^"]+)"/g)].map(([, file]) => file!)
  expect(scripts).not.toEqual([])
  const loaded = new Set(scripts)
  // The first script is small: it starts the engine and has the program come, which is then needed as a whole.
  for (const [file, { modules }] of Object.entries(chunks))
    if (page === 'index.html' && 'renderer/app/main.tsx' in modules) loaded.add(file)
  for (const file of loaded) for (const imported of chunks[file]?.imports ?? []) loaded.add(imported)
  for (const thread of threads())
    if ([...loaded].some((file) => textOf(file).includes(basename(thread)))) loaded.add(thread)
  return [...loaded]
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

test('the list of modules is that of the chunks', () => {
  const files = globSync('assets/*.js', { cwd: join(out, 'renderer') }).map((file) => basename(file))
  const listed = Object.keys(chunks).map((file) => basename(file))
  // The page's threads and what they load later are bundled apart.
  const apart = globSync('modules/thread-*.json', { cwd: out }).flatMap((list) =>
    Object.keys(JSON.parse(readFileSync(join(out, list), 'utf8')) as object).map((file) => basename(file)),
  )
  expect(files.sort()).toEqual([...listed, ...apart].sort())
})

test('every script that is shipped is in a list of modules', () => {
  const listed = globSync('modules/*.json', { cwd: out }).flatMap((list) =>
    Object.keys(JSON.parse(readFileSync(join(out, list), 'utf8')) as object),
  )
  const shipped = globSync('{main,preload,renderer}/**/*.{js,cjs}', { cwd: out })
  expect(shipped.map((file) => basename(file)).sort()).toEqual(listed.map((file) => basename(file)).sort())
})

test('the notices name whose software the bundles hold, and each may be released', () => {
  const packages = shippedPackages()
  expect(packages.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['better-sqlite3', 'electron', 'react', 'react-dom', 'zod', 'csv-parse']),
  )
  expect(licenceFaults(packages)).toEqual([])
  expect(readFileSync(NOTICES_FILE, 'utf8'), 'Make them again: npm run notices').toBe(noticesText(packages))
})

test('no script of a page holds the schema library', () => {
  const holds = (pattern: string) =>
    globSync(pattern, { cwd: out }).filter((file) => readFileSync(join(out, file), 'utf8').includes('_zod'))
  expect(holds('renderer/**/*.js')).toEqual([])
  // The mark is one that bundling leaves: the main process has the library.
  expect(holds('main/**/*.cjs')).not.toEqual([])
})

test('the window loads no more than its budget before the first row', () => {
  const files = loadedFirst('index.html')
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(textOf(file)), 0)
  const largest = files
    .flatMap((file) => Object.entries(chunks[file]?.modules ?? {}))
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([module, length]) => `${kilobytes(length).padStart(9)}  ${module}`)
  expect(
    bytes,
    `${kilobytes(bytes)} in ${files.length} files. The largest modules, before they are minified:\n${largest.join('\n')}\n`,
  ).toBeLessThanOrEqual(BUDGET_BYTES)
})
