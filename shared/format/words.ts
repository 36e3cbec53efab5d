import type { SourceName } from '#shared/ipc/sources.ts'
import { SOURCES } from '#shared/ipc/sources.ts'
import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'

export const STATUS_WORDS: Readonly<Record<MachineStatus, string>> = {
  running: 'Running',
  off: 'Off',
  repair: 'In repair',
}

/** What stands beside a value: the first four are no servers. */
const SOURCE_WORDS: Readonly<Record<SourceName | 'sample' | 'typed' | 'imported' | 'computed', string>> = {
  sample: 'sample',
  typed: 'typed by hand',
  imported: 'imported file',
  computed: 'computed',
  bitcoind: 'own node',
  mempool: 'mempool',
  kraken: 'Kraken',
  coingecko: 'CoinGecko',
  coinbase: 'Coinbase',
  coinmetrics: 'Coin Metrics',
  blockchaininfo: 'blockchain.info',
}

/** Where a value came from, as shown beside it; a source that is not known keeps its name. */
export function sourceWord(source: string): string {
  return Object.hasOwn(SOURCE_WORDS, source) ? SOURCE_WORDS[source as keyof typeof SOURCE_WORDS] : source
}

/** What must be said where values of these sources are shown, each once; nothing for sources that ask for none. */
export function attributionsOf(sources: readonly string[]): readonly string[] {
  const said = sources.flatMap((name) =>
    Object.hasOwn(SOURCES, name) ? (SOURCES[name as SourceName].attribution ?? []) : [],
  )
  return [...new Set(said)]
}

/** The source beside a value: by the words that it asks for, else by its own word. */
export function creditWord(source: string): string {
  return attributionsOf([source])[0] ?? sourceWord(source)
}
