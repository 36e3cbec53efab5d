import type { MessagePort } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import { explained } from './faults.ts'
import { openDatabase, openUnchecked } from './open-database.ts'
import type { OnBroken } from './open-database.ts'
import { OPENED, sentFailure } from './protocol.ts'
import type { CallName, Reply, Request, WorkerInput } from './protocol.ts'
import { createReadingCalls } from './reading-calls.ts'
import { createTask } from './task.ts'
import type { Task } from './task.ts'
import { buffersIn } from './transfer.ts'

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
  const task = (name: 'import' | 'export') => {
    const number = current
    const isCancelled = () => number <= Atomics.load(cancelled, 0)
    return createTask(name, isCancelled, (progress) => reply({ progress }))
  }

  async function open(): Promise<readonly string[]> {
    const { db, calls } = await (input.onBroken === 'unchecked'
      ? openReading(input)
      : openWhole(input, input.onBroken, task))

    async function close(): Promise<void> {
      await Promise.all(answering)
      db.close()
    }

    port.on('message', ({ number, call, args }: Request) => {
      if (call === 'close') {
        void answer(number, close).then(() => port.close())
        return
      }
      current = number
      const perform = calls[call]
      const answered: Promise<void> = answer(number, () => perform!(...args)).finally(() =>
        answering.delete(answered),
      )
      answering.add(answered)
    })
    return Object.keys(calls)
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
  task: (name: 'import' | 'export') => Task,
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
