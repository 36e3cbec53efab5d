import { describe, expect, it } from 'vitest'
import { coinsIssuedBtc } from '#shared/domain/signals/coins-issued.ts'
import { completeSeries } from '#shared/domain/signals/complete-series.ts'
import type { KnownEpochs } from '#shared/domain/signals/complete-series.ts'
import { dailyFault } from '#shared/domain/signals/daily-bounds.ts'
import type { DailyColumn, DailySeries } from '#shared/domain/signals/daily-series.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

function series(from: string, columns: Partial<Record<DailyColumn, readonly number[]>>): DailySeries {
  const length = Math.max(...Object.values(columns).map((values) => values.length))
  const column = (name: DailyColumn) => Float64Array.from({ length }, (_, i) => columns[name]?.[i] ?? NaN)
  return {
    dates: Array.from({ length }, (_, i) =>
      new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 10),
    ),
    priceUsd: column('priceUsd'),
    hashrateEhs: column('hashrateEhs'),
    difficulty: column('difficulty'),
    issuanceBtc: column('issuanceBtc'),
    feesBtc: column('feesBtc'),
    marketCapUsd: column('marketCapUsd'),
    transferValueUsd: column('transferValueUsd'),
    minerNetFlowBtc: column('minerNetFlowBtc'),
  }
}

function epochs(
  rows: readonly (readonly [height: number, startedAt: string, difficulty: number])[],
  knownUntil = '2100-01-01T00:00:00Z',
): KnownEpochs {
  return {
    height: Float64Array.from(rows, ([height]) => height),
    startedAtMs: Float64Array.from(rows, ([, startedAt]) => Date.parse(startedAt)),
    difficulty: Float64Array.from(rows, ([, , difficulty]) => difficulty),
    knownUntilMs: Date.parse(knownUntil),
  }
}
const NONE = epochs([])

describe('coins issued', () => {
  it.each([
    [0, 0],
    [1, 50],
    [210_000, 10_500_000],
    [210_001, 10_500_025],
    [840_000, 19_687_500],
    [840_000.5, 19_687_501.5625],
  ])('%f blocks have paid %f BTC', (blocks, btc) => {
    expect(coinsIssuedBtc(blocks)).toBe(btc)
  })
  it('end at the sum of the schedule in whole satoshis', () => {
    expect(coinsIssuedBtc(1e9)).toBeCloseTo(20_999_999.9769, 6)
    expect(coinsIssuedBtc(NaN)).toBeNaN()
  })
})

describe('difficulty of a day', () => {
  // An epoch of 1000 until 06:00 on the 3rd, then one of 1200.
  const known = epochs(
    [
      [887_040, '2025-03-01T00:00:00Z', 1000],
      [889_056, '2025-03-03T06:00:00Z', 1200],
    ],
    '2025-03-05T12:00:00Z',
  )
  const blank = series('2025-02-28', { priceUsd: [1, 1, 1, 1, 1, 1] })

  it('is the mean of the epochs by the time that each was in force, over whole days only', () => {
    const { series: full, computedDays } = completeSeries(blank, known)
    expect([...full.difficulty]).toEqual([NaN, 1000, 1000, (6 * 1000 + 18 * 1200) / 24, 1200, NaN])
    expect(computedDays.difficulty).toBe(4)
  })
  it('does not guess across an epoch that is missing', () => {
    const gap = epochs([
      [887_040, '2025-03-01T00:00:00Z', 1000],
      [891_072, '2025-03-03T06:00:00Z', 1200],
    ])
    expect([...completeSeries(blank, gap).series.difficulty]).toEqual([NaN, NaN, NaN, NaN, 1200, 1200])
  })
  it('is known from the very midnight at which an epoch began, after a missing one too', () => {
    const gap = epochs([
      [0, '2025-02-20T00:00:00Z', 1000],
      [4032, '2025-03-01T00:00:00Z', 1200],
    ])
    const day = series('2025-03-01', { priceUsd: [1] })
    expect([...completeSeries(day, gap).series.difficulty]).toEqual([1200])
  })
  it('takes in several epochs within a day', () => {
    const day = Date.parse('2025-03-01')
    const fast = epochs(
      [0, 8, 16].map((hour, i) => [2016 * i, new Date(day + hour * HOUR_MS).toISOString(), 300 * (i + 1)]),
    )
    expect(completeSeries(series('2025-03-01', { priceUsd: [1] }), fast).series.difficulty[0]).toBeCloseTo(
      600,
      9,
    )
  })
  it('never replaces what a source gave', () => {
    const given = series('2025-03-01', {
      difficulty: [777, NaN],
      hashrateEhs: [5, 6],
      marketCapUsd: [8, 9],
    })
    const { series: full, computedDays } = completeSeries(given, known)
    expect([...full.difficulty]).toEqual([777, 1000])
    expect([...full.hashrateEhs, ...full.marketCapUsd]).toEqual([5, 6, 8, 9])
    expect(computedDays).toEqual({ difficulty: 1, hashrateEhs: 0, marketCapUsd: 0 })
  })
})

describe('hashrate of a day', () => {
  it('is its blocks at the work of its difficulty', () => {
    const difficulty = 1e14
    const { series: full } = completeSeries(
      series('2025-03-01', {
        difficulty: [difficulty, difficulty, NaN, difficulty],
        issuanceBtc: [144 * 3.125, 160 * 3.125, 144 * 3.125, 0],
      }),
      NONE,
    )
    const onPace = (difficulty * 2 ** 32) / 600 / 1e18
    expect(full.hashrateEhs[0]).toBeCloseTo(onPace, 6)
    expect(full.hashrateEhs[1]).toBeCloseTo((onPace * 160) / 144, 6)
    expect(full.hashrateEhs[2]).toBeNaN()
    expect(full.hashrateEhs[3]).toBeNaN()
  })
  it('counts the blocks of a halving’s day at the subsidy that each paid', () => {
    // The halving of 2020 came at 19:23:43: four fifths of the day at 12.5 BTC, the rest at 6.25.
    const before = (19 * 3600 + 23 * 60 + 43) / 86_400
    const blocks = 150
    const { series: full } = completeSeries(
      series('2020-05-11', {
        difficulty: [1.6e13],
        issuanceBtc: [blocks * (12.5 * before + 6.25 * (1 - before))],
      }),
      NONE,
    )
    expect(full.hashrateEhs[0]! / ((150 / 144) * ((1.6e13 * 2 ** 32) / 600 / 1e18))).toBeCloseTo(1, 2)
  })
})

describe('market capitalisation of a day', () => {
  it('is the price of all coins issued up to its end', () => {
    // 2016 blocks in 12 days: at the end of the third, 504 of them after the first one.
    const known = epochs([
      [887_040, '2025-03-01T00:00:00Z', 1],
      [889_056, '2025-03-13T00:00:00Z', 1],
    ])
    const { series: full } = completeSeries(series('2025-03-03', { priceUsd: [90_000] }), known)
    const blocks = 887_040 + 504 + 1
    expect(full.marketCapUsd[0]).toBeCloseTo(90_000 * (19_687_500 + (blocks - 840_000) * 3.125), 0)
  })
  it('goes on at 600 s a block after the last epoch known', () => {
    const known = epochs([[887_040, '2025-03-01T00:00:00Z', 1]], '2025-03-01T00:00:00Z')
    const { series: full } = completeSeries(series('2025-03-02', { priceUsd: [1] }), known)
    expect(full.marketCapUsd[0]).toBeCloseTo(19_687_500 + (887_040 + 288 + 1 - 840_000) * 3.125, 3)
  })
  it('is missing without a price, and where no block near it is known', () => {
    const { series: full } = completeSeries(series('2015-03-01', { priceUsd: [250], feesBtc: [1, 1] }), NONE)
    expect([...full.marketCapUsd]).toEqual([NaN, NaN])
  })
})

it('an empty series stays empty', () => {
  const { series: full, computedDays } = completeSeries(series('2025-03-01', { priceUsd: [] }), NONE)
  expect(full.dates).toEqual([])
  expect(computedDays).toEqual({ difficulty: 0, hashrateEhs: 0, marketCapUsd: 0 })
})

describe('bounds of a day', () => {
  const day = Date.parse('2021-05-05') / DAY_MS
  it.each<[DailyColumn, number, string]>([
    ['hashrateEhs', 1.6e8, 'Is it in TH/s?'],
    ['hashrateEhs', 1.6e5, 'Is it in PH/s?'],
    ['hashrateEhs', 1.6e20, 'Is it in H/s?'],
    ['difficulty', 20.6, 'Is it in T (10¹²)?'],
    ['issuanceBtc', 9.8e10, 'Is it in satoshi?'],
    ['marketCapUsd', 1072, 'Is it in billions of USD?'],
    ['priceUsd', 57.3, 'Is it in thousands of USD?'],
  ])('%s of %f: %s', (column, value, guess) => {
    expect(dailyFault(column, day, value)).toContain(guess)
  })
  it('leave the first years alone', () => {
    const early = Date.parse('2010-08-01') / DAY_MS
    expect(dailyFault('hashrateEhs', early, 1e-12)).toBeNull()
    expect(dailyFault('difficulty', early, 1)).toBeNull()
    expect(dailyFault('priceUsd', early, 0)).toBeNull()
    expect(dailyFault('minerNetFlowBtc', day, -5000)).toBeNull()
    expect(dailyFault('feesBtc', day, NaN)).not.toBeNull()
  })
})
