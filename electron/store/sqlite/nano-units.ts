const NANO = 1e9

/**
 * An amount of money → whole nano-units of its currency, as money is stored; NaN and null (not given) → null.
 * Up to nine decimals come back exactly, because n / 1e9 is the double nearest to that decimal number.
 */
export function nanoUnits(amount: number | null): number | null {
  return amount === null || Number.isNaN(amount) ? null : Math.round(amount * NANO)
}

/** Whole nano-units → amount; null → NaN (not given). */
export function amountFrom(nano: number | null): number {
  return nano === null ? NaN : nano / NANO
}
