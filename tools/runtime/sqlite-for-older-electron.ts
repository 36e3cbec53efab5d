import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from '../processes.ts'
import { installed, installedVersion } from '../repository.ts'
import { cachedFolder } from './cache.ts'

/**
 * better-sqlite3 ships binaries for Node-API 10, which the older Electron does not have. Compiled from its
 * own source without that demand, one file serves the older Electron and Node alike, and better-sqlite3
 * takes it before the shipped one.
 */

const BINARY = 'better_sqlite3.node'
/** Node-API 10 by number asks a newer runtime; the functions themselves were there before, as experimental */
const DEMAND = `'NAPI_VERSION=10'`
const NO_DEMAND = `'NAPI_EXPERIMENTAL'`

const compiledBinary = installed('better-sqlite3', 'build', 'Release', BINARY)

/** What compiling needs beside what npm installed: program → Debian package. */
export const COMPILER_PACKAGES: Readonly<Record<string, string>> = {
  'g++': 'g++',
  make: 'make',
  python3: 'python3',
}

function cacheName(): string {
  return `better-sqlite3-${installedVersion('better-sqlite3')}-${process.platform}-${process.arch}`
}

export function isCompiled(cache: string): boolean {
  return existsSync(join(cache, cacheName()))
}

/** Compiles better-sqlite3 (about a minute, once) and puts the result where it is found. */
export async function useCompiledSqlite(
  cache: string,
  electron: string,
  say: (line: string) => void,
): Promise<void> {
  const folder = await cachedFolder(cache, cacheName(), async (partial) => {
    say('Compiling better-sqlite3 for this Electron (about a minute, once) …')
    await compile(partial, electron)
  })
  const cached = join(folder, BINARY)
  if (existsSync(compiledBinary) && readFileSync(compiledBinary).equals(readFileSync(cached))) return
  await mkdir(dirname(compiledBinary), { recursive: true })
  const incoming = `${compiledBinary}.${process.pid}`
  await cp(cached, incoming)
  await rename(incoming, compiledBinary)
}

/** Takes the compiled file away again, so that the binary that better-sqlite3 ships is used. */
export async function useShippedSqlite(): Promise<void> {
  await rm(installed('better-sqlite3', 'build'), { recursive: true, force: true })
}

/** Compiles in a copy of the sources; only the binary stays in `folder`. */
async function compile(folder: string, electron: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  const sources = join(modules, 'better-sqlite3')
  for (const name of ['better-sqlite3', 'node-addon-api']) {
    await cp(installed(name), join(modules, name), {
      recursive: true,
      filter: (path) => !/[/\\]better-sqlite3[/\\](?:prebuilds|build)$/.test(path),
    })
  }
  const recipe = join(sources, 'binding.gyp')
  const asShipped = await readFile(recipe, 'utf8')
  if (!asShipped.includes(DEMAND))
    throw new Error(`${recipe} no longer asks for ${DEMAND}: see how to compile it now`)
  await writeFile(recipe, asShipped.replace(DEMAND, NO_DEMAND))

  const gyp = installed('node-gyp', 'bin', 'node-gyp.js')
  const rebuild = ['rebuild', '--release', '--force_build=1', '--jobs=max', `--nodedir=${nodeHeaders()}`]
  const built = await capture(process.execPath, [gyp, ...rebuild], { cwd: sources })
  const binary = join(sources, 'build', 'Release', BINARY)
  if (built.code !== 0 || !existsSync(binary)) {
    throw new Error(
      `better-sqlite3 could not be compiled:\n${built.stderr.trim().split('\n').slice(-20).join('\n')}`,
    )
  }
  const tried = await capture(electron, ['-e', `require(${JSON.stringify(binary)})`], {
    env: { ELECTRON_RUN_AS_NODE: '1' },
  })
  if (tried.code !== 0)
    throw new Error(`The compiled better-sqlite3 does not load in ${electron}:\n${tried.stderr}`)
  await rename(binary, join(folder, BINARY))
  await rm(modules, { recursive: true })
}

/** The C headers that the `node` package brings: no other server is asked for them. */
function nodeHeaders(): string {
  const folder = installed('node', 'node_modules', `node-${process.platform}-${process.arch}`)
  if (!existsSync(join(folder, 'include', 'node', 'node_api.h'))) {
    throw new Error(`${folder} holds no C headers of Node; run npm ci again`)
  }
  return folder
}
