import { enableCompileCache } from 'node:module'

/** The store's worker from source: with compiled code kept, which each thread asks for by itself, it starts in half the time. */
enableCompileCache()
await import('#electron/store/sqlite/worker.ts')
