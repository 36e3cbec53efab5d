import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { build } from '#tools/build.ts'

/** What the pages load, weighed on the bundles that the program ships. */

const out = resolve(import.meta.dirname, '..', '..', 'out')

/**
 * Code that the window reads and compiles before its first row, bytes. React and the parts of menus and dialogs are
 * more than half of it; the rest is the shell, the answer and the table. What is opened later belongs behind import():
 * a dialog, a chart, the catalogue of models.
 */
const BUDGET_BYTES = 600_000

type Chunk = { readonly imports: readonly string[]; readonly modules: Readonly<Record<string, number>> }

let chunks: Readonly<Record<string, Chunk>>
beforeAll(async () => {
  await build(() => undefined)
  chunks = JSON.parse(readFileSync(join(out, 'page-modules.json'), 'utf8')) as typeof chunks
}, 120_000)

/** What a page's own script imports, and what that imports, without what is imported when it is needed. */
function loadedFirst(page: string): readonly string[] {
  const html = readFileSync(join(out, 'renderer', page), 'utf8')
  const scripts = [...html.matchAll(/<script [^>]*src="\.?\/?([^"]+)"/g)].map(([, file]) => file!)
  const loaded = new Set(scripts)
  for (const file of loaded) for (const imported of chunks[file]!.imports) loaded.add(imported)
  expect(scripts).not.toEqual([])
  return [...loaded]
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

test('the list of modules is that of the chunks', () => {
  const files = globSync('assets/*.js', { cwd: join(out, 'renderer') }).map((file) => basename(file))
  const listed = Object.keys(chunks).map((file) => basename(file))
  // A thread of the page is bundled apart and not listed.
  expect(files.filter((file) => !/worker/i.test(file)).sort()).toEqual(listed.sort())
})

test('no script of a page holds the schema library', () => {
  const holds = (pattern: string) =>
    globSync(pattern, { cwd: out }).filter((file) => readFileSync(join(out, file), 'utf8').includes('_zod'))
  expect(holds('renderer/**/*.js')).toEqual([])
  // The mark is one that bundling leaves: the main process has the library.
  expect(holds('main/**/*.js')).not.toEqual([])
})

test('the window loads no more than its budget before the first row', () => {
  const files = loadedFirst('index.html')
  const bytes = files.reduce((sum, file) => sum + readFileSync(join(out, 'renderer', file)).length, 0)
  const largest = files
    .flatMap((file) => Object.entries(chunks[file]!.modules))
    .sort(([, a], [, b]) => b - a)
    .slice(0, 25)
    .map(([module, length]) => `${kilobytes(length).padStart(9)}  ${module}`)
  expect(
    bytes,
    `${kilobytes(bytes)} in ${files.length} files. The largest modules, before they are minified:\n${largest.join('\n')}\n`,
  ).toBeLessThanOrEqual(BUDGET_BYTES)
})
