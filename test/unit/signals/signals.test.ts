import { describe, expect, it } from 'vitest'
import {
  daysInState,
  movingDeviation,
  movingMean,
  movingPercentile,
  movingQuantile,
} from '#shared/domain/signals/daily-series.ts'
import { adjustmentsOf, difficultyState } from '#shared/domain/signals/difficulty-easing.ts'
import { hashRibbons } from '#shared/domain/signals/hash-ribbons.ts'
import { hashpriceHistory, subsidyBtcOn } from '#shared/domain/signals/hashprice-history.ts'
import { minerNetFlow } from '#shared/domain/signals/miner-net-flow.ts'
import { dynamicNvt, nvtRatio, nvtSignal } from '#shared/domain/signals/nvt.ts'
import { puellMultiple, puellState } from '#shared/domain/signals/puell.ts'
import { missingSignals, signalsOf } from '#shared/domain/signals/signals.ts'
import { dailySeries as series } from './daily.ts'

describe('windows', () => {
  const values = Float64Array.from([3, 1, 4, 1, 5])
  it('need as many values as they are long', () => {
    expect([...movingMean(values, 3)]).toEqual([NaN, NaN, 8 / 3, 2, 10 / 3])
    expect([...movingMean(Float64Array.from([1, NaN, 3, 4, 5]), 3)]).toEqual([NaN, NaN, NaN, NaN, 4])
  })
  it('take the population deviation, not the sample’s', () => {
    expect(movingDeviation(Float64Array.from([2, 4, 4, 4, 5, 5, 7, 9]), 8)[7]).toBe(2)
  })
  it('count the day itself into its percentile', () => {
    expect(movingPercentile(values, 5)[4]).toBe(1)
    expect(movingPercentile(values, 4)[3]).toBe(0.5)
  })
  it('interpolate quantiles linearly', () => {
    expect(movingQuantile(Float64Array.from([1, 2, 3, 4]), 4, 0.5)[3]).toBe(2.5)
    expect(
      movingQuantile(
        Float64Array.from({ length: 101 }, (_, i) => i),
        101,
        0.99,
      )[100],
    ).toBe(99)
  })
  it('count the first day of a state as 1', () => {
    expect(daysInState(['a', 'b', 'b', 'b'], 3)).toBe(3)
    expect(daysInState(['b', null], 1)).toBe(0)
  })
})

describe('NVT', () => {
  it('is market value over transfer value, and over its 90-day mean', () => {
    const steady = series(100, {
      marketCapUsd: () => 9e11,
      transferValueUsd: (i) => (i === 99 ? 3e10 : 1.5e10),
    })
    expect(nvtRatio(steady)[99]).toBe(30)
    expect(nvtSignal(steady)[88]).toBeNaN()
    expect(nvtSignal(steady)[89]).toBeCloseTo(60, 9)
    expect(nvtSignal(steady)[99]).toBeCloseTo(9e11 / ((89 * 1.5e10 + 3e10) / 90), 9)
  })
  it('calls value below mean − 0.5 σ and overheated above mean + 2 σ of two years', () => {
    const days = 90 + 730
    const moving = (last: number) =>
      dynamicNvt(
        series(days, {
          marketCapUsd: (i) => (i === days - 1 ? last : 1e12 + (i % 2) * 2e11),
          transferValueUsd: () => 1e10,
        }),
      )
    expect(moving(1.1e12).states[days - 1]).toBe('neutral')
    expect(moving(0.9e12).states[days - 1]).toBe('value')
    expect(moving(2e12).states[days - 1]).toBe('overheated')
    expect(moving(2e12).states[days - 3]).toBeNull()
    const { mean, deviation, lower, upper } = moving(1.1e12)
    const last = days - 1
    expect(lower[last]).toBeCloseTo(mean[last]! - 0.5 * deviation[last]!, 12)
    expect(upper[last]).toBeCloseTo(mean[last]! + 2 * deviation[last]!, 12)
  })
  it('has no value where nothing moved', () => {
    expect(nvtRatio(series(1, { marketCapUsd: () => 1, transferValueUsd: () => 0 }))[0]).toBeNaN()
  })
})

describe('hash ribbons', () => {
  it('capitulate while the short mean is below the long one, recover until 30 days after the cross, then rest', () => {
    // 100 days level, a fall by a third for 40 days, then the old level again.
    const { short, long, states } = hashRibbons(
      series(300, { hashrateEhs: (i) => (i >= 100 && i < 140 ? 100 : 150) }),
    )
    expect(states[58]).toBeNull()
    expect(states[99]).toBe('none')
    expect(states[100]).toBe('capitulation')
    const cross = states.findIndex((state, i) => i > 100 && state === 'recovery')
    expect(short[cross]!).toBeGreaterThanOrEqual(long[cross]!)
    expect(short[cross - 1]!).toBeLessThan(long[cross - 1]!)
    expect(states.slice(100, cross).every((state) => state === 'capitulation')).toBe(true)
    expect(states[cross + 30]).toBe('recovery')
    expect(states[cross + 31]).toBe('none')
  })
})

describe('Puell multiple', () => {
  it('weighs the day’s issuance against a year of it, subsidy only', () => {
    const halved = series(400, {
      issuanceBtc: (i) => (i === 399 ? 450 : 900),
      priceUsd: () => 50_000,
      feesBtc: () => 1e6,
    })
    expect(puellMultiple(halved)[363]).toBeNaN()
    expect(puellMultiple(halved)[398]).toBeCloseTo(1, 12)
    expect(puellMultiple(halved)[399]).toBeCloseTo(450 / ((364 * 900 + 450) / 365), 12)
  })
  it.each([
    [0.49, 'low'],
    [0.5, 'neutral'],
    [3, 'neutral'],
    [3.01, 'high'],
    [NaN, null],
  ])('%f is %s', (multiple, state) => {
    expect(puellState(multiple)).toBe(state)
  })
})

describe('hashprice history', () => {
  it('is the hashprice of the day’s own difficulty, price and mean fees per block', () => {
    // 150 blocks of 6.25 BTC with 15 BTC of fees in all: 0.1 BTC a block.
    const day = series(1, {
      priceUsd: () => 40_000,
      difficulty: () => 2e13,
      issuanceBtc: () => 150 * 6.25,
      feesBtc: () => 15,
    })
    expect(hashpriceHistory(day)[0]).toBeCloseTo(
      ((6.25 + 0.1) * 86_400 * 1e15 * 40_000) / (2e13 * 2 ** 32),
      9,
    )
  })
  it.each([
    ['2012-11-27', 50],
    ['2012-11-28', 25],
    ['2016-07-09', 12.5],
    ['2020-05-11', 6.25],
    ['2024-04-19', 6.25],
    ['2024-04-20', 3.125],
    // A slow day is no halving, a day that paid half is one when it is due.
    ['2027-12-01', 3.125, 240],
    ['2028-04-01', 3.125, 455],
    ['2028-04-10', 1.5625, 230],
    ['2028-12-01', 1.5625, 320],
    ['2033-01-01', 0.78125, 112],
  ])('the subsidy on %s is %f BTC', (date, subsidy, issuanceBtc = NaN) => {
    expect(subsidyBtcOn(date, issuanceBtc)).toBe(subsidy)
  })
  it('is missing before there was a price', () => {
    const days = series(
      2,
      {
        priceUsd: (i) => i * 0.05,
        difficulty: () => 1,
        issuanceBtc: () => 7200,
        feesBtc: () => 0,
      },
      '2010-07-16',
    )
    const hashprice = hashpriceHistory(days)
    expect(hashprice[0]).toBeNaN()
    expect(hashprice[1]).toBeGreaterThan(0)
  })
})

describe('miner net flow', () => {
  it('is a wave above the 99th percentile of a year of 2-day sums', () => {
    const flow = minerNetFlow(series(400, { minerNetFlowBtc: (i) => (i >= 398 ? 500 : i % 10) }))
    expect(flow.sum2dBtc[0]).toBeNaN()
    expect(flow.sum2dBtc[1]).toBe(1)
    expect(flow.states[364]).toBeNull()
    expect(flow.states[390]).toBe('none')
    expect(flow.states[399]).toBe('wave')
  })
})

describe('difficulty', () => {
  it('reads the adjustments past the mixed value of a retarget’s day, newest first', () => {
    const daily = [100, 100, 104, 110, 110, 110, 108, 99, 99, 97]
    const adjustments = adjustmentsOf(Float64Array.from(daily))
    expect(adjustments).toHaveLength(2)
    expect(adjustments[0]).toBeCloseTo(-0.1, 12)
    expect(adjustments[1]).toBeCloseTo(0.1, 12)
  })
  it('eases when the last or the next expected change is below −2 %', () => {
    expect(difficultyState([-0.03], null)).toBe('easing')
    expect(difficultyState([-0.02], null)).toBe('none')
    expect(difficultyState([0.01], -0.05)).toBe('easing')
    expect(difficultyState([], null)).toBeNull()
  })
})

describe('all signals', () => {
  it('names those whose column is missing and gives no value for them', () => {
    const bare = series(70, { hashrateEhs: () => 100 })
    expect(missingSignals(bare)).toEqual([
      'nvtRatio',
      'nvtSignal',
      'dynamicNvt',
      'puell',
      'hashprice',
      'minerNetFlow',
      'difficulty',
    ])
    const { latest } = signalsOf(bare, null)
    expect(latest.hashRibbons).toEqual({ short: 100, long: 100, state: 'none', daysInState: 11 })
    expect(latest.nvtRatio.value).toBeNaN()
    expect(latest.puell.state).toBeNull()
  })
  it('survives an empty series', () => {
    expect(signalsOf(series(0, {}), null).through).toBeNull()
  })
})
