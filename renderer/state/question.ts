import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { MarketInputs, Question } from '../engine/protocol.ts'
import type { PrintedMoney } from '../engine/view.ts'
import { memo } from './memo.ts'
import {
  selectConditions,
  selectDisplay,
  selectHorizonDays,
  selectMoney,
  selectNowMs,
  selectRealConditions,
  selectRisk,
  selectSitePowerPrices,
  selectTriedChange,
} from './selectors.ts'
import type { WindowState } from './store.ts'
import { selectTable } from './table-slice.ts'
import { selectExplainedRow } from './view-slice.ts'

/** What the engine is asked, from all that the screen depends on. */

const inputs = (
  conditions: NetworkConditions | null,
  change: number | null,
  horizonDays: number | null,
  nowMs: number | null,
  risk: WindowState['risk'],
): MarketInputs | null =>
  conditions === null ? null : { conditions, choices: { change, horizonDays, ...risk }, nowMs }

const selectMarketInputs = memo(
  [selectConditions, selectTriedChange, selectHorizonDays, selectNowMs, selectRisk],
  inputs,
)

/** As it is, without anything that is being tried. */
const selectRealMarketInputs = memo(
  [selectRealConditions, () => null, selectHorizonDays, selectNowMs, selectRisk],
  inputs,
)

/** The same of another network, apart from what is kept for the screen. */
export const realMarketInputsOf = (state: WindowState, network: NetworkState | null): MarketInputs | null =>
  inputs(
    network === null ? null : conditionsOf(network),
    null,
    selectHorizonDays(state),
    network?.readAtMs ?? null,
    selectRisk(state),
  )

const selectPrintedMoney = memo([selectMoney], ({ usdPerUnit, decimals }): PrintedMoney => ({
  usdPerUnit,
  decimals,
}))

/** While something is searched every group shows what was found in it. */
const selectGroups = memo(
  [(state: WindowState) => selectTable(state).group, selectIsSearching],
  (group, is) => (is ? { ...group, unfold: 'all' as const } : group),
)
function selectIsSearching(state: WindowState): boolean {
  return selectTable(state).filter.text.trim() !== ''
}

/** One object as long as nothing in it is another one. */
export const selectQuestion = memo(
  [
    selectMarketInputs,
    selectRealMarketInputs,
    selectSitePowerPrices,
    (state: WindowState) => selectTable(state).sort,
    (state: WindowState) => selectTable(state).filter,
    selectGroups,
    selectPrintedMoney,
    (state: WindowState) => state.turn,
    (state: WindowState) => state.window,
    selectExplainedRow,
    (state: WindowState) => state.screen === 'sites',
    selectDisplay,
  ],
  (
    ...[
      market,
      realMarket,
      sitePowerPrices,
      sort,
      filter,
      group,
      money,
      turn,
      window,
      explained,
      wantsSites,
      display,
    ]
  ): Question => ({
    market,
    realMarket,
    sitePowerPrices,
    sort,
    filter,
    group,
    money,
    turn,
    keepOrder: false,
    window,
    explained,
    wantsSites,
    display,
  }),
)

/** Whether the market is another one, or power prices are. */
export const isMarketMoved = (a: Question, b: Question): boolean =>
  a.market !== b.market || a.realMarket !== b.realMarket || a.sitePowerPrices !== b.sitePowerPrices
