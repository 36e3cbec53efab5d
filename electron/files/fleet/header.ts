import { StrikelineError } from '#shared/ipc/errors.ts'
import { editDistance } from '#shared/domain/fleet/edit-distance.ts'
import { nameFault, readCellText } from './cell-text.ts'
import type { FleetColumn } from './columns.ts'
import { FLEET_COLUMNS, quoted } from './columns.ts'
import type { RowFault } from './fleet-file.ts'
import type { Separator } from './records.ts'
import { recordsOf } from './records.ts'

export type Header = {
  readonly separator: Separator
  /** per cell: the column it is, null for a note or a cell without a name */
  readonly columns: readonly (FleetColumn | null)[]
  /** per cell: as the file spells it, '' for a cell without a name */
  readonly names: readonly string[]
  readonly faults: readonly RowFault[]
}

const MAX_NOTE_COLUMNS = 200

/**
 * Reads the header record: which separator, which columns. A name that is nearly one of ours is a fault and not a
 * note, because a column that is silently left out would be a wrong number later.
 * @param line where the header stands in the file
 * @throws StrikelineError 'bad-input' when it is not the header of a fleet file at all
 */
export function readHeader(record: Buffer, lineEnd: number, fileName: string, line: number): Header {
  const { separator, names } = separate(record, lineEnd, fileName, line)
  const columns = names.map(columnOf)
  const absent = FLEET_COLUMNS.filter((column) => !columns.includes(column))
  const faults: RowFault[] = []
  const seen = new Set<string>()
  names.forEach((name, at) => {
    if (name === '') return
    const fault = (message: string) => faults.push({ row: line, column: quoted(name), message })
    const folded = name.toLowerCase()
    if (seen.has(folded)) fault('stands twice in the header')
    seen.add(folded)
    if (columns[at] !== null) return
    const meant = absent.find((column) => isNearly(folded, column))
    const unfit = nameFault(name)
    if (meant !== undefined) fault(`not a column of a fleet file; did you mean ${meant}?`)
    else if (unfit !== null) fault(unfit)
  })
  if (faults.length === 0) {
    if (!columns.some((column) => column === 'model' || column === 'hashrate_ths' || column === 'power_w')) {
      throw new StrikelineError(
        'bad-input',
        `${fileName}, row ${line}: this is not the header of a fleet file: none of its columns is model, hashrate_ths or ` +
          `power_w. The first row names the columns: ${FLEET_COLUMNS.join(', ')}`,
      )
    }
    const notes = names.filter((name, at) => name !== '' && columns[at] === null).length
    if (notes > MAX_NOTE_COLUMNS) {
      throw new StrikelineError(
        'bad-input',
        `${fileName}, row ${line}: ${notes} columns are not of a fleet file; at most ${MAX_NOTE_COLUMNS} are kept as notes`,
      )
    }
  }
  return { separator, columns, names, faults }
}

/** The separator that gives the most columns of ours, then the most columns, then the comma. */
function separate(
  record: Buffer,
  lineEnd: number,
  fileName: string,
  line: number,
): { separator: Separator; names: string[] } {
  let best: { separator: Separator; names: string[]; score: number } | null = null
  let failure: unknown
  for (const separator of [',', ';', '\t'] as const) {
    try {
      const names = (recordsOf(record, separator, lineEnd, fileName, line)[0] ?? []).map(readCellText)
      const known = names.filter((name) => columnOf(name) !== null).length
      const score = known * 1_000_000 + names.length
      if (best === null || score > best.score) best = { separator, names, score }
    } catch (error) {
      // a quoted name of a file with another separator; only when no separator fits is it a fault
      failure ??= error
    }
  }
  if (best === null) throw failure
  return best
}

function columnOf(name: string): FleetColumn | null {
  const folded = name.toLowerCase()
  return FLEET_COLUMNS.find((column) => column === folded) ?? null
}

/** Other names that people give our columns, squeezed. */
const OTHER_NAMES: Readonly<Partial<Record<FleetColumn, readonly string[]>>> = {
  id: ['machineid', 'minerid', 'ids'],
  model: ['models', 'modelname', 'minermodel', 'asicmodel'],
  quantity: ['qty', 'count', 'number', 'units', 'machines', 'amount'],
  hashrate_ths: ['th', 'ths', 'ph', 'phs', 'hash', 'hashpower'],
  power_w: ['w', 'kw', 'watt', 'watts', 'wattage', 'consumption', 'efficiency', 'jth'],
  site: ['sites', 'sitename'],
  power_price_usd_kwh: [
    ...['price', 'tariff', 'electricity', 'electricityprice', 'electricitycost', 'energyprice', 'energycost'],
    ...['powercost', 'powerrate', 'powertariff', 'usdkwh', 'kwhprice', 'pricekwh'],
  ],
  overhead: ['pue'],
  pool_fee: ['fee', 'fees'],
  host_share: ['hostfee', 'hostingfee', 'hostingshare', 'revenueshare'],
  status: ['state'],
}

const UNITS = new Set(
  'ths th t phs ph ghs gh s w kw mw kwh mwh wh usd eur cent cents ct day d hour h month pct percent j jth per'.split(
    ' ',
  ),
)

/** Is this name, lower case, likely meant to be that column? */
function isNearly(name: string, column: FleetColumn): boolean {
  const whole = squeeze(name)
  const bare = withoutUnit(name)
  const others = OTHER_NAMES[column] ?? []
  return (
    others.includes(whole) ||
    others.includes(bare) ||
    areNearly(whole, squeeze(column)) ||
    areNearly(bare, withoutUnit(column))
  )
}

/** The shorter the word, the likelier it is another word and not a slip: "note" is not "site". */
function areNearly(a: string, b: string): boolean {
  const slips = b.length <= 4 ? 0 : b.length === 5 ? 1 : 2
  return editDistance(a, b, slips) <= slips
}

function squeeze(name: string): string {
  return name.replace(/[^a-z0-9]+/g, '')
}

function withoutUnit(name: string): string {
  const words = name.split(/[^a-z0-9]+/).filter((word) => word !== '')
  while (words.length > 1 && UNITS.has(words.at(-1)!)) words.pop()
  return words.join('')
}
