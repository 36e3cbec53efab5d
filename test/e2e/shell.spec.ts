import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Locator } from '@playwright/test'
import type { Api } from '#shared/ipc/api.ts'
import { commandLine } from './command-line.ts'
import { expect, test } from './offline.ts'

/** What the shell around the page promises: files, one window, a way out of every broken start, printing. */

type PageWithApi = { readonly api: Api }

test('everything stays in the data folder, the database for its owner only', async ({ app, dataFolder }) => {
  const about = await app.window.evaluate(() => (globalThis as unknown as PageWithApi).api.app.about({}))
  expect(about).toMatchObject({ ok: true, value: { dataFolder } })
  expect(statSync(join(dataFolder, 'strikeline.db')).mode & 0o777).toBe(0o600)
  expect(existsSync(join(dataFolder, 'chromium'))).toBe(true)
  const program = app.electron.process()
  await app.close()
  expect(program.exitCode).toBe(0)
  const left = readdirSync(dataFolder)
  expect(left).toContain('window.json')
  // A log is written for faults only, and a closed database leaves no journal behind.
  expect(left.filter((name) => /\.log$|-wal$|-shm$/.test(name))).toEqual([])
})

test('a second start on the same folder ends and leaves the first window in front', async ({
  app,
  dataFolder,
}) => {
  const [executable, ...words] = electronWords()
  const second = spawn(executable!, [...words, '--data', dataFolder], { cwd: dataFolder, stdio: 'ignore' })
  expect(await new Promise((done) => second.once('exit', done))).toBe(0)
  const windows = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(windows).toBe(1)
  expect(await app.window.title()).toBe('Strikeline')
})

/** Answers the dialogs of the main process from now on, and remembers what they said. */
async function answerDialogs(electron: ElectronApplication, button: number): Promise<void> {
  await electron.evaluate(({ dialog }, response) => {
    const said: string[] = []
    ;(globalThis as unknown as { said: string[] }).said = said
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1) as { message: string; detail: string }
      said.push(`${options.message} ${options.detail}`)
      return Promise.resolve({ response, checkboxChecked: false })
    }
  }, button)
}
const dialogsSaid = (electron: ElectronApplication) =>
  electron.evaluate(() => (globalThis as unknown as { said: string[] }).said)

/** Executable, Chromium's switches and the folder of the program, as the other tests start it. */
function electronWords(): readonly string[] {
  const given = JSON.parse(process.env['STRIKELINE_ELECTRON'] ?? '[]') as string[]
  return [...given, join(import.meta.dirname, '..', '..')]
}

/** Starts the program, waits for what it says before its dialog is answered, and ends it as an operator who logs out does. */
async function startRefused(dataFolder: string, words: RegExp): Promise<void> {
  const [executable, ...args] = electronWords()
  const program = spawn(executable!, [...args, '--data', dataFolder], { cwd: dataFolder })
  let stderr = ''
  program.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await expect.poll(() => stderr).toMatch(words)
  program.kill('SIGTERM')
  expect(await new Promise((done) => program.once('exit', done))).toBe(1)
}

test.describe('a file that is not a database', () => {
  const TEXT = 'machine,site\n'.repeat(2000)

  test('is named on standard error, is left alone, and the program fails', async ({ dataFolder }) => {
    const file = join(dataFolder, 'strikeline.db')
    writeFileSync(file, TEXT)
    await startRefused(dataFolder, /^strikeline: .*strikeline\.db/m)
    expect(readFileSync(file, 'utf8')).toBe(TEXT)
  })
})

test('a machine of which one bit has changed on the disk is named, and no figure is shown', async ({
  dataFolder,
}) => {
  const at = { cwd: dataFolder }
  const fleet = 'id,model,hashrate_ths,power_w,site,power_price_usd_kwh\nA1,Odd machine,100,3000,North,0.05\n'
  writeFileSync(join(dataFolder, 'fleet.csv'), fleet)
  expect(await commandLine(['import', 'fleet.csv', '--data', dataFolder], at)).toMatchObject({ exitCode: 0 })
  const file = join(dataFolder, 'strikeline.db')
  const bytes = readFileSync(file)
  bytes[bytes.indexOf('Odd machine')]! ^= 1
  writeFileSync(file, bytes)
  await startRefused(
    dataFolder,
    /^strikeline: .*strikeline\.db is damaged \(the row 1 of its table "machine" /m,
  )
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('a crashed page comes back once, with a message, and the data with it', async ({ app }) => {
  const { electron, window } = app
  await answerDialogs(electron, 0)
  await window.evaluate(() => (globalThis as unknown as PageWithApi).api.fleet.loadSample({}))
  const askPage = (code: string) =>
    electron.evaluate(
      ({ BrowserWindow }, asked) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(asked) as Promise<unknown>,
      code,
    )
  const machines = 'api.fleet.read({ have: null }).then((fleet) => fleet.value.rows)'
  const before = await askPage(machines)
  expect(before).toBeGreaterThan(0)
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(() => dialogsSaid(electron)).toEqual([expect.stringContaining('loaded again')])
  expect(await askPage(machines)).toBe(before)
})

test('undo in the menu takes back typing in a text field, and the fleet’s last change elsewhere', async ({
  app,
}) => {
  const { electron, window } = app
  const choose = (id: string) =>
    electron.evaluate(({ Menu }, chosen) => {
      Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click()
    }, id)
  const machines = () =>
    window.evaluate(async () => {
      const fleet = await (globalThis as unknown as PageWithApi).api.fleet.read({ have: null })
      return fleet.ok ? fleet.value.rows : null
    })
  await window.evaluate(async () => {
    await (globalThis as unknown as PageWithApi).api.fleet.loadSample({})
    const field = document.createElement('input')
    field.id = 'typed'
    document.body.append(field)
    field.focus()
  })
  await window.keyboard.type('abc')
  const value = () => window.locator('#typed').inputValue()
  expect(await value()).toBe('abc')
  await choose('undo')
  await expect.poll(value).not.toBe('abc')
  expect(await machines()).toBeGreaterThan(0)
  await expect(window.getByRole('treegrid', { name: 'Fleet' })).toBeVisible()

  await window.evaluate(() => {
    ;(document.activeElement as HTMLElement).blur()
  })
  await choose('undo')
  await expect.poll(machines).toBe(0)
})

test('the theme chosen in the menu is stored, and the next start opens in it', async ({ app, launch }) => {
  await expect(app.window.getByRole('button', { name: 'Use the sample fleet' })).toBeVisible()
  // The menu knows by then what has nothing to do: the window listens to it.
  await expect
    .poll(() =>
      app.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('undo')?.enabled),
    )
    .toBe(false)
  await app.electron.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('theme-dark')?.click()
  })
  const themeOf = ({ electron }: typeof app) =>
    electron.evaluate(({ nativeTheme }) => nativeTheme.themeSource)
  await expect.poll(() => themeOf(app)).toBe('dark')
  await app.close()
  const again = await launch()
  expect(await themeOf(again)).toBe('dark')
  const settings = await again.window.evaluate(() =>
    (globalThis as unknown as PageWithApi).api.settings.read({}),
  )
  expect(settings).toMatchObject({ ok: true, value: { theme: 'dark' } })
})

const reportOn = (paper: 'A4' | 'Letter') => ({
  template: { name: 'One page', title: 'Mining position', sections: ['position' as const], paper },
  asOfMs: null,
  scenario: null,
})

test('the report is printed on the paper that was asked for, and no window is left', async ({
  app,
  dataFolder,
}) => {
  const { electron, window } = app
  await window.evaluate(() => (globalThis as unknown as PageWithApi).api.fleet.loadSample({}))
  for (const [paper, sizePt] of [
    ['A4', [595.28, 841.89]],
    ['Letter', [612, 792]],
  ] as const) {
    const file = join(dataFolder, `${paper}.pdf`)
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, file)
    const saved = await window.evaluate(
      (asked) => (globalThis as unknown as PageWithApi).api.report.save(asked),
      reportOn(paper),
    )
    expect(saved).toMatchObject({ ok: true, value: { fileName: `${paper}.pdf` } })
    const pdf = readFileSync(file, 'latin1')
    expect(pdf.startsWith('%PDF-')).toBe(true)
    const [, ...size] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? []
    // Chromium's grid is a quarter of a millimetre.
    sizePt.forEach((points, i) => expect(Math.abs(Number(size[i]) - points)).toBeLessThan(0.75))
  }
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(readdirSync(dataFolder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

test('a dialog that is closed changes nothing', async ({ app }) => {
  await app.electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] })
  })
  const answers = await app.window.evaluate(async (asked) => {
    const { api } = globalThis as unknown as PageWithApi
    return [await api.import.choose({}), await api.fleet.exportCsv({}), await api.report.save(asked)]
  }, reportOn('A4'))
  expect(answers).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
    { ok: true, value: null },
  ])
})

test('another screen begins at its top', async ({ app: { window } }) => {
  const place = (name: string) =>
    window.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name }).click()
  await place('Data')
  // Before it is there, there is nothing to scroll.
  await expect(window.getByRole('table', { name: 'Values' })).toBeVisible()
  await window.getByRole('main').evaluate((main) => main.scrollTo(0, main.scrollHeight))
  await expect(window.getByRole('heading', { name: 'Data' })).not.toBeInViewport()
  await place('Settings')
  await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeInViewport()
})

test('a message covers neither the buttons of a dialog nor anything of a screen', async ({
  app,
  dataFolder,
}) => {
  const { electron, window } = app
  const path = join(dataFolder, 'many.csv')
  const rows = Array.from({ length: 40 }, (_, i) => `z${i},Antminer S21 200T,0.5`)
  writeFileSync(path, ['id,model,pool_fee', ...rows, ''].join('\n'))
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
  await window.getByRole('button', { name: 'Use the sample fleet' }).click()
  const message = window.getByRole('region', { name: 'Messages' }).getByText('The sample fleet is loaded.')
  await expect(message).toBeVisible()
  const topOf = async () => (await window.locator('.toasts').boundingBox())!.y
  const bottomOf = async (part: Locator) => {
    const box = (await part.boundingBox())!
    return box.y + box.height
  }
  await expect
    .poll(async () => (await bottomOf(window.getByRole('main'))) - (await topOf()))
    .toBeLessThanOrEqual(0)
  await window.getByRole('button', { name: 'Import' }).first().click()
  const importing = window.locator('.dialog').getByRole('button', { name: /^(Import|Replace the fleet) \(/ })
  await expect(importing).toBeInViewport({ ratio: 1 })
  await expect(message).toBeVisible()
  await expect
    .poll(async () => (await bottomOf(window.locator('.dialog'))) - (await topOf()))
    .toBeLessThanOrEqual(0)
  // Once it is gone its room is the screen's again.
  await window.keyboard.press('Escape')
  await expect
    .poll(() => window.evaluate(() => document.documentElement.hasAttribute('data-messages')), {
      timeout: 30_000,
    })
    .toBe(false)
})
