import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { dirname } from 'node:path'
import type { OnBroken } from '#electron/store/sqlite/open-database.ts'

/**
 * Run as a program: opens a database that is broken in the way that it is told, or puts the copy that it is told in its place, and is killed, or fails once, before the
 * nth file that it copies, renames or removes in that folder (what is copied elsewhere to be looked at is no step). Ends with 0 where it came to its end, with 3 and the message where it was refused.
 */
const [file, how, end, before] = process.argv.slice(2) as [string, string, 'die' | 'fail', string]

let step = 0
const isInFolder = (path: unknown) => String(path).startsWith(dirname(file))
for (const name of ['copyFileSync', 'renameSync', 'rmSync'] as const) {
  const perform = fs[name] as (...args: unknown[]) => unknown
  Object.assign(fs, {
    [name](path: string, ...rest: unknown[]) {
      const changed = name === 'copyFileSync' ? rest[0] : path
      if (fs.existsSync(path) && isInFolder(changed) && ++step === Number(before)) {
        if (end === 'fail') throw new Error('no room')
        process.kill(process.pid, 'SIGKILL')
      }
      return perform(path, ...rest)
    },
  })
}
syncBuiltinESMExports()

const { openDatabase } = await import('#electron/store/sqlite/open-database.ts')
const { restoreBackup } = await import('#electron/store/sqlite/restore.ts')
try {
  if (how.endsWith('.db')) await restoreBackup(how, file, 0)
  else (await openDatabase(file, how as OnBroken)).close()
} catch (error) {
  process.stdout.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 3
}
