import { chmodSync, copyFileSync } from 'node:fs'
import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { copyNext, isSoundCopy } from './backups.ts'
import { isBusy, reasonOf } from './faults.ts'
import { openDatabase } from './open-database.ts'
import { replaceBroken, replaceSound } from './put-aside.ts'
import { sumState } from './sums.ts'

/** Copies the database as it is now, while others may have it open; gives the copy's path. */
export async function makeBackup(file: string, nowMs: number): Promise<string> {
  const db = await openDatabase(file, 'refuse', 'whole')
  try {
    return await copyNext(db, file, nowMs, 'by-hand')
  } catch (error) {
    throw new StrikelineError(
      'file-unwritable',
      `The backup could not be made: ${reasonOf(error)}. Nothing was changed.`,
    )
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
export async function restoreBackup(copy: string, file: string, nowMs: number): Promise<Restored> {
  if (!isSoundCopy(copy))
    throw new StrikelineError('bad-input', `${copy} is not a sound copy of a fleet. Nothing was changed.`)
  if ((await sumState(copy)) === 'differs')
    throw new StrikelineError(
      'bad-input',
      `${copy} is not what it was when it was made: its SHA-256 differs from the one beside it. Nothing was changed.`,
    )
  const put = (next: string) => {
    copyFileSync(copy, next)
    chmodSync(next, 0o600)
    if (!isSoundCopy(next)) throw new Error('what was written is not what can be read')
  }
  const before = await copyAsIs(file, nowMs)
  try {
    if (before === null) replaceBroken(file, put)
    else replaceSound(file, put)
  } catch (error) {
    if (error instanceof StrikelineError) throw error
    throw new StrikelineError(
      'file-unwritable',
      `The backup ${basename(copy)} could not be put in the place of ${file}: ${reasonOf(error)}. Everything is as it was.`,
    )
  }
  return { before }
}

/** Copies a sound database and leaves it as one file that nobody has open; null where it is not sound. */
async function copyAsIs(file: string, nowMs: number): Promise<string | null> {
  let db
  try {
    db = await openDatabase(file, 'refuse', 'whole')
  } catch (error) {
    if (error instanceof StrikelineError && error.code === 'database-broken') return null
    throw error
  }
  try {
    const path = await copyNext(db, file, nowMs, 'before-restore')
    // Only the last connection may leave the write-ahead log behind.
    db.pragma('journal_mode = DELETE')
    return path
  } catch (error) {
    if (!isBusy(error)) throw error
    throw new StrikelineError(
      'file-unwritable',
      'Another Strikeline has this fleet open: close its window first. Nothing was changed.',
    )
  } finally {
    db.close()
  }
}
