import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  _electron,
  type ElectronApplication,
  expect,
  type Locator,
  type Page,
  test as base,
} from '@playwright/test'

export { expect }

const repository = resolve(import.meta.dirname, '..', '..')

// Each worker has a display of its own.
const displays = JSON.parse(process.env['STRIKELINE_DISPLAYS'] ?? '[]') as readonly Record<string, string>[]
Object.assign(process.env, displays[Number(process.env['TEST_PARALLEL_INDEX'])])

/** The program while it runs. */
export type RunningApp = {
  readonly electron: ElectronApplication
  readonly window: Page
  /** what the page reported as faults since the start: uncaught errors, errors on its console */
  readonly faults: readonly string[]
  /** Quits like the operator does, and waits until the process is gone. */
  close(): Promise<void>
}

export type LaunchOptions = {
  /** default: the test's own folder */
  readonly dataFolder?: string
  /** further arguments of the program */
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** default: the built program on the Electron of this checkout; else the executable of a packaged one */
  readonly executable?: string
}

type Fixtures = {
  /** an empty folder, gone after the test */
  readonly dataFolder: string
  /** Starts the program; a test that starts it twice does so one after the other. */
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>
  /** the program, started on the empty folder */
  readonly app: RunningApp
  /** set by a test that provokes faults in the page on purpose */
  readonly faultsAreMeant: boolean
}

/** Each test has a data folder of its own, and fails if a page reported a fault. */
export const test = base.extend<Fixtures>({
  faultsAreMeant: [false, { option: true }],

  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  dataFolder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'strikeline-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  launch: async ({ dataFolder, faultsAreMeant }, use) => {
    const started: RunningApp[] = []
    await use(async (options = {}) => {
      const app = await start({ dataFolder, ...options })
      started.push(app)
      return app
    })
    for (const app of started) await app.close()
    if (!faultsAreMeant) expect(started.flatMap((app) => app.faults)).toEqual([])
  },

  app: async ({ launch }, use) => use(await launch()),
})

async function start(options: LaunchOptions & { readonly dataFolder: string }): Promise<RunningApp> {
  const [, ...switches] = electronFromEnvironment()
  const program = options.executable === undefined ? [repository] : []
  // From source Playwright starts Electron itself, and holds it back until it has attached.
  const packaged = options.executable === undefined ? null : heldBack(options.executable)
  const electron = await _electron.launch({
    ...(packaged === null ? {} : { executablePath: packaged.executable }),
    args: [...switches, ...program, '--data', options.dataFolder, ...(options.args ?? [])],
    cwd: options.dataFolder,
    env: { ...definedEnvironment(), ...options.env, ...packaged?.env },
  })
  const faults: string[] = []
  electron.on('window', (page) => noteFaults(page, faults))
  const window = await electron.firstWindow()
  noteFaults(window, faults)
  await window.waitForLoadState('load')

  let closed: Promise<void> | undefined
  return {
    electron,
    window,
    faults,
    close: () => (closed ??= electron.close()),
  }
}

/** A packaged program, to be attached to once its page is there. */
function heldBack(executable: string): { readonly executable: string; readonly env: Record<string, string> } {
  // Windows starts no script by its name.
  if (process.platform === 'win32') return { executable, env: {} }
  return {
    executable: join(import.meta.dirname, 'held-back.js'),
    env: { STRIKELINE_HELD_BACK: executable },
  }
}

const watched = new WeakSet<Page>()
function noteFaults(page: Page, faults: string[]): void {
  if (watched.has(page)) return
  watched.add(page)
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
}

/** Executable and switches, as tools/e2e.ts found them. */
function electronFromEnvironment(): readonly string[] {
  const given = process.env['STRIKELINE_ELECTRON']
  if (given === undefined)
    throw new Error('STRIKELINE_ELECTRON is not set: start these tests with npm run e2e')
  return JSON.parse(given) as string[]
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/**
 * Stores what is typed with Enter. A value far from the one before, or one that alters much of the advice, is asked about: then it is
 * said to be right.
 * @param stored seen once it is stored
 */
export async function enter(window: Page, stored: Locator): Promise<void> {
  await window.keyboard.press('Enter')
  const yes = window.getByRole('button', { name: /^Yes, use/ })
  await expect(yes.or(stored).first()).toBeVisible()
  if (await yes.isVisible()) await yes.click()
  await expect(stored.first()).toBeVisible()
}
