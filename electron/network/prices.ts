import { z } from 'zod'
import type { SourceName } from '#shared/contract/sources.ts'
import { SourceFault } from './http.ts'
import type { Provider } from './provider.ts'
import { askPath, collectReading, decimalSchema, fitted, MINUTE_MS, unixSecondsSchema } from './provider.ts'

/** Exchanges and price services: one question, one price. */

type Quote = { readonly priceUsdPerBtc: number; readonly asOfMs: number }

type PriceService = {
  readonly name: SourceName
  readonly prefix: string
  readonly path: string
  /** Makes a quote of the answer; throws a SourceFault where it holds none. */
  readonly read: (answer: unknown, host: string, nowMs: number) => Quote
}

const priceProvider = ({ name, prefix, path, read }: PriceService): Provider => ({
  name,
  parts: [
    {
      name: 'price',
      offers: ['priceUsdPerBtc'],
      everyMs: 5 * MINUTE_MS,
      async ask({ http, baseUrl, nowMs }) {
        const reading = collectReading()
        const { host } = new URL(baseUrl)
        const quote = await reading.attempt(
          askPath(baseUrl, prefix, path, async (url, request) =>
            read(await http.json(url, request), host, nowMs()),
          ),
        )
        if (quote !== null) reading.say('priceUsdPerBtc', quote.priceUsdPerBtc, quote.asOfMs)
        return reading.reading()
      },
    },
  ],
})

/** Faults come as a 200 with a filled error list. The pair is not called in the answer what it is called in the question. */
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
  bitcoin: z.object({ usd: z.number(), last_updated_at: unixSecondsSchema.optional() }),
})

export const coingecko = priceProvider({
  name: 'coingecko',
  prefix: '/api/v3',
  path: '/simple/price?ids=bitcoin&vs_currencies=usd&include_last_updated_at=true',
  read(answer, host, nowMs) {
    const { bitcoin } = fitted(coingeckoSchema, answer, host, '/simple/price')
    return {
      priceUsdPerBtc: bitcoin.usd,
      asOfMs: bitcoin.last_updated_at === undefined ? nowMs : bitcoin.last_updated_at * 1000,
    }
  },
})

const coinbaseSchema = z.object({
  data: z.object({ amount: decimalSchema, base: z.literal('BTC'), currency: z.literal('USD') }),
})

export const coinbase = priceProvider({
  name: 'coinbase',
  prefix: '/v2',
  path: '/prices/BTC-USD/spot',
  read(answer, host, nowMs) {
    const { data } = fitted(coinbaseSchema, answer, host, '/prices/BTC-USD/spot')
    return { priceUsdPerBtc: Number(data.amount), asOfMs: nowMs }
  },
})
