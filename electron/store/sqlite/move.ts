import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { type MoveHead, readMoveFile, writeMoveFile } from '#electron/files/move/move-file.ts'
import { copyDatabase, listBackups, machinesIn } from './backups.ts'
import { reasonOf } from './faults.ts'
import { SCHEMA_VERSION, schemaVersion } from './migrate.ts'
import { openDatabase } from './open-database.ts'
import { replaceSound } from './put-aside.ts'
import { type Restored, restoreBackup, writeNext } from './restore.ts'
import { forgetSteps } from './undo.ts'
import { partOf } from './task.ts'
import type { Task } from './task.ts'

/**
 * Writes all of a database into one file for another computer, while the database stays in use. Secrets are not in a
 * database; what was deleted from it does not go along either.
 * @param version of this program
 * @param task tells progress in per cent, and may stop it: then no file is there
 */
export async function moveOut(
  db: Database,
  path: string,
  version: string,
  nowMs: number,
  task: Task,
): Promise<{ readonly machines: number }> {
  if (isSameFile(path, db.name))
    throw new StrikelineError('bad-input', `${path} is the fleet itself: give the file another name.`)
  return inTemporaryFolder(async (folder) => {
    const copy = join(folder, 'strikeline.db')
    await copyDatabase(db, copy, partOf(task, 0, 0.5))
    const schema = tidied(copy)
    const machines = machinesIn(copy)
    const about = { program: version, schema, machines, madeAt: new Date(nowMs).toISOString() }
    await writeMoveFile(path, copy, about, partOf(task, 0.5, 1).step)
    return { machines }
  })
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }))
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino
}

/** Without what was deleted (the steps of undo, the pages that SQLite keeps until it needs the room) and what is watched here. Gives the version of the database. */
function tidied(copy: string): number {
  const db = new Sqlite(copy)
  try {
    forgetSteps(db)
    // Paths, where a computer stands, who decides there and where alerts go mean nothing on another one.
    db.exec(`
      DELETE FROM watched_mark; DELETE FROM watched_file; DELETE FROM webhook; DELETE FROM webhook_delivery;
      DELETE FROM setting WHERE name IN ('homeSite', 'decidedBy', 'webhookFile')
    `)
    db.exec('VACUUM')
    return schemaVersion(db)
  } finally {
    db.close()
  }
}

/**
 * Looks all through a file of another computer, and stores nothing.
 * @throws StrikelineError as {@link moveIn} does because of the file
 */
export const lookIntoMoveFile = (path: string, task: Task): Promise<MoveHead> =>
  inTemporaryFolder((folder) => unpacked(path, join(folder, basename(path)), partOf(task, 0, 1)))

/** What stood there before, as after a restore; null where the folder had no fleet. */
export type MovedIn = { readonly head: MoveHead; readonly replaced: Restored | null }

/**
 * Puts what another computer has written in the place of the database. What is there is copied first, as before a restore.
 * @throws StrikelineError 'bad-input' or 'file-unreadable' where the file is not whole, not ours or of a newer program;
 *   'file-unwritable' as for a restore; 'cancelled' where the task was. Then nothing is changed.
 */
export async function moveIn(path: string, file: string, nowMs: number, task: Task): Promise<MovedIn> {
  return inTemporaryFolder(async (folder) => {
    const copy = join(folder, basename(path))
    const head = await unpacked(path, copy, partOf(task, 0, 0.5))
    const hasNone = !existsSync(file) && !existsSync(`${file}-wal`) && listBackups(file).length === 0
    if (!hasNone) return { head, replaced: await restoreBackup(copy, file, nowMs, partOf(task, 0.5, 1)) }
    try {
      replaceSound(
        file,
        (next) => writeNext(copy, next, []),
        () => undefined,
      )
    } catch (error) {
      if (error instanceof StrikelineError) throw error
      throw new StrikelineError(
        'file-unwritable',
        `${file} could not be written: ${reasonOf(error)}. Nothing was changed.`,
      )
    }
    return { head, replaced: null }
  })
}

async function unpacked(path: string, copy: string, task: Task): Promise<MoveHead> {
  const head = readMoveFile(path, copy, task.step)
  if (head.schema > SCHEMA_VERSION)
    throw new StrikelineError(
      'bad-input',
      `${basename(path)} is from a newer Strikeline (version ${head.program}; its data has form ${head.schema}, and this one reads up to ` +
        `${SCHEMA_VERSION}). Install the newer program on this computer. Nothing was changed.`,
    )
  await bringUpToDate(copy, path)
  return head
}

/** Looks all through the copy and brings it to this program's version, as one file without companions. */
async function bringUpToDate(copy: string, path: string): Promise<void> {
  let db
  try {
    db = await openDatabase(copy, 'refuse')
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    if (!(error instanceof StrikelineError) || error.code !== 'database-broken') throw error
    throw new StrikelineError(
      'bad-input',
      `${basename(path)} holds no sound fleet: write it anew on the other computer. Nothing was changed.`,
    )
  } finally {
    db?.close()
  }
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-move-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
