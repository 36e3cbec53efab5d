import { basename } from 'node:path'
import { readCellText } from '#electron/files/fleet/cell-text.ts'
import { quoted } from '#electron/files/fleet/columns.ts'
import { columnSigns, openSignQuestion } from '#electron/files/numbers.ts'
import { factorOf } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import { readBounded, utf8Bytes } from '#electron/files/bytes.ts'
import type { Separator } from '#electron/files/csv.ts'
import { isBlank, lineEndOf, linesOf, namedSeparator, recordsOf } from '#electron/files/csv.ts'
import { MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Ladder, LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault } from '#shared/domain/ladders/point.ts'

const REQUIRED = ['model', 'profile', 'hashrate_ths', 'power_w'] as const
type Column = (typeof REQUIRED)[number] | 'id' | 'firmware' | 'source'
type Names = 'id' | 'model' | 'firmware'

/** What stands for a whole file where it has no such column. */
export type LadderDefaults = Partial<Readonly<Record<Names, string>>>

export type LadderFile = {
  /** by model and firmware */
  readonly ladders: readonly Ladder[]
  /** of machines and lots, by their id */
  readonly lotLadders: readonly { readonly id: string; readonly ladder: Ladder }[]
}

const MAX_BYTES = 20_000_000
const MAX_LINES = 500_000
const SEPARATORS = [',', ';', '\t'] as const satisfies readonly Separator[]
const FIGURES = ['hashrate_ths', 'power_w'] as const
const FIELD_COLUMNS = { profile: 'profile', hashrateThs: 'hashrate_ths', powerW: 'power_w' } as const

/**
 * Reads a profiles.csv (docs/profiles.md): one operating point a row, with `profile`, `hashrate_ths`, `power_w` and `model` or the
 * `id` of a machine, and where wanted `firmware` and `source`. Other columns are not looked at. Rows of one model and firmware, or
 * of one id, are one ladder, wherever they stand, in rising order of power.
 * @param defaults for columns that the file does not have
 * @throws StrikelineError 'file-unreadable', or 'bad-input' that names file, row and column
 */
export async function readLadderFile(path: string, defaults: LadderDefaults = {}): Promise<LadderFile> {
  const fileName = basename(path)
  return readLadderText(await readBounded(path, fileName, MAX_BYTES), fileName, defaults)
}

/** The same from memory. */
export function readLadderText(raw: Buffer, fileName: string, defaults: LadderDefaults = {}): LadderFile {
  const text = utf8Bytes(raw, fileName)
  const lineEnd = lineEndOf(text)
  let lines = 0
  for (let at = text.indexOf(lineEnd); at !== -1; at = text.indexOf(lineEnd, at + 1)) lines++
  if (lines > MAX_LINES) throw new StrikelineError('bad-input', `${fileName}: more than ${MAX_LINES} lines`)
  const firstEnd = text.indexOf(lineEnd)
  const named = namedSeparator(
    text
      .subarray(0, firstEnd === -1 ? text.length : firstEnd)
      .toString()
      .trim(),
  )
  const bytes = named === null ? text : text.subarray(firstEnd === -1 ? text.length : firstEnd + 1)
  const { separator, records } = separated(bytes, lineEnd, fileName, named === null ? SEPARATORS : [named])
  const filled = records.filter((record) => !isBlank(record))
  const columns = namesOf(filled[0] ?? [])
  const places = FIGURES.map((column) => columns.indexOf(column)).filter((at) => at !== -1)
  const signs = columnSigns(filled.slice(1), places, separator, null, (at, open) =>
    fault(fileName, 2, columns[at]!, openSignQuestion(open, false)),
  )
  let line = named === null ? 1 : 2
  let header: readonly string[] | null = null
  const open = new Map<string, OpenLadder>()
  for (const record of records) {
    if (!isBlank(record)) {
      if (header === null) header = headerOf(record, fileName, line, defaults)
      else addPoint(open, record, { header, defaults, signs, fileName, line })
    }
    line += linesOf(record, lineEnd)
  }
  if (open.size === 0) throw new StrikelineError('bad-input', `${fileName}: there is no profile in it`)
  const all = [...open.values()].map((each) => ({ id: each.id, ladder: closed(each, fileName) }))
  return {
    ladders: all.filter(({ id }) => id === '').map(({ ladder }) => ladder),
    lotLadders: all.filter(({ id }) => id !== ''),
  }
}

/** The separator that finds the most of our columns in the first row that has any. */
function separated(bytes: Buffer, lineEnd: number, fileName: string, separators: readonly Separator[]) {
  const readings = separators.flatMap((separator) => {
    try {
      const records = recordsOf(bytes, separator, lineEnd, fileName, 1)
      const header = namesOf(records.find((record) => !isBlank(record)) ?? [])
      return [{ separator, records, known: REQUIRED.filter((column) => header.includes(column)).length }]
    } catch (error) {
      // a quotation mark that only the other separators understand
      if (error instanceof StrikelineError) return [{ separator, records: [], known: -1, error }]
      throw error
    }
  })
  const best = readings.reduce((a, b) => (b.known > a.known ? b : a))
  if ('error' in best) throw best.error
  return best
}

const namesOf = (record: readonly string[]) => record.map((cell) => readCellText(cell).toLowerCase())

function headerOf(
  record: readonly string[],
  fileName: string,
  line: number,
  defaults: LadderDefaults,
): readonly string[] {
  const names = namesOf(record)
  const isNamed = names.includes('id') || defaults.id !== undefined || defaults.model !== undefined
  const absent = REQUIRED.filter((column) => !names.includes(column) && !(column === 'model' && isNamed))
  if (absent.length > 0)
    fault(
      fileName,
      line,
      absent[0]!,
      `the column is missing; a table of profiles has ${REQUIRED.join(', ')} (or id for model)`,
    )
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i)
  if (twice !== undefined) fault(fileName, line, twice, 'stands twice in the header')
  return names
}

type OpenLadder = Omit<Ladder, 'points'> & {
  /** '' for a model's */
  readonly id: string
  readonly points: LadderPoint[]
  readonly lines: number[]
}

type Place = {
  readonly header: readonly string[]
  readonly defaults: LadderDefaults
  /** decimal sign by place of the column */
  readonly signs: ReadonlyMap<number, DecimalSign>
  readonly fileName: string
  readonly line: number
}

function addPoint(
  ladders: Map<string, OpenLadder>,
  record: readonly string[],
  { header, defaults, signs, fileName, line }: Place,
): void {
  if (record.length < header.length || record.slice(header.length).some((cell) => cell.trim() !== ''))
    throw new StrikelineError(
      'bad-input',
      `${fileName}, row ${line}: has ${record.length} cells where the header has ${header.length}`,
    )
  const text = (column: Column) => readCellText(record[header.indexOf(column)] ?? '')
  const name = (column: Names | 'profile') => {
    const given = header.includes(column) || column === 'profile' ? text(column) : (defaults[column] ?? '')
    const unfit = nameFault(given)
    if (unfit !== null) fault(fileName, line, column, `${quoted(given)} ${unfit}`)
    return given
  }
  const positive = (column: 'hashrate_ths' | 'power_w') => {
    const cell = text(column)
    const { value: read, unit } = readNumber(cell, signs.get(header.indexOf(column)) ?? '.')
    const factor = factorOf(unit, column === 'power_w' ? 'W' : 'TH/s')
    if (factor === null)
      fault(fileName, line, column, `${quoted(cell)} says ${quoted(unit)}, which is no unit of it`)
    const value = read * factor
    const [, most] = MACHINE_FIELDS[column === 'power_w' ? 'powerW' : 'hashrateThs'].bounds
    if (cell === '') fault(fileName, line, column, 'the value is missing')
    if (Number.isNaN(value)) fault(fileName, line, column, `${quoted(cell)} is not a number`)
    if (value < 0) fault(fileName, line, column, `${quoted(cell)} is negative; it must be above 0`)
    if (value === 0) fault(fileName, line, column, 'is 0; off is a choice without a profile of its own')
    if (value > most) fault(fileName, line, column, `${quoted(cell)} is above ${most}`)
    return value
  }
  const id = name('id')
  const model = name('model')
  if (model === '' && id === '') fault(fileName, line, 'model', 'the value is missing')
  const point = { name: name('profile'), hashrateThs: positive('hashrate_ths'), powerW: positive('power_w') }
  const firmware = name('firmware')
  const key = JSON.stringify(id === '' ? ['', model.toLowerCase(), firmware.toLowerCase()] : [id])
  const open = ladders.get(key) ?? { id, model, firmware, source: text('source'), points: [], lines: [] }
  if (id !== '' && open.firmware.toLowerCase() !== firmware.toLowerCase())
    fault(
      fileName,
      line,
      'firmware',
      `${id} has one ladder, of one firmware; its first row says ${quoted(open.firmware)}`,
    )
  ladders.set(key, open)
  open.points.push(point)
  open.lines.push(line)
}

function closed({ lines, id, ...ladder }: OpenLadder, fileName: string): Ladder {
  const wrong = ladderFault(ladder.points)
  if (wrong === null) return ladder
  const named = id === '' ? ladder.model : id
  const whose = `${named}${ladder.firmware === '' ? '' : `, ${ladder.firmware}`}`
  fault(fileName, lines[wrong.at]!, FIELD_COLUMNS[wrong.field], `${whose}: ${wrong.message}`)
}

function fault(fileName: string, line: number, column: string, message: string): never {
  throw new StrikelineError('bad-input', `${fileName}, row ${line}, column ${column}: ${message}`)
}
