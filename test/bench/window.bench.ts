import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import type { CDPSession, ElectronApplication, Page } from '@playwright/test'
import { build } from '#tools/build.ts'
import type { BenchRow } from '#tools/bench-row.ts'
import { repository } from '#tools/repository.ts'
import { withUnseenDisplay } from '#tools/runtime/display.ts'
import { ensureRuntime, say } from '#tools/runtime/ensure-runtime.ts'
import type { Runtime } from '#tools/runtime/ensure-runtime.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import { fleetCsv } from './fleets.ts'

/** The program in its window: how long until it shows something, what it holds, and what a hand on it costs. */

const STARTS = 7
const STEPS = 60
const SORTS = 12
const FRAME_MS = 1000 / 60
const SORT_LIMIT_MS = 50

/** A window with one heading on the same runtime: what cannot be undercut. */
const BARE_MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 833, webPreferences: { sandbox: true } })
  window.loadFile(require('node:path').join(__dirname, 'index.html'))
})`
const BARE_PAGE = '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Bare</h1>'

const NETWORK = [
  ['height', 925_000],
  ['difficulty', 1.5e14],
  ['priceUsdPerBtc', 88_300],
  ['feesBtcPerBlock', 0.02],
  ['epochBlocks', 1672],
  ['epochSeconds', 1_003_200],
] as const

/** A data folder with so many machines, a typed network, and nobody to ask. */
async function dataFolder(folder: string, machines: number): Promise<string> {
  mkdirSync(folder)
  const csv = join(folder, 'fleet.csv')
  writeFileSync(csv, fleetCsv(machines))
  const root = new URL('../../', import.meta.url)
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: new URL('electron/store/sqlite/worker.ts', root),
    assetsFolder: fileURLToPath(new URL('assets', root)),
  })
  try {
    const { token } = await store.previewImport(csv)
    await store.confirmImport(token, 'replace')
    for (const [name, value] of NETWORK) await store.typeNetworkValue(name, value, Date.now())
    await store.writeSettings({ autoRefresh: false })
  } finally {
    await store.close()
  }
  return folder
}

type Opened = { readonly app: ElectronApplication; readonly window: Page; readonly shownMs: number }

/** Starts a program and waits until its page shows what is meant. */
async function open(
  args: readonly string[],
  display: Record<string, string>,
  shows: string,
): Promise<Opened> {
  const start = performance.now()
  const app = await _electron.launch({
    args: [...args],
    env: { ...(process.env as Record<string, string>), ...display },
  })
  const window = await app.firstWindow()
  await window.waitForSelector(shows)
  return { app, window, shownMs: performance.now() - start }
}

/** Working sets of all processes of a program, a few seconds after it has come to rest; shared pages count for each. */
async function memoryMb({ app, window }: Opened): Promise<number> {
  await window.waitForTimeout(3000)
  const kilobytes = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  )
  return kilobytes / 1024
}

/** What the page's main thread worked on since the last look, ms. */
async function mainThread(window: Page): Promise<() => Promise<number>> {
  const session: CDPSession = await window.context().newCDPSession(window)
  await session.send('Performance.enable')
  let before = 0
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const now = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000
    const worked = now - before
    before = now
    return worked
  }
}

/** Repeats something in the page, lets it repaint, and gives the 95th percentile of what each cost the main thread, ms. */
async function p95(window: Page, times: number, act: (i: number) => Promise<unknown>): Promise<number> {
  const worked = await mainThread(window)
  const costs: number[] = []
  for (let i = -3; i < times; i++) {
    await window.waitForTimeout(60)
    await worked()
    await act(i)
    await window.waitForTimeout(150)
    const cost = await worked()
    // The first ones warm up.
    if (i >= 0) costs.push(cost)
  }
  return costs.sort((a, b) => a - b)[Math.ceil(costs.length * 0.95) - 1]!
}

/** A slider is moved in the page itself, so that nothing but the program's own work is counted. */
const moveSlider = (window: Page, i: number) =>
  window.evaluate((step) => {
    const page = globalThis as unknown as { document: { querySelector(css: string): unknown } }
    const slider = page.document.querySelector('input[type=range][aria-label="Bitcoin price"]') as {
      min: string
      max: string
      dispatchEvent(event: Event): boolean
    }
    const [low, high] = [Number(slider.min), Number(slider.max)]
    const prototype = Object.getPrototypeOf(slider) as object
    Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(
      slider,
      String(low + ((high - low) * (20 + ((step * 7) % 60))) / 100),
    )
    slider.dispatchEvent(new Event('input', { bubbles: true }))
  }, i)

async function measured(runtime: Runtime, display: Record<string, string>): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    const bare = join(folder, 'bare')
    mkdirSync(bare)
    writeFileSync(join(bare, 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.cjs"}')
    writeFileSync(join(bare, 'main.cjs'), BARE_MAIN)
    writeFileSync(join(bare, 'index.html'), BARE_PAGE)
    const small = await dataFolder(join(folder, 'small'), 10_000)
    const large = await dataFolder(join(folder, 'large'), 100_000)

    const programs = [
      { args: [...runtime.switches, repository, '--data', small], shows: '[role=grid] [role=gridcell]' },
      { args: [...runtime.switches, bare], shows: 'h1' },
    ]
    const startMs = programs.map(() => Infinity)
    const megabytes = programs.map(() => Infinity)
    for (let round = 0; round < STARTS; round++) {
      for (const [i, { args, shows }] of programs.entries()) {
        const opened = await open(args, display, shows)
        startMs[i] = Math.min(startMs[i]!, opened.shownMs)
        megabytes[i] = Math.min(megabytes[i]!, await memoryMb(opened))
        await opened.app.close()
      }
    }

    const busy = await open(
      [...runtime.switches, repository, '--data', large],
      display,
      '[role=grid] [role=gridcell]',
    )
    await busy.window.waitForTimeout(3000)
    const slider = await p95(busy.window, STEPS, (i) => moveSlider(busy.window, i))
    const headers = busy.window.getByRole('columnheader').getByRole('button')
    const columns = await headers.count()
    const sort = await p95(busy.window, SORTS, (i) =>
      headers.nth((i + columns) % columns).evaluate((button) => {
        ;(button as unknown as { click(): void }).click()
      }),
    )
    await busy.app.close()
    return [
      {
        what: 'start to the first row with a margin, 10 000 machines',
        measured: startMs[0]!,
        against: 'a bare window with a heading',
        againstMeasured: startMs[1]!,
        goal: 1.35,
      },
      {
        what: 'memory of all processes then',
        unit: 'MB',
        measured: megabytes[0]!,
        against: 'the bare window',
        againstMeasured: megabytes[1]!,
        goal: 1.35,
      },
      {
        what: 'a step of the slider to repaint, 100 000 machines, p95 of main-thread work',
        measured: slider,
        against: 'a frame at 60 Hz',
        againstMeasured: FRAME_MS,
        goal: 1,
      },
      {
        what: 'a sort of 100 000 rows to repaint, p95 of main-thread work',
        measured: sort,
        against: `${SORT_LIMIT_MS} ms`,
        againstMeasured: SORT_LIMIT_MS,
        goal: 1,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function run(): Promise<readonly BenchRow[]> {
  const runtime = await ensureRuntime({ forTests: true })
  await build(say)
  if (!runtime.isDeclared) process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(runtime.executable)
  return withUnseenDisplay((display) => measured(runtime, { ...display }))
}
