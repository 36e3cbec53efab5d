import { basename } from 'node:path'
import type { OperatingPoint } from '#shared/domain/ladders/point.ts'
import type { ActVerdict } from '#shared/format/act-words.ts'
import { actOfDoWords, doneOf, pointOfDoWords } from '#shared/format/act-words.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { readText } from '../bytes.ts'
import { tableOf } from '../csv.ts'
import { readCellText } from '../cell-text.ts'
import type { WorkListColumn } from './columns.ts'
import { NEEDED, WORK_LIST_COLUMNS } from './columns.ts'

const MAX_BYTES = 100_000_000
const MAX_ROWS = 1_000_000

/** A work list as it comes home. */
export type MarkedWorkList = {
  /** lines with something done, by column; the others are only counted */
  readonly id: readonly string[]
  readonly act: readonly Exclude<ActVerdict, 'run'>[]
  /** that they were set to or started at; null: their own */
  readonly point: readonly (OperatingPoint | null)[]
  /** of the line, and how many of them are done; null: the whole lot, whatever it has */
  readonly machines: readonly (number | null)[]
  readonly done: readonly (number | null)[]
  /** who did it; '' where the line does not say */
  readonly by: readonly string[]
  /** of the file */
  readonly line: readonly number[]
  /** lines in all */
  readonly rows: number
  /** when the list was made, unix ms; null where it does not say, or its lines differ */
  readonly listedAtMs: number | null
  readonly faults: readonly WorkListFault[]
}
export type WorkListFault = { readonly line: number; readonly message: string }

/** @throws StrikelineError 'bad-input' or 'file-unreadable' that names file, row and column */
export async function readWorkList(path: string): Promise<MarkedWorkList> {
  const fileName = basename(path)
  const names: readonly string[] = WORK_LIST_COLUMNS
  const { rows } = tableOf(await readText(path, MAX_BYTES, 'for a work list: split it'), fileName, {
    knownColumns: (cells) => cells.filter((cell) => names.includes(cell.toLowerCase())).length,
    isEven: true,
    mostRows: MAX_ROWS + 1,
  })
  const header = (rows[0]?.cells ?? []).map((cell) => cell.toLowerCase())
  const missing = NEEDED.filter((name) => !header.includes(name))
  if (missing.length > 0)
    throw new StrikelineError(
      'bad-input',
      `${fileName}, row 1: a work list needs the columns ${NEEDED.join(', ')}; ${missing.join(' and ')} is missing`,
    )
  const at = (name: WorkListColumn) => header.indexOf(name)
  const places = Object.fromEntries(WORK_LIST_COLUMNS.map((name) => [name, at(name)])) as Record<
    WorkListColumn,
    number
  >
  const read = { id: [], act: [], point: [], machines: [], done: [], by: [], line: [] } as {
    id: string[]
    act: Exclude<ActVerdict, 'run'>[]
    point: (OperatingPoint | null)[]
    machines: (number | null)[]
    done: (number | null)[]
    by: string[]
    line: number[]
  }
  const faults: WorkListFault[] = []
  const moments = new Set<number>()
  for (const { cells, line } of rows.slice(1)) {
    const cell = (name: WorkListColumn) => readCellText(cells[places[name]] ?? '')
    const isWhole = cell('machines') === ''
    const machines = isWhole ? 1 : Number(cell('machines'))
    const fault = (message: string) => void faults.push({ line, message })
    const listedAt = Date.parse(cell('listed_at'))
    if (Number.isFinite(listedAt)) moments.add(listedAt)
    if (!Number.isSafeInteger(machines) || machines < 1) {
      fault(`machines is "${cell('machines')}"; it must be a whole number from 1`)
      continue
    }
    const done = doneOf(cell('done'), machines)
    if (done === null) {
      const count = machines > 1 ? ` or a number up to ${machines}` : ''
      fault(`done is "${cell('done')}"; write yes, no${count}, or nothing`)
      continue
    }
    if (done === 0) continue
    const act = actOfDoWords(cell('do'))
    const point = pointOfDoWords(cell('do'))
    // Hours are kept, not done.
    if (act === 'run') continue
    if (cell('id') === '') fault('it has no id')
    else if (act === null) fault(`do is "${cell('do')}"; a line says Power down, Start or Set to`)
    else if (act === 'profile' && point === null)
      fault(`do is "${cell('do')}"; it says neither TH/s nor W, as in Set to 98 TH/s, 2450 W`)
    else {
      read.id.push(cell('id'))
      read.act.push(act)
      read.point.push(point)
      read.machines.push(isWhole ? null : machines)
      read.done.push(isWhole ? null : done)
      read.by.push(cell('by').trim())
      read.line.push(line)
    }
  }
  return {
    ...read,
    rows: rows.length - 1,
    listedAtMs: moments.size === 1 ? [...moments][0]! : null,
    faults,
  }
}
