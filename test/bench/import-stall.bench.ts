import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { build } from '#tools/build.ts'
import type { BenchRow } from '#tools/bench-row.ts'
import { repository } from '#tools/repository.ts'
import { withUnseenDisplay } from '#tools/runtime/display.ts'
import { ensureRuntime, say } from '#tools/runtime/ensure-runtime.ts'
import type { Runtime } from '#tools/runtime/ensure-runtime.ts'
import { fleetCsv } from './fleets.ts'
import { dataFolder, FIRST_ROW, open } from './window.ts'

/** How long the main process and the page hold still, at the longest, while a large file is imported in the window. */

const ROWS = 100_000
const LIMIT_MS = 50
const LOOK_MS = 5

async function measured(runtime: Runtime, display: Record<string, string>): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-bench-'))
  try {
    const data = await dataFolder(join(folder, 'data'), 1000)
    const csv = join(folder, 'large.csv')
    writeFileSync(csv, fleetCsv(ROWS))
    const { app, window } = await open([...runtime.switches, repository, '--data', data], display, FIRST_ROW)
    await window.waitForTimeout(2000)
    await app.evaluate(
      ({ dialog }, [path, everyMs]) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
        const watch = { last: performance.now(), longest: 0 }
        ;(globalThis as unknown as { watch: typeof watch }).watch = watch
        setInterval(() => {
          const now = performance.now()
          watch.longest = Math.max(watch.longest, now - watch.last - (everyMs as number))
          watch.last = now
        }, everyMs as number)
      },
      [csv, LOOK_MS] as const,
    )
    await window.evaluate((everyMs) => {
      const watch = { last: performance.now(), longest: 0 }
      ;(globalThis as unknown as { watch: typeof watch }).watch = watch
      setInterval(() => {
        const now = performance.now()
        watch.longest = Math.max(watch.longest, now - watch.last - everyMs)
        watch.last = now
      }, everyMs)
    }, LOOK_MS)
    await window.getByRole('button', { name: 'Import…' }).first().click()
    const dialog = window.getByRole('dialog')
    await dialog.getByRole('button', { name: /^Import \(/ }).click({ timeout: 120_000 })
    await window.getByText(/row(s)? added/).waitFor({ timeout: 120_000 })
    const longest = () => (globalThis as unknown as { watch: { longest: number } }).watch.longest
    const [main, page] = [await app.evaluate(longest), await window.evaluate(longest)]
    await app.close()
    const row = (who: string, stallMs: number): BenchRow => ({
      what: `longest stall of ${who} during an import of ${ROWS} rows in the window`,
      measured: stallMs,
      against: `${LIMIT_MS} ms`,
      againstMeasured: LIMIT_MS,
      goal: 1,
    })
    return [row('the main process', main), row('the page', page)]
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
