import type { DailyColumn, DailySeries } from './daily-series.ts'
import type { SignalName } from './signals.ts'
import { missingSignals, SIGNAL_DAYS, SIGNAL_NEEDS } from './signals.ts'

/** Why a signal has no value on the last day of a series. */
export type Hole = {
  readonly signal: SignalName
  /** days in a row that the signal takes */
  readonly daysNeeded: number
  /** the newest day among them that lacks a value, and the column that lacks it; null: the series is too short */
  readonly gap: { readonly column: DailyColumn; readonly date: string } | null
}

/** The signals without a value on the last day, other than those whose column is missing altogether. */
export function holesOf(series: DailySeries): readonly Hole[] {
  const last = series.dates.length - 1
  if (last < 0) return []
  const isMissing = new Set(missingSignals(series))
  return (Object.keys(SIGNAL_NEEDS) as SignalName[])
    .filter((signal) => !isMissing.has(signal))
    .flatMap((signal): Hole[] => {
      const daysNeeded = SIGNAL_DAYS[signal]
      const first = Math.max(0, last - daysNeeded + 1)
      for (let row = last; row >= first; row--) {
        const column = SIGNAL_NEEDS[signal].find((name) => Number.isNaN(series[name][row]))
        if (column !== undefined) return [{ signal, daysNeeded, gap: { column, date: series.dates[row]! } }]
      }
      return series.dates.length < daysNeeded ? [{ signal, daysNeeded, gap: null }] : []
    })
}
