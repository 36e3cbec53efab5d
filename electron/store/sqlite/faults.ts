import Sqlite from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** SQLite found that the file is not what it should be. */
export function isDamage(error: unknown): error is InstanceType<typeof Sqlite.SqliteError> {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}

/** A table, column or function that a statement names is not there. */
export const isUnanswerable = (error: unknown): error is InstanceType<typeof Sqlite.SqliteError> =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_ERROR')

export const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** What a fault of SQLite means to a person; any other fault as it is. */
export function explained(error: unknown, file: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const { code, message } = error
  if (isDamage(error)) {
    return new StrikelineError('database-broken', `${file} is damaged (${message}). Nothing was changed.`)
  }
  if (isBusy(error)) {
    return new StrikelineError(
      'file-unwritable',
      'Another Strikeline is writing to this fleet. Nothing was changed; try again in a moment.',
    )
  }
  if (/^SQLITE_(FULL|READONLY|CANTOPEN|IOERR|PERM)/.test(code)) {
    return new StrikelineError(
      'file-unwritable',
      `${file} cannot be written (${message}). Nothing was changed.`,
    )
  }
  return error
}
