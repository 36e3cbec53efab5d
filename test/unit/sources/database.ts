import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'

const root = (path: string) => new URL(`../../../${path}`, import.meta.url)

/** A real database in a folder of its own, with sources of this test only. */
export async function makeStore(settings: Partial<Settings>): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'strikeline-'))
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: root('electron/store/sqlite/worker.ts'),
    assetsFolder: fileURLToPath(root('assets')),
  })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  await store.writeSettings({ networkOrder: 'mempool', ...settings })
  return store
}
