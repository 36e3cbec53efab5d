import { basename } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import type { RestoredBackup } from '#shared/ipc/schemas/backups.ts'
import { backupNamed, holdingsOf } from './backups.ts'
import { explained } from './faults.ts'
import { openDatabase, openUnchecked } from './open-database.ts'
import type { OnBroken } from './open-database.ts'
import { OPENED, sentFailure } from './protocol.ts'
import type { CallName, Reply, Request, TaskProgress, WorkerInput } from './protocol.ts'
import { createReadingCalls } from './reading-calls.ts'
import { createTask } from './task.ts'
import type { Task } from './task.ts'
import { buffersIn } from './transfer.ts'
import type { StoreCalls } from '../port.ts'

/** Opens the file, answers with the names of the calls, then answers calls until it is told to close. */
export function serveStore(port: MessagePort, input: WorkerInput): void {
  const cancelled = new Int32Array(input.cancelled)
  const answering = new Set<Promise<void>>()

  function reply(message: Reply): void {
    port.postMessage(message, 'value' in message ? buffersIn(message.value) : [])
  }

  async function answer(number: number, work: () => unknown): Promise<void> {
    try {
      reply({ number, value: await work() })
    } catch (error) {
      reply({ number, failure: sentFailure(explained(error, input.file)) })
    }
  }

  let current = OPENED
  const task = (name: TaskProgress['task']) => {
    const number = current
    const isCancelled = () => number <= Atomics.load(cancelled, 0)
    return createTask(name, isCancelled, (progress) => reply({ progress }))
  }

  async function open(): Promise<readonly string[]> {
    let held = input.onBroken === 'unchecked' ? openReading(input) : openWhole(input, input.onBroken, task)
    const names = Object.keys((await held).calls)

    async function perform(call: CallName, { number, args }: Request): Promise<unknown> {
      const opened = await held
      current = number
      return opened.calls[call]!(...args)
    }

    /** Takes the connection away at once: what is asked from now on waits for the one that comes. */
    async function restore({ number, args }: Request): Promise<RestoredBackup> {
      const [name, nowMs] = args as Parameters<StoreCalls['restoreBackup']>
      const ready = Promise.all([held, ...answering])
      const restored = ready.then(async ([{ db }]) => {
        const { restoreOver } = await import('./restore.ts')
        current = number
        return restoreOver(db, backupNamed(input.file, name), input.file, nowMs, task('restore'))
      })
      const goOn = async () => {
        const [opened] = await ready
        return opened.db.open ? opened : openWhole(input, 'refuse', task)
      }
      held = restored.then(goOn, goOn)
      // Whoever asks next is told of a fault.
      held.catch(() => undefined)
      const before = basename(await restored)
      return { before, holdings: holdingsOf((await held).db) }
    }

    async function close(): Promise<void> {
      await Promise.all(answering)
      const { db } = await held
      db.close()
    }

    port.on('message', (request: Request) => {
      const { number, call } = request
      if (call === 'close') {
        void answer(number, close).then(() => port.close())
        return
      }
      const answered: Promise<void> = answer(number, () =>
        call === 'restoreBackup' ? restore(request) : perform(call, request),
      ).finally(() => answering.delete(answered))
      answering.add(answered)
    })
    return input.onBroken === 'unchecked' ? names : [...names, 'restoreBackup']
  }

  void answer(OPENED, open)
}

/** What a thread answers with; the client's types say what each call takes and gives. */
type Opened = {
  readonly db: Database
  readonly calls: Readonly<Partial<Record<CallName, (...args: readonly unknown[]) => unknown>>>
}

async function openWhole(
  { file, assetsFolder }: WorkerInput,
  onBroken: OnBroken,
  task: (name: TaskProgress['task']) => Task,
): Promise<Opened> {
  const db = await openDatabase(file, onBroken)
  // Loaded where it is wanted: a program that only reads and computes starts sooner without it.
  const { createCalls } = await import('./calls.ts')
  return { db, calls: createCalls({ db, file, assetsFolder, task }) as Opened['calls'] }
}

async function openReading({ file, assetsFolder }: WorkerInput): Promise<Opened> {
  const db = await openUnchecked(file)
  db.pragma('query_only = ON')
  return { db, calls: createReadingCalls(db, assetsFolder) }
}
