import type { Currency, RateLookup } from './currency.ts'
import type { Hosting } from './hosting.ts'
import type { MarketPrices } from './market-prices.ts'
import type { SiteContract } from './site-contract.ts'
import type { WeekPrices } from './tariff.ts'

/**
 * A contract with all its money in USD, prices of files too, and a sentence for each rate that was used.
 * @throws RangeError that names the site and the currency where no rate is known
 */
export function contractInUsd(
  site: string,
  contract: SiteContract,
  rateOf: RateLookup,
): { readonly contract: SiteContract; readonly notes: readonly string[] } {
  const used = new Map<Currency, string>()
  const rate = (currency: Currency): number => {
    if (currency === 'USD') return 1
    const known = rateOf(currency)
    if (known === null)
      throw new RangeError(
        `site ${site}, field currency: it is in ${currency}, and there is no rate of ${currency}; \`rates set ${currency} …\` sets what one is worth in USD`,
      )
    const day = new Date(known.asOfMs).toISOString().slice(0, 10)
    used.set(currency, `1 ${currency} is ${known.usdPerUnit} USD, as of ${day}.`)
    return known.usdPerUnit
  }
  const pricesIn = (prices: MarketPrices): MarketPrices => ({
    ...pricesTimes(prices, rate(prices.currency)),
    currency: 'USD',
  })
  const inUsd = { ...withMoney(contract, rate(contract.currency), pricesIn), currency: 'USD' } as const
  return { contract: inUsd, notes: [...used.values()] }
}

/** A contract in which everything that is paid or credited is so many times what it is, prices of files too. */
export const contractTimes = (contract: SiteContract, factor: number): SiteContract =>
  withMoney(contract, factor, (prices) => pricesTimes(prices, factor))

const pricesTimes = (prices: MarketPrices, factor: number): MarketPrices =>
  factor === 1 ? prices : { ...prices, perKwh: prices.perKwh.map((price) => price * factor) }

/** Money in the contract's own currency × `own`; prices of files as `pricesIn` has them. */
function withMoney(
  contract: SiteContract,
  own: number,
  pricesIn: (prices: MarketPrices) => MarketPrices,
): SiteContract {
  const { takeOrPay, market, tariffs, demandResponse, demandCharge, coincidentPeak, hosting } = contract
  const week = <T extends WeekPrices>(prices: T): T => ({
    ...prices,
    baseUsdPerKwh: prices.baseUsdPerKwh * own,
    periods: prices.periods.map((period) => ({ ...period, usdPerKwh: period.usdPerKwh * own })),
  })
  return {
    ...contract,
    market:
      market === null
        ? null
        : { ...market, ...pricesIn(market), adderUsdPerKwh: market.adderUsdPerKwh * own },
    tariffs: tariffs.map((version) => ({
      ...week(version),
      seasons: version.seasons.map(week),
      tiers: version.tiers.map((tier) => ({ ...tier, usdPerKwh: tier.usdPerKwh * own })),
    })),
    takeOrPay: takeOrPay && {
      ...takeOrPay,
      handBackUsdPerKwh: takeOrPay.handBackUsdPerKwh * own,
      handBack: takeOrPay.handBack && pricesIn(takeOrPay.handBack),
      committedUsdPerKwh: takeOrPay.committedUsdPerKwh === null ? null : takeOrPay.committedUsdPerKwh * own,
    },
    demandResponse: demandResponse && {
      ...demandResponse,
      creditUsdPerKwMonth: demandResponse.creditUsdPerKwMonth * own,
      events: demandResponse.events.map((event) => ({
        ...event,
        usdPerKwh: event.usdPerKwh === null ? null : event.usdPerKwh * own,
      })),
    },
    demandCharge: demandCharge && { ...demandCharge, usdPerKwMonth: demandCharge.usdPerKwMonth * own },
    coincidentPeak: coincidentPeak && { ...coincidentPeak, usdPerKwYear: coincidentPeak.usdPerKwYear * own },
    hosting: hosting && hostingIn(hosting, own),
  }
}

function hostingIn(hosting: Hosting, rate: number): Hosting {
  switch (hosting.model) {
    case 'flat':
      return { ...hosting, usdPerMonth: hosting.usdPerMonth * rate }
    case 'per-kwh':
      return { ...hosting, usdPerKwh: hosting.usdPerKwh * rate }
    case 'revenue-share':
    case 'profit-share':
      return hosting
  }
}
