import Sqlite from 'better-sqlite3'
import { createCalls } from '#electron/store/sqlite/calls.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import type { StoredParts } from '#electron/store/port.ts'

/** Run as a program: stores the parts of a file and is killed between two of them, inside the transaction. */
const [file, assetsFolder] = process.argv.slice(2) as [string, string]
const db = new Sqlite(file)
db.pragma('foreign_keys = ON')
keepChecksums(db)
// The first part is stored by then, the last is not yet: a ladder comes after all contracts.
db.function('die', () => {
  process.kill(process.pid, 'SIGKILL')
  return null
})
const calls = createCalls({
  db,
  file,
  assetsFolder,
  task: () => ({ step: () => undefined, isCancelled: () => false }),
})
db.exec('CREATE TEMP TRIGGER kill AFTER INSERT ON main.profile_point BEGIN SELECT die(); END')
const parts: StoredParts = {
  contracts: [{ site: 'North', text: '{"timeZone":"UTC"}' }],
  policies: [{ id: 'A1', policy: 'protected' }],
  ladders: [
    {
      model: 'S19',
      firmware: '',
      source: '',
      points: [
        { name: 'eco', hashrateThs: 80, powerW: 2000 },
        { name: 'full', hashrateThs: 100, powerW: 3000 },
      ],
    },
  ],
  lotLadders: [],
  prices: [],
  limits: { leastHoursOff: 4 },
}
await calls.takeParts(parts, { fileName: 'sites.json', replace: true, leaveUnknown: false })
