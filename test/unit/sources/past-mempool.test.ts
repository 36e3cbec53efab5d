import { describe, expect, test } from 'vitest'
import { mempoolPastParts } from '#electron/sources/past/mempool.ts'
import type { PastPiece } from '#electron/sources/past/part.ts'
import { contextOf, NOW_MS, sendJson, serve } from './servers.ts'
import type { Handler } from './servers.ts'
import {
  ADJUSTMENTS,
  BLOCKS_PER_DAY,
  DAY_S,
  dateOf,
  FEES,
  hashrateHsOn,
  HASHRATE,
  LAST_DAY,
  mempoolPast,
  NOW_S,
  PRICE,
  priceOn,
} from './past-world.ts'

/** What a part says when everything (or everything since a day) is asked for. */
async function ask(name: string, handler: Handler, throughDay: number | null = null) {
  const server = await serve(handler)
  const part = mempoolPastParts.find((candidate) => candidate.name === name)!
  const questions = await part.questions(contextOf(server.url), throughDay)
  const pieces: PastPiece[] = []
  let fault: string | null = null
  for (const question of questions) {
    try {
      pieces.push(await question.ask())
    } catch (error) {
      fault = (error as Error).message.replaceAll(server.host, 'host')
      break
    }
  }
  return { pieces, fault, asked: server.asked, words: questions.map(({ words }) => words) }
}

const valuesOf = (pieces: readonly PastPiece[], column: string) =>
  new Map(
    pieces
      .flatMap(({ values }) => values.filter((one) => one.column === column))
      .flatMap(({ day, value }) => Array.from(day, (at, i) => [at, value[i]!] as const)),
  )

describe('difficulty epochs', () => {
  test('all of them on the first question, from the first block', async () => {
    const { pieces, asked } = await ask('epochs', mempoolPast())
    expect(asked).toEqual([ADJUSTMENTS])
    expect(pieces[0]!.epochs).toHaveLength(482)
    expect(pieces[0]!.epochs[0]).toMatchObject({ height: 0, difficulty: 1 })
    expect(pieces[0]!.epochs.at(-1)!.height).toBe(969_696)
    expect(pieces[0]!.throughDay).toBe(LAST_DAY)
  })
  test('the shortest period that reaches far enough, later', async () => {
    expect((await ask('epochs', mempoolPast(), LAST_DAY - 1)).asked).toEqual([`${ADJUSTMENTS}/1m`])
    expect((await ask('epochs', mempoolPast(), LAST_DAY - 60)).asked).toEqual([`${ADJUSTMENTS}/3m`])
    expect((await ask('epochs', mempoolPast(), LAST_DAY - 200)).asked).toEqual([`${ADJUSTMENTS}/1y`])
    expect((await ask('epochs', mempoolPast(), LAST_DAY)).asked).toEqual([])
  })
})

describe('hashrate', () => {
  test('a mean stamped with the end of its day belongs to that day; the odd first row to none', async () => {
    const { pieces } = await ask('hashrate', mempoolPast())
    const hashrate = valuesOf(pieces, 'hashrateEhs')
    expect(hashrate.get(LAST_DAY)).toBeCloseTo(hashrateHsOn(LAST_DAY) / 1e18, 6)
    expect(hashrate.has(LAST_DAY + 1)).toBe(false)
    expect(hashrate.size).toBe(LAST_DAY + 1 - 14_248)
  })
  test('captured rows: 2024-03-19 to 2024-03-21', async () => {
    const hashrates = [
      { timestamp: 1_710_892_800, avgHashrate: 6.541981949612605e20 },
      { timestamp: 1_710_979_200, avgHashrate: 6.176298525343068e20 },
      { timestamp: 1_711_065_600, avgHashrate: 5.01449691774766e20 },
    ]
    const answer = { hashrates, difficulty: [], currentHashrate: 0, currentDifficulty: 0 }
    const { pieces } = await ask(
      'hashrate',
      mempoolPast(() => answer),
    )
    expect([...valuesOf(pieces, 'hashrateEhs')].map(([day, value]) => [dateOf(day), value])).toEqual([
      ['2024-03-19', 654.1981949612605],
      ['2024-03-20', 617.6298525343068],
      ['2024-03-21', 501.449691774766],
    ])
  })
  test('0, which stands for a node that is away, is no value', async () => {
    const rows = [LAST_DAY, LAST_DAY + 1].map((day) => ({ timestamp: day * DAY_S, avgHashrate: 9e20 }))
    rows[1]!.avgHashrate = 0
    const { pieces } = await ask(
      'hashrate',
      mempoolPast(() => ({ hashrates: rows })),
    )
    expect([...valuesOf(pieces, 'hashrateEhs').keys()]).toEqual([LAST_DAY - 1])
    expect(pieces[0]!.throughDay).toBe(LAST_DAY - 1)
  })
  test('a server whose clock is a day ahead is not believed', async () => {
    const { fault } = await ask(
      'hashrate',
      mempoolPast(() => ({ hashrates: [{ timestamp: (LAST_DAY + 2) * DAY_S, avgHashrate: 9e20 }] })),
    )
    expect(fault).toBe('host gave something dated 2026-10-06 00:00 UTC, ahead of this computer’s clock')
  })
})

describe('fees and blocks', () => {
  test('a year a question, each day by the heights at its midnights', async () => {
    const { pieces, words, asked, fault } = await ask('fees', mempoolPast())
    expect(fault).toBeNull()
    expect(words.slice(0, 2)).toEqual(['fees and blocks of 2009', 'fees and blocks of 2010'])
    expect(words).toHaveLength(18)
    expect(new URL(asked[1]!, 'http://host').searchParams.get('from')).toBe(
      String(Date.UTC(2009, 11, 31, 12) / 1000),
    )
    const [issuance, fees] = [valuesOf(pieces, 'issuanceBtc'), valuesOf(pieces, 'feesBtc')]
    // heights are rounded to whole blocks, so that a day is told to a block
    for (const [date, subsidy, feesBtc] of [
      ['2011-06-01', 50, 0.5],
      ['2019-12-31', 12.5, 0.5],
      ['2020-01-01', 12.5, 0.5],
      ['2026-10-04', 3.125, 0.02],
    ] as const) {
      const day = Date.parse(date) / 86_400_000
      expect(issuance.get(day)! / subsidy, date).toBeGreaterThan(BLOCKS_PER_DAY - 1)
      expect(issuance.get(day)! / subsidy, date).toBeLessThan(BLOCKS_PER_DAY + 1)
      expect(fees.get(day)! / feesBtc, date).toBeGreaterThan(BLOCKS_PER_DAY - 1)
      expect(fees.get(day)! / feesBtc, date).toBeLessThan(BLOCKS_PER_DAY + 1)
    }
    // nothing is lost or counted twice at the seams of the years
    const paid = [...issuance.values()].reduce((sum, value) => sum + value, 0)
    expect(paid).toBeGreaterThan(20_093_300)
    expect(paid).toBeLessThan(20_093_600)
    expect(issuance.size).toBe(LAST_DAY - 14_247)
    expect(pieces.at(-1)!.throughDay).toBe(LAST_DAY)
  })
  test('later only the last three days again and what is new', async () => {
    const { pieces, asked } = await ask('fees', mempoolPast(), LAST_DAY - 1)
    expect(asked).toHaveLength(1)
    expect([...valuesOf(pieces, 'feesBtc').keys()]).toEqual([
      LAST_DAY - 3,
      LAST_DAY - 2,
      LAST_DAY - 1,
      LAST_DAY,
    ])
  })
  test('a question that begins at New Year still overlaps', async () => {
    const { words } = await ask('fees', mempoolPast(), Date.UTC(2025, 11, 31) / 86_400_000)
    expect(words).toEqual(['fees and blocks of 2025', 'fees and blocks of 2026'])
  })
  test('a server of one’s own that holds the last months only gives those', async () => {
    const since = (LAST_DAY - 76) * DAY_S
    const handler: Handler = (request, response, body) => {
      const query = new URL(request.url!, 'http://host').searchParams
      if (Number(query.get('to')) < since) sendJson(response, [])
      else {
        request.url = `${FEES}?from=${since}&to=${query.get('to')!}`
        mempoolPast()(request, response, body)
      }
    }
    const { pieces, fault } = await ask('fees', handler)
    expect(fault).toBeNull()
    expect([...valuesOf(pieces, 'feesBtc').keys()][0]).toBe(LAST_DAY - 75)
    expect(pieces.at(-1)!.throughDay).toBe(LAST_DAY)
  })
  test('spans of a day are too coarse to tell one day from another', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      avgHeight: 700_000 + i * 144,
      timestamp: 1_609_459_200 + 43_200 + i * DAY_S,
      avgFees: 2_000_000,
    }))
    const { fault } = await ask(
      'fees',
      mempoolPast(() => rows),
      Date.UTC(2020, 11, 31) / 86_400_000,
    )
    expect(fault).toBe('host gave blocks too far apart to tell one day from another')
  })
})

describe('price', () => {
  test('hourly ones count for the day that ends there; weekly ones, dated by the beginning of their week, for none', async () => {
    const { pieces } = await ask('price', mempoolPast())
    const price = valuesOf(pieces, 'priceUsd')
    expect([...price.keys()][0]).toBe(LAST_DAY - 29)
    expect(price.size).toBe(30)
    // the one at midnight, not its neighbours
    for (const [day, value] of price) expect(value).toBe(priceOn(day))
  })
  test('a list of weekly prices alone gives nothing, and says so', async () => {
    const prices = [{ time: 1_499_904_000, EUR: 1964, USD: 2254.9 }]
    const { fault } = await ask(
      'price',
      mempoolPast(() => ({ prices, exchangeRates: {} })),
    )
    expect(fault).toBe('host gave no prices that follow each other by the hour')
  })
})

describe('answers of another shape are faults in words', () => {
  test.each([
    ['epochs', { error: 'no' }, /in another shape than promised/],
    ['epochs', [[NOW_S, 969_696, '132e12', 1.01]], /in another shape than promised \(0\.2: /],
    [
      'hashrate',
      { hashrates: [{ timestamp: NOW_MS, avgHashrate: 9e20 }] },
      /hashrates\.0\.timestamp: must be at most/,
    ],
    ['hashrate', { hashrates: [] }, /host gave no value of the days from 2009-01-03 on/],
    [
      'fees',
      [{ avgHeight: null, timestamp: 1, avgFees: 'NaN' }],
      /in another shape than promised \(0\.avgHeight: /,
    ],
    ['price', { prices: [{ time: NOW_S, USD: 'NaN' }] }, /prices\.0\.USD: /],
    ['price', null, /in another shape than promised/],
  ])('%s %j', async (name, answer, words) => {
    const { fault, pieces } = await ask(name, (_, response) => sendJson(response, answer))
    expect(fault).toMatch(words)
    expect(pieces).toEqual([])
  })
})

test('the address may be given without /api', async () => {
  const { asked } = await ask('price', mempoolPast())
  expect(asked).toEqual([`${PRICE}?currency=USD`])
  expect((await ask('hashrate', mempoolPast(), LAST_DAY - 1)).asked).toEqual([`${HASHRATE}/1m`])
})
