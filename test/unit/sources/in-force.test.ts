import { describe, expect, test } from 'vitest'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { conditionsOf, missingValues } from '#shared/ipc/conditions.ts'
import { DEFAULT_SOURCE_ORDER, sourceOrder, sourceOrderFault, SOURCES } from '#shared/ipc/sources.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '#shared/ipc/schemas/settings.ts'
import { askedSources } from '#electron/sources/ask.ts'
import type { StoredValue } from '#electron/sources/in-force.ts'
import { valuesInForce } from '#electron/sources/in-force.ts'
import { NOW_MS } from './servers.ts'

const MINUTE = 60_000
const price = (source: string, value: number, ageMs = 0): StoredValue => ({
  name: 'priceUsdPerBtc',
  value,
  source,
  asOfMs: NOW_MS - ageMs,
  fetchedAtMs: NOW_MS,
})
const inForce = (rows: readonly StoredValue[], order = ['mempool', 'kraken']) =>
  valuesInForce(rows, order, NOW_MS).priceUsdPerBtc

describe('one value out of many', () => {
  test('nothing is null', () => {
    expect(inForce([])).toBeNull()
  })
  test('the first fresh one in the order', () => {
    const rows = [price('kraken', 2), price('mempool', 1)]
    expect(inForce(rows)).toMatchObject({ value: 1, source: 'mempool', stale: false })
    expect(inForce(rows, ['kraken', 'mempool'])).toMatchObject({ value: 2, source: 'kraken' })
  })
  test('a stale one gives way to a fresh one further back', () => {
    expect(inForce([price('mempool', 1, 31 * MINUTE), price('kraken', 2)])).toMatchObject({ value: 2 })
  })
  test('where all are stale, the youngest, marked', () => {
    const rows = [price('mempool', 1, 90 * MINUTE), price('kraken', 2, 40 * MINUTE)]
    expect(inForce(rows)).toMatchObject({ value: 2, stale: true })
  })
  test('one of a source that is no longer asked only where there is nothing else', () => {
    expect(inForce([price('coinbase', 3), price('mempool', 1)])).toMatchObject({ value: 1 })
    expect(inForce([price('coinbase', 3)])).toMatchObject({ value: 3, stale: false })
  })
  test('one from the future is stale and comes last', () => {
    const future = price('mempool', 1, -60 * MINUTE)
    expect(inForce([future])).toMatchObject({ value: 1, stale: true })
    expect(inForce([future, price('kraken', 2, 90 * MINUTE)])).toMatchObject({ value: 2, stale: true })
  })
  test('a typed one wins and does not go stale', () => {
    const rows = [price('mempool', 1), price('typed', 5, 900 * MINUTE)]
    expect(inForce(rows)).toMatchObject({ value: 5, source: 'typed', stale: false })
  })
  test.each([
    ['height', 120],
    ['difficulty', 120],
    ['priceUsdPerBtc', 30],
    ['feesBtcPerBlock', 1440],
    ['epochSeconds', 120],
  ] as const)('%s is stale after %d minutes', (name, minutes) => {
    const stale = (ageMs: number) =>
      valuesInForce([{ ...price('mempool', 1, ageMs), name }], [], NOW_MS)[name]?.stale
    expect(stale(minutes * MINUTE)).toBe(false)
    expect(stale(minutes * MINUTE + 1)).toBe(true)
  })
})

describe('the order of the sources', () => {
  test('is read forgivingly, and what is unknown is named', () => {
    expect(sourceOrder(' Kraken, mempool,kraken,')).toEqual(['kraken', 'mempool'])
    expect(sourceOrderFault('mempool,krakn')).toContain(
      '"krakn" is not a source; the sources are bitcoind, mempool',
    )
    expect(settingsSchema.partial().safeParse({ networkOrder: 'krakn' }).success).toBe(false)
    expect(settingsSchema.partial().safeParse({ networkOrder: '' }).success).toBe(true)
  })
  test('by default leaves out what has narrow terms, and a node that has no address', () => {
    expect(DEFAULT_SOURCE_ORDER).toBe('bitcoind,mempool,kraken,coingecko')
    expect(SOURCES.coinbase.onByDefault).toBe(false)
    expect(askedSources(DEFAULT_SETTINGS).map(({ name }) => name)).toEqual(['mempool', 'kraken', 'coingecko'])
  })
  test('all default addresses may be asked', () => {
    const all = askedSources({ ...DEFAULT_SETTINGS, networkOrder: 'coinbase,mempool,kraken,coingecko' })
    expect(all.map(({ addressFault }) => addressFault)).toEqual([null, null, null, null])
  })
})

describe('what the formulas compute on', () => {
  const dated = (value: number, ageMs = 0) => ({
    value,
    source: 'mempool',
    asOfMs: NOW_MS - ageMs,
    fetchedAtMs: NOW_MS - ageMs,
    stale: false,
  })
  const state: NetworkState = {
    readAtMs: NOW_MS,
    values: {
      height: dated(970_000),
      difficulty: dated(1.327e14),
      priceUsdPerBtc: dated(85_850),
      feesBtcPerBlock: dated(0.02),
      epochBlocks: dated(304, MINUTE),
      epochSeconds: dated(185_000, MINUTE),
    },
    said: [],
    rates: {},
    previousAdjustments: [-0.0003, 0.0125],
    sources: [],
    refreshing: false,
  }
  const having = (values: Partial<NetworkState['values']>) => ({
    ...state,
    values: { ...state.values, ...values },
  })

  test('is all there', () => {
    expect(conditionsOf(state)).toEqual({
      height: 970_000,
      difficulty: 1.327e14,
      priceUsdPerBtc: 85_850,
      feesBtcPerBlock: 0.02,
      epoch: { blocks: 304, seconds: 185_000 },
      previousAdjustments: [-0.0003, 0.0125],
      atMs: NOW_MS - MINUTE,
    })
    expect(missingValues(state)).toEqual([])
  })
  test('is null where a value is missing, and the missing ones are named', () => {
    const lacking = having({ priceUsdPerBtc: null, feesBtcPerBlock: null })
    expect(conditionsOf(lacking)).toBeNull()
    expect(missingValues(lacking)).toEqual(['priceUsdPerBtc', 'feesBtcPerBlock'])
  })
  test('has no epoch where half of it is missing, and counts from the height then', () => {
    expect(conditionsOf(having({ epochSeconds: null }))).toMatchObject({ epoch: null, atMs: NOW_MS })
  })
  test('has no epoch where another one has begun since it was read', () => {
    const old = { epochBlocks: dated(2000, 180 * MINUTE), epochSeconds: dated(1_200_000, 180 * MINUTE) }
    expect(conditionsOf(having({ ...old, height: dated(971_715) }))?.epoch).toBeNull()
    expect(conditionsOf(having({ ...old, height: dated(971_711) }))?.epoch).toEqual({
      blocks: 2000,
      seconds: 1_200_000,
    })
  })
})
