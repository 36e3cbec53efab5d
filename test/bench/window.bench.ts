import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { build } from '#tools/build.ts'
import type { BenchRow } from '#tools/bench-row.ts'
import { repository } from '#tools/repository.ts'
import { withUnseenDisplay } from '#tools/runtime/display.ts'
import { ensureRuntime, say } from '#tools/runtime/ensure-runtime.ts'
import type { Runtime } from '#tools/runtime/ensure-runtime.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { benchFleet } from './fleets.ts'
import type { Step } from './window.ts'
import {
  costs,
  dataFolder,
  drag,
  FIRST_ROW,
  memoryMb,
  moveSlider,
  open,
  pageBytes,
  quantile,
  stepsToPicture,
} from './window.ts'

/** The program in its window: how long until it shows something, what it holds, and what a hand on it costs. */

const STARTS = 7
const STEPS = 60
/** each column that can be sorted is asked often enough for a percentile of all */
const SORTS = 70
const FILTERS = 60
const LARGE = 100_000
const FRAME_MS = 1000 / 60
const LIMIT_MS = 50
const MB = 1e6
/** sooner than the rows are put in order after a move */
const DRAGGED_MS = 80
/** a step under contracts: how often, how long until nothing of it is left to do, how long its picture may take */
const CLEARED_STEPS = 6
const SETTLED_MS = 6000
const CLEARED_MS = 600
const CLEARED_PICTURES = 20
const PICTURED_MS = 1500

const tookOf = (steps: readonly Step[]) => steps.map(({ tookMs }) => tookMs)
const worksOf = (steps: readonly Step[]) => steps.map(({ workedMs }) => workedMs)

/** A window with one heading on the same runtime: what cannot be undercut. */
const BARE_MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 833, webPreferences: { sandbox: true } })
  window.loadFile(require('node:path').join(__dirname, 'index.html'))
})`
const BARE_PAGE = '<!doctype html><meta charset="utf-8"><title>Bare</title><h1>Bare</h1>'

async function starts(
  runtime: Runtime,
  display: Record<string, string>,
  folder: string,
): Promise<readonly BenchRow[]> {
  const bare = join(folder, 'bare')
  mkdirSync(bare)
  writeFileSync(join(bare, 'package.json'), '{"name":"bare","version":"1.0.0","main":"main.cjs"}')
  writeFileSync(join(bare, 'main.cjs'), BARE_MAIN)
  writeFileSync(join(bare, 'index.html'), BARE_PAGE)
  const small = await dataFolder(join(folder, 'small'), 10_000)
  const programs = [
    { args: [...runtime.switches, repository, '--data', small], shows: FIRST_ROW },
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
      goal: 1.25,
    },
  ]
}

const limited = (what: string, measured: number): BenchRow => ({
  what,
  measured,
  against: `${LIMIT_MS} ms`,
  againstMeasured: LIMIT_MS,
  goal: 1,
})

/**
 * What a hand costs, and what the process of the page and its worker holds beyond what it holds for one machine: buffers, and what
 * the allocator keeps of those that are gone. What the engine itself holds is counted by its test.
 */
async function inUse(
  runtime: Runtime,
  display: Record<string, string>,
  folder: string,
): Promise<readonly BenchRow[]> {
  const one = await dataFolder(join(folder, 'one'), 1)
  const large = await dataFolder(join(folder, 'large'), LARGE)
  const few = await open([...runtime.switches, repository, '--data', one], display, FIRST_ROW)
  await few.window.waitForTimeout(3000)
  const leastBytes = await pageBytes(few)
  await few.app.close()

  const opened = await open([...runtime.switches, repository, '--data', large], display, FIRST_ROW)
  const { app, window } = opened
  await window.waitForTimeout(3000)
  const held = (await pageBytes(opened)) - leastBytes
  const slider = await costs(window, STEPS, (i) => moveSlider(window, i))
  const step = await costs(window, STEPS, (i) => moveSlider(window, i), DRAGGED_MS)
  const single = await stepsToPicture(window, STEPS, 250)
  const dragged = await drag(window, 2 * STEPS)
  await window.getByRole('button', { name: 'Reset' }).click()
  const headers = window.getByRole('columnheader').getByRole('button')
  const columns = await headers.count()
  const sort = await costs(window, SORTS, (i) =>
    headers.nth((i + columns) % columns).evaluate((button) => {
      ;(button as HTMLButtonElement).click()
    }),
  )
  const search = window.getByRole('searchbox')
  const filter = await costs(window, FILTERS, (i) => search.fill(`${(i + 10) % 37}`))
  await search.fill('')
  await app.close()
  const packedBytes = packMachines(benchFleet(LARGE).machines).buffer.byteLength
  return [
    {
      what: 'a step of the slider to its picture, 100 000 machines, p95 of main-thread work',
      measured: quantile(worksOf(single), 0.95),
      against: 'a frame at 60 Hz',
      againstMeasured: FRAME_MS,
      goal: 1,
    },
    {
      what: 'a step of the slider to rest, 100 000 machines, p95 of main-thread work',
      measured: quantile(slider, 0.95),
      against: 'a frame at 60 Hz',
      againstMeasured: FRAME_MS,
      goal: 1,
    },
    {
      what: 'the same while dragged, before the rows are put in order, p95',
      measured: quantile(step, 0.95),
      against: 'a frame at 60 Hz',
      againstMeasured: FRAME_MS,
      goal: 1,
    },
    limited('a step from input to the painted picture, p95', quantile(tookOf(single), 0.95)),
    limited(
      `a drag, an input each frame, ${dragged.dropped} of ${2 * STEPS} dropped, p95`,
      quantile(dragged.tookMs, 0.95),
    ),
    limited('a sort of 100 000 rows, p95 of main-thread work', quantile(sort, 0.95)),
    limited('a search in 100 000 rows, p95 of main-thread work', quantile(filter, 0.95)),
    {
      what: 'working set of the page and its worker beyond that for one machine, 100 000 machines, ids with it',
      unit: 'MB',
      measured: held / MB,
      against: 'the packed columns without ids',
      againstMeasured: packedBytes / MB,
      goal: 1.5,
    },
  ]
}

/** A hand on the price where every site has a contract, so that each step clears twenty sites. */
async function underContracts(
  runtime: Runtime,
  display: Record<string, string>,
  folder: string,
): Promise<readonly BenchRow[]> {
  const data = await dataFolder(join(folder, 'contracts'), LARGE, true)
  const { app, window } = await open([...runtime.switches, repository, '--data', data], display, FIRST_ROW)
  await window.waitForTimeout(SETTLED_MS)
  const pictures = await stepsToPicture(window, CLEARED_PICTURES, PICTURED_MS)
  const slider = await costs(window, CLEARED_STEPS, (i) => moveSlider(window, i), SETTLED_MS)
  await app.close()
  return [
    {
      what: `a step of the slider to its picture, 100 000 machines under contracts, most of ${CLEARED_PICTURES} of main-thread work`,
      measured: Math.max(...worksOf(pictures)),
      against: 'a frame at 60 Hz',
      againstMeasured: FRAME_MS,
      goal: 1,
    },
    {
      what: `a step of the slider to rest, 100 000 machines under contracts, most of ${CLEARED_STEPS} of main-thread work`,
      measured: Math.max(...slider),
      against: 'a frame at 60 Hz',
      againstMeasured: FRAME_MS,
      goal: 1,
    },
    {
      what: `the same from input to the painted picture, most of ${CLEARED_PICTURES}`,
      measured: Math.max(...tookOf(pictures)),
      against: `${CLEARED_MS} ms`,
      againstMeasured: CLEARED_MS,
      goal: 1,
    },
  ]
}

async function measured(runtime: Runtime, display: Record<string, string>): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    return [
      ...(await starts(runtime, display, folder)),
      ...(await inUse(runtime, display, folder)),
      ...(await underContracts(runtime, display, folder)),
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
