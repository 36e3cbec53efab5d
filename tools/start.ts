import { build } from './build.ts'
import { run } from './processes.ts'
import { repository } from './repository.ts'
import { withSeenDisplay } from './runtime/display.ts'
import { ensureRuntime, say } from './runtime/ensure-runtime.ts'

/** `npm start [-- arguments]`: builds what changed and opens the program from source. */

try {
  const runtime = await ensureRuntime({ forTests: false })
  if (runtime.note !== null) say(runtime.note)
  await build(say)
  const args = [...runtime.switches, repository, ...process.argv.slice(2)]
  // npm starts scripts in the package's folder; paths are meant from where the operator stands.
  const cwd = process.env['INIT_CWD'] ?? process.cwd()
  process.exitCode = await withSeenDisplay(say, (env) =>
    run(runtime.executable, args, { cwd, env, stdio: 'inherit' }),
  )
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
