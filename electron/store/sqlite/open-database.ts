import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { backUpBeforeMigration, newestSoundBackup } from './backups.ts'
import { isDamage, reasonOf } from './faults.ts'
import { APPLICATION_ID, migrate, SCHEMA_VERSION, schemaVersion } from './migrate.ts'

export type OnBroken = 'refuse' | 'move-aside' | 'restore'

/** How long a call waits for another process that writes, ms. */
const PATIENCE_MS = 5000

/**
 * Opens the database, brings it to this program's version (with a copy made before), and makes it where it is absent.
 * @throws StrikelineError 'database-newer', 'database-broken' (with onBroken 'refuse', or without a sound backup to
 *   restore), 'file-unwritable' where the folder or the file cannot be written
 */
export async function openDatabase(file: string, onBroken: OnBroken): Promise<Database> {
  makeFile(file)
  const db = openSound(file, (fault) => {
    putAside(file, fault, onBroken)
    return openSound(file, refuse(file))
  })
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    const version = schemaVersion(db)
    if (version > 0 && version < SCHEMA_VERSION) await backUpBeforeMigration(db, file, Date.now())
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Only its owner may read it, from its first moment on. */
function makeFile(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a+', 0o600))
    chmodSync(file, 0o600)
  } catch (error) {
    throw new StrikelineError('file-unwritable', `${file} cannot be opened for writing: ${reasonOf(error)}`)
  }
}

const HEADER_LENGTH = 100
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68

/**
 * Opens a file that is sound, ours and not newer; `otherwise` gets the reason as the end of a sentence.
 * The header is read as bytes first: opening a foreign or a newer file with SQLite might already change it.
 */
function openSound(file: string, otherwise: (fault: string) => Database): Database {
  const header = headerOf(file)
  if (header !== null) {
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return otherwise('is not a database')
    const id = header.readUInt32BE(APPLICATION_ID_AT)
    // Zero: made by us, but the first migration never came to its end.
    if (id !== 0 && id !== APPLICATION_ID) return otherwise('is a database of another program')
    refuseNewer(file, header.readUInt32BE(USER_VERSION_AT))
  }
  const db = new Sqlite(file, { timeout: PATIENCE_MS })
  const fault = faultOf(db)
  if (fault !== null) {
    db.close()
    return otherwise(fault)
  }
  return db
}

/** The first bytes; null where the file is empty. Shorter files are filled up with zeros. */
function headerOf(file: string): Buffer | null {
  const header = Buffer.alloc(HEADER_LENGTH)
  const handle = openSync(file, 'r')
  const length = readSync(handle, header)
  closeSync(handle)
  return length === 0 ? null : header
}

function faultOf(db: Database): string | null {
  try {
    // What the header does not say yet may stand in the write-ahead log.
    refuseNewer(db.name, schemaVersion(db))
    const verdict = db.pragma('quick_check(1)', { simple: true }) as string
    if (verdict !== 'ok') return `is damaged (${verdict})`
    const isForeign = schemaVersion(db) === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined
    return isForeign ? 'is a database of another program' : null
  } catch (error) {
    if (isDamage(error)) return `is damaged (${error.message})`
    db.close()
    throw error
  }
}

function refuseNewer(file: string, version: number): void {
  if (version <= SCHEMA_VERSION) return
  throw new StrikelineError(
    'database-newer',
    `${file} was written by a newer Strikeline (schema ${version}, this one knows ${SCHEMA_VERSION}). Nothing was changed. ` +
      'Install the newer program, or use another data folder.',
  )
}

const refuse =
  (file: string) =>
  (fault: string): never => {
    const backup = newestSoundBackup(file)
    const offer =
      backup === null ? 'There is no sound backup of it.' : `The newest sound backup is ${basename(backup)}.`
    throw new StrikelineError('database-broken', `${file} ${fault}. Nothing was changed. ${offer}`)
  }

/** Leaves a sound or an empty file in the place of the broken one, which stays under another name. */
function putAside(file: string, fault: string, onBroken: OnBroken): void {
  const backup = onBroken === 'restore' ? newestSoundBackup(file) : null
  if (onBroken === 'refuse' || (onBroken === 'restore' && backup === null)) refuse(file)(fault)
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  for (const companion of ['-wal', '-shm', '']) {
    if (existsSync(file + companion)) renameSync(file + companion, `${file}.broken-${stamp}${companion}`)
  }
  if (backup !== null) copyFileSync(backup, file)
  makeFile(file)
}
