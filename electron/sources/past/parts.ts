import type { SourceName } from '#shared/ipc/sources.ts'
import { bitcoindPastParts } from './bitcoind.ts'
import { blockchaininfoPastParts } from './blockchaininfo.ts'
import { coinmetricsPastParts } from './coinmetrics.ts'
import { krakenPastParts } from './kraken.ts'
import { mempoolPastParts } from './mempool.ts'
import type { PastPart } from './part.ts'

/** What each source tells of the past, in the order in which it is asked. */
export const HISTORY_PARTS: Readonly<Record<SourceName, readonly PastPart[]>> = {
  bitcoind: bitcoindPastParts,
  mempool: mempoolPastParts,
  kraken: krakenPastParts,
  coingecko: [],
  coinbase: [],
  coinmetrics: coinmetricsPastParts,
  blockchaininfo: blockchaininfoPastParts,
}
