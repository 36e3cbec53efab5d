import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantGrowth, pathThrough } from '#shared/domain/ahead/growth-path.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { stagesOf } from '#shared/domain/ahead/stage.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { network } from '../machines.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2024, 3, 19)
const FLAT = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

/** 19 April 2024: 144 blocks before the halving, 816 before the end of the epoch. */
const april2024 = network({
  height: 839_856,
  difficulty: 86_388_000_000_000,
  priceUsdPerBtc: 63_800,
  feesBtcPerBlock: 0.6,
})
const days = (blocks: number) => blocks / 144

describe('stages', () => {
  it('step at the halving of April 2024: a day at the old subsidy, then half, then the adjustment', () => {
    const stages = stagesOf(april2024, { change: 0, secondsLeft: 815 * 600 }, FLAT, days(815) + 14, NOW_MS)
    expect(stages.map(({ opensWith, subsidyBtc }) => [opensWith, subsidyBtc])).toEqual([
      ['now', 6.25],
      ['halving', 3.125],
      ['adjustment', 3.125],
    ])
    const [now, halved, after] = stages
    // 143 of the 815 blocks left pay 6.25.
    expect(now!.days).toBeCloseTo(days(143), 9)
    expect(halved!.days).toBeCloseTo(days(815 - 143), 9)
    expect(after!.days).toBeCloseTo(14, 9)
    expect(halved!.fromMs).toBeCloseTo(NOW_MS + days(143) * DAY_MS, 0)
    expect(now!.hashpriceUsdPerPhDay).toBe(hashpriceUsdPerPhDay(april2024))
    expect(halved!.hashpriceUsdPerPhDay / now!.hashpriceUsdPerPhDay).toBeCloseTo(3.725 / 6.85, 12)
    // Hashrate Index on 1 April 2024: 108.6 before the halving, half of the subsidy after it.
    expect(now!.hashpriceUsdPerPhDay).toBeCloseTo(101.76, 1)
    expect(after!.hashpriceUsdPerPhDay).toBe(halved!.hashpriceUsdPerPhDay)
  })

  it('are one where the horizon ends first, and cut where it ends', () => {
    const one = stagesOf(april2024, { change: 0.03, secondsLeft: 815 * 600 }, FLAT, 0.5, NOW_MS)
    expect(one).toMatchObject([{ opensWith: 'now', days: 0.5, subsidyBtc: 6.25 }])
    const two = stagesOf(april2024, { change: 0.03, secondsLeft: 815 * 600 }, FLAT, 2, NOW_MS)
    expect(two.map(({ opensWith }) => opensWith)).toEqual(['now', 'halving'])
    expect(stagesOf(april2024, { change: 0, secondsLeft: 1 }, FLAT, 0, NOW_MS)).toEqual([])
  })

  it('begin now with the adjustment where it is due now', () => {
    const stages = stagesOf(network({ height: 925_343 }), { change: 0.05, secondsLeft: 0 }, FLAT, 14, NOW_MS)
    expect(stages).toMatchObject([{ opensWith: 'adjustment', fromMs: NOW_MS, days: 14 }])
    expect(stages[0]!.difficulty).toBeCloseTo(1.6e14 * 1.05, 0)
  })

  it('know of no second change after a typed one, however far the horizon goes', () => {
    for (const change of [-0.3, 0, 0.2]) {
      const stages = stagesOf(network(), { change, secondsLeft: 400_000 }, FLAT, 200, NOW_MS)
      expect(stages.map(({ opensWith }) => opensWith)).toEqual(['now', 'adjustment'])
      const [now, after] = stages
      expect(now!.days + after!.days).toBeCloseTo(200, 9)
      expect(after!.hashpriceUsdPerPhDay).toBeCloseTo(now!.hashpriceUsdPerPhDay / (1 + change), 9)
    }
  })

  it('step at a halving inside a later epoch, once', () => {
    const before = network({ height: 1_048_320 - 2016 + 1672 })
    const stages = stagesOf(before, { change: 0, secondsLeft: 344 * 600 }, FLAT, 40, NOW_MS)
    expect(stages.map(({ opensWith, subsidyBtc }) => [opensWith, subsidyBtc])).toEqual([
      ['now', 3.125],
      ['adjustment', 3.125],
      ['halving', 1.5625],
    ])
  })

  it('have no date where none is known', () => {
    const stages = stagesOf(network(), { change: 0.1, secondsLeft: 400_000 }, FLAT, 20, NaN)
    expect(stages.map(({ fromMs }) => fromMs)).toEqual([NaN, NaN])
  })

  it('are the rows of the projection: same days, same revenue, whatever the paths', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_040_000, max: 1_052_000 }),
        fc.integer({ min: 1, max: 2015 }),
        fc.double({ min: 400, max: 900, noNaN: true }),
        fc.double({ min: -0.5, max: 1, noNaN: true }),
        fc.boolean(),
        (height, blocks, pace, growth, grows) => {
          const estimate = estimateAdjustment({ blocks, seconds: blocks * pace }, [])
          const conditions = network({ height })
          const choices = { ...FLAT, hashrate: constantGrowth(grows ? growth : 0) }
          const rows = projectNetwork(conditions, estimate, { ...choices, epochs: 5 })
          const horizonDays = rows.reduce((sum, row) => sum + row.days, 0)
          const stages = stagesOf(conditions, estimate, choices, horizonDays, NOW_MS)
          const total = stages.reduce((sum, stage) => sum + stage.days, 0)
          expect(total / horizonDays).toBeCloseTo(1, 12)
          const revenue = (spans: readonly { days: number; hashpriceUsdPerPhDay: number }[]) =>
            spans.reduce((sum, span) => sum + span.days * span.hashpriceUsdPerPhDay, 0)
          expect(revenue(stages) / revenue(rows)).toBeCloseTo(1, 9)
          let end = NOW_MS
          for (const stage of stages) {
            expect(stage.days).toBeGreaterThan(0)
            expect(Math.abs(stage.fromMs - end)).toBeLessThan(5)
            end += stage.days * DAY_MS
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('take the mean price of their own days', () => {
    const choices = { ...FLAT, price: pathThrough([0, 4, 5], [1, 1, 2], 0) }
    const [now, after] = stagesOf(network(), { change: 0, secondsLeft: 10 * 86_400 }, choices, 12, NOW_MS)
    const today = hashpriceUsdPerPhDay(network())
    expect(now!.hashpriceUsdPerPhDay / today).toBeCloseTo((4 + 1 / Math.LN2 + 5 * 2) / 10, 12)
    expect(after!.hashpriceUsdPerPhDay / today).toBeCloseTo(2, 12)
  })
})
