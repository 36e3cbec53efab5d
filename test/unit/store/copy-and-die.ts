import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Run as a program: makes the backup of a day and is killed when the copy is there, before it has its name. */
const [file, nowMs] = process.argv.slice(2) as [string, string]
fs.renameSync = () => void process.kill(process.pid, 'SIGKILL')
syncBuiltinESMExports()

const { openDatabase } = await import('#electron/store/sqlite/open-database.ts')
const { backUpDaily } = await import('#electron/store/sqlite/backups.ts')
await backUpDaily(await openDatabase(file, 'refuse'), file, Number(nowMs))
