import { MISSING, THIN_SPACE } from '../format/numbers.ts'
import type { Block, ReportColumn, ReportDocument, ReportTable, Section } from './document.ts'
import type { SectionName } from './pack.ts'

/** One place where two documents do not say the same. */
export type ReportDifference = {
  /** null: of the document as a whole */
  readonly section: SectionName | null
  /** title of the table, or what else it is: `headline`, `fact` … */
  readonly place: string
  /** label of the row, of the fact or of the bar; '' where there is none */
  readonly row: string
  /** heading of the column; '' where there is none */
  readonly column: string
  readonly then: DifferingValue
  readonly now: DifferingValue
}
/** A figure not rounded, an en dash for one that does not exist; null: there is no such place. */
export type DifferingValue = string | number | null

/** Figures to the digits that are compared. */
export function differingWords(value: DifferingValue): string {
  if (value === null) return 'not there'
  return typeof value === 'number' ? String(Number(value.toPrecision(12))) : value
}

/** Two computers may round the last digit of a power or a logarithm to different sides. */
const SAME_SHARE = 1e-12

/** Every place where two documents of the same case differ, in the order of the first. Figures are the same where 12 digits are. */
export function differencesOf(then: ReportDocument, now: ReportDocument): readonly ReportDifference[] {
  const found: ReportDifference[] = []
  const note: Note = (section, place, row, column, before, after) => {
    if (!isSame(before, after)) found.push({ section, place, row, column, then: before, now: after })
  }
  note(null, 'title', '', '', then.title, now.title)
  note(null, 'company', '', '', then.company, now.company)
  note(null, 'as of', '', '', then.asOfMs, now.asOfMs)
  const names = union(
    then.sections.map(({ name }) => name),
    now.sections.map(({ name }) => name),
  )
  for (const name of names) {
    const [before, after] = [then, now].map(({ sections }) => sections.find((each) => each.name === name))
    if (before === undefined || after === undefined) {
      note(name, 'section', '', '', there(before), there(after))
    } else compareSections(before, after, note)
  }
  return found
}

type Note = (
  section: SectionName | null,
  place: string,
  row: string,
  column: string,
  then: DifferingValue,
  now: DifferingValue,
) => void

const there = (value: unknown): DifferingValue => (value === undefined ? null : 'there')

const union = <T>(one: readonly T[], other: readonly T[]): ReadonlySet<T> => new Set([...one, ...other])

function isSame(one: DifferingValue, other: DifferingValue): boolean {
  if (typeof one === 'string' && typeof other === 'string') return ungrouped(one) === ungrouped(other)
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return one === other || Math.abs(one - other) <= SAME_SHARE * Math.max(Math.abs(one), Math.abs(other))
}

/** Whether thousands of a figure stand apart changes nothing of what is said. */
const ungrouped = (text: string) => text.replaceAll(THIN_SPACE, '')

const figure = (value: number): DifferingValue => (Number.isNaN(value) ? MISSING : value)

function compareSections(then: Section, now: Section, note: Note): void {
  const [before, after] = [then, now].map(({ blocks }) => tablesOf(blocks))
  for (const id of union([...before!.keys()], [...after!.keys()])) {
    const [one, other] = [before!.get(id), after!.get(id)]
    if (one === undefined || other === undefined) {
      note(then.name, (one ?? other)!.title, '', '', there(one), there(other))
    } else compareTables(then.name, one, other, note)
  }
  const [partsThen, partsNow] = [then, now].map(({ blocks }) => partsOf(blocks))
  for (const key of union([...partsThen!.keys()], [...partsNow!.keys()])) {
    const [one, other] = [partsThen!.get(key), partsNow!.get(key)]
    const { place, row, column } = (one ?? other)!
    note(then.name, place, row, column, one?.value ?? null, other?.value ?? null)
  }
}

const tablesOf = (blocks: readonly Block[]): ReadonlyMap<string, ReportTable> =>
  new Map(blocks.flatMap((block) => (block.kind === 'table' ? [[block.table.id, block.table]] : [])))

function compareTables(section: SectionName, then: ReportTable, now: ReportTable, note: Note): void {
  const place = then.title
  note(section, place, '', 'title', then.title, now.title)
  note(section, place, '', 'rows', then.rows, now.rows)
  const pairs = rowPairs(then, now)
  for (const { label, before, after } of pairs) {
    if (before === -1 || after === -1)
      note(section, place, label, '', before === -1 ? null : 'there', after === -1 ? null : 'there')
  }
  for (const key of union(
    then.columns.map((column) => column.key),
    now.columns.map((column) => column.key),
  )) {
    const [one, other] = [then, now].map(({ columns }) => columns.find((column) => column.key === key))
    const { heading } = (one ?? other)!
    if (one === undefined || other === undefined) {
      note(section, place, '', heading, there(one), there(other))
      continue
    }
    note(section, place, '', heading, one.look, other.look)
    note(section, place, '', heading, one.heading, other.heading)
    for (const { label, before, after } of pairs) {
      if (before !== -1 && after !== -1)
        note(section, place, label, heading, valueAt(one, before), valueAt(other, after))
    }
    note(section, place, then.totalLabel ?? '', heading, totalOf(one), totalOf(other))
  }
}

function valueAt({ values }: ReportColumn, row: number): DifferingValue {
  const value = values[row]!
  return typeof value === 'number' ? figure(value) : value
}

const totalOf = ({ total }: ReportColumn): DifferingValue => (total === null ? null : figure(total))

/** Rows that are the same one: by their first text where that tells them apart in both tables, else by their place. −1: there is none. */
function rowPairs(then: ReportTable, now: ReportTable) {
  const [before, after] = [then, now].map(labelsOf)
  const isTelling = [before!, after!].every((labels) => new Set(labels).size === labels.length)
  if (!isTelling) {
    return Array.from({ length: Math.max(then.rows, now.rows) }, (_, row) => ({
      label: before![row] ?? after![row] ?? `${row + 1}`,
      before: row < then.rows ? row : -1,
      after: row < now.rows ? row : -1,
    }))
  }
  const rowAfter = new Map(after!.map((label, row) => [label, row]))
  const known = new Set(before)
  return [
    ...before!.map((label, row) => ({ label, before: row, after: rowAfter.get(label) ?? -1 })),
    ...after!.flatMap((label, row) => (known.has(label) ? [] : [{ label, before: -1, after: row }])),
  ]
}

function labelsOf({ columns, rows }: ReportTable): readonly string[] {
  const first = columns.find(({ look }) => look === 'text')
  return Array.from({ length: rows }, (_, row) =>
    first === undefined ? `${row + 1}` : String(first.values[row]!),
  )
}

type Part = {
  readonly place: string
  readonly row: string
  readonly column: string
  readonly value: DifferingValue
}

/** What a section says beside its tables, by kind, place among its kind, and label. */
function partsOf(blocks: readonly Block[]): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  const counts = new Map<string, number>()
  for (const block of blocks) {
    if (block.kind === 'table') continue
    const count = (counts.get(block.kind) ?? 0) + 1
    counts.set(block.kind, count)
    for (const [row, column, value] of saidIn(block)) {
      const key = [block.kind, count, row, column].join('\n')
      parts.set(key, { place: block.kind, row, column, value })
    }
  }
  return parts
}

type Said = readonly (readonly [row: string, column: string, value: DifferingValue])[]

function saidIn(block: Exclude<Block, { readonly kind: 'table' }>): Said {
  switch (block.kind) {
    case 'headline':
    case 'sentence':
    case 'warning':
    case 'note':
      return [['', '', block.text]]
    case 'heading':
      return [
        ['', '', block.text],
        ['', 'beside', block.beside],
      ]
    case 'list':
      return block.items.map((item, i) => [`${i + 1}`, '', item])
    case 'facts':
      return block.facts.flatMap(({ label, text, origin }) => [
        [label, '', text] as const,
        [label, 'origin', origin] as const,
      ])
    case 'bridge':
      return [
        ['', 'price', figure(block.priceUsdPerBtc)],
        ...block.bars.flatMap(({ label, usdPerBtc, endsAtUsdPerBtc }) => [
          [label, '', figure(usdPerBtc)] as const,
          [label, 'ends at', figure(endsAtUsdPerBtc)] as const,
        ]),
      ]
    case 'chart':
      return block.chart.lines.flatMap(({ label, values }) =>
        values.map((value, i) => [label, `${block.chart.title} ${i + 1}`, figure(value)] as const),
      )
    case 'signature':
      return block.of.map(({ role, name }) => [role, '', name])
    case 'strikeLine':
    case 'logo':
    case 'seal':
      return [['', '', 'there']]
  }
}
