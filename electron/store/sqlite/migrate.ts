import { counted } from '#shared/format/numbers.ts'
import type { Database } from 'better-sqlite3'
import { MIGRATIONS } from './migrations/all.ts'
import { damagedRows, refusalOf, teachChecksums, writeChecksums } from './row-checksums.ts'

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length

/** Written into the file's header; tells our databases from others. ASCII "Stri". */
export const APPLICATION_ID = 0x53747269

export const schemaVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/**
 * Brings a file to a version, one transaction per step, so that a step which fails leaves the file at the
 * version before it. Foreign keys are off during it (a table may be rebuilt) and checked before each commit. Rows get a new checksum,
 * because their columns may have changed, so they are looked at first: a damaged one must not get one that fits.
 */
export function migrate(db: Database, to: number = SCHEMA_VERSION): void {
  teachChecksums(db)
  db.pragma('foreign_keys = OFF')
  try {
    for (const migration of MIGRATIONS) {
      db.transaction(() => {
        // Read inside the transaction: another process may have been faster.
        if (migration.version > to || schemaVersion(db) >= migration.version) return
        const [damaged] = damagedRows(db)
        if (damaged !== undefined) throw refusalOf(db, damaged)
        db.exec(migration.sql)
        const strays = db.pragma('foreign_key_check') as readonly unknown[]
        if (strays.length > 0) {
          throw new Error(
            `Migration ${migration.version} leaves ${counted(strays.length, 'row')} pointing nowhere.`,
          )
        }
        writeChecksums(db)
        db.pragma(`application_id = ${APPLICATION_ID}`)
        db.pragma(`user_version = ${migration.version}`)
      }).immediate()
    }
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
