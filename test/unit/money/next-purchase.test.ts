import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { nextPurchases, termsAt } from '#shared/domain/money/next-purchase.ts'
import type { MachineOffer, NextPlan } from '#shared/domain/money/next-purchase.ts'
import { purchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { machine, site } from '../machines.ts'
import { tariff } from '../power/plain-contracts.ts'
import { caseOf, estimate, planOf, purchase } from './purchases.ts'

const S21: MachineOffer = { model: 'Antminer S21', hashrateThs: 200, powerW: 3500, priceUsd: 3000 }
const OLD: MachineOffer = { model: 'Antminer S19', hashrateThs: 95, powerW: 3250, priceUsd: 300 }
const TERMS = { uptime: 0.95, poolFee: 0.02, hostShare: 0, standbyW: 10, fixedUsdPerDay: 0.1 }
const NO_CHANCE = { ...FITTED_PATHS, priceVolatilityPerYear: 0, hashrateVolatilityPerYear: 0 }
const GROWTH = { price: constantGrowth(0.1), hashrate: constantGrowth(0.2), response: null }

const plan = (change: Partial<NextPlan> = {}): NextPlan => ({
  ...{ offers: [OLD, S21], discountRatePerYear: 0.1, lifeDays: 1461, salvageShare: 0.1, terms: TERMS },
  ...{ assumptions: GROWTH, paths: 400, seed: 1, model: FITTED_PATHS, rankBy: 'megawatt' },
  ...change,
})
const contracted = (contract: Partial<SiteContract>) => ({
  contracts: [{ siteKey: 0, site: 'North', contract: { ...NO_CONTRACT, ...contract } }],
})
const CONTRACTS = {
  none: {},
  tariff: contracted({ tariffs: [tariff({ baseUsdPerKwh: 0.045 })] }),
  'flat hosting': contracted({ hosting: { model: 'flat', usdPerMonth: 120, per: 'machine' } }),
  'profit share': contracted({
    hosting: { model: 'profit-share', hostShare: 0.2, lossesBorneBy: 'tenant' },
  }),
}

describe('what to buy next', () => {
  it.each(Object.entries(CONTRACTS))('is worth what a purchase of it at the site is: %s', (_, inputs) => {
    const place = site({ otherUsdPerKwh: 0.003, overhead: 0.04 })
    const of = caseOf([machine({ powerPriceUsdPerKwh: NaN })], { sites: [place], inputs })
    const offers = nextPurchases(of, 0, plan(), null)
    for (const { offer, npvUsd, cashUsdPerDay, internalRatePerYear } of offers) {
      const { model, hashrateThs, powerW, priceUsd } = offer
      const bought = caseOf([machine({ ...TERMS, model, hashrateThs, powerW, purchase: 'First' })], {
        sites: [place],
        inputs,
      })
      const [returns] = purchaseReturns(
        bought,
        planOf([purchase({ costUsd: priceUsd, salvageUsd: 0.1 * priceUsd })], { assumptions: GROWTH }),
      ).purchases
      expect(npvUsd).toBeCloseTo(returns!.npvUsd, 6)
      expect(cashUsdPerDay).toBeCloseTo(returns!.cashUsdPerDay, 9)
      if (Number.isFinite(internalRatePerYear))
        expect(internalRatePerYear).toBeCloseTo(returns!.internalRatePerYear, 6)
    }
  })

  it('is ranked by a megawatt or by a dollar, which is not the same', () => {
    const dear = { ...S21, priceUsd: 1500 }
    const cheap = { ...OLD, hashrateThs: 120, priceUsd: 100 }
    const of = caseOf([machine()], { sites: [site({ powerPriceUsdPerKwh: 0.03 })] })
    const ranked = (rankBy: NextPlan['rankBy']) =>
      nextPurchases(of, 0, plan({ offers: [cheap, dear], rankBy }), null)
    const [first] = ranked('megawatt')
    expect(first!.offer).toBe(dear)
    expect(first!.perMegawatt.npvUsd).toBeCloseTo(first!.npvUsd / 0.0035, 6)
    expect(first!.perDollar.npvUsd).toBeCloseTo(first!.npvUsd / 1500, 9)
    expect(ranked('dollar')[0]!.offer).toBe(cheap)
  })

  it('has a range that is the projection without chance, wide with it, and the same for a seed', () => {
    const of = caseOf([machine()])
    const [calm] = nextPurchases(of, 0, plan({ model: NO_CHANCE }), estimate)
    for (const value of Object.values(calm!.range)) expect(value).toBeCloseTo(calm!.npvUsd, 6)
    const wild = nextPurchases(of, 0, plan(), estimate)
    for (const { range, npvUsd, perMegawatt, probabilityOfLoss } of wild) {
      expect(range.p10).toBeLessThan(range.p50)
      expect(range.p50).toBeLessThan(range.p90)
      expect(range.p90).toBeGreaterThan(npvUsd)
      expect(perMegawatt.range.p10).toBeLessThan(perMegawatt.range.p90)
      expect(probabilityOfLoss).toBeGreaterThan(0)
    }
    expect(nextPurchases(of, 0, plan(), estimate)).toEqual(wild)
    expect(nextPurchases(of, 0, plan({ seed: 2 }), estimate)).not.toEqual(wild)
    // A machine that may stop never loses more than what it cost and stands for.
    expect(wild[0]!.range.p10).toBeGreaterThan(-wild[0]!.offer.priceUsd - 0.2 * 1461)
  })

  it('is worth less where energy is dearer, and by exactly what it costs more', () => {
    const at = (price: number, priceUsd = 3000) =>
      nextPurchases(
        caseOf([machine()], { sites: [site({ powerPriceUsdPerKwh: price })] }),
        0,
        plan({ offers: [{ ...S21, priceUsd }], salvageShare: 0 }),
        null,
      )[0]!.npvUsd
    expect(at(0.05)).toBeLessThan(at(0.04))
    expect(at(0.05, 2500) - at(0.05)).toBeCloseTo(500, 8)
  })

  it('refuses a site where it is not known what energy costs, and offers without figures', () => {
    const dark = caseOf([machine()], { sites: [site({ powerPriceUsdPerKwh: NaN })] })
    expect(() => nextPurchases(dark, 0, plan(), null)).toThrow(/^site North, field powerPriceUsdPerKwh/)
    const of = caseOf([machine()])
    expect(() => nextPurchases(of, 0, plan({ offers: [{ ...S21, priceUsd: 0 }] }), null)).toThrow(
      /^Antminer S21, priceUsd/,
    )
    expect(() => nextPurchases(of, 0, plan({ salvageShare: 2 }), null)).toThrow(/^salvageShare/)
    expect(() => nextPurchases(of, 0, plan({ lifeDays: 0 }), null)).toThrow(/^lifeDays/)
  })

  it('takes uptime, fees and fixed cost of the machines that are there, each counted', () => {
    const { prepared } = caseOf(
      [
        machine({ quantity: 3, uptime: 0.9, poolFee: 0.01 }),
        machine({ id: 'b', uptime: 0.98, poolFee: 0.03, fixedUsdPerDay: 0.4 }),
      ],
      { sites: [site(), site({ name: 'Empty' })] },
    )
    const terms = termsAt(prepared, 0)!
    expect(terms.uptime).toBeCloseTo(0.92, 12)
    expect(terms.poolFee).toBeCloseTo(0.015, 12)
    expect(terms.fixedUsdPerDay).toBeCloseTo(0.1, 12)
    expect(termsAt(prepared, 1)).toBeNull()
  })
})
