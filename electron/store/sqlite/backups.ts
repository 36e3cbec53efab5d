import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { BackupCheck, BackupCopy, BackupKind, Holdings, SumState } from '#shared/ipc/schemas/backups.ts'
import { askCopy } from './check-copy.ts'
import { reasonOf } from './faults.ts'
import { headerOf } from './file-header.ts'
import { APPLICATION_ID, SCHEMA_VERSION, schemaVersion } from './migrate.ts'
import { superseded } from './rotation.ts'
import { damagedRows, rowFault, teachChecksums } from './row-checksums.ts'
import { sumPath, sumState, writeSum } from './sums.ts'
import type { Task } from './task.ts'

/**
 * A copy that this program has made beside a database: 000042-2025-11-20.db. The number says which is the newer; the day is
 * what the clock said, and clocks are wrong. Copies of earlier versions have no number.
 */
export type Backup = {
  readonly path: string
  /** 0: without a number, older than all that have one */
  readonly sequence: number
  /** UTC, as the clock had it: 2025-11-20 */
  readonly day: string
  readonly kind: BackupKind
}

/** Why a copy was made that is not a daily one; it is kept for good. */
export type Occasion = 'by-hand' | 'before-restore' | `before-version-${number}`

const NAME =
  /^(?:(\d{6,12})-)?((?:\d{4}|[+-]\d{6})-\d{2}-\d{2})(-before-version-\d+|-by-hand|-before-restore)?\.db$/
/** What a copy is called until it is complete; SQLite may have left something beside it. */
const UNFINISHED = /\.db\.[0-9a-f]{8}\.tmp(-journal|-wal|-shm)?$|\.db\.tmp(-journal|-wal|-shm)?$/

export const backupFolder = (file: string): string => join(dirname(file), 'backups')

const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().split('T')[0]!

/** The copies beside a database, newest first. */
export function listBackups(file: string): readonly Backup[] {
  const folder = backupFolder(file)
  return namesIn(folder)
    .sort()
    .reverse()
    .flatMap((name): Backup[] => {
      const match = NAME.exec(name)
      if (match === null) return []
      const [, sequence = '0', day, occasion] = match
      return [
        {
          path: join(folder, name),
          sequence: Number(sequence),
          day: day!,
          kind: kindOf(occasion),
        },
      ]
    })
    .sort((a, b) => b.sequence - a.sequence)
}

function kindOf(occasion: string | undefined): BackupKind {
  if (occasion === undefined) return 'daily'
  if (occasion === '-by-hand') return 'by-hand'
  return occasion === '-before-restore' ? 'before-restore' : 'before-update'
}

/**
 * The copy of that name beside a database. A name is only ever looked up among those that are there, never made a path of.
 * @throws StrikelineError 'not-found'
 */
export function backupNamed(file: string, name: string): string {
  const found = listBackups(file).find(({ path }) => basename(path) === name)
  if (found !== undefined) return found.path
  throw new StrikelineError(
    'not-found',
    `There is no backup ${name} in ${backupFolder(file)} any more. Nothing was changed.`,
  )
}

/** A copy as its folder shows it; null where it has gone meanwhile. */
export function describeBackup({ path, day, kind }: Backup): BackupCopy | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  const isOfDay = dayOf(found.mtimeMs) === day
  return { name: basename(path), kind, day, madeAtMs: isOfDay ? found.mtimeMs : null, bytes: found.size }
}

/** None where there is no such folder. */
function namesIn(folder: string): string[] {
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
  return isThere ? readdirSync(folder) : []
}

/** Path of the newest copy that this program can continue with; null where there is none. */
export function newestSoundBackup(file: string): string | null {
  return listBackups(file).find(({ path }) => isSoundCopy(path))?.path ?? null
}

/** Opens, is ours, is not from a newer version, and is sound in all its rows. Only for copies: they are single files. */
export function isSoundCopy(copy: string): boolean {
  return (
    readCopy(
      copy,
      (db) =>
        db.pragma('application_id', { simple: true }) === APPLICATION_ID &&
        schemaVersion(db) <= SCHEMA_VERSION &&
        faultOfCopy(db) === null,
    ) ?? false
  )
}

/** What SQLite's own check says, or which row is not what was written; null where all is well. */
function faultOfCopy(db: Database): string | null {
  const verdict = db.pragma('quick_check(1)', { simple: true }) as string
  if (verdict !== 'ok') return `is damaged (${verdict})`
  teachChecksums(db)
  const [row] = damagedRows(db)
  return row === undefined ? null : rowFault(row)
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error

/** What a copy answers; null where it is damaged or cannot be read. */
function readCopy<T>(copy: string, read: (db: Database) => T): T | null {
  let db: Database | null = null
  try {
    if (!statSync(copy).isFile()) return null
    // Reading such a file where it lies leaves others beside it.
    if (headerOf(copy).isOfLog) return askCopy(copy, false, read)
    db = new Sqlite(copy, { readonly: true, fileMustExist: true })
    return read(db)
  } catch (error) {
    // A damaged copy, or one that may not be read, answers by failing; any other fault is not about the copy.
    if (error instanceof Sqlite.SqliteError || isOfSystem(error)) return null
    throw error
  } finally {
    db?.close()
  }
}

/**
 * Copies the database as it is now, while it stays in use, and checks the copy before it takes its name.
 * @param task is told how many pages are copied, and may stop it
 * @throws Error when the copy does not pass; nothing is left behind then
 */
export async function copyDatabase(db: Database, to: string, task?: Task): Promise<void> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const unchecked = `${to}.${crypto.randomUUID().slice(0, 8)}.tmp`
  try {
    const { totalPages } = await db.backup(unchecked, {
      progress({ totalPages, remainingPages }) {
        task?.step(totalPages - remainingPages, totalPages)
        return PAGES_PER_STEP
      },
    })
    task?.step(totalPages, totalPages)
    chmodSync(unchecked, 0o600)
    const copy = new Sqlite(unchecked)
    try {
      // One file without companions: it will be carried around.
      copy.pragma('journal_mode = DELETE')
      const fault = faultOfCopy(copy)
      if (fault !== null) throw new Error(`The copy ${basename(to)} ${fault}`)
    } finally {
      copy.close()
    }
    renameSync(unchecked, to)
  } catch (error) {
    rmSync(unchecked, { force: true })
    throw error
  }
}

/** Pages that are copied between two looks at what else is asked. */
const PAGES_PER_STEP = 100

/** A copy as a person looks at it. */
export type BackupState = {
  readonly name: string
  readonly day: string
  readonly bytes: number
  /** null where it is damaged */
  readonly machines: number | null
  readonly isSound: boolean
  readonly sum: SumState
}

/** The copies beside a database, newest first, each looked all through. */
export async function backupStates(file: string): Promise<readonly BackupState[]> {
  const states: BackupState[] = []
  for (const { path, day } of listBackups(file)) {
    const { isSound, holdings, sum } = await checkBackup(path)
    const machines = holdings?.machines ?? null
    states.push({ name: basename(path), day, bytes: statSync(path).size, machines, isSound, sum })
  }
  return states
}

/** Copies that were not finished; the next daily copy removes them. */
export const unfinishedBackups = (file: string): readonly string[] =>
  namesIn(backupFolder(file)).filter((name) => UNFINISHED.test(name))

/** Numbered above every copy that is here, so that a wrong clock does not change the order. */
export async function copyNext(
  db: Database,
  file: string,
  nowMs: number,
  occasion: Occasion | null,
  task?: Task,
): Promise<string> {
  const path = nextBackupPath(file, nowMs, occasion)
  await copyDatabase(db, path, task)
  await writeSum(path)
  return path
}

/** A copy that a person asked for. @throws StrikelineError 'file-unwritable', or what stopped it */
export async function copyByHand(db: Database, file: string, nowMs: number, task?: Task): Promise<string> {
  try {
    return await copyNext(db, file, nowMs, 'by-hand', task)
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    throw new StrikelineError(
      'file-unwritable',
      `The backup could not be made: ${reasonOf(error)}. Nothing was changed.`,
    )
  }
}

/** The path that the next copy gets. */
export function nextBackupPath(file: string, nowMs: number, occasion: Occasion | null): string {
  const sequence = (listBackups(file)[0]?.sequence ?? 0) + 1
  const suffix = occasion === null ? '' : `-${occasion}`
  return join(backupFolder(file), `${String(sequence).padStart(6, '0')}-${dayOf(nowMs)}${suffix}.db`)
}

/**
 * Makes a copy if the newest one is of another day, and what people have put in has changed since or that copy is no
 * longer sound. Then removes superseded daily copies and the remains of an interrupted one.
 */
export async function backUpDaily(db: Database, file: string, nowMs: number): Promise<void> {
  const newest = listBackups(file)[0]
  if (newest?.day === dayOf(nowMs)) return
  if (newest !== undefined && isUnchanged(db, newest.path) && isSoundCopy(newest.path)) return
  removeUnfinished(file)
  await copyNext(db, file, nowMs, null)
  const copies = listBackups(file)
  for (const { path } of superseded(copies, machinesIn, isSoundCopy)) removeCopy(path)
}

/** These are kept: there is one per update of the program. */
export async function backUpBeforeMigration(db: Database, file: string, nowMs: number): Promise<void> {
  await copyNext(db, file, nowMs, `before-version-${SCHEMA_VERSION}`)
}

/**
 * Deletes the copy of that name for good.
 * @throws StrikelineError 'not-found', or 'conflict' where it is the only sound one
 */
export function removeBackup(file: string, name: string): void {
  const copy = backupNamed(file, name)
  const others = listBackups(file).filter(({ path }) => path !== copy)
  if (isSoundCopy(copy) && !others.some(({ path }) => isSoundCopy(path)))
    throw new StrikelineError(
      'conflict',
      `${name} is the only sound backup, so it stays: make another one first. Nothing was deleted.`,
    )
  removeCopy(copy)
}

/** The sum goes last: a copy without one is still a copy, a sum without a copy is litter. */
function removeCopy(path: string): void {
  rmSync(path)
  rmSync(sumPath(path), { force: true })
}

function removeUnfinished(file: string): void {
  for (const name of unfinishedBackups(file)) rmSync(join(backupFolder(file), name))
}

/** What a database holds; lots are counted in full. */
export const holdingsOf = (db: Database): Holdings => ({
  ...db
    .prepare<[], { readonly machines: number; readonly sites: number }>(
      `SELECT (SELECT coalesce(sum(quantity), 0) FROM machine) AS machines,
              (SELECT count(*) FROM site) AS sites`,
    )
    .get()!,
  ledgerEntries: ledgerEntriesIn(db),
})

/** 0 in a database of before there was a ledger, too. */
export function ledgerEntriesIn(db: Database): number {
  const isThere = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'ledger_entry'").get() !== undefined
  if (!isThere) return 0
  return db.prepare<[], number>('SELECT count(*) FROM ledger_entry').pluck().get()!
}

/** Machines in a copy, all lots counted in full; -1 where it does not say. */
export const machinesIn = (copy: string): number => readCopy(copy, holdingsOf)?.machines ?? -1

/** Looks all through a copy. */
export async function checkBackup(copy: string): Promise<BackupCheck> {
  const isFile = statSync(copy, { throwIfNoEntry: false })?.isFile() ?? false
  const isSound = isFile && isSoundCopy(copy)
  return {
    isSound,
    holdings: isSound ? readCopy(copy, holdingsOf) : null,
    sum: isFile ? await sumState(copy) : 'none',
  }
}

/**
 * A fingerprint of what people have put in. The revision alone is not enough: a new database counts from the start
 * again. Values from sources are left out, since they can be fetched again.
 */
const STATE = `
  SELECT json_array(
    (SELECT revision FROM fleet_revision),
    (SELECT json_array(count(*), sum(key), sum(quantity), total(hashrate_ths), total(power_w), sum(length(id))) FROM machine),
    (SELECT json_array(count(*), sum(key)) FROM archived_machine),
    (SELECT json_group_array(json_array(key, name)) FROM site),
    (SELECT json_array(max(key), sum(taken_back)) FROM decision),
    (SELECT json_group_array(json_array(key, name, bought_at_ms, cost_nusd, salvage_nusd, life_days)) FROM purchase),
    (SELECT json_group_array(json_array(name, value_json)) FROM setting),
    (SELECT json_group_array(json_array(key, rule_json)) FROM alert),
    (SELECT json_group_array(json_array(name, scenario_json)) FROM scenario),
    (SELECT max(key) FROM ledger_entry),
    (SELECT json_group_array(json_array(name, from_month, scheme, fee, revenue, sites_json, hashrate_ehs)) FROM ledger_pool),
    (SELECT costing FROM ledger_choice),
    (SELECT json_group_array(json_array(name, value)) FROM typed_value),
    (SELECT json_group_array(json_array(currency, usd_per_unit)) FROM typed_rate),
    (SELECT json_array(count(*), total(value)) FROM day_value WHERE source = 'imported'))`

function isUnchanged(db: Database, copy: string): boolean {
  const stateOf = (of: Database) => of.prepare<[], string>(STATE).pluck().get()!
  return readCopy(copy, stateOf) === stateOf(db)
}
