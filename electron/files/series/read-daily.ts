import { GENESIS_DAY, MS_PER_DAY } from '#shared/domain/units.ts'
import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { rowsOf } from '#electron/files/csv.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { dailyFault } from '#shared/domain/signals/daily-bounds.ts'
import { withoutPartialEnd } from '#shared/domain/signals/daily-series.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'

/** Column of a daily.csv → column of the series, in the order in which a file is written. */
export const DAILY_COLUMNS = {
  price_usd: 'priceUsd',
  hashrate_ehs: 'hashrateEhs',
  difficulty: 'difficulty',
  issuance_btc: 'issuanceBtc',
  fees_btc: 'feesBtc',
  market_cap_usd: 'marketCapUsd',
  transfer_value_usd: 'transferValueUsd',
  miner_net_flow_btc: 'minerNetFlowBtc',
} as const satisfies Record<string, DailyColumn>

export type DailyRule = {
  /** a column that must have a value in every row */
  readonly needed?: DailyColumn
  /** days and values that cannot be are refused, with a guess at the unit */
  readonly bounded?: boolean
}

const MAX_BYTES = 20_000_000
const TOO_LARGE = 'for a daily series, which has one row a day: choose another file'
const MAX_DAYS = 40_000

/**
 * Reads a daily.csv: `date` (YYYY-MM-DD, ascending) and any of {@link DAILY_COLUMNS}; other columns are ignored. A
 * day that is left out becomes a day without values. The last day is left out while it is not over, and where
 * it lacks a value that the day before has: sources write the running day as they go.
 *
 * @param nowMs to tell whether the last day is over
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file, row and column
 */
export async function readDailySeries(
  file: string,
  nowMs: number,
  rule: DailyRule = {},
): Promise<DailySeries> {
  return readDailyText(await readText(file, MAX_BYTES, TOO_LARGE), basename(file), nowMs, rule)
}

/** As {@link readDailySeries}, for the text of a file of that name. */
export function readDailyText(text: string, name: string, nowMs: number, rule: DailyRule = {}): DailySeries {
  const read = rowsOf(text, name, [','], true)
  const rows = read.map(({ cells }) => cells)
  const lines = read.map(({ line }) => line)
  const header = (rows[0] ?? []).map((title) => title.toLowerCase())
  const dateAt = header.indexOf('date')
  const known = Object.entries(DAILY_COLUMNS).flatMap(([title, column]) =>
    header.includes(title) ? [{ title, column, at: header.indexOf(title) }] : [],
  )
  if (dateAt < 0 || known.length === 0) {
    throw new StrikelineError(
      'bad-input',
      `${name}, row 1: a daily series needs the column date and at least one of ${Object.keys(DAILY_COLUMNS).join(', ')}`,
    )
  }
  const days = rows.slice(1).map((cells, i) => dayNumber(cells[dateAt] ?? '', name, lines[i + 1]!))
  const first = days[0]
  if (first === undefined) throw new StrikelineError('bad-input', `${name}: there is no day in it`)
  days.forEach((day, i) => {
    if (i > 0 && day <= days[i - 1]!) fault(name, lines[i + 1]!, 'date', 'days must ascend, each once')
  })
  const length = days.at(-1)! - first + 1
  if (length > MAX_DAYS) fault(name, lines.at(-1)!, 'date', `the series spans more than ${MAX_DAYS} days`)
  const columns = Object.fromEntries(
    Object.values(DAILY_COLUMNS).map((column) => [column, new Float64Array(length).fill(NaN)]),
  ) as Record<DailyColumn, Float64Array>
  rows.slice(1).forEach((cells, i) => {
    for (const { title, column, at } of known) {
      const value = cellNumber(cells[at] ?? '', name, lines[i + 1]!, title)
      if (column === rule.needed && Number.isNaN(value))
        fault(name, lines[i + 1]!, title, 'has no value; give one, or leave the row out')
      columns[column][days[i]! - first] = value
    }
  })
  if (rule.bounded === true) {
    if (first < GENESIS_DAY) fault(name, lines[1]!, 'date', 'lies before the first block (2009-01-03)')
    if (days.at(-1)! * MS_PER_DAY > nowMs)
      fault(name, lines.at(-1)!, 'date', 'lies in the future; mend it, or set this computer’s clock')
    for (const { title, column } of known)
      refuseUnthinkable(columns[column], column, title, days, (day, wrong) =>
        fault(name, lines[day + 1]!, title, wrong),
      )
  }
  const dates = Array.from({ length }, (_, i) => dateText(first + i))
  const isOver = (first + length) * MS_PER_DAY <= nowMs
  if (isOver) return withoutPartialEnd({ dates, ...columns }, 1)
  const ended = Object.entries(columns).map(([name, values]) => [name, values.subarray(0, length - 1)])
  return { dates: dates.slice(0, -1), ...(Object.fromEntries(ended) as typeof columns) }
}

/** The first value of a column that cannot be; its unit is guessed from the last one, because the values of early days fit many. */
function refuseUnthinkable(
  values: Float64Array,
  column: DailyColumn,
  title: string,
  days: readonly number[],
  refuse: (day: number, wrong: string) => never,
): void {
  const first = days[0] ?? 0
  const last = values.findLastIndex((value) => !Number.isNaN(value))
  const typical = { day: first + last, value: values[last] ?? NaN }
  days.forEach((day, i) => {
    const value = values[day - first]!
    const wrong = Number.isNaN(value) ? null : dailyFault(column, day, value, typical)
    if (wrong !== null) refuse(i, wrong)
  })
}

function dayNumber(text: string, name: string, row: number): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY : NaN
  // Date.parse rolls 2021-02-30 over in some engines; writing it back shows it.
  if (Number.isNaN(day) || dateText(day) !== text)
    fault(name, row, 'date', `'${text}' is not a date like 2021-05-05`)
  return day
}

function dateText(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

function cellNumber(text: string, name: string, row: number, column: string): number {
  if (text === '') return NaN
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
  if (!Number.isFinite(value)) fault(name, row, column, `'${text}' is not a number`)
  if (value < 0 && column !== 'miner_net_flow_btc') fault(name, row, column, `${text} is below 0`)
  return value
}

function fault(name: string, row: number, column: string, message: string): never {
  throw new StrikelineError('bad-input', `${name}, row ${row}, column ${column}: ${message}`)
}
