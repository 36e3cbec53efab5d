/** Between what the figures lie that a report is told of finance. */
export const FINANCE_BOUNDS = {
  generalUsdPerDay: [0, 1e12],
  demandResponseCreditsUsdPerDay: [0, 1e12],
  /** a fraction: 0.12 is 12 % a year */
  discountRatePerYear: [-0.99, 100],
  treasuryBtc: [0, 21_000_000],
  /** 0..1 */
  treasuryShareHeld: [0, 1],
  treasuryMarkUsdPerBtc: [0.01, 1e9],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>
export type FinanceField = keyof typeof FINANCE_BOUNDS
