import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createCalls } from '#electron/store/sqlite/calls.ts'
import type { ConnectedCalls } from '#electron/store/sqlite/calls.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { createTask } from '#electron/store/sqlite/task.ts'
import { ASSETS_FOLDER } from './stores.ts'

export type DirectStore = ConnectedCalls & { close(): void }

/** A real database without its thread: what a store of its own connection answers. */
export async function openDirect(folder: string): Promise<DirectStore> {
  const file = join(folder, DATABASE_NAME)
  const db = await openDatabase(file, 'refuse')
  // Nothing here pulls the plug, and a hundred small changes need not wait for the disk.
  db.pragma('synchronous = OFF')
  onTestFinished(() => void db.close())
  const task = (name: Parameters<typeof createTask>[0]) =>
    createTask(
      name,
      () => false,
      () => undefined,
    )
  return {
    ...createCalls({ db, file, assetsFolder: ASSETS_FOLDER, task }),
    close: () => void db.close(),
  }
}
