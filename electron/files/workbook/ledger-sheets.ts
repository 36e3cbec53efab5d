import { SATS_PER_BTC } from '#shared/domain/units.ts'
import { ACCOUNTS } from '#shared/domain/money/ledger/accounts.ts'
import type { Account } from '#shared/domain/money/ledger/accounts.ts'
import { monthAfter } from '#shared/domain/money/ledger/calendar.ts'
import { monthOf } from '#shared/domain/money/ledger/entry.ts'
import type { Month } from '#shared/domain/money/ledger/entry.ts'
import { postings } from '#shared/domain/money/ledger/postings.ts'
import { isResult } from '#shared/domain/money/ledger/sums.ts'
import { journalLines } from '../ledger/journal-lines.ts'
import type { JournalLine } from '../ledger/journal-lines.ts'
import type { WorkbookCase } from './case.ts'
import { columnLetters, figure, formula, heading, input, note, serialOf, text, title } from './sheet.ts'
import type { Cell, Row, Sheet } from './sheet.ts'
import { styleOf } from './styles.ts'

/** The journal, and what it comes to. Money is USD; a month is a number, 202610, so that no spreadsheet takes it for a day. */

type Ledger = NonNullable<WorkbookCase['ledger']>

/** Whether there is a journal to show. */
export const hasBooks = (ledger: Ledger | null): ledger is Ledger & { readonly books: object } =>
  ledger !== null && ledger.books !== null

export function ledgerSheets(ledger: Ledger | null): readonly Sheet[] {
  if (!hasBooks(ledger)) return []
  const last = ledger.months.at(-1)!.month
  const lines = [...journalLines(postings(ledger.books, null))].filter(({ day }) => monthOf(day) <= last)
  return [journalSheet(lines), accountsSheet(lines, last)]
}

const JOURNAL = 'Journal'
const FIRST_LINE = 2
const COLUMNS = {
  ...{ journal: 'A', day: 'B', month: 'C', payee: 'D', reference: 'E', number: 'F', account: 'G' },
  ...{ description: 'H', site: 'I', debit: 'J', credit: 'K', btc: 'L', open: 'M' },
} as const

const HEADINGS = [
  ...['Journal', 'Date', 'Month', 'Payee', 'Reference', 'No.', 'Account', 'What', 'Site'],
  ...['Debit, USD', 'Credit, USD', 'Bitcoin, BTC', 'Open in this entry, USD'],
]

function journalSheet(lines: readonly JournalLine[]): Sheet {
  return {
    name: JOURNAL,
    widths: [14, 11, 9, 22, 22, 7, 28, 26, 16, 14, 14, 14, 14],
    frozen: { rows: 1, columns: 1 },
    filter: { row: 1, columns: HEADINGS.length, rows: lines.length },
    rows: journalRows(lines),
  }
}

function* journalRows(lines: readonly JournalLine[]): Generator<Row> {
  yield HEADINGS.map((words) => heading(words))
  let openCents = 0
  let before: JournalLine | null = null
  for (const [i, line] of lines.entries()) {
    const at = FIRST_LINE + i
    const { usdCents, sat, account } = line
    openCents = (before?.journal === line.journal ? openCents : 0) + usdCents
    const { journal, day, debit, credit, open } = COLUMNS
    yield [
      text(line.journal),
      figure(serialOf(Date.parse(`${line.day}T00:00:00Z`)), 'day'),
      formula(`YEAR(${day}${at})*100+MONTH(${day}${at})`, monthNumber(monthOf(line.day)), 'general'),
      text(line.payee),
      text(line.reference),
      figure(ACCOUNTS[account].number, 'general'),
      text(ACCOUNTS[account].name),
      text(line.description),
      text(line.site),
      usdCents > 0 ? input(usdCents / 100, 'usd') : null,
      usdCents < 0 ? input(-usdCents / 100, 'usd') : null,
      sat === null ? null : input(sat / SATS_PER_BTC, 'btc'),
      formula(
        `ROUND(IF(${journal}${at}=${journal}${at - 1},N(${open}${at - 1}),0)+N(${debit}${at})-N(${credit}${at}),2)`,
        openCents / 100,
        'usd',
      ),
    ]
    before = line
  }
}

const monthNumber = (month: Month) => Number(month.replace('-', ''))

/** Months that have a column of their own; those before are one. */
const MOST_MONTHS = 12
const HEAD_ROW = 4
const FIRST_ACCOUNT = HEAD_ROW + 1
const CHART = Object.keys(ACCOUNTS) as Account[]
const LAST_ACCOUNT = FIRST_ACCOUNT + CHART.length - 1
const BEFORE = 3

function accountsSheet(lines: readonly JournalLine[], last: Month): Sheet {
  const months = monthsShown(lines, last)
  const sums = sumsOf(lines, months)
  const range = (key: keyof typeof COLUMNS) => {
    const to = FIRST_LINE + Math.max(lines.length, 1) - 1
    return `${JOURNAL}!$${COLUMNS[key]}$${FIRST_LINE}:$${COLUMNS[key]}$${to}`
  }
  const columns = [BEFORE, ...months.map((_, i) => BEFORE + 1 + i)]
  const end = BEFORE + 1 + months.length
  /** Lines of a column: those of its month, or of all before the first one. */
  const inColumn = (column: number) =>
    column === BEFORE
      ? `${range('month')},"<"&$${columnLetters(BEFORE + 1)}$${HEAD_ROW}`
      : `${range('month')},${columnLetters(column)}$${HEAD_ROW}`
  const summed = (key: 'debit' | 'credit' | 'btc', number: string, column: number) =>
    `SUMIFS(${range(key)},${range('number')},${number},${inColumn(column)})`
  const across = (row: number) => `SUM(${columnLetters(BEFORE)}${row}:${columnLetters(end - 1)}${row})`

  const accountRows = CHART.map((account, i): Row => {
    const row = FIRST_ACCOUNT + i
    const { number, name, type } = ACCOUNTS[account]
    return [
      figure(number, 'general'),
      text(name),
      text(type),
      ...columns.map((column) =>
        formula(
          `ROUND(${summed('debit', `$A${row}`, column)}-${summed('credit', `$A${row}`, column)},2)`,
          sums.cents(account, column - BEFORE) / 100,
          'usd',
        ),
      ),
      formula(`ROUND(${across(row)},2)`, sums.cents(account, null) / 100, 'usd'),
    ]
  })
  const all = (of: (account: Account) => boolean, column: number) =>
    CHART.filter(of).reduce(
      (sum, account) => sum + sums.cents(account, column === end ? null : column - BEFORE),
      0,
    )
  const over = (column: number, from = FIRST_ACCOUNT) =>
    `${columnLetters(column)}$${from}:${columnLetters(column)}$${LAST_ACCOUNT}`
  const ofType = (type: string, column: number) =>
    `SUMIF($C$${FIRST_ACCOUNT}:$C$${LAST_ACCOUNT},"${type}",${over(column)})`
  const totals = (words: string, cell: (column: number) => Cell): Row => [
    null,
    text(words, 'total'),
    text('', 'total'),
    ...[...columns, end].map(cell),
  ]
  const bitcoinRow = (account: Account, words: string, row: number): Row => [
    figure(ACCOUNTS[account].number, 'general'),
    text(words),
    null,
    ...columns.map((column) =>
      formula(
        `ROUND(${summed('btc', `$A${row}`, column)},8)`,
        sums.sat(account, column - BEFORE) / SATS_PER_BTC,
        'btc',
      ),
    ),
    formula(`ROUND(${across(row)},8)`, sums.sat(account, null) / SATS_PER_BTC, 'btc'),
  ]
  const afterTotals = LAST_ACCOUNT + 4
  const unbalanced = `SUMPRODUCT((${range('journal')}<>${nextOf(range('journal'))})*(${range('open')}<>0))`
  const rows: Row[] = [
    [title('Ledger')],
    [
      note(
        'Debits less credits of each account, summed over the sheet Journal. A month stands as a number: 202610 is October 2026. Income is below 0, as accounts have it; the result is not.',
      ),
    ],
    [],
    [
      ...['No.', 'Account', 'Type', 'Before, USD'].map((words) => heading(words)),
      ...months.map((month): Cell => ({ value: monthNumber(month), style: styleOf('heading') })),
      heading('Balance, USD'),
    ],
    ...accountRows,
    totals('All accounts: 0', (column) =>
      formula(`ROUND(SUM(${over(column)}),2)`, all(() => true, column) / 100, 'usd', 'total'),
    ),
    totals('Result', (column) =>
      formula(
        `ROUND(0-${ofType('income', column)}-${ofType('cost', column)},2)`,
        (0 - all(isResult, column)) / 100,
        'usd',
        'total',
      ),
    ),
    [],
    bitcoinRow('bitcoin', 'Bitcoin held, BTC', afterTotals),
    bitcoinRow('poolReceivable', 'Owed by pools, BTC', afterTotals + 1),
    [],
    [null, text('Entries of the journal that do not balance'), null, formula(unbalanced, 0, 'count')],
  ]
  return {
    name: 'Ledger',
    widths: [8, 42, 9, ...columns.map(() => 16), 18],
    frozen: { rows: HEAD_ROW, columns: 2 },
    rows,
  }
}

/** The same cells one row below. */
const nextOf = (range: string) => range.replaceAll(/\$(\d+)/g, (_, row: string) => `$${Number(row) + 1}`)

function monthsShown(lines: readonly JournalLine[], last: Month): readonly Month[] {
  const first = lines.reduce((first, { day }) => (monthOf(day) < first ? monthOf(day) : first), last)
  return Array.from({ length: MOST_MONTHS }, (_, i) => monthAfter(last, i + 1 - MOST_MONTHS)).filter(
    (month) => month >= first,
  )
}

/** Sums by account and column: 0 before the first month, then each of them; null: all. */
function sumsOf(lines: readonly JournalLine[], months: readonly Month[]) {
  const columns = months.length + 1
  const cents = new Float64Array(CHART.length * columns)
  const sats = new Float64Array(CHART.length * columns)
  for (const { account, day, usdCents, sat } of lines) {
    const at = CHART.indexOf(account) * columns + months.indexOf(monthOf(day)) + 1
    cents[at]! += usdCents
    sats[at]! += sat ?? 0
  }
  const of = (sums: Float64Array) => (account: Account, column: number | null) => {
    const from = CHART.indexOf(account) * columns
    if (column !== null) return sums[from + column]!
    return sums.subarray(from, from + columns).reduce((sum, each) => sum + each, 0)
  }
  return { cents: of(cents), sat: of(sats) }
}
