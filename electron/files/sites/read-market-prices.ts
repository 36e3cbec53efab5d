import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { z } from 'zod'
import { fileMark, readText } from '#electron/files/bytes.ts'
import type { FileMark } from '#electron/files/bytes.ts'
import { tableOf } from '#electron/files/csv.ts'
import type { Row, Table } from '#electron/files/csv.ts'
import { jsonFrom } from '#electron/files/json.ts'
import { columnSigns, openSignQuestion } from '#electron/files/numbers.ts'
import { counted } from '#shared/format/numbers.ts'
import { factorOf } from '#shared/format/number-units.ts'
import type { DecimalSign } from '#shared/format/read-number.ts'
import { readNumber } from '#shared/format/read-number.ts'
import { unitsPerUsdAtMost } from '#shared/domain/power/currency.ts'
import { INTERVAL_MINUTES } from '#shared/domain/power/market-prices.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import { writtenTime } from '#shared/domain/power/written-time.ts'
import type { WrittenTime } from '#shared/domain/power/written-time.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'
import type { ZoneClock } from '#shared/domain/power/zone-clock.ts'
import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { MARKET_PRICE_BOUNDS } from '#shared/ipc/schemas/site-contract.ts'
import { knownHeadings, listed, NEEDED, priceShapeOf } from './price-shapes.ts'
import type { PriceShape } from './price-shapes.ts'

/** Of one file, and of all that one sites.json names. */
export const MAX_PRICE_BYTES = 10_000_000
/** Two years of five minutes, six of quarters of an hour. */
const MAX_ROWS = 210_816
/** Means of |price| over a file, in USD/kWh, that no site pays: the unit of the column is another. */
const THINKABLE_MEAN = { least: 0.001, most: 0.3 } as const

/** Where prices of a file count in a contract. */
export type PriceField = 'market.file' | 'takeOrPay.handBackFile'

/** A price file as it was read. */
export type PriceFile = {
  readonly path: string
  /** as it was said; null: the file says it */
  readonly decimalSign: DecimalSign | null
  readonly mark: FileMark
  /** of its prices: the same for the same prices */
  readonly digest: string
  readonly readAtMs: number
}

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
  /** of |price|, in the currency */
  readonly meanPerKwh: number
  /** what should be known about it, in sentences that name the file */
  readonly warnings: readonly string[]
  /** why the unit of the column is hardly the one that its heading says, as a sentence; null where it may well be */
  readonly doubt: string | null
}

/** What is left of the bytes that price files may have together, and what to do where one has more. */
export type PriceRoom = { bytes: number; readonly advice: string }

export const roomOfOne = (): PriceRoom => ({
  bytes: MAX_PRICE_BYTES,
  advice: 'for a price file: leave out what is past',
})

/**
 * Reads market prices: a header, a column `time` with the begin of each interval or `hour_ending` with its end, and a price whose
 * heading says currency and unit; or the download of an exchange, which is known by its headings (`price-shapes.ts`). Times with a zone
 * (`2026-01-01T00:00:00Z`, `…-06:00`) are instants; times without one are those of the exchange's clock, else local times of the given
 * zone. Rows may stand in any order.
 *
 * Each interval has the length that the file says, else the one that the rows around it have: 5, 15, 30 or 60 minutes; a file may
 * change its length. Nothing is averaged. In the hour that an autumn change repeats, what the file marks as the second pass is it; where
 * nothing is marked, a local time that is there a second time, in a file with the newest row first the first one. The hour that a
 * spring change skips does not exist and may not have a price.
 *
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file, row and column
 */
export async function readMarketPrices(
  file: string,
  timeZone: string,
  decimalSign: DecimalSign | null,
  room: PriceRoom,
): Promise<MarketPriceFile & { readonly file: PriceFile }> {
  // Before it is read: what is written meanwhile is another state of it.
  const mark = (await fileMark(file)) ?? { size: 0, changedAtMs: 0 }
  const text = await readText(file, room.bytes, room.advice)
  room.bytes -= Buffer.byteLength(text)
  const prices = marketPricesOf(text, basename(file), timeZone, decimalSign)
  return {
    ...prices,
    file: { path: file, decimalSign, mark, digest: priceDigest(prices), readAtMs: Date.now() },
  }
}

/** The same for the same prices of the same intervals, and for no others. */
export function priceDigest({ currency, fromMs, toMs, perKwh }: MarketPrices): string {
  const digest = createHash('sha256').update(currency)
  for (const column of [fromMs, toMs, perKwh]) digest.update(column)
  return digest.digest('hex')
}

/** @param decimalSign the answer to the question of a price column whose decimal sign stays open */
export function marketPricesOf(
  text: string,
  name: string,
  timeZone: string,
  decimalSign: DecimalSign | null = null,
): MarketPriceFile {
  const { separator, rows } = /^\s*\{/.test(text)
    ? resultsOf(text, name)
    : tableOf(text, name, {
        knownColumns: knownHeadings,
        isEven: false,
        mostRows: MAX_ROWS + 1,
      })
  const { shape, body } = shapedRows(rows, name)
  const cells = body.map((row) => row.cells)
  const sign = columnSigns(cells, [shape.price.at], separator, decimalSign, (_, open) =>
    fault(name, body[0]?.line ?? 1, shape.price.title, openSignQuestion(open, true)),
  ).get(shape.price.at)!
  const { points, repeatedRows, isLocal } = pointsOf(body, { ...shape, sign }, name, timeZone)
  if (points.length === 0)
    throw new StrikelineError(
      'bad-input',
      `${name}: there is no row with a price in it: below its headings it needs one for each interval`,
    )
  const intervals = intervalsOf(points, name)
  const meanPerKwh = meanSize(intervals.perKwh)
  const warnings = [
    lackWords(intervals, name),
    repeatedRows === 0
      ? null
      : `${name} says the same in ${counted(repeatedRows, 'row')} more than once; they count once`,
    shape.note === null ? null : `${name}: ${shape.note}`,
    isLocal ? clockWords(shape, name, timeZone, intervals) : null,
  ]
  return {
    currency: shape.currency,
    ...intervals,
    repeatedRows,
    meanPerKwh,
    warnings: warnings.filter((warning) => warning !== null),
    doubt: doubtOf(meanPerKwh, shape, name),
  }
}

function fault(name: string, line: number, column: string | null, message: string): never {
  const place = column === null ? '' : `, column ${column}`
  throw new StrikelineError('bad-input', `${name}, row ${line}${place}: ${message}`)
}

const answer = z.looseObject({
  results: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
})

/** The list of an answer in JSON, `{"results":[{"valid_from":…}]}`, as a table whose rows count from 1. */
function resultsOf(text: string, name: string): Table {
  const { data } = answer.safeParse(jsonFrom(text, name))
  if (data === undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}: prices in JSON need a list results of values with names, as an answer of Octopus has it; others are read as CSV`,
    )
  const titles = Object.keys(data.results[0] ?? {})
  const rows = data.results.map((each, i) => ({
    cells: titles.map((title) => String(each[title] ?? '')),
    line: i + 1,
  }))
  return { separator: ',', rows: [{ cells: titles, line: 1 }, ...rows] }
}

const priceTitle = (shape: ReturnType<typeof priceShapeOf>): string | null =>
  shape === null ? null : 'fault' in shape ? shape.fault : shape.price.title

/** The shape of the file and its rows below the heading, which may have two lines. */
function shapedRows(
  [heading = { cells: [], line: 1 }, ...below]: readonly Row[],
  name: string,
): { readonly shape: PriceShape; readonly body: readonly Row[] } {
  const second = below[0]?.cells ?? []
  const joined = heading.cells.map((title, at) => `${title} ${second[at] ?? ''}`.trim())
  const ofOneLine = priceShapeOf(heading.cells)
  const ofTwoLines = priceShapeOf(joined)
  // A second line of the heading says more of the price.
  const isOfTwoLines = ofTwoLines !== null && priceTitle(ofTwoLines) !== priceTitle(ofOneLine)
  const shape = (isOfTwoLines ? ofTwoLines : ofOneLine) ?? { fault: NEEDED, column: null }
  if ('fault' in shape) return fault(name, heading.line, shape.column, shape.fault)
  const body = isOfTwoLines ? below.slice(1) : below
  for (const { at, title } of shape.whose) {
    const values = [...new Set(body.map(({ cells }) => cells[at] ?? '').filter((value) => value !== ''))]
    if (values.length > 1)
      fault(
        name,
        heading.line,
        title,
        `the file has prices of ${listed(values)}, and a site has one of them: keep the rows of one`,
      )
  }
  return { shape, body }
}

function lackWords(
  { missing, perKwh }: Pick<MarketPriceFile, 'missing' | 'perKwh'>,
  name: string,
): string | null {
  if (missing.firstMs === null) return null
  const hours = `${Number(missing.hours.toFixed(2))} ${missing.hours === 1 ? 'hour' : 'hours'}`
  return `${name} lacks ${missing.intervals} of ${missing.intervals + perKwh.length} intervals (${hours}), the first at ${new Date(missing.firstMs).toISOString()}; where the horizon needs one, the same time of another day stands in`
}

/** Says that the exchange's clock counted, where the site's shows other times. */
function clockWords(
  { exchange, timeZone }: PriceShape,
  name: string,
  siteZone: string,
  { fromMs, toMs }: Pick<MarketPrices, 'fromMs' | 'toMs'>,
): string | null {
  // A file in UTC says so itself.
  if (timeZone === null || timeZone === 'UTC') return null
  const [own, sites] = [timeZone, siteZone].map((zone) =>
    JSON.stringify(zoneClock(zone).spans(fromMs[0]!, toMs.at(-1)!)),
  )
  return own === sites
    ? null
    : `${name} is a download of ${exchange}: its times were read by the clock of ${timeZone}, not by the site's of ${siteZone}`
}

/** Mean of |price|: what tells the unit, where single hours may be far dearer, free, or below nothing. */
export function meanSize(perKwh: Float64Array): number {
  let sum = 0
  for (const value of perKwh) sum += Math.abs(value)
  return sum / perKwh.length
}

function doubtOf(mean: number, { currency, price }: PriceShape, name: string): MarketPriceFile['doubt'] {
  const scale = unitsPerUsdAtMost(currency)
  const shown = Number(mean.toPrecision(3))
  const doubt = (why: string) =>
    `${name}, column ${price.title}: the mean of the file is ${shown} ${currency}/kWh, ${why}`
  if (mean > THINKABLE_MEAN.most * scale)
    return doubt('which no site pays; is the unit of the column cents or MWh?')
  if (mean > 0 && mean < THINKABLE_MEAN.least * Math.max(1, scale / 10))
    return doubt('next to nothing; is the unit of the column kWh?')
  return null
}

type Point = {
  readonly atMs: number
  readonly price: number
  /** null: to be found from the rows around it */
  readonly lengthMs: number | null
  readonly line: number
}

const isLength = (ms: number | undefined): ms is number =>
  ms !== undefined && (INTERVAL_MINUTES as readonly number[]).includes(ms / MS_PER_MINUTE)

/** The rows by time; those without a price are left out, so that their interval is missing. */
function pointsOf(
  rows: readonly Row[],
  shape: PriceShape & { readonly sign: DecimalSign },
  name: string,
  siteZone: string,
): { readonly points: readonly Point[]; readonly repeatedRows: number; readonly isLocal: boolean } {
  const timeZone = shape.timeZone ?? siteZone
  const clock = zoneClock(timeZone)
  const read = rows.map(({ cells, line }) => {
    const price = priceOf(cells[shape.price.at] ?? '', shape, (message) =>
      fault(name, line, shape.price.title, message),
    )
    const written = shape.interval(cells)
    const timeOf = (text: string, isEnd: boolean): WrittenTime => {
      const time = writtenTime(text, shape.form, isEnd)
      return 'fault' in time ? fault(name, line, shape.time, time.fault) : time
    }
    const time = timeOf(written.time, shape.isEnd)
    return { time, end: written.end === null ? null : timeOf(written.end, true), price, line }
  })
  const isNewestFirst = read.length > 1 && read[0]!.time.ms > read.at(-1)!.time.ms
  if (isNewestFirst) read.reverse()
  const lengthsMs = shape.isEnd ? endedLengths(read, shape.minutes, name) : null
  /** wall time → how many rows have it */
  const passes = new Map<number, number>()
  const points = new Map<number, Point>()
  let repeatedRows = 0
  for (const { time, end, price, line } of read) {
    const endedMs = lengthsMs?.get(time.ms) ?? null
    const beginMs = time.ms - (endedMs ?? 0)
    let atMs = beginMs
    if (time.isLocal) {
      const pass = time.pass ?? passes.get(beginMs) ?? 0
      passes.set(beginMs, pass + 1)
      let instants = clock.instants(beginMs)
      if (instants.length === 0) {
        if (Number.isNaN(price)) continue
        // The interval before the skipped hour may be named by an end behind it.
        if (endedMs !== null) instants = clock.instants(time.ms).map((ms) => ms - endedMs)
        if (instants.length === 0)
          fault(
            name,
            line,
            shape.time,
            `this hour does not exist in ${timeZone}: the clocks skip it; remove the row`,
          )
      }
      atMs = instants[Math.min(pass, instants.length - 1)]!
    }
    const lengthMs = end === null ? endedMs : lengthTo(end, { wallMs: time.ms, atMs }, clock)
    if (lengthMs !== null && !isLength(lengthMs))
      fault(
        name,
        line,
        shape.time,
        `from begin to end this is no interval of ${INTERVAL_MINUTES.join(', ')} minutes`,
      )
    const other = points.get(atMs)
    if (other !== undefined) {
      if (other.price !== price && !(Number.isNaN(other.price) && Number.isNaN(price)))
        fault(
          name,
          line,
          shape.time,
          `a second price for ${new Date(atMs).toISOString()}; an interval has one price`,
        )
      repeatedRows++
    }
    points.set(atMs, { atMs, price, lengthMs, line })
  }
  const sorted = [...points.values()].sort((a, b) => a.atMs - b.atMs)
  return {
    points: sorted.some(({ price }) => !Number.isNaN(price)) ? sorted : [],
    repeatedRows,
    isLocal: read.some(({ time }) => time.isLocal),
  }
}

/** Written end of an interval → its length, ms: as given, else that of the rows before it. */
function endedLengths(
  rows: readonly { readonly time: WrittenTime }[],
  minutes: number | null,
  name: string,
): ReadonlyMap<number, number> {
  const ends = [...new Set(rows.map(({ time }) => time.ms))].sort((a, b) => b - a)
  const lengths = minutes === null ? lengthsOf(ends, name) : ends.map(() => minutes * MS_PER_MINUTE)
  return new Map(ends.map((ms, i) => [ms, lengths[i]!]))
}

/** Length of an interval whose end is written, ms: by the clock on the wall, or over a change of it. */
function lengthTo(
  end: WrittenTime,
  { wallMs, atMs }: { readonly wallMs: number; readonly atMs: number },
  clock: ZoneClock,
): number {
  if (!end.isLocal) return end.ms - atMs
  const lengths = [end.ms - wallMs, ...clock.instants(end.ms).map((ms) => ms - atMs)]
  return lengths.find(isLength) ?? lengths[0]!
}

function intervalsOf(
  points: readonly Point[],
  name: string,
): Pick<MarketPriceFile, 'fromMs' | 'toMs' | 'perKwh' | 'missing'> {
  const found = points.some(({ lengthMs }) => lengthMs === null)
    ? lengthsOf(
        points.map(({ atMs }) => atMs),
        name,
      )
    : []
  const lengths = points.map(({ lengthMs }, i) => lengthMs ?? found[i]!)
  const priced = points.flatMap(({ atMs, price }, i) =>
    Number.isNaN(price) ? [] : [{ atMs, price, lengthMs: lengths[i]! }],
  )
  let intervals = 0
  let missingMs = 0
  let firstMs: number | null = null
  points.forEach(({ atMs, price, line }, i) => {
    const endMs = atMs + lengths[i]!
    const nextMs = points[i + 1]?.atMs ?? endMs
    if (nextMs < endMs)
      fault(
        name,
        line,
        null,
        `its interval ends at ${new Date(endMs).toISOString()}, after that of row ${points[i + 1]!.line} has begun; a moment has one price`,
      )
    const fromMs = Number.isNaN(price) ? atMs : endMs
    const gapMs = nextMs - fromMs
    if (gapMs <= 0) return
    firstMs ??= fromMs
    missingMs += gapMs
    intervals += Math.round(gapMs / lengths[i]!)
  })
  return {
    fromMs: Float64Array.from(priced, ({ atMs }) => atMs),
    toMs: Float64Array.from(priced, ({ atMs, lengthMs }) => atMs + lengthMs),
    perKwh: Float64Array.from(priced, ({ price }) => price),
    missing: { intervals, hours: missingMs / (60 * MS_PER_MINUTE), firstMs },
  }
}

/**
 * Length of each interval, ms: the time to the next row where this is one of the market's lengths and a row beside it has it
 * too; else the shortest around it, so that a missing row stays a gap.
 * @param timesMs begins, rising, or ends, falling
 */
function lengthsOf(timesMs: readonly number[], name: string): readonly number[] {
  const stepMs = timesMs.slice(1).map((ms, i) => Math.abs(ms - timesMs[i]!))
  const short = stepMs.findIndex((ms) => ms < INTERVAL_MINUTES[0] * MS_PER_MINUTE)
  if (short >= 0)
    throw new StrikelineError(
      'bad-input',
      `${name}: the rows at ${new Date(timesMs[short]!).toISOString()} are ${stepMs[short]! / MS_PER_MINUTE} minutes apart; intervals have ${INTERVAL_MINUTES.join(', ')} minutes`,
    )
  const first = stepMs.find(isLength)
  if (first === undefined)
    throw new StrikelineError(
      'bad-input',
      `${name}: no two rows are ${INTERVAL_MINUTES.join(', ')} minutes apart, so that the length of an interval is not known`,
    )
  const lengths: number[] = []
  let previous = first
  for (const i of timesMs.keys()) {
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
  { perUnit, currency, sign }: PriceShape & { readonly sign: DecimalSign },
  refuse: (message: string) => never,
): number {
  if (text === '' || /^(?:n\/?[ae]|-+|–|—)$/i.test(text)) return NaN
  const { value: read, unit } = readNumber(text, sign)
  if (!Number.isFinite(read))
    refuse(`'${text}' is not a number; leave the cell empty where there is no price`)
  // the cell's own unit counts before that of the heading
  const perKwh = unit === '' ? 1 / perUnit : currency === 'USD' ? factorOf(unit, 'USD/kWh') : null
  if (perKwh === null || (unit === '$' && perUnit !== 1))
    refuse(`'${text}' says '${unit}', which is not the unit of the column`)
  const value = unit === '' ? read / perUnit : read * perKwh
  const [least, most] = MARKET_PRICE_BOUNDS
  const scale = perUnit * unitsPerUsdAtMost(currency)
  if (value * perUnit < least * scale || value * perUnit > most * scale)
    refuse(`${text} is outside ${least * scale} to ${most * scale}; is the unit of the column right?`)
  return value
}
