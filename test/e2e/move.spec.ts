import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import { faultsOf } from './axe.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'

/** From one computer to another: a file out of one data folder, taken over in another by way of the menu. */

const choose = (electron: ElectronApplication, id: string) =>
  electron.evaluate(({ Menu }, chosen) => {
    Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click()
  }, id)

/** Answers the file dialogs, and has the program start again as a command line, which ends by itself. */
const answerDialogs = (electron: ElectronApplication, path: string, commandAfter: readonly string[]) =>
  electron.evaluate(
    ({ app, dialog }, { file, words }) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: file })
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
      const relaunch = app.relaunch.bind(app)
      app.relaunch = () => relaunch({ args: words })
    },
    { file: path, words: [...commandAfter] },
  )

/** The words with which Electron runs a command of the program. */
function command(...words: readonly string[]): readonly string[] {
  const [, ...switches] = JSON.parse(process.env['STRIKELINE_ELECTRON'] ?? '[]') as string[]
  return [...switches, join(import.meta.dirname, '..', '..'), ...words]
}

async function takeOver(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Take over and restart' }).focus()
  // The window may be gone before the key is up again.
  await window.keyboard.press('Enter').catch(() => undefined)
}

test('what one window moves out another takes over, and what was there can be restored', async ({
  app,
  launch,
  dataFolder,
}) => {
  const other = mkdtempSync(join(tmpdir(), 'strikeline-e2e-'))
  const path = join(dataFolder, 'all.strikeline')
  const exported = join(dataFolder, 'exported.csv')
  try {
    await answerDialogs(app.electron, path, [])
    await app.window.getByRole('button', { name: 'Use the sample fleet' }).click()
    await expect(app.window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
    await choose(app.electron, 'move-out')
    await expect(
      app.window.getByText(/320 machines and all that belongs to them are in all\.strikeline/),
    ).toBeVisible()
    await app.close()

    await commandLine(['settings', 'set', 'network.auto-refresh', 'false', '--data', other], { cwd: other })
    writeFileSync(join(other, 'own.csv'), 'id,model,quantity\nown,Antminer S21 200T,1\n')
    await commandLine(['import', 'own.csv', '--data', other], { cwd: other })
    const second = await launch({ dataFolder: other })
    await answerDialogs(second.electron, path, command('export', exported, '--data', other))
    await expect(second.window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
    await choose(second.electron, 'move-in')
    const dialog = second.window.getByRole('dialog', { name: 'Take over all.strikeline?' })
    await expect(dialog).toContainText('320 machines')
    for (const theme of ['light', 'dark'] as const) {
      await choose(second.electron, `theme-${theme}`)
      await expect(second.window.locator(`html[data-theme=${theme}]`)).toBeAttached()
      expect(await faultsOf(second.window, { strict: true })).toEqual([])
    }
    // Nothing happens before it is said.
    await second.window.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await choose(second.electron, 'move-in')
    const program = second.electron.process()
    const ended = new Promise((done) => program.once('exit', done))
    await takeOver(second.window)
    expect(await ended).toBe(0)
    // The program that has started again finds the fleet of the file.
    const lines = () => (existsSync(exported) ? readFileSync(exported, 'utf8').trim().split('\n').length : 0)
    await expect.poll(lines, { timeout: 30_000 }).toBe(1 + 79)

    const third = await launch({ dataFolder: other })
    await expect(third.window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
    const fleet = await third.window.evaluate(() =>
      (globalThis as unknown as { api: Api }).api.fleet.read({ have: null }),
    )
    expect(fleet).toMatchObject({ ok: true, value: { rows: 79 } })
    const before = readdirSync(join(other, 'backups')).find((name) => name.endsWith('-before-restore.db'))
    await third.close()
    const restored = await commandLine(['backup', 'restore', before!, '--data', other], { cwd: other })
    expect(restored.stdout).toContain('is in place: 1 machine')
  } finally {
    rmSync(other, { recursive: true, force: true })
  }
})

test('a file that is cut off is refused in words, and the window goes on', async ({ app, dataFolder }) => {
  const path = join(dataFolder, 'cut.strikeline')
  writeFileSync(path, 'Strikeline move file 1\n{"program":"0.1')
  await answerDialogs(app.electron, path, [])
  await expect(app.window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
  await choose(app.electron, 'move-in')
  const words = app.window.getByRole('region', { name: 'Messages' })
  await expect(words.getByText(/cut\.strikeline is cut off or damaged in its first lines/)).toBeVisible()
  await expect(app.window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
})

test('where another program holds the fleet it is said, and the window starts again on what was there', async ({
  launch,
  dataFolder,
}) => {
  const path = join(dataFolder, 'other.strikeline')
  const exported = join(dataFolder, 'exported.csv')
  const said = join(dataFolder, 'said.txt')
  for (const [name, id] of [
    ['elsewhere', 'theirs'],
    ['.', 'own'],
  ] as const) {
    writeFileSync(join(dataFolder, 'fleet.csv'), `id,model,quantity\n${id},Antminer S21 200T,1\n`)
    await commandLine(['import', 'fleet.csv', '--data', name, '--new'], { cwd: dataFolder })
  }
  await commandLine(['move', 'out', path, '--data', 'elsewhere'], { cwd: dataFolder })
  const { electron, window } = await launch()
  await answerDialogs(electron, path, command('export', exported, '--data', dataFolder))
  await electron.evaluate(({ dialog }, file) => {
    const { writeFileSync: write } = process.getBuiltinModule('node:fs')
    dialog.showErrorBox = (_, content) => write(file, content)
  }, said)
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()
  await choose(electron, 'move-in')
  const holder = new DatabaseSync(join(dataFolder, 'strikeline.db'))
  try {
    holder.prepare('SELECT count(*) FROM machine').get()
    await takeOver(window)
    await expect.poll(() => existsSync(exported), { timeout: 30_000 }).toBe(true)
  } finally {
    holder.close()
  }
  expect(readFileSync(said, 'utf8')).toContain('Another Strikeline has this fleet open')
  expect(readFileSync(exported, 'utf8').split('\n')[1]).toMatch(/^own,/)
})
