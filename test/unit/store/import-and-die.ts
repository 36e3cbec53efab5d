import { openStore } from '#electron/store/sqlite/client.ts'

/** Run as a program: imports a file into a database and is killed in the middle of storing it. */
const [file, csv, workerUrl, assetsFolder] = process.argv.slice(2) as [string, string, string, string]
let isStoring = false
const store = await openStore({
  file,
  workerUrl: new URL(workerUrl),
  assetsFolder,
  onProgress: ({ done, total }) => {
    if (isStoring && done > total / 2) process.kill(process.pid, 'SIGKILL')
  },
})
const { token } = await store.previewImport(csv)
isStoring = true
await store.confirmImport(token, 'replace')
