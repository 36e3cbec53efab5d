import { daysInState, percentileAt } from './daily-series.ts'
import type { DailySeries } from './daily-series.ts'
import { adjustmentsOf } from './difficulty-easing.ts'
import { PERCENTILE_DAYS } from './hashprice-history.ts'
import type { RibbonState } from './hash-ribbons.ts'
import type { NvtState } from './nvt.ts'
import { puellState } from './puell.ts'
import type { PuellState } from './puell.ts'
import type { Signals } from './signals.ts'

/** The newest value that a signal has: its columns may end on different days. */
export type Reading<State extends string = never> = {
  readonly row: number
  /** YYYY-MM-DD */
  readonly date: string
  readonly value: number
  /** null where too few days are known for a state */
  readonly state: State | null
  /** the day it began counted as 1; 0 where there is no state */
  readonly daysInState: number
  /** the state stands since the first day that has one, so that it may be older than its days say */
  readonly mayBeOlder: boolean
}

export type NvtReading = Reading<NvtState> & { readonly lower: number; readonly upper: number }
export type RibbonReading = Reading<RibbonState> & { readonly short: number; readonly long: number }
export type FlowReading = Reading<'wave' | 'none'> & { readonly thresholdBtc: number }
export type HashpriceReading = Reading & {
  /** the lowest value of the series and its day */
  readonly lowUsdPerPhDay: number
  readonly lowDate: string
  /** first day that has a hashprice: a stored history may be short */
  readonly firstDate: string
  /** fraction above the lowest value */
  readonly aboveLow: number
  /** 0..1; NaN where fewer days in a row are known */
  readonly percentile1y: number
  readonly percentile2y: number
  readonly percentile4y: number
}
export type DifficultyReading = Reading & {
  /** fractions, newest first, at most three */
  readonly adjustments: readonly number[]
}

export type SignalReadings = {
  readonly nvtRatio: Reading | null
  readonly nvtSignal: Reading | null
  readonly dynamicNvt: NvtReading | null
  readonly hashRibbons: RibbonReading | null
  readonly puell: Reading<PuellState> | null
  readonly hashprice: HashpriceReading | null
  readonly minerNetFlow: FlowReading | null
  readonly difficulty: DifficultyReading | null
}

/** Per signal the newest day that has a value; null where no day has one. */
export function signalReadings(series: DailySeries, { columns }: Signals): SignalReadings {
  const { dates } = series
  const { nvt, ribbons, puell, hashprice, hashpriceLow, flow } = columns
  const nvtNow = newest<NvtState>(dates, nvt.mean, nvt.states)
  const ribbonsNow = newest<RibbonState>(dates, ribbons.long, ribbons.states)
  const hashpriceNow = newest(dates, hashprice)
  const flowNow = newest<'wave' | 'none'>(dates, flow.sum2dBtc, flow.states)
  const difficultyNow = newest(dates, series.difficulty)
  return {
    nvtRatio: newest(dates, columns.nvtRatio),
    nvtSignal: newest(dates, columns.nvtSignal),
    dynamicNvt: nvtNow && {
      ...nvtNow,
      value: nvt.value[nvtNow.row]!,
      lower: nvt.lower[nvtNow.row]!,
      upper: nvt.upper[nvtNow.row]!,
    },
    hashRibbons: ribbonsNow && {
      ...ribbonsNow,
      value: ribbons.short[ribbonsNow.row]!,
      short: ribbons.short[ribbonsNow.row]!,
      long: ribbons.long[ribbonsNow.row]!,
    },
    puell: newest<PuellState>(dates, puell, Array.from(puell, puellState)),
    hashprice: hashpriceNow && {
      ...hashpriceNow,
      lowUsdPerPhDay: hashpriceLow[hashpriceNow.row]!,
      lowDate: dates[hashprice.indexOf(hashpriceLow[hashpriceNow.row]!)]!,
      firstDate: dates[hashprice.findIndex((value) => !Number.isNaN(value))]!,
      aboveLow: hashpriceNow.value / hashpriceLow[hashpriceNow.row]! - 1,
      percentile1y: percentileAt(hashprice, hashpriceNow.row, PERCENTILE_DAYS.percentile1y),
      percentile2y: percentileAt(hashprice, hashpriceNow.row, PERCENTILE_DAYS.percentile2y),
      percentile4y: percentileAt(hashprice, hashpriceNow.row, PERCENTILE_DAYS.percentile4y),
    },
    minerNetFlow: flowNow && { ...flowNow, thresholdBtc: flow.thresholdBtc[flowNow.row]! },
    difficulty: difficultyNow && {
      ...difficultyNow,
      adjustments: adjustmentsOf(series.difficulty).slice(0, 3),
    },
  }
}

function newest<State extends string = never>(
  dates: readonly string[],
  values: Float64Array,
  states: readonly (State | null)[] = [],
): Reading<State> | null {
  const row = values.findLastIndex((value) => !Number.isNaN(value))
  if (row < 0) return null
  const days = daysInState(states, row)
  return {
    row,
    date: dates[row]!,
    value: values[row]!,
    state: states[row] ?? null,
    daysInState: days,
    mayBeOlder: days > 0 && (states[row - days] ?? null) === null,
  }
}
