import { describe, expect, test } from 'vitest'
import { coinbase, coingecko, kraken } from '#electron/sources/prices.ts'
import type { Provider } from '#electron/sources/provider.ts'
import { inWords } from '#electron/sources/ask.ts'
import { answering, contextOf, NOW_MS, PRICES, serve } from './servers.ts'

async function quote(provider: Provider, path: string, answer: unknown, base = '') {
  const server = await serve(answering({ [path]: answer }))
  const reading = await provider.parts[0]!.ask(contextOf(server.url + base))
  return {
    value: reading.values[0] ?? null,
    faults: inWords(reading.faults)?.replaceAll(server.host, 'host') ?? null,
    asked: server.asked,
  }
}

const KRAKEN = '/0/public/Ticker'
const COINGECKO = '/api/v3/simple/price'
const COINBASE = '/v2/prices/BTC-USD/spot'

test('Kraken: the last trade, under whatever name the pair has', async () => {
  const { value, asked } = await quote(kraken, KRAKEN, PRICES.kraken)
  expect(value).toEqual({ name: 'priceUsdPerBtc', value: 85_870.1, asOfMs: NOW_MS })
  expect(asked).toEqual(['/0/public/Ticker?pair=XBTUSD'])
})
test('CoinGecko: with its own time', async () => {
  const { value } = await quote(coingecko, COINGECKO, PRICES.coingecko)
  expect(value).toEqual({ name: 'priceUsdPerBtc', value: 85_843, asOfMs: 1_791_201_510_000 })
  expect((await quote(coingecko, COINGECKO, { bitcoin: { usd: 85_843 } })).value?.asOfMs).toBe(NOW_MS)
})
test('Coinbase: the spot price, a text', async () => {
  expect((await quote(coinbase, COINBASE, PRICES.coinbase)).value?.value).toBe(85_866.185)
})
test.each([
  [kraken, KRAKEN, '/0/public', PRICES.kraken],
  [coingecko, COINGECKO, '/api/v3', PRICES.coingecko],
  [coinbase, COINBASE, '/v2', PRICES.coinbase],
] as const)(
  '$name is found under its bare host and under its prefix',
  async (provider, path, prefix, answer) => {
    expect((await quote(provider, path, answer, prefix)).faults).toBeNull()
    expect((await quote(provider, path.slice(prefix.length), answer)).faults).toBeNull()
  },
)

describe('bad answers', () => {
  test.each([
    [kraken, KRAKEN, PRICES.krakenFault, 'host answered: EQuery:Unknown asset pair (/Ticker).'],
    [kraken, KRAKEN, { error: [], result: {} }, 'host gave no price (/Ticker).'],
    [kraken, KRAKEN, { error: [], result: { A: { c: ['NaN'] } } }, /c\.0: is not a number/],
    [kraken, KRAKEN, { error: [], result: { A: { c: [] } } }, /another shape/],
    [coingecko, COINGECKO, { bitcoin: {} }, /bitcoin\.usd: /],
    [coingecko, COINGECKO, { status: { error_code: 429 } }, /bitcoin: /],
    [coinbase, COINBASE, { data: { amount: '1', base: 'ETH', currency: 'USD' } }, /data\.base: /],
    [
      coinbase,
      COINBASE,
      { data: { amount: '', base: 'BTC', currency: 'USD' } },
      /data\.amount: is not a number/,
    ],
  ])('%o %s %j', async (provider, path, answer, words) => {
    const { value, faults } = await quote(provider, path, answer)
    expect(value).toBeNull()
    if (typeof words === 'string') expect(faults).toBe(words)
    else expect(faults).toMatch(words)
  })
})
