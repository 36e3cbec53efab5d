import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'

const NAME = 'sample-network.json'

/**
 * Reads the network that ships with the sample fleet; null while the fleet is empty or holds a machine that did not
 * come with it.
 */
export function createSampleNetwork(db: Database, assetsFolder: string) {
  const fleetIsSample = db
    .prepare<[], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM machine) AND NOT EXISTS (SELECT 1 FROM machine WHERE from_sample = 0)`,
    )
    .pluck()
  return async (): Promise<NetworkConditions | null> => {
    if (fleetIsSample.get() !== 1) return null
    // The schemas are loaded when a sample is read, not when the program starts.
    const { readNetworkCase } = await import('#electron/files/network-case.ts')
    return readNetworkCase(await readFile(join(assetsFolder, NAME), 'utf8'), NAME)
  }
}
