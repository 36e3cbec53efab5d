import { GENESIS_DAY, MS_PER_DAY } from '#shared/domain/units.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { z } from 'zod'
import { SourceFault } from '../http.ts'
import type { AskContext } from '../provider.ts'
import { askPath, fitted } from '../provider.ts'
import { CLOCK_TOLERANCE_MS } from '../in-force.ts'

/**
 * The past as a source tells it, in questions that are small enough to be stored one by one. Days are counted from
 * 1970-01-01 UTC; a value of a day is what was true over it, a price the one at its end (00:00 UTC of the next day).
 */

/** Values of one column; row i is day[i], ascending. */
export type PastValues = {
  readonly column: DailyColumn
  readonly day: Int32Array
  readonly value: Float64Array
}

export type PastEpoch = {
  /** of its first block, a multiple of 2016 */
  readonly height: number
  /** time of its first block, unix ms */
  readonly startedAtMs: number
  readonly difficulty: number
}

/** What one question brought, before it is judged. */
export type PastPiece = {
  readonly values: readonly PastValues[]
  readonly epochs: readonly PastEpoch[]
  /** everything that the source has up to and including this day is here or in an earlier piece */
  readonly throughDay: number
}

export type PastQuestion = {
  /** what is asked, for the progress: 'fees of 2024' */
  readonly words: string
  /** Rejects with a SourceFault where the source does not answer as promised. */
  readonly ask: () => Promise<PastPiece>
}

/** A series of questions that go on from each other. */
export type PastPart = {
  readonly name: string
  readonly fills: readonly (DailyColumn | 'epochs')[]
  /**
   * The questions that are open, the oldest days first; none where everything is there.
   * @param throughDay what is stored already reaches to this day; null: nothing is
   */
  readonly questions: (
    context: AskContext,
    throughDay: number | null,
  ) => Promise<readonly PastQuestion[]> | readonly PastQuestion[]
}

/** A block's time may be ahead of the clock by this much. (Bitcoin consensus) */
export const BLOCK_AHEAD_MS = 7_200_000

/** Sources correct their latest days, so the last stored days are asked for again. */
const REPEATED_DAYS = 3

/** The last day that is over. */
export const lastDayOver = (nowMs: number) => Math.floor(nowMs / MS_PER_DAY) - 1
export const dateOfDay = (day: number) => new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
export const yearOfDay = (day: number) => new Date(day * MS_PER_DAY).getUTCFullYear()
export const firstDayOfYear = (year: number) => Date.UTC(year, 0, 1) / MS_PER_DAY

/** The first day to ask for; null where all past days are stored. `sinceDay`: the first day at all. */
export function firstOpenDay(
  throughDay: number | null,
  nowMs: number,
  sinceDay: number = GENESIS_DAY,
): number | null {
  if (throughDay === null) return sinceDay
  return throughDay >= lastDayOver(nowMs) ? null : Math.max(sinceDay, throughDay + 1 - REPEATED_DAYS)
}

/** Asks for a path and checks the answer against its shape. `prefix`: of the API, as in address.ts. */
export async function askJson<T extends z.ZodType>(
  context: AskContext,
  prefix: string,
  path: string,
  schema: T,
): Promise<z.output<T>> {
  const { host } = new URL(context.baseUrl)
  const answer = await askPath(context.baseUrl, prefix, path, (url, request) =>
    context.http.json(url, request),
  )
  return fitted(schema, answer, host, path.replace(/\?.*/, ''))
}

/** A SourceFault where something is dated ahead of this computer's clock: then one of the two clocks is wrong. */
export function refuseFuture(
  stampsS: readonly number[],
  host: string,
  nowMs: number,
  toleranceMs: number = CLOCK_TOLERANCE_MS,
): void {
  const newestS = stampsS.reduce((newest, stamp) => Math.max(newest, stamp), -Infinity)
  if (newestS * 1000 <= nowMs + toleranceMs) return
  const at = new Date(newestS * 1000).toISOString().slice(0, 16).replace('T', ' ')
  throw new SourceFault(`${host} gave something dated ${at} UTC, ahead of this computer’s clock`)
}

/** One row of an answer: the day that it tells of, its own stamp in unix seconds, and a value per column (NaN: none). */
export type DayRow = { readonly day: number; readonly stampS: number; readonly values: readonly number[] }

/**
 * The piece of rows in any order, from `fromDay` to the last day that is over; of two rows of a day the later one
 * counts. A SourceFault where no row is left, or one is in the future.
 */
export function pieceOfRows(
  rows: readonly DayRow[],
  columns: readonly DailyColumn[],
  { host, fromDay, nowMs }: { readonly host: string; readonly fromDay: number; readonly nowMs: number },
): PastPiece {
  refuseFuture(
    rows.map(({ stampS }) => stampS),
    host,
    nowMs,
  )
  const lastDay = lastDayOver(nowMs)
  const byDay = new Map<number, readonly number[]>()
  for (const { day, values } of rows) {
    if (day >= fromDay && day <= lastDay && !values.every(Number.isNaN)) byDay.set(day, values)
  }
  if (byDay.size === 0)
    throw new SourceFault(`${host} gave no value of the days from ${dateOfDay(fromDay)} on`)
  const days = [...byDay.keys()].sort((a, b) => a - b)
  const valuesOf = (column: DailyColumn, at: number): PastValues => {
    const valueOf = (day: number) => byDay.get(day)![at] ?? NaN
    const given = days.filter((day) => !Number.isNaN(valueOf(day)))
    return { column, day: Int32Array.from(given), value: Float64Array.from(given, valueOf) }
  }
  return {
    values: columns.map(valuesOf).filter(({ day }) => day.length > 0),
    epochs: [],
    throughDay: days.at(-1)!,
  }
}
