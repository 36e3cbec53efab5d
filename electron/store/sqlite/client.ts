import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { NetworkFileLook, NetworkFileSummary } from '#shared/ipc/schemas/past.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { acceptedOutcome, acceptedRule, alertEventsFrom, alertsFrom, deliveryFrom } from './alerts.ts'
import { acceptedParts, caseFrom, partsFrom } from './case.ts'
import type { FileParts } from './case.ts'
import { acceptedContract, contractsFrom } from './contracts.ts'
import type { SiteContracts } from './contracts.ts'
import type { CallName } from './protocol.ts'
import type { SettingsChange } from './settings.ts'
import { startThread, startThreadWith } from './thread.ts'
import type { StartThread, StoreOptions, StoreThread } from './thread.ts'
import type { ReadingCalls } from './reading-calls.ts'
import type { Changed, PartChange, PartRules, StoreCalls } from '../port.ts'

export { DATABASE_NAME } from './thread.ts'
export type { StartThread, StoreOptions } from './thread.ts'
export type { TaskProgress } from './protocol.ts'
export type { SiteContracts } from './contracts.ts'
export type { FileParts } from './case.ts'
export { NO_PARTS } from './case.ts'
export type { SettingsChange } from './settings.ts'
export type {
  AdjustmentRow,
  Changed,
  ImportMode,
  NetworkValueRow,
  PartChange,
  PartRules,
  SourceStatusRow,
} from '../port.ts'

type Calls = {
  readonly [K in CallName]: (
    ...args: Parameters<StoreCalls[K]>
  ) => Promise<Awaited<ReturnType<StoreCalls[K]>>>
}

/** The database as others hold it: every call runs in the worker thread. */
export type Store = Omit<
  Calls,
  | 'readSettings'
  | 'writeSettings'
  | 'readContracts'
  | 'putContract'
  | 'readCase'
  | 'compareParts'
  | 'takeParts'
  | 'importNetworkFile'
  | 'lookIntoNetworkFile'
> & {
  /** Fields that were never written have their defaults. */
  readSettings(): Promise<Settings>
  /** Returns all settings. Fails with 'bad-input' and the invalid field; then none is written. */
  writeSettings(change: SettingsChange): Promise<Settings>
  readContracts(): Promise<SiteContracts>
  /** null removes the contract. Fails with 'bad-input' and the invalid field; then nothing is written. */
  putContract(siteKey: number, contract: SiteContract | null): Promise<Changed>
  /**
   * All that a verdict rests on beside fleet and market, of one moment. 'bad-input' names the site and the field of a stored
   * contract that is not acceptable.
   */
  readCase(): Promise<CaseInputs>
  /** How a file's parts stand to what is stored. Fails with 'bad-input' where a part is not acceptable. */
  compareParts(parts: FileParts): Promise<readonly PartChange[]>
  /** As StoreCalls.takeParts. */
  takeParts(
    parts: FileParts,
    rules: PartRules,
  ): Promise<Changed & { readonly changes: readonly PartChange[] }>
  /** As StoreCalls.importNetworkFile. */
  importNetworkFile(
    path: string,
    nowMs: number,
    madeAtMs?: number,
  ): Promise<NetworkFileSummary & { readonly fleetChanged: boolean; readonly parts: FileParts | null }>
  /** As StoreCalls.lookIntoNetworkFile. */
  lookIntoNetworkFile(
    path: string,
    nowMs: number,
  ): Promise<NetworkFileLook & { readonly parts: FileParts | null }>
  /** Stops the import or export that is running or waiting: its call fails with 'cancelled' and nothing is stored. */
  cancel(): void
  /** Waits for the calls under way, then closes the file. */
  close(): Promise<void>
}

/**
 * Starts the worker and opens the database in it.
 *
 * @param workerUrl the worker's module: electron/store/sqlite/worker.ts from source, db-worker.cjs in the bundle
 * @throws StrikelineError 'database-newer', 'database-broken' or 'file-unwritable'; the file is unchanged then
 */
export function openStore({
  workerUrl,
  ...options
}: StoreOptions & { readonly workerUrl: URL }): Promise<Store> {
  return storeOn(startThread(workerUrl, options))
}

/** A store to compute on. */
export type ReadingStore = Pick<Store, keyof ReadingCalls | 'close'>

/**
 * As {@link openStore} with onBroken 'refuse', but without looking through the file first: nobody may hear of what was read before
 * `refuseUnsound` has returned. It looks through the file in the caller's thread, for 100 000 machines 85 ms, and throws
 * StrikelineError 'database-newer' or 'database-broken'.
 */
export async function openToRead({
  workerUrl,
  ...options
}: Pick<StoreOptions, 'file' | 'assetsFolder'> & { readonly workerUrl: URL }): Promise<{
  readonly store: ReadingStore
  readonly refuseUnsound: () => void
}> {
  // What this thread needs is loaded while the other opens the file.
  const [store, { refuseUnsound }] = await Promise.all([
    storeOn(startThread(workerUrl, { ...options, onBroken: 'unchecked' })),
    import('./open-database.ts'),
    settings(),
  ])
  return { store, refuseUnsound: () => refuseUnsound(options.file) }
}

// The schemas are loaded when they are needed, not before the thread has its file.
const settings = () => import('./settings.ts')

/** As {@link openStore}, in a thread of the caller's. */
export function openStoreIn(start: StartThread, options: StoreOptions): Promise<Store> {
  return storeOn(startThreadWith(start, options))
}

/** The store of a thread that has been started; fails as {@link openStore} does. */
export async function storeOn(thread: StoreThread): Promise<Store> {
  // The worker says what it answers to; the compiler holds it to StoreCalls.
  const names = await thread.opened
  const calls = Object.fromEntries(
    names.map((name) => [name, (...args: never) => thread.ask(name, args)]),
  ) as unknown as Calls
  return {
    ...calls,
    async readSettings() {
      const [stored, { settingsFrom }] = await Promise.all([calls.readSettings(), settings()])
      return settingsFrom(stored)
    },
    async writeSettings(change) {
      const { acceptedChange, settingsFrom } = await settings()
      return settingsFrom(await calls.writeSettings(acceptedChange(change)))
    },
    readContracts: async () => contractsFrom(await calls.readContracts()),
    putContract: async (siteKey, contract) =>
      calls.putContract(siteKey, contract === null ? null : await acceptedContract(contract)),
    readCase: async () => caseFrom(await calls.readCase()),
    compareParts: async (parts) => calls.compareParts(await acceptedParts(parts)),
    takeParts: async (parts, rules) => calls.takeParts(await acceptedParts(parts), rules),
    async importNetworkFile(path, nowMs, madeAtMs) {
      const { parts, ...summary } = await calls.importNetworkFile(path, nowMs, madeAtMs)
      return { ...summary, parts: parts === null ? null : await partsFrom(parts) }
    },
    async lookIntoNetworkFile(path, nowMs) {
      const { parts, ...look } = await calls.lookIntoNetworkFile(path, nowMs)
      return { ...look, parts: parts === null ? null : await partsFrom(parts) }
    },
    readAlerts: async () => alertsFrom(await calls.readAlerts()),
    putAlert: async (key, rule) => calls.putAlert(key, await acceptedRule(rule)),
    async saveAlertOutcome(key, memory, activeSinceMs, happened) {
      const outcome = await acceptedOutcome(memory, happened)
      await calls.saveAlertOutcome(key, outcome.memory, activeSinceMs, outcome.happened)
    },
    readAlertEvents: async () => alertEventsFrom(await calls.readAlertEvents()),
    claimWebhook: async (nowMs) => deliveryFrom(await calls.claimWebhook(nowMs)),
    cancel: thread.cancel,
    close: thread.close,
  }
}
