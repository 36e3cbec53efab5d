import { describe, expect, test } from 'vitest'
import type { SourceName } from '#shared/ipc/sources.ts'
import { SOURCE_NAMES, SOURCES } from '#shared/ipc/sources.ts'
import type { PastPiece } from '#electron/sources/past/part.ts'
import { HISTORY_PARTS } from '#electron/sources/past/parts.ts'
import { answering, contextOf, sendJson, serve } from './servers.ts'
import type { Handler } from './servers.ts'
import {
  blockchaininfoPast,
  BLOCKS_PER_DAY,
  coinmetricsPast,
  dateOf,
  DAY_S,
  difficultyAt,
  hashrateHsOn,
  heightAt,
  krakenPast,
  LAST_DAY,
  nodePast,
  priceOn,
  TIP,
} from './past-world.ts'

/** What a part of a source says, question by question until one fails. */
async function ask(source: SourceName, name: string, handler: Handler, throughDay: number | null = null) {
  const server = await serve(handler)
  const part = HISTORY_PARTS[source].find((candidate) => candidate.name === name)!
  const pieces: PastPiece[] = []
  let fault: string | null = null
  try {
    for (const question of await part.questions(contextOf(server.url), throughDay))
      pieces.push(await question.ask())
  } catch (error) {
    fault = (error as Error).message.replaceAll(server.host, 'host')
  }
  const column = (column: string) =>
    new Map(
      pieces
        .flatMap(({ values }) => values.filter((one) => one.column === column))
        .flatMap(({ day, value }) => Array.from(day, (at, i) => [at, value[i]!] as const)),
    )
  return { pieces, fault, asked: server.asked, column }
}

test('each source fills what the list of sources says of it', () => {
  for (const name of SOURCE_NAMES) {
    const fills = new Set(HISTORY_PARTS[name].flatMap((part) => part.fills))
    // The difficulty of Coin Metrics and the rest: in any order
    expect([...fills].sort(), name).toEqual([...SOURCES[name].past].sort())
  }
})

describe('kraken', () => {
  test('720 daily closes without the day that runs', async () => {
    const { column, asked, pieces } = await ask('kraken', 'price', answering(krakenPast()))
    expect(asked).toEqual(['/0/public/OHLC?pair=XBTUSD&interval=1440'])
    const price = column('priceUsd')
    expect(price.size).toBe(719)
    expect(price.get(LAST_DAY)).toBe(Number(priceOn(LAST_DAY).toFixed(1)))
    expect(price.has(LAST_DAY + 1)).toBe(false)
    expect(pieces[0]!.throughDay).toBe(LAST_DAY)
  })
  test('a fault comes as an answer', async () => {
    const { fault } = await ask('kraken', 'price', (_, response) =>
      sendJson(response, { error: ['EGeneral:Too many requests'] }),
    )
    expect(fault).toBe('host answered: EGeneral:Too many requests')
  })
  test.each([
    [{ error: [], result: { last: 1 } }, 'host gave no prices'],
    [{ error: [], result: { XXBTZUSD: [], last: 1 } }, 'host gave no value of the days from 2009-01-03 on'],
    [{ error: [], result: { X: [[1_700_000_000, '1', '1', '1', 'NaN']] } }, /in another shape than promised/],
    [{ error: [], result: { X: [[1_700_000_000, '1', '1', '1', 1]] } }, /in another shape than promised/],
  ])('%j', async (answer, words) => {
    expect((await ask('kraken', 'price', (_, response) => sendJson(response, answer))).fault).toMatch(words)
  })
})

describe('coinmetrics', () => {
  test('four years a question, numbers as text, the unfinished day left out', async () => {
    const { column, asked, fault, pieces } = await ask('coinmetrics', 'daily', coinmetricsPast())
    expect(fault).toBeNull()
    expect(asked).toHaveLength(5)
    expect(asked[0]).toContain('start_time=2009-01-03&end_time=2012-12-31&page_size=10000')
    expect(pieces.at(-1)!.throughDay).toBe(LAST_DAY - 1)
    expect(column('priceUsd').get(LAST_DAY - 1)).toBe(priceOn(LAST_DAY - 1))
    expect(column('priceUsd').has(LAST_DAY)).toBe(false)
    expect(dateOf([...column('priceUsd').keys()][0]!)).toBe('2010-07-18')
    expect(column('issuanceBtc').get(LAST_DAY - 1)).toBe(150 * 3.125)
    expect(column('feesBtc').get(LAST_DAY - 1)).toBe(3)
    const height = heightAt((LAST_DAY - 0.5) * DAY_S)
    const difficulty = difficultyAt(height)
    expect(column('difficulty').get(LAST_DAY - 1)! / difficulty).toBeCloseTo(1, 8)
    expect(column('hashrateEhs').get(LAST_DAY - 1)! / ((difficulty * 2 ** 32 * 150) / 86_400e18)).toBeCloseTo(
      1,
      8,
    )
    expect(column('difficulty').get(14_250)).toBe(1)
  })
  test('the captured day 2025-12-29: its difficulty is 148.258434 T', async () => {
    const day = Date.parse('2025-12-29') / 86_400_000
    const row = {
      asset: 'btc',
      time: '2025-12-29T00:00:00.000000000Z',
      BlkCnt: '154',
      CapMVRVCur: '1.551843732811980112',
      CapMrktCurUSD: '1739952832712.977',
      FeeTotNtv: '2.80614074',
      HashRate: '1134974870.443899',
      IssTotNtv: '481.25',
      PriceUSD: '87133.5103991818',
    }
    const { column } = await ask(
      'coinmetrics',
      'daily',
      (_, response) => sendJson(response, { data: [row] }),
      day,
    )
    expect(column('difficulty').get(day)! / 1e12).toBeCloseTo(148.258434, 5)
    expect(column('hashrateEhs').get(day)).toBeCloseTo(1134.974870443899, 9)
    expect(column('marketCapUsd').get(day)).toBe(1739952832712.977)
  })
  test('a series that is no longer free refuses all of them; that is said', async () => {
    const { fault } = await ask('coinmetrics', 'daily', (_, response) =>
      sendJson(
        response,
        {
          error: {
            type: 'forbidden',
            message: 'Requested resource is not available with supplied credentials.',
          },
        },
        403,
      ),
    )
    expect(fault).toBe(
      'host answered: Requested resource is not available with supplied credentials. One of the series is no longer free without a key',
    )
  })
  test.each([
    [
      { data: [], next_page_token: '0.MjAyNS0xMi0yOFQwMDowMDowMFo' },
      'host gave only some of the days that were asked for',
    ],
    [{ data: [] }, 'host gave no value of the days from 2009-01-03 on'],
    [
      { data: [{ time: '2025-12-29T00:00:00.000000000Z', PriceUSD: 'NaN' }] },
      /data\.0\.PriceUSD: is not a number/,
    ],
    [
      { data: [{ time: '2025-12-29T00:00:00.000000000Z', PriceUSD: '-1' }] },
      /data\.0\.PriceUSD: is not a number/,
    ],
    [{ data: [{ time: '2025-12-29T00:00:00.000000000Z', PriceUSD: 87_133 }] }, /data\.0\.PriceUSD: /],
    [{ data: [{ time: '2025-13-29T00:00:00Z' }] }, /data\.0\.time: is not a day/],
    [{ data: [{ time: '2025-12-29T12:00:00Z' }] }, /data\.0\.time: is not the beginning of a day/],
    [
      { data: [{ time: '2027-01-01T00:00:00Z', PriceUSD: '87133', HashRate: '1e9' }] },
      /dated 2027-01-01 00:00 UTC/,
    ],
  ])('%j', async (answer, words) => {
    expect((await ask('coinmetrics', 'daily', (_, response) => sendJson(response, answer))).fault).toMatch(
      words,
    )
  })
})

describe('blockchaininfo', () => {
  test('one chart a part, unthinned; 0 is no value', async () => {
    const price = await ask('blockchaininfo', 'market-price', answering(blockchaininfoPast()))
    expect(price.asked).toEqual(['/charts/market-price?timespan=all&sampled=false&format=json'])
    expect(price.column('priceUsd').get(LAST_DAY)).toBe(priceOn(LAST_DAY))
    expect([...price.column('priceUsd').keys()][0]).toBe(14_839)
    const volume = await ask(
      'blockchaininfo',
      'estimated-transaction-volume-usd',
      answering(blockchaininfoPast()),
    )
    expect(volume.column('transferValueUsd').get(LAST_DAY)).toBe(priceOn(LAST_DAY) * 60_000)
  })
  test('later from three days back', async () => {
    const { asked, column } = await ask(
      'blockchaininfo',
      'hash-rate',
      answering(blockchaininfoPast()),
      LAST_DAY - 1,
    )
    expect(asked).toEqual(['/charts/hash-rate?timespan=5days&start=2026-10-01&sampled=false&format=json'])
    expect([...column('hashrateEhs').keys()]).toEqual([LAST_DAY - 3, LAST_DAY - 2, LAST_DAY - 1, LAST_DAY])
  })
  test('the hashrate is TH/s: captured rows of March 2020', async () => {
    const values = [
      { x: 1_583_366_400, y: 125_486_958.8 },
      { x: 1_583_625_600, y: 121_637_665.6 },
    ]
    const answer = {
      status: 'ok',
      name: 'Total Hash Rate (TH/s)',
      unit: 'Hash Rate TH/s',
      period: 'day',
      values,
    }
    const { column } = await ask('blockchaininfo', 'hash-rate', (_, response) => sendJson(response, answer))
    const found = [...column('hashrateEhs')].map(([day, value]) => [dateOf(day), value.toFixed(4)])
    expect(found).toEqual([
      ['2020-03-05', '125.4870'],
      ['2020-03-08', '121.6377'],
    ])
  })
})

describe('bitcoind', () => {
  test('epochs of all time by their first headers', async () => {
    const calls: string[] = []
    const { pieces } = await ask('bitcoind', 'epochs', nodePast(calls))
    const epochs = pieces.flatMap((piece) => piece.epochs)
    expect(epochs).toHaveLength(482)
    expect(epochs.at(-1)!.height).toBe(969_696)
    expect(epochs.at(-1)!.difficulty).toBe(difficultyAt(TIP))
    expect(pieces.map(({ throughDay }) => throughDay)).toEqual(
      [...pieces.map(({ throughDay }) => throughDay)].sort(),
    )
    expect(pieces.at(-1)!.throughDay).toBe(LAST_DAY)
    expect(calls.filter((method) => method === 'getblockheader')).toHaveLength(482)
  })
  test('later only those that may be new', async () => {
    const { pieces } = await ask('bitcoind', 'epochs', nodePast(), LAST_DAY - 1)
    expect(pieces.flatMap(({ epochs }) => epochs.map(({ height }) => height))).toEqual([967_680, 969_696])
  })
  test('four years of issuance and hashrate by every 24th header', async () => {
    const { column, pieces, fault } = await ask('bitcoind', 'days', nodePast())
    expect(fault).toBeNull()
    const [issuance, hashrate] = [column('issuanceBtc'), column('hashrateEhs')]
    const days = [...issuance.keys()]
    expect(days[0]).toBe(LAST_DAY + 1 - 1461)
    expect(days).toHaveLength(1461)
    expect(pieces.length).toBeGreaterThan(15)
    for (const day of [days[0]!, days[700]!, days[1000]!, LAST_DAY]) {
      const subsidy = day < 19_830 ? 6.25 : 3.125
      expect(Math.abs(issuance.get(day)! / subsidy - BLOCKS_PER_DAY), dateOf(day)).toBeLessThan(1)
      expect(hashrate.get(day)! / (hashrateHsOn(day) / 1e18), dateOf(day)).toBeCloseTo(1, 1)
    }
  })
  test('later from three days back', async () => {
    const { column, pieces } = await ask('bitcoind', 'days', nodePast(), LAST_DAY - 10)
    expect([...column('issuanceBtc').keys()]).toEqual(Array.from({ length: 13 }, (_, i) => LAST_DAY - 12 + i))
    expect(pieces).toHaveLength(1)
  })
  test('a node of another chain has nothing to say', async () => {
    const { fault } = await ask('bitcoind', 'days', (request, response, body) => {
      if (!body.includes('getblockchaininfo')) nodePast()(request, response, body)
      else
        sendJson(response, {
          result: {
            chain: 'test',
            blocks: 1,
            headers: 1,
            bestblockhash: '0'.repeat(64),
            difficulty: 1,
            initialblockdownload: false,
          },
          error: null,
          id: 0,
        })
    })
    expect(fault).toBe('host is a node of the chain "test", not of main')
  })
})
