import { StrikelineError } from '#shared/ipc/errors.ts'
import { editDistance } from '#shared/domain/fleet/edit-distance.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, MACHINE_FIELDS } from '#shared/domain/fleet/fields.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { readCellText } from './cell-text.ts'
import { HEADINGS, quoted } from './columns.ts'
import type { RowFault } from './fleet-file.ts'
import type { Separator } from '../csv.ts'
import { recordsOf } from '../csv.ts'

export type Header = {
  readonly separator: Separator
  /** per cell: the field it is, null for a note or a cell without a name */
  readonly fields: readonly (FieldName | null)[]
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
  const fields = fieldsOf(names)
  const absent = FIELD_NAMES.filter((field) => !fields.includes(field))
  const faults: RowFault[] = []
  const seen = new Set<string>()
  names.forEach((name, at) => {
    if (name === '') return
    const fault = (message: string) => faults.push({ row: line, column: quoted(name), message })
    const folded = name.toLowerCase()
    if (seen.has(folded)) fault('stands twice in the header')
    seen.add(folded)
    if (fields[at] !== null) return
    const meant = absent.find((field) => isNearly(folded, field))
    const unfit = nameFault(name)
    if (meant !== undefined)
      fault(`not a column of a fleet file; did you mean ${MACHINE_FIELDS[meant].heading}?`)
    else if (unfit !== null) fault(unfit)
  })
  if (faults.length === 0) {
    if (!fields.some((field) => field === 'model' || field === 'hashrateThs' || field === 'powerW')) {
      throw new StrikelineError(
        'bad-input',
        `${fileName}, row ${line}: this is not the header of a fleet file: none of its columns is model, hashrate_ths or ` +
          `power_w. The first row names the columns: ${HEADINGS.join(', ')}`,
      )
    }
    const notes = names.filter((name, at) => name !== '' && fields[at] === null).length
    if (notes > MAX_NOTE_COLUMNS) {
      throw new StrikelineError(
        'bad-input',
        `${fileName}, row ${line}: ${notes} columns are not of a fleet file; at most ${MAX_NOTE_COLUMNS} are kept as notes`,
      )
    }
  }
  return { separator, fields, names, faults }
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
      const known = fieldsOf(names).filter((field) => field !== null).length
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

/** A heading of ours counts before one of other programs; what is left over of those is a note. */
function fieldsOf(names: readonly string[]): (FieldName | null)[] {
  const fields = names.map((name) => {
    const folded = name.toLowerCase()
    return FIELD_NAMES.find((field) => MACHINE_FIELDS[field].heading === folded) ?? null
  })
  names.forEach((name, at) => {
    if (fields[at] !== null) return
    const whole = squeeze(name.toLowerCase())
    const meant = FIELD_NAMES.find((field) => othersOf(field).includes(whole))
    if (meant !== undefined && !fields.includes(meant)) fields[at] = meant
  })
  return fields
}

function othersOf(name: FieldName): readonly string[] {
  const field = MACHINE_FIELDS[name]
  return 'otherHeadings' in field ? (field as { otherHeadings: readonly string[] }).otherHeadings : []
}

const UNITS = new Set(
  'ths th t phs ph ghs gh s w kw mw kwh mwh wh usd eur cent cents ct day d hour h month pct percent j jth per'.split(
    ' ',
  ),
)

/** Is this heading, lower case, likely meant to be that field? Where other programs' headings are taken nothing is guessed. */
function isNearly(heading: string, name: FieldName): boolean {
  if (othersOf(name).length > 0) return false
  const field = MACHINE_FIELDS[name]
  const whole = squeeze(heading)
  const bare = withoutUnit(heading)
  const doubtful: readonly string[] = 'doubtfulHeadings' in field ? field.doubtfulHeadings : []
  return (
    doubtful.includes(whole) ||
    doubtful.includes(bare) ||
    areNearly(whole, squeeze(field.heading)) ||
    areNearly(bare, withoutUnit(field.heading))
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
