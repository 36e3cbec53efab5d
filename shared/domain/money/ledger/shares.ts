/** Whole numbers that are shared out without losing one. */

/** total · part / whole to the nearest whole number, halves away from 0; exact however large. */
export function roundedShare(total: number, part: number, whole: number): number {
  if (whole === 0) return 0
  const product = total * part
  if (Number.isSafeInteger(product) && Math.abs(product) < Number.MAX_SAFE_INTEGER / 2)
    return roundedRatio(product, whole)
  const sign = product < 0 !== whole < 0 ? -1 : 1
  const up = BigInt(Math.abs(total)) * BigInt(Math.abs(part))
  const down = BigInt(Math.abs(whole))
  return sign * Number((2n * up + down) / (2n * down)) + 0
}

function roundedRatio(up: number, down: number): number {
  const sign = up < 0 !== down < 0 ? -1 : 1
  const [high, low] = [Math.abs(up), Math.abs(down)]
  const rest = high % low
  return sign * ((high - rest) / low + (2 * rest >= low ? 1 : 0)) + 0
}

/** The share of days from..to (counted from 0, `to` not included) of what is spread evenly over `days`: neighbours add up exactly. */
export const spreadShare = (total: number, from: number, to: number, days: number): number =>
  roundedShare(total, to, days) - roundedShare(total, from, days)

/** The nearest whole number, halves away from 0. */
export const rounded = (value: number): number => (value < 0 ? 0 - Math.round(-value) : Math.round(value))

/** What satoshi are worth, USD cents. */
export const valueUsdCents = (sat: number, usdPerBtc: number): number => rounded((sat * usdPerBtc) / 1e6)
