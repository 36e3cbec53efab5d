import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Database } from 'better-sqlite3'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { Coverage, Past } from '#shared/ipc/schemas/past.ts'
import { COMPUTED_COLUMNS, completeSeries } from '#shared/domain/signals/complete-series.ts'
import type { KnownEpochs } from '#shared/domain/signals/complete-series.ts'
import { dailyFault } from '#shared/domain/signals/daily-bounds.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'
import type { EpochStarts, PastMark, StoredPastPiece } from '../../port.ts'
import { checksumOf, isSoundRow, keyOf, refusalOf } from '../row-checksums.ts'
import { createChoice, IMPORTED, rankOf } from './past-choice.ts'
import type { DayValueRow } from './past-choice.ts'

/** Bound of the contract. */
const SOURCES_SHOWN = 20

/** No epoch since 2010 took as long; what was fetched later after its beginning may have been fetched when it had ended. */
const LONGEST_EPOCH_MS = 28 * MS_PER_DAY

/** In a coverage: what follows from other columns. */
const COMPUTED = 'computed'

/** First day at all, and the last one before a day: both from the ends of the key. */
export const DAYS_THERE =
  'SELECT (SELECT min(day) FROM day_value), (SELECT max(day) FROM day_value WHERE day < ?)'

export const READ_DAYS = `
  SELECT day, "column", source, value, fetched_at_ms, checksum FROM day_value WHERE day >= ? AND day < ?`

/** Days of one page: fetching a page at once is faster than row by row, and does not hold all rows. */
const DAYS_PER_PAGE = 128

/** A row as it is stored: there are many, so that neither a trigger nor SQL looks at each. */
const withChecksum = (...row: DayValueRow) => [...row, checksumOf(row)] as const
const KEYS_OF_DAY = 3

export type EpochOfSource = {
  readonly source: string
  readonly height: number
  readonly startedAtMs: number
  readonly difficulty: number
  readonly fetchedAtMs: number
}

export type PastRepository = ReturnType<typeof createPast>

/** The daily past and the difficulty epochs, per source as they were given. Changes are transactions of their own or of the caller. */
export function createPast(db: Database) {
  const page = db
    .prepare<[from: number, before: number], readonly [...DayValueRow, checksum: number | null]>(READ_DAYS)
    .raw()
  const bounds = db.prepare<[before: number], [first: number | null, last: number | null]>(DAYS_THERE).raw()
  const putValue = db.prepare('INSERT OR REPLACE INTO day_value VALUES (?, ?, ?, ?, ?, ?)')
  const putNewerValue = db.prepare(
    `INSERT INTO day_value VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
     SET value = excluded.value, fetched_at_ms = excluded.fetched_at_ms, checksum = excluded.checksum
     WHERE excluded.fetched_at_ms > day_value.fetched_at_ms`,
  )
  const epochs = db.prepare<[], EpochOfSource>(
    `SELECT source, height, started_at_ms AS startedAtMs, difficulty, fetched_at_ms AS fetchedAtMs
     FROM difficulty_epoch WHERE ${isSoundRow(db, 'difficulty_epoch')} ORDER BY height, source`,
  )
  const epoch =
    'difficulty_epoch (height, source, started_at_ms, difficulty, fetched_at_ms) VALUES (?, ?, ?, ?, ?)'
  const putEpoch = db.prepare(`INSERT OR REPLACE INTO ${epoch}`)
  const putNewerEpoch = db.prepare(
    `INSERT INTO ${epoch} ON CONFLICT DO UPDATE
     SET started_at_ms = excluded.started_at_ms, difficulty = excluded.difficulty,
       fetched_at_ms = excluded.fetched_at_ms
     WHERE excluded.fetched_at_ms > difficulty_epoch.fetched_at_ms`,
  )
  const marks = db.prepare<[], PastMark>(
    `SELECT source, part, through_day AS throughDay, fetched_at_ms AS fetchedAtMs
     FROM history_mark WHERE ${isSoundRow(db, 'history_mark')} ORDER BY source, part`,
  )
  const putMark = db.prepare(
    'INSERT OR REPLACE INTO history_mark (source, part, through_day, fetched_at_ms) VALUES (?, ?, ?, ?)',
  )
  const revision = db.prepare<[], number>('SELECT revision FROM history_revision').pluck()
  const raiseRevision = db.prepare('UPDATE history_revision SET revision = revision + 1')
  const importedDays = db
    .prepare<[string], number>('SELECT count(DISTINCT day) FROM day_value WHERE source = ?')
    .pluck()
  const forgetSource = db.prepare<[string]>('DELETE FROM day_value WHERE source = ?')

  /** First and last day that have a value and are over; null where there is none. */
  function daysOver(nowMs: number): { readonly first: number; readonly last: number } | null {
    const [first, last] = bounds.get(Math.floor(nowMs / MS_PER_DAY))!
    return first === null || last === null ? null : { first, last }
  }

  /** Raw rows of the days that are over, a page at a time. */
  function* rows(nowMs: number): Generator<DayValueRow, void> {
    const days = daysOver(nowMs)
    if (days === null) return
    const { first, last } = days
    for (let from = first; from <= last; from += DAYS_PER_PAGE)
      for (const row of page.all(from, Math.min(from + DAYS_PER_PAGE, last + 1))) {
        const [day, column, source, value, fetchedAtMs, checksum] = row
        if (checksumOf(row, row.length - 1) !== checksum)
          throw refusalOf(db, { table: 'day_value', key: keyOf(row, KEYS_OF_DAY) })
        yield [day, column, source, value, fetchedAtMs]
      }
  }

  /** Per height the epoch that counts, by height. */
  function epochsInForce(rank: (source: string) => number, nowMs: number): KnownEpochs {
    const chosen: EpochOfSource[] = []
    const given = epochs.all()
    for (const epoch of given) {
      const before = chosen.at(-1)
      if (before?.height !== epoch.height) chosen.push(epoch)
      else if (isPreferred(epoch, before)) chosen[chosen.length - 1] = epoch
    }
    function isPreferred(a: EpochOfSource, b: EpochOfSource): boolean {
      const [rankA, rankB] = [rank(a.source), rank(b.source)]
      return rankA < rankB || (rankA === rankB && a.fetchedAtMs > b.fetchedAtMs)
    }
    return {
      height: Float64Array.from(chosen, ({ height }) => height),
      startedAtMs: Float64Array.from(chosen, ({ startedAtMs }) => startedAtMs),
      difficulty: Float64Array.from(chosen, ({ difficulty }) => difficulty),
      knownUntilMs: Math.min(knownUntilMs(given, marks.all()), nowMs),
    }
  }

  /** Everything of one moment, whatever another process writes meanwhile. */
  const readAtOnce = db.transaction(read)

  /** See StoreCalls.readHistory. */
  function read(order: readonly string[], nowMs: number, withImported: boolean): Past {
    const rank = rankOf(order)
    const known = epochsInForce(rank, nowMs)
    const { first, last } = daysOver(nowMs) ?? { first: 0, last: -1 }
    const length = last - first + 1
    const choice = createChoice(first, length, rank)
    for (const row of rows(nowMs)) if (withImported || row[2] !== IMPORTED) choice.take(row)
    const given: DailySeries = {
      dates: Array.from({ length }, (_, i) => dateOf(first + i)),
      ...choice.columns,
    }
    const { series, computedDays } = completeSeries(given, known)
    return {
      revision: revision.get()!,
      series,
      coverage: DAILY_COLUMN_NAMES.map((column) => {
        const computed = isComputed(column) ? computedDays[column] : 0
        const sources = choice.sourceDays(column)
        if (computed > 0) sources.push({ source: COMPUTED, days: computed })
        return coverageOf(column, series, sources)
      }),
      epochs: known.height.length,
    }
  }

  return {
    read: (order: readonly string[], nowMs: number): Past => readAtOnce(order, nowMs, true),
    /** See StoreCalls.readFetchedHistory. */
    readFetched: (order: readonly string[], nowMs: number): Past => readAtOnce(order, nowMs, false),
    /** See StoreCalls.readEpochStarts. */
    epochStarts(order: readonly string[], nowMs: number): EpochStarts {
      const { height, startedAtMs } = epochsInForce(rankOf(order), nowMs)
      return { height, atMs: startedAtMs }
    },
    marks: (): readonly PastMark[] => marks.all(),
    revision: (): number => revision.get()!,

    /**
     * Values of days that were not over when they were fetched are left out: they would count when the day is.
     * @throws StrikelineError 'bad-input' where a value cannot be the column's; nothing is stored then
     */
    savePiece(piece: StoredPastPiece): void {
      db.transaction(() => {
        const { source, fetchedAtMs } = piece
        let changed = piece.epochs.length > 0
        for (const { column, day, value } of piece.values) {
          for (let i = 0; i < day.length; i++) {
            if (Number.isNaN(value[i]!) || (day[i]! + 1) * MS_PER_DAY > fetchedAtMs) continue
            refuseUnthinkable(column, day[i]!, value[i]!, source)
            putValue.run(...withChecksum(day[i]!, column, source, value[i]!, Math.round(fetchedAtMs)))
            changed = true
          }
        }
        for (const { height, startedAtMs, difficulty } of piece.epochs)
          putEpoch.run(height, source, Math.round(startedAtMs), difficulty, Math.round(fetchedAtMs))
        putMark.run(source, piece.part, piece.throughDay, Math.round(fetchedAtMs))
        if (changed) raiseRevision.run()
      }).immediate()
    },

    /** Puts a series in the place of earlier imported values of the same day and column. */
    saveImported(series: DailySeries, firstDay: number, nowMs: number): void {
      db.transaction(() => {
        for (const column of DAILY_COLUMN_NAMES) {
          series[column].forEach((value, i) => {
            if (!Number.isNaN(value))
              putValue.run(...withChecksum(firstDay + i, column, IMPORTED, value, Math.round(nowMs)))
          })
        }
        raiseRevision.run()
      }).immediate()
    },

    /** Deletes what came from files. */
    forgetImported: (): { readonly days: number } =>
      db
        .transaction(() => {
          const days = importedDays.get(IMPORTED)!
          if (days > 0) {
            forgetSource.run(IMPORTED)
            raiseRevision.run()
          }
          return { days }
        })
        .immediate(),

    /** All values of days that are over. */
    allValues: rows,
    allEpochs: (): readonly EpochOfSource[] => epochs.all(),

    /** True where it is newer than the one stored of that day, column and source, and has taken its place. */
    takeNewerValue: (...[day, column, source, value, fetchedAtMs]: DayValueRow): boolean =>
      putNewerValue.run(...withChecksum(day, column, source, value, fetchedAtMs)).changes > 0,
    takeNewerEpoch: ({ height, source, startedAtMs, difficulty, fetchedAtMs }: EpochOfSource): boolean =>
      putNewerEpoch.run(height, source, startedAtMs, difficulty, fetchedAtMs).changes > 0,
    raiseRevision: () => void raiseRevision.run(),
  }
}

/**
 * Up to when the last of the epochs, by height, is known to have been in force. A source has told all epochs up to the day of its mark:
 * one that is stopped on its way through the past has told nothing of what came after. Epochs without a mark came with a network file.
 */
function knownUntilMs(epochs: readonly EpochOfSource[], marks: readonly PastMark[]): number {
  const ofEpochs = marks.filter(({ part }) => part === 'epochs')
  const untilMs = ofEpochs.map(({ throughDay }) => (throughDay + 1) * MS_PER_DAY)
  for (const { source, height, startedAtMs, fetchedAtMs } of epochs) {
    const isLast = height === epochs.at(-1)?.height
    const isMarked = ofEpochs.some((mark) => mark.source === source && mark.fetchedAtMs >= fetchedAtMs)
    if (isLast && !isMarked && fetchedAtMs < startedAtMs + LONGEST_EPOCH_MS) untilMs.push(fetchedAtMs)
  }
  return untilMs.reduce((latest, ms) => Math.max(latest, ms), -Infinity)
}

function refuseUnthinkable(column: DailyColumn, day: number, value: number, source: string): void {
  const fault = dailyFault(column, day, value)
  if (fault !== null) throw new StrikelineError('bad-input', `${source}, ${dateOf(day)}, ${column}: ${fault}`)
}

function isComputed(column: DailyColumn): column is (typeof COMPUTED_COLUMNS)[number] {
  return (COMPUTED_COLUMNS as readonly DailyColumn[]).includes(column)
}

function coverageOf(
  column: DailyColumn,
  series: DailySeries,
  sources: readonly { readonly source: string; readonly days: number }[],
): Coverage {
  const values = series[column]
  const isThere = (value: number) => !Number.isNaN(value)
  return {
    column,
    days: sources.reduce((sum, { days }) => sum + days, 0),
    from: series.dates[values.findIndex(isThere)] ?? null,
    through: series.dates[values.findLastIndex(isThere)] ?? null,
    sources: sources.toSorted((a, b) => b.days - a.days).slice(0, SOURCES_SHOWN),
  }
}

/** YYYY-MM-DD of a day since 1970-01-01 UTC. */
export function dateOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}
