import type { Coverage, PastStatus } from '#shared/ipc/schemas/past.ts'
import { DAILY_COLUMN_NAMES } from '#shared/domain/signals/daily-series.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import { sourceOrder, SOURCES } from '#shared/ipc/sources.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import { count, counted } from '#shared/format/numbers.ts'
import { age } from '#shared/format/times.ts'
import { sourceWord } from '#shared/format/words.ts'

/** The columns of the daily history in a reader's words. */
export const COLUMN_WORDS: Readonly<Record<DailyColumn, string>> = {
  priceUsd: 'Price',
  hashrateEhs: 'Network hashrate',
  difficulty: 'Difficulty',
  issuanceBtc: 'New coins',
  feesBtc: 'Fees',
  marketCapUsd: 'Market value of all coins',
  transferValueUsd: 'Value transferred',
  minerNetFlowBtc: 'Net flow of miners',
}

/** One row per column, those without a single day included. */
export function coverageRows(coverage: readonly Coverage[]): readonly Coverage[] {
  return DAILY_COLUMN_NAMES.map(
    (column) =>
      coverage.find((row) => row.column === column) ?? {
        column,
        days: 0,
        from: null,
        through: null,
        sources: [],
      },
  )
}

/** What a column rests on: `Kraken 721 days, imported file 3 210 days`. */
export function coverageSources({ sources }: Coverage): string {
  return sources.map(({ source, days }) => `${sourceWord(source)} ${counted(days, 'day')}`).join(', ')
}

/** Values of the history that came from files, over all columns. */
export function importedValues(coverage: readonly Coverage[]): number {
  return coverage
    .flatMap(({ sources }) => sources)
    .filter(({ source }) => source === 'imported')
    .reduce((sum, { days }) => sum + days, 0)
}

/** The sources that are asked for the past, in the operator's order. */
export function pastSources(settings: Settings): readonly SourceName[] {
  return sourceOrder(settings.networkOrder).filter(
    (name) => SOURCES[name].past.length > 0 && settings[`${name}Url`].trim() !== '',
  )
}

/** How the history stands, in a sentence or two. */
export function runWords({ running, finishedMs, unfinished }: PastStatus, nowMs: number): string {
  if (running) return 'The history is being filled.'
  const last = finishedMs === null ? '' : ` Last filled to its end ${age(finishedMs, nowMs)}.`
  if (unfinished) return `The last run ended early: filling goes on where it stopped.${last}`
  return finishedMs === null ? 'The history was never filled from a source.' : last.trim()
}

/** What a run is at: `Kraken: price of the last two years, 12 of 40`. */
export function progressWords({ words, done, total }: NonNullable<PastStatus['progress']>): string {
  return total > 0 ? `${words}, ${count(done)} of ${count(total)}` : words
}
