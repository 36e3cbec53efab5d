import { signalReadings } from '#shared/domain/signals/readings.ts'
import { signalsOf } from '#shared/domain/signals/signals.ts'
import { combinationOf } from '#shared/domain/signals/stress.ts'
import { usesSample } from '#shared/ipc/conditions.ts'
import { VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import type { AdjustmentAhead } from '#shared/format/signal-words.ts'
import { staleValues } from '#shared/format/stale-values.ts'
import { memo } from '../../../state/memo.ts'
import { selectRealMarket } from '../../../state/selectors.ts'
import type { WindowState } from '../../../state/store.ts'
import { panelsOf } from './panels.ts'

/**
 * All signals of the stored history; null until it is read. The expected adjustment takes no part: it changes by the minute
 * and would have decades computed again.
 */
export const selectSignals = memo([(state: WindowState) => state.past], (past) => {
  if (past === null) return null
  const { series, coverage } = past
  const signals = signalsOf(series, null)
  return {
    series,
    coverage,
    readings: signalReadings(series, signals),
    combination: combinationOf(series, signals),
    hashprice: signals.columns.hashprice,
    panels: panelsOf(series, signals),
  }
})
export type SignalsView = NonNullable<ReturnType<typeof selectSignals>>

const selectNetwork = (state: WindowState) => state.network

/** The next adjustment without anything that is being tried; null where it is not known. The sample knows none of the world's. */
export const selectAhead = memo(
  [selectRealMarket, selectNetwork],
  (market, network): AdjustmentAhead | null =>
    market?.estimate && network !== null && !usesSample(network)
      ? {
          change: market.change,
          change80: market.estimate.change80,
          atMs: market.adjustmentAtMs,
          previous: market.conditions.previousAdjustments,
        }
      : null,
)

/** What the next adjustment rests on and is stale. */
export const selectStaleEpoch = memo([selectNetwork], (network) =>
  staleValues(network, VALUES_BENEATH.adjustment, []),
)
