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

/** Characters of all cells of one row together. */
const MAX_RECORD = 1_000_000

const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  CSV_MAX_RECORD_SIZE: `longer than ${MAX_RECORD} characters: probably a quotation mark is not closed`,
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark in this row or above it is never closed',
  CSV_INVALID_CLOSING_QUOTE:
    'a quotation mark ends before its cell does: quotation marks inside a cell are written twice',
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: 'it has another number of cells than the heading row',
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
 * Cells of every record of a chunk, blank lines included (one empty cell).
 * @param firstLine line of the file where the chunk begins, for messages
 * @throws StrikelineError 'bad-input' where quotation marks do not match
 */
export function recordsOf(
  chunk: Buffer,
  separator: Separator,
  lineEnd: number,
  fileName: string,
  firstLine: number,
): readonly (readonly string[])[] {
  try {
    return parse(chunk, {
      delimiter: separator,
      record_delimiter: lineEnd === LF ? ['\r\n', '\n'] : ['\r'],
      relax_column_count: true,
      max_record_size: MAX_RECORD,
    })
  } catch (error) {
    throw csvFault(error, fileName, firstLine)
  }
}

/** What does not fit, in words that name the row; anything that is no fault of the text is thrown on. */
function csvFault(error: unknown, fileName: string, firstLine: number): StrikelineError {
  if (!(error instanceof CsvError)) throw error
  const line = firstLine - 1 + (typeof error['lines'] === 'number' ? error['lines'] : 1)
  return new StrikelineError(
    'bad-input',
    `${fileName}, row ${line}: ${MESSAGES[error.code] ?? error.message}`,
  )
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
  text: string,
  fileName: string,
  {
    knownColumns,
    isEven,
    mostRows,
  }: {
    readonly knownColumns: (cells: readonly string[]) => number
    readonly isEven: boolean
    readonly mostRows: number
  },
): Table {
  const firstEnd = text.search(/[\r\n]/)
  const named = namedSeparator(firstEnd === -1 ? text : text.slice(0, firstEnd))
  const body = named === null ? text : text.slice(firstEnd === -1 ? text.length : firstEnd)
  const { separator, heading } = headingOf(
    body,
    fileName,
    named === null ? SEPARATORS : [named],
    knownColumns,
  )
  const rows: Row[] = []
  let width = -1
  let above = heading
  parseRows(body, fileName, separator, Infinity, (cells, line) => {
    const filled = cells.findLastIndex((cell) => cell !== '') + 1
    if (filled === 0 || above-- > 0) return
    if (rows.length === mostRows)
      throw new StrikelineError(
        'bad-input',
        `${fileName}: it has more than ${mostRows - 1} rows; split the file`,
      )
    if (width === -1) width = filled
    else if (filled > width || (isEven && cells.length < width))
      throw new StrikelineError(
        'bad-input',
        `${fileName}, row ${line}: has ${filled > width ? filled : cells.length} cells where the header has ${width}`,
      )
    rows.push({ cells: cells.length > width ? cells.slice(0, width) : cells, line })
  })
  return { separator, rows }
}

/** Rows that the heading is looked for in. */
const HEADING_ROWS = 10

/** The separator and the row, counted without blank ones, by which the most columns are known; the first of equals. */
function headingOf(
  text: string,
  fileName: string,
  separators: readonly Separator[],
  knownColumns: (cells: readonly string[]) => number,
): { readonly separator: Separator; readonly heading: number } {
  const readings: { separator: Separator; heading: number; score: number }[] = []
  const failures: StrikelineError[] = []
  for (const separator of separators) {
    let row = 0
    try {
      parseRows(text, fileName, separator, HEADING_ROWS, (cells) => {
        if (cells.every((cell) => cell === '')) return
        const known = knownColumns(cells)
        const score = known * 1000 + (known > 0 || row === 0 ? Math.min(cells.length, 999) : 0)
        readings.push({ separator, heading: row, score })
        row++
      })
    } catch (error) {
      // a quotation mark that only the other separators understand
      if (!(error instanceof StrikelineError)) throw error
      failures.push(error)
    }
  }
  const [first] = failures
  if (readings.length === 0 && first !== undefined) throw first
  return readings.reduce((best, each) => (each.score > best.score ? each : best), {
    separator: separators[0]!,
    heading: 0,
    score: 0,
  })
}

function parseRows(
  text: string,
  fileName: string,
  separator: Separator,
  to: number,
  take: (cells: readonly string[], line: number) => void,
): void {
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: MAX_RECORD,
      delimiter: separator,
      ...(to === Infinity ? {} : { to }),
      // nothing is kept beside what `take` keeps
      onRecord(cells: string[], { lines }) {
        take(cells, lines)
        return null
      },
    })
  } catch (error) {
    throw csvFault(error, fileName, 1)
  }
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
