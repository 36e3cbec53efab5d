import { StrikelineError } from '#shared/ipc/errors.ts'
import type { OnBroken } from './open-database.ts'
import { OPENED, receivedError } from './protocol.ts'
import type { CallName, Reply, Request, TaskProgress, WorkerInput } from './protocol.ts'
import { takeThread } from './started-ahead.ts'
import type { StoreCalls } from '../port.ts'

/** Name of the database in a data folder. */
export const DATABASE_NAME = 'strikeline.db'

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

/** 'unchecked': the file is opened to read it only, and the caller looks into its soundness itself. */
type ThreadOptions = Omit<StoreOptions, 'onBroken'> & { readonly onBroken?: WorkerInput['onBroken'] }

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

/** The database's thread, and nothing that checks what comes from it: it begins before that is loaded. */
export type StoreThread = {
  /** Names of the calls, once the database is open. Rejects with why it cannot be. */
  readonly opened: Promise<readonly CallName[]>
  /** A call may be made before the database is open; where that fails, the call fails too. */
  ask<N extends CallName>(
    call: N,
    args: Parameters<StoreCalls[N]>,
  ): Promise<Awaited<ReturnType<StoreCalls[N]>>>
  /** Stops the import or export that is running or waiting: its call fails with 'cancelled' and nothing is stored. */
  readonly cancel: () => void
  /** Waits for the calls under way, then closes the file. */
  readonly close: () => Promise<void>
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }

/**
 * Starts the worker, which opens the database.
 *
 * @param workerUrl the worker's module: electron/store/sqlite/worker.ts from source, db-worker.cjs in the bundle
 */
export function startThread(workerUrl: URL, options: ThreadOptions): StoreThread {
  return startThreadWith((input, { onReply, onError, onExit }) => {
    const worker = takeThread(workerUrl)
    worker.on('message', onReply).on('error', onError).on('exit', onExit)
    worker.postMessage(input)
    return worker
  }, options)
}

/** As {@link startThread}, with a thread of the caller's. */
export function startThreadWith(start: StartThread, options: ThreadOptions): StoreThread {
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

  function send(call: Request['call'], args: readonly unknown[]): Promise<unknown> {
    if (ended !== null) return Promise.reject(ended)
    const number = ++lastNumber
    thread.postMessage({ number, call, args })
    return answered(number)
  }

  const opened = answered(OPENED) as Promise<readonly CallName[]>
  return {
    opened,
    ask: send as StoreThread['ask'],
    cancel: () => void Atomics.store(cancelled, 0, lastNumber),
    async close() {
      if (ended !== null) return
      closing = true
      await send('close', [])
      await exit
    },
  }
}
