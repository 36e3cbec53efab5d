import { build } from './build.ts'
import { run } from './processes.ts'
import { repository } from './repository.ts'
import { seenDisplay } from './runtime/display.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm start [-- arguments]`: builds what changed and opens the program from source. */

try {
  const runtime = await ensureRuntime({ forTests: false })
  await build(say)
  const words = [
    ...seenDisplay(say),
    runtime.executable,
    ...runtime.switches,
    repository,
    ...process.argv.slice(2),
  ]
  // npm starts scripts in the package's folder; paths are meant from where the operator stands.
  const cwd = process.env['INIT_CWD'] ?? process.cwd()
  process.exitCode = await run(words[0]!, words.slice(1), { cwd, stdio: 'inherit' })
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
