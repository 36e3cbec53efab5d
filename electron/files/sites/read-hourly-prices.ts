import { MS_PER_HOUR } from '#shared/domain/units.ts'
import { basename } from 'node:path'
import { readText } from '#electron/files/bytes.ts'
import { rowsOf } from '#electron/files/csv.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { MARKET_PRICE_BOUNDS, MAX_MARKET_HOURS } from '#shared/ipc/schemas/site-contract.ts'
import type { HourlyPrices } from '#shared/domain/power/hourly-price.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'
import type { ZoneClock } from '#shared/domain/power/zone-clock.ts'

const MAX_BYTES = 50_000_000
const TIME_COLUMNS = ['time', 'hour', 'timestamp', 'datetime']
/** column → kWh of its unit */
const PRICE_COLUMNS = { price_usd_kwh: 1, price_usd_mwh: 1000 } as const

/** A price file, hour by hour, and what was found while reading it. */
export type HourlyPriceFile = HourlyPrices & {
  /** hours between the first and the last that have no price */
  readonly missingHours: number
  /** begin of the first missing hour, unix ms; null where none is missing */
  readonly firstMissingMs: number | null
  /** hours whose price is the mean of several rows */
  readonly averagedHours: number
}

/**
 * Reads market prices: a header, a column `time` (also `hour`, `timestamp`, `datetime`) with the begin of each interval,
 * and `price_usd_kwh` or `price_usd_mwh`. Times with a zone (`2026-01-01T00:00:00Z`, `…-06:00`) are instants; times without
 * one are local times of the given zone and must be in order.
 *
 * Rows of the same hour (quarters of an hour, or a repeated row) become their mean. In the hour that an autumn change
 * repeats, local rows belong to the first pass until they step back in time, and to the second from there: both hours
 * are kept. The hour that a spring change skips does not exist and may not have a price.
 *
 * @throws StrikelineError 'bad-input' or 'file-unreadable' that names file, row and column
 */
export async function readHourlyPrices(file: string, timeZone: string): Promise<HourlyPriceFile> {
  return hourlyPricesOf(await readText(file, MAX_BYTES), basename(file), timeZone)
}

export function hourlyPricesOf(text: string, name: string, timeZone: string): HourlyPriceFile {
  const rows = rowsOf(text, name, [',', ';', '\t'], false)
  const header = (rows[0]?.cells ?? []).map((title) => title.toLowerCase())
  const timeAt = header.findIndex((title) => TIME_COLUMNS.includes(title))
  const priceAt = header.findIndex((title) => Object.hasOwn(PRICE_COLUMNS, title))
  if (timeAt < 0 || priceAt < 0)
    throw new StrikelineError(
      'bad-input',
      `${name}, row 1: hourly prices need the column time and one of ${Object.keys(PRICE_COLUMNS).join(', ')}`,
    )
  const timeColumn = header[timeAt]!
  const priceColumn = header[priceAt]! as keyof typeof PRICE_COLUMNS
  const sums = new Map<number, { sum: number; rows: number }>()
  const clock = zoneClock(timeZone)
  let previousMs = -Infinity
  for (const { cells, line } of rows.slice(1)) {
    const at = (message: string, column: string): never => {
      throw new StrikelineError('bad-input', `${name}, row ${line}, column ${column}: ${message}`)
    }
    const price = priceOf(cells[priceAt] ?? '', PRICE_COLUMNS[priceColumn], (message) =>
      at(message, priceColumn),
    )
    const written = timeOf(cells[timeAt] ?? '', (message) => at(message, timeColumn))
    let atMs = written.ms
    if (written.isLocal) {
      const instant = localInstant(clock, written.ms, previousMs)
      if (instant === 'out-of-order')
        at('local times must be in order; only the autumn change steps back', timeColumn)
      if (instant === 'skipped') {
        if (!Number.isNaN(price))
          at(`this hour does not exist in ${timeZone}: the clocks skip it; remove the row`, timeColumn)
        continue
      }
      atMs = instant as number
      previousMs = atMs
    }
    const hour = Math.floor(atMs / MS_PER_HOUR)
    const sum = sums.get(hour) ?? { sum: 0, rows: 0 }
    sums.set(hour, sum)
    if (Number.isNaN(price)) continue
    sum.sum += price
    sum.rows++
  }
  return columnOf(sums, name)
}

function columnOf(sums: ReadonlyMap<number, { sum: number; rows: number }>, name: string): HourlyPriceFile {
  let first = Infinity
  let last = -Infinity
  for (const hour of sums.keys()) {
    first = Math.min(first, hour)
    last = Math.max(last, hour)
  }
  if (sums.size === 0) throw new StrikelineError('bad-input', `${name}: there is no hour in it`)
  const hours = last - first + 1
  if (hours > MAX_MARKET_HOURS)
    throw new StrikelineError(
      'bad-input',
      `${name}: the hours span more than ${MAX_MARKET_HOURS}; split the file`,
    )
  const usdPerKwh = new Float64Array(hours).fill(NaN)
  let averagedHours = 0
  for (const [hour, { sum, rows }] of sums) {
    if (rows > 0) usdPerKwh[hour - first] = sum / rows
    if (rows > 1) averagedHours++
  }
  const firstMissing = usdPerKwh.findIndex(Number.isNaN)
  if (usdPerKwh.every(Number.isNaN)) throw new StrikelineError('bad-input', `${name}: no hour has a price`)
  return {
    firstHourMs: first * MS_PER_HOUR,
    usdPerKwh,
    missingHours: usdPerKwh.reduce((count, price) => count + (Number.isNaN(price) ? 1 : 0), 0),
    firstMissingMs: firstMissing < 0 ? null : (first + firstMissing) * MS_PER_HOUR,
    averagedHours,
  }
}

function priceOf(text: string, perUnit: number, fault: (message: string) => never): number {
  if (text === '') return NaN
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) / perUnit : NaN
  if (Number.isNaN(value)) fault(`'${text}' is not a number; leave the cell empty where there is no price`)
  const [least, most] = MARKET_PRICE_BOUNDS
  if (value < least || value > most)
    fault(`${text} is outside ${least * perUnit} to ${most * perUnit}; is the unit of the column right?`)
  return value
}

const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i

/** A time as written: an instant, or what a local clock shows as if it were UTC. */
function timeOf(
  text: string,
  fault: (message: string) => never,
): { readonly ms: number; readonly isLocal: boolean } {
  const match = TIME.exec(text)
  const [, day, hour, minute, second = '00', zone] = match ?? []
  const zoneText = zone?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase()
  const wallMs = match === null ? NaN : Date.parse(`${day!}T${hour!}:${minute!}:${second}Z`)
  // Date.parse rolls 2026-02-30 over in some engines; writing it back shows it.
  if (Number.isNaN(wallMs) || new Date(wallMs).toISOString().slice(0, 10) !== day)
    fault(`'${text}' is not a time such as 2026-01-01T00:00:00Z, or 2026-01-01 00:00 in the site's time zone`)
  if (zoneText === undefined) return { ms: wallMs, isLocal: true }
  const ms = Date.parse(`${day}T${hour!}:${minute!}:${second}${zoneText}`)
  if (Number.isNaN(ms)) fault(`'${text}' has a zone that does not exist`)
  return { ms, isLocal: false }
}

/** The instant of a local row, given the row before it. */
function localInstant(
  clock: ZoneClock,
  wallMs: number,
  previousMs: number,
): number | 'skipped' | 'out-of-order' {
  const [first, second] = clock.instants(wallMs)
  if (first === undefined) return 'skipped'
  // In a repeated hour, a row that is not after the one before it is in the second pass.
  const passed = second !== undefined && first <= previousMs
  const instant = passed ? second : first
  return instant < previousMs ? 'out-of-order' : instant
}
