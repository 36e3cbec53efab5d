import { MS_PER_MINUTE } from '#shared/domain/units.ts'
import { z } from 'zod'
import type { SourceName } from '#shared/ipc/sources.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import { CURRENCIES } from '#shared/domain/power/currency.ts'
import { SourceFault } from './http.ts'
import type { Part, Provider } from './provider.ts'
import { askPath, collectReading, decimalSchema, fitted, unixSecondsSchema } from './provider.ts'
import { crossRate, sayRates } from './cross-rates.ts'

/** Exchanges and price services: one question, one price; some give it in several currencies. */

type Quote = {
  readonly priceUsdPerBtc: number
  readonly asOfMs: number
  /** what the answer holds as the price in another currency; absent where the service gives none */
  readonly priceIn?: (currency: ForeignCurrency) => unknown
}

type PriceService = {
  readonly name: SourceName
  readonly prefix: string
  readonly path: string
  readonly givesRates?: true
  /** Makes a quote of the answer; throws a SourceFault where it holds none. */
  readonly read: (answer: unknown, host: string, nowMs: number) => Quote
}

const priceProvider = ({ name, prefix, path, givesRates, read }: PriceService): Provider => ({
  name,
  parts: [
    {
      name: 'price',
      offers: ['priceUsdPerBtc'],
      ...(givesRates === undefined ? {} : { givesRates }),
      everyMs: 5 * MS_PER_MINUTE,
      async ask({ http, baseUrl, nowMs }) {
        const reading = collectReading()
        const { host } = new URL(baseUrl)
        const quote = await reading.attempt(
          askPath(baseUrl, prefix, path, async (url, request) =>
            read(await http.json(url, request), host, nowMs()),
          ),
        )
        if (quote === null) return reading.reading()
        const { priceUsdPerBtc, asOfMs, priceIn } = quote
        reading.say('priceUsdPerBtc', priceUsdPerBtc, asOfMs)
        if (priceIn !== undefined)
          sayRates(reading, { host, endpoint: path.replace(/\?.*/, ''), asOfMs }, (currency) =>
            crossRate(priceUsdPerBtc, priceIn(currency)),
          )
        return reading.reading()
      },
    },
  ],
})

/** Faults come as a 200 with a filled error list. The answer names the pair differently from the question. */
const krakenSchema = z.object({
  error: z.array(z.string()),
  result: z.record(z.string(), z.object({ c: z.array(decimalSchema).min(1) })).optional(),
})

export const kraken = priceProvider({
  name: 'kraken',
  prefix: '/0/public',
  path: '/Ticker?pair=XBTUSD',
  read(answer, host, nowMs) {
    const { error, result } = fitted(krakenSchema, answer, host, '/Ticker')
    if (error.length > 0)
      throw new SourceFault(`${host} answered: ${error.join(', ').slice(0, 200)}`, { endpoint: '/Ticker' })
    const pair = Object.values(result ?? {})[0]
    if (pair === undefined) throw new SourceFault(`${host} gave no price`, { endpoint: '/Ticker' })
    return { priceUsdPerBtc: Number(pair.c[0]), asOfMs: nowMs }
  },
})

const coingeckoSchema = z.object({
  bitcoin: z.looseObject({ usd: z.number(), last_updated_at: unixSecondsSchema.optional() }),
})
/** KZT and PYG are not among its currencies. */
const COINGECKO_CURRENCIES = CURRENCIES.filter((currency) => currency !== 'KZT' && currency !== 'PYG')

export const coingecko = priceProvider({
  name: 'coingecko',
  prefix: '/api/v3',
  path: `/simple/price?ids=bitcoin&vs_currencies=${COINGECKO_CURRENCIES.join(',').toLowerCase()}&include_last_updated_at=true`,
  givesRates: true,
  read(answer, host, nowMs) {
    const { bitcoin } = fitted(coingeckoSchema, answer, host, '/simple/price')
    return {
      priceUsdPerBtc: bitcoin.usd,
      asOfMs: bitcoin.last_updated_at === undefined ? nowMs : bitcoin.last_updated_at * 1000,
      priceIn: (currency) => bitcoin[currency.toLowerCase()],
    }
  },
})

const coinbaseSchema = z.object({
  data: z.object({ amount: decimalSchema, base: z.literal('BTC'), currency: z.literal('USD') }),
})

const coinbasePrice = priceProvider({
  name: 'coinbase',
  prefix: '/v2',
  path: '/prices/BTC-USD/spot',
  read(answer, host, nowMs) {
    const { data } = fitted(coinbaseSchema, answer, host, '/prices/BTC-USD/spot')
    return { priceUsdPerBtc: Number(data.amount), asOfMs: nowMs }
  },
})

/** Some hundred currencies, as text: units of each for one USD. */
const coinbaseRatesSchema = z.object({
  data: z.object({ currency: z.literal('USD'), rates: z.looseObject({}) }),
})

const coinbaseRates: Part = {
  name: 'rates',
  offers: [],
  givesRates: true,
  everyMs: 60 * MS_PER_MINUTE,
  async ask({ http, baseUrl, nowMs }) {
    const reading = collectReading()
    const { host } = new URL(baseUrl)
    const endpoint = '/exchange-rates'
    const answer = await reading.attempt(
      askPath(baseUrl, '/v2', `${endpoint}?currency=USD`, async (url, request) =>
        fitted(coinbaseRatesSchema, await http.json(url, request), host, endpoint),
      ),
    )
    if (answer === null) return reading.reading()
    const { rates } = answer.data
    sayRates(reading, { host, endpoint, asOfMs: nowMs() }, (currency) => {
      if (rates[currency] === undefined) return null
      const unitsPerUsd = decimalSchema.safeParse(rates[currency])
      return unitsPerUsd.success ? 1 / Number(unitsPerUsd.data) : NaN
    })
    return reading.reading()
  },
}

export const coinbase: Provider = { name: 'coinbase', parts: [...coinbasePrice.parts, coinbaseRates] }
