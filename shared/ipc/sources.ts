import type { DailyColumn } from '#shared/domain/signals/daily-series.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'

/** Where values of the network come from. The text is what a screen says beside the source. */
export type Source = {
  readonly title: string
  /** what may be done with its answers, in a sentence */
  readonly terms: string
  /** must be shown where its values are */
  readonly attribution: string | null
  /** false: its terms are narrow, so it is asked only after the operator adds it to the order */
  readonly onByDefault: boolean
  /** empty: there is none, the operator types it */
  readonly defaultUrl: string
  readonly offers: readonly NetworkValueName[]
  /** columns of the daily history that it can fill; 'epochs': difficulty epochs */
  readonly past: readonly (DailyColumn | 'epochs')[]
  /** gives exchange rates */
  readonly rates: boolean
}

export const SOURCES = {
  bitcoind: {
    title: 'Own Bitcoin Core node',
    terms: 'Your own node: no restriction.',
    attribution: null,
    onByDefault: true,
    defaultUrl: '',
    offers: ['height', 'difficulty', 'feesBtcPerBlock', 'epochBlocks', 'epochSeconds'],
    past: ['epochs', 'hashrateEhs', 'issuanceBtc'],
    rates: false,
  },
  mempool: {
    title: 'mempool.space, or your own mempool server',
    terms: 'mempool.space gives its data as is, without warranty; excessive use may be banned.',
    attribution: null,
    onByDefault: true,
    defaultUrl: 'https://mempool.space/api',
    offers: ['height', 'difficulty', 'priceUsdPerBtc', 'feesBtcPerBlock', 'epochBlocks', 'epochSeconds'],
    past: ['epochs', 'priceUsd', 'hashrateEhs', 'issuanceBtc', 'feesBtc'],
    rates: true,
  },
  kraken: {
    title: 'Kraken',
    terms: 'Public market data of Kraken, without a published licence.',
    attribution: null,
    onByDefault: true,
    defaultUrl: 'https://api.kraken.com/0/public',
    offers: ['priceUsdPerBtc'],
    past: ['priceUsd'],
    rates: false,
  },
  coingecko: {
    title: 'CoinGecko',
    terms: 'Free without a key at a low rate; the attribution must be shown.',
    attribution: 'Powered by CoinGecko',
    onByDefault: true,
    defaultUrl: 'https://api.coingecko.com/api/v3',
    offers: ['priceUsdPerBtc'],
    past: [],
    rates: true,
  },
  coinbase: {
    title: 'Coinbase',
    terms:
      'Market data exclusively for you or your entity’s personal or research purposes; not to be passed on or shown to third parties.',
    attribution: null,
    onByDefault: false,
    defaultUrl: 'https://api.coinbase.com/v2',
    offers: ['priceUsdPerBtc'],
    past: [],
    rates: true,
  },
  coinmetrics: {
    title: 'Coin Metrics, community data',
    terms: 'Creative Commons BY-NC 4.0: with attribution, not for commercial use.',
    attribution: 'Data: Coin Metrics, CC BY-NC 4.0',
    onByDefault: false,
    defaultUrl: 'https://community-api.coinmetrics.io/v4',
    offers: [],
    past: ['priceUsd', 'hashrateEhs', 'difficulty', 'issuanceBtc', 'feesBtc', 'marketCapUsd'],
    rates: false,
  },
  blockchaininfo: {
    title: 'blockchain.info charts',
    terms: 'For your personal, lawful, non-commercial use only.',
    attribution: null,
    onByDefault: false,
    defaultUrl: 'https://api.blockchain.info',
    offers: [],
    past: ['priceUsd', 'hashrateEhs', 'transferValueUsd'],
    rates: false,
  },
} as const satisfies Record<string, Source>

export type SourceName = keyof typeof SOURCES
export const SOURCE_NAMES = Object.keys(SOURCES) as readonly SourceName[]

/** The default order: own servers before public ones. */
export const DEFAULT_SOURCE_ORDER = SOURCE_NAMES.filter((name) => SOURCES[name].onByDefault).join(',')

const isSourceName = (name: string): name is SourceName => Object.hasOwn(SOURCES, name)
const partsOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')

/** Reads an order such as "bitcoind, mempool, kraken"; unknown names are left out, a repeated one counts once. */
export function sourceOrder(text: string): readonly SourceName[] {
  return [...new Set(partsOf(text))].filter(isSourceName)
}

/** What is wrong with an order as a sentence, null where nothing is. */
export function sourceOrderFault(text: string): string | null {
  const unknown = partsOf(text).find((part) => !isSourceName(part))
  return unknown === undefined
    ? null
    : `"${unknown}" is not a source; the sources are ${SOURCE_NAMES.join(', ')}`
}
