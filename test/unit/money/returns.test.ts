import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { hashpriceBtcPerPhDay } from '#shared/domain/chain/network.ts'
import { budgetVariance } from '#shared/domain/money/budget.ts'
import { costBridge, fleetCosts } from '#shared/domain/money/cost-bridge.ts'
import { checkAsset } from '#shared/domain/money/depreciation.ts'
import { internalRatePerYear, npvUsd, periodRate } from '#shared/domain/money/npv.ts'
import { paybackAlongDays, staticPaybackDays } from '#shared/domain/money/payback.ts'
import { fleetReturns } from '#shared/domain/money/returns.ts'
import type { ReturnPlan } from '#shared/domain/money/returns.ts'
import { treasuryAlong } from '#shared/domain/money/treasury.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { basisOf, earning, machine, network, site } from '../machines.ts'

const plan: ReturnPlan = {
  asset: { costUsd: 3000, salvageUsd: 300, lifeDays: 1461 },
  discountRatePerYear: 0.1,
  costs: {
    demandResponseCreditsUsdPerDay: 0,
    poolAndHostingUsdPerDay: 0,
    siteUsdPerDay: 0,
    generalUsdPerDay: 0,
  },
  price: constantGrowth(0),
  hashrate: constantGrowth(0),
  underWater: 'run',
}
const estimate = estimateAdjustment({ blocks: 2015, seconds: 1_209_600 }, [])

describe('the costs of a fleet', () => {
  it('are the totals of the machines that run, and the fixed cost of those that do not on top', () => {
    const basis = basisOf(
      [
        machine({ quantity: 3, fixedUsdPerDay: 0.4, uptime: 0.9, standbyW: 30, poolFee: 0.02 }),
        machine({ id: 'off', status: 'off', fixedUsdPerDay: 0.7 }),
        machine({ id: 'repair', status: 'repair', fixedUsdPerDay: 0.1, quantity: 2 }),
      ],
      [site({ otherUsdPerKwh: 0.01, overhead: 0.05 })],
    )
    const costs = fleetCosts(basis, hashpriceBtcPerPhDay(network()))
    const totals = fleetTotals(basis, network())
    expect(costs.btcPerDay).toBeCloseTo(totals.btcPerDay, 15)
    expect(costs.energyUsdPerDay + costs.hostingUsdPerDay).toBeCloseTo(totals.avoidableCostUsdPerDay, 10)
    expect(costs.energyUsdPerDay / costs.hostingUsdPerDay).toBeCloseTo(6, 10)
    expect(costs.idleFixedUsdPerDay).toBeCloseTo(0.7 + 2 * 0.1, 12)
    expect(costs.fixedUsdPerDay).toBeCloseTo(3 * 0.4 + 0.7 + 2 * 0.1, 12)
    expect(costs.fixedUsdPerDay).toBeCloseTo(totals.fixedUsdPerDay, 12)
  })
})

describe('the returns of a fleet', () => {
  const basis = basisOf([
    machine({ hashrateThs: 200 }),
    machine({ id: 'off', status: 'off', fixedUsdPerDay: 0.2 }),
  ])
  const far = network({ height: 1_047_000 })

  it('are lower by the fixed cost of an idle machine, every day', () => {
    const alone = basisOf([machine({ hashrateThs: 200 })])
    const [both, one] = [basis, alone].map((of) => fleetReturns(earning(of), network(), estimate, plan))
    both!.epochs.forEach(({ usdPerDay }, i) =>
      expect(usdPerDay).toBeCloseTo(one!.epochs[i]!.usdPerDay - 0.2, 10),
    )
  })

  it('step down at the halving, where lots that stop stop losing', () => {
    const run = fleetReturns(earning(basis), far, estimate, plan)
    const stop = fleetReturns(earning(basis), far, estimate, { ...plan, underWater: 'stop' })
    expect(run.epochs[0]!.subsidyBtc).toBe(3.125)
    expect(run.epochs[3]!.subsidyBtc).toBe(1.5625)
    expect(run.epochs[3]!.usdPerDay).toBeLessThan(-0.2)
    expect(stop.epochs[3]!.usdPerDay).toBeCloseTo(-0.2, 12)
    expect(stop.epochs[3]!.btcPerDay).toBe(0)
    expect(stop.npvUsd).toBeGreaterThan(run.npvUsd)
  })

  it('at the internal rate are worth nothing', () => {
    const cheap = { ...plan, asset: { ...plan.asset, costUsd: 1500 } }
    const returns = fleetReturns(earning(basis), network(), estimate, cheap)
    const again = fleetReturns(earning(basis), network(), estimate, {
      ...cheap,
      discountRatePerYear: returns.internalRatePerYear,
    })
    expect(again.npvUsd).toBeCloseTo(0, 5)
  })

  it('do not exist beyond what a projection reaches, and the message names the field', () => {
    const asset = { ...plan.asset, lifeDays: 20_000 }
    expect(() => fleetReturns(earning(basis), network(), estimate, { ...plan, asset })).toThrow(
      /^lifeDays: 20000 days lie beyond 1000 epochs/,
    )
  })
})

describe('payback', () => {
  it('does not exist where nothing comes in, and is at once where nothing was paid', () => {
    expect(staticPaybackDays(100, 0)).toBeNaN()
    expect(staticPaybackDays(100, -1)).toBeNaN()
    expect(staticPaybackDays(0, -1)).toBe(0)
    expect(paybackAlongDays(0, [])).toBe(0)
    expect(paybackAlongDays(100, [])).toBeNaN()
  })

  it('waits for what a loss in between took away', () => {
    const spans = [
      { startsAtDay: 0, days: 10, usdPerDay: 8 },
      { startsAtDay: 10, days: 10, usdPerDay: -5 },
      { startsAtDay: 20, days: 10, usdPerDay: 10 },
    ]
    expect(paybackAlongDays(100, spans)).toBeCloseTo(27, 12)
  })
})

describe('rates', () => {
  it('compound: a year has twelve months that are not a twelfth', () => {
    const month = 365.25 / 12
    expect((1 + periodRate(0.12, month)) ** 12).toBeCloseTo(1.12, 12)
    expect(periodRate(0.12, month)).toBeLessThan(0.01)
  })

  it('have no answer where cash never turns, or turns more than once around 0', () => {
    const at = (...usd: number[]) => usd.map((value, i) => ({ atDay: i * 365.25, usd: value }))
    expect(internalRatePerYear(at(100, 10))).toBeNaN()
    expect(internalRatePerYear([])).toBeNaN()
    // the textbook case with two rates, 10 % and 20 %
    expect(internalRatePerYear(at(-100, 230, -132))).toBeNaN()
    expect(npvUsd(0.1, at(-100, 230, -132))).toBeCloseTo(0, 10)
    expect(npvUsd(0.2, at(-100, 230, -132))).toBeCloseTo(0, 10)
  })

  it('have one where the cash turns late but its sum does not', () => {
    const flows = [-100, 80, 80, -10, 5].map((usd, i) => ({ atDay: i * 365.25, usd }))
    const rate = internalRatePerYear(flows)
    expect(rate).toBeGreaterThan(0.3)
    expect(npvUsd(rate, flows)).toBeCloseTo(0, 9)
  })

  it('of −100 % and below are refused', () => {
    expect(() => npvUsd(-1, [])).toThrow(/^discountRatePerYear: must be above −1/)
  })
})

describe('the treasury', () => {
  const policy = { openingBtc: 0, shareHeld: 1, markPriceUsdPerBtc: 100_000 }
  const span = { days: 10, btcPerDay: 0.01, costUsdPerDay: 400, priceUsdPerBtc: 80_000 }

  it('sells to cover first, and holds its share of the rest', () => {
    const { rows, heldUsd, soldOnTheDayUsd } = treasuryAlong([span], { ...policy, shareHeld: 0.75 })
    expect(rows[0]!.btcSoldToCover).toBeCloseTo(0.05, 12)
    expect(rows[0]!.btcSoldBeyond).toBeCloseTo(0.0125, 12)
    expect(rows[0]!.btcHeld).toBeCloseTo(0.0375, 12)
    expect(soldOnTheDayUsd).toBeCloseTo(4000, 8)
    expect(heldUsd).toBeCloseTo(1000 + 3750, 8)
  })

  it('shrinks when mining does not cover its cost, and says what it could not pay', () => {
    const poor = { ...span, btcPerDay: 0.001 }
    const { rows } = treasuryAlong([poor, poor], { ...policy, openingBtc: 0.05 })
    expect(rows[0]!.btcHeld).toBeCloseTo(0.01, 12)
    expect(rows[0]!.shortfallUsd).toBe(0)
    expect(rows[1]!.btcHeld).toBe(0)
    expect(rows[1]!.shortfallUsd).toBeCloseTo(4000 - 0.02 * 80_000, 8)
  })

  it.each([
    ['openingBtc', { openingBtc: -1 }],
    ['shareHeld', { shareHeld: 1.1 }],
    ['markPriceUsdPerBtc', { markPriceUsdPerBtc: 0 }],
  ])('refuses a policy with the name of the field: %s', (field, given) => {
    expect(() => treasuryAlong([], { ...policy, ...given })).toThrow(field)
  })
})

describe('what cannot be meant', () => {
  const parts = {
    btc: 1,
    energyUsd: 1,
    demandResponseCreditsUsd: 0,
    poolAndHostingUsd: 0,
    siteUsd: 0,
    generalUsd: 0,
    depreciationUsd: 0,
  }
  const figures = {
    priceUsdPerBtc: 1e5,
    difficulty: 1e14,
    rewardBtcPerBlock: 3,
    uptime: 1,
    tariffUsdPerKwh: 0.05,
    hashratePhs: 1,
    powerKw: 20,
  }

  it('is refused with the name of the field', () => {
    expect(() => costBridge({ ...parts, siteUsd: -1 })).toThrow(/^siteUsd: must be 0 or more/)
    expect(() => costBridge({ ...parts, btc: NaN })).toThrow(/^btc: must be a number/)
    expect(() => checkAsset({ costUsd: 1, salvageUsd: 2, lifeDays: 1 })).toThrow(/^salvageUsd: /)
    expect(() => checkAsset({ costUsd: 1, salvageUsd: 0, lifeDays: 0 })).toThrow(/^lifeDays: /)
    expect(() => budgetVariance(figures, { ...figures, uptime: 93 }, 30)).toThrow(/^actual\.uptime: /)
    expect(() => budgetVariance({ ...figures, difficulty: 0 }, figures, 30)).toThrow(/^plan\.difficulty: /)
    expect(() => budgetVariance(figures, figures, 0)).toThrow(/^days: /)
  })

  it('has no cost per BTC where nothing was mined', () => {
    expect(costBridge({ ...parts, btc: 0 }).fullCostPerBtcUsd).toBeNaN()
  })
})
