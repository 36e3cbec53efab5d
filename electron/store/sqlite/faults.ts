import Sqlite from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'

export { reasonOf } from '#electron/files/reasons.ts'

/** SQLite found that the file is not what it should be; a length beyond its limits stands in none of ours. */
export function isDamage(error: unknown): error is InstanceType<typeof Sqlite.SqliteError> {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB|TOOBIG)/.test(error.code)
}

/** As {@link isDamage} while a file is looked through: the questions are ours and right, so what SQLite cannot follow is in the file. */
export const isDamageOnSight = (error: unknown): error is InstanceType<typeof Sqlite.SqliteError> =>
  isDamage(error) || (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_ERROR'))

export const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** What a fault of SQLite means to a person; any other fault as it is. */
export function explained(error: unknown, file: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const { code, message } = error
  if (isDamage(error)) {
    return new StrikelineError(
      'database-broken',
      `${file} is damaged (${message}). Nothing was changed. Restore a backup of the fleet.`,
    )
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
      `${file} cannot be written (${message}). Nothing was changed. Make room on the disk, or allow writing to the folder, and try again.`,
    )
  }
  return error
}
