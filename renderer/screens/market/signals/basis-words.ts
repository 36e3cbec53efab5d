import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { Coverage } from '#shared/ipc/schemas/past.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { SourceName } from '#shared/ipc/sources.ts'
import { SOURCE_NAMES, SOURCES } from '#shared/ipc/sources.ts'
import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { SignalName } from '#shared/domain/signals/signals.ts'
import { SIGNAL_DAYS, SIGNAL_NEEDS } from '#shared/domain/signals/signals.ts'
import { counted } from '#shared/format/numbers.ts'
import { calendarDay } from '#shared/format/times.ts'
import { attributionsOf, sourceWord } from '#shared/format/words.ts'
import { lastShown } from '../../../charts/signals/chart-plan.ts'
import type { Range } from '../../../charts/signals/day-ticks.ts'
import { COLUMN_WORDS, pastSources } from '../../data/past-words.ts'
import type { SignalPanelPlan } from './panels.ts'

/** A history that ended longer ago than this is stale. */
const FRESH_MS = 2 * MS_PER_DAY

const columnWord = (column: DailyColumn) => COLUMN_WORDS[column].toLowerCase()
const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`

/** What days that no source gave follow from, after the name of their column. */
const COMPUTED_WORDS: Readonly<Partial<Record<DailyColumn, string>>> = {
  difficulty: 'computed from the epochs',
  hashrateEhs: 'computed from difficulty and new coins',
  marketCapUsd: 'computed from price and coins issued',
}

/**
 * What a signal rests on, the source of most days first, and what its sources want said where their values are shown:
 * `Data: price from Kraken and imported file, difficulty computed from the epochs, through 21 Nov 2026`.
 */
export function dataWords(name: SignalName, coverage: readonly Coverage[], through: string): string {
  const named: string[] = []
  const parts = SIGNAL_NEEDS[name].map((column) => {
    const sources = coverage.find((row) => row.column === column)?.sources ?? []
    const names = [...sources].sort((a, b) => b.days - a.days).map(({ source }) => source)
    named.push(...names)
    const given = names.filter((source) => source !== 'computed').map(sourceWord)
    const ways = [
      ...(given.length === 0 ? [] : [`from ${listed(given)}`]),
      ...(names.includes('computed') ? [COMPUTED_WORDS[column] ?? sourceWord('computed')] : []),
    ]
    return [columnWord(column), listed(ways)].join(' ').trimEnd()
  })
  return [`Data: ${parts.join(', ')}, through ${calendarDay(through)}`, ...attributionsOf(named)].join(' · ')
}

/** The day of a figure that is not of today, as it is said behind it: ` on 5 May 2021`; empty while it is fresh. */
export function ofOldDay(date: string, nowMs: number): string {
  return staleSinceMs(date, nowMs) === null ? '' : ` on ${calendarDay(date)}`
}

/** What stands in the place of a chart without anything in view. */
export function nothingInViewWords({ chart, marks }: SignalPanelPlan, range: Range): string {
  const last = lastShown(chart)
  const before = last === null ? '' : `; the last is of ${calendarDay(chart.dates[last]!)}`
  return `No ${marks} in ${range.words}${before}.`
}

/** The end of a day, UTC, where that is too long ago for the state of today; null while it is fresh. */
export function staleSinceMs(date: string, nowMs: number): number | null {
  const endMs = Date.parse(`${date}T00:00:00Z`) + MS_PER_DAY
  return nowMs - endMs > FRESH_MS ? endMs : null
}

/** Whether a source's answers lead to a column, directly or by what is computed from them. */
function leadsTo(source: SourceName, column: DailyColumn): boolean {
  const gives: readonly string[] = SOURCES[source].past
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
    return `For ${word}, switch on ${terms.join(' or ')} under Data, or ${file}.`
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
    const asked = settings === null ? [] : pastSources(settings)
    return [
      `Switched off: ${listed(missing.map(columnWord))} ${missing.length === 1 ? 'is' : 'are'} missing.`,
      ...missing.map((column) => wayTo(column, asked)),
    ]
  }
  return [
    `No value yet: it takes ${counted(SIGNAL_DAYS[name], 'day')} in a row of ${listed(needs.map(columnWord))} without a gap. Fill the history further back, or import a daily.csv.`,
  ]
}
