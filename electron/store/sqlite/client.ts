import { Worker } from 'node:worker_threads'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { acceptedOutcome, acceptedRule, alertEventsFrom, alertsFrom } from './alerts.ts'
import { acceptedContract, contractsFrom } from './contracts.ts'
import type { SiteContracts } from './contracts.ts'
import type { OnBroken } from './open-database.ts'
import { OPENED, receivedError } from './protocol.ts'
import type { CallName, Reply, Request, TaskProgress, WorkerInput } from './protocol.ts'
import { acceptedChange, settingsFrom } from './settings.ts'
import type { SettingsChange } from './settings.ts'
import type { Changed, StoreCalls } from '../port.ts'

export type { TaskProgress } from './protocol.ts'
export type { SiteContracts } from './contracts.ts'
export type { SettingsChange } from './settings.ts'
export type { AdjustmentRow, Changed, ImportMode, NetworkValueRow, SourceStatusRow } from '../port.ts'

/** Name of the database in a data folder. */
export const DATABASE_NAME = 'strikeline.db'

type Calls = {
  readonly [K in CallName]: (
    ...args: Parameters<StoreCalls[K]>
  ) => Promise<Awaited<ReturnType<StoreCalls[K]>>>
}

/** The database as others hold it: every call runs in the worker thread. */
export type Store = Omit<Calls, 'readSettings' | 'writeSettings' | 'readContracts' | 'putContract'> & {
  /** Fields that were never written have their defaults. */
  readSettings(): Promise<Settings>
  /** Gives all settings then. Fails with 'bad-input' and the field that is not acceptable; none is written then. */
  writeSettings(change: SettingsChange): Promise<Settings>
  readContracts(): Promise<SiteContracts>
  /** null removes the contract. Fails with 'bad-input' and the field that is not acceptable; nothing is written then. */
  putContract(siteKey: number, contract: SiteContract | null): Promise<Changed>
  /** Stops the import or export that is running or waiting: its call fails with 'cancelled' and nothing is stored. */
  cancel(): void
  /** Waits for the calls under way, then closes the file. */
  close(): Promise<void>
}

export type StoreOptions = {
  /** path of the database; made where absent, its folder too */
  readonly file: string
  /** the worker's module: electron/store/sqlite/worker.ts from source, db-worker.js in the bundle */
  readonly workerUrl: URL
  /** folder of asic-models.json and sample-fleet.csv */
  readonly assetsFolder: string
  readonly onProgress?: (progress: TaskProgress) => void
  /**
   * What to do with a file that is not a database of ours or is damaged: 'refuse' (default) leaves it alone and fails
   * with 'database-broken'; 'move-aside' renames it with a timestamp and starts empty; 'restore' renames it and
   * continues with the newest sound backup, or refuses where there is none.
   */
  readonly onBroken?: OnBroken
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

/**
 * Starts the worker and opens the database in it.
 * @throws StrikelineError 'database-newer', 'database-broken' or 'file-unwritable'; the file is unchanged then
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const workerData: WorkerInput = {
    file: options.file,
    assetsFolder: options.assetsFolder,
    onBroken: options.onBroken ?? 'refuse',
    cancelled: cancelled.buffer,
  }
  // Flags of the surrounding program (a test runner's loader, a debugger) are not the worker's.
  const worker = new Worker(options.workerUrl, { workerData, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let lastNumber = OPENED
  let ended: Error | null = null

  const answered = (number: number) =>
    new Promise<unknown>((resolve, reject) => waiting.set(number, { resolve, reject }))

  function ask(call: Request['call'], args: readonly unknown[]): Promise<unknown> {
    if (ended !== null) return Promise.reject(ended)
    const number = ++lastNumber
    const request: Request = { number, call, args }
    worker.postMessage(request)
    return answered(number)
  }

  function end(error: Error): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  worker.on('message', (reply: Reply) => {
    if ('progress' in reply) {
      options.onProgress?.(reply.progress)
      return
    }
    const call = waiting.get(reply.number)
    waiting.delete(reply.number)
    if ('failure' in reply) call?.reject(receivedError(reply.failure))
    else call?.resolve(reply.value)
  })
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => end(new Error('The database has been closed.')))

  // The worker says what it answers to; the compiler holds it to StoreCalls.
  const names = (await answered(OPENED)) as readonly CallName[]
  const calls = Object.fromEntries(
    names.map((name) => [name, (...args: unknown[]) => ask(name, args)]),
  ) as unknown as Calls
  return {
    ...calls,
    readSettings: async () => settingsFrom(await calls.readSettings()),
    writeSettings: async (change) => settingsFrom(await calls.writeSettings(acceptedChange(change))),
    readContracts: async () => contractsFrom(await calls.readContracts()),
    putContract: async (siteKey, contract) =>
      calls.putContract(siteKey, contract === null ? null : await acceptedContract(contract)),
    readAlerts: async () => alertsFrom(await calls.readAlerts()),
    putAlert: async (key, rule) => calls.putAlert(key, await acceptedRule(rule)),
    async saveAlertOutcome(key, memory, activeSinceMs, happened) {
      const outcome = await acceptedOutcome(memory, happened)
      await calls.saveAlertOutcome(key, outcome.memory, activeSinceMs, outcome.happened)
    },
    readAlertEvents: async () => alertEventsFrom(await calls.readAlertEvents()),
    cancel: () => void Atomics.store(cancelled, 0, lastNumber),
    async close() {
      if (ended !== null) return
      const exited = new Promise((resolve) => worker.once('exit', resolve))
      await ask('close', [])
      await exited
    },
  }
}
