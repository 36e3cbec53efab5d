import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { PastStatus } from '#shared/ipc/schemas/past.ts'
import { pastStatusSchema } from '#shared/ipc/schemas/past.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { PastServiceOptions } from '#electron/services/past-service.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { makeStore } from '../sources/database.ts'
import {
  blockchaininfoPast,
  coinmetricsPast,
  dateOf,
  DAY_S,
  FEES,
  HASHRATE,
  krakenPast,
  LAST_DAY,
  mempoolPast,
  nodePast,
  PRICE,
  priceOn,
} from '../sources/past-world.ts'
import { answering, NOW_MS, sendJson, serve } from '../sources/servers.ts'
import type { Handler } from '../sources/servers.ts'
import { standingClock } from '../standing-clock.ts'

const HOUR = 3_600_000
const DAY = 86_400_000

/** A service on a database of its own, whose clock and timers stand still unless the test moves them. */
async function make(settings: Partial<Settings>, more: Partial<PastServiceOptions> = {}) {
  const store = await makeStore(settings)
  const { clock, waiting: timers, options } = standingClock(NOW_MS)
  const seen: PastStatus[] = []
  const errors: unknown[] = []
  const again = () =>
    createPastService({
      store,
      version: '1.2.3',
      ...options,
      onChange: (status) => void seen.push(pastStatusSchema.parse(status)),
      onError: (error) => void errors.push(error),
      ...more,
    })
  return { store, clock, seen, errors, timers, service: again(), again }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
}
const wordsOf = (status: PastStatus, host: string) =>
  status.faults.map(({ source, words }) => `${source}: ${words.replaceAll(host, 'host')}`)

describe('a first run', () => {
  test('fills everything that a mempool server knows, piece by piece, and tells how far it is', async () => {
    const server = await serve(mempoolPast())
    const { service, store, seen, errors } = await make({ mempoolUrl: server.url })
    expect(await service.status()).toEqual({
      revision: 0,
      running: false,
      progress: null,
      finishedMs: null,
      unfinished: false,
      faults: [],
    })
    const status = await service.backfillToEnd()
    expect(status).toMatchObject({
      running: false,
      progress: null,
      finishedMs: NOW_MS,
      unfinished: false,
      faults: [],
    })
    expect(server.asked).toHaveLength(21)
    expect(server.headers[0]!['user-agent']).toBe('Strikeline/1.2.3')
    expect(errors).toEqual([])

    const { series, epochs, revision } = await service.read()
    expect(revision).toBe(status.revision)
    expect(epochs).toBe(482)
    expect(series.dates.at(-1)).toBe(dateOf(LAST_DAY))
    expect(series.priceUsd.at(-1)).toBe(priceOn(LAST_DAY))
    for (const column of ['hashrateEhs', 'difficulty', 'issuanceBtc', 'feesBtc'] as const)
      expect(series[column].at(-1), column).toBeGreaterThan(1)
    expect((await store.readPastMarks()).map(({ part }) => part).sort()).toEqual([
      'epochs',
      'fees',
      'hashrate',
      'price',
    ])

    const told = seen.flatMap(({ progress }) => (progress === null ? [] : [progress]))
    expect(told.slice(0, 4)).toEqual([
      { words: 'looking what is missing', done: 0, total: 0 },
      { words: 'mempool: difficulty epochs', done: 0, total: 21 },
      { words: 'mempool: hashrate', done: 1, total: 21 },
      { words: 'mempool: fees and blocks of 2009', done: 2, total: 21 },
    ])
    expect(told.at(-1)).toEqual({ words: 'mempool: price of the last month', done: 20, total: 21 })
    expect(seen.at(-1)).toEqual(status)
  })
  test('several sources, those of narrow terms once they are in the order', async () => {
    const [mempool, kraken, coinmetrics, blockchaininfo, node] = await Promise.all([
      serve(mempoolPast()),
      serve(answering(krakenPast())),
      serve(coinmetricsPast()),
      serve(answering(blockchaininfoPast())),
      serve(nodePast()),
    ])
    const { service, store, seen } = await make({
      networkOrder: 'bitcoind,mempool,kraken,coingecko,coinmetrics,blockchaininfo',
      bitcoindUrl: node.url,
      mempoolUrl: mempool.url,
      krakenUrl: kraken.url,
      coinmetricsUrl: coinmetrics.url,
      blockchaininfoUrl: blockchaininfo.url,
    })
    const status = await service.backfillToEnd()
    expect(status.faults).toEqual([])
    // Progress speaks of a source by its word, as the screen does.
    const askedNow = seen.flatMap(({ progress }) => progress?.words.match(/^(.+): /)?.[1] ?? [])
    expect([...new Set(askedNow)]).toEqual([
      'own node',
      'mempool',
      'Kraken',
      'Coin Metrics',
      'blockchain.info',
    ])
    const { series, coverage } = await service.read()
    const sourcesOf = (column: string) =>
      coverage.find((one) => one.column === column)!.sources.map(({ source }) => source)
    expect(sourcesOf('priceUsd')).toEqual(['coinmetrics', 'kraken', 'mempool'])
    // the node knows four years, mempool all but the first day
    expect(sourcesOf('issuanceBtc')).toEqual(['mempool', 'bitcoind', 'coinmetrics'])
    expect(sourcesOf('transferValueUsd')).toEqual(['blockchaininfo'])
    expect(series.transferValueUsd.at(-1)).toBeGreaterThan(1e9)
    // sources that know the past alone have a status line of their own
    const statuses = await store.readSourceStatus()
    expect(statuses.map(({ name, lastSuccessMs, lastError }) => [name, lastSuccessMs, lastError])).toEqual(
      expect.arrayContaining([
        ['coinmetrics', NOW_MS, null],
        ['blockchaininfo', NOW_MS, null],
      ]),
    )
    expect(statuses).toHaveLength(2)
    // Coin Metrics had not finished the last day: the next run asks for it again, and nobody else for anything
    const before = [mempool, kraken, coinmetrics, blockchaininfo, node].map(({ asked }) => asked.length)
    await service.backfillToEnd()
    expect([mempool, kraken, coinmetrics, blockchaininfo, node].map(({ asked }) => asked.length)).toEqual(
      before.map((count, i) => (i === 2 ? count + 1 : count)),
    )
  })
  test('two at once are one', async () => {
    const server = await serve(answering(krakenPast()))
    const { service } = await make({ networkOrder: 'kraken', krakenUrl: server.url })
    const [status] = await Promise.all([service.backfill(), service.backfillToEnd(), service.backfill()])
    expect(status.running).toBe(true)
    expect(server.asked).toHaveLength(1)
  })
  test('the order without a source of the past, or with an address that may not be asked', async () => {
    const { service, store } = await make({ networkOrder: 'coingecko' })
    expect(await service.backfillToEnd()).toMatchObject({ faults: [], unfinished: false })
    await store.writeSettings({ networkOrder: 'mempool', mempoolUrl: 'http://mempool.example/api' })
    expect((await service.backfillToEnd()).faults).toEqual([
      { source: 'mempool', words: 'mempool.example may be a public server: ask it over https, not http.' },
    ])
  })
})

describe('stopping and going on', () => {
  /** Holds the answers to one year until they are let go. */
  function holding(year: number) {
    const held: (() => void)[] = []
    const from = String(Date.UTC(year - 1, 11, 31, 12) / 1000)
    const handler: Handler = (request, response, body) => {
      const answer = () => mempoolPast()(request, response, body)
      if (request.url!.includes(`from=${from}`)) held.push(answer)
      else answer()
    }
    return { held, handler }
  }
  test('a stop in the middle keeps what came, and the next run asks only for the rest', async () => {
    const { held, handler } = holding(2015)
    const server = await serve(handler)
    const { service, again, store } = await make({ mempoolUrl: server.url })
    await service.backfill()
    await until(() => held.length === 1)
    const stopped = await service.stopBackfill()
    expect(stopped).toMatchObject({
      running: false,
      progress: null,
      unfinished: true,
      finishedMs: null,
      faults: [],
    })
    expect(server.asked).toHaveLength(9)
    const mark = (await store.readPastMarks()).find(({ part }) => part === 'fees')!
    expect(dateOf(mark.throughDay)).toBe('2014-12-31')
    const stored = await service.read()
    expect(stored.coverage.find(({ column }) => column === 'feesBtc')!.through).toBe('2014-12-31')

    // after a restart too it is known that the past is not whole
    const next = again()
    expect(await next.status()).toMatchObject({ unfinished: true, finishedMs: null, running: false })
    server.handler = mempoolPast()
    server.asked.length = 0
    const status = await next.backfillToEnd()
    expect(status).toMatchObject({ unfinished: false, finishedMs: NOW_MS, faults: [] })
    // 2014 once more for its last three days, 2015 to 2026, and the price; not the epochs and the hashrate
    expect(server.asked.map((path) => path.replace(/\?.*/, ''))).toEqual([
      ...Array<string>(13).fill(FEES),
      PRICE,
    ])
    expect(server.asked[0]).toContain(`from=${Date.UTC(2014, 11, 28, 12) / 1000}`)
    expect(await again().status()).toMatchObject({ unfinished: false, finishedMs: NOW_MS })
  })
  test('nothing is stored after the service has stopped', async () => {
    const { held, handler } = holding(2010)
    const server = await serve(handler)
    const { service, store } = await make({ mempoolUrl: server.url })
    await service.backfill()
    await until(() => held.length === 1)
    await service.stop()
    const [marks, revision] = [await store.readPastMarks(), await store.readPastRevision()]
    for (const answer of held) answer()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await store.readPastMarks()).toEqual(marks)
    expect(await store.readPastRevision()).toBe(revision)
    expect(server.asked).toHaveLength(4)
  })
  test('a day later only the last days are asked for', async () => {
    const server = await serve(mempoolPast())
    const { service, clock } = await make({ mempoolUrl: server.url })
    await service.backfillToEnd()
    server.asked.length = 0
    clock.nowMs = NOW_MS + DAY
    const status = await service.backfillToEnd()
    // the world ends where it did, so that the latest days are missing, but none of the old ones is asked for again
    expect(server.asked.map((path) => path.replace(/\?.*/, ''))).toEqual([
      '/api/v1/mining/difficulty-adjustments/1m',
      `${HASHRATE}/1m`,
      FEES,
      PRICE,
    ])
    expect(status.unfinished).toBe(false)
  })
  test('a mark from a clock that was ahead is not believed', async () => {
    const server = await serve(answering(krakenPast()))
    const { service, store } = await make({ networkOrder: 'kraken', krakenUrl: server.url })
    await store.savePastPiece({
      source: 'kraken',
      part: 'price',
      values: [],
      epochs: [],
      throughDay: LAST_DAY + 400,
      fetchedAtMs: NOW_MS + 400 * DAY,
    })
    await service.backfillToEnd()
    expect((await service.read()).series.priceUsd.at(-1)).toBe(Number(priceOn(LAST_DAY).toFixed(1)))
  })
})

describe('after every fault: no crash, nothing bad stored, the reason in words, the other sources go on', () => {
  const text = (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Handler => {
    return (_, response) => void response.writeHead(status, headers).end(body)
  }
  const BOMB = gzipSync(Buffer.alloc(40_000_000, 32))
  const thousand = (path: string) =>
    path.startsWith(HASHRATE)
      ? { hashrates: [{ timestamp: (LAST_DAY + 1) * DAY_S, avgHashrate: 9.5e23 }] }
      : undefined

  test.each<[string, Handler, RegExp]>([
    ['never answers', () => undefined, /host did not answer within 0\.5 s/],
    [
      'drips',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).write('[')
      },
      /host did not answer within 0\.5 s/,
    ],
    [
      'is cut in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('[[1703311464,')
        setTimeout(() => response.destroy(), 20)
      },
      /host broke off in the middle of its answer/,
    ],
    [
      '429 with a pause',
      text('slow down', 429, { 'retry-after': '120' }),
      /was asked too often, and asks for a pause of 120 s \(HTTP 429\)/,
    ],
    ['429 without one', text('slow down', 429), /was asked too often \(HTTP 429\)/],
    ['500', text('{}', 500), /answered with an error \(HTTP 500\)/],
    [
      'a page',
      text('<html>Welcome</html>', 200, { 'content-type': 'text/html' }),
      /a page instead of data \(HTTP 200\)/,
    ],
    ['a bomb', text(BOMB, 200, { 'content-encoding': 'gzip' }), /sent more than 16 MB/],
    ['100 MB', text('', 200, { 'content-length': '100000000' }), /sent more than 16 MB/],
    [
      'wrong types',
      (_, response) => sendJson(response, { hashrates: 'none' }),
      /in another shape than promised/,
    ],
    ['not text', text(Buffer.from([0xff, 0xfe, 0x00])), /sent something that is not text/],
    [
      'a redirect',
      text('', 302, { location: 'https://elsewhere.example/' }),
      /redirects to elsewhere\.example \(HTTP 302\), which is not followed/,
    ],
  ])('%s', async (_, handler, words) => {
    const [server, kraken] = await Promise.all([serve(handler), serve(answering(krakenPast()))])
    const { service, store, errors } = await make(
      { networkOrder: 'mempool,kraken', mempoolUrl: server.url, krakenUrl: kraken.url },
      { timeoutMs: 500 },
    )
    const status = await service.backfillToEnd()
    expect(wordsOf(status, server.host).join()).toMatch(words)
    expect(status).toMatchObject({ running: false, unfinished: true, finishedMs: null })
    expect(errors).toEqual([])
    expect((await store.readPastMarks()).map(({ source }) => source)).toEqual(['kraken'])
    const { series, epochs } = await service.read()
    expect(epochs).toBe(0)
    expect(series.priceUsd.at(-1)).toBeGreaterThan(1000)
    expect(series.hashrateEhs.every(Number.isNaN)).toBe(true)
  })
  test('a source that asks for a pause is not asked again before its end, and then goes on', async () => {
    const server = await serve(mempoolPast())
    const whole = server.handler
    server.handler = (request, response, body) => {
      if (server.asked.length <= 5) whole(request, response, body)
      else response.writeHead(429, { 'retry-after': '600' }).end()
    }
    const { service, clock } = await make({ mempoolUrl: server.url })
    expect(wordsOf(await service.backfillToEnd(), server.host)).toEqual([
      `mempool: host was asked too often, and asks for a pause of 600 s (HTTP 429) (/v1/mining/blocks/fees).`,
    ])
    // left at once: the price was not asked for
    expect(server.asked).toHaveLength(6)
    server.handler = whole
    expect(wordsOf(await service.backfillToEnd(), server.host)).toEqual([
      'mempool: host asked for a pause and is left alone until 12:10 UTC.',
    ])
    expect(server.asked).toHaveLength(6)
    clock.nowMs += 601_000
    expect(await service.backfillToEnd()).toMatchObject({ faults: [], unfinished: false })
    expect(server.asked[6]).toContain(`from=${Date.UTC(2011, 11, 28, 12) / 1000}`)
  })
  test('what does not pass is not stored, whole, and the other parts go on', async () => {
    const server = await serve(mempoolPast(thousand))
    const { service, store } = await make({ mempoolUrl: server.url })
    const status = await service.backfillToEnd()
    expect(wordsOf(status, server.host)).toEqual([
      'mempool: host: nothing was taken of its hashrate, because its hashrate of 2026-10-04, 950,000 EH/s, is not between 5 and 100,000.',
    ])
    expect((await store.readPastMarks()).map(({ part }) => part).sort()).toEqual(['epochs', 'fees', 'price'])
    expect(status.unfinished).toBe(true)
  })
  test('the hashrate of a first run is held against the epochs that came before it', async () => {
    const server = await serve(
      mempoolPast((path) =>
        path.startsWith(HASHRATE)
          ? { hashrates: [{ timestamp: (LAST_DAY + 1) * DAY_S, avgHashrate: 9.5e21 }] }
          : undefined,
      ),
    )
    const { service } = await make({ mempoolUrl: server.url })
    expect(wordsOf(await service.backfillToEnd(), server.host).join()).toMatch(
      /its hashrate is 1\d\.\d+ times what the difficulty of those days stands for/,
    )
  })
  test('a file that is wrong does not keep out what the sources say', async () => {
    const server = await serve(answering(krakenPast()))
    const { service, store } = await make({ networkOrder: 'kraken', krakenUrl: server.url })
    const folder = await mkdtemp(join(tmpdir(), 'strikeline-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'daily.csv')
    const days = Array.from({ length: 30 }, (_, i) => LAST_DAY - 29 + i)
    await writeFile(
      path,
      ['date,price_usd', ...days.map((day) => `${dateOf(day)},${priceOn(day) * 3}`), ''].join('\n'),
    )
    await service.importDaily(path)
    expect((await service.backfillToEnd()).faults).toEqual([])
    // The file counts until it is forgotten, and then the sources do.
    expect((await service.read()).series.priceUsd.at(-1)).toBe(priceOn(LAST_DAY) * 3)
    await store.forgetImported()
    expect((await service.read()).series.priceUsd.at(-1)).toBeCloseTo(priceOn(LAST_DAY), 0)
  })
  test('a price that is a fifth away from that of the others is not taken', async () => {
    const [server, kraken] = await Promise.all([
      serve(
        mempoolPast((path) =>
          path === PRICE
            ? {
                prices: [LAST_DAY - 1, LAST_DAY].flatMap((day) => [
                  { time: (day + 1) * DAY_S, USD: priceOn(day) * 1.2 },
                  { time: (day + 1) * DAY_S + 3600, USD: priceOn(day) * 1.2 },
                ]),
              }
            : undefined,
        ),
      ),
      serve(answering(krakenPast())),
    ])
    const { service } = await make({
      networkOrder: 'kraken,mempool',
      krakenUrl: kraken.url,
      mempoolUrl: server.url,
    })
    const status = await service.backfillToEnd()
    expect(wordsOf(status, server.host).join()).toMatch(/nothing was taken of its price/)
  })
})

describe('by itself', () => {
  test('a history that was once filled is brought up to date after 20 hours, where the settings want it', async () => {
    const server = await serve(answering(krakenPast()))
    const { service, clock, timers, store } = await make({ networkOrder: 'kraken', krakenUrl: server.url })
    const look = async () => {
      timers[0]!.work()
      await until(() => timers.length === 1 && timers[0]!.delayMs === HOUR)
    }
    const next = async () => {
      const { work } = timers.splice(0, 1)[0]!
      work()
      await until(() => timers.length === 1)
    }
    service.start()
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([60_000])
    await look()
    // never filled: nobody is asked
    expect(server.asked).toHaveLength(0)
    await service.backfillToEnd()
    clock.nowMs += 19 * HOUR
    await next()
    expect(server.asked).toHaveLength(1)
    clock.nowMs += 2 * HOUR
    await store.writeSettings({ autoRefresh: false })
    await next()
    expect(server.asked).toHaveLength(1)
    await store.writeSettings({ autoRefresh: true })
    await next()
    expect(server.asked).toHaveLength(2)
    await service.stop()
    expect(timers).toEqual([])
  })
})

test('a fault of the store reaches whoever waits for the end, or is reported', async () => {
  const server = await serve(answering(krakenPast()))
  const { store, errors } = await make({ networkOrder: 'kraken', krakenUrl: server.url })
  const service = createPastService({
    store: { ...store, savePastPiece: () => Promise.reject(new Error('disk full')) },
    version: '1.2.3',
    nowMs: () => NOW_MS,
    onError: (error) => void errors.push(error),
  })
  await expect(service.backfillToEnd()).rejects.toThrow('disk full')
  expect(await service.status()).toMatchObject({ running: false, unfinished: true })
  await service.backfill()
  await until(() => errors.length === 1)
})

describe('files', () => {
  test('an imported history, a written one, and forgetting, each told', async () => {
    const { service, seen } = await make({})
    const folder = await mkdtemp(join(tmpdir(), 'strikeline-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const [given, written] = [join(folder, 'daily.csv'), join(folder, 'written.csv')]
    await writeFile(given, 'date,price_usd\n2026-10-03,85850\n2026-10-04,85900\n')
    expect(await service.importDaily(given)).toMatchObject({ days: 2, columns: ['priceUsd'] })
    expect(seen.map(({ revision }) => revision)).toEqual([1])
    expect([...(await service.read()).series.priceUsd]).toEqual([85_850, 85_900])
    expect(await service.exportDaily(written)).toEqual({ days: 2 })
    expect(await readFile(written, 'utf8')).toContain('2026-10-04,85900')
    expect(await service.forgetImported()).toEqual({ days: 2 })
    expect(seen.at(-1)!.revision).toBe(2)
    expect((await service.read()).series.dates).toEqual([])
  })
  test('a network file carries the past and the rates to a machine without a network', async () => {
    const server = await serve(answering(krakenPast()))
    const office = await make({ networkOrder: 'kraken', krakenUrl: server.url })
    await office.service.backfillToEnd()
    await office.store.saveRates([
      { currency: 'EUR', usdPerUnit: 1.08, source: 'mempool', asOfMs: NOW_MS, fetchedAtMs: NOW_MS },
    ])
    const folder = await mkdtemp(join(tmpdir(), 'strikeline-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'network.strikeline')
    await office.service.exportNetworkFile(file)

    let fleetChanges = 0
    const countFleetChange = () => {
      fleetChanges++
      return Promise.resolve()
    }
    const site = await make({ networkOrder: '' }, { onFleetChanged: countFleetChange })
    expect(await site.service.importNetworkFile(file)).toMatchObject({ days: 719 })
    expect(fleetChanges).toBe(0)
    expect((await site.service.read()).series.priceUsd.at(-1)).toBe(Number(priceOn(LAST_DAY).toFixed(1)))
    expect(site.seen.at(-1)!.revision).toBeGreaterThan(0)

    const euro = await make({ networkOrder: '' }, { onFleetChanged: countFleetChange })
    await euro.store.addSite({
      name: 'Norden',
      powerPriceUsdPerKwh: null,
      otherUsdPerKwh: 0,
      overhead: 0,
      tariff: { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0 },
    })
    await euro.service.importNetworkFile(file)
    expect(fleetChanges).toBe(1)
  })
})
