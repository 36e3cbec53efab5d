import { conditionsOf } from '#shared/ipc/conditions.ts'
import { atHashprice, hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { conditionsUnder } from '#shared/domain/decision/tried-today.ts'
import { display } from '#shared/format/display.ts'
import { moneyOf, rateOf } from '#shared/ipc/reporting-money.ts'
import { ratesUsed, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import { staleValues } from '#shared/format/stale-values.ts'
import { memo } from './memo.ts'
import type { WindowState } from './store.ts'

/** Everything that is computed from the store, kept until one of its inputs changes. */

const network = (state: WindowState) => state.network
const tryingPrice = (state: WindowState) => state.whatIf.priceUsdPerBtc
const tryingHashprice = (state: WindowState) => state.whatIf.hashpriceUsdPerPhDay
const isTryingPrice = (state: WindowState) => tryingPrice(state) !== null || tryingHashprice(state) !== null

export const selectSitePowerPrices = (state: WindowState) => state.whatIf.sitePowerPrices
export const selectTriedChange = (state: WindowState) => state.whatIf.change
/** N and σ of what is stored beside the fleet. */
export const selectRisk = (state: WindowState) => state.risk
export const selectHorizonDays = (state: WindowState) => state.settings?.horizonDays ?? null

export const selectWhatIfActive = (state: WindowState): boolean =>
  isTryingPrice(state) || state.whatIf.change !== null || state.whatIf.sitePowerPrices.size > 0

/** false until the fleet is read, and where there is not a single machine */
export const selectHasMachines = (state: WindowState): boolean => (state.fleet?.rows ?? 0) > 0

/** Difficulty, price and fees as they are, without anything that is being tried; null while one of them is missing. */
export const selectRealConditions = memo([network], (state) => (state === null ? null : conditionsOf(state)))

/** What the fields say that stand in for the network's values; null while nothing is typed there. */
export const selectTypingRead = (state: WindowState) => state.typingRead

const selectTypedConditions = memo([selectRealConditions, selectTypingRead], (real, read) =>
  read === null ? real : conditionsOf(read.network),
)

/** The moment from which the network is looked at: that of its last reading. */
export const selectNowMs = (state: WindowState) => state.network?.readAtMs ?? null

/** Of now, adjustments that have passed since the data included, without a price or hashprice that is tried; NaN while it is not known. */
const selectHashpriceAsItIs = memo(
  [selectTypedConditions, selectTriedChange, selectNowMs],
  (conditions, change, nowMs) =>
    conditions === null
      ? Number.NaN
      : marketOf(conditions, { change, horizonDays: null }, nowMs).hashpriceUsdPerPhDay,
)

/** How many times the bitcoin price is what is tried; 1 where neither a price nor a hashprice is. */
const selectTriedFactor = (state: WindowState): number => {
  const [price, hashprice] = [tryingPrice(state), tryingHashprice(state)]
  if (hashprice !== null) return hashprice / selectHashpriceAsItIs(state)
  return price === null ? 1 : price / (selectTypedConditions(state)?.priceUsdPerBtc ?? Number.NaN)
}

/** The bitcoin price that is asked for: as it is, tried, or the one that makes the hashprice that is. NaN while it is not known. */
export const selectWantedPrice = (state: WindowState): number =>
  tryingPrice(state) ??
  (selectTypedConditions(state)?.priceUsdPerBtc ?? Number.NaN) * selectTriedFactor(state)

/** The same of the hashprice, which the figures on screen follow. */
export const selectWantedHashprice = (state: WindowState): number =>
  tryingHashprice(state) ?? selectHashpriceAsItIs(state) * selectTriedFactor(state)

/** The conditions with what is being typed, and with the price or hashprice that is being tried. */
export const selectConditions = memo(
  [selectTypedConditions, tryingPrice, tryingHashprice, selectHashpriceAsItIs],
  (conditions, price, hashprice, asItIs) => {
    if (conditions === null) return null
    if (hashprice !== null)
      return atHashprice(conditions, (hashprice / asItIs) * hashpriceUsdPerPhDay(conditions))
    return conditionsUnder(conditions, { priceUsdPerBtc: price })
  },
)

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

/** The same where a price that is tried does not count: satoshi are those of the real one. */
export const selectRealMoney = memo(
  [
    selectCurrency,
    (state: WindowState) => selectReportingRate(state)?.value ?? null,
    (state: WindowState) => selectRealConditions(state)?.priceUsdPerBtc ?? null,
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

/** The same where nothing that is tried counts. */
export const selectRealStaleMargins = memo([network, selectRatesUsed], (state, rates) =>
  staleValues(state, VALUES_BENEATH.margins, rates),
)

/** The same for the advice, which rests on the running epoch too. */
export const selectStale = memo([network, selectRatesUsed, isTryingPrice], (state, rates, isTried) =>
  staleValues(state, VALUES_BENEATH.advice, rates, isTried ? ['priceUsdPerBtc'] : []),
)

/** The same where nothing that is tried counts. */
export const selectRealStale = memo([network, selectRatesUsed], (state, rates) =>
  staleValues(state, VALUES_BENEATH.advice, rates),
)
