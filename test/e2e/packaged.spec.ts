import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from './app.ts'

/**
 * The packaged program starts: its archive holds what it needs, the database's native module loads from
 * beside it, and the worker thread runs out of it. Only where `npm test` has packaged it.
 */
const unpacked = resolve(import.meta.dirname, '..', '..', 'dist', 'test')
const executable = {
  linux: 'linux-unpacked/strikeline',
  win32: 'win-unpacked/Strikeline.exe',
  darwin: 'mac*/Strikeline.app/Contents/MacOS/Strikeline',
}[process.platform as string]

test('the packaged program opens its window and its database', async ({ launch }) => {
  const [packaged] = globSync(join(unpacked, executable ?? 'no program is packaged for this platform'))
  const { electron, window } = await launch({ executable: packaged! })
  expect(await electron.evaluate(({ app }) => app.isPackaged)).toBe(true)
  expect(await window.title()).toBe('Strikeline')
  const fleet = await window.evaluate(async () => {
    const { api } = window as unknown as { api: { fleet: { read: (input: object) => Promise<unknown> } } }
    return api.fleet.read({})
  })
  expect(fleet).toMatchObject({ ok: true })
})
