import { daysInState, movingPercentile, percentileAt } from './daily-series.ts'
import type { DailyColumn, DailySeries } from './daily-series.ts'
import { adjustmentsOf, difficultyState } from './difficulty-easing.ts'
import { allTimeLow, hashpriceHistory, PERCENTILE_DAYS } from './hashprice-history.ts'
import { hashRibbons, LONG_DAYS } from './hash-ribbons.ts'
import { minerNetFlow, SUM_DAYS } from './miner-net-flow.ts'
import { dynamicNvt, DYNAMIC_NVT_DAYS, NVT_SIGNAL_DAYS, nvtRatio } from './nvt.ts'
import { PUELL_DAYS, puellMultiple, puellState } from './puell.ts'

/** Which columns a signal rests on; without one of them it is switched off and named as missing. */
export const SIGNAL_NEEDS = {
  nvtRatio: ['marketCapUsd', 'transferValueUsd'],
  nvtSignal: ['marketCapUsd', 'transferValueUsd'],
  dynamicNvt: ['marketCapUsd', 'transferValueUsd'],
  hashRibbons: ['hashrateEhs'],
  puell: ['issuanceBtc', 'priceUsd'],
  hashprice: ['priceUsd', 'difficulty', 'issuanceBtc', 'feesBtc'],
  minerNetFlow: ['minerNetFlowBtc'],
  difficulty: ['difficulty'],
} as const satisfies Record<string, readonly DailyColumn[]>
export type SignalName = keyof typeof SIGNAL_NEEDS

/** Days in a row without a gap that a signal's first value takes. */
export const SIGNAL_DAYS: Readonly<Record<SignalName, number>> = {
  nvtRatio: 1,
  nvtSignal: NVT_SIGNAL_DAYS,
  dynamicNvt: NVT_SIGNAL_DAYS + DYNAMIC_NVT_DAYS - 1,
  hashRibbons: LONG_DAYS,
  puell: PUELL_DAYS,
  hashprice: 1,
  minerNetFlow: SUM_DAYS,
  difficulty: 1,
}

/** The names of the signals that a series cannot give because a column is empty throughout. */
export function missingSignals(series: DailySeries): SignalName[] {
  const isEmpty = (column: DailyColumn) => series[column].every((value) => Number.isNaN(value))
  return (Object.keys(SIGNAL_NEEDS) as SignalName[]).filter((name) => SIGNAL_NEEDS[name].some(isEmpty))
}

export type Signals = ReturnType<typeof signalsOf>

/**
 * All signals over the whole series. They are context for a reader and never an input of a verdict.
 *
 * @param expectedChange the next adjustment expected, a fraction; null where it is not known
 * @returns columns for charts and, in `latest`, the figures of the last day (NaN where a value does not exist,
 *   null where a state does not)
 */
export function signalsOf(series: DailySeries, expectedChange: number | null) {
  const last = series.dates.length - 1
  const at = (values: Float64Array) => (last < 0 ? NaN : values[last]!)
  const ratio = nvtRatio(series)
  const nvt = dynamicNvt(series)
  const ribbons = hashRibbons(series)
  const puell = puellMultiple(series)
  const hashprice = hashpriceHistory(series)
  const low = allTimeLow(hashprice)
  const flow = minerNetFlow(series)
  const adjustments = adjustmentsOf(series.difficulty).slice(0, 3)
  const percentile1y = movingPercentile(hashprice, PERCENTILE_DAYS.percentile1y)
  return {
    through: series.dates[last] ?? null,
    missing: missingSignals(series),
    latest: {
      nvtRatio: { value: at(ratio) },
      nvtSignal: { value: at(nvt.value) },
      dynamicNvt: {
        value: at(nvt.value),
        mean: at(nvt.mean),
        sd: at(nvt.deviation),
        lower: at(nvt.lower),
        upper: at(nvt.upper),
        state: nvt.states[last] ?? null,
        daysInState: daysInState(nvt.states, last),
      },
      hashRibbons: {
        short: at(ribbons.short),
        long: at(ribbons.long),
        state: ribbons.states[last] ?? null,
        daysInState: daysInState(ribbons.states, last),
      },
      puell: { value: at(puell), state: puellState(at(puell)) },
      hashprice: {
        value: at(hashprice),
        allTimeLow: at(low),
        aboveLow: at(hashprice) / at(low) - 1,
        percentile1y: at(percentile1y),
        percentile2y: percentileAt(hashprice, last, PERCENTILE_DAYS.percentile2y),
        percentile4y: percentileAt(hashprice, last, PERCENTILE_DAYS.percentile4y),
      },
      minerNetFlow: {
        sum2d: at(flow.sum2dBtc),
        threshold: at(flow.thresholdBtc),
        state: flow.states[last] ?? null,
      },
      difficulty: { adjustments, state: difficultyState(adjustments, expectedChange) },
    },
    columns: {
      nvtRatio: ratio,
      nvtSignal: nvt.value,
      nvt,
      ribbons,
      puell,
      hashprice,
      hashpriceLow: low,
      hashpricePercentile1y: percentile1y,
      flow,
    },
  } as const
}
