import { basename } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { FleetFile, ReadOptions } from './fleet-file.ts'
import { FILE_LIMITS } from './fleet-file.ts'
import { readBounded, tooLarge, utf8Bytes } from '../bytes.ts'
import { readHeader } from './header.ts'
import { endOfRecord, isBlank, lineEndOf, linesOf, recordsOf } from '../csv.ts'
import { rowColumns } from './row-columns.ts'

export { faultSentence, refuseFaults } from './fleet-file.ts'
export type { FleetFile, ReadOptions, RowFault } from './fleet-file.ts'

/** Text that is parsed at one go; between chunks progress is told, and in a file the thread's other work gets its turn. */
const CHUNK_BYTES = 1 << 20

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
  const rowLimit = options.limits?.rows ?? FILE_LIMITS.rows
  const lineEnd = lineEndOf(bytes)

  let at = 0
  let line = 1
  let header
  while (header === undefined) {
    if (at === bytes.length) throw new StrikelineError('bad-input', `${fileName} is empty`)
    const end = endOfRecord(bytes, lineEnd, at, 0)
    const record = bytes.subarray(at, end)
    if (!/^\s*$/.test(record.toString())) header = readHeader(record, lineEnd, fileName, line)
    line += countOf(lineEnd, record)
    at = end
  }
  // a header at fault says nothing certain about the rows
  if (header.faults.length > 0) {
    const nothing = rowColumns(header, 0, options).finish()
    return { ...nothing, noteColumns: [], faults: header.faults, faultCount: header.faults.length }
  }

  const capacity = Math.min(countOf(lineEnd, bytes.subarray(at)) + 1, rowLimit)
  const columns = rowColumns(header, capacity, options)
  while (at < bytes.length) {
    if (options.isCancelled?.() === true)
      throw new StrikelineError('cancelled', `Reading ${fileName} was stopped`)
    const end = endOfRecord(bytes, lineEnd, at, CHUNK_BYTES)
    const chunk = bytes.subarray(at, end)
    const records = recordsOf(chunk, header.separator, lineEnd, fileName, line)
    const onePerLine = countOf(lineEnd, chunk) <= records.length
    for (const record of records) {
      if (!isBlank(record)) {
        if (columns.length() === rowLimit) {
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
  return columns.finish()
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++
  return count
}
