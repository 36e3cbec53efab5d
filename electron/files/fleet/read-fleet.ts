import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FleetFile, ReadOptions } from './fleet-file.ts'
import type { RowFault } from '../row-faults.ts'
import { faultSentence } from '../row-faults.ts'
import { FILE_LIMITS } from './fleet-file.ts'
import { readBounded, tooLarge, utf8Bytes } from '../bytes.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { NO_MAP } from './column-map.ts'
import { refuseLog } from './log.ts'
import { isObjectList, readObjectList } from './object-list.ts'
import type { Header, SaidOfColumns } from './header.ts'
import { examplesIn, readHeader } from './header.ts'
import {
  CHUNK_BYTES,
  countOf,
  endOfRecord,
  isBlank,
  lineEndOf,
  linesOf,
  namedSeparator,
  recordsOf,
  refuseLines,
} from '../csv.ts'
import type { Separator } from '../csv.ts'
import { decimalSignOf, openSignFault, together } from '../numbers.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { addEvidence, noEvidence } from '#shared/format/read-number.ts'
import { decimalSignIn, FileFaults, NOTHING_ACCEPTED } from '../questions.ts'
import { rowColumns } from './row-columns.ts'

export { faultSentence, refuseFaults, refuseQuestions } from '../row-faults.ts'
export type { RowFault } from '../row-faults.ts'
export type { FleetFile, ReadOptions } from './fleet-file.ts'

/** Rows above the headings that may be a title. */
const TITLE_ROWS = 10

/**
 * Reads a fleet.csv (docs/data.md) into columns. What is wrong with rows is in the answer, all of it at once.
 * @throws StrikelineError 'file-unreadable' (no such file, too large, not UTF-8), 'bad-input' (not a fleet file, quotation
 *   marks that do not match, too many rows) or 'cancelled'
 */
export async function readFleetFile(path: string, options: ReadOptions): Promise<FleetFile> {
  const fileName = basename(path)
  const bytes = await readBounded(path, fileName, options.limits?.bytes ?? FILE_LIMITS.bytes)
  const steps = readInChunks(bytes, fileName, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    await new Promise((resume) => setImmediate(resume))
  }
}

/** The same from memory, at one go. */
export function readFleetText(text: string | Uint8Array, fileName: string, options: ReadOptions): FleetFile {
  const bytes =
    typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.buffer, text.byteOffset, text.byteLength)
  const limit = options.limits?.bytes ?? FILE_LIMITS.bytes
  if (bytes.length > limit) throw tooLarge(fileName, bytes.length, limit)
  const steps = readInChunks(bytes, fileName, options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

function* readInChunks(raw: Buffer, fileName: string, options: ReadOptions): Generator<void, FleetFile> {
  const bytes = utf8Bytes(raw, fileName)
  if (isObjectList(bytes)) return yield* readObjectList(bytes, fileName, options)
  const rowLimit = options.limits?.rows ?? FILE_LIMITS.rows
  const lineEnd = lineEndOf(bytes)
  refuseLines(bytes, lineEnd, FILE_LIMITS.rows, fileName)

  const said = { map: options.map ?? NO_MAP, recall: options.recall ?? (() => null) }
  const found = findHeader(bytes, lineEnd, fileName, said)
  const { header } = found
  let { at, line } = found
  const firstRecords = firstRecordsOf(bytes, at, lineEnd, line, header, fileName)
  const examples = examplesIn(header, firstRecords)
  /** What a file at fault tells: a header at fault says nothing certain about the rows. */
  const faulty = (faults: readonly RowFault[], isSignOpen: boolean): FleetFile => ({
    ...rowColumns(header, 0, options).finish(),
    ...{ noteColumns: [], examples, faults, faultCount: faults.length, isSignOpen },
  })
  if (header.faults.length > 0) return faulty(header.faults, false)

  const capacity = Math.min(countOf(lineEnd, bytes.subarray(at)) + 1, rowLimit)
  const { signs, toRemember } = signsOf(bytes, at, lineEnd, line, header, fileName, options)
  const open = [...signs].flatMap(([place, sign]) =>
    typeof sign === 'string'
      ? []
      : [{ row: line, column: header.names[place]!, ...openSignFault(sign.open) }],
  )
  if (open.length > 0) return faulty(open, true)
  const columns = rowColumns(header, capacity, options, signs as ReadonlyMap<number, DecimalSign>)
  let seen = 0
  while (at < bytes.length) {
    if (options.isCancelled?.() === true)
      throw new StrikelineError('cancelled', `Reading ${fileName} was stopped. Nothing was changed.`)
    const end = endOfRecord(bytes, lineEnd, at, CHUNK_BYTES)
    const chunk = bytes.subarray(at, end)
    const records = recordsOf(chunk, header.separator, lineEnd, fileName, line)
    const onePerLine = countOf(lineEnd, chunk) <= records.length
    for (const record of records) {
      if (!isBlank(record)) {
        // rows at fault count too: a file of a hundred million of them is none of machines
        if (seen++ === rowLimit) {
          throw new StrikelineError(
            'bad-input',
            `${fileName}, row ${line}: more than ${rowLimit} rows: split the file`,
          )
        }
        columns.add(record, line)
      }
      line += onePerLine ? 1 : linesOf(record, lineEnd)
    }
    at = end
    options.onProgress?.(at, bytes.length)
    yield
  }
  const file = { ...columns.finish(), examples, decimalSign: toRemember }
  refuseLog(header, firstRecords, fileName)
  return file
}

type FoundHeader = { readonly header: Header; readonly at: number; readonly line: number }

/**
 * The header and where the rows begin. Above it may stand titles. Where no row is a header of ours, it is the one with the most names:
 * what its columns are can then be said.
 */
function findHeader(bytes: Buffer, lineEnd: number, fileName: string, said: SaidOfColumns): FoundHeader {
  let at = 0
  let line = 1
  let named: Separator | null = null
  let failure: StrikelineError | undefined
  let foreign: FoundHeader | undefined
  for (let titles = 0; at < bytes.length && titles < TITLE_ROWS;) {
    const end = endOfRecord(bytes, lineEnd, at, 0)
    const record = bytes.subarray(at, end)
    const text = record.toString()
    const separator = line === 1 ? namedSeparator(text.trim()) : null
    const next = { at: end, line: line + countOf(lineEnd, record) }
    if (separator !== null) named = separator
    else if (!/^\s*$/.test(text)) {
      titles++
      try {
        const header = readHeader(record, lineEnd, fileName, line, said, named)
        if (!header.isForeign) return { header, ...next }
        if (header.columns.length > (foreign?.header.columns.length ?? 1)) foreign = { header, ...next }
        failure ??= new FileFaults(
          header.faults.map((fault) => faultSentence(fileName, fault, false)),
          header.faults.length,
        )
      } catch (error) {
        // a title above the headings; only where no row is a header, the first is at fault
        if (!(error instanceof StrikelineError)) throw error
        failure ??= error
      }
    }
    ;({ at, line } = next)
  }
  if (foreign !== undefined) return foreign
  throw failure ?? new StrikelineError('bad-input', `${fileName} is empty: choose another file`)
}

const FIRST_BYTES = 1 << 16
const FIRST_RECORDS = 50

/** The first records that are not blank. */
function firstRecordsOf(
  bytes: Buffer,
  at: number,
  lineEnd: number,
  line: number,
  { separator }: Header,
  fileName: string,
): readonly (readonly string[])[] {
  if (at === bytes.length) return []
  const first = bytes.subarray(at, endOfRecord(bytes, lineEnd, at, FIRST_BYTES))
  return recordsOf(first, separator, lineEnd, fileName, line)
    .filter((record) => !isBlank(record))
    .slice(0, FIRST_RECORDS)
}

/** A comma or a point where it may be the decimal sign: only then are the cells looked at twice. */
const MAY_BE_COMMA = /"[^",\n]{0,8}\d,\d/

/** The decimal sign of each number column, or the cell that leaves it open. */
function signsOf(
  bytes: Buffer,
  from: number,
  lineEnd: number,
  firstLine: number,
  { separator, fields, names, recalled }: Header,
  fileName: string,
  { accepted = NOTHING_ACCEPTED }: ReadOptions,
): {
  readonly signs: ReadonlyMap<number, DecimalSign | { readonly open: string }>
  /** the answer that such a file needs; null where it never did */
  readonly toRemember: DecimalSign | null
} {
  const places = fields.flatMap((field, at) =>
    field !== null && MACHINE_FIELDS[field].kind === 'number' ? [at] : [],
  )
  const evidence = places.map(noEvidence)
  let line = firstLine
  for (let at = from; at < bytes.length;) {
    const end = endOfRecord(bytes, lineEnd, at, CHUNK_BYTES)
    const chunk = bytes.subarray(at, end)
    // In a file with commas between its cells a decimal comma stands in quotation marks.
    if (separator !== ',' || (chunk.includes(0x22) && MAY_BE_COMMA.test(chunk.toString('latin1'))))
      for (const record of recordsOf(chunk, separator, lineEnd, fileName, line))
        if (record.length >= names.length)
          places.forEach((place, i) => addEvidence(evidence[i]!, record[place]!))
    line += countOf(lineEnd, chunk)
    at = end
  }
  const whole = together(evidence)
  const signs = (answered: DecimalSign | null) =>
    places.map((_, i) => decimalSignOf(evidence[i]!, whole, separator, answered))
  const given = decimalSignIn(accepted)
  const open = signs(null)
  const isOpen = open.some((sign) => typeof sign !== 'string')
  // What was remembered only counts where this file decides nothing; what is said about this file counts.
  const remembered = recalled?.decimalSign ?? null
  const answered = given ?? (isOpen ? remembered : null)
  const inForce = signs(answered)
  return {
    signs: new Map(places.map((place, i) => [place, inForce[i]!])),
    toRemember: isOpen ? answered : remembered,
  }
}
