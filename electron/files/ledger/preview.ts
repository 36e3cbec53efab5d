import { ROW_KINDS } from '#shared/domain/money/ledger/file-kinds.ts'
import type { NewEntry } from '#shared/domain/money/ledger/entry.ts'
import type { LedgerImportPreview } from '#shared/ipc/schemas/ledger-import.ts'
import { QUESTIONS } from '../questions.ts'
import type { QuestionName } from '../questions.ts'
import { fieldsIn, LEDGER_FIELDS, neededIn } from './fields.ts'
import type { LedgerFile } from './options.ts'
import { sampleOf } from './sample.ts'
import { unitsIn } from './units.ts'

/** Bounds of the preview in the contract. */
const SHOWN = { rows: 20, cell: 120, notes: 60, headings: 300, sites: 1000, pools: 200, questionRows: 20 }

type Weighed = {
  readonly token: string
  readonly taken: readonly NewEntry[]
  readonly known: number
  readonly sites: readonly string[]
  readonly pools: readonly string[]
}

/** What is seen of a file before it is booked. */
export function previewOf(
  file: LedgerFile,
  { token, taken, known, sites, pools }: Weighed,
): LedgerImportPreview {
  const { kind } = file
  const days = taken.flatMap(({ fact }) =>
    'days' in fact ? [fact.days.from, fact.days.to] : 'day' in fact ? [fact.day] : [],
  )
  const sorted = days.sort()
  return {
    token,
    fileName: file.fileName.slice(0, 300),
    kind,
    shape: file.shape,
    needs: file.needs.map((need) => ({ ...need, value: need.value?.slice(0, 100) ?? null })),
    pools: pools.slice(0, SHOWN.pools).map((name) => name.slice(0, 100)),
    sites: sites.slice(0, SHOWN.sites),
    rows: file.rows,
    added: taken.length,
    known,
    leftOut: file.leftOut.slice(0, 20).map(({ why, rows }) => ({ why: why.slice(0, 200), rows })),
    from: sorted[0] ?? null,
    to: sorted.at(-1) ?? null,
    ...sumsOf(taken),
    notes: file.notes.slice(0, SHOWN.notes).map((note) => note.slice(0, 600)),
    questions: (Object.keys(QUESTIONS) as QuestionName[]).flatMap((name) => {
      const asked = file.questions.filter((question) => question.name === name)
      if (asked.length === 0) return []
      const rows = asked.slice(0, SHOWN.questionRows).map(({ row, column, message }) => ({
        ...{ row, column: column.slice(0, 100), message: message.slice(0, 400) },
      }))
      return [{ name, about: QUESTIONS[name], count: file.questionCounts[name] ?? asked.length, rows }]
    }),
    answered: (Object.keys(QUESTIONS) as QuestionName[]).flatMap((name) => {
      const before = file.answered.filter((thing) => thing.name === name)
      const count = before.reduce((sum, { rows }) => sum + rows, 0)
      return count === 0 ? [] : [{ name, about: QUESTIONS[name], count }]
    }),
    headings: file.columns.slice(0, SHOWN.headings).map(({ heading, unit, example, fault, ...column }) => ({
      ...column,
      heading: heading.slice(0, 200),
      unit: unit?.slice(0, 20) ?? null,
      example: example.slice(0, 60),
      fault: fault?.slice(0, 400) ?? null,
    })),
    choices:
      kind === null
        ? []
        : fieldsIn(kind).map((field) => ({
            field,
            label: LEDGER_FIELDS[field].label,
            isNeeded: kind !== 'entries' && neededIn(kind).some((list) => list.includes(field)),
            units: [...unitsIn(field)],
          })),
    isRecalled: file.isRecalled,
    isSignOpen: file.isSignOpen,
    decimalSign: file.said.decimalSign,
    isDayOpen: file.isDayOpen,
    dayOrder: file.said.dayOrder,
    errorCount: file.faultCount,
    errors: file.faults.map(({ row, column, message, remedy = '' }) => ({
      row,
      column: column.slice(0, 100),
      message: message.slice(0, 600),
      remedy: remedy.slice(0, 700),
    })),
    ...sampleOf(file.entries.slice(0, SHOWN.rows), kind ?? ROW_KINDS[0], SHOWN.cell),
  }
}

/** null where no entry has such a figure */
function sumsOf(entries: readonly NewEntry[]): Pick<LedgerImportPreview, 'sat' | 'wh' | 'usdCents'> {
  const sum = (figure: (entry: NewEntry) => number | null): number | null =>
    entries.reduce<number | null>((total, entry) => {
      const value = figure(entry)
      return value === null ? total : (total ?? 0) + value
    }, null)
  return {
    sat: sum(({ fact }) => ('sat' in fact ? fact.sat : null)),
    wh: sum(({ fact }) => ('wh' in fact ? fact.wh : null)),
    usdCents: sum(({ fact }) =>
      'amount' in fact ? fact.amount.usdCents : fact.kind === 'sale' ? fact.proceeds.usdCents : null,
    ),
  }
}
