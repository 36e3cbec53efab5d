import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { backUpBeforeMigration, isSoundCopy, listBackups, newestSoundBackup } from './backups.ts'
import { askCopy } from './check-copy.ts'
import { isDamageOnSight, reasonOf } from './faults.ts'
import { headerOf } from './file-header.ts'
import type { FileHeader } from './file-header.ts'
import { APPLICATION_ID, migrate, SCHEMA_VERSION, schemaVersion } from './migrate.ts'
import { endInterruptedReplacement, replaceBroken } from './put-aside.ts'
import { checkedTables, damagedRows, keepChecksums, rowFault, teachChecksums } from './row-checksums.ts'

export type OnBroken = 'refuse' | 'move-aside' | 'restore'

/** 'but-large': without the tables whose readers look at each row anyway, which takes as long as looking for nothing else. */
export type Looked = 'whole' | 'but-large'

/** How long a call waits for another process that writes, ms. */
const PATIENCE_MS = 5000

/**
 * Opens the database, creates it where it is absent, and migrates it after making a copy. An unusable file stays as
 * it is unless `onBroken` says otherwise: nothing writes into a file before it is found sound.
 * @param looked how much of it is looked at first
 * @throws StrikelineError 'database-newer', 'database-broken' (with onBroken 'refuse', or where the way out failed),
 *   'file-unwritable' where the folder or the file cannot be written
 */
export async function openDatabase(
  file: string,
  onBroken: OnBroken,
  looked: Looked = onBroken === 'refuse' ? 'but-large' : 'whole',
): Promise<Database> {
  makeFolder(file)
  endInterruptedReplacement(file)
  const fault = faultOf(file, looked)
  if (fault !== null) {
    if (onBroken === 'refuse') throw refusal(file, fault)
    replace(file, fault, onBroken)
  }
  return openSound(file)
}

/**
 * Opens a database that nobody has found sound yet, to read it meanwhile: what it answers is worth nothing before
 * {@link refuseUnsound} has returned. A file that is not there yet or is of an earlier version is opened as by {@link openDatabase}.
 * @throws as openDatabase with onBroken 'refuse'
 */
export async function openUnchecked(file: string): Promise<Database> {
  makeFolder(file)
  endInterruptedReplacement(file)
  const outside = lookAtOutside(file)
  if (outside.fault !== null) throw refusal(file, outside.fault)
  if (outside.version < SCHEMA_VERSION) return openDatabase(file, 'refuse')
  const db = connect(file, outside.hasLog)
  try {
    refuseNewer(file, schemaVersion(db))
    db.pragma('trusted_schema = OFF')
    teachChecksums(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Looks through a database but for its machines, which the caller reads. @throws StrikelineError 'database-newer' or 'database-broken'; the file is unchanged */
export function refuseUnsound(file: string): void {
  const fault = faultOf(file, 'but-large')
  if (fault !== null) throw refusal(file, fault)
}

async function openSound(file: string): Promise<Database> {
  makeFile(file)
  const db = new Sqlite(file, { timeout: PATIENCE_MS })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    const version = schemaVersion(db)
    if (version > 0 && version < SCHEMA_VERSION) await backUpBeforeMigration(db, file, Date.now())
    migrate(db)
    keepChecksums(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function makeFolder(file: string): void {
  writing(file, () => mkdirSync(dirname(file), { recursive: true, mode: 0o700 }))
}

/** Only its owner may read it, from its first moment on. */
function makeFile(file: string): void {
  writing(file, () => {
    closeSync(openSync(file, 'a+', 0o600))
    chmodSync(file, 0o600)
  })
}

function writing(file: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw new StrikelineError('file-unwritable', `${file} cannot be opened for writing: ${reasonOf(error)}`)
  }
}

/**
 * Why a file is not a sound database of ours, as the end of a sentence; null where it is one, or may be created.
 * @throws StrikelineError 'database-newer'
 */
export function faultOf(file: string, looked: Looked): string | null {
  const { isThere, hasLog, fault } = lookAtOutside(file)
  if (fault !== null || !isThere) return fault
  if (hasLog) {
    // The last connection that may write brings the log into the file when it closes, sound or not: a copy is asked.
    const inCopy = askCopy(file, true, (db) => faultIn(db, file, looked))
    const isOfLog = inCopy !== null && askCopy(file, false, (db) => faultIn(db, file, looked)) === null
    return isOfLog
      ? `does not fit ${basename(file)}-wal beside it, and is sound without it (move that away if it was copied here)`
      : inCopy
  }
  const db = connect(file, false)
  try {
    return faultIn(db, file, looked)
  } finally {
    db.close()
  }
}

/**
 * What the header tells of a file, read as bytes: opening a foreign or newer file with SQLite might already change it. The
 * version is 0 where there is no file; the fault is as in {@link faultOf}.
 * @throws StrikelineError 'database-newer'
 */
function lookAtOutside(file: string) {
  // Before the header: a database of ours says that it has a log before there is one.
  const hasLog = sizeOf(`${file}-wal`) > 0
  if (sizeOf(file) === 0) {
    const fault = listBackups(file).length === 0 ? null : 'is missing, but there are backups of it'
    return { isThere: false, hasLog, version: 0, fault }
  }
  const header = headerOf(file)
  const { version } = header
  return { isThere: true, hasLog, version, fault: headerFault(file, header, hasLog) }
}

function headerFault(file: string, header: FileHeader, hasLog: boolean): string | null {
  if (!header.isDatabase) return 'is not a database'
  // Zero: made by us, but the first migration never came to its end.
  if (header.applicationId !== 0 && header.applicationId !== APPLICATION_ID)
    return 'is a database of another program'
  refuseNewer(file, header.version)
  if (hasLog && !header.isOfLog) {
    const log = `${basename(file)}-wal`
    return `has ${log} beside it, which belongs to another database and would be written into it (move that away if it was copied here)`
  }
  return null
}

/** The last connection that may write brings the log into the file when it closes, sound or not. */
const connect = (file: string, hasLog: boolean): Database =>
  new Sqlite(file, { timeout: PATIENCE_MS, readonly: hasLog })

/** Bytes; 0 where there is no such file. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Why an open database is not a sound one of ours, as the end of a sentence about the file; null where it is.
 * @throws StrikelineError 'database-newer'
 */
export function faultIn(db: Database, file: string, looked: Looked): string | null {
  try {
    // What the header does not say yet may stand in the write-ahead log.
    refuseNewer(file, schemaVersion(db))
    const verdict = db.pragma('quick_check(1)', { simple: true }) as string
    if (verdict !== 'ok') return `is damaged (${verdict})`
    const isForeign = schemaVersion(db) === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined
    if (isForeign) return 'is a database of another program'
    return faultInSchema(db) ?? faultInRows(db, looked)
  } catch (error) {
    if (isDamageOnSight(error)) return `is damaged (${error.message})`
    throw error
  }
}

/** Tables whose readers look at each row as they read it. */
const LARGE: ReadonlySet<string> = new Set(['machine', 'day_value', 'ledger_entry'])

/** What is read by an index is compared with it: the index may be what has changed. */
function faultInRows(db: Database, looked: Looked): string | null {
  const tables = checkedTables(db).filter((table) => looked === 'whole' || !LARGE.has(table))
  for (const table of tables) {
    const verdict = db.pragma(`integrity_check(${table})`, { simple: true }) as string
    if (verdict !== 'ok') return `is damaged (${verdict})`
  }
  teachChecksums(db)
  const [row] = damagedRows(db, tables)
  return row === undefined ? null : rowFault(row)
}

/** A table or column that a database of its version has and this one lacks or defines otherwise; null where there is none. */
function faultInSchema(db: Database): string | null {
  const version = schemaVersion(db)
  if (version === 0) return null
  const whole = new Sqlite(':memory:')
  try {
    migrate(whole, version)
    const has = new Set(columnsOf(db))
    const tables = new Set([...has].map((name) => name.split('.')[0]))
    const missing = columnsOf(whole).find((name) => !has.has(name))
    if (missing !== undefined) {
      const [table, column] = missing.split('.')
      return tables.has(table)
        ? `lacks the column "${column!}" of its table "${table!}"`
        : `lacks the table "${table!}"`
    }
    const defined = definitionsOf(db)
    const changed = [...definitionsOf(whole)].find(([name, text]) => defined.get(name) !== text)
    return changed === undefined ? null : `is damaged (the definition of its "${changed[0]}" has changed)`
  } finally {
    whole.close()
  }
}

/** How tables and indexes are defined, without what SQL reads over: earlier versions may have had other remarks. */
function definitionsOf(db: Database): ReadonlyMap<string, string> {
  // Where a bit has changed a text may be none.
  const rows = db
    .prepare<[], [name: string, sql: string]>(
      'SELECT CAST(name AS TEXT), CAST(sql AS TEXT) FROM sqlite_schema WHERE sql IS NOT NULL',
    )
    .raw()
    .all()
  return new Map(rows.map(([name, sql]) => [name, sql.replace(/--.*/g, '').replace(/\s+/g, '')]))
}

/** "table.column" of all tables. */
const columnsOf = (db: Database): readonly string[] =>
  db
    .prepare<[], string>(
      `SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all()

function refuseNewer(file: string, version: number): void {
  if (version <= SCHEMA_VERSION) return
  throw new StrikelineError(
    'database-newer',
    `${file} was written by a newer Strikeline (its data has form ${version}, and this one reads up to ${SCHEMA_VERSION}). Nothing was changed. ` +
      'Install the newer program, or use another data folder.',
  )
}

function refusal(file: string, fault: string): StrikelineError {
  const backup = newestSoundBackup(file)
  const offer =
    backup === null ? 'There is no sound backup of it.' : `The newest sound backup is ${basename(backup)}.`
  return new StrikelineError('database-broken', `${file} ${fault}. Nothing was changed. ${offer}`)
}

/** Replaces the broken file, which is kept under another name, by the newest sound backup or an empty database. */
function replace(file: string, fault: string, onBroken: Exclude<OnBroken, 'refuse'>): void {
  const backup = onBroken === 'restore' ? newestSoundBackup(file) : null
  if (onBroken === 'restore' && backup === null) throw refusal(file, fault)
  try {
    replaceBroken(file, (next) => {
      if (backup === null) makeEmpty(next)
      else copyFileSync(backup, next)
      chmodSync(next, 0o600)
      if (!isSoundCopy(next)) throw new Error('what was written is not what can be read')
    })
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    const what = backup === null ? 'An empty fleet' : `The backup ${basename(backup)}`
    throw new StrikelineError(
      'database-broken',
      `${what} could not be put in the place of ${file}: ${reasonOf(error)}. Everything is as it was. ` +
        'Make room on the disk, or allow writing to the folder, and try again.',
    )
  }
}

/** One file without companions. */
function makeEmpty(path: string): void {
  const db = new Sqlite(path)
  try {
    migrate(db)
  } finally {
    db.close()
  }
}
