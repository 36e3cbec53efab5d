import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookValueUsd, depreciationBetweenUsd } from '#shared/domain/money/depreciation.ts'
import { budgetVariance, VARIANCE_CAUSES } from '#shared/domain/money/budget.ts'
import type { PeriodFigures } from '#shared/domain/money/budget.ts'
import { costBridge } from '#shared/domain/money/cost-bridge.ts'
import { internalRatePerYear, npvUsd, periodRate } from '#shared/domain/money/npv.ts'
import type { CashFlow } from '#shared/domain/money/npv.ts'
import { paybackAlongDays, staticPaybackDays } from '#shared/domain/money/payback.ts'
import { treasuryAlong } from '#shared/domain/money/treasury.ts'
import type { MiningSpan } from '#shared/domain/money/treasury.ts'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** A purchase, then income on later days: its cash turns once. */
const anyInvestment: fc.Arbitrary<CashFlow[]> = fc
  .tuple(
    between(100, 1e7),
    fc.array(fc.record({ atDay: between(1, 3000), usd: between(1, 1e6) }), { minLength: 1, maxLength: 40 }),
  )
  .map(([cost, income]) => [{ atDay: 0, usd: -cost }, ...income])

describe('present value', () => {
  it('is 0 at the internal rate', () => {
    fc.assert(
      fc.property(anyInvestment, (flows) => {
        const rate = internalRatePerYear(flows)
        fc.pre(!Number.isNaN(rate))
        const cost = -flows[0]!.usd
        // The rate itself is only known to its last digit: what a change in it there moves, and no more.
        const slack = Math.abs(npvUsd(rate * (1 + 1e-12) + 1e-15, flows) - npvUsd(rate, flows))
        expect(Math.abs(npvUsd(rate, flows))).toBeLessThanOrEqual(1e-9 * cost + slack)
      }),
    )
  })

  it('falls as the rate rises, and finds the rate that made the cash', () => {
    fc.assert(
      fc.property(anyInvestment, between(-0.5, 2), between(0.001, 1), (flows, rate, more) => {
        expect(npvUsd(rate + more, flows)).toBeLessThan(npvUsd(rate, flows))
        const grown = [
          { atDay: 0, usd: -1000 },
          { atDay: 500, usd: 1000 * (1 + periodRate(rate, 500)) },
        ]
        expect(internalRatePerYear(grown)).toBeCloseTo(rate, 9)
      }),
    )
  })

  it('takes periods that follow one another for one long period', () => {
    fc.assert(
      fc.property(between(-0.9, 5), between(0, 2000), between(0, 2000), (rate, first, second) => {
        const chained = (1 + periodRate(rate, first)) * (1 + periodRate(rate, second)) - 1
        const whole = periodRate(rate, first + second)
        expect(Math.abs(chained - whole)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(whole)))
      }),
    )
  })
})

const anyFigures: fc.Arbitrary<PeriodFigures> = fc.record({
  priceUsdPerBtc: between(1000, 300_000),
  difficulty: between(1e13, 1e15),
  rewardBtcPerBlock: between(1, 7),
  uptime: between(0, 1),
  tariffUsdPerKwh: between(-0.05, 0.3),
  hashratePhs: between(0, 10_000),
  powerKw: between(0, 300_000),
})

describe('a budget and what came of it', () => {
  it('leaves nothing unexplained', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, between(1, 366), (plan, actual, days) => {
        const { effectsUsd, varianceUsd, planUsd, actualUsd } = budgetVariance(plan, actual, days)
        const sum = VARIANCE_CAUSES.reduce((total, cause) => total + effectsUsd[cause], 0)
        const size = VARIANCE_CAUSES.reduce((total, cause) => total + Math.abs(effectsUsd[cause]), 0)
        expect(Math.abs(sum - varianceUsd)).toBeLessThanOrEqual(1e-10 * (size + Math.abs(planUsd) + 1))
        expect(varianceUsd).toBe(actualUsd - planUsd)
      }),
    )
  })

  it('blames a cause that did not change for nothing, and the only one that did for all', () => {
    fc.assert(
      fc.property(anyFigures, between(1000, 300_000), (plan, priceUsdPerBtc) => {
        const { effectsUsd, varianceUsd } = budgetVariance(plan, { ...plan, priceUsdPerBtc }, 30)
        for (const cause of VARIANCE_CAUSES) if (cause !== 'price') expect(effectsUsd[cause]).toBe(0)
        expect(Math.abs(effectsUsd.price - varianceUsd)).toBeLessThanOrEqual(
          1e-9 * (1 + Math.abs(varianceUsd) + Math.abs(effectsUsd.price)),
        )
      }),
    )
  })

  it('turns every sign when plan and actual change places', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (plan, actual) => {
        const there = budgetVariance(plan, actual, 30).effectsUsd
        const back = budgetVariance(actual, plan, 30).effectsUsd
        const size = VARIANCE_CAUSES.reduce((total, cause) => total + Math.abs(there[cause]), 1)
        for (const cause of VARIANCE_CAUSES)
          expect(Math.abs(there[cause] + back[cause])).toBeLessThanOrEqual(1e-9 * size)
      }),
    )
  })
})

describe('depreciation', () => {
  it('of all parts of a life is the cost less the salvage value, and the books end there', () => {
    const anyAsset = fc
      .tuple(between(1, 1e7), between(0, 1), between(1, 5000))
      .map(([costUsd, share, lifeDays]) => ({ costUsd, salvageUsd: costUsd * share, lifeDays }))
    fc.assert(
      fc.property(anyAsset, between(0, 6000), (asset, day) => {
        const parts = depreciationBetweenUsd(asset, 0, day) + depreciationBetweenUsd(asset, day, 1e5)
        expect(Math.abs(parts - (asset.costUsd - asset.salvageUsd))).toBeLessThanOrEqual(1e-9 * asset.costUsd)
        expect(bookValueUsd(asset, day)).toBeLessThanOrEqual(asset.costUsd)
        expect(bookValueUsd(asset, 1e6)).toBeCloseTo(asset.salvageUsd, 3)
      }),
    )
  })
})

describe('payback', () => {
  it('along constant cash is the static one', () => {
    fc.assert(
      fc.property(
        between(1, 1e6),
        between(0.1, 1e4),
        fc.integer({ min: 1, max: 40 }),
        (cost, cash, parts) => {
          const days = staticPaybackDays(cost, cash)
          const length = (days * 1.5) / parts
          const spans = Array.from({ length: parts }, (_, i) => ({
            startsAtDay: i * length,
            days: length,
            usdPerDay: cash,
          }))
          expect(Math.abs(paybackAlongDays(cost, spans) / days - 1)).toBeLessThan(1e-9)
          expect(paybackAlongDays(cost * 1.6, spans)).toBeNaN()
        },
      ),
    )
  })
})

const anySpans: fc.Arbitrary<MiningSpan[]> = fc.array(
  fc.record({
    days: between(0.1, 30),
    btcPerDay: between(0, 5),
    costUsdPerDay: between(-1000, 400_000),
    priceUsdPerBtc: between(1000, 300_000),
  }),
  { maxLength: 20 },
)

describe('a treasury', () => {
  it('neither makes nor loses BTC, and never owes any', () => {
    fc.assert(
      fc.property(anySpans, between(0, 100), between(0, 1), (spans, openingBtc, shareHeld) => {
        const { rows } = treasuryAlong(spans, { openingBtc, shareHeld, markPriceUsdPerBtc: 50_000 })
        let held = openingBtc
        for (const row of rows) {
          held += row.btcMined - row.btcSoldToCover - row.btcSoldBeyond
          expect(Math.abs(row.btcHeld - held)).toBeLessThan(1e-9)
          expect(row.btcHeld).toBeGreaterThanOrEqual(0)
          expect(row.shortfallUsd).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('that never holds has sold on the day; at a constant price holding changes nothing', () => {
    fc.assert(
      fc.property(anySpans, between(0, 1), between(1000, 300_000), (spans, shareHeld, price) => {
        const near = (a: number, b: number) =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-6 + 1e-9 * (Math.abs(a) + Math.abs(b) + 1e8))
        const sold = treasuryAlong(spans, { openingBtc: 0, shareHeld: 0, markPriceUsdPerBtc: price })
        near(sold.heldUsd, sold.soldOnTheDayUsd)
        const flat = spans.map((span) => ({ ...span, priceUsdPerBtc: price }))
        const held = treasuryAlong(flat, { openingBtc: 3, shareHeld, markPriceUsdPerBtc: price })
        near(held.heldUsd, held.soldOnTheDayUsd)
      }),
    )
  })
})

describe('the bridge of costs', () => {
  it('ends at the sum of its parts, and each step stands on the one before', () => {
    const part = between(0, 1e8)
    const anyParts = fc.record({
      btc: between(0.01, 1e4),
      energyUsd: between(-1e6, 1e8),
      demandResponseCreditsUsd: part,
      poolAndHostingUsd: part,
      siteUsd: part,
      generalUsd: part,
      depreciationUsd: part,
    })
    fc.assert(
      fc.property(anyParts, (parts) => {
        const { steps, fullCostPerBtcUsd, cashCostPerBtcUsd } = costBridge(parts)
        steps.slice(1).forEach((step, i) => expect(step.runningUsd).toBe(steps[i]!.runningUsd + step.usd))
        const cash =
          parts.energyUsd - parts.demandResponseCreditsUsd + parts.poolAndHostingUsd + parts.siteUsd
        const slack = 1e-6
        expect(Math.abs(cashCostPerBtcUsd * parts.btc - cash)).toBeLessThanOrEqual(slack)
        const full = cash + parts.generalUsd + parts.depreciationUsd
        expect(Math.abs(fullCostPerBtcUsd * parts.btc - full)).toBeLessThanOrEqual(slack)
      }),
    )
  })
})
