import { conditionsOf } from '#shared/ipc/conditions.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { prepareStrikeLine } from '#shared/domain/margins/strike-line.ts'
import { marketOf, pictureOf } from '../lib/picture.ts'
import { moneyOf, rateOf } from '../lib/reporting-currency.ts'
import { ADVICE_VALUES, MARGIN_VALUES, ratesUsed, staleValues } from '../lib/stale-values.ts'
import { memo } from './memo.ts'
import type { Store } from './store.ts'

/** Everything that is computed from the store, kept until one of its inputs changes. */

const fleet = (state: Store) => state.fleet
const network = (state: Store) => state.network
const sitePowerPrices = (state: Store) => state.whatIf.sitePowerPrices
const tryingPrice = (state: Store) => state.whatIf.priceUsdPerBtc
const tryingChange = (state: Store) => state.whatIf.change
const horizonDays = (state: Store) => state.settings?.horizonDays ?? null

export const selectWhatIfActive = (state: Store): boolean =>
  state.whatIf.priceUsdPerBtc !== null ||
  state.whatIf.change !== null ||
  state.whatIf.sitePowerPrices.size > 0

/** The fleet as stored; null until it is read, and where there is not a single machine. */
export const selectHasMachines = (state: Store): boolean => (state.fleet?.machines.length ?? 0) > 0

const selectRealBasis = memo([fleet], (snapshot) =>
  snapshot === null ? null : prepareMargins({ machines: snapshot.machines, sites: snapshot.sites }),
)

/** The fleet with the power prices that are being tried. */
export const selectFleet = memo([fleet, sitePowerPrices], (snapshot, prices): Fleet | null => {
  if (snapshot === null) return null
  const { machines, sites } = snapshot
  if (prices.size === 0) return { machines, sites }
  const powerPriceUsdPerKwh = sites.powerPriceUsdPerKwh.map(
    (price, row) => prices.get(sites.key[row]!) ?? price,
  )
  return { machines, sites: { ...sites, powerPriceUsdPerKwh } }
})

const selectTriedBasis = memo([selectFleet], (tried) => (tried === null ? null : prepareMargins(tried)))

/** What does not depend on the network. */
export const selectBasis = (state: Store) =>
  state.whatIf.sitePowerPrices.size === 0 ? selectRealBasis(state) : selectTriedBasis(state)

/** Difficulty, price and fees as they are, without anything that is being tried; null while one of them is missing. */
export const selectRealConditions = memo([network], (state) => (state === null ? null : conditionsOf(state)))

const selectConditions = memo([selectRealConditions, tryingPrice], (conditions, priceUsdPerBtc) =>
  conditions === null || priceUsdPerBtc === null ? conditions : { ...conditions, priceUsdPerBtc },
)

/** The network as shown: with what is being tried. */
export const selectMarket = memo([selectConditions, tryingChange, horizonDays], (conditions, change, days) =>
  conditions === null ? null : marketOf(conditions, { change, horizonDays: days }),
)

/** The network as it is. */
export const selectRealMarket = memo([selectRealConditions, horizonDays], (conditions, days) =>
  conditions === null ? null : marketOf(conditions, { change: null, horizonDays: days }),
)

/** Everything about the fleet under the network as shown; null while fleet or network are missing. */
export const selectPicture = memo([selectBasis, selectMarket], (basis, market) =>
  basis === null || market === null ? null : pictureOf(basis, market),
)

/** The same without what is being tried, to say what a trial changes. */
export const selectRealPicture = memo([selectRealBasis, selectRealMarket], (basis, market) =>
  basis === null || market === null ? null : pictureOf(basis, market),
)

/** What the strike line is cut from; it does not depend on the network. */
export const selectStrikeIndex = memo([selectBasis], (basis) =>
  basis === null ? null : prepareStrikeLine(basis),
)

/** The currency in which the reader wants to see money. */
export const selectCurrency = (state: Store) => state.settings?.currency ?? 'USD'

/** The rate of the reporting currency; null for USD, and where none is known: then money is shown in USD. */
export const selectReportingRate = (state: Store) => rateOf(state.network, selectCurrency(state))

/** How the screens write money: in the reporting currency, and in USD while its rate is not known. */
export const selectMoney = memo(
  [selectCurrency, (state: Store) => selectReportingRate(state)?.value ?? null],
  moneyOf,
)

const selectRatesUsed = memo([fleet, selectCurrency], (snapshot, reporting) =>
  ratesUsed(snapshot?.tariffs ?? [], reporting),
)

/** Values that margins and break-evens rest on and that are stale; a value that is being tried takes no part. */
export const selectStaleMargins = memo([network, selectRatesUsed, tryingPrice], (state, rates, tried) =>
  staleValues(state, MARGIN_VALUES, rates, tried === null ? [] : ['priceUsdPerBtc']),
)

/** The same for the advice, which rests on the running epoch too. */
export const selectStale = memo([network, selectRatesUsed, tryingPrice], (state, rates, tried) =>
  staleValues(state, ADVICE_VALUES, rates, tried === null ? [] : ['priceUsdPerBtc']),
)
