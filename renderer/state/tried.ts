import type { Tried } from '#shared/domain/ahead/scenario.ts'
import { selectWantedPrice } from './selectors.ts'
import type { WindowState } from './store.ts'

/**
 * What is tried out, as a scenario holds it: a hashprice as the bitcoin price that makes it at the difficulty and fees of the moment.
 * Its price is NaN where a hashprice is tried and no price is known.
 */
export function triedOf(state: WindowState): Tried {
  const { priceUsdPerBtc, hashpriceUsdPerPhDay, change, sitePowerPrices } = state.whatIf
  const sites = state.fleet?.sites
  return {
    priceUsdPerBtc: hashpriceUsdPerPhDay === null ? priceUsdPerBtc : selectWantedPrice(state),
    change,
    sitePowerPrices: [...sitePowerPrices].flatMap(([key, powerPriceUsdPerKwh]) => {
      const site = sites?.name[sites.key.indexOf(key)]
      return site === undefined ? [] : [{ site, powerPriceUsdPerKwh }]
    }),
  }
}
