import type { LedgerFileKind, RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import { foldHeading } from '../heading-parts.ts'
import type { RowFault } from '../row-faults.ts'
import type { ColumnTarget, HeadingReading, LedgerColumnMap } from './column-map.ts'
import type { LedgerField } from './fields.ts'
import { LEDGER_FIELDS, neededIn, PARTY } from './fields.ts'
import { fieldWords, knownIn, readingsOf } from './headings.ts'
import type { LedgerNeed, LedgerRemembered, LedgerSaid, LedgerWorld } from './options.ts'
import { priceOfOne, rivalSums } from './rival-sums.ts'
import type { KnownShape } from './shapes.ts'
import { shapeOf } from './shapes.ts'

/** What the headings of a file and what is said of it come to, before any row is read. */
export type FileHead = {
  readonly kind: LedgerFileKind | null
  readonly shape: KnownShape | null
  /** what was said, on top of what was remembered */
  readonly said: LedgerSaid
  readonly isRecalled: boolean
  /** per heading; null: not used */
  readonly readings: readonly (HeadingReading | null)[]
  readonly party: string | null
  readonly site: string | null
  readonly needs: readonly LedgerNeed[]
  readonly notes: readonly string[]
  readonly faults: readonly RowFault[]
}

/** @param line where the headings stand in the file */
export function headOf(
  headings: readonly string[],
  line: number,
  given: LedgerSaid,
  { recall, sites }: Pick<LedgerWorld, 'recall' | 'sites'>,
): FileHead {
  const recalled = recall(headings)
  const said = withRecalled(given, recalled)
  const found = shapeOf(headings)
  const shape = found !== null && (said.kind ?? found.kind) === found.kind ? found : null
  const kind =
    said.kind ?? shape?.kind ?? (headings.some((each) => foldHeading(each) === 'kind') ? 'entries' : null)
  const common = { kind, shape, said, isRecalled: recalled !== null }
  if (kind === null)
    return {
      ...common,
      ...{ readings: headings.map(() => null), party: null, site: null, needs: [], notes: [] },
      faults: [
        {
          ...{ row: 0, column: '', message: `nothing says what the file holds: ${ROW_KINDS.join(', ')}` },
          remedy: '; say it with --kind',
        },
      ],
    }
  const readings = readingsOf(headings, kind, said.columns, shape)
  const fields = new Set(readings.flatMap((reading) => (reading === null ? [] : [reading.field])))
  const party = said.party ?? shape?.party ?? null
  const onlySite = sites.length === 1 ? sites[0]!.name : null
  const isOfSite = kind === 'bill' || kind === 'meter' || kind === 'credit' || kind === 'budget'
  const site = said.site ?? (isOfSite && !fields.has('site') ? onlySite : null)
  const faults = headFaults(headings, line, kind, readings, said.columns)
  if (shape === null && kind !== 'entries')
    faults.push(...rivalFaults(headings, line, kind, readings, said.columns))
  const needs = needsOf(kind, fields, { ...said, party, site }, isOfSite)
  for (const { what, label, isOptional, value } of needs)
    if (!isOptional && value === null)
      faults.push({
        ...{ row: 0, column: '', message: `the file does not say the ${label.toLowerCase()}` },
        remedy: `; say it with ${OPTION_OF[what](kind)}`,
      })
  const notes =
    said.site === null && site !== null ? [`All of it is of the site ${site}, the only one there is.`] : []
  return { ...common, readings, party, site, needs, notes, faults }
}

const OPTION_OF: Readonly<Record<LedgerNeed['what'], (kind: LedgerFileKind) => string>> = {
  party: (kind) => (kind === 'payout' || kind === 'earning' ? '--pool' : '--payee'),
  site: () => "--site, which may be '' for the company as a whole",
  zone: () => '--zone',
  currency: () => '--currency',
  lifeDays: () => '--life-days',
}

function withRecalled(given: LedgerSaid, recalled: LedgerRemembered | null): LedgerSaid {
  if (recalled === null || (given.kind !== null && recalled.kind !== given.kind)) return given
  return {
    ...given,
    kind: recalled.kind,
    decimalSign: given.decimalSign ?? recalled.decimalSign,
    dayOrder: given.dayOrder ?? recalled.dayOrder,
    columns: new Map<string, ColumnTarget>([...recalled.columns, ...given.columns]),
  }
}

function headFaults(
  headings: readonly string[],
  line: number,
  kind: LedgerFileKind,
  readings: readonly (HeadingReading | null)[],
  map: LedgerColumnMap,
): RowFault[] {
  const faults: RowFault[] = []
  const folded = headings.map(foldHeading)
  const fault = (column: string, message: string, remedy = '') =>
    faults.push({ row: line, column, message, remedy })
  headings.forEach((heading, at) => {
    const reading = readings[at] ?? null
    if (heading !== '' && folded.indexOf(folded[at]!) < at) fault(heading, 'stands twice in the header')
    else if (reading !== null && readings.findIndex((each) => each?.field === reading.field) < at)
      fault(heading, `two columns are read as ${fieldWords(reading.field)}`)
  })
  for (const heading of map.keys())
    if (!folded.includes(heading)) fault(heading, 'is named by --map, but the header has no such column')
  if (kind === 'entries') return faults
  for (const choices of neededIn(kind))
    if (!choices.some((field) => readings.some((reading) => reading?.field === field)))
      fault(
        '',
        `no column is read as ${choices.map(fieldWords).join(' or ')}`,
        `; say which with --map 'HEADING=${choices[0]!}'`,
      )
  return faults
}

/** Columns that were guessed and may as well mean another amount. */
function rivalFaults(
  headings: readonly string[],
  line: number,
  kind: RowKind,
  readings: readonly (HeadingReading | null)[],
  map: LedgerColumnMap,
): readonly RowFault[] {
  const isSaid = (heading: string) => map.has(heading)
  const ofUnit = (unit: string | null) => (unit === null ? '' : `:${unit}`)
  const one = kind === 'purchase' ? priceOfOne(headings, readings, isSaid) : null
  const rivals = rivalSums(headings, readings, isSaid).map(({ at, read, field, unit }) => ({
    ...{ row: line, column: headings[at]! },
    message: `may be the ${fieldWords(field)} as well as ${read}`,
    remedy: `; say which counts with --map '${headings[at]!}=${field}${ofUnit(unit)}', or '${headings[at]!}=unused'`,
  }))
  if (one === null) return rivals
  const asked = {
    ...{ row: line, column: headings[one]! },
    message:
      'may be the price of one, with the number of pieces beside it: the amount is that of all of them',
    remedy: `; where it is, --map '${headings[one]!}=money${ofUnit(readings[one]!.unit)}'`,
  }
  return [asked, ...rivals]
}

function needsOf(
  kind: LedgerFileKind,
  fields: ReadonlySet<LedgerField>,
  said: LedgerSaid,
  isOfSite: boolean,
): readonly LedgerNeed[] {
  const needs: LedgerNeed[] = []
  const party = kind === 'entries' ? null : PARTY[kind]
  if (party !== null && !fields.has(party))
    needs.push({ what: 'party', label: LEDGER_FIELDS[party].label, isOptional: false, value: said.party })
  if (!fields.has('site'))
    needs.push({ what: 'site', label: 'Site', isOptional: !isOfSite, value: said.site })
  if (!fields.has('zone'))
    needs.push({ what: 'zone', label: 'Time zone', isOptional: true, value: said.zone })
  if (kind !== 'entries' && (fields.has('money') || fields.has('value') || fields.has('price')))
    needs.push({ what: 'currency', label: 'Currency', isOptional: true, value: said.currency })
  if (kind === 'purchase' && !fields.has('life'))
    needs.push({
      ...{ what: 'lifeDays', label: 'Days it is written down over', isOptional: false },
      value: said.lifeDays === null ? null : String(said.lifeDays),
    })
  return needs
}

const FIGURE = /^[-+−$€£(]?\s?\d[\d.,:/\-TZ )]*$/

/** How many cells of a row are headings of a file of entries: by which the heading row is found. */
export function knownHeadings(cells: readonly string[], given: LedgerSaid): number {
  // a row of figures is none of headings, though "paid" stands in it
  if (cells.some((cell) => FIGURE.test(cell.trim()))) return 0
  if (shapeOf(cells) !== null) return cells.length
  const said = cells.filter((cell) => given.columns.has(foldHeading(cell))).length
  const kinds = given.kind === null ? ROW_KINDS : [given.kind]
  return said + Math.max(...kinds.map((kind) => knownIn(cells, kind, new Map())))
}
