import type { Currency } from '#shared/domain/power/currency.ts'
import { MISSING, number } from './numbers.ts'

/** Significant digits of a rate. */
const DIGITS = 5

/** What one unit of a currency is worth in another, without its unit: `1.0842`, `0.0066321`, `7 812.3`. */
export function exchangeRate(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return MISSING
  return number(value, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(value))))
}

/** Made when one is asked for: it reads a large table. */
let names: Intl.DisplayNames | null = null

/** The name of a currency: `Euro`, `Norwegian Krone`. */
export function currencyName(currency: Currency): string {
  names ??= new Intl.DisplayNames('en', { type: 'currency' })
  return names.of(currency) ?? currency
}

/** The name of a language: `German`, `Brazilian Portuguese`. */
export function languageName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code
}
