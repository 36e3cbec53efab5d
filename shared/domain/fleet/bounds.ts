/**
 * Bounds that catch a slip of unit (cents for dollars, percent for a fraction), not a judgement of value. Apart from
 * the schemas, so that a form of the window can check them without loading a schema library.
 */
export const BOUNDS = {
  powerPriceUsdPerKwh: [-1, 1],
  otherUsdPerKwh: [-1, 1],
  overhead: [0, 2],
  quantity: [1, 1_000_000],
  hashrateThs: [0, 100_000],
  powerW: [0, 1_000_000],
  uptime: [0, 1],
  poolFee: [0, 1],
  hostShare: [0, 1],
  standbyW: [0, 100_000],
  fixedUsdPerDay: [0, 100_000],
  restartUsd: [0, 100_000],
} as const
export type Bounded = keyof typeof BOUNDS
