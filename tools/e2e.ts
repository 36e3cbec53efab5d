import { build } from './build.ts'
import { run } from './processes.ts'
import { installed, repository } from './repository.ts'
import { unseenDisplay } from './runtime/display.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm run e2e [-- arguments of playwright test]`: the built program in the real Electron. */

try {
  const runtime = await ensureRuntime({ forTests: true })
  await build(say)
  const playwright = [
    process.execPath,
    installed('@playwright', 'test', 'cli.js'),
    'test',
    ...process.argv.slice(2),
  ]
  const words = [...unseenDisplay(), ...playwright]
  process.exitCode = await run(words[0]!, words.slice(1), {
    cwd: repository,
    stdio: 'inherit',
    env: { STRIKELINE_ELECTRON: JSON.stringify([runtime.executable, ...runtime.switches]) },
  })
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
