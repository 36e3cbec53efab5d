import type { Coverage } from '#shared/contract/history.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { SourceName } from '#shared/contract/sources.ts'
import { SOURCE_NAMES, SOURCES } from '#shared/contract/sources.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { SignalName } from '#shared/domain/signals/signals.ts'
import { SIGNAL_DAYS, SIGNAL_NEEDS } from '#shared/domain/signals/signals.ts'
import { counted } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'
import { sourceWord } from '#shared/format/words.ts'
import { COLUMN_WORDS, historySources } from '../sources/history-words.ts'

const MS_PER_DAY = 86_400_000
/** A history that ended longer ago than this is stale. */
const FRESH_MS = 2 * MS_PER_DAY

const columnWord = (column: DailyColumn) => COLUMN_WORDS[column].toLowerCase()
const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`

/** What a signal rests on: `Data: price from Kraken and imported file, new coins from mempool, through 21 Nov 2026`. */
export function dataWords(name: SignalName, coverage: readonly Coverage[], through: string): string {
  const parts = SIGNAL_NEEDS[name].map((column) => {
    const sources = coverage.find((row) => row.column === column)?.sources ?? []
    const names = [...sources].sort((a, b) => b.days - a.days).map(({ source }) => sourceWord(source))
    // "difficulty from computed" is no English.
    const from = names.map((source) => (source === sourceWord('computed') ? 'our own computing' : source))
    return `${columnWord(column)}${from.length === 0 ? '' : ` from ${listed(from)}`}`
  })
  return `Data: ${parts.join(', ')}, through ${calendarDay(through)}`
}

/** The end of a day, UTC, where that is too long ago for the state of today; null while it is fresh. */
export function staleSinceMs(date: string, nowMs: number): number | null {
  const endMs = Date.parse(`${date}T00:00:00Z`) + MS_PER_DAY
  return nowMs - endMs > FRESH_MS ? endMs : null
}

/** Whether a source's answers lead to a column, directly or by what is computed from them. */
function leadsTo(source: SourceName, column: DailyColumn): boolean {
  const gives: readonly string[] = SOURCES[source].history
  if (gives.includes(column)) return true
  if (column === 'difficulty') return gives.includes('epochs')
  return column === 'marketCapUsd' && gives.includes('priceUsd')
}

const csvTitle = (column: DailyColumn) => column.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

function wayTo(column: DailyColumn, asked: readonly SourceName[]): string {
  const file = `import a daily.csv with ${csvTitle(column)}`
  const able = SOURCE_NAMES.filter((source) => leadsTo(source, column))
  const ready = able.filter((source) => asked.includes(source))
  const word = columnWord(column)
  if (ready.length > 0) return `For ${word}, fill the history (${listed(ready.map(sourceWord))}) or ${file}.`
  if (able.length > 0) {
    const terms = able.map(
      (source) => `${SOURCES[source].title} (${SOURCES[source].terms.replace(/\.$/, '')})`,
    )
    return `For ${word}, switch on ${terms.join(' or ')} under Data sources, or ${file}.`
  }
  return `No source gives ${word}: ${file}.`
}

/** Why a signal has no value and how to get one: which column is missing, or that its days are too few. */
export function missingWords(
  name: SignalName,
  coverage: readonly Coverage[],
  settings: Settings | null,
): readonly string[] {
  const needs: readonly DailyColumn[] = SIGNAL_NEEDS[name]
  const isEmpty = (column: DailyColumn) => (coverage.find((row) => row.column === column)?.days ?? 0) === 0
  const missing = needs.filter(isEmpty)
  if (missing.length > 0) {
    const asked = settings === null ? [] : historySources(settings)
    return [
      `Switched off: ${listed(missing.map(columnWord))} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      ...missing.map((column) => wayTo(column, asked)),
    ]
  }
  return [
    `No value yet: it takes ${counted(SIGNAL_DAYS[name], 'day')} in a row of ${listed(needs.map(columnWord))} without a gap. Fill the history further back, or import a daily.csv.`,
  ]
}
