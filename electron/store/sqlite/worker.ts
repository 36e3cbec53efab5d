import { parentPort } from 'node:worker_threads'
import type { WorkerInput } from './protocol.ts'
import { serveStore } from './serve.ts'

/** The database's thread: holds the file that its first message names. */
parentPort!.once('message', (input: WorkerInput) => serveStore(parentPort!, input))
