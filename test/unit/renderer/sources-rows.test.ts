import { describe, expect, it } from 'vitest'
import type { NetworkState, SaidValue } from '#shared/ipc/schemas/network.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { SOURCE_NAMES, sourceOrder, SOURCES } from '#shared/ipc/sources.ts'
import { attributionsOf, creditWord, sourceWord } from '#shared/format/words.ts'
import { saidOf, saidWords } from '#renderer/screens/data/said-rows.ts'
import {
  moved,
  offerWords,
  pauseWords,
  placeWords,
  sourceRows,
  stateWords,
  switched,
} from '#renderer/screens/data/source-rows.ts'

const NOW_MS = Date.UTC(2025, 10, 26, 12)
const MINUTE_MS = 60_000

const network = (sources: NetworkState['sources']): NetworkState => ({
  readAtMs: NOW_MS,
  values: {
    height: null,
    difficulty: null,
    priceUsdPerBtc: null,
    feesBtcPerBlock: null,
    epochBlocks: null,
    epochSeconds: null,
  },
  said: [],
  rates: {},
  previousAdjustments: [],
  sources,
  refreshing: false,
})

const status = (name: string, more: Partial<NetworkState['sources'][number]> = {}) => ({
  name,
  url: 'http://127.0.0.1:1',
  lastSuccessMs: null,
  lastError: null,
  notBeforeMs: null,
  ...more,
})

const ORDERED = { ...DEFAULT_SETTINGS, networkOrder: 'kraken, mempool' }
const rowOf = (name: string, state: NetworkState | null, settings = ORDERED) =>
  sourceRows(settings, state).find((row) => row.name === name)!

describe('rows of sources', () => {
  it('shows every source once: those that are asked in the operator’s order, then those that are off', () => {
    const rows = sourceRows(ORDERED, null)
    expect(rows.map(({ name, place }) => [name, place])).toEqual([
      ['kraken', 1],
      ['mempool', 2],
      ['bitcoind', null],
      ['coingecko', null],
      ['coinbase', null],
      ['coinmetrics', null],
      ['blockchaininfo', null],
    ])
  })

  it('leaves sources with narrow terms off until they are switched on', () => {
    const off = sourceRows(DEFAULT_SETTINGS, null).flatMap(({ name, place }) => (place === null ? name : []))
    expect(off).toEqual(['coinbase', 'coinmetrics', 'blockchaininfo'])
  })

  it('takes address and status of the source itself', () => {
    const settings = { ...ORDERED, krakenUrl: 'http://127.0.0.1:9' }
    const state = network([status('mempool', { lastError: 'no answer' }), status('kraken')])
    expect(rowOf('kraken', state, settings)).toMatchObject({
      addressField: 'krakenUrl',
      url: 'http://127.0.0.1:9',
      status: { name: 'kraken', lastError: null },
    })
    expect(rowOf('coinbase', state, settings).status).toBeNull()
  })

  it('says how a source is', () => {
    const state = network([
      status('mempool', { lastSuccessMs: NOW_MS - 2 * MINUTE_MS, notBeforeMs: NOW_MS + MINUTE_MS }),
      status('kraken', { notBeforeMs: NOW_MS - MINUTE_MS }),
    ])
    const plain = (text: string) => text.replaceAll('\u202f', ' ')
    expect(plain(stateWords(rowOf('mempool', state), NOW_MS))).toBe('Answered 2 min ago.')
    expect(stateWords(rowOf('kraken', state), NOW_MS)).toBe('No answer yet.')
    expect(stateWords(rowOf('coinbase', state), NOW_MS)).toBe('Off: not asked.')
    expect(pauseWords(rowOf('mempool', state), NOW_MS)).toMatch(/^Not asked again before .*2025/)
    expect(pauseWords(rowOf('kraken', state), NOW_MS)).toBeNull()
    const all = { ...DEFAULT_SETTINGS, networkOrder: SOURCE_NAMES.join(',') }
    expect(stateWords(rowOf('bitcoind', null, all), NOW_MS)).toBe('No address: not asked.')
    expect(stateWords(rowOf('coinmetrics', null, all), NOW_MS)).toBe('Asked when the history is filled.')
  })

  it('says what each source gives', () => {
    expect(offerWords(SOURCES.bitcoind)).toEqual([
      'Now: block height, difficulty, fees, pace of the epoch',
      'History: difficulty epochs, network hashrate, new coins',
    ])
    expect(offerWords(SOURCES.coingecko)).toEqual(['Now: price, exchange rates'])
    for (const name of SOURCE_NAMES) expect(offerWords(SOURCES[name]), name).not.toEqual([])
  })

  it('names each attribution once, and none for values that need none', () => {
    expect(attributionsOf(['coingecko', 'typed', 'kraken', 'coingecko', 'toString'])).toEqual([
      'Powered by CoinGecko',
    ])
    expect(attributionsOf(['imported', 'computed'])).toEqual([])
    expect(['coingecko', 'kraken', 'typed'].map(creditWord)).toEqual([
      'Powered by CoinGecko',
      'Kraken',
      'typed by hand',
    ])
  })
})

describe('order of asking', () => {
  const order = sourceOrder('bitcoind,mempool,kraken')

  it('moves one source a place and leaves the others as they stand', () => {
    expect(moved(order, 'kraken', -1)).toEqual(['bitcoind', 'kraken', 'mempool'])
    expect(moved(order, 'bitcoind', 1)).toEqual(['mempool', 'bitcoind', 'kraken'])
  })

  it('changes nothing at the ends, and for a source that is off', () => {
    expect(moved(order, 'bitcoind', -1)).toEqual(order)
    expect(moved(order, 'kraken', 1)).toEqual(order)
    expect(moved(order, 'coinbase', -1)).toEqual(order)
  })

  it('switches a source on as the last one, and off', () => {
    expect(switched(order, 'coinbase', true)).toEqual([...order, 'coinbase'])
    expect(switched(order, 'mempool', false)).toEqual(['bitcoind', 'kraken'])
    expect(switched(order, 'kraken', true)).toEqual(order)
    expect(switched(['kraken'], 'kraken', false)).toEqual([])
  })

  it('says what became of the source', () => {
    expect(placeWords(order, 'mempool')).toBe('mempool is asked in place 2 of 3.')
    expect(placeWords(order, 'coinbase')).toBe('Coinbase is off.')
  })
})

describe('which source said what', () => {
  const said = (source: string, more: Partial<SaidValue> = {}): SaidValue => ({
    name: 'priceUsdPerBtc',
    value: 88_300,
    source,
    asOfMs: NOW_MS,
    fetchedAtMs: NOW_MS,
    stale: false,
    inForce: false,
    refused: null,
    ...more,
  })
  const all = [
    said('coinbase', { refused: 'it is 12 % from the median of the others' }),
    said('coingecko', { stale: true }),
    said('mempool', { asOfMs: NOW_MS - MINUTE_MS }),
    said('kraken', { inForce: true, asOfMs: NOW_MS - 3 * MINUTE_MS }),
    said('coinmetrics'),
    said('bitcoind', { name: 'height' }),
  ]

  it('begins with the one that counts and ends with what was kept out', () => {
    expect(saidOf(all, 'priceUsdPerBtc').map(({ source }) => source)).toEqual([
      'kraken',
      'coinmetrics',
      'mempool',
      'coingecko',
      'coinbase',
    ])
    expect(saidOf(all, 'difficulty')).toEqual([])
  })

  it('says what became of each, and why one was kept out', () => {
    expect(all.slice(0, 4).map(saidWords)).toEqual([
      'kept out: it is 12 % from the median of the others',
      'stale',
      'stands by',
      'in force',
    ])
    expect(saidWords(said('typed', { inForce: true, stale: true }))).toBe('in force, stale')
    // what was kept out never reads as in force
    expect(saidWords(said('mempool', { inForce: true, refused: 'no' }))).toBe('kept out: no')
  })
})

describe('names of sources', () => {
  it('are words, for servers and for what is none', () => {
    expect(['imported', 'computed', 'kraken', 'bitcoind', 'typed'].map(sourceWord)).toEqual([
      'imported file',
      'computed',
      'Kraken',
      'own node',
      'typed by hand',
    ])
  })

  it('stay as they are where the source is not known', () => {
    expect(sourceWord('elsewhere')).toBe('elsewhere')
    expect(sourceWord('constructor')).toBe('constructor')
  })
})
