import { enableCompileCache } from 'node:module'

// Plain JavaScript: a first file in TypeScript is read before the cache is on and brings along what strips its types, which takes
// longer than all the rest of the start. What is loaded from here comes out of the cache, stripped.
enableCompileCache()
await import('./cli.ts')
