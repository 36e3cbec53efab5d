import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { capture } from './processes.ts'
import { installed, repository } from './repository.ts'

/** What the bundles are made from. */
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'assets',
  'electron.vite.config.ts',
  'package-lock.json',
] as const
const BUNDLES = ['main', 'preload', 'renderer', 'modules'] as const

const out = join(repository, 'out')
const stampFile = join(out, 'built-from.txt')

/**
 * Bundles the program into out/, unless the sources are the ones it was bundled from last.
 *
 * @throws with the bundler's messages
 */
export async function build(say: (line: string) => void): Promise<void> {
  const stamp = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  say('Building …')
  // Built beside the old bundles and then moved, so that a program starting during a build finds whole ones.
  const fresh = join(out, `building-${process.pid}`)
  try {
    const { code, stdout, stderr } = await capture(
      process.execPath,
      [installed('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'],
      { cwd: repository, env: { STRIKELINE_BUILD_FOLDER: fresh, NODE_ENV: 'production' } },
    )
    if (code !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`)
    await mkdir(out, { recursive: true })
    for (const bundle of BUNDLES) {
      await rm(join(out, bundle), { recursive: true, force: true })
      await rename(join(fresh, bundle), join(out, bundle))
    }
    await writeFile(stampFile, stamp)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesIn))
    hash.update(`${file}\0`).update(readFileSync(join(repository, file)))
  return hash.digest('hex')
}

/** The files of a folder of the repository in a fixed order, or the file itself; paths from the top folder. */
function filesIn(path: string): readonly string[] {
  if (statSync(join(repository, path)).isFile()) return [path]
  return readdirSync(join(repository, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
    .sort()
}

if (import.meta.main) {
  const say = (line: string): void => void process.stderr.write(`${line}\n`)
  await build(say).catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  })
}
