import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerInput } from './protocol.ts'
import { serveStore } from './serve.ts'

/** The database's thread: holds the file it was started with. */
serveStore(parentPort!, workerData as WorkerInput)
