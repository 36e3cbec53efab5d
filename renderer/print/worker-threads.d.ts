/** All of Node that the thread of the pages knows; nothing else in renderer/ knows any. */
declare module 'node:worker_threads' {
  export const workerData: unknown
  export const parentPort: { postMessage(message: unknown): void } | null
}
