import type { ImportedPast, NetworkFileLook, NetworkFileSummary, Past } from '#shared/ipc/schemas/past.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { StoredParts } from './case-port.ts'

/** Values of one column of the daily history; row i is day[i], days since 1970-01-01 UTC. */
export type DayValues = {
  readonly column: DailyColumn
  readonly day: Int32Array
  readonly value: Float64Array
}

/** A difficulty epoch as a source gave it. */
export type EpochRow = {
  /** of its first block, a multiple of 2016 */
  readonly height: number
  /** time of its first block, unix ms */
  readonly startedAtMs: number
  readonly difficulty: number
}

/** The answer to one question about the past; stored whole or not at all, with the mark of how far the part is filled. */
export type StoredPastPiece = {
  readonly source: string
  /** part of the source, e.g. 'epochs' */
  readonly part: string
  readonly values: readonly DayValues[]
  readonly epochs: readonly EpochRow[]
  /** everything up to and including this day is there now, days since 1970-01-01 UTC */
  readonly throughDay: number
  readonly fetchedAtMs: number
}

/** Blocks with their times, unix ms, in columns by height. */
export type EpochStarts = { readonly height: Float64Array; readonly atMs: Float64Array }

export type PastMark = {
  readonly source: string
  readonly part: string
  readonly throughDay: number
  readonly fetchedAtMs: number
}

/** The past of the network, and the file that carries it. */
export type PastCalls = {
  /**
   * Per day and column the one value that counts: an imported one, else the first of `order`, else the youngest of the others;
   * what follows from other columns and from the epochs is computed where no source gave it. Days that are not over at `nowMs`
   * are left out. Empty columns where nothing is stored.
   */
  readPast(order: readonly string[], nowMs: number): Past
  /** First blocks of the difficulty epochs that are known, by height: the order decides where sources differ. */
  readEpochStarts(order: readonly string[], nowMs: number): EpochStarts
  /** As {@link readPast}, without imported files: a source is judged against other sources only. */
  readFetchedPast(order: readonly string[], nowMs: number): Past
  /** The revision that {@link readPast} would give, without reading the days. */
  readPastRevision(): number
  readPastMarks(): readonly PastMark[]
  /**
   * Whole or not at all: 'bad-input' where a value cannot be its column's (shared/domain/signals/daily-bounds.ts). NaN, and values of a
   * day that was not over when it was fetched, are left out.
   */
  savePastPiece(piece: StoredPastPiece): void
  /** Imports a daily.csv whole or not at all; its values replace earlier imported ones of the same day and column. */
  importDaily(path: string, nowMs: number): Promise<ImportedPast>
  /** Writes what {@link readPast} gives as daily.csv; 'not-found' where that is nothing. */
  exportDaily(path: string, order: readonly string[], nowMs: number): Promise<{ readonly days: number }>
  forgetImported(): { readonly days: number }

  /**
   * Writes what is known of the network (values, rates, adjustments, epochs, history) to a file with a checksum. Typed values and
   * rates are left out: they are assumptions of the person who typed them.
   * @param withCase also contracts, policies, ladders, limits and what sites pay
   */
  exportNetworkFile(
    path: string,
    nowMs: number,
    version: string,
    withCase?: boolean,
  ): Promise<NetworkFileSummary>
  /**
   * Takes what is newer than the stored values. A damaged file, one of a newer version or out of bounds is refused whole.
   * parts: contracts and the like that the file holds; they are not stored (takeParts does). null: it holds none.
   * @param madeAtMs of the file that was looked into; another one is refused with 'conflict'
   */
  importNetworkFile(
    path: string,
    nowMs: number,
    madeAtMs?: number,
  ): Promise<NetworkFileSummary & { readonly fleetChanged: boolean; readonly parts: StoredParts | null }>

  /** What {@link importNetworkFile} would bring; nothing is stored. It refuses what that refuses. */
  lookIntoNetworkFile(
    path: string,
    nowMs: number,
  ): Promise<NetworkFileLook & { readonly parts: StoredParts | null }>
}
