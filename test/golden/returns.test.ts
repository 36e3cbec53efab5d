import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { budgetVariance } from '#shared/domain/money/budget.ts'
import type { CostParts } from '#shared/domain/money/cost-bridge.ts'
import { costBridge, costOfPowerUsdPerKwh } from '#shared/domain/money/cost-bridge.ts'
import { npvUsd, periodRate } from '#shared/domain/money/npv.ts'
import { staticPaybackDays } from '#shared/domain/money/payback.ts'
import { fleetReturns } from '#shared/domain/money/returns.ts'
import { treasuryAlong } from '#shared/domain/money/treasury.ts'
import { basisOf, earning, machine, network, site } from '../unit/machines.ts'
import { exampleOn, expectResults, inputsOf } from './page-example.ts'

type CostOfPower = {
  readonly id: string
  readonly energyUsd: number
  readonly demandResponseCreditsUsd: number
  readonly energyKwh: number
  readonly usdPerKwh: number
  readonly tolerance: number
}
type Numbers = Readonly<Record<string, number>>
type PublishedBridge = Omit<CostParts, 'poolAndHostingUsd'> & {
  readonly id: string
  readonly published: {
    readonly cashCostPerBtcUsd: number
    readonly fullCostPerBtcUsd?: number
    readonly powerNetPerBtcUsd?: number
  }
  readonly netUsd?: number
  /** what the rounding of the published parts leaves open */
  readonly toleranceUsd: number
}
const golden = JSON.parse(readFileSync(new URL('returns.json', import.meta.url), 'utf8')) as {
  readonly costOfPower: readonly CostOfPower[]
  readonly bridge: Numbers & { readonly perBtc: Numbers }
  readonly bridges: readonly PublishedBridge[]
  readonly payback: Numbers
  readonly compounding: Numbers
  readonly staticBreakeven: Numbers
}
const DAYS_PER_YEAR = 365.25

describe('published figures', () => {
  it.each(golden.costOfPower)('$id: what power costs after credits', (of) => {
    const usdPerKwh = costOfPowerUsdPerKwh(of.energyUsd, of.demandResponseCreditsUsd, of.energyKwh)
    expect(Math.abs(usdPerKwh - of.usdPerKwh)).toBeLessThanOrEqual(of.tolerance)
  })

  it('Riot Q2-2024: one BTC at four prices, and all four on the bridge', () => {
    const { perBtc, ...published } = golden.bridge
    const btc = 844
    const bridge = costBridge({
      btc,
      energyUsd: perBtc['energyAndDirectUsd']! * btc,
      demandResponseCreditsUsd: perBtc['demandResponseCreditsUsd']! * btc,
      poolAndHostingUsd: 0,
      siteUsd: 0,
      generalUsd: 0,
      depreciationUsd: perBtc['depreciationUsd']! * btc,
    })
    const before = bridge.steps.find(({ name }) => name === 'energy')!
    expect(before.runningUsdPerBtc).toBeCloseTo(published['directBeforeCredits']!, 6)
    expect(bridge.cashCostPerBtcUsd).toBeCloseTo(published['directNet']!, 6)
    expect(bridge.fullCostPerBtcUsd).toBeCloseTo(published['withDepreciationNet']!, 6)
    expect(bridge.fullCostBeforeCreditsPerBtcUsd).toBeCloseTo(published['withDepreciationBeforeCredits']!, 6)
  })

  it.each(golden.bridges)('$id: the steps come to what was published', (of) => {
    const { btc, energyUsd, demandResponseCreditsUsd, siteUsd, generalUsd, depreciationUsd } = of
    const { published, toleranceUsd } = of
    const bridge = costBridge({
      ...{
        btc,
        energyUsd,
        demandResponseCreditsUsd,
        poolAndHostingUsd: 0,
        siteUsd,
        generalUsd,
        depreciationUsd,
      },
    })
    const after = (name: string) => bridge.steps.find((step) => step.name === name)!
    const isNear = (usd: number, said: number) =>
      expect(Math.abs(usd - said)).toBeLessThanOrEqual(toleranceUsd)
    isNear(bridge.cashCostPerBtcUsd, published.cashCostPerBtcUsd)
    if (published.fullCostPerBtcUsd !== undefined)
      isNear(bridge.fullCostPerBtcUsd, published.fullCostPerBtcUsd)
    if (published.powerNetPerBtcUsd !== undefined)
      isNear(after('demandResponseCredits').runningUsdPerBtc, published.powerNetPerBtcUsd)
    if (of.netUsd !== undefined) expect(after('cashCost').runningUsd).toBe(of.netUsd)
  })

  it('G11: payback from exact figures, not from rounded ones', () => {
    const of = golden.payback
    const basis = basisOf(
      [machine({ hashrateThs: of['hashrateThs']!, powerW: of['powerW']! })],
      [site({ powerPriceUsdPerKwh: of['powerPriceUsdPerKwh']! })],
    )
    const figures = machineFigures(
      basis,
      0,
      network({
        // 750 EH/s and 144 blocks of 3.125 BTC
        difficulty: (of['networkEhs']! * 1e18 * 600) / 2 ** 32,
        height: 925_000,
        feesBtcPerBlock: of['btcPerBlock']! - 3.125,
        priceUsdPerBtc: of['priceUsdPerBtc']!,
      }),
    )
    expect(Math.abs(figures.revenueUsdPerDay / of['revenueUsdPerDay']! - 1)).toBeLessThan(0.002)
    expect(Math.abs(figures.avoidableCostUsdPerDay / of['energyUsdPerDay']! - 1)).toBeLessThan(0.002)
    const years = staticPaybackDays(of['costUsd']!, figures.marginUsdPerDay) / DAYS_PER_YEAR
    expect(Math.abs(years - of['exactYears']!)).toBeLessThan(0.005)
    expect(Math.abs(years - of['publishedYears']!)).toBeGreaterThan(0.03)
  })

  it('G28: months compound', () => {
    const { ratePerMonth, ratePerYear, tolerance } = golden.compounding
    const month = DAYS_PER_YEAR / 12
    const yearOfMonths = (1 + ratePerMonth!) ** 12 - 1
    expect(Math.abs(yearOfMonths - ratePerYear!)).toBeLessThan(tolerance!)
    expect(periodRate(yearOfMonths, month)).toBeCloseTo(ratePerMonth!, 12)
  })

  it('Bitdeer: the static break-even of cloud hashrate', () => {
    const { feeUsd, hashrateThs, outputUsdPerThDay, electricityUsdPerThDay, days } = golden.staticBreakeven
    const perDay = hashrateThs! * (outputUsdPerThDay! - electricityUsdPerThDay!)
    expect(staticPaybackDays(feeUsd!, perDay)).toBeCloseTo(days!, 9)
  })
})

describe('docs/returns.md', () => {
  it('a fleet over its life', () => {
    const example = exampleOn('returns.md', 'a fleet over its life')
    const given = inputsOf(example)
    const asset = {
      costUsd: given('costUsd'),
      salvageUsd: given('salvageUsd'),
      lifeDays: given('lifeYears') * DAYS_PER_YEAR,
    }
    const returns = fleetReturns(
      earning(
        basisOf(
          [
            machine({
              quantity: given('quantity'),
              hashrateThs: given('hashrateThs'),
              powerW: given('powerW'),
              fixedUsdPerDay: given('fixedUsdPerDay'),
            }),
          ],
          [
            site({
              powerPriceUsdPerKwh: given('powerPriceUsdPerKwh'),
              otherUsdPerKwh: given('otherUsdPerKwh'),
            }),
          ],
        ),
      ),
      network({
        height: given('height'),
        difficulty: given('difficulty'),
        priceUsdPerBtc: given('priceUsdPerBtc'),
        feesBtcPerBlock: given('feesBtcPerBlock'),
      }),
      estimateAdjustment({ blocks: given('epochBlocks'), seconds: given('epochSeconds') }, []),
      {
        asset,
        discountRatePerYear: given('discountRatePerYear'),
        costs: {
          demandResponseCreditsUsdPerDay: given('demandResponseCreditsUsdPerDay'),
          poolAndHostingUsdPerDay: 0,
          siteUsdPerDay: 0,
          generalUsdPerDay: given('generalUsdPerDay'),
        },
        price: constantGrowth(given('priceGrowthPerYear')),
        hashrate: constantGrowth(given('hashrateGrowthPerYear')),
        underWater: 'stop',
      },
    )
    const treasury = treasuryAlong(
      returns.epochs.map(({ days, btcPerDay, cashCostUsdPerDay, priceUsdPerBtc }) => ({
        days,
        btcPerDay,
        costUsdPerDay: cashCostUsdPerDay,
        priceUsdPerBtc,
      })),
      { openingBtc: 0, shareHeld: given('shareHeld'), markPriceUsdPerBtc: given('markPriceUsdPerBtc') },
    )
    const flows = [
      { atDay: 0, usd: -asset.costUsd },
      ...returns.epochs.map(({ startsAtDay, days, usdPerDay }) => ({
        atDay: startsAtDay + days,
        usd: days * usdPerDay,
      })),
      { atDay: asset.lifeDays, usd: asset.salvageUsd },
    ]
    expect(npvUsd(returns.internalRatePerYear, flows)).toBeCloseTo(0, 4)
    const step = (name: string) => returns.bridge.steps.find((one) => one.name === name)!
    expectResults(example, {
      btcPerDay: returns.bridge.btc,
      energyUsdPerBtc: step('energy').usdPerBtc,
      creditsUsdPerBtc: step('demandResponseCredits').usdPerBtc,
      poolAndHostingUsdPerBtc: step('poolAndHosting').usdPerBtc,
      siteUsdPerBtc: step('site').usdPerBtc,
      cashCostPerBtcUsd: returns.bridge.cashCostPerBtcUsd,
      generalUsdPerBtc: step('general').usdPerBtc,
      depreciationUsdPerBtc: step('depreciation').usdPerBtc,
      fullCostPerBtcUsd: returns.bridge.fullCostPerBtcUsd,
      depreciationUsdPerDay: returns.depreciationUsdPerDay,
      staticPaybackDays: returns.staticPaybackDays,
      paybackAlongDays: returns.paybackAlongDays,
      npvUsd: returns.npvUsd,
      internalRatePerYear: returns.internalRatePerYear,
      soldOnTheDayUsd: treasury.soldOnTheDayUsd,
      heldUsd: treasury.heldUsd,
    })
  })

  it('a month against its budget', () => {
    const example = exampleOn('returns.md', 'a month against its budget')
    const given = inputsOf(example)
    const figures = (of: 'plan' | 'actual') => ({
      priceUsdPerBtc: given(`${of}.priceUsdPerBtc`),
      difficulty: given(`${of}.difficulty`),
      rewardBtcPerBlock: given(`${of}.rewardBtcPerBlock`),
      uptime: given(`${of}.uptime`),
      tariffUsdPerKwh: given(`${of}.tariffUsdPerKwh`),
      hashratePhs: given(`${of}.hashratePhs`),
      powerKw: given(`${of}.powerKw`),
    })
    const { effectsUsd, ...sums } = budgetVariance(figures('plan'), figures('actual'), given('days'))
    expectResults(example, { ...sums, ...effectsUsd })
  })
})
