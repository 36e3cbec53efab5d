import { enableCompileCache } from 'node:module'

// Plain JavaScript for the same reason as tools/cli.js.
enableCompileCache()
await import('./command-line-host.ts')
