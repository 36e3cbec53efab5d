/**
 * A run of days with one expected hashprice: from now, from an adjustment or from a halving to the next of these, or to the end of
 * the horizon.
 */
export type Stage = {
  /** what it begins with; the first begins now */
  readonly opensWith: 'now' | 'adjustment' | 'halving'
  /** its beginning, unix ms; NaN where no date is known */
  readonly fromMs: number
  /** length inside the horizon, above 0 */
  readonly days: number
  readonly subsidyBtc: number
  readonly difficulty: number
  readonly hashpriceUsdPerPhDay: number
}
