import { dirname } from 'node:path'
import { build } from './build.ts'
import { run } from './processes.ts'
import { installed, repository } from './repository.ts'
import { withUnseenDisplay } from './runtime/display.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm run e2e [-- arguments of playwright test]`: the built program in the real Electron. */

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
  process.exitCode = await withUnseenDisplay((display) =>
    run(process.execPath, playwright, {
      cwd: repository,
      env: { ...electron, ...display },
      stdio: 'inherit',
    }),
  )
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
