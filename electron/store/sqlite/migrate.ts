import { counted } from '#shared/format/numbers.ts'
import type { Database } from 'better-sqlite3'
import { MIGRATIONS } from './migrations/all.ts'
import type { Migration } from './migrations/migration.ts'
import {
  damagedRows,
  markDamagedMemories,
  refusalOf,
  teachChecksums,
  writeChecksums,
  writeMemoryChecksums,
} from './row-checksums.ts'

/** The version that this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length

/** Written into the file's header; tells our databases from others. ASCII "Stri". */
export const APPLICATION_ID = 0x53747269

export const schemaVersion = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/**
 * Brings a file to a version, one transaction per step, so that a step which fails leaves the file at the
 * version before it. Foreign keys are off during it (a table may be rebuilt) and checked before each commit. Rows get a new checksum,
 * because their columns may have changed, so they are looked at first: a damaged one must not get one that fits.
 * A new file, which has no rows, gets all steps in one transaction: it is written to the disk once.
 */
export function migrate(db: Database, to: number = SCHEMA_VERSION): void {
  teachChecksums(db)
  db.pragma('foreign_keys = OFF')
  try {
    if (schemaVersion(db) > 0) for (const step of MIGRATIONS) take(db, step, to, false)
    else
      db.transaction(() => {
        // Read inside the transaction: another process may have been faster.
        const isNew = schemaVersion(db) === 0
        for (const step of MIGRATIONS) take(db, step, to, isNew)
      }).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

function take(db: Database, { version, sql }: Migration, to: number, isNew: boolean): void {
  db.transaction(() => {
    if (version > to || schemaVersion(db) >= version) return
    if (!isNew) {
      const [damaged] = damagedRows(db)
      if (damaged !== undefined) throw refusalOf(db, damaged)
      markDamagedMemories(db)
    }
    db.exec(sql)
    // The few rows that the steps put into a new file are looked at, and get their checksum, with the last.
    if (!isNew || version === to) {
      const strays = db.pragma('foreign_key_check') as readonly unknown[]
      if (strays.length > 0)
        throw new Error(`Migration ${version} leaves ${counted(strays.length, 'row')} pointing nowhere.`)
      writeChecksums(db)
      writeMemoryChecksums(db)
    }
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${version}`)
  }).immediate()
}
