import { CsvError, parse } from 'csv-parse/sync'
import { StrikelineError } from '#shared/ipc/errors.ts'

/**
 * Delimited text → records, a chunk at a time so that only one chunk's cells live at once. Quotation marks as in
 * RFC 4180; lines end in LF or CR LF, or all in CR.
 */

export type Separator = ',' | ';' | '\t'

const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/** Text that is parsed at one go. */
export const CHUNK_BYTES = 1 << 16

/** Of one row. */
const MAX_RECORD = 1_000_000
const MAX_CELLS = 10_000

const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  CSV_MAX_RECORD_SIZE: `longer than ${MAX_RECORD} characters: is a quotation mark not closed?`,
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark in this row or above it is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'a quotation mark ends before its cell does: quotation marks inside a cell are written twice',
  INVALID_OPENING_QUOTE:
    'a quotation mark in the middle of a cell: put the whole cell in quotation marks and write those inside twice',
}

/** LF, unless the text has none: then CR. */
export function lineEndOf(bytes: Buffer): number {
  return bytes.includes(LF) ? LF : CR
}

/** Where the record ends that contains the byte before `from + atLeast`: behind a line end outside quotation marks. */
export function endOfRecord(bytes: Buffer, lineEnd: number, from: number, atLeast: number): number {
  const enough = from + atLeast
  let quoted = false
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) quoted = !quoted
    else if (byte === lineEnd && !quoted && at >= enough) return at + 1
  }
  return bytes.length
}

/**
 * Cells of every record of a chunk, blank lines included (one empty cell). Spaces around quotation marks do not count.
 * @param firstLine line of the file where the chunk begins, for messages
 * @throws StrikelineError 'bad-input' where quotation marks do not match, or a row is too long
 */
export function recordsOf(
  chunk: Buffer,
  separator: Separator,
  lineEnd: number,
  fileName: string,
  firstLine: number,
): readonly (readonly string[])[] {
  // An error is made for every row of another length, and its stack takes three times as long as the row.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  let records: readonly (readonly string[])[]
  try {
    records = parse(chunk, {
      delimiter: separator,
      record_delimiter: lineEnd === LF ? ['\r\n', '\n'] : ['\r'],
      relax_column_count: true,
      max_record_size: MAX_RECORD,
      trim: true,
    })
  } catch (error) {
    throw csvFault(error, fileName, firstLine)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  // No row is longer than the chunk that it is in.
  const mayBeLong = chunk.length > MAX_RECORD
  records.forEach((record, at) => {
    const isWide = record.length > MAX_CELLS
    if (!isWide && !(mayBeLong && lengthOf(record) > MAX_RECORD)) return
    const line = records.slice(0, at).reduce((sum, before) => sum + linesOf(before, lineEnd), firstLine)
    const why = isWide
      ? `more than ${MAX_CELLS} cells: is the separator another one?`
      : MESSAGES['CSV_MAX_RECORD_SIZE']!
    throw new StrikelineError('bad-input', `${fileName}, row ${line}: ${why}`)
  })
  return records
}

const lengthOf = (record: readonly string[]) => record.reduce((sum, cell) => sum + cell.length, 0)

/** What does not fit, in words that name the row; anything that is no fault of the text is thrown on. */
function csvFault(error: unknown, fileName: string, firstLine: number): StrikelineError {
  if (!(error instanceof CsvError)) throw error
  const line = firstLine - 1 + (typeof error['lines'] === 'number' ? error['lines'] : 1)
  return new StrikelineError(
    'bad-input',
    `${fileName}, row ${line}: ${MESSAGES[error.code] ?? error.message}`,
  )
}

/** Blank lines, and lines inside cells, for each row that a file may have. */
const LINES_PER_ROW = 20

/** Refuses a file that is mostly blank lines: each costs as much as a row. */
export function refuseLines(bytes: Buffer, lineEnd: number, mostRows: number, fileName: string): void {
  const most = mostRows * LINES_PER_ROW
  if (countOf(lineEnd, bytes) > most)
    throw new StrikelineError(
      'bad-input',
      `${fileName}: more than ${most} lines: remove the blank ones, or split the file`,
    )
}

export function countOf(byte: number, bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++
  return count
}

export type Row = {
  readonly cells: readonly string[]
  /** line of the file in which it ends */
  readonly line: number
}

export type Table = {
  readonly separator: Separator
  /** without those that are blank; the heading row is the first */
  readonly rows: readonly Row[]
}

const SEPARATORS = [',', ';', '\t'] as const
/** Excel's first line that names the separator. */
const SEPARATOR_LINE = /^"?sep=([,;\t])"?\s*$/i

/** The separator that a line of Excel's names; null for any other line. */
export function namedSeparator(line: string): Separator | null {
  return (SEPARATOR_LINE.exec(line)?.[1] as Separator | undefined) ?? null
}

/**
 * The rows of a small file, without the spaces around their cells. One sign separates the cells of the whole file: the one that Excel's
 * `sep=` names, else the one by which the heading row has the most columns that are known. The heading row is the one of the first
 * ten with the most known columns; what stands above it is left out. Empty cells beyond the heading row are left out too.
 * @param knownColumns how many columns of a heading row are known
 * @param isEven every row must have as many cells as the first; else one may have fewer
 * @param mostRows where reading stops, heading row included
 * @throws StrikelineError 'bad-input' where quotation marks do not match, a row has too many cells, or there are more rows
 */
export function tableOf(
  text: string | Buffer,
  fileName: string,
  {
    knownColumns,
    isEven,
    mostRows,
    onHeading,
  }: {
    readonly knownColumns: (cells: readonly string[]) => number
    readonly isEven: boolean
    readonly mostRows: number
    /** may refuse a heading row before the rows below it are measured against it */
    readonly onHeading?: (heading: Row) => void
  },
): Table {
  const whole = typeof text === 'string' ? Buffer.from(text.replace(/^\ufeff/, '')) : text
  const lineEnd = lineEndOf(whole)
  refuseLines(whole, lineEnd, mostRows, fileName)
  const firstEnd = endOfRecord(whole, lineEnd, 0, 0)
  const named = namedSeparator(whole.subarray(0, firstEnd).toString())
  const from = named === null ? 0 : firstEnd
  const firstLine = named === null ? 1 : 2
  const bytes = whole.subarray(from)
  const separators = named === null ? SEPARATORS : [named]
  const { separator, heading } = headingOf(bytes, lineEnd, fileName, firstLine, separators, knownColumns)
  const rows: Row[] = []
  let width = -1
  let above = heading
  let line = firstLine
  for (let at = 0; at < bytes.length;) {
    const end = endOfRecord(bytes, lineEnd, at, CHUNK_BYTES)
    for (const read of recordsOf(bytes.subarray(at, end), separator, lineEnd, fileName, line)) {
      line += linesOf(read, lineEnd)
      if (isBlank(read) || above-- > 0) continue
      const cells = read.map((cell) => cell.trim())
      const filled = cells.findLastIndex((cell) => cell !== '') + 1
      const row = { cells, line: line - 1 }
      if (rows.length === mostRows)
        throw new StrikelineError(
          'bad-input',
          `${fileName}: it has more than ${mostRows - 1} rows; split the file`,
        )
      if (width === -1) {
        width = filled
        onHeading?.(row)
      } else if (filled > width || (isEven && cells.length < width))
        throw new StrikelineError(
          'bad-input',
          `${fileName}, row ${row.line}: has ${filled > width ? filled : cells.length} cells where the header has ${width}`,
        )
      rows.push({ ...row, cells: cells.length > width ? cells.slice(0, width) : cells })
    }
    at = end
  }
  return { separator, rows }
}

/** Rows that the heading is looked for in. */
const HEADING_ROWS = 10
/** One column that is known counts more than any number of others. */
const KNOWN = 1000

/** The separator and the row, counted without blank ones, by which the most columns are known; the first of equals. */
function headingOf(
  bytes: Buffer,
  lineEnd: number,
  fileName: string,
  firstLine: number,
  separators: readonly Separator[],
  knownColumns: (cells: readonly string[]) => number,
): { readonly separator: Separator; readonly heading: number } {
  let end = 0
  for (let rows = 0; rows < HEADING_ROWS && end < bytes.length;) {
    const next = endOfRecord(bytes, lineEnd, end, 0)
    if (/\S/.test(bytes.toString('latin1', end, next))) rows++
    end = next
  }
  const readings: { separator: Separator; heading: number; score: number }[] = []
  const failures: StrikelineError[] = []
  for (const separator of separators) {
    try {
      recordsOf(bytes.subarray(0, end), separator, lineEnd, fileName, firstLine)
        .filter((record) => !isBlank(record))
        .forEach((record, heading) => {
          const cells = record.map((cell) => cell.trim())
          const known = knownColumns(cells)
          const score = known * KNOWN + (known > 0 || heading === 0 ? Math.min(cells.length, KNOWN - 1) : 0)
          readings.push({ separator, heading, score })
        })
    } catch (error) {
      // a quotation mark that only the other separators understand
      if (!(error instanceof StrikelineError)) throw error
      failures.push(error)
    }
  }
  const best = readings.reduce((best, each) => (each.score > best.score ? each : best), {
    separator: separators[0]!,
    heading: 0,
    score: 0,
  })
  // Where no separator finds a column of ours, the file is of the one that met the fault.
  const [first] = failures
  if (best.score < KNOWN && first !== undefined) throw first
  return best
}

/** How many lines of the file a record takes: one more than the line ends inside its cells. */
export function linesOf(record: readonly string[], lineEnd: number): number {
  const sign = lineEnd === LF ? '\n' : '\r'
  let lines = 1
  for (const cell of record)
    for (let at = cell.indexOf(sign); at !== -1; at = cell.indexOf(sign, at + 1)) lines++
  return lines
}

export function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === '')
}
