import type { Rounding } from './numbers.ts'
import { MISSING, number, THIN_SPACE } from './numbers.ts'

/** A dollar sign after the minus: `−$31.60`. */
function dollars(value: number, decimals: number, rounding: Rounding = 'nearest'): string {
  const figure = number(value, decimals, rounding)
  if (figure === MISSING) return MISSING
  return figure.startsWith('−') ? `−$${figure.slice(1)}` : `$${figure}`
}

/** Money with no more digits than matter: `$88 300`, `$412`, `$31.60`. */
export function usd(value: number): string {
  return dollars(value, Math.abs(value) >= 99.995 ? 0 : 2)
}

/** Money with cents whatever its size, for columns whose decimals should stand under each other. */
export function usdCents(value: number): string {
  return dollars(value, 2)
}

/** Whole dollars: the price of a bitcoin, what a fleet earns. */
export function usdWhole(value: number, rounding: Rounding = 'nearest'): string {
  return dollars(value, 0, rounding)
}

/** Hashprice in USD per PH/s and day, without its unit: `$34.50`. A break-even is rounded up: the safe side. */
export function usdPerPh(value: number, rounding: Rounding = 'nearest'): string {
  return dollars(value, 2, rounding)
}

/** A power price in USD/kWh, without its unit: `$0.0535`. A break-even is rounded down: the safe side. */
export function usdPerKwh(value: number, rounding: Rounding = 'nearest'): string {
  const figure = dollars(value, 4, rounding)
  // A tariff is quoted in tenths of a cent; the fourth place shows only where it says something.
  return figure.endsWith('0') ? figure.slice(0, -1) : figure
}

/** A cost of producing one bitcoin, rounded up: `$71 420`. */
export function usdCost(value: number): string {
  return dollars(value, 0, 'up')
}

/** Bitcoin with the digits that a day's production has: `0.148 BTC`, `12.4 BTC`. */
export function btc(value: number): string {
  if (!Number.isFinite(value)) return MISSING
  const size = Math.abs(value)
  const decimals = size === 0 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1 ? 3 : size >= 0.001 ? 5 : 8
  return `${number(value, decimals)} BTC`
}

/** A sum in bitcoin as whole satoshi: `39 070 sat`. */
export function sats(valueBtc: number): string {
  return Number.isFinite(valueBtc) ? `${number(valueBtc * 1e8)}${THIN_SPACE}sat` : MISSING
}
