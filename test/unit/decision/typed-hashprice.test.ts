import { describe, expect, it } from 'vitest'
import { advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import {
  atHashprice,
  atPrice,
  hashpriceBtcPerPhDay,
  hashpriceUsdPerPhDay,
  payFactor,
  satPerThDayInUsdPerPhDay,
} from '#shared/domain/chain/network.ts'
import type { NetworkConditions, TypedNetwork } from '#shared/domain/chain/network.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { WEEKDAYS } from '#shared/domain/power/tariff.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { machine, network } from '../machines.ts'

const DAY_MS = 86_400_000
const AT_MS = Date.UTC(2025, 10, 20, 12)
const CHOICES = { change: null, horizonDays: null, volatilityPerYear: 0 }
const adjustment = { change: -0.02, atMs: AT_MS + 2 * DAY_MS }

/** A hashprice and nothing else. */
const alone = (typed: TypedNetwork): NetworkConditions => ({
  height: NaN,
  difficulty: NaN,
  priceUsdPerBtc: NaN,
  feesBtcPerBlock: NaN,
  epoch: null,
  previousAdjustments: [],
  atMs: AT_MS,
  typed,
})
const known = network({ epoch: { blocks: 1672, seconds: 1_040_000 }, atMs: AT_MS })
const typedOver = (typed: TypedNetwork): NetworkConditions => ({ ...known, typed })

describe('one typed hashprice', () => {
  it('is one stage from now on, per day, and names what is left out', () => {
    const market = marketOf(alone({ hashpriceUsdPerPhDay: 34.5, adjustment: null }), CHOICES, AT_MS + DAY_MS)
    expect(market.isPerDay).toBe(true)
    expect(market.stages).toEqual([
      {
        opensWith: 'now',
        fromMs: AT_MS + DAY_MS,
        days: 1,
        subsidyBtc: NaN,
        difficulty: NaN,
        hashpriceUsdPerPhDay: 34.5,
      },
    ])
    expect(market.leftOut).toEqual(['adjustment', 'halving', 'priceUsdPerBtc', 'difficulty'])
    expect(market.hashpriceBtcPerPhDay).toBeNaN()
  })

  it('with the next adjustment has two stages, until that adjustment has passed', () => {
    const conditions = alone({ hashpriceUsdPerPhDay: 34.5, adjustment })
    const market = marketOf(conditions, CHOICES, AT_MS)
    expect(market.stages.map(({ opensWith, days }) => [opensWith, days])).toEqual([
      ['now', 2],
      ['adjustment', 14],
    ])
    expect(market.stages[1]!.hashpriceUsdPerPhDay).toBe(34.5 / 0.98)
    expect(market.adjustmentAtMs).toBe(adjustment.atMs)
    expect(market.changeIsAssumed).toBe(true)
    expect(market.hashpriceAfter80).toBeNull()
    const later = marketOf(conditions, CHOICES, adjustment.atMs)
    expect(later.isPerDay).toBe(true)
    expect(later.typedAdjustmentPassedMs).toBe(adjustment.atMs)
    expect(later.hashpriceUsdPerPhDay).toBe(34.5)
  })

  it('counts over what the values give, in every stage and epoch, with the estimate that is known', () => {
    const computed = marketOf(known, CHOICES)
    const typed = marketOf(
      typedOver({ hashpriceUsdPerPhDay: 0.9 * computed.hashpriceUsdPerPhDay, adjustment: null }),
      CHOICES,
    )
    expect(typed.leftOut).toEqual([])
    expect(typed.change).toBe(computed.change)
    expect(typed.stages).toHaveLength(computed.stages.length)
    typed.stages.forEach((stage, t) =>
      expect(stage.hashpriceUsdPerPhDay / computed.stages[t]!.hashpriceUsdPerPhDay).toBeCloseTo(0.9, 12),
    )
    const flat = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null, epochs: 3 }
    const next = { change: computed.change, secondsLeft: 86_400 }
    const epochs = projectNetwork(typed.conditions, next, flat)
    projectNetwork(known, next, flat).forEach((epoch, i) => {
      expect(epochs[i]!.hashpriceUsdPerPhDay / epoch.hashpriceUsdPerPhDay).toBeCloseTo(0.9, 12)
      expect(epochs[i]!.difficulty).toBe(epoch.difficulty)
      expect(epochs[i]!.priceUsdPerBtc).toBe(epoch.priceUsdPerBtc)
    })
  })

  it('draws no chances: an assumption has none', () => {
    const conditions = typedOver({ hashpriceUsdPerPhDay: 34.5, adjustment: null })
    const fleet = fleetFrom(
      [{ name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 }],
      [machine({ site: 'North', restartUsd: 0.5 })],
    )
    const advice = advise(
      prepare(fleet, PLAIN_CASE),
      marketOf(conditions, { ...CHOICES, volatilityPerYear: 0.7 }),
    )
    expect(advice!.probability(0)).toBeNaN()
  })

  it('stays as it was typed when an adjustment passes', () => {
    const market = marketOf(
      typedOver({ hashpriceUsdPerPhDay: 34.5, adjustment: null }),
      CHOICES,
      AT_MS + 30 * DAY_MS,
    )
    expect(market.applied.length).toBeGreaterThan(0)
    expect(market.hashpriceUsdPerPhDay).toBe(34.5)
  })

  it('moves with the price that is tried, and to a level that is tried', () => {
    const typed = typedOver({ hashpriceUsdPerPhDay: 30, adjustment: null })
    expect(hashpriceUsdPerPhDay(atPrice(typed, 2 * known.priceUsdPerBtc))).toBe(60)
    expect(hashpriceUsdPerPhDay(atHashprice(typed, 45))).toBe(45)
    expect(hashpriceUsdPerPhDay(atHashprice(known, 45))).toBeCloseTo(45, 10)
    expect(hashpriceBtcPerPhDay(typed)).toBe(30 / known.priceUsdPerBtc)
    expect(payFactor(known)).toBe(1)
    const only = alone({ hashpriceUsdPerPhDay: 30, adjustment: null })
    expect(payFactor(only)).toBeNaN()
    expect(hashpriceUsdPerPhDay(atPrice(only, 90_000))).toBe(30)
    expect(satPerThDayInUsdPerPhDay(39.1, 88_300)).toBeCloseTo(34.5253, 4)
  })

  it('weighs a tariff by the hours of the day from now on', () => {
    const fleet = fleetFrom(
      [{ name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 }],
      [machine({ site: 'North', hashrateThs: 100, powerW: 3000, restartUsd: 0 })],
    )
    const week = {
      baseUsdPerKwh: 0.03,
      periods: [{ days: WEEKDAYS, fromHour: 16, toHour: 21, usdPerKwh: 0.14 }],
    }
    const version = { ...week, from: '2025-01-01', to: null, seasons: [], tiers: [], meteredKwhThisMonth: 0 }
    const contract = { ...NO_CONTRACT, tariffs: [version] }
    const contracts = [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }]
    const market = marketOf(alone({ hashpriceUsdPerPhDay: 34.5, adjustment: null }), CHOICES, AT_MS)
    const advice = advise(prepare(fleet, { ...PLAIN_CASE, contracts }), market)!
    const row = advice.row(0)
    expect(row.verdict).toBe('run')
    // 3.45 USD a day for 72 kWh: five hours at 0.14 lose 0.42 − 0.14375 each.
    expect(row.gainUsd).toBeCloseTo(5 * (3 * 0.14 - 3.45 / 24), 9)
    expect(row.schedule.map(({ fromMs, mode }) => [new Date(fromMs).getUTCHours(), mode])).toContainEqual([
      16,
      'off',
    ])
  })
})
