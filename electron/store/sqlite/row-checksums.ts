import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'

/**
 * SQLite does not notice a bit that has changed inside a row. So the rows that figures rest on carry a checksum: it is written with
 * them by the triggers of this file, and compared whenever they are read. A table takes part by having a column `checksum`;
 * the memories of undo keep that of a row as they keep all else of it.
 */

type Value = string | number | null

/** The row of a table that is not what was written; a key of several columns is their values in order. */
export type DamagedRow = { readonly table: string; readonly key: string | number }

/** No figure rests on them, and they may be long: reading the fleet leaves them out. */
const UNCHECKED = new Set(['checksum', 'notes_json'])

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

/** One to one in each of its parameters, so that no single changed word goes unnoticed. */
function mixWord(sum: number, word: number): number {
  const mixed = Math.imul(sum ^ word, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

/** Numbers as they are stored, texts two characters at a time; an empty text counts as none. */
function mix(sum: number, value: Value): number {
  if (typeof value === 'number') {
    const whole = value | 0
    if (whole === value) return mixWord(sum, whole)
    float[0] = value
    return mixWord(mixWord(sum, words[0]!), words[1]!)
  }
  const length = value === null ? 0 : value.length
  let mixed = mixWord(sum, ~length)
  for (let i = 0; i < length; i += 2) {
    const second = i + 1 < length ? value!.charCodeAt(i + 1) : 0
    mixed = mixWord(mixed, value!.charCodeAt(i) | (second << 16))
  }
  return mixed
}

/** @param row begins with the values of {@link checkedColumns}; what follows these is left alone */
export function checksumOf(row: readonly Value[], columns = row.length): number {
  let sum = 0
  for (let i = 0; i < columns; i++) sum = mix(sum, row[i]!)
  return sum
}

const ROW_CHECKSUM = 'row_checksum'
const EXPECT_SOUND = 'expect_sound'

/** Teaches a connection the checksum. */
export function teachChecksums(db: Database): void {
  db.function(ROW_CHECKSUM, { varargs: true, deterministic: true }, (...row: Value[]) => checksumOf(row))
  db.function(
    EXPECT_SOUND,
    { varargs: true },
    (table: string, keys: number, checksum: Value, ...row: Value[]) => {
      if (checksumOf(row) !== checksum) throw refusalOf(db, { table, key: keyOf(row, keys) })
      return 1
    },
  )
}

/** What a person is told of a row: the values of the columns that are its key, which are the first. */
export const keyOf = (row: readonly Value[], keys: number): string | number =>
  keys === 1 ? row[0]! : row.slice(0, keys).join(' ').trimEnd()

/** How many columns the key of a table has. */
const keysOf = (db: Database, table: string): number =>
  db.prepare<[string], number>('SELECT count(*) FROM pragma_table_info(?) WHERE pk > 0').pluck().get(table)!

/** Columns that the checksum of a table is made of; the first are its key. */
export const checkedColumns = (db: Database, table: string): readonly string[] =>
  db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .filter((column) => !UNCHECKED.has(column))

export const checkedTables = (db: Database): readonly string[] =>
  db
    .prepare<[], string>(
      `SELECT t.name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND c.name = 'checksum' AND t.name NOT GLOB 'undo_*' ORDER BY t.name`,
    )
    .pluck()
    .all()

const quoted = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ')
/** The checksum that a row of a table must have, as SQL. @param of the table, or another one with the same columns */
export const sumOf = (of: string, columns: readonly string[]): string =>
  `${ROW_CHECKSUM}(${listed(columns, of)})`

const listed = (columns: readonly string[], of: string) =>
  columns.map((column) => `${of}."${column}"`).join(', ')

/** A condition that is true for every row of a table that is what was written, and throws at any other. */
export const isSoundRow = (db: Database, table: string, of = table): string =>
  `${EXPECT_SOUND}('${table}', ${keysOf(db, table)}, ${of}.checksum, ${listed(checkedColumns(db, table), of)})`

/**
 * Writes the checksum with every row that this connection writes from now on. A row that is not what was written is never given a
 * new one: changing it fails, and undo brings it back with the checksum that it had.
 */
export function keepChecksums(db: Database): void {
  teachChecksums(db)
  for (const table of checkedTables(db)) {
    const columns = checkedColumns(db, table)
    const isIt = columns
      .slice(0, keysOf(db, table))
      .map((key) => `"${key}" = NEW."${key}"`)
      .join(' AND ')
    const write = `UPDATE ${table} SET checksum = ${sumOf(table, columns)} WHERE ${isIt}`
    // Whoever gives a checksum brings a row back: it must fit as it did.
    db.exec(`
      CREATE TEMP TRIGGER checksum_${table}_insert AFTER INSERT ON main.${table} WHEN NEW.checksum IS NULL BEGIN
        ${write};
      END;
      CREATE TEMP TRIGGER checksum_${table}_update AFTER UPDATE OF ${quoted(columns)} ON main.${table} BEGIN
        SELECT ${isSoundRow(db, table, 'OLD')};
        ${write} AND NEW.checksum IS OLD.checksum;
      END;
    `)
  }
}

/** Gives all rows their checksum anew: for a migration, which may have changed the columns. */
export function writeChecksums(db: Database): void {
  for (const table of checkedTables(db)) {
    db.exec(`UPDATE ${table} SET checksum = ${sumOf(table, checkedColumns(db, table))}`)
  }
}

/** Memories of undo: each holds rows of the table in its name, with their checksums. */
const memories = (db: Database) =>
  checkedTables(db)
    .map((table) => ({ table, memory: `undo_${table}` }))
    .filter(
      ({ memory }) =>
        db
          .prepare<[string], 1>(`SELECT 1 FROM pragma_table_info(?) WHERE name = 'existed'`)
          .pluck()
          .get(memory) === 1,
    )

/** Takes the checksum from rows of a memory that are not what was remembered, so that they never get one that fits. */
export function markDamagedMemories(db: Database): void {
  for (const { table, memory } of memories(db)) {
    const sum = sumOf(memory, checkedColumns(db, table))
    db.exec(`UPDATE ${memory} SET checksum = NULL WHERE existed = 1 AND checksum IS NOT ${sum}`)
  }
}

/** Gives the remembered rows their checksum anew, as {@link writeChecksums} does for the present ones. */
export function writeMemoryChecksums(db: Database): void {
  for (const { table, memory } of memories(db)) {
    const sum = sumOf(memory, checkedColumns(db, table))
    db.exec(`UPDATE ${memory} SET checksum = ${sum} WHERE existed = 1 AND checksum IS NOT NULL`)
  }
}

/** The first of the rows that are not what was written, by table and key. */
export function damagedRows(
  db: Database,
  tables: readonly string[] = checkedTables(db),
  atMost = 1,
): readonly DamagedRow[] {
  const found: DamagedRow[] = []
  for (const table of tables) {
    if (found.length >= atMost) break
    const columns = checkedColumns(db, table)
    const keys = keysOf(db, table)
    const rows = db
      .prepare<[number], (string | number)[]>(
        `SELECT ${quoted(columns.slice(0, keys))} FROM ${table} WHERE checksum IS NOT ${sumOf(table, columns)} LIMIT ?`,
      )
      .raw()
      .all(atMost - found.length)
    for (const row of rows) found.push({ table, key: keyOf(row, keys) })
  }
  return found
}

/** A row that was about to be read or changed. */
export const refusalOf = (db: Database, row: DamagedRow): StrikelineError =>
  new StrikelineError(
    'database-broken',
    `${db.name} ${rowFault(row)}. No figure was computed from it, and nothing was changed. Restore a backup of the fleet.`,
  )

/** As the end of a sentence. */
export const rowFault = ({ table, key }: DamagedRow): string =>
  `is damaged (the row ${key} of its table "${table}" is not what was written: its checksum does not fit)`
