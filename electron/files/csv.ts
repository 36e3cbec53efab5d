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

/**
 * The rows of a small file that are not blank, without the spaces around their cells. The heading row is the first.
 * @param separators that may stand between cells
 * @param isEven every row must have as many cells as the first
 * @throws StrikelineError 'bad-input' where quotation marks do not match or a row is uneven
 */
export function rowsOf(
  text: string,
  fileName: string,
  separators: readonly Separator[],
  isEven: boolean,
): readonly Row[] {
  try {
    const rows: Row[] = []
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: !isEven,
      delimiter: [...separators],
      onRecord(cells: string[], { lines }) {
        rows.push({ cells, line: lines })
        return cells
      },
    })
    return rows
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
