import { enableCompileCache } from 'node:module'

// The store's thread from source, in plain JavaScript for the reason that tools/cli.js gives; each thread turns the cache on itself.
enableCompileCache()
await import('../electron/store/sqlite/worker.ts')
