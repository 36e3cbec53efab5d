import type { Currency } from '#shared/domain/power/currency.ts'
import type { Money } from '#shared/format/money.ts'
import { moneyIn } from '#shared/format/money.ts'
import type { DatedValue, NetworkState } from './schemas/network.ts'

/** What one unit of a currency is worth in USD, with source and time; null where it is not known, and for USD, which needs none. */
export function rateOf(network: NetworkState | null, currency: Currency): DatedValue | null {
  return currency === 'USD' ? null : (network?.rates[currency] ?? null)
}

/**
 * How money is written for a reader who wants this currency. Without a rate it is USD: a figure is never converted at a rate
 * that nobody gave.
 * @param priceUsdPerBtc at which a hashprice is told in satoshi where that is wanted; null: not known
 */
export function moneyOf(
  currency: Currency,
  usdPerUnit: number | null,
  priceUsdPerBtc: number | null = null,
): Money {
  return usdPerUnit === null
    ? moneyIn('USD', 1, priceUsdPerBtc)
    : moneyIn(currency, usdPerUnit, priceUsdPerBtc)
}

/** The same from what is known of the network, outside of the window. */
export function reportingMoney(network: NetworkState, currency: Currency): Money {
  return moneyOf(
    currency,
    rateOf(network, currency)?.value ?? null,
    network.values.priceUsdPerBtc?.value ?? null,
  )
}
