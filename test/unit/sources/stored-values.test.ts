import fc from 'fast-check'
import { expect, test } from 'vitest'
import { networkStateSchema } from '#shared/ipc/schemas/network.ts'
import { SOURCE_NAMES, SOURCES } from '#shared/ipc/sources.ts'
import { LIMITS } from '#electron/sources/sanity.ts'
import { rateLimits } from '#shared/domain/power/currency.ts'
import { CLOCK_TOLERANCE_MS } from '#electron/sources/in-force.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from './database.ts'
import type { Handler } from './servers.ts'
import { MEMPOOL, NOW_MS, PRICES, sendJson, serve } from './servers.ts'

/** The sound answers of all sources by path; the sources are told apart by their paths alone. */
const SOUND: Readonly<Record<string, unknown>> = {
  ...MEMPOOL,
  '/0/public/Ticker': PRICES.kraken,
  '/api/v3/simple/price': PRICES.coingecko,
  '/v2/prices/BTC-USD/spot': PRICES.coinbase,
  '/v2/exchange-rates': {
    data: {
      currency: 'USD',
      rates: { EUR: '0.8515', GBP: '0.742', JPY: '147.35', NOK: '10.3', KZT: '520.5', PYG: '7412.5' },
    },
  },
}
const hashOf = (height: number) => height.toString(16).padStart(64, '0')
/** All questions to a node go to one path; the method tells them apart. Hash and header are those of the first block of the epoch. */
const NODE: Readonly<Record<string, unknown>> = {
  getblockchaininfo: {
    chain: 'main',
    blocks: 970_000,
    headers: 970_000,
    bestblockhash: hashOf(970_000),
    difficulty: 132_700_000_000_000.5,
    initialblockdownload: false,
  },
  getblockhash: hashOf(969_696),
  getblockheader: { time: 1_791_016_600, difficulty: 132_700_000_000_000.5 },
  getblockstats: { totalfee: 2_000_000 },
  getnetworkhashps: 9.5e20,
}
type Question = { readonly method: string; readonly id: number; readonly params: readonly unknown[] }

/** What the node says of another block than that one; a spoiled answer stays as it is. */
function ofBlock({ method, params }: Question, said: unknown): unknown {
  if (said !== NODE[method] && JSON.stringify(said) !== JSON.stringify(NODE[method])) return said
  if (method === 'getblockhash') return hashOf(Number(params[0]))
  if (method !== 'getblockheader') return said
  const blocks = parseInt(String(params[0]), 16) - 969_696
  return { ...(said as object), time: 1_791_016_600 + blocks * 600 }
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
  const answerOf = (question: Question) => ({
    result: ofBlock(question, nodeSays[question.method]),
    error: null,
    id: question.id,
  })
  let nodeSays: Readonly<Record<string, unknown>> = NODE
  const node = await serve((_, response, body) => {
    const asked = JSON.parse(body) as Question | readonly Question[]
    sendJson(response, 'method' in asked ? answerOf(asked) : asked.map(answerOf))
  })
  const handler: Handler = (request, response) => {
    const { status, body } = replies[(request.url ?? '').replace(/\?.*/, '')] ?? { status: 404, body: '' }
    response.writeHead(status).end(body)
  }
  const { url } = await serve(handler)
  const store = await makeStore({
    networkOrder: SOURCE_NAMES.join(','),
    bitcoindUrl: node.url,
    mempoolUrl: url,
    krakenUrl: url,
    coingeckoUrl: url,
    coinbaseUrl: url,
    coinmetricsUrl: url,
    blockchaininfoUrl: url,
  })
  let nowMs = NOW_MS
  const service = createNetworkService({ store, version: '0', nowMs: () => nowMs })
  const isSource = (name: string) => SOURCE_NAMES.some((known) => known === name)
  /** those that speak of now */
  const asked = SOURCE_NAMES.filter((name) => SOURCES[name].offers.length > 0)
  let stored = 0
  let storedRates = 0

  // After a season nothing that is stored helps to tell right from wrong.
  const later = fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.constant(100 * 86_400_000))
  const answers = fc.record(
    Object.fromEntries(Object.entries(SOUND).map(([path, answer]) => [path, reply(answer)])),
  )
  await fc.assert(
    fc.asyncProperty(answers, mutated(NODE), later, async (made, nodeMade, laterMs) => {
      replies = made
      nodeSays = nodeMade as typeof NODE
      nowMs += laterMs
      const state = networkStateSchema.parse(await service.refresh())
      const rows = await store.readNetworkValues()
      stored = Math.max(stored, rows.length)
      for (const { name, value, source, asOfMs, fetchedAtMs } of rows) {
        const [min, max] = LIMITS[name]
        expect(value).toBeGreaterThanOrEqual(min)
        expect(value).toBeLessThanOrEqual(max)
        expect(source).toSatisfy(isSource)
        expect(asOfMs).toBeLessThanOrEqual(nowMs + CLOCK_TOLERANCE_MS)
        expect(fetchedAtMs).toBeLessThanOrEqual(nowMs)
      }
      const rates = await store.readRates()
      storedRates = Math.max(storedRates, rates.length)
      for (const { currency, usdPerUnit, source, asOfMs, fetchedAtMs } of rates) {
        const [min, max] = rateLimits(currency)
        expect(usdPerUnit).toBeGreaterThanOrEqual(min)
        expect(usdPerUnit).toBeLessThanOrEqual(max)
        expect(source).toSatisfy(isSource)
        expect(asOfMs).toBeLessThanOrEqual(nowMs + CLOCK_TOLERANCE_MS)
        expect(fetchedAtMs).toBeLessThanOrEqual(nowMs)
      }
      // What was kept out is told beside what is stored, and never counts.
      for (const { name, source, inForce, refused } of state.said) {
        if (refused !== null) expect(inForce).toBe(false)
        else expect(rows).toContainEqual(expect.objectContaining({ name, source }))
      }
      for (const change of state.previousAdjustments)
        expect(Math.abs(Math.log1p(change))).toBeLessThanOrEqual(Math.log(4))
      // What fails to be stored is told; nothing is lost in silence.
      for (const source of state.sources.filter(({ name }) => asked.some((known) => known === name))) {
        const isFresh = [...rows, ...rates].some(
          (row) => row.source === source.name && row.fetchedAtMs === nowMs,
        )
        if (!isFresh) expect(source.lastError).not.toBeNull()
      }
    }),
    { numRuns: 120 },
  )
  // Not all of it was refused: the property is about something.
  expect(stored).toBeGreaterThan(10)
  expect(storedRates).toBeGreaterThan(6)
})
