import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import type { FileWay } from './limits.ts'
import { take } from './take-file.ts'

/** Run as a program, `way file folder`: reads and stores one file as the program does, and says what that took. */
const [way, path, folder] = process.argv.slice(2) as [FileWay, string, string]
const from = (name: string) => new URL(`../../${name}`, import.meta.url)
const store = await openStore({
  file: join(folder, DATABASE_NAME),
  workerUrl: from('tools/store-worker.js'),
  assetsFolder: fileURLToPath(from('assets')),
})
const refused = await take(store, way, path)
await store.close()
const seconds = performance.now() / 1000
process.stdout.write(JSON.stringify({ refused, seconds, megabytes: process.resourceUsage().maxRSS / 1000 }))
