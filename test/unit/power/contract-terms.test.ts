import { describe, expect, it } from 'vitest'
import { contractWith, NO_TERMS, termsOf } from '#shared/domain/power/contract-terms.ts'
import { marketSummary, pricePoints } from '#shared/domain/power/market-picture.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { flatTariff } from '#shared/domain/power/tariff-edit.ts'

const PRICES = marketOf('EUR', [{ fromMs: 0, minutes: 60, perKwh: [0.02, 0.5, -0.01] }])
const FULL: SiteContract = {
  ...NO_CONTRACT,
  timeZone: 'Europe/London',
  tariffs: [flatTariff('2025-01-01', 0.05)],
  market: { ...PRICES, adderUsdPerKwh: 0.01 },
  takeOrPay: {
    ...{ committedKwhPerDay: 1200, per: 'hour', handBackUsdPerKwh: 0.02, committedUsdPerKwh: null },
    handBack: PRICES,
  },
  capKw: 900,
  demandResponse: {
    ...{ creditUsdPerKwMonth: 2, hoursPerMonth: 12, capacityKw: null },
    events: [{ fromMs: 0, toMs: 3_600_000, usdPerKwh: 0.4 }],
  },
  coincidentPeak: null,
}

describe('terms of a contract', () => {
  it('give the same contract again; prices of files and listed events stay under other terms', () => {
    expect(contractWith(FULL, termsOf(FULL))).toEqual(FULL)
    const other = { ...termsOf(FULL), capKw: 800, marketAdderUsdPerKwh: 0.02 }
    expect(contractWith(FULL, other)).toEqual({
      ...FULL,
      capKw: 800,
      market: { ...PRICES, adderUsdPerKwh: 0.02 },
    })
  })

  it('take parts away, and make a contract where there was none', () => {
    const bare = { ...termsOf(FULL), marketAdderUsdPerKwh: null, takeOrPay: null, demandResponse: null }
    expect(contractWith(FULL, bare)).toMatchObject({ market: null, takeOrPay: null, demandResponse: null })
    expect(contractWith(null, NO_TERMS)).toEqual(NO_CONTRACT)
    // Market prices come with a file alone.
    expect(contractWith(null, { ...NO_TERMS, marketAdderUsdPerKwh: 0.01 }).market).toBeNull()
  })
})

describe('market prices as they are shown', () => {
  it('are summed up by time', () => {
    const mixed = marketOf('USD', [
      { fromMs: 0, minutes: 60, perKwh: [0.02] },
      { fromMs: 3_600_000, minutes: 15, perKwh: [0.1, 0.1] },
    ])
    expect(marketSummary(mixed)).toEqual({
      ...{ fromMs: 0, toMs: 5_400_000, least: 0.02, most: 0.1 },
      mean: (0.02 * 60 + 0.1 * 30) / 90,
    })
    expect(marketSummary(marketOf('USD', []))).toMatchObject({ least: NaN, toMs: NaN })
  })

  it('lose no spike where there are more of them than fit, and end where the file ends', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => (i === 7777 ? 9 : i === 1234 ? -1 : 0.05))
    const points = pricePoints(marketOf('USD', [{ fromMs: 0, minutes: 60, perKwh: many }]), 1000)
    expect(points.length).toBeLessThanOrEqual(1001)
    expect(Math.max(...points.map(({ perKwh }) => perKwh))).toBe(9)
    expect(Math.min(...points.map(({ perKwh }) => perKwh))).toBe(-1)
    expect(points.at(-1)!.atMs).toBe(10_000 * 3_600_000)
    expect(points.every(({ atMs }, i) => i === 0 || atMs > points[i - 1]!.atMs)).toBe(true)
  })

  it('leave a gap open', () => {
    const gap = marketOf('USD', [
      { fromMs: 0, minutes: 60, perKwh: [0.02] },
      { fromMs: 7_200_000, minutes: 60, perKwh: [0.03] },
    ])
    expect(pricePoints(gap, 100).map(({ perKwh }) => perKwh)).toEqual([0.02, NaN, 0.03, 0.03])
    expect(pricePoints(marketOf('USD', []), 100)).toEqual([])
  })
})
