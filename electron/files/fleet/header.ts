import { StrikelineError } from '#shared/ipc/errors.ts'
import { editDistance } from '#shared/domain/fleet/edit-distance.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, isNumberName, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { readCellText } from './cell-text.ts'
import type { ColumnMap } from './column-map.ts'
import { HEADINGS, quoted, shown } from './columns.ts'
import type { RowFault } from './fleet-file.ts'
import type { ColumnReading, HeadingMeaning } from './headings.ts'
import { meaningsOf, squeeze } from './headings.ts'
import { isTimeName } from './log.ts'
import { factorText } from '#shared/format/number-units.ts'
import type { Separator } from '../csv.ts'
import { recordsOf } from '../csv.ts'

export type Header = {
  readonly separator: Separator
  /** per cell: the field it is, null for a note or a cell without a name */
  readonly fields: readonly (FieldName | null)[]
  /** per cell: how it becomes that field; null for a note */
  readonly readings: readonly (ColumnReading | null)[]
  /** per cell: as the file spells it, '' for a cell without a name */
  readonly names: readonly string[]
  /** how the columns read that are not written as ours, in sentences */
  readonly understood: readonly string[]
  readonly faults: readonly RowFault[]
}

const MAX_NOTE_COLUMNS = 200

/**
 * Reads the header record: which separator, which columns. A name that is nearly one of ours is a fault and not a
 * note, because a column that is silently left out would be a wrong number later.
 * @param line where the header stands in the file
 * @param named the separator, where a line above names it
 * @throws StrikelineError 'bad-input' when it is not the header of a fleet file at all
 */
export function readHeader(
  record: Buffer,
  lineEnd: number,
  fileName: string,
  line: number,
  map: ColumnMap,
  named: Separator | null,
): Header {
  const { separator, names } = separate(record, lineEnd, fileName, line, map, named)
  const meanings = mapped(names, map)
  const readings = meanings.map((meaning) => (meaning.kind === 'column' ? meaning.reading : null))
  const fields = readings.map((reading) => reading?.field ?? null)
  const absent = FIELD_NAMES.filter((field) => !fields.includes(field))
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const understood: string[] = []
  names.forEach((name, at) => {
    if (name === '') return
    const fault = (message: string) => faults.push({ row: line, column: quoted(name), message })
    const folded = name.toLowerCase()
    if (seen.has(folded)) fault('stands twice in the header')
    seen.add(folded)
    const meaning = meanings[at]!
    const words =
      meaning.kind === 'column' ? meaning.reading.words : meaning.kind === 'note' ? meaning.words : null
    if (words !== null) understood.push(words)
    if (meaning.kind === 'fault') fault(meaning.message)
    if (meaning.kind !== 'note') return
    const isAnswered = map.columns.has(folded) || words !== null
    const meant = isAnswered ? undefined : absent.find((field) => isNearly(folded, field))
    const unfit = nameFault(name)
    if (meant !== undefined) fault(hint(name, meant))
    else if (unfit !== null) fault(unfit)
  })
  for (const heading of map.columns.keys())
    if (!names.some((name) => name.toLowerCase() === heading))
      faults.push({
        row: line,
        column: quoted(heading),
        message: 'is named by --map, but the header has no such column',
      })
  const twice = fields.find((field, at) => field !== null && fields.indexOf(field) < at)
  if (faults.length === 0 && twice !== undefined && twice !== null)
    faults.push({ row: line, column: MACHINE_FIELDS[twice].heading, message: 'two columns are read as it' })
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
  return { separator, fields, readings, names, understood, faults }
}

/** What the headings mean, after what was said about them. */
function mapped(names: readonly string[], map: ColumnMap): readonly HeadingMeaning[] {
  if (map.columns.size === 0) return meaningsOf(names)
  const said = names.map((name) => map.columns.get(name.toLowerCase()))
  // A heading that was answered is out of the way of the others.
  const others = meaningsOf(names.map((name, at) => (said[at] === undefined ? name : '')))
  const chosen = new Set(said.flatMap((target) => (target ? [target.field] : [])))
  return names.map((name, at): HeadingMeaning => {
    const target = said[at]
    if (target === null) return { kind: 'note', words: null }
    if (target !== undefined) {
      const plus =
        target.offset === 0 ? '' : target.offset < 0 ? ` − ${-target.offset}` : ` + ${target.offset}`
      return {
        kind: 'column',
        reading: {
          ...target,
          isUnitless: false,
          words: `${shown(name)}: reads as ${MACHINE_FIELDS[target.field].heading}${factorText(target.factor)}${plus}`,
        },
      }
    }
    const other = others[at]!
    return other.kind === 'column' && chosen.has(other.reading.field) ? { kind: 'note', words: null } : other
  })
}

/** The name that may be meant, never without its unit: whoever only renames the column must know what it holds. */
function hint(name: string, field: FieldName): string {
  const { heading } = MACHINE_FIELDS[field]
  const did = `not a column of a fleet file; did you mean ${heading}`
  if (!isNumberName(field) || field === 'quantity') return `${did}?`
  const { unit, share } = numberField(field)
  const says = share === true ? 'a fraction, 1 % is 0.01' : `in ${unit}`
  return `${did} (${says})? If it is in another unit, convert it: --map '${shown(name)}=${heading}*FACTOR'`
}

/** The separator that gives the most columns of ours, then the most columns, then the comma. */
function separate(
  record: Buffer,
  lineEnd: number,
  fileName: string,
  line: number,
  map: ColumnMap,
  named: Separator | null,
): { separator: Separator; names: string[] } {
  let best: { separator: Separator; names: string[]; score: number } | null = null
  let failure: unknown
  for (const separator of named === null ? ([',', ';', '\t'] as const) : [named]) {
    try {
      const names = (recordsOf(record, separator, lineEnd, fileName, line)[0] ?? []).map(readCellText)
      const known = mapped(names, map).filter(({ kind }) => kind === 'column').length
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
  if (othersOf(name).length > 0 || isTimeName(heading)) return false
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

function withoutUnit(name: string): string {
  const words = name.split(/[^a-z0-9]+/).filter((word) => word !== '')
  while (words.length > 1 && UNITS.has(words.at(-1)!)) words.pop()
  return words.join('')
}
