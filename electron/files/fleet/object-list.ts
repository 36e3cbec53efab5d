import { isNumberName } from '#shared/domain/fleet/fields.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { jsonFrom } from '../json.ts'
import { NO_MAP } from './column-map.ts'
import { quoted, shown } from '../shown.ts'
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

const MOST_KEYS = 1000
/** Bytes of one entry; one alone is in memory as objects, whatever the file has. */
const MOST_ENTRY = 1_000_000
/** Objects and lists inside each other. */
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
  const places = placesOf(bytes, fileName, options.limits?.rows ?? FILE_LIMITS.rows)
  const count = places.length
  /** Each entry is read twice and never kept: first for the keys of all, then for its cells. */
  function* read(take: (entry: Entry, number: number) => void, doneBefore: number): Generator<void> {
    for (const [i, place] of places.entries()) {
      if (options.isCancelled?.() === true)
        throw new StrikelineError('cancelled', `Reading ${fileName} was stopped. Nothing was changed.`)
      take(flat(entryAt(bytes, place, fileName, i + 1)), i + 1)
      if ((i + 1) % ENTRIES_PER_STEP !== 0) continue
      options.onProgress?.(Math.round((bytes.length * (doneBefore + i + 1)) / (2 * count)), bytes.length)
      yield
    }
  }
  const keysSeen = keySet(fileName)
  const firstEntries: Entry[] = []
  yield* read((entry, number) => {
    keysSeen.add(entry, number)
    if (number <= FIRST_ENTRIES) firstEntries.push(entry)
  }, 0)
  const { keys, nested } = keysSeen.all()
  const header = listHeader(keys, fileName, options)
  const first = firstEntries.map((entry) => header.names.map((key) => cellOf(entry, key) ?? ''))
  const examples = examplesIn(header, first)
  if (header.faults.length > 0) {
    const nothing = rowColumns(header, 0, options).finish()
    return {
      ...nothing,
      ...{ noteColumns: [], examples, faults: header.faults, faultCount: header.faults.length },
    }
  }
  refuseLog(header, first, fileName)
  const columns = rowColumns(header, count, options)
  yield* read((entry, number) => addEntry(columns, header, entry, number), count)
  const file = columns.finish()
  const leftOut =
    nested.length === 0 ? [] : [`Left out, they hold no single value: ${nested.map(shown).join(', ')}`]
  return { ...file, examples, understood: [...file.understood, ...leftOut] }
}

type Place = { readonly from: number; readonly to: number }

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Where each entry stands: between the commas of a list, or object by object.
 * @throws StrikelineError 'bad-input' where there are too many, or one is too long or too deep
 */
function placesOf(bytes: Buffer, fileName: string, most: number): readonly Place[] {
  const refuse = (why: string): never => {
    throw new StrikelineError('bad-input', `${fileName}${why}`)
  }
  let at = 0
  while (isSpace(bytes[at])) at++
  const isList = bytes[at] === 0x5b
  if (isList) at++
  const places: Place[] = []
  let from = at
  let depth = 0
  let isOver = false
  const end = (to: number) => {
    if (places.length === most) refuse(`: more than ${most} entries: split the file`)
    places.push({ from, to })
    from = to + (isList ? 1 : 0)
  }
  for (; at < bytes.length && !isOver; at++) {
    const byte = bytes[at]
    if (byte === 0x22) at = endOfText(bytes, at + 1)
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > MOST_DEPTH) refuse(`: more than ${MOST_DEPTH} objects and lists inside each other`)
    } else if (depth > 0 && (byte === 0x7d || byte === 0x5d)) {
      depth--
      if (!isList && depth === 0) end(at + 1)
    } else if (isList && depth === 0 && byte === 0x2c) end(at)
    else if (isList && byte === 0x5d) isOver = true
    if (at - from > MOST_ENTRY)
      refuse(`, entry ${places.length + 1}: longer than ${MOST_ENTRY} bytes: is it the list of one machine?`)
  }
  if (isList && !isOver) refuse(' is not JSON: it ends before its list does')
  if (isList) {
    if (places.length > 0 || !isBlankBetween(bytes, from, at - 1)) end(at - 1)
    from = at
  }
  if (!isBlankBetween(bytes, from, bytes.length))
    refuse(` is not JSON: something stands behind its ${isList ? 'list' : 'last object'}, or that is cut off`)
  return places
}

function isBlankBetween(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(bytes[at])) return false
  return true
}

/** Where the quotation mark is that ends a text. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x22, from); at !== -1; at = bytes.indexOf(0x22, at + 1)) {
    let slashes = 0
    while (bytes[at - 1 - slashes] === 0x5c) slashes++
    if (slashes % 2 === 0) return at
  }
  return bytes.length
}

/** @throws StrikelineError 'bad-input' that names the entry */
function entryAt(bytes: Buffer, { from, to }: Place, fileName: string, number: number): Entry {
  const name = `${fileName}, entry ${number}`
  const entry = jsonFrom(bytes.toString('utf8', from, to), name)
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw new StrikelineError('bad-input', `${name}: is not an object of one machine`)
  return entry as Entry
}

/** What newer versions keep in `device_info` stands beside the rest, as it does in older ones. */
function flat(entry: Entry): Entry {
  const device = entry['device_info']
  if (typeof device !== 'object' || device === null || Array.isArray(device)) return entry
  const rest = Object.entries(entry).filter(([key]) => key !== 'device_info')
  return { ...(device as Entry), ...Object.fromEntries(rest) }
}

/** Keys in the order in which they come; `nested` hold lists and objects alone, wherever they hold anything. */
function keySet(fileName: string) {
  const seen = new Set<string>()
  const single = new Set<string>()
  const nested = new Set<string>()
  const isLeftOut = (key: string) => key.trim() === '' || (nested.has(key) && !single.has(key))
  return {
    add(entry: Entry, number: number): void {
      for (const [key, value] of Object.entries(entry)) {
        if (!seen.has(key) && seen.size === MOST_KEYS)
          throw new StrikelineError(
            'bad-input',
            `${fileName}, entry ${number}: more than ${MOST_KEYS} different keys`,
          )
        seen.add(key)
        if (value !== null) (isNested(value) ? nested : single).add(key)
      }
    },
    all: () => ({
      keys: [...seen].filter((key) => !isLeftOut(key)),
      nested: [...seen].filter(isLeftOut),
    }),
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
