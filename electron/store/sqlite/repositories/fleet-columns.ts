import type { Database } from 'better-sqlite3'
import type { LabelName, TextName } from '#shared/domain/fleet/fields.ts'
import {
  each,
  LABEL_NAMES,
  MACHINE_FIELDS,
  NUMBER_NAMES,
  SOURCED_NAMES,
  TEXT_NAMES,
} from '#shared/domain/fleet/fields.ts'
import { MACHINE_STATUSES } from '#shared/domain/fleet/fleet.ts'
import type { SiteColumns, TextColumn } from '#shared/domain/fleet/fleet.ts'
import { blankMachines, unpackMachines } from '#shared/domain/fleet/packed.ts'
import type { PackedMachines, TextBytes } from '#shared/domain/fleet/packed.ts'
import { amountFrom } from '../nano-units.ts'
import { checkedColumns, checksumOf, refusalOf } from '../row-checksums.ts'

type Row = readonly (string | number | null)[]

/** The columns under a row's checksum, in its order and with the key first, then the checksum. */
const readColumns = (db: Database): readonly string[] => [...checkedColumns(db, 'machine'), 'checksum']

/** @param empty columns in which no row has a text: they are not read, which most fleets have several of */
const rows = (columns: readonly string[], empty: ReadonlySet<string> = new Set()) =>
  `SELECT ${columns.map((column) => (empty.has(column) ? 'NULL' : column)).join(', ')} FROM machine`
const PAGE = 'WHERE key > ? ORDER BY key LIMIT ?'
export const readMachines = (db: Database) => `${rows(readColumns(db))} ${PAGE}`
export const readSomeMachines = (db: Database) =>
  `${rows(readColumns(db))} WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key`

type Size = { readonly rows: number } & Readonly<Record<TextName | LabelName, number>>

/** Rows fetched at one go: one by one takes longer, and of many at once most outlive a collection of garbage. */
const ROWS_PER_PAGE = 512

/** Reads machines straight into packed columns, in the order of their keys. To be called inside a transaction. */
export function createColumnReader(db: Database) {
  const columns = readColumns(db)
  /** Where a column stands in a row that was read. */
  const placeOf = (column: string) => columns.indexOf(column)
  const checksumAt = placeOf('checksum')
  const some = db.prepare<[keys: string], Row>(readSomeMachines(db)).raw()
  const size = db.prepare<[], Size>(
    `SELECT count(*) AS rows, ${[...TEXT_NAMES, ...LABEL_NAMES]
      .map((name) => `coalesce(sum(octet_length(${MACHINE_FIELDS[name].column})), 0) AS ${name}`)
      .join(', ')} FROM machine`,
  )

  function* pages(empty: ReadonlySet<string>): Generator<readonly Row[]> {
    const page = db.prepare<[afterKey: number, limit: number], Row>(`${rows(columns, empty)} ${PAGE}`).raw()
    let read = page.all(-1, ROWS_PER_PAGE)
    while (read.length > 0) {
      yield read
      read = page.all(read.at(-1)![0] as number, ROWS_PER_PAGE)
    }
  }

  /** @throws StrikelineError 'database-broken' at a row that is not what was written */
  function expectSound(rows: readonly Row[]): void {
    for (const row of rows) {
      if (checksumOf(row, checksumAt) !== row[checksumAt])
        throw refusalOf(db, { table: 'machine', key: row[0] as number })
    }
  }

  /** @param keys a few machines, all of them there; null: the whole fleet */
  return function readMachines(sites: SiteColumns, keys: readonly number[] | null = null): PackedMachines {
    if (keys === null) {
      const bytes = size.get()!
      const empty = [...TEXT_NAMES, ...LABEL_NAMES].filter((name) => bytes[name] === 0)
      const unread = new Set(empty.map((name) => MACHINE_FIELDS[name].column))
      return packed(
        bytes.rows,
        each(TEXT_NAMES, (name) => bytes[name]),
        pages(unread),
        sites,
        { placeOf, expectSound },
      )
    }
    const found = some.all(JSON.stringify(keys))
    const textBytes = each(TEXT_NAMES, (name) => {
      const place = placeOf(MACHINE_FIELDS[name].column)
      return found.reduce((bytes, row) => bytes + Buffer.byteLength(row[place] as string), 0)
    })
    return packed(found.length, textBytes, [found], sites, { placeOf, expectSound })
  }
}

type Reading = {
  readonly placeOf: (column: string) => number
  readonly expectSound: (rows: readonly Row[]) => void
}

/** Takes some rows, which begin at row `start` of the fleet. */
type Taker = (rows: readonly Row[], start: number) => void

/** Column by column: each of these loops sees one kind of value. */
function packed(
  length: number,
  textBytes: TextBytes,
  pages: Iterable<readonly Row[]>,
  sites: SiteColumns,
  { placeOf, expectSound }: Reading,
): PackedMachines {
  const labels = each(LABEL_NAMES, (): string[] => [])
  const result = blankMachines(length, textBytes, labels)
  const columns = unpackMachines(result)
  const siteRow = new Map(Array.from(sites.key, (key, row) => [key, row]))
  const takers: readonly Taker[] = [
    numbers(columns.key, placeOf('key')),
    ...NUMBER_NAMES.map((name) => {
      const field = MACHINE_FIELDS[name]
      return ('money' in field ? amounts : numbers)(columns[name], placeOf(field.column))
    }),
    ...SOURCED_NAMES.map((name) => {
      const { field, column } = MACHINE_FIELDS[name].source
      return numbers(columns[field], placeOf(column))
    }),
    ...TEXT_NAMES.filter((name) => textBytes[name] > 0).map((name) =>
      texts(columns[name], placeOf(MACHINE_FIELDS[name].column)),
    ),
    ...LABEL_NAMES.map((name) =>
      codes(columns[name].codes, placeOf(MACHINE_FIELDS[name].column), coder(labels[name])),
    ),
    codes(columns.site, placeOf(MACHINE_FIELDS.site.column), (key) => siteRow.get(key as number)!),
    codes(columns.status, placeOf(MACHINE_FIELDS.status.column), (status) =>
      (MACHINE_STATUSES as readonly unknown[]).indexOf(status),
    ),
  ]
  let start = 0
  for (const rows of pages) {
    expectSound(rows)
    for (const take of takers) take(rows, start)
    start += rows.length
  }
  return result
}

function numbers(into: Float64Array | Uint8Array, place: number): Taker {
  return (rows, start) => {
    for (let i = 0; i < rows.length; i++) into[start + i] = (rows[i]![place] as number | null) ?? NaN
  }
}

function amounts(into: Float64Array, place: number): Taker {
  return (rows, start) => {
    for (let i = 0; i < rows.length; i++) into[start + i] = amountFrom(rows[i]![place] as number | null)
  }
}

function codes(
  into: Uint32Array | Uint8Array,
  place: number,
  codeOf: (value: string | number | null) => number,
): Taker {
  return (rows, start) => {
    for (let i = 0; i < rows.length; i++) into[start + i] = codeOf(rows[i]![place] ?? null)
  }
}

/** Codes of texts in the order of their first appearance. */
function coder(labels: string[]): (text: string | number | null) => number {
  const codeOf = new Map<string, number>()
  return (read) => {
    const text = (read as string | null) ?? ''
    const known = codeOf.get(text)
    if (known !== undefined) return known
    const code = labels.push(text) - 1
    codeOf.set(text, code)
    return code
  }
}

function texts({ bytes, offsets }: TextColumn, place: number): Taker {
  const into = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = 0
  return (rows, start) => {
    for (let i = 0; i < rows.length; i++) {
      const text = rows[i]![place] as string
      if (text !== '') end += into.write(text, end)
      offsets[start + i + 1] = end
    }
  }
}
