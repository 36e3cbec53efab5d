import { StrikelineError } from '#shared/ipc/errors.ts'
import { editDistance } from '#shared/domain/fleet/edit-distance.ts'
import type { FieldName } from '#shared/domain/fleet/fields.ts'
import { FIELD_NAMES, isNumberName, MACHINE_FIELDS, numberField } from '#shared/domain/fleet/fields.ts'
import { nameFault } from '#shared/domain/fleet/names.ts'
import { readCellText } from '../cell-text.ts'
import type { ColumnMap } from './column-map.ts'
import { foldHeading } from '../heading-parts.ts'
import { mergedMap } from './column-map.ts'
import { HEADINGS } from './columns.ts'
import { quoted, shown } from '../shown.ts'
import type { RowFault } from '../row-faults.ts'
import type { ColumnReading, HeadingMeaning } from './headings.ts'
import { meaningsOf } from './headings.ts'
import { squeeze } from '../heading-parts.ts'
import { isTimeName } from './log.ts'
import { factorText } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import type { Separator } from '../csv.ts'
import { recordsOf } from '../csv.ts'

/** A column as it was read, or why it was not. */
export type FileColumn = {
  /** as the file spells it */
  readonly heading: string
  /** null: a note, or at fault */
  readonly field: FieldName | null
  readonly factor: number
  readonly offset: number
  /** its heading does not say the unit, so that every cell has to */
  readonly isUnitless: boolean
  /** by a map, and not by its heading */
  readonly isSaid: boolean
  readonly fault: string | null
}

export type Header = {
  readonly separator: Separator
  /** per cell: the field it is, null for a note or a cell without a name */
  readonly fields: readonly (FieldName | null)[]
  /** per cell: how it becomes that field; null for a note */
  readonly readings: readonly (ColumnReading | null)[]
  /** per cell: as the file spells it, '' for a cell without a name */
  readonly names: readonly string[]
  /** per cell with a name */
  readonly columns: readonly FileColumn[]
  /** what was said about it, on top of what was remembered */
  readonly map: ColumnMap
  /** what was remembered for its headings */
  readonly recalled: RememberedColumns | null
  /** how the columns read that are not written as ours, in sentences */
  readonly understood: readonly string[]
  readonly faults: readonly RowFault[]
  /** none of its columns says what a machine is: it is no header, or one that has to be told */
  readonly isForeign: boolean
  /** the names are the keys of a list of objects */
  readonly isList: boolean
}

/** What is said about the columns of files. */
export type SaidOfColumns = {
  readonly map: ColumnMap
  /** what was remembered for exactly these headings; it counts where `map` says nothing */
  readonly recall: (headings: readonly string[]) => RememberedColumns | null
}
export type RememberedColumns = {
  readonly map: ColumnMap
  /** the answer to a decimal sign that such a file left open */
  readonly decimalSign: DecimalSign | null
}

const MAX_NOTE_COLUMNS = 200

/**
 * Reads the header record: which separator, which columns.
 * @param line where the header stands in the file
 * @param named the separator, where a line above names it
 * @throws StrikelineError 'bad-input' where quotation marks do not match, or too many columns are not of a fleet file
 */
export function readHeader(
  record: Buffer,
  lineEnd: number,
  fileName: string,
  line: number,
  said: SaidOfColumns,
  named: Separator | null,
): Header {
  const { separator, names } = separate(record, lineEnd, fileName, line, said, named)
  return headerOf(names, separator, fileName, line, said)
}

/**
 * What the columns of these names are. A name that is nearly one of ours is a fault and not a note, because a column that is silently
 * left out would be a wrong number later.
 * @param line of the file where the names stand
 * @param isList they are the keys of a list of objects
 */
export function headerOf(
  names: readonly string[],
  separator: Separator,
  fileName: string,
  line: number,
  said: SaidOfColumns,
  isList = false,
): Header {
  const { map, recalled } = mapFor(names, said)
  const meanings = mapped(names, map, isList)
  const readings = meanings.map((meaning) => (meaning.kind === 'column' ? meaning.reading : null))
  const fields = readings.map((reading) => reading?.field ?? null)
  const absent = FIELD_NAMES.filter((field) => !fields.includes(field))
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const understood: string[] = []
  const columns: FileColumn[] = []
  /** places of columns that may be meant for one of ours */
  const nearly = new Set<number>()
  names.forEach((name, at) => {
    if (name === '') return
    const before = faults.length
    const fault = (message: string, remedy = '') =>
      faults.push({ row: line, column: quoted(name), message, remedy })
    const folded = foldHeading(name)
    if (seen.has(folded)) fault('stands twice in the header')
    seen.add(folded)
    const meaning = meanings[at]!
    const words =
      meaning.kind === 'column' ? meaning.reading.words : meaning.kind === 'note' ? meaning.words : null
    if (words !== null) understood.push(words)
    if (meaning.kind === 'fault') {
      nearly.add(at)
      fault(meaning.message, meaning.remedy)
    }
    if (meaning.kind === 'note') {
      const isAnswered = map.columns.has(folded) || words !== null
      const meant = isAnswered ? undefined : absent.find((field) => isNearly(folded, field))
      const unfit = nameFault(name)
      if (meant !== undefined) {
        nearly.add(at)
        fault(...hint(name, meant))
      } else if (unfit !== null) fault(unfit)
    }
    const { field = null, factor = 1, offset = 0, isUnitless = false } = readings[at] ?? {}
    columns.push({
      ...{ heading: name, field, factor, offset, isUnitless },
      isSaid: map.columns.has(folded),
      fault: faults[before]?.message ?? null,
    })
  })
  const isForeign =
    nearly.size === 0 &&
    !fields.some((field) => field === 'model' || field === 'hashrateThs' || field === 'powerW')
  for (const heading of said.map.columns.keys())
    if (!names.some((name) => foldHeading(name) === heading))
      faults.push({
        row: line,
        column: quoted(heading),
        message: 'is named by --map, but the header has no such column',
      })
  const twice = fields.find((field, at) => field !== null && fields.indexOf(field) < at)
  if (faults.length === 0 && twice !== undefined && twice !== null)
    faults.push({ row: line, column: MACHINE_FIELDS[twice].heading, message: 'two columns are read as it' })
  if (isForeign)
    faults.push({
      row: line,
      column: '',
      message: isList
        ? 'this is no list of machines: none of its keys is model, hashrate_ths or power_w'
        : 'this is not the header of a fleet file: none of its columns is model, hashrate_ths or power_w',
      remedy: `. ${isList ? 'The keys are' : 'The first row names the columns:'} ${HEADINGS.join(', ')}`,
    })
  const notes = columns.filter(({ field }) => field === null).length
  if (faults.length === 0 && notes > MAX_NOTE_COLUMNS)
    throw new StrikelineError(
      'bad-input',
      `${fileName}, row ${line}: ${notes} columns are not of a fleet file; at most ${MAX_NOTE_COLUMNS} are kept as notes`,
    )
  return {
    ...{ separator, fields, readings, names, columns, map, recalled, understood, faults, isForeign, isList },
  }
}

function mapFor(names: readonly string[], { map, recall }: SaidOfColumns) {
  const recalled = recall(names)
  return { map: recalled === null ? map : mergedMap(recalled.map, map), recalled }
}

/** The first cell of each named column that is not empty, '' where there is none. */
export function examplesIn({ names }: Header, records: readonly (readonly string[])[]): readonly string[] {
  return names.flatMap((name, at) => {
    if (name === '') return []
    const filled = records.find((record) => (record[at] ?? '').trim() !== '')
    return [filled?.[at]!.trim() ?? '']
  })
}

/** What the headings mean, after what was said about them. */
function mapped(names: readonly string[], map: ColumnMap, isList = false): readonly HeadingMeaning[] {
  if (map.columns.size === 0) return meaningsOf(names, isList)
  const said = names.map((name) => map.columns.get(foldHeading(name)))
  // A heading that was answered is out of the way of the others.
  const others = meaningsOf(
    names.map((name, at) => (said[at] === undefined ? name : '')),
    isList,
  )
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
function hint(name: string, field: FieldName): readonly [message: string, remedy: string] {
  const { heading } = MACHINE_FIELDS[field]
  const did = `not a column of a fleet file; did you mean ${heading}`
  if (!isNumberName(field) || field === 'quantity') return [`${did}?`, '']
  const { unit, share } = numberField(field)
  const says = share === true ? 'a fraction, 1 % is 0.01' : `in ${unit}`
  return [
    `${did} (${says})?`,
    ` If it is in another unit, convert it: --map '${shown(name)}=${heading}*FACTOR'`,
  ]
}

/** The separator that gives the most columns of ours, then the most columns, then the comma. */
function separate(
  record: Buffer,
  lineEnd: number,
  fileName: string,
  line: number,
  said: SaidOfColumns,
  named: Separator | null,
): { separator: Separator; names: string[] } {
  let best: { separator: Separator; names: string[]; score: number } | null = null
  let failure: unknown
  for (const separator of named === null ? ([',', ';', '\t'] as const) : [named]) {
    try {
      const names = (recordsOf(record, separator, lineEnd, fileName, line)[0] ?? []).map(readCellText)
      const known = mapped(names, mapFor(names, said).map).filter(({ kind }) => kind === 'column').length
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
