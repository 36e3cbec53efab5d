import type { MessagePort } from 'node:worker_threads'
import { createCalls } from './calls.ts'
import { explained } from './faults.ts'
import { openDatabase } from './open-database.ts'
import { OPENED, sentFailure } from './protocol.ts'
import type { Reply, Request, WorkerInput } from './protocol.ts'
import type { StoreCalls } from '../port.ts'
import { createTask } from './task.ts'
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
    const db = await openDatabase(input.file, input.onBroken)
    const calls = createCalls({ db, file: input.file, assetsFolder: input.assetsFolder, task })

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
      const perform: (...args: never) => unknown = calls[call].bind(calls)
      const answered: Promise<void> = answer(number, () => perform(...(args as never))).finally(() =>
        answering.delete(answered),
      )
      answering.add(answered)
    })
    return Object.keys(calls satisfies StoreCalls)
  }

  void answer(OPENED, open)
}
