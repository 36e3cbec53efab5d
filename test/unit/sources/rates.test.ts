import { describe, expect, test } from 'vitest'
import { CURRENCIES, FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import type { ForeignCurrency, RateRow } from '#shared/domain/power/currency.ts'
import { inWords } from '#electron/sources/ask.ts'
import { mempool } from '#electron/sources/mempool.ts'
import { coinbase, coingecko } from '#electron/sources/prices.ts'
import type { Provider } from '#electron/sources/provider.ts'
import { judgeRates } from '#electron/sources/rate-sanity.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import { ratesInForce } from '#electron/sources/in-force.ts'
import { refuseImpossibleRate } from '#electron/services/typed-value.ts'
import { answering, contextOf, MEMPOOL, NOW_MS, PRICES, serve } from './servers.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

async function readRates(provider: Provider, path: string, answer: unknown) {
  const server = await serve(answering({ [path]: answer }))
  const part = provider.parts.find(({ givesRates }) => givesRates)!
  const reading = await part.ask(contextOf(server.url))
  return {
    rates: Object.fromEntries(reading.rates.map(({ currency, usdPerUnit }) => [currency, usdPerUnit])),
    asOfMs: new Set(reading.rates.map(({ asOfMs }) => asOfMs)),
    values: reading.values,
    faults: inWords(reading.faults)?.replaceAll(server.host, 'host') ?? null,
    asked: server.asked,
  }
}

describe('what the sources say', () => {
  const PRICE = '/api/v1/prices'
  test('mempool: the price in USD ÷ the price in the currency, dated like the price', async () => {
    const { rates, asOfMs, faults } = await readRates(mempool, PRICE, MEMPOOL[PRICE])
    expect(faults).toBeNull()
    expect(Object.keys(rates)).toEqual(['EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'JPY'])
    expect(rates['EUR']).toBe(85_850 / 73_100)
    expect(rates['JPY']).toBe(85_850 / 12_650_000)
    expect([...asOfMs]).toEqual([1_791_201_420_000])
  })
  test('mempool: −1 is no price and no fault; without the price in USD there is no rate', async () => {
    const prices = { time: 1_791_201_420, USD: 85_850, EUR: 73_100, GBP: -1, JPY: -1 }
    const some = await readRates(mempool, PRICE, prices)
    expect(Object.keys(some.rates)).toEqual(['EUR'])
    expect(some.faults).toBeNull()
    const none = await readRates(mempool, PRICE, { ...prices, USD: -1 })
    expect(none.rates).toEqual({})
    expect(none.faults).toContain('no price in USD')
  })
  test('mempool: currencies beyond its usual ones are taken where a server has them', async () => {
    const { rates } = await readRates(mempool, PRICE, {
      time: 1_791_201_420,
      USD: 85_850,
      NOK: 885_000,
      XAU: 21,
    })
    expect(Object.keys(rates)).toEqual(['NOK'])
  })
  test('what is no number is told, and costs neither the price nor the others', async () => {
    const odd = { time: 1_791_201_420, USD: 85_850, EUR: '73100', GBP: null, CAD: 119_800 }
    const { rates, values, faults } = await readRates(mempool, PRICE, odd)
    expect(Object.keys(rates)).toEqual(['CAD'])
    expect(values).toMatchObject([{ name: 'priceUsdPerBtc', value: 85_850 }])
    expect(faults).toBe('host gave no number for EUR, GBP (/v1/prices).')
  })
  test('CoinGecko: in one question with the price, those that it knows', async () => {
    const answer = { bitcoin: { usd: 85_843, eur: 73_000, aed: 315_260, last_updated_at: 1_791_201_510 } }
    const { rates, asOfMs, asked } = await readRates(coingecko, '/api/v3/simple/price', answer)
    expect(rates).toEqual({ EUR: 85_843 / 73_000, AED: 85_843 / 315_260 })
    expect([...asOfMs]).toEqual([1_791_201_510_000])
    expect(asked).toEqual([
      '/api/v3/simple/price?ids=bitcoin&vs_currencies=usd,eur,gbp,cad,aud,chf,jpy,nok,sek,brl,cny,rub,aed&include_last_updated_at=true',
    ])
  })
  test('Coinbase: units for one USD, as text, all of them', async () => {
    const units = { EUR: '0.925', JPY: '155.25', KZT: '520.5', PYG: '7412.5', BTC: '0.0000116', '00': '1' }
    const answer = { data: { currency: 'USD', rates: units } }
    const { rates, faults, asked } = await readRates(coinbase, '/v2/exchange-rates', answer)
    expect(faults).toBeNull()
    expect(rates).toEqual({ EUR: 1 / 0.925, JPY: 1 / 155.25, KZT: 1 / 520.5, PYG: 1 / 7412.5 })
    expect(asked).toEqual(['/v2/exchange-rates?currency=USD'])
  })
  test.each([
    [{ data: { currency: 'EUR', rates: {} } }, /data\.currency: /],
    [{ data: { currency: 'USD' } }, /data\.rates: /],
    [
      { data: { currency: 'USD', rates: { EUR: 0.92, NOK: 'NaN', SEK: '-9' } } },
      /no number for EUR, NOK, SEK/,
    ],
  ])('Coinbase: %j is not taken', async (answer, words) => {
    const { rates, faults } = await readRates(coinbase, '/v2/exchange-rates', answer)
    expect(rates).toEqual({})
    expect(faults).toMatch(words)
  })
})

const rate = (source: string, usdPerUnit: number, more: Partial<RateRow> = {}): RateRow => ({
  currency: 'EUR',
  usdPerUnit,
  source,
  asOfMs: NOW_MS,
  fetchedAtMs: NOW_MS,
  ...more,
})
function judged(said: readonly RateRow[], stored: readonly RateRow[] = [], withoutPrice: string[] = []) {
  const { kept, refused } = judgeRates(said, stored, new Set(withoutPrice), NOW_MS)
  expect(kept.length + refused.length).toBe(said.length)
  return { kept: kept.map(({ source }) => source), why: refused.map(({ why }) => why) }
}

describe('what is kept out', () => {
  /** Rates of different years, each of which must pass as a first answer. */
  const REAL: Readonly<Record<ForeignCurrency, readonly number[]>> = {
    EUR: [0.83, 1.6],
    GBP: [1.04, 2.1],
    CAD: [0.62, 1.1],
    AUD: [0.48, 1.1],
    CHF: [0.55, 1.39],
    JPY: [0.0062, 0.0132],
    NOK: [0.088, 0.2],
    SEK: [0.089, 0.17],
    BRL: [0.16, 0.65],
    CNY: [0.12, 0.165],
    RUB: [0.0072, 0.043],
    KZT: [0.0018, 0.0084],
    PYG: [0.000125, 0.00027],
    AED: [0.2722, 0.2724],
  }
  test.each(FOREIGN_CURRENCIES)(
    '%s: real rates pass, a slip of a hundred or a thousand does not',
    (currency) => {
      for (const usdPerUnit of REAL[currency]) {
        expect(judged([rate('mempool', usdPerUnit, { currency })]).why).toEqual([])
        for (const slip of [100, 1000, 0.01, 0.001])
          expect(judged([rate('mempool', usdPerUnit * slip, { currency })]).kept).toEqual([])
      }
      const [min, max] = rateLimits(currency)
      for (const wrong of [0, -1, NaN, Infinity, min * 0.999, max * 1.001])
        expect(judged([rate('mempool', wrong, { currency })]).kept).toEqual([])
    },
  )
  test('the reason names the rate', () => {
    expect(judged([rate('mempool', 117)]).why).toEqual([
      'its rate of 117 USD per EUR is outside 0.14 to 8.96; it was not taken',
    ])
  })
  test('a rate does not move by half within a month', () => {
    const stored = (ageMs: number) => [rate('mempool', 1.1, { asOfMs: NOW_MS - ageMs })]
    expect(judged([rate('mempool', 1.6)], stored(2 * DAY)).why).toEqual([])
    expect(judged([rate('mempool', 1.7)], stored(2 * DAY)).why[0]).toContain(
      'more than a factor of 1.5 from 1.1',
    )
    expect(judged([rate('mempool', 0.7)], stored(29 * DAY)).kept).toEqual([])
    expect(judged([rate('mempool', 1.7)], stored(31 * DAY)).why).toEqual([])
    expect(judged([rate('mempool', 1.7)], [rate('typed', 1.1)]).why).toEqual([])
    expect(judged([rate('mempool', 1.7)], [rate('mempool', 1.1, { currency: 'GBP' })]).why).toEqual([])
  })
  test('of three the one that differs by more than 3 % is left out', () => {
    const said = [rate('mempool', 1.17), rate('coingecko', 1.176), rate('coinbase', 1.22)]
    const { kept, why } = judged(said)
    expect(kept).toEqual(['mempool', 'coingecko'])
    expect(why[0]).toContain('1.22 USD per EUR is 3.7 % from the other sources (1.176)')
    expect(judged([rate('mempool', 1.17), rate('coingecko', 1.2)]).why).toEqual([])
  })
  test('of two that contradict each other none, unless one of the last day tells', () => {
    const said = [rate('mempool', 1.17), rate('coingecko', 1.22)]
    expect(judged(said).kept).toEqual([])
    expect(judged(said, [rate('coinbase', 1.168, { asOfMs: NOW_MS - 2 * HOUR })]).kept).toEqual(['mempool'])
    // What it said itself before does not speak for it.
    expect(judged(said, [rate('mempool', 1.168, { asOfMs: NOW_MS - 2 * HOUR })]).kept).toEqual([])
  })
  test('a stored one that was wrong from the first is overruled by two that agree', () => {
    const stored = [rate('coinbase', 2.2, { asOfMs: NOW_MS - 2 * DAY })]
    const said = [rate('mempool', 1.17), rate('coingecko', 1.18)]
    expect(judged(said.slice(0, 1), stored).kept).toEqual([])
    expect(judged(said, stored).why).toEqual([])
  })
  test('one that is asked alone is held against fresh ones of the others', () => {
    const coinbaseHourAgo = rate('coinbase', 1.17, { asOfMs: NOW_MS - HOUR })
    expect(judged([rate('mempool', 1.25)], [coinbaseHourAgo]).kept).toEqual([])
    expect(judged([rate('mempool', 1.25)], [{ ...coinbaseHourAgo, asOfMs: NOW_MS - 2 * DAY }]).why).toEqual(
      [],
    )
  })
  test('clocks: ahead by a day, or behind what the source said before', () => {
    expect(judged([rate('mempool', 1.17, { asOfMs: NOW_MS + DAY })]).why[0]).toContain('dated 24 h ahead')
    const stored = [rate('mempool', 1.17)]
    expect(judged([rate('mempool', 1.17, { asOfMs: NOW_MS - DAY })], stored).why[0]).toContain('24 h older')
  })
  test('a rate that follows from a price that was refused', () => {
    const { kept, why } = judged([rate('mempool', 1.17), rate('coinbase', 1.17)], [], ['mempool'])
    expect(kept).toEqual(['coinbase'])
    expect(why).toEqual(['its exchange rates were not taken, because its price was not'])
  })
})

describe('what is typed', () => {
  test.each([0, -1, NaN, Infinity])('%d cannot be', (usdPerUnit) => {
    expect(() => {
      refuseImpossibleRate('EUR', usdPerUnit)
    }).toThrow(expect.objectContaining({ code: 'bad-input', field: 'usdPerUnit' }))
  })
  test.each([
    ['JPY', 155, '0.0064516'],
    ['KZT', 520, '0.0019231'],
    ['PYG', 7400, '0.00013514'],
    ['AED', 3.6725, '0.27229'],
  ] as const)('%s %d is the wrong way round', (currency, unitsPerUsd, right) => {
    expect(() => {
      refuseImpossibleRate(currency, unitsPerUsd)
    }).toThrow(`write ${right}`)
  })
  test('a supposition is the operator’s own', () => {
    for (const [currency, usdPerUnit] of [
      ['EUR', 0.2],
      ['EUR', 20],
      ['RUB', 0.0001],
      ['JPY', 0.1],
    ] as const)
      refuseImpossibleRate(currency, usdPerUnit)
  })
})

describe('the rate in force', () => {
  test('is there for every currency but USD, null where none is known', () => {
    const rates = ratesInForce([], NOW_MS)
    expect(Object.keys(rates)).toEqual(CURRENCIES.slice(1))
    expect(new Set(Object.values(rates))).toEqual(new Set([null]))
  })
  test('is the youngest, stale after a day; a typed one wins and never is', () => {
    const rows = [
      rate('mempool', 1.17, { asOfMs: NOW_MS - 2 * HOUR }),
      rate('coinbase', 1.18, { asOfMs: NOW_MS - HOUR }),
    ]
    expect(ratesInForce(rows, NOW_MS).EUR).toMatchObject({ value: 1.18, source: 'coinbase', stale: false })
    expect(ratesInForce(rows, NOW_MS + 23 * HOUR).EUR?.stale).toBe(false)
    expect(ratesInForce(rows, NOW_MS + 23 * HOUR + 1).EUR?.stale).toBe(true)
    expect(ratesInForce([...rows, rate('typed', 1.1, { asOfMs: 0 })], NOW_MS).EUR).toMatchObject({
      value: 1.1,
      stale: false,
    })
  })
})

test('the fixture of CoinGecko without other currencies is no fault', async () => {
  const { rates, faults } = await readRates(coingecko, '/api/v3/simple/price', PRICES.coingecko)
  expect(rates).toEqual({})
  expect(faults).toBeNull()
})
