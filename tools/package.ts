import { globSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import type { Configuration } from 'electron-builder'
import { EXPECTED_FUSES } from '#electron/security/fuses.ts'
import { build } from './build.ts'
import { makeDeb } from './deb/make-deb.ts'
import { debOrder } from './deb/order.ts'
import { findProgram } from './processes.ts'
import { checkRelease } from './release-check.ts'
import { installed, repository } from './repository.ts'
import { cacheFolder } from './runtime/cache.ts'
import {
  type DeclaredElectron,
  declaredElectron,
  declaredElectronVersion,
} from './runtime/declared-electron.ts'
import { ensureRuntime, type Runtime, say } from './runtime/ensure-runtime.ts'
import { OLDER_ELECTRON } from './runtime/older-electron.ts'
import { useShippedSqlite } from './runtime/sqlite-for-older-electron.ts'

type Fuses = Readonly<Record<keyof typeof EXPECTED_FUSES, boolean>>

/** A test build differs in this one fuse: the end-to-end tests attach through it. It is never shipped. */
const TEST_FUSES: Fuses = { ...EXPECTED_FUSES, enableNodeCliInspectArguments: true }

const testFolder = join(repository, 'dist', 'test')

/** Folder of this platform's unpacked program → its executable. */
const EXECUTABLES = {
  linux: 'linux-unpacked/strikeline',
  win32: 'win-unpacked/Strikeline.exe',
  darwin: 'mac*/Strikeline.app',
} as const

/**
 * The declared Electron's executable.
 *
 * @throws where it cannot be had: the older one that stands in for it is for trials and tests
 */
export function releasable(electron: DeclaredElectron): string {
  if ('executable' in electron) return electron.executable
  throw new Error(
    `A release is packaged with Electron ${declaredElectronVersion()} and not with the older ` +
      `${OLDER_ELECTRON.version} that stands in for it. ${electron.reason}.`,
  )
}

/** Packages for this platform, for release. */
async function packageRelease(): Promise<void> {
  releasable(await declaredElectron(cacheFolder(), say))
  await useShippedSqlite()
  await checkRelease()
  const { build: packageWith } = await import('electron-builder')
  const artifacts = await packageWith({ projectDir: repository, publish: 'never' })
  await checkFuses(executableIn(join(repository, 'dist')), EXPECTED_FUSES)
  for (const artifact of [...artifacts, ...(await debianPackage())]) console.log(artifact)
}

/** The Debian package of what was packaged; none where dpkg-deb is not there, which is said. */
async function debianPackage(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  if (findProgram('dpkg-deb') === null) {
    say('No .deb is made: dpkg-deb is not here (apt-get install dpkg-dev).')
    return []
  }
  const output = join(repository, 'dist')
  return [await makeDeb(await debOrder(join(output, 'linux-unpacked'), output, 'small'))]
}

/** Packages the program unpacked, with the Electron that runs here, for the tests. */
async function packageForTest(runtime: Runtime): Promise<void> {
  await build(say)
  await rm(testFolder, { recursive: true, force: true })
  const native = runtime.isDeclared ? [] : ['node_modules/better-sqlite3/build/Release/better_sqlite3.node']
  const config: Configuration = {
    directories: { output: testFolder },
    files: native,
    electronFuses: TEST_FUSES,
    electronVersion: runtime.version,
    electronDist: runtime.isDeclared ? installed('electron', 'dist') : dirname(runtime.executable),
    // The unpacked distribution brings what starts a program from source; only our archive may be there.
    afterExtract: async ({ appOutDir }) => {
      for (const name of ['app', 'default_app.asar']) {
        await rm(join(appOutDir, 'resources', name), { recursive: true, force: true })
      }
    },
  }
  const { build: packageWith, DIR_TARGET, Platform } = await import('electron-builder')
  const targets = Platform.current().createTarget(DIR_TARGET)
  await packageWith({ projectDir: repository, publish: 'never', targets, config })
  await checkFuses(executableIn(testFolder), TEST_FUSES)
}

function executableIn(folder: string): string {
  const pattern = EXECUTABLES[process.platform as keyof typeof EXECUTABLES]
  const [executable] = globSync(join(folder, pattern))
  if (executable === undefined) throw new Error(`${join(folder, pattern)} was not made`)
  return executable
}

/** Reads the switches out of the executable and compares. @throws naming each that differs */
export async function checkFuses(executable: string, expected: Fuses): Promise<void> {
  const wire = await getCurrentFuseWire(executable)
  const wrong = Object.entries(expected).filter(([name, on]) => {
    const fuse = `${name[0]!.toUpperCase()}${name.slice(1)}` as keyof typeof FuseV1Options
    return wire[FuseV1Options[fuse]] !== (on ? FuseState.ENABLE : FuseState.DISABLE)
  })
  if (wrong.length > 0) {
    const list = wrong.map(([name, on]) => `${name} is not ${on ? 'on' : 'off'}`).join(', ')
    throw new Error(`${executable}: ${list}`)
  }
}

if (import.meta.main) {
  try {
    if (process.argv.includes('--test')) await packageForTest(await ensureRuntime({ forTests: true }))
    else await packageRelease()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
