import { basename } from 'node:path'
import { readCellText } from '#electron/files/cell-text.ts'
import { quoted } from '#electron/files/shown.ts'
import { columnSigns, openSignQuestion } from '#electron/files/numbers.ts'
import { factorOf } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import { readBounded, utf8Bytes } from '#electron/files/bytes.ts'
import { tableOf } from '#electron/files/csv.ts'
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

const MAX_BYTES = 10_000_000
const MAX_POINTS = 50_000
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
  const { separator, rows } = tableOf(utf8Bytes(raw, fileName), fileName, {
    knownColumns: (cells) => {
      const names = namesOf(cells)
      return REQUIRED.filter((column) => names.includes(column)).length
    },
    isEven: true,
    mostRows: MAX_POINTS + 1,
    onHeading: ({ cells, line }) => refuseHeading(namesOf(cells), fileName, line, defaults),
  })
  const [heading, ...points] = rows
  const header = namesOf(heading?.cells ?? [])
  const places = FIGURES.map((column) => header.indexOf(column))
  const signs = columnSigns(
    points.map(({ cells }) => cells),
    places,
    separator,
    null,
    (at, open) => fault(fileName, points[0]!.line, header[at]!, openSignQuestion(open, false)),
  )
  const open = new Map<string, OpenLadder>()
  for (const { cells, line } of points) addPoint(open, cells, { header, defaults, signs, fileName, line })
  if (open.size === 0)
    throw new StrikelineError(
      'bad-input',
      `${fileName}: there is no profile in it: below its headings it needs a row for each operating point`,
    )
  const all = [...open.values()].map((each) => ({ id: each.id, ladder: closed(each, fileName) }))
  return {
    ladders: all.filter(({ id }) => id === '').map(({ ladder }) => ladder),
    lotLadders: all.filter(({ id }) => id !== ''),
  }
}

const namesOf = (record: readonly string[]) => record.map((cell) => readCellText(cell).toLowerCase())

function refuseHeading(
  names: readonly string[],
  fileName: string,
  line: number,
  defaults: LadderDefaults,
): void {
  const isNamed = names.includes('id') || defaults.id !== undefined || defaults.model !== undefined
  const absent = REQUIRED.filter((column) => !names.includes(column) && !(column === 'model' && isNamed))
  if (absent.length > 0)
    fault(
      fileName,
      line,
      absent[0]!,
      `the column is missing; a table of profiles has ${REQUIRED.join(', ')} (or id for model)`,
    )
  const seen = new Set<string>()
  for (const name of names) {
    if (name !== '' && seen.has(name)) fault(fileName, line, name, 'stands twice in the header')
    seen.add(name)
  }
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
