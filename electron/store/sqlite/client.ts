import { Worker } from 'node:worker_threads'
import { StrikelineError } from '#shared/ipc/errors.ts'
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
  /** Returns all settings. Fails with 'bad-input' and the invalid field; then none is written. */
  writeSettings(change: SettingsChange): Promise<Settings>
  readContracts(): Promise<SiteContracts>
  /** null removes the contract. Fails with 'bad-input' and the invalid field; then nothing is written. */
  putContract(siteKey: number, contract: SiteContract | null): Promise<Changed>
  /** Stops the import or export that is running or waiting: its call fails with 'cancelled' and nothing is stored. */
  cancel(): void
  /** Waits for the calls under way, then closes the file. */
  close(): Promise<void>
}

export type StoreOptions = {
  /** path of the database; made where absent, its folder too */
  readonly file: string
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

/** What a thread tells its client. */
export type ThreadListeners = {
  readonly onReply: (reply: Reply) => void
  readonly onError: (error: unknown) => void
  /** It has ended, and answers nothing any more. */
  readonly onExit: () => void
}
/** Starts a thread that runs `serveStore` on the input. */
export type StartThread = (
  input: WorkerInput,
  listeners: ThreadListeners,
) => { postMessage(request: Request): void }

/**
 * Starts the worker and opens the database in it.
 *
 * @param workerUrl the worker's module: electron/store/sqlite/worker.ts from source, db-worker.js in the bundle
 * @throws StrikelineError 'database-newer', 'database-broken' or 'file-unwritable'; the file is unchanged then
 */
export function openStore({
  workerUrl,
  ...options
}: StoreOptions & { readonly workerUrl: URL }): Promise<Store> {
  return openStoreIn((workerData, { onReply, onError, onExit }) => {
    // The worker must not inherit flags such as a test runner's loader or a debugger.
    const worker = new Worker(workerUrl, { workerData, execArgv: [] })
    return worker.on('message', onReply).on('error', onError).on('exit', onExit)
  }, options)
}

/** As {@link openStore}, in a thread of the caller's. */
export async function openStoreIn(start: StartThread, options: StoreOptions): Promise<Store> {
  const cancelled = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const waiting = new Map<number, Waiting>()
  let lastNumber = OPENED
  let ended: Error | null = null
  let closing = false
  let exited = (): void => undefined
  const exit = new Promise<void>((resolve) => (exited = resolve))

  function end(error: Error): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  const thread = start(
    {
      file: options.file,
      assetsFolder: options.assetsFolder,
      onBroken: options.onBroken ?? 'refuse',
      cancelled: cancelled.buffer,
    },
    {
      onReply(reply) {
        if ('progress' in reply) {
          options.onProgress?.(reply.progress)
          return
        }
        const call = waiting.get(reply.number)
        waiting.delete(reply.number)
        if ('failure' in reply) call?.reject(receivedError(reply.failure))
        else call?.resolve(reply.value)
      },
      onError: (error) => end(error instanceof Error ? error : new Error(String(error))),
      onExit() {
        // Whoever still asks while the program ends has met no fault; a thread that ends unasked is one.
        end(
          closing
            ? new StrikelineError('cancelled', 'The database has been closed.')
            : new Error('The database’s thread has ended.'),
        )
        exited()
      },
    },
  )

  const answered = (number: number) =>
    new Promise<unknown>((resolve, reject) => waiting.set(number, { resolve, reject }))

  function ask(call: Request['call'], args: readonly unknown[]): Promise<unknown> {
    if (ended !== null) return Promise.reject(ended)
    const number = ++lastNumber
    thread.postMessage({ number, call, args })
    return answered(number)
  }

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
      closing = true
      await ask('close', [])
      await exit
    },
  }
}
