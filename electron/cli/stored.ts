import { join, resolve } from 'node:path'
import type { Store, TaskProgress } from '#electron/store/sqlite/client.ts'
import type { NodePassword } from '#electron/services/node-credentials.ts'
import type { CliHost } from './command.ts'

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

/** Opens the program's own data for one piece of work and always closes it. */
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
    return await work(store)
  } finally {
    await store.close()
  }
}
