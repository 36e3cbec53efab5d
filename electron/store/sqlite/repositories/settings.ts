import type { Database } from 'better-sqlite3'
import type { StoredSettings } from '../../port.ts'
import { isSoundRow } from '../row-checksums.ts'

/** One row per setting that was ever written, its value as JSON. What they mean is settings.ts's business. */
export function createSettings(db: Database) {
  const all = db
    .prepare<[], [name: string, json: string]>(
      `SELECT name, value_json FROM setting WHERE ${isSoundRow(db, 'setting')}`,
    )
    .raw()
  const put = db.prepare('INSERT OR REPLACE INTO setting (name, value_json) VALUES (?, ?)')
  const read = (): StoredSettings =>
    Object.fromEntries(all.all().map(([name, json]) => [name, JSON.parse(json) as unknown]))

  return {
    read,
    write(change: StoredSettings): StoredSettings {
      return db
        .transaction(() => {
          for (const [name, value] of Object.entries(change)) put.run(name, JSON.stringify(value))
          return read()
        })
        .immediate()
    },
  }
}
