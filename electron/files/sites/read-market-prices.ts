import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { tableOf } from '#electron/files/csv.ts'
import type { Row } from '#electron/files/csv.ts'
import { columnSigns, openSignQuestion } from '#electron/files/numbers.ts'
import { factorOf } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import { CURRENCIES, unitsPerUsdAtMost } from '#shared/domain/power/currency.ts'
import type { Currency } from '#shared/domain/power/currency.ts'
import { INTERVAL_MINUTES } from '#shared/domain/power/market-prices.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { writtenTime } from '#shared/domain/power/written-time.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'
import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { MARKET_PRICE_BOUNDS } from '#shared/ipc/schemas/site-contract.ts'

/** Of one file, and of all that one sites.json names. */
export const MAX_PRICE_BYTES = 10_000_000
/** Two years of five minutes, six of quarters of an hour. */
const MAX_ROWS = 210_816
const TIME_COLUMNS = ['time', 'hour', 'timestamp', 'datetime', 'valid_from']
/** `price_eur_mwh`, `price (EUR/MWh)`, `EUR/MWh`, `p/kWh`: a currency, or pence, and the energy that it buys. */
const PRICE_COLUMN = /^(?:price[ _]?)?\(?([a-z]{3}|p)[_/](kwh|mwh)\)?$/
const KWH_PER = { kwh: 1, mwh: 1000 } as const
const PENCE_PER_POUND = 100
/** `Hour Ending`, `HE`, `Date (HE)`, `hour_end`: a column that holds the end of each interval. */
const ENDING = /\b(hour|interval|period|time)[ _]?end(ing|s)?\b|\bhe\b/
/** Means of |price| over a file, in USD/kWh, that no site pays: the unit of the column is another. */
const THINKABLE_MEAN = { least: 0.001, most: 0.3 } as const

/** A price file, interval by interval, and what was found while reading it. */
export type MarketPriceFile = MarketPrices & {
  /** between the first and the last interval, time without a price: in intervals of the length of those before it */
  readonly missing: {
    readonly intervals: number
    readonly hours: number
    /** begin of the first, unix ms; null where none is missing */
    readonly firstMs: number | null
  }
  /** rows that say again what an earlier one said */
  readonly repeatedRows: number
  /** why the unit of the column is hardly the one that its heading says, as a sentence, and the mean that says so; null where it may well be */
  readonly doubt: { readonly message: string; readonly meanPerKwh: number } | null
}

/**
 * Reads market prices: a header, a column `time` (also `hour`, `timestamp`, `datetime`, `valid_from`) with the BEGIN of each interval,
 * and a price whose heading says currency and unit: `price_usd_kwh`, `price_eur_mwh`, `p/kWh` (pence). Times with a zone
 * (`2026-01-01T00:00:00Z`, `…-06:00`) are instants; times without one are local times of the given zone. Rows may stand in any order.
 *
 * Each interval has the length that the rows around it have, 5, 15, 30 or 60 minutes; a file may change its length. Nothing is
 * averaged. In the hour that an autumn change repeats, a local time that is there a second time is the second pass; in a file
 * with the newest row first, the first one is. The hour that a spring change skips does not exist and may not have a price.
 *
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file, row and column
 */
export async function readMarketPrices(
  file: string,
  timeZone: string,
  decimalSign: DecimalSign | null = null,
): Promise<MarketPriceFile> {
  return marketPricesOf(
    await readText(file, MAX_PRICE_BYTES, 'for a price file: leave out what is past'),
    basename(file),
    timeZone,
    decimalSign,
  )
}

/** @param decimalSign the answer to the question of a price column whose decimal sign stays open */
export function marketPricesOf(
  text: string,
  name: string,
  timeZone: string,
  decimalSign: DecimalSign | null = null,
): MarketPriceFile {
  const { separator, rows } = tableOf(text, name, {
    knownColumns: (cells) =>
      cells.filter((cell) => {
        const title = cell.toLowerCase()
        return TIME_COLUMNS.includes(title) || PRICE_COLUMN.test(title) || ENDING.test(title)
      }).length,
    isEven: false,
    mostRows: MAX_ROWS + 1,
    onHeading: (heading) => refuseHourEnding(heading, name),
  })
  const columns = columnsOf(rows[0]?.cells ?? [], name)
  const body = rows.slice(1)
  const cells = body.map((row) => row.cells)
  const sign = columnSigns(cells, [columns.priceAt], separator, decimalSign, (_, open) => {
    throw new StrikelineError(
      'bad-input',
      `${name}, row ${body[0]?.line ?? 1}, column ${columns.price}: ${openSignQuestion(open, true)}`,
    )
  }).get(columns.priceAt)!
  const { points, repeatedRows } = pointsOf(body, { ...columns, sign }, name, timeZone)
  if (points.length === 0)
    throw new StrikelineError(
      'bad-input',
      `${name}: there is no row with a price in it: below its headings it needs one for each interval`,
    )
  const intervals = intervalsOf(points, name)
  return {
    currency: columns.currency,
    ...intervals,
    repeatedRows,
    doubt: doubtOf(intervals.perKwh, columns, name),
  }
}

type Columns = {
  readonly timeAt: number
  readonly time: string
  readonly priceAt: number
  readonly price: string
  readonly currency: Currency
  /** what one kWh costs, times this, is what the column holds */
  readonly perUnit: number
}

function columnsOf(cells: readonly string[], name: string): Columns {
  const header = cells.map((title) => title.toLowerCase())
  const timeAt = header.findIndex((title) => TIME_COLUMNS.includes(title))
  const priceAt = header.findIndex((title) => PRICE_COLUMN.test(title))
  const [, unit = '', energy = ''] = PRICE_COLUMN.exec(header[priceAt] ?? '') ?? []
  const currency = unit === 'p' ? 'GBP' : CURRENCIES.find((known) => known.toLowerCase() === unit)
  if (timeAt < 0 || currency === undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}, row 1: market prices need the column time and a price whose heading says currency and unit, such as price_usd_kwh, price_usd_mwh or price_eur_mwh`,
    )
  return {
    timeAt,
    time: header[timeAt]!,
    priceAt,
    price: header[priceAt]!,
    currency,
    perUnit: KWH_PER[energy as keyof typeof KWH_PER] * (unit === 'p' ? PENCE_PER_POUND : 1),
  }
}

/** Single hours may be far dearer or free, so that only the whole file tells that its unit is another. */
function doubtOf(perKwh: Float64Array, { currency, price }: Columns, name: string): MarketPriceFile['doubt'] {
  let sum = 0
  for (const value of perKwh) sum += Math.abs(value)
  const mean = sum / perKwh.length
  const scale = unitsPerUsdAtMost(currency)
  const shown = Number(mean.toPrecision(3))
  const doubt = (why: string) => ({
    message: `${name}, column ${price}: the mean of the file is ${shown} ${currency}/kWh, ${why}`,
    meanPerKwh: mean,
  })
  if (mean > THINKABLE_MEAN.most * scale)
    return doubt('which no site pays; is the unit of the column cents or MWh?')
  if (mean > 0 && mean < THINKABLE_MEAN.least * Math.max(1, scale / 10))
    return doubt('next to nothing; is the unit of the column kWh?')
  return null
}

function refuseHourEnding({ cells, line }: Row, name: string): void {
  const heading = cells.find((cell) => ENDING.test(cell.toLowerCase()))
  if (heading !== undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}, row ${line}, column ${heading}: it holds the END of each interval (hour ending). Write a column time with the begin of each interval, an hour earlier, and a price such as price_usd_mwh`,
    )
}

type Point = { readonly atMs: number; readonly price: number }

/** The rows by time; those without a price are left out, so that their interval is missing. */
function pointsOf(
  rows: readonly Row[],
  columns: Columns & { readonly sign: DecimalSign },
  name: string,
  timeZone: string,
): { readonly points: readonly Point[]; readonly repeatedRows: number } {
  const clock = zoneClock(timeZone)
  const fault = (row: number, column: string, message: string): never => {
    throw new StrikelineError('bad-input', `${name}, row ${rows[row]!.line}, column ${column}: ${message}`)
  }
  const priceAt = new Float64Array(rows.length)
  const timeAt = new Float64Array(rows.length)
  const isLocal = new Uint8Array(rows.length)
  rows.forEach(({ cells }, row) => {
    priceAt[row] = priceOf(cells[columns.priceAt] ?? '', columns, (message) =>
      fault(row, columns.price, message),
    )
    const time = writtenTime(cells[columns.timeAt] ?? '')
    if ('fault' in time) return fault(row, columns.time, time.fault)
    timeAt[row] = time.ms
    isLocal[row] = time.isLocal ? 1 : 0
  })
  const isNewestFirst = timeAt[0]! > timeAt.at(-1)!
  /** wall time → how many rows have it */
  const passes = new Map<number, number>()
  const prices = new Map<number, number>()
  let repeatedRows = 0
  for (let i = 0; i < rows.length; i++) {
    const row = isNewestFirst ? rows.length - 1 - i : i
    const price = priceAt[row]!
    let atMs = timeAt[row]!
    if (isLocal[row] === 1) {
      const pass = passes.get(atMs) ?? 0
      passes.set(atMs, pass + 1)
      const instants = clock.instants(atMs)
      if (instants.length === 0) {
        if (!Number.isNaN(price))
          fault(
            row,
            columns.time,
            `this hour does not exist in ${timeZone}: the clocks skip it; remove the row`,
          )
        continue
      }
      atMs = instants[Math.min(pass, instants.length - 1)]!
    }
    const other = prices.get(atMs)
    if (other !== undefined) {
      if (other !== price && !(Number.isNaN(other) && Number.isNaN(price)))
        fault(
          row,
          columns.time,
          `a second price for ${new Date(atMs).toISOString()}; an interval has one price`,
        )
      repeatedRows++
    }
    prices.set(atMs, price)
  }
  const points = [...prices].map(([atMs, price]) => ({ atMs, price })).sort((a, b) => a.atMs - b.atMs)
  return { points: points.some(({ price }) => !Number.isNaN(price)) ? points : [], repeatedRows }
}

function intervalsOf(
  points: readonly Point[],
  name: string,
): Omit<MarketPriceFile, 'currency' | 'repeatedRows' | 'doubt'> {
  const lengthMs = lengthsOf(points, name)
  const priced = points.flatMap(({ atMs, price }, i) =>
    Number.isNaN(price) ? [] : [{ atMs, price, lengthMs: lengthMs[i]! }],
  )
  let intervals = 0
  let missingMs = 0
  let firstMs: number | null = null
  points.forEach(({ atMs, price }, i) => {
    const endMs = atMs + lengthMs[i]!
    const fromMs = Number.isNaN(price) ? atMs : endMs
    const gapMs = (points[i + 1]?.atMs ?? endMs) - fromMs
    if (gapMs <= 0) return
    firstMs ??= fromMs
    missingMs += gapMs
    intervals += Math.round(gapMs / lengthMs[i]!)
  })
  return {
    fromMs: Float64Array.from(priced, ({ atMs }) => atMs),
    toMs: Float64Array.from(priced, ({ atMs, lengthMs: length }) => atMs + length),
    perKwh: Float64Array.from(priced, ({ price }) => price),
    missing: { intervals, hours: missingMs / (60 * MS_PER_MINUTE), firstMs },
  }
}

/**
 * Length of each interval, ms: the time to the next row where this is one of the market's lengths and a row beside it has it
 * too; else the shortest around it, so that a missing row stays a gap.
 */
function lengthsOf(points: readonly Point[], name: string): readonly number[] {
  const stepMs = points.slice(1).map(({ atMs }, i) => atMs - points[i]!.atMs)
  const isLength = (ms: number | undefined): ms is number =>
    ms !== undefined && (INTERVAL_MINUTES as readonly number[]).includes(ms / MS_PER_MINUTE)
  const short = stepMs.findIndex((ms) => ms < INTERVAL_MINUTES[0] * MS_PER_MINUTE)
  if (short >= 0)
    throw new StrikelineError(
      'bad-input',
      `${name}: the rows at ${new Date(points[short]!.atMs).toISOString()} are ${stepMs[short]! / MS_PER_MINUTE} minutes apart; intervals have ${INTERVAL_MINUTES.join(', ')} minutes`,
    )
  const first = stepMs.find(isLength)
  if (first === undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}: no two rows are ${INTERVAL_MINUTES.join(', ')} minutes apart, so that the length of an interval is not known`,
    )
  const lengths: number[] = []
  let previous = first
  for (const [i] of points.entries()) {
    const own = stepMs[i]
    const isConfirmed = isLength(own) && (own === stepMs[i + 1] || own === stepMs[i - 1])
    if (isConfirmed) previous = own
    else if (own !== undefined) previous = Math.min(previous, ...[own, stepMs[i + 1]].filter(isLength))
    lengths.push(previous)
  }
  return lengths
}

function priceOf(
  text: string,
  { perUnit, currency, sign }: Columns & { readonly sign: DecimalSign },
  fault: (message: string) => never,
): number {
  if (text === '' || /^(?:n\/?a|-+|–|—)$/i.test(text)) return NaN
  const { value: read, unit } = readNumber(text, sign)
  if (!Number.isFinite(read)) fault(`'${text}' is not a number; leave the cell empty where there is no price`)
  // the cell's own unit counts before that of the heading
  const perKwh = unit === '' ? 1 / perUnit : currency === 'USD' ? factorOf(unit, 'USD/kWh') : null
  if (perKwh === null || (unit === '$' && perUnit !== 1))
    fault(`'${text}' says '${unit}', which is not the unit of the column`)
  const value = unit === '' ? read / perUnit : read * perKwh
  const [least, most] = MARKET_PRICE_BOUNDS
  const scale = perUnit * unitsPerUsdAtMost(currency)
  if (value * perUnit < least * scale || value * perUnit > most * scale)
    fault(`${text} is outside ${least * scale} to ${most * scale}; is the unit of the column right?`)
  return value
}
