import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stage } from '#shared/domain/ahead/stage.ts'
import type { Hosting } from '#shared/domain/power/hosting.ts'
import { hostTerms } from '#shared/domain/power/hosting.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import { billOf } from '#shared/domain/power/site-bill.ts'
import type { SiteBill, SiteUse } from '#shared/domain/power/site-bill.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { suppliedSite } from '#shared/domain/power/site-supply.ts'
import { powerCostUsdPerHour, stepsOf } from '#shared/domain/power/supply-steps.ts'
import type { PowerBlock } from '#shared/domain/power/supply-steps.ts'
import type { SiteSupply } from '#shared/domain/power/supply.ts'
import { charge, fourPeaks, hourly, response, takeOrPay } from './plain-contracts.ts'

const HOUR_MS = 3_600_000
const AT_MS = Date.UTC(2025, 10, 20, 12)
const MONTH_DAYS = 365.25 / 12
const stage: Stage = {
  opensWith: 'now',
  fromMs: AT_MS,
  days: 1,
  subsidyBtc: 3.125,
  difficulty: 1.5e14,
  hashpriceUsdPerPhDay: 40,
}

/** The bill of a day in which a site draws a power by the price of its group. */
function bill(
  parts: Partial<SiteContract>,
  kwAt: (group: SiteSupply['groups'][number]) => number,
  change: Partial<SiteUse> = {},
): SiteBill {
  const site = suppliedSite('North', { ...NO_CONTRACT, ...parts }, [stage], AT_MS, 0.07, () => null)
  const kw = site.supply.groups.map(kwAt)
  return billOf(site.contract, site.supply, {
    stage: 0,
    kw,
    sheddableKw: kw.map((each) => each * 0.8),
    peakKw: Math.max(...kw),
    hostedMachines: 3,
    hostedKw: 20,
    ...change,
  })
}
const NOTHING: SiteBill = {
  committedUsdPerDay: 0,
  boughtUsdPerDay: 0,
  handedBackUsdPerDay: 0,
  demandChargeUsdPerDay: 0,
  coincidentPeakUsdPerDay: 0,
  eventsUsdPerDay: 0,
  demandResponseCreditUsdPerDay: 0,
  hostingFeeUsdPerDay: 0,
  totalUsdPerDay: 0,
}
function expectBill(found: SiteBill, parts: Partial<SiteBill>): void {
  const total = Object.values(parts).reduce((sum, usd) => sum + usd, 0)
  for (const [part, usd] of Object.entries({ ...NOTHING, ...parts, totalUsdPerDay: total }))
    expect(found[part as keyof SiteBill], part).toBeCloseTo(usd, 9)
}

describe('the bill of a site', () => {
  it('is energy alone where nothing else is agreed', () => {
    expectBill(
      bill({}, () => 10),
      { boughtUsdPerDay: 240 * 0.07 },
    )
  })

  it('has what is committed, bought above it and handed back below it', () => {
    const market = hourly(AT_MS, [...new Float64Array(12).fill(0.03), ...new Float64Array(12).fill(0.09)])
    const committed = takeOrPay({
      committedKwhPerDay: 240,
      handBackUsdPerKwh: 0.01,
      committedUsdPerKwh: 0.05,
    })
    const kw = (cheap: number, dear: number) => (group: SiteSupply['groups'][number]) =>
      group.energyUsdPerKwh === 0.03 ? cheap : dear
    expectBill(bill({ market, takeOrPay: committed }, kw(25, 4)), {
      committedUsdPerDay: 12,
      boughtUsdPerDay: 12 * 15 * 0.03,
      handedBackUsdPerDay: -12 * 6 * 0.01,
    })
    // By the day the dear hours take it first: 48 kWh there, 192 of the 300 cheap ones.
    expectBill(bill({ market, takeOrPay: { ...committed, per: 'day' } }, kw(25, 4)), {
      committedUsdPerDay: 12,
      boughtUsdPerDay: 108 * 0.03,
    })
    const unpriced = bill({ takeOrPay: { ...committed, committedUsdPerKwh: null } }, () => 5)
    expect(unpriced.committedUsdPerDay).toBeNaN()
  })

  it('where handing back pays more than power costs, buys all and hands all back', () => {
    const committed = takeOrPay({ committedKwhPerDay: 240, handBackUsdPerKwh: 0.1, committedUsdPerKwh: 0.05 })
    // 30 kW: all is bought at 0.07 and 10 kW are handed back: worth more than using them.
    const found = bill({ takeOrPay: committed }, () => 30)
    const net = found.boughtUsdPerDay + found.handedBackUsdPerDay
    expect(net + 240 * 0.1).toBeCloseTo(24 * Math.min(30 * 0.1, 10 * 0.1 + 20 * 0.07), 9)
  })

  it('charges the peak with what is paid anyway, listed peak hours, and a host’s fee', () => {
    expectBill(
      bill({ demandCharge: charge(12, { meteredKwThisMonth: 15 }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        demandChargeUsdPerDay: (15 * 12) / MONTH_DAYS,
      },
    )
    expectBill(
      bill({ demandCharge: charge(12, { isAlreadySet: true }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        demandChargeUsdPerDay: (10 * 12) / MONTH_DAYS,
      },
    )
    const hours = [{ fromMs: AT_MS, toMs: AT_MS + 2 * HOUR_MS, probability: 0.5 }]
    expectBill(
      bill({ coincidentPeak: fourPeaks(60, { hours }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        coincidentPeakUsdPerDay: 10 * (60 / 4) * 0.5,
      },
    )
    expectBill(
      bill({ coincidentPeak: fourPeaks(60, { shedIn: [true, true, false, false] }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        coincidentPeakUsdPerDay: ((2 + 4) * 60) / 365.25,
      },
    )
    expectBill(
      bill({ hosting: { model: 'flat', usdPerMonth: 50, per: 'machine' } }, () => 10),
      {
        hostingFeeUsdPerDay: 150 / MONTH_DAYS,
      },
    )
  })

  it('credits capacity that runs, and charges what runs in an event', () => {
    const events = [{ fromMs: AT_MS, toMs: AT_MS + 2 * HOUR_MS, usdPerKwh: 0.5 }]
    expectBill(
      bill({ demandResponse: response({ creditUsdPerKwMonth: 7.305, events }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        eventsUsdPerDay: 8 * 2 * (0.5 - 0.07),
        demandResponseCreditUsdPerDay: -8 * 22 * 0.01,
      },
    )
    expectBill(
      bill({ demandResponse: response({ creditUsdPerKwMonth: 5, capacityKw: 6 }) }, () => 10),
      {
        boughtUsdPerDay: 16.8,
        demandResponseCreditUsdPerDay: (-6 * 5) / MONTH_DAYS,
      },
    )
  })
})

describe('steps of supply', () => {
  const block = fc.record({
    kw: fc.double({ min: 0.1, max: 50, noNaN: true }),
    usdPerKwh: fc.double({ min: -0.1, max: 0.2, noNaN: true }),
  })
  const costOf = (blocks: readonly PowerBlock[], kw: number) => {
    let left = kw
    return blocks.reduce((cost, { kw: width, usdPerKwh }) => {
      const taken = Math.min(left, width)
      left -= taken
      return cost + (taken > 0 ? taken * usdPerKwh : 0)
    }, 0)
  }

  it('cost what the blocks cost, the least of convex alternatives', () => {
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (some, share) => {
          const blocks = [...some, { kw: Infinity, usdPerKwh: some[0]!.usdPerKwh }]
          const kw = share * 400
          const alternatives = stepsOf(blocks, Infinity)
          expect(powerCostUsdPerHour(alternatives, kw)).toBeCloseTo(costOf(blocks, kw), 8)
          for (const { usdPerKwh } of alternatives)
            expect([...usdPerKwh].sort((a, b) => a - b)).toEqual(usdPerKwh)
          const cap = stepsOf(blocks, 60)
          if (kw <= 60) expect(powerCostUsdPerHour(cap, kw)).toBeCloseTo(costOf(blocks, kw), 8)
          expect(powerCostUsdPerHour(cap, 60.1)).toBe(Infinity)
        },
      ),
    )
  })
})

describe('what a host means for a machine', () => {
  it.each<[Hosting | null, Partial<ReturnType<typeof hostTerms>>]>([
    [null, { acceptedFactor: 1, hasOtherCost: true, billedBy: 'meter', ofProfit: 1, ofLoss: 1 }],
    [
      { model: 'flat', usdPerMonth: 1, per: 'kw' },
      { hasOtherCost: false, billedBy: 'meter' },
    ],
    [
      { model: 'per-kwh', usdPerKwh: 0.08, basis: 'nameplate' },
      { hasOtherCost: false, billedBy: 'nameplate' },
    ],
    [
      { model: 'revenue-share', hostShare: 0.3, energyPaidBy: 'tenant' },
      { acceptedFactor: 0.7, hasOtherCost: true },
    ],
    [
      { model: 'revenue-share', hostShare: 0.3, energyPaidBy: 'host' },
      { acceptedFactor: 0.7, hasOtherCost: false },
    ],
    [
      { model: 'profit-share', hostShare: 0.3, lossesBorneBy: 'tenant' },
      { acceptedFactor: 1, ofProfit: 0.7, ofLoss: 1 },
    ],
    [
      { model: 'profit-share', hostShare: 0.3, lossesBorneBy: 'both' },
      { ofProfit: 0.7, ofLoss: 0.7 },
    ],
    [
      { model: 'profit-share', hostShare: 0.3, lossesBorneBy: 'host' },
      { ofProfit: 0.7, ofLoss: -0 },
    ],
  ])('%j', (hosting, terms) => {
    expect(hostTerms(hosting)).toMatchObject(terms)
  })
})

it('prices of a market keep their currency on the way to USD', () => {
  const market = {
    ...marketOf('EUR', [{ fromMs: AT_MS, minutes: 60, perKwh: new Float64Array(24).fill(0.05) }]),
    adderUsdPerKwh: 0.01,
  }
  const site = suppliedSite('North', { ...NO_CONTRACT, market }, [stage], AT_MS, 0.07, () => ({
    usdPerUnit: 1.1,
    asOfMs: AT_MS,
  }))
  expect(site.contract.market!.currency).toBe('USD')
  expect(site.supply.groups[0]!.energyUsdPerKwh).toBeCloseTo(0.065, 12)
})
