import { conditionsOf } from '#shared/ipc/conditions.ts'
import { extraColumnsIn } from '#shared/ipc/extra-columns.ts'
import { atPrice } from '#shared/domain/chain/network.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { columnsWith } from '../engine/view.ts'
import { display } from '#shared/format/display.ts'
import { moneyOf, rateOf } from '#shared/ipc/reporting-money.ts'
import { ratesUsed, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import { staleValues } from '../lib/stale-values.ts'
import { memo } from './memo.ts'
import type { WindowState } from './store.ts'

/** Everything that is computed from the store, kept until one of its inputs changes. */

const network = (state: WindowState) => state.network
const tryingPrice = (state: WindowState) => state.whatIf.priceUsdPerBtc
const isTryingPrice = (state: WindowState) => state.whatIf.priceUsdPerBtc !== null

export const selectSitePowerPrices = (state: WindowState) => state.whatIf.sitePowerPrices
export const selectTriedChange = (state: WindowState) => state.whatIf.change
/** N and σ of what is stored beside the fleet. */
export const selectRisk = (state: WindowState) => state.risk
export const selectHorizonDays = (state: WindowState) => state.settings?.horizonDays ?? null

export const selectWhatIfActive = (state: WindowState): boolean =>
  state.whatIf.priceUsdPerBtc !== null ||
  state.whatIf.change !== null ||
  state.whatIf.sitePowerPrices.size > 0

const columnsSetting = (state: WindowState) => state.settings?.columns ?? ''
export const selectExtraColumns = memo([columnsSetting], extraColumnsIn)
/** The columns of the table. */
export const selectColumns = memo([selectExtraColumns], columnsWith)

/** false until the fleet is read, and where there is not a single machine */
export const selectHasMachines = (state: WindowState): boolean => (state.fleet?.rows ?? 0) > 0

/** Difficulty, price and fees as they are, without anything that is being tried; null while one of them is missing. */
export const selectRealConditions = memo([network], (state) => (state === null ? null : conditionsOf(state)))

/** What the fields say that stand in for the network's values; null while nothing is typed there. */
export const selectTypingRead = (state: WindowState) => state.typingRead

const selectTypedConditions = memo([selectRealConditions, selectTypingRead], (real, read) =>
  read === null ? real : conditionsOf(read.network),
)

/** The same with what is being typed and with the price that is being tried. */
export const selectConditions = memo([selectTypedConditions, tryingPrice], (conditions, priceUsdPerBtc) =>
  conditions === null || priceUsdPerBtc === null ? conditions : atPrice(conditions, priceUsdPerBtc),
)

/** The moment from which the network is looked at: that of its last reading. */
export const selectNowMs = (state: WindowState) => state.network?.readAtMs ?? null

const selectTriedMarket = memo(
  [selectConditions, selectTriedChange, selectHorizonDays, selectNowMs, selectRisk],
  (conditions, change, horizonDays, nowMs, risk) =>
    conditions === null ? null : marketOf(conditions, { change, horizonDays, ...risk }, nowMs),
)

/**
 * The network as shown: with what is being tried. Once there is a picture, the market of that picture, so that everything on
 * screen moves together.
 */
export const selectMarket = (state: WindowState) =>
  state.picture === null ? selectTriedMarket(state) : state.picture.market

/** The network as it is. */
export const selectRealMarket = memo(
  [selectRealConditions, selectHorizonDays, selectNowMs, selectRisk],
  (conditions, horizonDays, nowMs, risk) =>
    conditions === null ? null : marketOf(conditions, { change: null, horizonDays, ...risk }, nowMs),
)

/** The nearest hashprices at which a verdict changes; null while they are not known. */
export const selectFlips = (state: WindowState) => state.picture?.flips ?? null

/** The currency in which the reader wants to see money. */
export const selectCurrency = (state: WindowState) => state.settings?.currency ?? 'USD'

/** The rate of the reporting currency; null for USD, and where none is known: then money is shown in USD. */
export const selectReportingRate = (state: WindowState) => rateOf(state.network, selectCurrency(state))

/** How figures are written; another object only where that changes. */
export const selectDisplay = memo(
  [
    (state: WindowState) => state.settings?.hashrateUnit,
    (state: WindowState) => state.settings?.hashpriceUnit,
    (state: WindowState) => state.settings?.energyUnit,
    (state: WindowState) => state.settings?.powerUnit,
    (state: WindowState) => state.settings?.numberLanguage,
  ],
  () => display(),
)

/** The price at which a hashprice is told in satoshi; read only where one is. */
const selectPriceOfSats = (state: WindowState): number | null =>
  selectDisplay(state).hashpriceUnit === 'sat-th'
    ? (selectMarket(state)?.conditions.priceUsdPerBtc ?? null)
    : null

/** How the screens write money: in the reporting currency, and in USD while its rate is not known. */
export const selectMoney = memo(
  [
    selectCurrency,
    (state: WindowState) => selectReportingRate(state)?.value ?? null,
    selectPriceOfSats,
    selectDisplay,
  ],
  (currency, rate, price) => moneyOf(currency, rate, price),
)

const selectRatesUsed = memo(
  [(state: WindowState) => state.fleet?.tariffs, selectCurrency],
  (tariffs, reporting) => ratesUsed(tariffs ?? [], reporting),
)

/** Stale values beneath margins and break-evens; values under what-if are skipped. */
export const selectStaleMargins = memo([network, selectRatesUsed, isTryingPrice], (state, rates, isTried) =>
  staleValues(state, VALUES_BENEATH.margins, rates, isTried ? ['priceUsdPerBtc'] : []),
)

/** The same for the advice, which rests on the running epoch too. */
export const selectStale = memo([network, selectRatesUsed, isTryingPrice], (state, rates, isTried) =>
  staleValues(state, VALUES_BENEATH.advice, rates, isTried ? ['priceUsdPerBtc'] : []),
)
