import type { SourceName } from '#shared/ipc/sources.ts'
import { bitcoindHistory } from './bitcoind.ts'
import { blockchaininfoHistory } from './blockchaininfo.ts'
import { coinmetricsHistory } from './coinmetrics.ts'
import { krakenHistory } from './kraken.ts'
import { mempoolHistory } from './mempool.ts'
import type { HistoryPart } from './part.ts'

/** What each source tells of the past, in the order in which it is asked. */
export const HISTORY_PARTS: Readonly<Record<SourceName, readonly HistoryPart[]>> = {
  bitcoind: bitcoindHistory,
  mempool: mempoolHistory,
  kraken: krakenHistory,
  coingecko: [],
  coinbase: [],
  coinmetrics: coinmetricsHistory,
  blockchaininfo: blockchaininfoHistory,
}
