import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { openIn, temporaryFolder } from '../store/stores.ts'

/** A real database in a folder of its own, with sources of this test only. */
export async function makeStore(settings: Partial<Settings>): Promise<Store> {
  const store = await openIn(temporaryFolder())
  await store.writeSettings({ networkOrder: 'mempool', ...settings })
  return store
}
