import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CliHost } from '#electron/cli/index.ts'
import { repository, repositoryVersion } from './repository.ts'

/** `npm run -s cli -- <command> …`: the command line from source, in this process, without Electron. Started by cli.js. */

/** npm starts scripts in the package's folder; paths are relative to the operator's folder. */
const cwd = process.env['INIT_CWD'] ?? process.cwd()
const argv = process.argv.slice(2)
// Only printing a report needs Chromium; its name and help do not, nor what is done with those that were printed.
const isToPrint = argv.some((word) => word === '--pdf' || word.startsWith('--pdf='))
const printsPage =
  argv[0] === 'report' && argv[1]?.startsWith('-') === true && isToPrint && !argv.includes('--help')
process.exitCode = printsPage ? await runInElectron() : await runHere()

async function runHere(): Promise<number> {
  const host: CliHost = {
    cwd,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    dataFolder: join(applicationDataFolder(), 'Strikeline'),
    assetsFolder: join(repository, 'assets'),
    workerUrl: pathToFileURL(join(repository, 'tools', 'store-worker.js')),
    simulationWorkerUrl: pathToFileURL(join(repository, 'electron', 'threads', 'simulate-worker.ts')),
    version: repositoryVersion(),
  }
  const { runCli } = await import('#electron/cli/index.ts')
  return runCli(argv, host)
}

/** Hands the same words to the built program. */
async function runInElectron(): Promise<number> {
  const { ensureRuntime, say } = await import('./runtime/ensure-runtime.ts')
  try {
    const { build } = await import('./build.ts')
    const { withUnseenDisplay } = await import('./runtime/display.ts')
    const { run } = await import('./processes.ts')
    const runtime = await ensureRuntime({ forTests: false })
    await build(say)
    const args = [...runtime.switches, repository, ...argv]
    return await withUnseenDisplay((env) => run(runtime.executable, args, { cwd, env, stdio: 'inherit' }))
  } catch (error) {
    say(`strikeline: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

/** Where the operating system keeps programs' data: the folder that Electron calls appData. */
function applicationDataFolder(): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
}
