import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { readNetworkCase } from '#electron/files/network-case.ts'
import { readReturnsCase } from '#electron/files/returns-case.ts'
import { readSupplyCurve } from '#electron/files/series/supply-curve-file.ts'
import { type PartFile, readContractFile, readLadders, readPrices } from '#electron/services/part-files.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FileWay } from './limits.ts'

const RULES = { fileName: 'file', replace: true, leaveUnknown: true }
const takeParts = async (store: Store, { parts }: PartFile) => store.takeParts(parts, RULES)
const NOW_MS = Date.parse('2026-10-07T00:00:00Z')

const WAYS: Readonly<Record<FileWay, (store: Store, path: string) => Promise<unknown>>> = {
  async fleet(store, path) {
    const preview = await store.previewImport(path)
    if (preview.errorCount > 0)
      throw new StrikelineError('bad-input', `${basename(path)}: ${preview.errors[0]?.message ?? ''}`)
    return store.confirmImport(
      preview.token,
      'replace',
      preview.questions.map(({ name }) => name),
    )
  },
  sites: async (store, path) => takeParts(store, await readContractFile(store, path)),
  prices: async (store, path) => takeParts(store, await readPrices(store, 'Default', path)),
  profiles: async (store, path) => takeParts(store, await readLadders(store, path)),
  history: (store, path) => store.importDaily(path, NOW_MS),
  async 'network-file'(store, path) {
    const { parts } = await store.importNetworkFile(path, NOW_MS)
    if (parts !== null) await store.takeParts(parts, RULES)
  },
  network: async (_, path) => readNetworkCase(await readText(path, 1_000_000), basename(path)),
  returns: async (_, path) => readReturnsCase(await readText(path, 1_000_000), basename(path)),
  curve: (_, path) => readSupplyCurve(path),
}

/** Reads a file and stores it. @returns why it was refused, or null */
export async function take(store: Store, way: FileWay, path: string): Promise<string | null> {
  try {
    await WAYS[way](store, path)
    return null
  } catch (error) {
    if (error instanceof StrikelineError) return error.message
    throw error
  }
}
