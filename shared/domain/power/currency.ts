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

/** What one unit of a currency was worth in USD about 2025. Only bounds that catch slips follow from it, no amount. */
export const TYPICAL_USD_PER_UNIT: Readonly<Record<ForeignCurrency, number>> = {
  EUR: 1.12,
  GBP: 1.3,
  CAD: 0.72,
  AUD: 0.65,
  CHF: 1.2,
  JPY: 0.0067,
  NOK: 0.097,
  SEK: 0.1,
  BRL: 0.18,
  CNY: 0.14,
  RUB: 0.012,
  KZT: 0.002,
  PYG: 0.00013,
  AED: 0.2723,
}

/** Wide enough for a currency crisis and too narrow for a slip of two digits. */
const RANGE_FACTOR = 8

/** Bounds of USD per unit: beyond them the unit is wrong, or the currency has changed by an order of magnitude. */
export function rateLimits(currency: ForeignCurrency): readonly [min: number, max: number] {
  const typical = TYPICAL_USD_PER_UNIT[currency]
  return [typical / RANGE_FACTOR, typical * RANGE_FACTOR]
}

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

/** A rate and when it was true: what one unit is worth in USD. */
export type DatedRate = Pick<RateRow, 'usdPerUnit' | 'asOfMs'>

/** The rate of a currency that counts, null where none is known. */
export type RateLookup = (currency: ForeignCurrency) => DatedRate | null

/** What one USD was worth about 2025, in units of a currency, rounded up to a power of ten: it scales bounds, no amount. */
export function unitsPerUsdAtMost(currency: Currency): number {
  return currency === 'USD' ? 1 : 10 ** Math.ceil(-Math.log10(TYPICAL_USD_PER_UNIT[currency]))
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
