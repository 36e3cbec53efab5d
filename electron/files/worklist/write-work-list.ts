import { doWords } from '#shared/format/act-words.ts'
import type { WorkLine } from '#shared/format/work-lines.ts'
import { writeCellText } from '../cell-text.ts'
import type { WorkListColumn } from './columns.ts'
import { WORK_LIST_COLUMNS } from './columns.ts'

const ROWS_PER_PIECE = 1000

/**
 * A work list as CSV, in pieces of text: UTF-8, commas, lines that end in LF. The last two columns are empty, for whoever does the work.
 * @param listedAtMs the moment of the advice
 */
export function* writeWorkList(
  length: number,
  lineAt: (line: number) => WorkLine,
  listedAtMs: number,
): Generator<string> {
  const listedAt = new Date(listedAtMs).toISOString().replace(/\.\d+Z$/, 'Z')
  const cells: Readonly<Record<WorkListColumn, (line: WorkLine) => string>> = {
    site: ({ site }) => writeCellText(site),
    rack: ({ rack }) => writeCellText(rack),
    position: ({ position }) => writeCellText(position),
    ip: ({ ip }) => writeCellText(ip),
    id: ({ id }) => writeCellText(id),
    model: ({ model }) => writeCellText(model),
    serial: ({ serial }) => writeCellText(serial),
    machines: ({ machines }) => String(machines),
    do: ({ act, untilMs, point }) => writeCellText(doWords(act, untilMs, point)),
    hours: ({ hours }) => writeCellText(hours),
    listed_at: () => listedAt,
    done: () => '',
    by: () => '',
  }
  let piece = `${WORK_LIST_COLUMNS.join(',')}\n`
  for (let i = 0; i < length; i++) {
    const line = lineAt(i)
    piece += `${WORK_LIST_COLUMNS.map((name) => cells[name](line)).join(',')}\n`
    if ((i + 1) % ROWS_PER_PIECE === 0) {
      yield piece
      piece = ''
    }
  }
  if (piece !== '') yield piece
}
