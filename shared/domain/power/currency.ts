import { CLOCK_TOLERANCE_MS } from '../chain/clock.ts'

/**
 * Money in other currencies. Formulas compute in USD; a currency is only how a site's tariff is written and how a reader
 * wants to see the result.
 */

/** Reporting currencies, ISO 4217. */
export const CURRENCIES = [
  'USD',
  'EUR',
  'GBP',
  'CAD',
  'AUD',
  'CHF',
  'JPY',
  'NOK',
  'SEK',
  'BRL',
  'CNY',
  'RUB',
  'KZT',
  'PYG',
  'AED',
] as const
export type Currency = (typeof CURRENCIES)[number]
/** Those that need a rate. */
export type ForeignCurrency = Exclude<Currency, 'USD'>
export const FOREIGN_CURRENCIES = CURRENCIES.filter((currency) => currency !== 'USD')

/** What one unit of a currency is worth, as a source gave it or as it was typed (source 'typed'). */
export type RateRow = {
  readonly currency: ForeignCurrency
  /** USD per 1 unit of the currency: 1.08 for EUR, 0.0066 for JPY */
  readonly usdPerUnit: number
  readonly source: string
  /** when the rate was true, unix ms */
  readonly asOfMs: number
  /** when we got it, unix ms */
  readonly fetchedAtMs: number
}

/**
 * The one rate of a currency that counts: a typed one, else the youngest by the moment at which it was true (of equal ones
 * the first of `rows`). A date in the future says nothing about age: such rows come last. null where there is none.
 */
export function rateInForce(
  rows: readonly RateRow[],
  currency: ForeignCurrency,
  nowMs: number,
): RateRow | null {
  const known = rows.filter((row) => row.currency === currency)
  const trueAtMs = ({ asOfMs }: RateRow) => (asOfMs > nowMs + CLOCK_TOLERANCE_MS ? -Infinity : asOfMs)
  return (
    known.find((row) => row.source === 'typed') ??
    known.reduce<RateRow | null>(
      (youngest, row) => (youngest === null || trueAtMs(row) > trueAtMs(youngest) ? row : youngest),
      null,
    )
  )
}

export function isForeignCurrency(text: string): text is ForeignCurrency {
  return (FOREIGN_CURRENCIES as readonly string[]).includes(text)
}

/** What a site pays per kWh in a currency of its own; powerPricePerKwh null: not given. */
export type CurrencyTariff = {
  readonly currency: ForeignCurrency
  readonly powerPricePerKwh: number | null
  readonly otherPerKwh: number
}

/**
 * A tariff in USD/kWh: amount × rate. NaN where the price or the rate (`usdPerUnit` null) is not known; only another cost of 0
 * is 0 in any currency.
 */
export function tariffInUsd(
  { powerPricePerKwh, otherPerKwh }: CurrencyTariff,
  usdPerUnit: number | null,
): { readonly powerPriceUsdPerKwh: number; readonly otherUsdPerKwh: number } {
  const rate = usdPerUnit ?? NaN
  return {
    powerPriceUsdPerKwh: (powerPricePerKwh ?? NaN) * rate,
    otherUsdPerKwh: otherPerKwh === 0 ? 0 : otherPerKwh * rate,
  }
}
