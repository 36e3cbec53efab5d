import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { backupStates, ledgerEntriesIn, unfinishedBackups } from './backups.ts'
import type { BackupState } from './backups.ts'
import { withCopy } from './check-copy.ts'
import { schemaVersion } from './migrate.ts'
import { faultOf } from './open-database.ts'
import { isReplacementOpen } from './put-aside.ts'
import { damagedParts } from './repositories/sealed-reports.ts'
import { checkedTables, damagedRows, teachChecksums } from './row-checksums.ts'
import type { DamagedRow } from './row-checksums.ts'

/** What is known of a data folder after looking at it; nothing is written into it. */
export type Examination = {
  /** null: there is none */
  readonly database: DatabaseState | null
  /** newest first */
  readonly backups: readonly BackupState[]
  /** copies that were interrupted */
  readonly unfinishedBackups: readonly string[]
  /** databases that gave way to another one, and are kept */
  readonly putAside: readonly { readonly name: string; readonly bytes: number }[]
  /** a restore did not come to its end */
  readonly isReplacementOpen: boolean
  /** null: there is no such folder */
  readonly freeBytes: number | null
}

export type DatabaseState = {
  readonly bytes: number
  /** as the end of a sentence; null: sound */
  readonly fault: string | null
  readonly log: LogState
  /** null: could not be read */
  readonly facts: DatabaseFacts | null
}

/** 'foreign': the database is sound without it and damaged with it */
export type LogState = 'none' | 'fits' | 'foreign'

export type DatabaseFacts = {
  /** of the schema */
  readonly version: number
  /** all lots counted in full */
  readonly machines: number
  readonly sites: number
  readonly ledgerEntries: number
  /** when a source was asked last with success, or a network file fetched what it holds; null: never */
  readonly lastFetchedMs: number | null
  /** rows that are not what was written, the first of them; null: rows of this version carry no checksum */
  readonly damagedRows: readonly DamagedRow[] | null
}

/** Damaged rows that are named one by one. */
const ROWS_NAMED = 20

export async function examine(file: string): Promise<Examination> {
  const folder = dirname(file)
  const isFolder = existsSync(folder)
  return {
    database: existsSync(file) && statSync(file).size > 0 ? databaseState(file) : null,
    backups: await backupStates(file),
    unfinishedBackups: unfinishedBackups(file),
    putAside: isFolder ? putAside(folder, basename(file)) : [],
    isReplacementOpen: isReplacementOpen(file),
    freeBytes: isFolder ? freeBytes(folder) : null,
  }
}

/** Looked at on a copy elsewhere: SQLite leaves files beside a database that it merely reads. */
function databaseState(file: string): DatabaseState {
  const { size: bytes } = statSync(file)
  const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  const whole = look(file, hasLog)
  if (!hasLog) return { bytes, log: 'none', ...whole }
  if (whole.fault === null) return { bytes, log: 'fits', ...whole }
  const alone = look(file, false)
  return alone.fault === null ? { bytes, log: 'foreign', ...alone } : { bytes, log: 'fits', ...whole }
}

function look(file: string, withLog: boolean): Pick<DatabaseState, 'fault' | 'facts'> {
  return withCopy(file, withLog, (copy) => {
    if (copy === null) {
      const fault =
        'could not be copied to be looked at: there is no room for it, it may not be read, or a program keeps writing'
      return { fault, facts: null }
    }
    const fault = soundnessOf(copy, file)
    const facts = factsOf(copy)
    return 'facts' in facts ? { fault, facts: facts.facts } : { fault: fault ?? facts.fault, facts: null }
  })
}

function soundnessOf(copy: string, file: string): string | null {
  try {
    return faultOf(copy, 'whole')
  } catch (error) {
    if (!(error instanceof StrikelineError)) throw error
    // Its version says so already.
    if (error.code === 'database-newer') return null
    return error.message.replaceAll(copy, file).replace(`${file} `, '')
  }
}

function factsOf(copy: string): { readonly facts: DatabaseFacts } | { readonly fault: string } {
  let db: Database | null = null
  try {
    db = new Sqlite(copy)
    const verdict = db.pragma('integrity_check(1)', { simple: true }) as string
    if (verdict !== 'ok') return { fault: `is damaged (${verdict})` }
    teachChecksums(db)
    const tables = checkedTables(db)
    const one = (sql: string) => db!.prepare<[], number | null>(sql).pluck().get() ?? null
    return {
      facts: {
        version: schemaVersion(db),
        machines: one('SELECT coalesce(sum(quantity), 0) FROM machine') ?? 0,
        sites: one('SELECT count(*) FROM site') ?? 0,
        ledgerEntries: ledgerEntriesIn(db),
        lastFetchedMs: one('SELECT max(fetched_at_ms) FROM network_value'),
        damagedRows: tables.length === 0 ? null : damagedIn(db, tables),
      },
    }
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error
    return { fault: `cannot be read (${error.message})` }
  } finally {
    db?.close()
  }
}

/** Rows, and the bytes of sealed reports, which carry no checksum of a row. */
function damagedIn(db: Database, tables: readonly string[]): readonly DamagedRow[] {
  const rows = damagedRows(db, tables, ROWS_NAMED)
  return [...rows, ...damagedParts(db, ROWS_NAMED - rows.length)]
}

function putAside(folder: string, name: string): Examination['putAside'] {
  return readdirSync(folder)
    .filter((one) => one.startsWith(`${name}.broken-`))
    .sort()
    .map((one) => ({ name: one, bytes: statSync(join(folder, one)).size }))
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
