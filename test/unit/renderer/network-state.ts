import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'

export const NOON_MS = Date.UTC(2025, 10, 22, 12)
const HOUR_MS = 3_600_000

export const dated = (value: number, hoursAgo = 0, stale = false): DatedValue => ({
  value,
  source: 'mempool',
  asOfMs: NOON_MS - hoursAgo * HOUR_MS,
  fetchedAtMs: NOON_MS - hoursAgo * HOUR_MS,
  stale,
})

/** Everything known and fresh at noon, no rate of any currency. */
export const NETWORK_STATE: NetworkState = {
  readAtMs: NOON_MS,
  values: {
    height: dated(925_100),
    difficulty: dated(162.05e12),
    priceUsdPerBtc: dated(88_300),
    feesBtcPerBlock: dated(0.0201),
    epochBlocks: dated(1500),
    epochSeconds: dated(1500 * 632),
  },
  said: [],
  rates: {},
  previousAdjustments: [0.012],
  sources: [],
  refreshing: false,
}
