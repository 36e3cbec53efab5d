import { join, resolve } from 'node:path'
import type { ReadingStore, Store, TaskProgress } from '#electron/store/sqlite/client.ts'
import type { NodePassword } from '#electron/services/node-credentials.ts'
import type { CliHost } from './command.ts'
import { stoppable } from './interrupt.ts'

/** The folder that --data names, else the program's own. */
export function dataFolderOf(host: CliHost, data: string | undefined): string {
  return data === undefined ? host.dataFolder : resolve(host.cwd, data)
}

/** The service options with which the operator's own node is asked. */
export function nodeOptions(host: CliHost, data: string | undefined): { bitcoindPassword?: NodePassword } {
  const { nodePassword } = host
  return nodePassword === undefined
    ? {}
    : { bitcoindPassword: (nodeUrl) => nodePassword(dataFolderOf(host, data), nodeUrl) }
}

/** How the closing of each store ended that was read from. */
const closing: Promise<readonly PromiseSettledResult<void>[]>[] = []

/**
 * Waits until every store that was read from is closed; a program that ends sooner leaves SQLite's files beside it.
 * @throws what closing one of them threw
 */
export async function storesClosed(): Promise<void> {
  const ends = await Promise.all(closing.splice(0))
  for (const end of ends.flat()) if (end.status === 'rejected') throw end.reason
}

/**
 * As {@link withStore} for work that only reads. The file is looked through in this thread while the store's thread reads, instead
 * of before: for a large fleet both take as long.
 */
export async function readStored<T>(
  host: CliHost,
  data: string | undefined,
  work: (store: ReadingStore) => Promise<T>,
): Promise<T> {
  const { openToRead, DATABASE_NAME } = await import('#electron/store/sqlite/client.ts')
  const { store, refuseUnsound } = await openToRead({
    file: join(dataFolderOf(host, data), DATABASE_NAME),
    workerUrl: host.workerUrl,
    assetsFolder: host.assetsFolder,
  })
  // First asked, then looked through: the other thread reads meanwhile.
  const reading = work(store)
  const looking = new Promise<void>((done) => {
    refuseUnsound()
    done()
  })
  const [check, read] = await Promise.allSettled([looking, reading])
  // The caller goes on while the thread ends.
  closing.push(Promise.allSettled([store.close()]))
  // A fault in reading follows from an unsound file, not the other way round.
  if (check.status === 'rejected') throw check.reason
  if (read.status === 'rejected') throw read.reason
  return read.value
}

/** Opens the program's own data for one piece of work and always closes it. Ctrl-C stops the call that is running. */
export async function withStore<T>(
  host: CliHost,
  data: string | undefined,
  work: (store: Store) => Promise<T>,
  onProgress?: (progress: TaskProgress) => void,
): Promise<T> {
  const { openStore, DATABASE_NAME } = await import('#electron/store/sqlite/client.ts')
  const store = await openStore({
    file: join(dataFolderOf(host, data), DATABASE_NAME),
    workerUrl: host.workerUrl,
    assetsFolder: host.assetsFolder,
    ...(onProgress === undefined ? {} : { onProgress }),
  })
  try {
    return await stoppable(
      'import',
      () => work(store),
      () => store.cancel(),
    )
  } finally {
    await store.close()
  }
}
