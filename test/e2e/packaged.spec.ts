import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { extractFile, listPackage } from '@electron/asar'
import type { Api } from '#shared/ipc/api.ts'
import { expect, test } from './app.ts'

/** The packaged program, as `npm test` left it: it starts, and its archive holds what it needs and no more. */

const unpacked = resolve(import.meta.dirname, '..', '..', 'dist', 'test')
const [program, resources] = {
  linux: ['linux-unpacked/strikeline', 'linux-unpacked/resources'],
  win32: ['win-unpacked/Strikeline.exe', 'win-unpacked/resources'],
  darwin: ['mac*/Strikeline.app/Contents/MacOS/Strikeline', 'mac*/Strikeline.app/Contents/Resources'],
}[process.platform as 'linux' | 'win32' | 'darwin']

function packaged(pattern: string): string {
  const [path] = globSync(join(unpacked, pattern))
  if (path === undefined) throw new Error('Nothing is packaged yet: npm run package -- --test, or npm test')
  return path
}

test('opens its window and, from beside its archive, its database', async ({ launch }) => {
  const executable = packaged(program!)
  const { electron, window } = await launch({ executable })
  expect(await electron.evaluate(({ app }) => app.isPackaged)).toBe(true)
  expect(await window.title()).toBe('Strikeline')
  const fleet = await window.evaluate(() =>
    (globalThis as unknown as { api: Api }).api.fleet.read({ have: null }),
  )
  expect(fleet).toMatchObject({ ok: true })
})

test('is the command line too', async ({ dataFolder }) => {
  const executable = packaged(program!)
  const [, ...switches] = JSON.parse(process.env['STRIKELINE_ELECTRON'] ?? '[]') as string[]
  const file = join(dataFolder, 'fleet.csv')
  await promisify(execFile)(executable, [...switches, 'export', file, '--data', dataFolder])
  expect(readFileSync(file, 'utf8')).toMatch(/^id,model,/)
})

test('brings the notices of all that it contains', () => {
  const folder = packaged(resources!)
  const archive = join(folder, 'app.asar')
  const notices = extractFile(archive, join('assets', 'THIRD-PARTY-NOTICES.txt')).toString()
  expect(notices).toMatch(/^better-sqlite3 \d/m)
  expect(notices).toMatch(/^react-dom \d/m)
  const beside = process.platform === 'darwin' ? folder : dirname(folder)
  expect(readFileSync(join(beside, 'LICENSES.chromium.html'), 'utf8')).toContain('Chromium')
  expect(existsSync(join(beside, 'LICENSE.electron.txt'))).toBe(true)
})

test('holds the bundles, the assets and one native module for this platform', () => {
  const folder = packaged(resources!)
  const files = listPackage(join(folder, 'app.asar'), { isPack: false })
  const tops = new Set(files.map((file) => file.split(/[/\\]/)[1]))
  expect([...tops].sort()).toEqual(['assets', 'node_modules', 'out', 'package.json'])
  const foreign = files.filter((file) => /\.(?:ts|tsx|c|cpp|map)$|[/\\](?:deps|src|types)[/\\]/.test(file))
  expect(foreign).toEqual([])
  const modules = new Set(files.flatMap((file) => /^[/\\]node_modules[/\\]([^/\\]+)/.exec(file)?.[1] ?? []))
  expect([...modules]).toEqual(['better-sqlite3'])

  const outside = globSync('**/*.*', { cwd: join(folder, 'app.asar.unpacked') })
  const shipped = join(
    'node_modules',
    'better-sqlite3',
    'prebuilds',
    `${process.platform}-${process.arch}.node`,
  )
  expect(outside).toContain(shipped)
  // compiled only where the older Electron stands in
  const compiled = join('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node')
  expect(outside.filter((file) => relative(shipped, file) !== '' && relative(compiled, file) !== '')).toEqual(
    [],
  )
})
