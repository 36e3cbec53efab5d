import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { networkStateSchema } from '#shared/ipc/schemas/network.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { NetworkServiceOptions } from '#electron/services/network-service.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { refuseImpossible } from '#electron/services/typed-value.ts'
import type { Handler } from './servers.ts'
import { makeStore } from './database.ts'
import { answering, MEMPOOL, NOW_MS, PRICES, sendJson, serve } from './servers.ts'
import { standingClock } from '../standing-clock.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** A service on its own database, whose clock and timers stand still unless the test moves them. */
async function make(settings: Partial<Settings>, more: Partial<NetworkServiceOptions> = {}) {
  const store = await makeStore(settings)
  const { clock, waiting: timers, options } = standingClock(NOW_MS)
  const seen: NetworkState[] = []
  const errors: unknown[] = []
  const start = () =>
    createNetworkService({
      store,
      version: '1.2.3',
      ...options,
      onChange: (state) => void seen.push(networkStateSchema.parse(state)),
      onError: (error) => void errors.push(error),
      ...more,
    })
  return { store, clock, seen, errors, timers, service: start(), again: start }
}

const figures = ({ values }: NetworkState) =>
  Object.fromEntries(NETWORK_VALUE_NAMES.map((name) => [name, values[name]?.value ?? null]))
const BOMB = gzipSync(Buffer.alloc(20_000_000, 32))
const NOTHING = Object.fromEntries(NETWORK_VALUE_NAMES.map((name) => [name, null]))
const ALL = {
  height: 970_000,
  difficulty: 132_700_000_000_000.5,
  priceUsdPerBtc: 85_850,
  feesBtcPerBlock: 0.02,
  epochBlocks: 304,
  epochSeconds: 185_000,
}
const ratesOf = (rows: readonly RateRow[]) => rows.map(({ currency, usdPerUnit }) => [currency, usdPerUnit])
const GOOD_RATES = FOREIGN_CURRENCIES.map((currency) => [
  currency,
  85_850 / (MEMPOOL['/api/v1/prices'] as Record<string, number>)[currency]!,
])
const errorOf = (state: NetworkState, name = 'mempool') =>
  state.sources.find((source) => source.name === name)?.lastError ?? null

/** Waits until a condition holds; the test's own time limit ends it otherwise. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a refresh', () => {
  test('stores what a sound server says, with source and times', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, seen } = await make({ mempoolUrl: server.url })
    expect(figures(await service.read())).toEqual(NOTHING)
    const state = await service.refresh()
    expect(figures(state)).toEqual(ALL)
    expect(state.values.priceUsdPerBtc).toEqual({
      value: 85_850,
      source: 'mempool',
      asOfMs: NOW_MS - 180_000,
      fetchedAtMs: NOW_MS,
      stale: false,
    })
    expect(state.previousAdjustments).toHaveLength(3)
    expect(state.previousAdjustments[0]).toBeCloseTo(-0.00031, 10)
    expect(state.sources).toEqual([
      { name: 'mempool', url: server.url, lastSuccessMs: NOW_MS, lastError: null, notBeforeMs: null },
    ])
    expect(server.headers[0]!['user-agent']).toBe('Strikeline/1.2.3')
    // told at the beginning and at the end
    expect(seen.map(({ refreshing }) => refreshing)).toEqual([true, false])
    expect(figures(seen[1]!)).toEqual(ALL)
  })
  test('asks several sources, and the first in the order counts', async () => {
    const mempool = await serve(answering(MEMPOOL))
    const kraken = await serve(answering({ '/0/public/Ticker': PRICES.kraken }))
    const coingecko = await serve(answering({ '/api/v3/simple/price': PRICES.coingecko }))
    const { service, store } = await make({
      networkOrder: 'kraken,mempool,coingecko',
      mempoolUrl: mempool.url,
      krakenUrl: kraken.url,
      coingeckoUrl: coingecko.url,
    })
    const price = (state: NetworkState) => state.values.priceUsdPerBtc
    expect(price(await service.refresh())).toMatchObject({ value: 85_870.1, source: 'kraken' })
    await store.writeSettings({ networkOrder: 'coingecko,mempool' })
    expect(price(await service.read())).toMatchObject({ value: 85_843, source: 'coingecko' })
  })
  test('leaves out the one price that differs, and says whose and why', async () => {
    const mempool = await serve(
      answering({ ...MEMPOOL, '/api/v1/prices': { time: 1_791_201_500, USD: 43_753 } }),
    )
    const kraken = await serve(answering({ '/0/public/Ticker': PRICES.kraken }))
    const coinbase = await serve(answering({ '/v2/prices/BTC-USD/spot': PRICES.coinbase }))
    const { service, store } = await make({
      networkOrder: 'mempool,kraken,coinbase',
      mempoolUrl: mempool.url,
      krakenUrl: kraken.url,
      coinbaseUrl: coinbase.url,
    })
    const state = await service.refresh()
    expect(figures(state)).toEqual({ ...ALL, priceUsdPerBtc: 85_870.1 })
    expect(errorOf(state)).toBe(
      `${mempool.host}: its price in USD 43,753 is 49 % from the other sources (85,866.185); it was not taken.`,
    )
    expect(errorOf(state, 'kraken')).toBeNull()
    expect((await store.readNetworkValues()).map(({ value }) => value)).not.toContain(43_753)
  })
  test('stores the exchange rates too, with source and time', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service } = await make({ mempoolUrl: server.url })
    expect((await service.read()).rates).toMatchObject({ EUR: null, KZT: null })
    const { rates } = await service.refresh()
    expect(rates.EUR).toEqual({
      value: 85_850 / 73_100,
      source: 'mempool',
      asOfMs: NOW_MS - 180_000,
      fetchedAtMs: NOW_MS,
      stale: false,
    })
    expect(rates.KZT).toBeNull()
    expect(rates).not.toHaveProperty('USD')
  })
  test('says which source said what, what counts, and what was kept out and why', async () => {
    const mempool = await serve(
      answering({ ...MEMPOOL, '/api/v1/prices': { time: 1_791_201_500, USD: 43_753, EUR: 73_100 } }),
    )
    const kraken = await serve(answering({ '/0/public/Ticker': PRICES.kraken }))
    const coingecko = await serve(answering({ '/api/v3/simple/price': PRICES.coingecko }))
    const { service, store } = await make({
      networkOrder: 'mempool,kraken,coingecko',
      mempoolUrl: mempool.url,
      krakenUrl: kraken.url,
      coingeckoUrl: coingecko.url,
    })
    await service.type('feesBtcPerBlock', 0.05)
    const prices = ({ said }: NetworkState) =>
      said
        .filter(({ name }) => name === 'priceUsdPerBtc')
        .map(({ source, value, inForce, refused }) => ({ source, value, inForce, refused }))
    const state = await service.refresh()
    expect(prices(state)).toHaveLength(3)
    expect(prices(state)).toEqual(
      expect.arrayContaining([
        { source: 'kraken', value: 85_870.1, inForce: true, refused: null },
        { source: 'coingecko', value: 85_843, inForce: false, refused: null },
        {
          source: 'mempool',
          value: 43_753,
          inForce: false,
          refused: 'Its price in USD 43,753 is 49 % from the other sources (85,843); it was not taken.',
        },
      ]),
    )
    expect(state.said.filter(({ name }) => name === 'feesBtcPerBlock')).toMatchObject([
      { source: 'mempool', value: 0.02, inForce: false },
      { source: 'typed', value: 0.05, inForce: true },
    ])
    // Rates that follow from such a price are no better.
    expect(state.rates.EUR).toBeNull()
    expect(errorOf(state)).toContain('its exchange rates were not taken, because its price was not')

    // A round that asks another part does not forget it; a sound answer does; a source that is no longer asked says nothing.
    const others = { ...MEMPOOL, '/api/v1/prices': { time: 1_791_201_500, USD: 85_850 } }
    await store.writeSettings({ networkOrder: 'kraken,coingecko' })
    expect(prices(await service.read())).toHaveLength(2)
    await store.writeSettings({ networkOrder: 'mempool,kraken,coingecko' })
    expect(prices(await service.read())).toHaveLength(3)
    mempool.handler = answering(others)
    const after = prices(await service.refresh())
    expect(after).toContainEqual({ source: 'mempool', value: 85_850, inForce: true, refused: null })
    expect(after.filter(({ refused }) => refused !== null)).toEqual([])
  })
  test('two at once are one', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service } = await make({ mempoolUrl: server.url })
    await Promise.all([service.refresh(), service.refresh(), service.refresh()])
    expect(server.asked.filter((path) => path === '/api/v1/prices')).toHaveLength(1)
  })
  test('does not ask an address that may not be asked, and says so', async () => {
    const { service } = await make({ mempoolUrl: 'http://mempool.example/api' })
    const state = await service.refresh()
    expect(figures(state)).toEqual(NOTHING)
    expect(errorOf(state)).toBe('mempool.example may be a public server: ask it over https, not http')
  })
  test('with no source at all does nothing', async () => {
    const { service } = await make({ networkOrder: '' })
    expect(await service.refresh()).toMatchObject({ sources: [], refreshing: false })
  })
})

describe('after every fault: no crash, nothing bad stored, the last good values with their age, the reason in words', () => {
  const change = (path: string, fields: object): Handler =>
    answering({ ...MEMPOOL, [path]: { ...(MEMPOOL[path] as object), ...fields } })
  const EPOCH = '/api/v1/difficulty-adjustment'
  const PRICE = '/api/v1/prices'
  const RETARGETS = '/api/v1/mining/difficulty-adjustments/6m'
  const clock24h = (hours: number): Handler =>
    answering({
      ...MEMPOOL,
      [PRICE]: { ...(MEMPOOL[PRICE] as object), time: 1_791_201_420 + hours * 3600 },
      [EPOCH]: {
        ...(MEMPOOL[EPOCH] as object),
        estimatedRetargetDate: 1_792_244_208_000 + hours * 3_600_000,
        previousTime: 1_791_016_600 + hours * 3600,
      },
    })

  const faults: Record<string, readonly [Handler, RegExp, timeoutMs?: number]> = {
    'slow (a drop at a time)': [
      (_, response) => {
        const drip = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(drip))
      },
      /did not answer within 0\.4 s \(.*\/v1\/prices.*\)/,
      400,
    ],
    hanging: [() => undefined, /did not answer within 0\.4 s/, 400],
    'cut off mid-body': [
      (_, response) => {
        response.writeHead(200, { 'content-length': '500' }).write('{"time": 17912014')
        setTimeout(() => response.destroy(), 10)
      },
      /broke off in the middle of its answer/,
    ],
    'closed at once': [(request) => request.socket.destroy(), /cannot be reached \(the connection was cut\)/],
    '429 with Retry-After': [
      (_, response) => response.writeHead(429, { 'retry-after': '90' }).end(),
      /asked too often, and asks for a pause of 90 s/,
    ],
    '429 without Retry-After': [
      (_, response) => response.writeHead(429).end(),
      /was asked too often \(HTTP 429\)/,
    ],
    '500': [(_, response) => sendJson(response, 'sorry', 500), /answered with an error \(HTTP 500\)/],
    'HTML in place of JSON': [
      (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello'),
      /a page instead of data|is not a block height/,
    ],
    'a gzip bomb': [
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB)
      },
      /sent more than 1 MB/,
    ],
    '100 MB': [
      (_, response) => {
        response.writeHead(200, { 'content-length': '100000000' }).write('[')
      },
      /sent more than 1 MB/,
    ],
    'wrong types': [
      answering(Object.fromEntries(Object.keys(MEMPOOL).map((path) => [path, { height: '1', USD: 'x' }]))),
      /another shape than promised/,
    ],
    'NaN as text': [change(PRICE, { USD: 'NaN' }), /USD: .*\(\/v1\/prices\)/],
    'a price in thousands': [
      change(PRICE, { USD: 85.85 }),
      /price in USD 85\.85 is outside 1,000 to 10,000,000/,
    ],
    'a price in thousandths': [change(PRICE, { USD: 85_850_000 }), /price in USD 85,850,000 is outside/],
    'a difficulty in thousands': [
      answering({ ...MEMPOOL, [RETARGETS]: [[1_791_016_600, 969_696, 1.327e11, 0.99969]] }),
      /difficulty 132,700,000,000 is outside/,
    ],
    'a difficulty more than four times the stored one': [
      answering({ ...MEMPOOL, [RETARGETS]: [[1_791_016_600, 969_696, 5.5e14, 0.99969]] }),
      /difficulty 550,000,000,000,000 is more than a factor of 4 from 132,700,000,000,000/,
    ],
    'fees in thousandths': [
      change('/api/v1/mining/reward-stats/144', { totalFee: '288000000000' }),
      /rewards that do not fit the block subsidy/,
    ],
    'exchange rates in thousands': [
      change(PRICE, { EUR: 73.1, JPY: 12_650 }),
      /rate of 1,174\.4186 USD per EUR is outside 0\.14 to 8\.96; it was not taken/,
    ],
    'exchange rates in thousandths': [
      change(PRICE, { EUR: 73_100_000, JPY: 12_650_000_000 }),
      /rate of 0\.0000067865613 USD per JPY is outside/,
    ],
    'exchange rates as text': [change(PRICE, { EUR: 'NaN', GBP: '63700' }), /no number for EUR, GBP/],
    'times of the epoch in milliseconds': [
      change(EPOCH, { previousTime: 1_791_016_600_000 }),
      /previousTime: /,
    ],
    'a clock a day ahead': [clock24h(24), /price in USD 85,850 is dated 24 h ahead of this computer’s clock/],
    'a clock a day behind': [clock24h(-24), /24 h older than what it said before/],
    'a redirect to another host': [
      (_, response) => response.writeHead(301, { location: 'https://elsewhere.example/' }).end(),
      /redirects to elsewhere\.example \(HTTP 301\), which is not followed/,
    ],
  }

  test.each(Object.entries(faults))('%s', async (_, [handler, words, timeoutMs = 10_000]) => {
    const server = await serve(answering(MEMPOOL))
    const { service, store } = await make({ mempoolUrl: server.url }, { timeoutMs })
    await service.refresh()
    const good = await store.readNetworkValues()
    const goodRates = ratesOf(await store.readRates())
    expect(goodRates).toHaveLength(6)
    server.handler = handler
    const state = await service.refresh()
    expect(errorOf(state)).toMatch(words)
    expect(figures(state)).toEqual(ALL)
    const rows = await store.readNetworkValues()
    expect(rows.map(({ name, value, source }) => ({ name, value, source }))).toEqual(
      good.map(({ name, value, source }) => ({ name, value, source })),
    )
    const rates = await store.readRates()
    expect(ratesOf(rates)).toEqual(goodRates)
    for (const row of [...rows, ...rates]) expect(row.asOfMs).toBeLessThanOrEqual(NOW_MS)
    expect(state.rates.EUR).toMatchObject({ value: 85_850 / 73_100, source: 'mempool', stale: false })
  })

  test.each(
    Object.entries(faults).filter(([name]) =>
      /thousand|types|NaN|ahead|milliseconds|redirect|HTML/.test(name),
    ),
  )('%s, as the very first answer', async (_, [handler, words, timeoutMs = 10_000]) => {
    const server = await serve(handler)
    const { service, store } = await make({ mempoolUrl: server.url }, { timeoutMs })
    const state = await service.refresh()
    expect(errorOf(state)).toMatch(words)
    const good = Object.entries(ALL)
    for (const rate of ratesOf(await store.readRates())) expect(GOOD_RATES).toContainEqual(rate)
    for (const { name, value } of await store.readNetworkValues()) expect(good).toContainEqual([name, value])
  })

  test('what is kept grows old and is marked, and a good answer clears the fault', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, clock } = await make({ mempoolUrl: server.url })
    await service.refresh()
    const [sound, broken] = [server.handler, faults['500']![0]]
    server.handler = broken
    clock.nowMs += 3 * 60 * MINUTE
    const old = await service.refresh()
    expect(figures(old)).toEqual(ALL)
    expect(old.values.height).toMatchObject({ asOfMs: NOW_MS, stale: true })
    expect(old.values.feesBtcPerBlock).toMatchObject({ stale: false })
    expect(old.sources[0]).toMatchObject({ lastSuccessMs: NOW_MS })
    // The same answer as three hours ago: nothing younger is known by it.
    server.handler = sound
    const standing = await service.refresh()
    expect(standing.values.height).toMatchObject({ asOfMs: NOW_MS, fetchedAtMs: clock.nowMs, stale: true })
    expect(errorOf(standing)).toContain('its newest block 970,000 is 3 h old; this source is cut off')
    server.handler = answering({
      ...MEMPOOL,
      '/api/blocks/tip/height': 970_018,
      [EPOCH]: {
        ...(MEMPOOL[EPOCH] as object),
        remainingBlocks: 1694,
        // of the moment of the question
        timeAvg: 0,
      },
    })
    const fresh = await service.refresh()
    expect(errorOf(fresh)).toBeNull()
    expect(fresh.values.height).toMatchObject({ value: 970_018, asOfMs: clock.nowMs, stale: false })
  })
})

describe('a pause', () => {
  test('that a source asked for is kept, by a refresh too and by the next run, at this address only', async () => {
    const server = await serve((_, response) => response.writeHead(429, { 'retry-after': '90' }).end())
    const other = await serve(answering(MEMPOOL))
    const { service, clock, store, again } = await make({ mempoolUrl: server.url })
    const state = await service.refresh()
    expect(state.sources[0]).toMatchObject({ notBeforeMs: NOW_MS + 90_000 })
    const count = server.asked.length
    clock.nowMs += 89_000
    await service.refresh()
    await again().refresh()
    expect(server.asked).toHaveLength(count)
    await store.writeSettings({ mempoolUrl: other.url })
    expect(figures(await service.refresh())).toMatchObject({ height: 970_000 })
    await store.writeSettings({ mempoolUrl: server.url })
    clock.nowMs += 2_000
    server.handler = answering(MEMPOOL)
    await service.refresh()
    expect(server.asked.length).toBeGreaterThan(count)
  })
  test('that nobody asked for does not hold up a refresh', async () => {
    const server = await serve((_, response) => response.writeHead(429).end())
    const { service } = await make({ mempoolUrl: server.url })
    expect((await service.refresh()).sources[0]).toMatchObject({ notBeforeMs: null })
    server.handler = answering(MEMPOOL)
    expect(figures(await service.refresh())).toEqual(ALL)
  })
})

describe('typed values', () => {
  test('win, say so, survive a refresh, and are given back', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, seen, clock } = await make({ mempoolUrl: server.url })
    await service.refresh()
    const typed = await service.type('priceUsdPerBtc', 60_000)
    expect(typed.values.priceUsdPerBtc).toMatchObject({ value: 60_000, source: 'typed', asOfMs: NOW_MS })
    expect(seen.at(-1)).toEqual(typed)
    clock.nowMs += 5 * DAY
    expect((await service.read()).values.priceUsdPerBtc).toMatchObject({ value: 60_000, stale: false })
    clock.nowMs = NOW_MS
    expect((await service.refresh()).values.priceUsdPerBtc).toMatchObject({ value: 60_000 })
    const back = await service.type('priceUsdPerBtc', null)
    expect(back.values.priceUsdPerBtc).toMatchObject({ value: 85_850, source: 'mempool' })
  })
  test('a supposition is no reason to refuse what a source says', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service } = await make({ mempoolUrl: server.url })
    await service.type('difficulty', 1e13)
    await service.type('priceUsdPerBtc', 1_000)
    expect(errorOf(await service.refresh())).toBeNull()
    expect((await service.type('difficulty', null)).values.difficulty?.value).toBe(ALL.difficulty)
  })
  test('one that cannot be is refused and not stored', async () => {
    const { service } = await make({})
    await expect(service.type('priceUsdPerBtc', -1)).rejects.toMatchObject({ code: 'bad-input' })
    expect((await service.read()).values.priceUsdPerBtc).toBeNull()
  })
  test.each([
    ['height', -1],
    ['height', 1.5],
    ['difficulty', 0],
    ['priceUsdPerBtc', 0],
    ['priceUsdPerBtc', NaN],
    ['priceUsdPerBtc', Infinity],
    ['feesBtcPerBlock', -0.1],
    ['epochBlocks', 2016],
    ['epochSeconds', -1],
  ] as const)('%s %d cannot be', (name, value) => {
    expect(() => {
      refuseImpossible(name, value)
    }).toThrow(expect.objectContaining({ code: 'bad-input', field: name }))
  })
})

describe('typed rates', () => {
  test('win, say so, do not go stale, and are given back', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, seen, clock } = await make({ mempoolUrl: server.url })
    await service.refresh()
    const typed = await service.typeRate('EUR', 1.05)
    expect(typed.rates.EUR).toMatchObject({ value: 1.05, source: 'typed', asOfMs: NOW_MS })
    expect(seen.at(-1)).toEqual(typed)
    clock.nowMs += 2 * DAY
    const later = await service.read()
    expect(later.rates).toMatchObject({ EUR: { value: 1.05, stale: false }, GBP: { stale: true } })
    expect((await service.typeRate('EUR', null)).rates.EUR).toMatchObject({ source: 'mempool', stale: true })
  })
  test('what cannot be is refused and not stored', async () => {
    const { service } = await make({})
    await expect(service.typeRate('KZT', 520)).rejects.toMatchObject({ field: 'usdPerUnit' })
    expect((await service.read()).rates.KZT).toBeNull()
  })
})

describe('the fleet', () => {
  const site = {
    name: 'Rjukan',
    powerPriceUsdPerKwh: null,
    otherUsdPerKwh: 0,
    overhead: 0,
    tariff: { currency: 'EUR', powerPricePerKwh: 0.04, otherPerKwh: 0 },
  } as const

  test('is told of where a site pays in a currency whose rate is new, and only then', async () => {
    const server = await serve(answering(MEMPOOL))
    let told = 0
    const onFleetChanged = () => {
      told++
      return Promise.resolve()
    }
    const { service, store, clock } = await make({ mempoolUrl: server.url }, { onFleetChanged })
    await service.refresh()
    expect(told).toBe(0)
    await store.addSite(site)
    server.handler = answering({
      ...MEMPOOL,
      '/api/v1/prices': { ...(MEMPOOL['/api/v1/prices'] as object), EUR: 74_000 },
    })
    clock.nowMs += MINUTE
    await service.refresh()
    expect(told).toBe(1)
    expect((await store.readFleet()).sites.powerPriceUsdPerKwh[0]).toBeCloseTo((0.04 * 85_850) / 74_000, 8)
    await service.refresh()
    expect(told).toBe(1)
    await service.typeRate('EUR', 1.1)
    expect(told).toBe(2)
  })
})

test('values that something else stored are told when it says so', async () => {
  const { service, store, seen } = await make({})
  const row = {
    name: 'height',
    value: 970_001,
    source: 'mempool',
    asOfMs: NOW_MS,
    fetchedAtMs: NOW_MS,
  } as const
  await store.saveNetworkReading([row], [])
  expect(seen).toEqual([])
  const state = await service.reread()
  expect(state.values.height?.value).toBe(970_001)
  expect(seen).toEqual([state])
})

test('a stored password that cannot be read is a fault of the node, and nobody else’s', async () => {
  const node = await serve(() => expect.unreachable('asked without its password'))
  const server = await serve(answering(MEMPOOL))
  const { service } = await make(
    { networkOrder: 'bitcoind,mempool', bitcoindUrl: node.url, mempoolUrl: server.url },
    {
      bitcoindPassword: () =>
        Promise.reject(
          new StrikelineError('file-unreadable', 'The stored password cannot be read; type it again.'),
        ),
    },
  )
  const state = await service.refresh()
  expect(errorOf(state, 'bitcoind')).toBe('The stored password cannot be read; type it again.')
  expect(figures(state)).toEqual(ALL)
})

describe('the schedule', () => {
  const count = (asked: readonly string[], path: string) => asked.filter((one) => one === path).length

  test('asks each endpoint as often as its cache makes sense of', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, clock, timers, errors } = await make({ mempoolUrl: server.url })
    service.start()
    await until(() => timers.length === 1)
    expect(timers[0]!.delayMs).toBe(MINUTE)
    for (let minute = 1; minute <= 20; minute++) {
      clock.nowMs += MINUTE
      const { work } = timers[0]!
      timers.splice(0, 1)
      work()
      await until(() => timers.length === 1)
    }
    expect(count(server.asked, '/api/v1/difficulty-adjustment')).toBe(21)
    expect(count(server.asked, '/api/v1/prices')).toBe(5)
    expect(count(server.asked, '/api/v1/mining/difficulty-adjustments/6m')).toBe(5)
    expect(count(server.asked, '/api/v1/mining/reward-stats/144')).toBe(3)
    await service.stop()
    expect(timers).toEqual([])
    expect(errors).toEqual([])
  })
  test('asks Coinbase’s rates every hour, its price every five minutes, and remembers both', async () => {
    const units = { data: { currency: 'USD', rates: { EUR: '0.85' } } }
    const server = await serve(
      answering({ '/v2/prices/BTC-USD/spot': PRICES.coinbase, '/v2/exchange-rates': units }),
    )
    const { service, clock, timers, again } = await make({
      networkOrder: 'coinbase',
      coinbaseUrl: server.url,
    })
    service.start()
    await until(() => timers.length === 1)
    for (let minute = 1; minute <= 59; minute++) {
      clock.nowMs += MINUTE
      const { work } = timers[0]!
      timers.splice(0, 1)
      work()
      await until(() => timers.length === 1)
    }
    expect(count(server.asked, '/v2/prices/BTC-USD/spot')).toBe(12)
    expect(count(server.asked, '/v2/exchange-rates?currency=USD')).toBe(1)
    await service.stop()
    const next = again()
    next.start()
    await until(() => timers.length === 1)
    expect(count(server.asked, '/v2/exchange-rates?currency=USD')).toBe(1)
    await next.stop()
  })
  test('does not ask again at once for what an earlier run got a moment ago', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, clock, timers, again } = await make({ mempoolUrl: server.url })
    await service.refresh()
    const asked = server.asked.length
    clock.nowMs += 30_000
    const next = again()
    next.start()
    await until(() => timers.length === 1)
    expect(server.asked).toHaveLength(asked)
    expect(timers[0]!.delayMs).toBe(30_000)
    await next.stop()
  })
  test('wakes for the source that is due first', async () => {
    const units = { data: { currency: 'USD', rates: { EUR: '0.85' } } }
    const server = await serve(
      answering({
        ...MEMPOOL,
        '/v2/prices/BTC-USD/spot': PRICES.coinbase,
        '/v2/exchange-rates?currency=USD': units,
      }),
    )
    const { service, clock, timers, again } = await make({
      networkOrder: 'mempool, coinbase',
      mempoolUrl: server.url,
      coinbaseUrl: server.url,
    })
    await service.refresh()
    clock.nowMs += 30_000
    const next = again()
    next.start()
    await until(() => timers.length === 1)
    // mempool's epoch a minute after it was asked, Coinbase's price not before five.
    expect(timers[0]!.delayMs).toBe(30_000)
    await next.stop()
  })
  test('asks nobody where the operator wants to be asked first, but tells when values grow stale', async () => {
    const server = await serve(answering(MEMPOOL))
    const { service, clock, timers, seen } = await make({ mempoolUrl: server.url, autoRefresh: false })
    await service.refresh()
    const asked = server.asked.length
    service.start()
    await until(() => timers.length === 1)
    expect(seen.at(-1)?.values.priceUsdPerBtc?.stale).toBe(false)
    clock.nowMs += 45 * MINUTE
    timers[0]!.work()
    await until(() => seen.at(-1)?.values.priceUsdPerBtc?.stale === true)
    expect(server.asked).toHaveLength(asked)
    await service.stop()
  })
  test('wakes: a source that was out of reach is asked at once', async () => {
    const server = await serve((request) => request.socket.destroy())
    const { service, timers } = await make({ mempoolUrl: server.url })
    service.start()
    await until(() => timers.length === 1)
    server.handler = answering(MEMPOOL)
    service.wake()
    await until(async () => (await service.read()).values.priceUsdPerBtc !== null)
    expect(figures(await service.read())).toEqual(ALL)
    await service.stop()
  })
  test('wakes to a new address at once', async () => {
    const [old, next] = [await serve(answering(MEMPOOL)), await serve(answering(MEMPOOL))]
    const { service, store, timers } = await make({ mempoolUrl: old.url })
    service.start()
    await until(() => timers.length === 1)
    await store.writeSettings({ mempoolUrl: next.url })
    service.wake()
    await until(async () => (await service.read()).sources[0]?.lastSuccessMs === NOW_MS)
    expect(count(next.asked, '/api/v1/prices')).toBe(1)
    await service.stop()
  })
  test('stops in the middle of a question, and stores nothing of it', async () => {
    const server = await serve(() => undefined)
    const { service, store } = await make({ mempoolUrl: server.url })
    service.start()
    await until(() => server.asked.length > 0)
    await service.stop()
    expect(await store.readNetworkValues()).toEqual([])
    expect(await store.readSourceStatus()).toEqual([])
  })
})

describe('a computer’s clock that was behind and is put right', () => {
  const BLOCKS = '/api/blocks'
  const EPOCH_PATH = '/api/v1/difficulty-adjustment'
  const newest = [{ height: 970_000, timestamp: NOW_MS / 1000 - 300 }]

  test.each([
    ['two hours, and a server that tells the time of its blocks', 1.9 * 3_600_000, newest],
    ['seven hours, and a server that tells it', 7 * 3_600_000, newest],
    ['two hours, and a server that does not', 1.9 * 3_600_000, undefined],
    ['seven hours, and a server that does not', 7 * 3_600_000, undefined],
  ])('leaves nothing stale: by %s', async (_, behindMs, blocks) => {
    // An answer about the epoch that is consistent has the server's own moment, and is refused with all beside it.
    const epoch = { ...(MEMPOOL[EPOCH_PATH] as object), timeAvg: 0 }
    const answers = answering({
      ...MEMPOOL,
      [EPOCH_PATH]: epoch,
      ...(blocks === undefined ? {} : { [BLOCKS]: blocks }),
    })
    const server = await serve((request, response, body) => {
      response.setHeader('date', new Date(NOW_MS).toUTCString())
      answers(request, response, body)
    })
    const store = await makeStore({ networkOrder: 'mempool', mempoolUrl: server.url })
    const at = async (nowMs: number) => {
      const service = createNetworkService({ store, version: '0', nowMs: () => nowMs })
      try {
        return await service.refresh()
      } finally {
        await service.stop()
      }
    }
    await at(NOW_MS - behindMs)
    // Long enough for a date of the wrong clock to be stale, with the same newest block.
    const state = await at(NOW_MS + 9 * MINUTE)
    expect(errorOf(state)).toBeNull()
    for (const name of ['height', 'difficulty', 'epochBlocks', 'epochSeconds'] as const)
      expect([name, state.values[name]?.stale]).toEqual([name, false])
  })
})
