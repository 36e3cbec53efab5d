import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from './build.ts'
import type { PlaywrightReport } from './e2e-report.ts'
import { isWorthRepeating, withRepeated } from './e2e-report.ts'
import { run } from './processes.ts'
import { installed, repository } from './repository.ts'
import { withUnseenDisplays } from './runtime/display.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm run e2e [-- arguments of playwright test]`: the built program in the real Electron. */

const results = process.env['STRIKELINE_RESULTS'] ?? join(repository, 'out', 'results')
const read = (report: string) => JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport

/** Programs side by side. A test waits for one half of its time, so that two fill two cores and do not wait for each other. */
const AT_ONCE = Math.min(2, availableParallelism())

try {
  const runtime = await ensureRuntime({ forTests: true })
  if (runtime.note !== null) say(runtime.note)
  await build(say)
  const playwright = [installed('@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)]
  const electron = {
    STRIKELINE_ELECTRON: JSON.stringify([runtime.executable, ...runtime.switches]),
    // Playwright finds Electron by its package, which takes another distribution's folder from here.
    ...(runtime.isDeclared ? {} : { ELECTRON_OVERRIDE_DIST_PATH: dirname(runtime.executable) }),
  }
  process.exitCode = await withUnseenDisplays(AT_ONCE, async (displays) => {
    const play = (on: typeof displays, report: string, ...more: readonly string[]) =>
      run(process.execPath, [...playwright, ...more], {
        cwd: repository,
        env: {
          ...electron,
          ...on[0],
          STRIKELINE_DISPLAYS: JSON.stringify(on),
          STRIKELINE_REPORT: report,
        },
        stdio: 'inherit',
      })
    const [first, again] = [join(results, 'playwright.json'), join(results, 'playwright-alone.json')]
    const code = await play(displays, first)
    if (code === 0 || displays.length < 2 || !isWorthRepeating(read(first))) return code
    say('What failed beside another program is run again, alone: that is what counts.')
    const codeAlone = await play(displays.slice(0, 1), again, '--last-failed')
    writeFileSync(first, JSON.stringify(withRepeated(read(first), read(again))))
    return codeAlone
  })
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
