/** The values that the network gives us. Each is kept with its own source and time. */
export const NETWORK_VALUE_NAMES = [
  'height',
  'difficulty',
  'priceUsdPerBtc',
  'feesBtcPerBlock',
  'epochBlocks',
  'epochSeconds',
] as const
export type NetworkValueName = (typeof NETWORK_VALUE_NAMES)[number]

/**
 * What no source gives and a person may type: today's hashprice as a whole, and beside it the next adjustment as its change (a fraction)
 * and its moment (unix ms).
 */
export const HAND_VALUE_NAMES = ['hashpriceUsdPerPhDay', 'nextChange', 'nextAdjustmentMs'] as const
export type HandValueName = (typeof HAND_VALUE_NAMES)[number]
