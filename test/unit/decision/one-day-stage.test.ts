import { describe, expect, it } from 'vitest'
import { charge, takeOrPay, tariff } from '../power/plain-contracts.ts'
import { advise } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { machine } from '../machines.ts'

/** One typed hashprice without a date: one stage of a day. */

const AT_MS = Date.UTC(2025, 10, 20, 12)
/** November */
const MONTH_DAYS = 30
/** 1 PH/s at 30 kW: 36 USD a day for energy. */
const TEN = { site: 'North', quantity: 10, hashrateThs: 100, powerW: 3000, restartUsd: 0, standbyW: 0 }

function typed(
  hashpriceUsdPerPhDay: number,
  lots: readonly Partial<Machine>[],
  parts: Partial<SiteContract> | null = null,
  volatilityPerYear = 0,
) {
  const fleet = fleetFrom(
    [{ name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0, overhead: 0 }],
    lots.map((lot) => machine({ ...TEN, ...lot })),
  )
  const contract = { ...NO_CONTRACT, ...parts }
  const contracts = parts === null ? [] : [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }]
  const conditions = {
    ...{ height: NaN, difficulty: NaN, priceUsdPerBtc: NaN, feesBtcPerBlock: NaN },
    ...{ epoch: null, previousAdjustments: [], atMs: AT_MS },
    typed: { hashpriceUsdPerPhDay, adjustment: null },
  }
  const market = marketOf(conditions, { change: null, horizonDays: null, volatilityPerYear }, AT_MS)
  expect(market.isPerDay).toBe(true)
  return advise(prepare(fleet, { ...PLAIN_CASE, contracts }), market)!
}

describe('a start in one day', () => {
  const NIGHT = { tariffs: [tariff({ baseUsdPerKwh: 0.05 })] }
  const idle = (restartUsd: number) => [{ status: 'off' as const, restartUsd: restartUsd / 10 }]

  it.each([
    ['a flat price', null],
    ['a tariff', NIGHT],
  ])('without price risk has to earn its restart back in 14 days: %s', (_, parts) => {
    // 66 − 36 = 30 USD a day: 180 are earned back in 6 days, 421 in 14.03.
    for (const restart of [0, 29, 31, 180, 419]) {
      const advice = typed(66, idle(restart), parts)
      expect(advice.row(0).verdict).toBe('start')
      expect(advice.decisions.gainUsd[0]).toBeCloseTo(30, 9)
    }
    expect(typed(66, idle(421), parts).row(0).verdict).toBe('stay-off')
    // What loses is not started, however cheap that is, and what runs at a gain is not stopped by a dear restart.
    expect(typed(35, idle(0.01), parts).row(0).verdict).toBe('stay-off')
    expect(typed(66, [{ restartUsd: 100 }], parts).row(0).verdict).toBe('run')
    expect(typed(35, [{ restartUsd: 100 }], parts).row(0).verdict).toBe('off')
  })

  it('with price risk is weighed by the strikes, as with a date', () => {
    for (const parts of [null, NIGHT]) {
      const { startAboveUsdPerPhDay } = typed(40, idle(180), parts, 0.77).strikes(0)
      expect(startAboveUsdPerPhDay).toBeGreaterThan(36)
      expect(startAboveUsdPerPhDay).toBeLessThan(66)
      const at = (hashprice: number) => typed(hashprice, idle(180), parts, 0.77).row(0).verdict
      expect(at(startAboveUsdPerPhDay * 1.02)).toBe('start')
      expect(['hold', 'stay-off']).toContain(at(startAboveUsdPerPhDay * 0.98))
    }
  })

  it('is told by what a day brings, of machine, site and fleet alike', () => {
    const committed = { takeOrPay: takeOrPay({ committedKwhPerDay: 720, handBackUsdPerKwh: 0.01 }) }
    for (const parts of [null, NIGHT, committed]) {
      const { decisions, totals } = typed(66, idle(20), parts)
      const runs = parts === committed ? 66 - 7.2 : 30
      expect(decisions.gainUsd[0]).toBeCloseTo(runs, 9)
      expect(totals.gainUsd).toBeCloseTo(runs, 9)
      expect(totals.startGainUsd).toBeCloseTo(runs, 9)
    }
  })

  it('of a part of a lot leaves out the restarts of that part', () => {
    const parts = { takeOrPay: takeOrPay({ committedKwhPerDay: 360, handBackUsdPerKwh: 0 }) }
    // 20 USD for 720 kWh: less than what a kWh costs, more than a committed one brings.
    const advice = typed(20, idle(5), parts)
    expect(advice.row(0).machines).toEqual({ run: 5, pause: 0, off: 5 })
    expect(advice.totals.gainUsd).toBeCloseTo(10, 9)
    expect(advice.decisions.gainUsd[0]).toBeCloseTo(10, 9)
  })
})

describe('a contract over one day', () => {
  it('feeds as many machines as a day’s committed energy does', () => {
    const parts = { takeOrPay: takeOrPay({ committedKwhPerDay: 720, handBackUsdPerKwh: 0.01, per: 'day' }) }
    const advice = typed(20, [{ quantity: 20 }], parts)
    expect(advice.row(0).machines).toEqual({ run: 10, pause: 0, off: 10 })
    // Each of the others pays 72 · 0.05 for what earns 2.
    expect(advice.totals.gainUsd).toBeCloseTo(10 * (3.6 - 2), 9)
    const [site] = advice.sites()
    expect(site!.committed).toMatchObject({ kwhPerDay: 720, usedKwhPerDay: { now: 720 } })
    // What is handed back at more than it earns is not hashed.
    const dear = { takeOrPay: { ...parts.takeOrPay, handBackUsdPerKwh: 0.03 } }
    expect(typed(20, [{ quantity: 20 }], dear).row(0).verdict).toBe('off')
  })

  it('counts a demand charge by its part of the month', () => {
    // 30 kW earn 10 USD over their energy.
    const perDay = (usdPerKwMonth: number) => (30 * usdPerKwMonth) / MONTH_DAYS
    const cheap = typed(46, [{}], { demandCharge: charge(8) })
    expect(perDay(8)).toBeLessThan(10)
    expect(cheap.row(0).verdict).toBe('run')
    const dear = typed(46, [{}], { demandCharge: charge(12) })
    expect(dear.row(0).verdict).toBe('off')
    expect(dear.totals.gainUsd).toBeCloseTo(perDay(12) - 10, 9)
    // A peak that the month has seen already is paid either way.
    const had = typed(46, [{}], { demandCharge: charge(12, { isAlreadySet: true }) })
    expect(had.row(0).verdict).toBe('run')
  })
})
