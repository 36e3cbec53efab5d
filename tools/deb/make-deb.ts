import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import {
  chmod,
  cp,
  lstat,
  lutimes,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { capture } from '../processes.ts'
import { changelog, control, copyright, debVersion, desktopEntry, PACKAGE } from './files.ts'
import type { DebTerms } from './files.ts'

/** Where the program lives; a link leads there from the path. */
const HOME = `opt/${PACKAGE}`
/** Chromium's own sandbox, for systems that forbid user namespaces: it is root's and runs as root. */
const SANDBOX = `${HOME}/chrome-sandbox`

export type DebOrder = Omit<DebTerms, 'installedKib'> & {
  /** folder of the packaged program */
  readonly unpacked: string
  /** 512 × 512, PNG */
  readonly icon: string
  /** folder for the package */
  readonly into: string
  /** 'quick' for a test, which does not keep it */
  readonly compression: 'small' | 'quick'
}

const COMPRESSION = { small: ['-Zxz'], quick: ['-Zgzip', '-z1'] } as const

type Entry = { readonly path: string; readonly isFolder: boolean; readonly isLink: boolean }

/** Everything under a folder, sorted. */
async function entriesOf(root: string): Promise<readonly Entry[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  return found
    .map((entry) => ({
      path: join(entry.parentPath, entry.name),
      isFolder: entry.isDirectory(),
      isLink: entry.isSymbolicLink(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function md5Of(file: string): Promise<string> {
  const hash = createHash('md5')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

const writeIn = async (root: string, path: string, content: string | Uint8Array) => {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}

/** What may be run stays so; everything else is for reading. */
async function setModes(root: string, entries: readonly Entry[]): Promise<void> {
  await chmod(root, 0o755)
  for (const { path, isFolder, isLink } of entries) {
    if (isLink) continue
    const mayRun = isFolder || ((await lstat(path)).mode & 0o100) !== 0
    await chmod(path, relative(root, path) === SANDBOX ? 0o4755 : mayRun ? 0o755 : 0o644)
  }
}

/**
 * Makes a Debian package of a packaged program with Debian's own dpkg-deb. It has no script that runs at installing or removing, so
 * that it leaves nothing behind; the same program at the same time gives the same bytes.
 *
 * @returns path of the package
 * @throws Error with what dpkg-deb said
 */
export async function makeDeb(order: DebOrder): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'strikeline-deb-'))
  try {
    await cp(order.unpacked, join(root, HOME), { recursive: true, verbatimSymlinks: true })
    await mkdir(join(root, 'usr', 'bin'), { recursive: true })
    await symlink(`../../${HOME}/${PACKAGE}`, join(root, 'usr', 'bin', PACKAGE))
    const icon = `usr/share/icons/hicolor/512x512/apps/${PACKAGE}.png`
    await writeIn(root, icon, await readFile(order.icon))
    const terms = { ...order, installedKib: 0 }
    await writeIn(root, `usr/share/applications/${PACKAGE}.desktop`, desktopEntry(terms))
    await writeIn(root, `usr/share/doc/${PACKAGE}/copyright`, copyright(terms))
    await writeIn(root, `usr/share/doc/${PACKAGE}/changelog.gz`, gzipSync(changelog(terms), { level: 9 }))

    const installed = await entriesOf(root)
    const files = installed.filter(({ isFolder, isLink }) => !isFolder && !isLink)
    let bytes = 0
    const sums: string[] = []
    for (const { path } of files) {
      bytes += (await lstat(path)).size
      sums.push(`${await md5Of(path)}  ${relative(root, path)}\n`)
    }
    await writeIn(root, 'DEBIAN/md5sums', sums.join(''))
    await writeIn(root, 'DEBIAN/control', control({ ...order, installedKib: Math.ceil(bytes / 1024) }))

    const all = await entriesOf(root)
    await setModes(root, all)
    for (const { path } of [...all, { path: root }])
      await lutimes(path, order.madeAtSeconds, order.madeAtSeconds)

    await mkdir(order.into, { recursive: true })
    const file = join(order.into, `${PACKAGE}_${debVersion(order.version)}_${order.architecture}.deb`)
    const args = ['--root-owner-group', ...COMPRESSION[order.compression], '--build', root, file]
    const { code, stderr } = await capture('dpkg-deb', args, {
      env: { SOURCE_DATE_EPOCH: String(order.madeAtSeconds) },
    })
    if (code !== 0) throw new Error(stderr.trim())
    return file
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
