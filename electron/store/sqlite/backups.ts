import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { APPLICATION_ID, SCHEMA_VERSION, schemaVersion } from './migrate.ts'

/** Daily copies that are kept; the oldest goes when another is made. */
const KEPT_DAYS = 7

const DAILY = /^\d{4}-\d{2}-\d{2}\.db$/
const BEFORE_MIGRATION = /^\d{4}-\d{2}-\d{2}-before-version-\d+\.db$/

export const backupFolder = (file: string): string => join(dirname(file), 'backups')

const day = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10)

/** Copies made by this program beside a database, newest first; their names begin with the day. */
export function listBackups(file: string): readonly string[] {
  const folder = backupFolder(file)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => DAILY.test(name) || BEFORE_MIGRATION.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name))
}

/** Newest copy that this program can continue with; null where there is none. */
export function newestSoundBackup(file: string): string | null {
  return listBackups(file).find(isSound) ?? null
}

/** Opens, is ours, is not from a newer version, and passes SQLite's check. Only for copies: they are single files. */
function isSound(copy: string): boolean {
  let db: Database | null = null
  try {
    db = new Sqlite(copy, { readonly: true, fileMustExist: true })
    const isOurs = db.pragma('application_id', { simple: true }) === APPLICATION_ID
    return (
      isOurs && schemaVersion(db) <= SCHEMA_VERSION && db.pragma('quick_check(1)', { simple: true }) === 'ok'
    )
  } catch (error) {
    // A damaged copy answers by failing; any other fault is not about the copy.
    if (error instanceof Sqlite.SqliteError) return false
    throw error
  } finally {
    db?.close()
  }
}

/**
 * Copies the database as it is now, while it stays in use, and checks the copy before it takes its name.
 * @throws Error when the copy does not pass; nothing is left behind then
 */
export async function copyDatabase(db: Database, to: string): Promise<void> {
  const unchecked = `${to}.tmp`
  rmSync(unchecked, { force: true })
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  try {
    await db.backup(unchecked)
    chmodSync(unchecked, 0o600)
    const copy = new Sqlite(unchecked)
    try {
      // One file without companions: it will be carried around.
      copy.pragma('journal_mode = DELETE')
      const verdict = copy.pragma('quick_check(1)', { simple: true })
      if (verdict !== 'ok') throw new Error(`The copy ${basename(to)} is not sound: ${String(verdict)}`)
    } finally {
      copy.close()
    }
    renameSync(unchecked, to)
  } catch (error) {
    rmSync(unchecked, { force: true })
    throw error
  }
}

/** Makes the copy of the day where there is none yet, and drops the oldest. */
export async function backUpDaily(db: Database, file: string, nowMs: number): Promise<void> {
  const today = join(backupFolder(file), `${day(nowMs)}.db`)
  if (listBackups(file).includes(today)) return
  await copyDatabase(db, today)
  const daily = listBackups(file).filter((path) => DAILY.test(basename(path)))
  for (const old of daily.slice(KEPT_DAYS)) rmSync(old)
}

/** These are kept: there is one per update of the program. */
export async function backUpBeforeMigration(db: Database, file: string, nowMs: number): Promise<void> {
  const name = `${day(nowMs)}-before-version-${SCHEMA_VERSION}.db`
  await copyDatabase(db, join(backupFolder(file), name))
}
