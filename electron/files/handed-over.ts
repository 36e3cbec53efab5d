import { StrikelineError } from '#shared/ipc/errors.ts'
import type { HandedOver, HandedOverRequest } from '#shared/report/handed-over.ts'
import { reportDocument } from '#shared/report/make.ts'
import { replaceFile } from './replace.ts'
import { namedTables } from './tables/tables.ts'
import { writeTableCsv } from './tables/write-csv.ts'
import { writeTablesJson } from './tables/write-json.ts'
import { workbookOfReport } from './workbook/from-report.ts'
import { watched, workbookOf } from './workbook/workbook.ts'
import { workbookBytes } from './workbook/xlsx.ts'
import { zipped } from './zip.ts'

export type Watch = {
  /** of all rows that are written; called often */
  readonly onProgress: (done: number, total: number) => void
  readonly isStopped: () => boolean
}

const STOPPED = 'It was stopped; the file that was there is as it was.'

/**
 * Writes the file, whole or not at all.
 * @returns how many tables or sheets are in it
 * @throws StrikelineError 'cancelled' once it is stopped, 'bad-input' in words, 'file-unwritable'
 */
export async function writeHandedOver(
  kind: HandedOver,
  path: string,
  { reportCase, lookedBack }: Pick<HandedOverRequest, 'reportCase' | 'lookedBack'>,
  watch: Watch,
): Promise<{ readonly tables: number }> {
  if (kind === 'workbook') {
    const workbook = workbookOf(workbookOfReport(reportCase))
    const rows = reportCase.fleet.machines.length
    await replaceFile(path, workbookBytes(watched(workbook, stopping(watch, rows))))
    return { tables: workbook.sheets.length }
  }
  const document = reportDocument(reportCase, lookedBack)
  const tables = namedTables(document)
  const total = tables.reduce((sum, { table }) => sum + table.rows, 0)
  const pieces = counting(stopping(watch, total))
  if (kind === 'json') await replaceFile(path, pieces(writeTablesJson(document)))
  else
    await replaceFile(
      path,
      zipped(tables.map(({ id, table }) => ({ name: `${id}.csv`, content: pieces(writeTableCsv(table)) }))),
    )
  return { tables: tables.length }
}

/** Tells how far it is, and ends the work where that was asked for. */
function stopping({ onProgress, isStopped }: Watch, total: number): (rows: number) => void {
  let done = 0
  return (rows) => {
    if (isStopped()) throw new StrikelineError('cancelled', STOPPED)
    done = Math.min(done + rows, total)
    onProgress(done, total)
  }
}

/** Pieces of text as they come, each looked at by the lines that it has. */
const counting = (onRows: (rows: number) => void) =>
  function* (pieces: Iterable<string>): Generator<string> {
    for (const piece of pieces) {
      onRows(piece.split('\n').length - 1)
      yield piece
    }
  }
