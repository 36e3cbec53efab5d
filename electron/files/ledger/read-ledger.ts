import { basename } from 'node:path'
import type { LedgerFileKind, RowKind } from '#shared/domain/money/ledger/file-kinds.ts'
import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { fileQuestions } from '../asking.ts'
import { readBounded, utf8Bytes } from '../bytes.ts'
import { readCellText } from '../cell-text.ts'
import type { Row } from '../csv.ts'
import { tableOf } from '../csv.ts'
import { foldHeading } from '../heading-parts.ts'
import type { RowFault } from '../row-faults.ts'
import { FAULTS_KEPT } from '../row-faults.ts'
import { quoted, shown } from '../shown.ts'
import type { Ways } from './column-ways.ts'
import { waysOf } from './column-ways.ts'
import type { LedgerField } from './fields.ts'
import type { FileHead } from './file-head.ts'
import { headOf, knownHeadings } from './file-head.ts'
import type { LedgerColumn, LedgerFile, LedgerSaid, LedgerWorld } from './options.ts'
import { factOf, leftOutBecause } from './row-fact.ts'
import { rowReader, UnreadRow } from './row-reader.ts'
import { missingDays, surprisesIn } from './surprises.ts'
import { isTotal } from './words.ts'

const LEDGER_LIMITS = { bytes: 20_000_000, rows: 50_000 } as const
const DAYS_NAMED = 5
const ROWS_PER_STEP = 2000

/** Told how many rows are read; it may throw to end the reading. */
type Watch = (done: number, total: number) => void
const NOBODY: Watch = () => undefined

/**
 * Reads a file of entries. What is wrong with rows is in the answer, all of it at once.
 * @param watch told from time to time how many rows are read; what it throws ends the reading
 * @throws StrikelineError 'file-unreadable' (no such file, too large, not UTF-8) or 'bad-input' (quotation marks that do not match, rows
 *   with more cells than the header, too many rows)
 */
export async function readLedgerFile(
  path: string,
  said: LedgerSaid,
  world: LedgerWorld,
  watch: Watch = NOBODY,
): Promise<LedgerFile> {
  const fileName = basename(path)
  const bytes = await readBounded(path, fileName, LEDGER_LIMITS.bytes)
  return readLedgerText(utf8Bytes(bytes, fileName), fileName, said, world, watch)
}

/** The same from memory. */
export function readLedgerText(
  text: string | Buffer,
  fileName: string,
  said: LedgerSaid,
  world: LedgerWorld,
  watch: Watch = NOBODY,
): LedgerFile {
  const { rows, separator } = tableOf(text, fileName, {
    knownColumns: (cells) => knownHeadings(cells.map(readCellText), said),
    isEven: false,
    mostRows: LEDGER_LIMITS.rows + 1,
  })
  const [heading, ...below] = rows
  const names = (heading?.cells ?? []).map((cell) => shown(readCellText(cell)))
  const line = heading?.line ?? 1
  const head = headOf(names, line, said, world)
  const faults = [...head.faults]
  if (heading === undefined) faults.splice(0, faults.length, { row: 0, column: '', message: 'it is empty' })
  else if (below.length === 0)
    faults.push({ row: 0, column: '', message: 'it has no row below its headings' })
  const ways = faults.length > 0 ? null : waysOf(names, below, separator, head)
  if (ways !== null) faults.push(...ways.faults.map((fault) => ({ ...fault, row: line })))
  const read =
    ways === null || faults.length > 0 || head.kind === null
      ? null
      : readRows(fileName, below, head.kind, head, ways, world, watch)
  const { kind, decimalSign, dayOrder, columns } = head.said
  return {
    fileName,
    kind: head.kind,
    shape: head.shape?.name ?? null,
    needs: head.needs,
    rows: below.length,
    entries: read?.entries ?? [],
    leftOut: read?.leftOut ?? [],
    notes: [...notesOf(names, head), ...(read?.notes ?? [])],
    headings: names,
    columns: names.flatMap((name, at) => (name === '' ? [] : [columnOf(name, at, below, head, faults)])),
    said: { kind, decimalSign, dayOrder, columns },
    isRecalled: head.isRecalled,
    isSignOpen: ways?.isSignOpen ?? false,
    isDayOpen: ways?.isDayOpen ?? false,
    ...(read?.questions ?? fileQuestions().finish()),
    faults: [...faults, ...(read?.faults ?? [])].slice(0, FAULTS_KEPT),
    faultCount: faults.length + (read?.faultCount ?? 0),
    isList: false,
  }
}

function columnOf(
  heading: string,
  at: number,
  rows: readonly Row[],
  head: FileHead,
  faults: readonly RowFault[],
): LedgerColumn {
  const reading = head.readings[at] ?? null
  const example = rows.find(({ cells }) => (cells[at] ?? '') !== '')?.cells[at] ?? ''
  return {
    heading,
    field: reading?.field ?? null,
    unit: reading?.unit ?? null,
    isSaid: head.said.columns.has(foldHeading(heading)),
    example: shown(readCellText(example)),
    fault: faults.find(({ column }) => column === heading)?.message ?? null,
  }
}

function readRows(
  fileName: string,
  rows: readonly Row[],
  kind: LedgerFileKind,
  head: FileHead,
  { columns, order }: Ways,
  world: LedgerWorld,
  watch: Watch,
) {
  const { said, party, site } = head
  const faults: RowFault[] = []
  let faultCount = 0
  const entries: NewEntry[] = []
  const leftOut = new Map<string, number>()
  const asking = fileQuestions(world.answersBefore)
  let line = 0
  const headingOf = (field: LedgerField | null) => (field === null ? '' : (columns.get(field)?.heading ?? ''))
  const reader = rowReader({
    ...{ columns, order, said, party, site, world },
    fault(field, message, remedy = '') {
      faultCount++
      if (faults.length < FAULTS_KEPT) faults.push({ row: line, column: headingOf(field), message, remedy })
    },
    askRate(field, currency, rate, day) {
      asking.ask(
        {
          ...{ name: 'rate', row: line, column: headingOf(field) },
          message: `is of ${day}, and the rate that is stored of ${currency} is of ${rate.day}: ${rate.usdPerUnit} USD`,
        },
        { field: headingOf(field), about: `${currency} ${rate.day}`, value: null },
      )
    },
  })
  const sign = (field: LedgerField) => columns.get(field)?.sign ?? '.'

  for (const [done, row] of rows.entries()) {
    if (done % ROWS_PER_STEP === 0) watch(done, rows.length)
    line = row.line
    reader.begin(row.cells)
    try {
      const rowKind = kind === 'entries' ? kindOf(reader.needed('kind')) : kind
      if (rowKind === null)
        reader.refuse(
          'kind',
          `${quoted(reader.text('kind'))} is no kind of entry; there are ${ROW_KINDS.join(', ')}`,
        )
      else if (sumsUp(row.cells)) leaveOut('a line of totals')
      else {
        const why = leftOutBecause(reader, rowKind)
        if (why !== null) leaveOut(why)
        else
          entries.push({
            fact: factOf(reader, rowKind, { lifeDays: said.lifeDays, sign }),
            site: reader.site(),
            zone: reader.zone(),
            reference: reader.reference(rowKind),
            corrects: null,
            note: reader.text('note'),
            origin: { file: fileName, line },
          })
      }
    } catch (error) {
      if (!(error instanceof UnreadRow)) throw error
    }
  }
  if (faultCount === 0)
    for (const { name, at, field, message, about, value } of surprisesIn(entries, world)) {
      const column = headingOf(field)
      asking.ask({ name, row: entries[at]!.origin!.line, column, message }, { field: column, about, value })
    }
  return {
    ...{ entries, faults, faultCount },
    leftOut: [...leftOut].map(([why, count]) => ({ why, rows: count })),
    notes: rowNotes(entries),
    questions: asking.finish(),
  }

  /** A payee may be called Total; a row of totals has no day. */
  function sumsUp(cells: readonly string[]): boolean {
    const isDated = (['day', 'from', 'month'] as const).some(
      (field) => reader.given(field) && !isTotal(reader.text(field)),
    )
    return !isDated && isTotal(cells.find((cell) => cell.trim() !== '') ?? '')
  }
  function leaveOut(why: string): void {
    leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  }
}

const kindOf = (text: string): RowKind | null =>
  ROW_KINDS.find((kind) => kind === text.trim().toLowerCase()) ?? null

function notesOf(names: readonly string[], head: FileHead): readonly string[] {
  const { shape, readings, kind } = head
  const unused = names.filter((name, at) => name !== '' && readings[at] === null)
  return [
    ...(shape === null ? [] : [`Its headings are those of an export that is known: ${shape.name}.`]),
    ...head.notes,
    ...(kind === null || unused.length === 0 ? [] : [`Not used: ${unused.join(', ')}.`.slice(0, 600)]),
  ]
}

/** What is to be known of the rows and is no fault. */
function rowNotes(entries: readonly NewEntry[]): readonly string[] {
  const zones = new Set(entries.map(({ zone }) => zone))
  const currencies = new Map<string, number>()
  for (const { fact } of entries) {
    const amount = 'amount' in fact ? fact.amount : fact.kind === 'sale' ? fact.proceeds : null
    if (amount !== null) currencies.set(amount.currency, (currencies.get(amount.currency) ?? 0) + 1)
  }
  return [
    ...(zones.size === 0 ? [] : [`Days are those of ${[...zones].slice(0, 5).join(', ')}.`]),
    ...(currencies.size < 2
      ? []
      : [
          `Amounts are in ${[...currencies].map(([code, rows]) => `${code} (${counted(rows, 'row')})`).join(' and ')}.`,
        ]),
    ...missingDays(entries).map(({ of, days }) => {
      const named = days.slice(0, DAYS_NAMED).join(', ')
      const more = days.length > DAYS_NAMED ? ` and ${count(days.length - DAYS_NAMED)} more` : ''
      return `${of}: ${counted(days.length, 'day')} between the first and the last ${days.length === 1 ? 'is' : 'are'} missing: ${named}${more}.`
    }),
  ]
}

/** The heading under which a field stands in a file, for what the books say of an entry; '' where it has none. */
export function headingFor({ columns }: Pick<LedgerFile, 'columns'>, field: LedgerField): string {
  return columns.find((column) => column.field === field)?.heading ?? ''
}
