import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import {
  backUpDaily,
  backupFolder,
  backupNamed,
  checkBackup,
  copyByHand,
  copyDatabase,
  describeBackup,
  holdingsOf,
  listBackups,
  removeBackup,
} from './backups.ts'
import { reasonOf } from './faults.ts'
import type { StoreCalls } from '../port.ts'
import type { Task } from './task.ts'

export type BackupCalls = Pick<
  StoreCalls,
  'readBackups' | 'checkBackup' | 'makeBackup' | 'removeBackup' | 'backup'
> & {
  /** @throws StrikelineError 'file-unwritable' where the copy of the day could not be made */
  readonly makeDaily: (nowMs: number) => Promise<void>
}

/** What the worker does about copies of its database. */
export function createBackupCalls(db: Database, file: string, task: (name: 'backup') => Task): BackupCalls {
  let last: Promise<unknown> = Promise.resolve()
  /** Each copy is numbered above those that are there, so one is made at a time. */
  function oneAtATime<T>(make: () => T | Promise<T>): Promise<T> {
    const made = last.then(make)
    // The caller gets the fault; the next one is still made.
    last = made.catch(() => undefined)
    return made
  }

  return {
    readBackups: () => ({
      folder: backupFolder(file),
      copies: listBackups(file)
        .map(describeBackup)
        .filter((copy) => copy !== null),
      now: holdingsOf(db),
    }),
    checkBackup: async (name) => checkBackup(backupNamed(file, name)),
    makeBackup(nowMs) {
      const copying = task('backup')
      return oneAtATime(async () => ({ name: basename(await copyByHand(db, file, nowMs, copying)) }))
    },
    removeBackup: (name) =>
      oneAtATime(() => {
        removeBackup(file, name)
      }),
    backup: (path) => copyDatabase(db, path),
    makeDaily: (nowMs) =>
      oneAtATime(async () => {
        try {
          await backUpDaily(db, file, nowMs)
        } catch (error) {
          throw new StrikelineError(
            'file-unwritable',
            `The daily backup could not be made: ${reasonOf(error)}.`,
          )
        }
      }),
  }
}
