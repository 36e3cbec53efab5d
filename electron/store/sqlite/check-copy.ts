import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'

/** Another process may be writing; a copy that it changed under our hands is made anew. */
const ATTEMPTS = 3

/**
 * What a database with a write-ahead log beside it answers, asked on a copy elsewhere: merely reading such a pair lets SQLite
 * write into the folder. Where another process keeps writing, or there is no room for a copy, the pair itself is asked.
 * @param withLog false: the database by itself, without its log
 */
export function askCopy<T>(file: string, withLog: boolean, ask: (db: Database) => T): T {
  const answered = withCopy(file, withLog, (copy) =>
    copy === null ? null : { value: answer(new Sqlite(copy), ask) },
  )
  return answered === null ? answer(new Sqlite(file, { readonly: true }), ask) : answered.value
}

/** Calls with the path of a copy elsewhere, under the same name; null where no copy of one moment can be made. */
export function withCopy<T>(file: string, withLog: boolean, work: (copy: string | null) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-check-'))
  try {
    return work(copyOf(file, withLog, folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** null where no copy of one moment can be made. */
function copyOf(file: string, withLog: boolean, folder: string): string | null {
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const copy = join(folder, basename(file))
      rmSync(`${copy}-wal`, { force: true })
      const before = stateOf(file)
      copyFileSync(file, copy)
      if (withLog && existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
      if (stateOf(file) === before) return copy
    }
  } catch {
    // No room, or a file that cannot be read: reading the pair itself says which.
  }
  return null
}

function answer<T>(db: Database, ask: (db: Database) => T): T {
  try {
    return ask(db)
  } finally {
    db.close()
  }
}

/** Changes when somebody writes into either of the two. */
const stateOf = (file: string): string =>
  [file, `${file}-wal`]
    .map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }))
    .map((found) => (found === undefined ? '-' : `${found.size} ${found.mtimeNs}`))
    .join(' ')
