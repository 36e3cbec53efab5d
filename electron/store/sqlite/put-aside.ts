import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { reasonOf } from './faults.ts'

/**
 * Replaces an unusable database so that the next start can recover from a crash at any moment: the broken file and
 * its companions first move to a temporary name, then the new file takes the place in one step. Before that step
 * everything can be put back; after it the broken file only needs its final name. The companions matter: SQLite
 * would apply the broken file's write-ahead log to the new one.
 */

/** Files that SQLite keeps beside a database. They move first, so that it is never there without them. */
const COMPANIONS = ['-journal', '-wal', '-shm'] as const
const WITH_COMPANIONS = [...COMPANIONS, ''] as const

const nextOf = (file: string): string => `${file}.next`
const betweenOf = (file: string): string => `${file}.set-aside`
const lockOf = (file: string): string => `${file}.lock`

const anyOf = (file: string): boolean => WITH_COMPANIONS.some((part) => existsSync(file + part))

/** Whether a replacement was interrupted, which the next start ends. */
export const isReplacementOpen = (file: string): boolean => anyOf(nextOf(file)) || anyOf(betweenOf(file))

/**
 * Replaces a broken or absent file; the broken one is kept with the time in its name.
 * @param prepare writes the new file, whole and checked, to the given path
 * @throws what `prepare` throws, or why a file could not be moved: then everything is as before. StrikelineError 'file-
 *   unwritable'
 *   where the new file is in place, but the broken one could not get its name
 */
export function replaceBroken(file: string, prepare: (next: string) => void): void {
  try {
    alone(file, () => {
      settle(file)
      const next = nextOf(file)
      prepare(next)
      syncFile(next)
      // Without a file in place, its companions would look like an unfinished step.
      if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600))
      for (const part of WITH_COMPANIONS) move(file + part, betweenOf(file) + part)
      syncFolder(file)
      renameSync(next, file)
      syncFolder(file)
    })
  } finally {
    endInterruptedReplacement(file)
  }
}

/**
 * Puts another file in the place of a sound database, which after `release` nobody has open and has no companions. What was there
 * is gone, so it must have been copied.
 * @param prepare writes the new file, whole and checked, to the given path
 * @param release lets go of the database; nobody may open it from here on
 * @throws what `prepare` or `release` throws, or why the file could not be moved: then everything is as before
 */
export function replaceSound(file: string, prepare: (next: string) => void, release: () => void): void {
  try {
    alone(file, () => {
      settle(file)
      const next = nextOf(file)
      prepare(next)
      syncFile(next)
      release()
      renameSync(next, file)
      syncFolder(file)
    })
  } finally {
    endInterruptedReplacement(file)
  }
}

/**
 * Undoes an interrupted replacement, or completes it where the new file was already in place. Waits for one that is
 * running in another process.
 * @throws StrikelineError 'file-unwritable' where that cannot be done
 */
export function endInterruptedReplacement(file: string): void {
  if (!existsSync(lockOf(file)) && !anyOf(nextOf(file)) && !anyOf(betweenOf(file))) return
  try {
    alone(file, () => settle(file))
    rmSync(lockOf(file), { force: true, maxRetries: 3 })
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw error
    throw new StrikelineError(
      'file-unwritable',
      `A restore of ${file} did not come to its end: ${reasonOf(error)}. ` +
        `What was there before is kept in ${basename(betweenOf(file))}. Allow writing to the folder and start again.`,
    )
  }
}

/** The broken file leaves last and comes back last: while it is among those set aside, a file in its place is the next one. */
function settle(file: string): void {
  discard(nextOf(file))
  if (existsSync(file) && existsSync(betweenOf(file))) nameBroken(file)
  else if (anyOf(betweenOf(file))) putBack(file)
}

function putBack(file: string): void {
  for (const part of WITH_COMPANIONS) move(betweenOf(file) + part, file + part)
  syncFolder(file)
}

/** The time at which it was set aside, so that another try gives every part the same name. */
function nameBroken(file: string): void {
  const stamp = statSync(betweenOf(file)).ctime.toISOString().replace(/[:.]/g, '-')
  for (const part of WITH_COMPANIONS) move(betweenOf(file) + part, `${file}.broken-${stamp}${part}`)
  syncFolder(file)
}

function move(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to)
}

function discard(file: string): void {
  for (const part of WITH_COMPANIONS) rmSync(file + part, { force: true })
}

/** A large backup takes a while to be copied. */
const LOCK_PATIENCE_MS = 30_000

/** One process at a time: a database lock ends with its process, even on a crash. */
function alone(file: string, work: () => void): void {
  const lock = new Sqlite(lockOf(file), { timeout: LOCK_PATIENCE_MS })
  try {
    lock.pragma('journal_mode = OFF')
    lock.exec('BEGIN EXCLUSIVE')
    work()
  } finally {
    lock.close()
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A new name lasts when its folder is on the disk; Windows sees to that itself. */
function syncFolder(file: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dirname(file), 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
