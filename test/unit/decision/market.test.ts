import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { hashpriceVolatilityPerYear } from '#shared/domain/ahead/simulate/path-model.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { network } from '../machines.ts'

const DAY_MS = 86_400_000
const AT_MS = Date.UTC(2025, 10, 20)
const conditions = network({
  epoch: { blocks: 1672, seconds: 1_040_000 },
  previousAdjustments: [0.012, -0.024],
  atMs: AT_MS,
})
const CHOICES = { change: null, horizonDays: null }

describe('the market', () => {
  it('has the future of the projection: now, the adjustment, fourteen days', () => {
    const market = marketOf(conditions, CHOICES)
    const flat = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }
    const rows = projectNetwork(conditions, market.estimate!, { epochs: 2, ...flat })
    expect(market.stages.map(({ opensWith }) => opensWith)).toEqual(['now', 'adjustment'])
    market.stages.forEach((stage, i) => {
      expect(stage.hashpriceUsdPerPhDay).toBe(rows[i]!.hashpriceUsdPerPhDay)
      expect(stage.difficulty).toBe(rows[i]!.difficulty)
    })
    expect(market.stages[0]!.days).toBe(rows[0]!.days)
    expect(market.stages[1]!.days).toBeCloseTo(14, 9)
    expect(market.stages[1]!.fromMs).toBeCloseTo(market.adjustmentAtMs, 0)
    expect(market.stages[1]!.hashpriceUsdPerPhDay).toBeCloseTo(market.hashpriceAfterUsdPerPhDay, 10)
    expect(market.isPerDay).toBe(false)
    expect(market.daysToAdjustment).toBe(rows[0]!.days)
    expect(market.estimateSinceMs).toBe(AT_MS)
  })

  it('is one stage, the day from now on, where no adjustment is known', () => {
    const market = marketOf(network({ atMs: AT_MS }), CHOICES, AT_MS + 90 * DAY_MS)
    expect(market.isPerDay).toBe(true)
    expect(market.stages).toEqual([
      {
        opensWith: 'now',
        fromMs: AT_MS + 90 * DAY_MS,
        days: 1,
        subsidyBtc: 3.125,
        difficulty: 1.6e14,
        hashpriceUsdPerPhDay: market.hashpriceUsdPerPhDay,
      },
    ])
    expect(market.applied).toEqual([])
    expect(market.daysToAdjustment).toBeNaN()
    // A typed change gives it a date again.
    expect(marketOf(network({ atMs: AT_MS }), { ...CHOICES, change: 0.1 }).stages).toHaveLength(2)
  })

  it('has no stage where the hashprice is not known', () => {
    expect(marketOf(network({ priceUsdPerBtc: NaN }), CHOICES).stages).toEqual([])
  })

  it('takes the fitted volatility of hashprice and a day between reviews, or what was chosen', () => {
    expect(marketOf(conditions, CHOICES)).toMatchObject({ reviewDays: 1, priceSpread: 0 })
    expect(marketOf(conditions, CHOICES).volatilityPerYear).toBeCloseTo(0.7655, 4)
    const chosen = marketOf(conditions, { ...CHOICES, volatilityPerYear: 0, reviewDays: 7 })
    expect(chosen).toMatchObject({ volatilityPerYear: 0, reviewDays: 7 })
    for (const bad of [{ volatilityPerYear: -1 }, { volatilityPerYear: NaN }])
      expect(() => marketOf(conditions, { ...CHOICES, ...bad })).toThrow(/^volatilityPerYear/)
    expect(() => marketOf(conditions, { ...CHOICES, reviewDays: 0 })).toThrow(/^reviewDays/)
  })

  it('measures hashprice as price over hashrate', () => {
    const model = { tailDegreesOfFreedom: null, priceVolatilityPerYear: 0.6, hashrateVolatilityPerYear: 0.6 }
    expect(hashpriceVolatilityPerYear({ ...model, correlation: 1 })).toBeCloseTo(0, 12)
    expect(hashpriceVolatilityPerYear({ ...model, correlation: 0 })).toBeCloseTo(0.6 * Math.SQRT2, 12)
  })

  it('knows less of the price the older the values are', () => {
    const old = marketOf(conditions, { ...CHOICES, volatilityPerYear: 0.8 }, AT_MS + 365.25 * DAY_MS)
    expect(old.priceSpread).toBeCloseTo(0.8, 12)
    expect(marketOf(conditions, { ...CHOICES, volatilityPerYear: 0 }, AT_MS + 99 * DAY_MS).priceSpread).toBe(
      0,
    )
  })

  it('weighs what is ahead of an adjustment that may have passed, and of one that has', () => {
    const fresh = marketOf(conditions, CHOICES)
    const due = marketOf(conditions, CHOICES, fresh.adjustmentAtMs)
    expect(due.mayHavePassedSinceMs).toBe(fresh.adjustmentAtMs)
    expect(due.stages.map(({ opensWith, days }) => [opensWith, days])).toEqual([['adjustment', 14]])
    expect(due.hashpriceUsdPerPhDay).toBe(fresh.hashpriceUsdPerPhDay)

    const nowMs = fresh.adjustmentAtMs + 2 * DAY_MS
    const passed = marketOf(conditions, CHOICES, nowMs)
    expect(passed.applied).toHaveLength(1)
    expect(passed.hashpriceUsdPerPhDay).toBeCloseTo(fresh.hashpriceAfterUsdPerPhDay, 10)
    expect(passed.stages[0]).toMatchObject({ opensWith: 'now', fromMs: nowMs })
    expect(passed.adjustmentAtMs).toBeGreaterThan(nowMs + 11 * DAY_MS)
    // A typed change is of the next adjustment, not of the one that has passed.
    const typed = marketOf(conditions, { ...CHOICES, change: 0.1 }, nowMs)
    expect(typed.hashpriceUsdPerPhDay).toBe(passed.hashpriceUsdPerPhDay)
    expect(typed.stages[1]!.hashpriceUsdPerPhDay).toBeCloseTo(passed.hashpriceUsdPerPhDay / 1.1, 10)
  })

  it('never has a date in the past, a day of no length or a figure that is none', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_045_000, max: 1_055_000 }),
        fc.double({ min: 300, max: 1500, noNaN: true }),
        fc.double({ min: 0, max: 900, noNaN: true }),
        fc.option(fc.double({ min: -0.75, max: 3, noNaN: true })),
        fc.option(fc.double({ min: 0.1, max: 400, noNaN: true })),
        (height, pace, days, change, horizonDays) => {
          const blocks = height % 2016
          const data = network({ height, epoch: { blocks, seconds: blocks * pace }, atMs: AT_MS })
          const nowMs = AT_MS + days * DAY_MS
          const market = marketOf(data, { change, horizonDays }, nowMs)
          expect(market.adjustmentAtMs).toBeGreaterThanOrEqual(nowMs)
          expect(market.daysToAdjustment).toBeGreaterThanOrEqual(0)
          let end = 0
          for (const stage of market.stages) {
            expect(stage.days).toBeGreaterThan(0)
            expect(stage.hashpriceUsdPerPhDay).toBeGreaterThan(0)
            expect(stage.difficulty).toBeGreaterThan(0)
            expect(stage.fromMs).toBeGreaterThanOrEqual(nowMs)
            end += stage.days
          }
          expect(end).toBeCloseTo(market.outlook!.horizonDays, 6)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('has the halving in its stages, and by the clock in its hashprice', () => {
    const before = network({
      height: 1_049_856,
      epoch: { blocks: 1536, seconds: 1536 * 600 },
      atMs: AT_MS,
    })
    const ahead = marketOf(before, CHOICES)
    expect(ahead.stages.map(({ opensWith }) => opensWith)).toEqual(['now', 'halving', 'adjustment'])
    const later = marketOf(before, CHOICES, AT_MS + 0.5 * DAY_MS)
    expect(later.stages[1]!.fromMs).toBeCloseTo(ahead.stages[1]!.fromMs, -6)
    const past = marketOf(before, CHOICES, AT_MS + 1.5 * DAY_MS)
    expect(past.stages.map(({ opensWith }) => opensWith)).toEqual(['now', 'adjustment'])
    expect(past.hashpriceUsdPerPhDay).toBe(ahead.stages[1]!.hashpriceUsdPerPhDay)
  })
})
