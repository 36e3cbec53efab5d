import { GENESIS_DAY, MS_PER_DAY } from '#shared/domain/units.ts'
import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { tableOf } from '#electron/files/csv.ts'
import { columnSigns, openSignQuestion } from '#electron/files/numbers.ts'
import { converted } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
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

/** The same in another unit, or as Coin Metrics calls it: the column, and what its values are times to be in ours. */
const OTHER_HEADINGS: Readonly<Partial<Record<string, readonly [DailyColumn, number]>>> = {
  hashrate_hs: ['hashrateEhs', 1e-18],
  hashrate_ghs: ['hashrateEhs', 1e-9],
  hashrate_ths: ['hashrateEhs', 1e-6],
  hashrate_phs: ['hashrateEhs', 1e-3],
  hashrate_zhs: ['hashrateEhs', 1e3],
  priceusd: ['priceUsd', 1],
  hashrate: ['hashrateEhs', 1e-6],
  diffmean: ['difficulty', 1],
  difflast: ['difficulty', 1],
  isstotntv: ['issuanceBtc', 1],
  feetotntv: ['feesBtc', 1],
  capmrktcurusd: ['marketCapUsd', 1],
  txtfrvaladjusd: ['transferValueUsd', 1],
}
/** "HashRate" without a unit is in TH/s where the headings beside it are Coin Metrics' own, else it says nothing. */
const COIN_METRICS = /^(?:priceusd|diffmean|difflast|isstotntv|feetotntv|capmrktcurusd|txtfrvaladjusd)$/
const DATE_HEADINGS = ['date', 'day', 'time', 'timestamp']

export type DailyRule = {
  /** a column that must have a value in every row */
  readonly needed?: DailyColumn
  /** days and values that cannot be are refused, with a guess at the unit */
  readonly bounded?: boolean
  /** the answer to the question of a column whose decimal sign stays open */
  readonly decimalSign?: DecimalSign | null
}

const MAX_BYTES = 20_000_000
const TOO_LARGE = 'for a daily series, which has one row a day: choose another file'
const MAX_DAYS = 40_000

/**
 * Reads a daily.csv: `date` and any of {@link DAILY_COLUMNS}; other columns are ignored. Days rise or fall, each once. A
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
  const { separator, rows: read } = tableOf(text, name, {
    knownColumns: (cells) => knownOf(cells.map((title) => title.toLowerCase())).length,
    isEven: true,
    mostRows: MAX_DAYS + 1,
  })
  const header = (read[0]?.cells ?? []).map((title) => title.toLowerCase())
  const body = read.slice(1)
  const dateAt = header.findIndex((title) => title === DATE_HEADINGS.find((each) => header.includes(each)))
  const known = knownOf(header)
  if (dateAt < 0 || known.length === 0) {
    throw new StrikelineError(
      'bad-input',
      `${name}, row 1: a daily series needs the column date and at least one of ${Object.keys(DAILY_COLUMNS).join(', ')}`,
    )
  }
  const isFalling =
    body.length > 1 &&
    dayNumber(body[0]!.cells[dateAt] ?? '', name, body[0]!.line, header[dateAt]!) >
      dayNumber(body.at(-1)!.cells[dateAt] ?? '', name, body.at(-1)!.line, header[dateAt]!)
  if (isFalling) body.reverse()
  const rows = body.map(({ cells }) => cells)
  const lines = body.map(({ line }) => line)
  const signs = columnSigns(
    rows,
    known.map(({ at }) => at),
    separator,
    rule.decimalSign ?? null,
    (at, open) => fault(name, lines[0]!, header[at]!, openSignQuestion(open, false)),
  )
  const days = rows.map((cells, i) => dayNumber(cells[dateAt] ?? '', name, lines[i]!, header[dateAt]!))
  const first = days[0]
  if (first === undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}: there is no day in it: below its headings it needs a row for each`,
    )
  days.forEach((day, i) => {
    if (i > 0 && day <= days[i - 1]!)
      fault(name, lines[i]!, header[dateAt]!, 'days must ascend or descend, each once')
  })
  const length = days.at(-1)! - first + 1
  if (length > MAX_DAYS) fault(name, lines.at(-1)!, 'date', `the series spans more than ${MAX_DAYS} days`)
  const columns = Object.fromEntries(
    Object.values(DAILY_COLUMNS).map((column) => [column, new Float64Array(length).fill(NaN)]),
  ) as Record<DailyColumn, Float64Array>
  rows.forEach((cells, i) => {
    for (const { title, column, at, factor } of known) {
      const read = cellNumber(cells[at] ?? '', signs.get(at)!, name, lines[i]!, title)
      const value = converted(read, factor)
      if (column === rule.needed && Number.isNaN(value))
        fault(name, lines[i]!, title, 'has no value; give one, or leave the row out')
      columns[column][days[i]! - first] = value
    }
  })
  if (rule.bounded === true) {
    if (first < GENESIS_DAY) fault(name, lines[0]!, 'date', 'lies before the first block (2009-01-03)')
    if (days.at(-1)! * MS_PER_DAY > nowMs)
      fault(name, lines.at(-1)!, 'date', 'lies in the future; mend it, or set this computer’s clock')
    for (const { title, column } of known)
      refuseUnthinkable(columns[column], column, title, days, (day, wrong) =>
        fault(name, lines[day]!, title, wrong),
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

/** Columns of a series by their place: ours count before those of others, and of two for one the first. */
function knownOf(header: readonly string[]) {
  const ours = Object.entries(DAILY_COLUMNS).flatMap(([title, column]) =>
    header.includes(title) ? [{ title, column, at: header.indexOf(title), factor: 1 }] : [],
  )
  const isCoinMetrics = header.some((title) => COIN_METRICS.test(title))
  const others = header.flatMap((title, at) => {
    const [column, factor] = OTHER_HEADINGS[title] ?? []
    if (column === undefined || (title === 'hashrate' && !isCoinMetrics)) return []
    return [{ title, column, at, factor: factor ?? 1 }]
  })
  const all = [...ours, ...others]
  return all.filter(({ column }, i) => all.findIndex((each) => each.column === column) === i)
}

const DAY =
  /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|UTC|\+00:?00))?)?$/
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/
/** seconds or milliseconds since 1970, from 2009 on */
const UNIX = /^(\d{10})(?:\d{3})?(?:\.0+)?$/
const SECONDS_PER_DAY = 86_400

function dayNumber(text: string, name: string, row: number, column: string): number {
  const unix = UNIX.exec(text)
  if (unix !== null) return Math.floor(Number(unix[1]) / SECONDS_PER_DAY)
  const [, year, , month, dayOfMonth] = DAY.exec(text) ?? []
  const [, d, m, y] = DOTTED_DAY.exec(text) ?? []
  const date =
    year === undefined
      ? `${y ?? ''}-${(m ?? '').padStart(2, '0')}-${(d ?? '').padStart(2, '0')}`
      : `${year}-${month ?? ''}-${dayOfMonth ?? ''}`
  const day = Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY
  // Date.parse rolls 2021-02-30 over in some engines; writing it back shows it.
  if (Number.isNaN(day) || dateText(day) !== date)
    fault(
      name,
      row,
      column,
      `'${text}' is not a date like 2021-05-05, nor a time in UTC like 2021-05-05T00:00:00Z`,
    )
  return day
}

function dateText(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

function cellNumber(text: string, sign: DecimalSign, name: string, row: number, column: string): number {
  if (text === '') return NaN
  const { value, unit } = readNumber(text, sign)
  if (!Number.isFinite(value)) fault(name, row, column, `'${text}' is not a number`)
  if (unit !== '' && unit !== '$') fault(name, row, column, `'${text}' is not a number: it says '${unit}'`)
  if (value < 0 && column !== 'miner_net_flow_btc') fault(name, row, column, `${text} is below 0`)
  return value
}

function fault(name: string, row: number, column: string, message: string): never {
  throw new StrikelineError('bad-input', `${name}, row ${row}, column ${column}: ${message}`)
}
