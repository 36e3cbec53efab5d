const NANO_DOLLARS = 1e9

/**
 * USD → whole nano-dollars, as money is stored; NaN and null (not given) → null.
 * Up to nine decimals come back exactly, because n / 1e9 is the double nearest to that decimal number.
 */
export function nanoDollars(usd: number | null): number | null {
  return usd === null || Number.isNaN(usd) ? null : Math.round(usd * NANO_DOLLARS)
}

/** Whole nano-dollars → USD; null → NaN (not given). */
export function usdFrom(nano: number | null): number {
  return nano === null ? NaN : nano / NANO_DOLLARS
}
