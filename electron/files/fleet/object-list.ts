import { isNumberName } from '#shared/domain/fleet/fields.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { jsonFrom } from '../json.ts'
import { tooLarge } from '../bytes.ts'
import { NO_MAP } from './column-map.ts'
import { quoted, shown } from './columns.ts'
import type { FleetFile, ReadOptions } from './fleet-file.ts'
import { FILE_LIMITS } from './fleet-file.ts'
import type { Header } from './header.ts'
import { examplesIn, headerOf } from './header.ts'
import { refuseLog } from './log.ts'
import type { RowColumns } from './row-columns.ts'
import { rowColumns } from './row-columns.ts'

/**
 * A list of objects, one per machine, such as pyasic prints (MinerData as JSON): an array, one object, or an object per line. It becomes the
 * rows of a fleet file; entries are counted from 1.
 */

/** Whole texts of JSON live in memory several times over. */
const MOST_BYTES = 50_000_000
const MOST_KEYS = 1000
/** Objects and lists in all, and inside each other. */
const MOST_PARTS = 1_000_000
const MOST_DEPTH = 100
const ENTRIES_PER_STEP = 1000
const FIRST_ENTRIES = 50

type Entry = Readonly<Record<string, unknown>>

/** Whether a file that was chosen as a fleet is one. */
export const isObjectList = (bytes: Buffer): boolean =>
  /^\s*(?:\{\s*["}]|\[\s*[{\]])/.test(bytes.subarray(0, 1000).toString())

export function* readObjectList(
  bytes: Buffer,
  fileName: string,
  options: ReadOptions,
): Generator<void, FleetFile> {
  if (bytes.length > MOST_BYTES)
    throw tooLarge(fileName, bytes.length, MOST_BYTES, 'for a list of objects: split it')
  refuseVast(bytes, fileName)
  const entries = entriesOf(bytes.toString(), fileName).map(flat)
  const limit = options.limits?.rows ?? FILE_LIMITS.rows
  if (entries.length > limit)
    throw new StrikelineError('bad-input', `${fileName}: more than ${limit} entries: split the file`)
  yield
  const { keys, nested } = keysOf(entries, fileName)
  const header = listHeader(keys, fileName, options)
  const first = entries
    .slice(0, FIRST_ENTRIES)
    .map((entry) => header.names.map((key) => cellOf(entry, key) ?? ''))
  const examples = examplesIn(header, first)
  if (header.faults.length > 0) {
    const nothing = rowColumns(header, 0, options).finish()
    return {
      ...nothing,
      ...{ noteColumns: [], examples, faults: header.faults, faultCount: header.faults.length },
    }
  }
  refuseLog(header, first, fileName)
  const columns = rowColumns(header, entries.length, options)
  for (const [i, entry] of entries.entries()) {
    if (options.isCancelled?.() === true)
      throw new StrikelineError('cancelled', `Reading ${fileName} was stopped`)
    addEntry(columns, header, entry, i + 1)
    if ((i + 1) % ENTRIES_PER_STEP === 0) {
      options.onProgress?.(Math.round((bytes.length * (i + 1)) / entries.length), bytes.length)
      yield
    }
  }
  const file = columns.finish()
  const leftOut =
    nested.length === 0 ? [] : [`Left out, they hold no single value: ${nested.map(shown).join(', ')}`]
  return { ...file, examples, understood: [...file.understood, ...leftOut] }
}

/** A file of braces alone would take fifty times its size in memory: they are counted before it is parsed. */
function refuseVast(bytes: Buffer, fileName: string): void {
  let parts = 0
  let depth = 0
  let isText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (isText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) isText = false
    } else if (byte === 0x22) isText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++parts > MOST_PARTS)
        throw new StrikelineError(
          'bad-input',
          `${fileName}: more than ${MOST_PARTS} objects and lists: split it`,
        )
      if (++depth > MOST_DEPTH)
        throw new StrikelineError(
          'bad-input',
          `${fileName}: more than ${MOST_DEPTH} objects and lists inside each other`,
        )
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
}

/** @throws StrikelineError 'bad-input' that names the entry, or the line of an object */
function entriesOf(text: string, fileName: string): readonly Entry[] {
  const lines = text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [{ line, at: at + 1 }]))
  const isPerLine = lines.length > 1 && lines.every(({ line }) => /^\s*\{.*\}\s*$/.test(line))
  const list: readonly unknown[] = isPerLine
    ? lines.map(({ line, at }) => jsonFrom(line, `${fileName}, line ${at}`))
    : [jsonFrom(text, fileName)].flat()
  return list.map((entry, i) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
      throw new StrikelineError('bad-input', `${fileName}, entry ${i + 1}: is not an object of one machine`)
    return entry as Entry
  })
}

/** What newer versions keep in `device_info` stands beside the rest, as it does in older ones. */
function flat(entry: Entry): Entry {
  const device = entry['device_info']
  if (typeof device !== 'object' || device === null || Array.isArray(device)) return entry
  const rest = Object.entries(entry).filter(([key]) => key !== 'device_info')
  return { ...(device as Entry), ...Object.fromEntries(rest) }
}

/** Keys in the order in which they come; `nested` hold lists and objects alone, wherever they hold anything. */
function keysOf(
  entries: readonly Entry[],
  fileName: string,
): { readonly keys: readonly string[]; readonly nested: readonly string[] } {
  const seen = new Set<string>()
  const single = new Set<string>()
  const nested = new Set<string>()
  for (const [i, entry] of entries.entries())
    for (const [key, value] of Object.entries(entry)) {
      if (!seen.has(key) && seen.size === MOST_KEYS)
        throw new StrikelineError(
          'bad-input',
          `${fileName}, entry ${i + 1}: more than ${MOST_KEYS} different keys`,
        )
      seen.add(key)
      if (value !== null) (isNested(value) ? nested : single).add(key)
    }
  const isLeftOut = (key: string) => key.trim() === '' || (nested.has(key) && !single.has(key))
  return {
    keys: [...seen].filter((key) => !isLeftOut(key)),
    nested: [...seen].filter(isLeftOut),
  }
}

const isNested = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && hashrateText(value) === null

const MAC = 'mac'

/** The keys as columns. Without an id it is the hardware address: it stays the same when a machine moves or gets another name. */
function listHeader(keys: readonly string[], fileName: string, options: ReadOptions): Header {
  const said = { map: options.map ?? NO_MAP, recall: options.recall ?? (() => null) }
  const header = headerOf(keys, ',', fileName, 0, said, true)
  const hasId = header.fields.includes('id') || keys.includes('id')
  return hasId || !keys.includes(MAC) ? header : headerOf(['id', ...keys], ',', fileName, 0, said, true)
}

function addEntry(columns: RowColumns, { names, fields }: Header, entry: Entry, number: number): void {
  const algorithm = entry['algo']
  if (typeof algorithm === 'string' && algorithm !== '' && !/^sha-?256d?$/i.test(algorithm)) {
    columns.leaveOut(algorithm, 'is another algorithm than SHA-256: no Bitcoin machine', number)
    return
  }
  const cells = names.map((key) => cellOf(entry, key))
  fields.forEach((field, at) => {
    const value = entry[names[at]!]
    // "0,045" and "3,250": numbers of JSON have no comma, so nothing says what it is
    if (field !== null && isNumberName(field) && typeof value === 'string' && value.includes(','))
      columns.fault(names[at]!, `${quoted(value)} has a comma: write it as a number`, number)
  })
  cells.forEach((cell, at) => {
    if (cell === null)
      columns.fault(names[at]!, 'holds a list or an object where a single value is meant', number)
  })
  columns.add(
    cells.map((cell) => cell ?? ''),
    number,
  )
}

/** The value of a key as a cell; null where it is no single value. */
function cellOf(entry: Entry, key: string): string | null {
  const value = key === 'id' && entry['id'] === undefined ? entry[MAC] : entry[key]
  if (value === undefined || value === null) return ''
  if (key === 'is_mining' && typeof value === 'boolean') return value ? 'mining' : 'not mining'
  if (key === 'model' && typeof value === 'string') return withMake(value, entry['make'])
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  return hashrateText(value)
}

/** "S19j Pro" of AntMiner: the catalogue and people know it by both. */
function withMake(model: string, make: unknown): string {
  if (typeof make !== 'string' || make.trim() === '' || model.trim() === '') return model
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`
}

const HASHES: Readonly<Record<string, string>> = {
  1: 'H/s',
  1e3: 'KH/s',
  1e6: 'MH/s',
  1e9: 'GH/s',
  1e12: 'TH/s',
  1e15: 'PH/s',
  1e18: 'EH/s',
}

/** { rate: 95.2, unit: { value: 1e12, suffix: "TH/s" } } as "95.2 TH/s"; null for anything else. */
function hashrateText(value: object): string | null {
  const { rate, unit } = value as { readonly rate?: unknown; readonly unit?: unknown }
  if (typeof rate !== 'number' || unit === undefined) return null
  const said =
    typeof unit === 'object' && unit !== null ? (unit as { readonly suffix?: unknown }).suffix : unit
  const suffix = typeof said === 'number' ? HASHES[said] : said
  return typeof suffix === 'string' ? `${rate} ${suffix}` : null
}
