import type { SourceName } from '#shared/ipc/sources.ts'
import { bitcoind } from './bitcoind.ts'
import { mempool } from './mempool.ts'
import { coinbase, coingecko, kraken } from './prices.ts'
import type { Provider } from './provider.ts'

/** One provider per source, and new ones per service: a provider may remember settled blocks. */
export const createProviders = (): Readonly<Record<SourceName, Provider>> => ({
  bitcoind: bitcoind(),
  mempool,
  kraken,
  coingecko,
  coinbase,
  // These two know the past alone, see history/.
  coinmetrics: { name: 'coinmetrics', parts: [] },
  blockchaininfo: { name: 'blockchaininfo', parts: [] },
})
