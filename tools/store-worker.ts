import { enableCompileCache } from 'node:module'

/** The store's worker from source. Each thread must turn on the compile cache itself; it halves the start. */
enableCompileCache()
await import('#electron/store/sqlite/worker.ts')
