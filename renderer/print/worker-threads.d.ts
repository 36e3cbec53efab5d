/** All of Node that the thread of the pages knows; nothing else in renderer/ knows any. */
declare module 'node:worker_threads' {
  export const parentPort: {
    on(event: 'message', listen: (message: unknown) => void): void
    postMessage(message: unknown): void
  } | null
}
