import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { reasonOf } from './faults.ts'

/**
 * A database that cannot be used gives its place to another file, and every moment of that is one from which the next start finds
 * back: the broken file with what SQLite keeps beside it moves to a name of the in-between first, and the file that follows takes the
 * place in one step. Before that step everything can be put back; after it the broken file only needs its name. What
 * lies beside a database matters: a write-ahead log of the broken file would be applied to the one that follows.
 */

/** What SQLite keeps beside a database. They move before it, so that it is never there without them. */
const COMPANIONS = ['-journal', '-wal', '-shm'] as const
const WITH_COMPANIONS = [...COMPANIONS, ''] as const

const nextOf = (file: string): string => `${file}.next`
const betweenOf = (file: string): string => `${file}.set-aside`
const lockOf = (file: string): string => `${file}.lock`

const anyOf = (file: string): boolean => WITH_COMPANIONS.some((part) => existsSync(file + part))

/**
 * Puts a file in the place of a broken one, which is kept with the time in its name. A file that is absent is broken too.
 * @param prepare writes the file that follows, whole and checked, to the path that it is given
 * @throws what `prepare` throws, or why a file could not be moved: everything is as it was then. StrikelineError 'file-unwritable'
 *   where the other file is in its place, but the broken one could not be given its name
 */
export function replaceBroken(file: string, prepare: (next: string) => void): void {
  try {
    alone(file, () => {
      settle(file)
      const next = nextOf(file)
      prepare(next)
      syncFile(next)
      // Without a file in its place, what was beside it would look like a step that was not taken.
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
 * Takes back a replacement that was interrupted, or ends it where the file that follows was in its place already; waits for one
 * that is under way in another process.
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

/** One process at a time: the lock of a database ends with its process, however that ends. */
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
