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
  const own = rate(contract.currency)
  const { takeOrPay, market, tariffs, demandResponse, demandCharge, coincidentPeak, hosting } = contract
  const pricesIn = (prices: MarketPrices): MarketPrices => {
    const unit = rate(prices.currency)
    return unit === 1
      ? prices
      : { ...prices, currency: 'USD', perKwh: prices.perKwh.map((price) => price * unit) }
  }
  const week = <T extends WeekPrices>(prices: T): T => ({
    ...prices,
    baseUsdPerKwh: prices.baseUsdPerKwh * own,
    periods: prices.periods.map((period) => ({ ...period, usdPerKwh: period.usdPerKwh * own })),
  })
  const inUsd: SiteContract = {
    ...contract,
    currency: 'USD',
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
  return { contract: inUsd, notes: [...used.values()] }
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
