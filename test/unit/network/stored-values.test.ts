import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkStateSchema } from '#shared/contract/network.ts'
import { LIMITS } from '#electron/network/bounds.ts'
import { CLOCK_TOLERANCE_MS } from '#electron/network/truth.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from './database.ts'
import type { Handler } from './servers.ts'
import { MEMPOOL, NOW_MS, PRICES, serve } from './servers.ts'

/** The sound answers of all sources by path; the sources are told apart by their paths alone. */
const SOUND: Readonly<Record<string, unknown>> = {
  ...MEMPOOL,
  '/0/public/Ticker': PRICES.kraken,
  '/api/v3/simple/price': PRICES.coingecko,
  '/v2/prices/BTC-USD/spot': PRICES.coinbase,
}

/** A leaf as a server in trouble may send it: another unit, another type, nothing. */
const spoiled = (leaf: unknown) =>
  fc.oneof(
    fc.constantFrom(0.001, 1000, -1, 0, 0.9, 1.2, 5).map((factor) => {
      const value = Number(leaf) * factor
      return typeof leaf === 'string' ? String(value) : value
    }),
    fc.constantFrom<unknown>(null, '', 'NaN', '1e999', [], {}, true),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
  )

/** The same answer with each leaf spoiled with the given odds. */
function mutated(answer: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(answer)) return fc.tuple(...answer.map(mutated))
  if (typeof answer === 'object' && answer !== null)
    return fc.record(Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, mutated(value)])))
  return fc.oneof({ weight: 8, arbitrary: fc.constant(answer) }, { weight: 1, arbitrary: spoiled(answer) })
}

type Reply = { readonly status: number; readonly body: string }
const reply = (answer: unknown): fc.Arbitrary<Reply> =>
  fc.oneof(
    { weight: 6, arbitrary: mutated(answer).map((value) => ({ status: 200, body: JSON.stringify(value) })) },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => ({ status: 200, body: JSON.stringify(value) })) },
    { weight: 1, arbitrary: fc.string().map((body) => ({ status: 200, body })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(302, 404, 429, 500, 503).map((status) => ({ status, body: '' })),
    },
  )

test('whatever the sources answer, in whatever sequence: a stored value is within its bounds, dated, and has a source', async () => {
  let replies: Readonly<Record<string, Reply>> = {}
  const handler: Handler = (request, response) => {
    const { status, body } = replies[(request.url ?? '').replace(/\?.*/, '')] ?? { status: 404, body: '' }
    response.writeHead(status).end(body)
  }
  const { url } = await serve(handler)
  const store = await makeStore({
    networkOrder: 'mempool,kraken,coingecko,coinbase',
    mempoolUrl: url,
    krakenUrl: url,
    coingeckoUrl: url,
    coinbaseUrl: url,
  })
  let nowMs = NOW_MS
  const service = createNetworkService({ store, version: '0', nowMs: () => nowMs })
  const sources = ['mempool', 'kraken', 'coingecko', 'coinbase']
  let stored = 0

  // After a season nothing that is stored helps to tell right from wrong.
  const later = fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constant(100 * 86_400_000))
  const answers = fc.record(
    Object.fromEntries(Object.entries(SOUND).map(([path, answer]) => [path, reply(answer)])),
  )
  await fc.assert(
    fc.asyncProperty(answers, later, async (made, laterMs) => {
      replies = made
      nowMs += laterMs
      const state = networkStateSchema.parse(await service.refresh())
      const rows = await store.readNetworkValues()
      stored = Math.max(stored, rows.length)
      for (const { name, value, source, asOfMs, fetchedAtMs } of rows) {
        const [min, max] = LIMITS[name]
        expect(value).toBeGreaterThanOrEqual(min)
        expect(value).toBeLessThanOrEqual(max)
        expect(sources).toContain(source)
        expect(asOfMs).toBeLessThanOrEqual(nowMs + CLOCK_TOLERANCE_MS)
        expect(fetchedAtMs).toBeLessThanOrEqual(nowMs)
      }
      for (const change of state.previousAdjustments)
        expect(Math.abs(Math.log1p(change))).toBeLessThanOrEqual(Math.log(4))
      // What fails to be stored is told; nothing is lost in silence.
      for (const source of state.sources) {
        const isFresh = rows.some((row) => row.source === source.name && row.fetchedAtMs === nowMs)
        if (!isFresh) expect(source.lastError).not.toBeNull()
      }
    }),
    { numRuns: 120 },
  )
  // Not all of it was refused: the property is about something.
  expect(stored).toBeGreaterThan(4)
})
