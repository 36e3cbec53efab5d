import type { Database } from 'better-sqlite3'
import { MIGRATIONS } from './migrations/all.ts'

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length

/** Written into the file's header; tells our databases from others. ASCII "Stri". */
export const APPLICATION_ID = 0x53747269

export const schemaVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/**
 * Brings a file to a version, one transaction per step, so that a step which fails leaves the file at the
 * version before it. Foreign keys are off during it (a table may be rebuilt) and checked before each commit.
 */
export function migrate(db: Database, to: number = SCHEMA_VERSION): void {
  db.pragma('foreign_keys = OFF')
  try {
    for (const migration of MIGRATIONS) {
      db.transaction(() => {
        // Read inside the transaction: another process may have been faster.
        if (migration.version > to || schemaVersion(db) >= migration.version) return
        db.exec(migration.sql)
        const strays = db.pragma('foreign_key_check') as readonly unknown[]
        if (strays.length > 0) {
          throw new Error(`Migration ${migration.version} leaves ${strays.length} rows that point nowhere.`)
        }
        db.pragma(`application_id = ${APPLICATION_ID}`)
        db.pragma(`user_version = ${migration.version}`)
      }).immediate()
    }
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
