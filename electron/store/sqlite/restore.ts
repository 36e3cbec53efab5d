import { chmodSync, copyFileSync } from 'node:fs'
import { basename } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { copyByHand, copyNext, isSoundCopy } from './backups.ts'
import { isBusy, reasonOf } from './faults.ts'
import { migrate } from './migrate.ts'
import { faultIn, openDatabase } from './open-database.ts'
import { replaceBroken, replaceSound } from './put-aside.ts'
import { skipWaiting } from './repositories/webhook.ts'
import { sumState } from './sums.ts'
import { forgetSteps } from './undo.ts'
import type { Task } from './task.ts'

/** Copies the database as it is now, while others may have it open; gives the copy's path. */
export async function makeBackup(file: string, nowMs: number, task?: Task): Promise<string> {
  const db = await openDatabase(file, 'refuse', 'whole')
  try {
    return await copyByHand(db, file, nowMs, task)
  } finally {
    db.close()
  }
}

/** What stood there before: a copy of it, or null where it was damaged or missing and is kept beside the database. */
export type Restored = { readonly before: string | null }

/**
 * Puts a copy in the place of the database. What is there is copied first, so that this can be undone; a damaged one is kept
 * under another name.
 * @throws StrikelineError 'bad-input' where the copy is not sound, or not what its sum says; 'file-unwritable' where
 *   another program has the database open or the folder cannot be written. Then nothing is changed.
 */
export async function restoreBackup(
  copy: string,
  file: string,
  nowMs: number,
  task?: Task,
): Promise<Restored> {
  await refuseUnfit(copy)
  const db = await openSound(file)
  if (db === null) {
    placing(copy, file, () => replaceBroken(file, (next) => writeNext(copy, next, [])))
    return { before: null }
  }
  try {
    return { before: await restoreOver(db, copy, file, nowMs, task) }
  } finally {
    db.close()
  }
}

/**
 * As {@link restoreBackup} for a sound database that is open here: its connection is closed at the last moment, so that where
 * nothing is changed it goes on, with all that it remembers for undo. Nobody may use it meanwhile. Revisions go on
 * counting, so that whoever holds the fleet of one of them is never told that it is still right.
 * @param task may stop it while what is there is being copied
 * @returns path of the copy of what stood there before
 */
export async function restoreOver(
  db: Database,
  copy: string,
  file: string,
  nowMs: number,
  task?: Task,
): Promise<string> {
  await refuseUnfit(copy)
  const writesOfOthers = db.prepare<[], number>('PRAGMA data_version').pluck()
  const seen = writesOfOthers.get()!
  const revisions = REVISED.map((table) => revisionIn(db, table))
  const before = await copyBefore(db, file, nowMs, task)
  const release = () => {
    if (writesOfOthers.get() !== seen) throw refusal('Another Strikeline has changed this fleet meanwhile')
    // Only the last connection may leave the write-ahead log behind.
    db.pragma('journal_mode = DELETE')
    db.close()
  }
  try {
    placing(copy, file, () => replaceSound(file, (next) => writeNext(copy, next, revisions), release))
  } finally {
    if (db.open) db.pragma('journal_mode = WAL')
  }
  return before
}

async function refuseUnfit(copy: string): Promise<void> {
  if (!isSoundCopy(copy))
    throw new StrikelineError(
      'bad-input',
      `${copy} is not a sound copy of a fleet: choose another one. Nothing was changed.`,
    )
  if ((await sumState(copy)) === 'differs')
    throw new StrikelineError(
      'bad-input',
      `${copy} is not what it was when it was made: its SHA-256 differs from the one beside it. Choose another one. Nothing was changed.`,
    )
}

/** null where the database is not sound. */
async function openSound(file: string): Promise<Database | null> {
  try {
    return await openDatabase(file, 'refuse', 'whole')
  } catch (error) {
    if (error instanceof StrikelineError && error.code === 'database-broken') return null
    throw error
  }
}

async function copyBefore(db: Database, file: string, nowMs: number, task?: Task): Promise<string> {
  try {
    return await copyNext(db, file, nowMs, 'before-restore', task)
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    throw new StrikelineError(
      'file-unwritable',
      `What is here now could not be copied first: ${reasonOf(error)}. Nothing was changed.`,
    )
  }
}

const REVISED = ['fleet_revision', 'history_revision'] as const

const revisionIn = (db: Database, table: (typeof REVISED)[number]): number =>
  db.prepare<[], number>(`SELECT revision FROM ${table}`).pluck().get()!

/**
 * Writes what takes the place: the copy in the form of this version, found sound once more.
 * @param revisions that the database has reached, in the order of {@link REVISED}; none where nobody holds any
 */
export function writeNext(copy: string, next: string, revisions: readonly number[]): void {
  copyFileSync(copy, next)
  chmodSync(next, 0o600)
  const db = new Sqlite(next)
  try {
    const fault = faultIn(db, copy, 'whole')
    if (fault !== null) throw new StrikelineError('bad-input', `${copy} ${fault}. Nothing was changed.`)
    db.pragma('journal_mode = DELETE')
    migrate(db)
    // Whoever goes a step back means one that they have seen.
    forgetSteps(db)
    skipWaiting(db)
    for (const [i, reached] of revisions.entries())
      db.prepare(`UPDATE ${REVISED[i]!} SET revision = max(revision, ?) + 1`).run(reached)
  } finally {
    db.close()
  }
}

function placing(copy: string, file: string, place: () => void): void {
  try {
    place()
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    if (isBusy(error)) throw refusal('Another Strikeline has this fleet open: close its window first')
    throw new StrikelineError(
      'file-unwritable',
      `The backup ${basename(copy)} could not be put in the place of ${file}: ${reasonOf(error)}. Everything is as it was.`,
    )
  }
}

const refusal = (why: string) => new StrikelineError('file-unwritable', `${why}. Nothing was changed.`)
