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
