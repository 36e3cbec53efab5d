import { describe, expect, it } from 'vitest'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { fleetSums } from '#shared/domain/margins/totals.ts'
import { dailyNetwork } from '#shared/domain/money/ledger/daily-network.ts'
import { plansOfCase } from '#shared/domain/money/ledger/plans-of-case.ts'
import { plansOfFleet } from '#shared/domain/money/ledger/plan-of-fleet.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { basisOf, machine, site } from '../../machines.ts'

describe('what the stored fleet does in a month', () => {
  it('weighs uptime and fee by hashrate and the price by energy, standby and overhead with it', () => {
    const machines = [
      machine({ quantity: 10, uptime: 0.9, poolFee: 0.01, standbyW: 20 }),
      machine({
        quantity: 10,
        hashrateThs: 300,
        powerW: 5000,
        powerPriceUsdPerKwh: 0.02,
        poolFee: 0.03,
        hostShare: 0.5,
      }),
      machine({ status: 'repair', quantity: 99 }),
      machine({ powerW: NaN, quantity: 99 }),
    ]
    const basis = basisOf(machines, [site({ overhead: 0.1, otherUsdPerKwh: 0.01 })])
    const [{ site: name, plan }] = plansOfFleet(basis) as [ReturnType<typeof plansOfFleet>[number]]
    expect(name).toBe('North')
    expect(plan.hashratePhs).toBeCloseTo(4, 12)
    expect(plan.uptime).toBeCloseTo((1 * 0.9 + 3) / 4, 12)
    expect(plan.poolFee).toBeCloseTo((0.9 * 0.01 + 3 * 0.03) / 3.9, 12)
    const kwh = [24 * 1.1 * 10 * (3 * 0.9 + 0.02 * 0.1), 24 * 1.1 * 50] as const
    expect(24 * plan.uptime * plan.powerKw).toBeCloseTo(kwh[0] + kwh[1], 9)
    expect(plan.usdPerKwh).toBeCloseTo((kwh[0] * 0.07 + kwh[1] * 0.03) / (kwh[0] + kwh[1]), 12)
    expect(24 * plan.uptime * plan.powerKw * plan.usdPerKwh).toBeCloseTo(
      fleetSums(basis).avoidableCostUsdPerDay,
      9,
    )
  })

  it('has no plan of a site where nothing runs, and one for each of the others', () => {
    const sites = [site(), site({ name: 'South' }), site({ name: 'East', powerPriceUsdPerKwh: NaN })]
    const machines = [machine({ status: 'off' }), machine({ site: 'South' }), machine({ site: 'East' })]
    expect(plansOfFleet(prepareMargins(fleetFrom(sites, machines))).map((plan) => plan.site)).toEqual([
      'South',
    ])
  })
})

describe('what it does under contracts', () => {
  const FROM_MS = Date.UTC(2026, 9, 1)
  const tariff = (baseUsdPerKwh: number, to: string | null = null): TariffVersion => ({
    from: '2026-01-01',
    to,
    baseUsdPerKwh,
    periods: [],
    seasons: [],
    tiers: [],
    meteredKwhThisMonth: 0,
  })
  const sites = [
    site({ name: 'North', powerPriceUsdPerKwh: NaN }),
    site({ name: 'South', powerPriceUsdPerKwh: 0.06 }),
    site({ name: 'East', powerPriceUsdPerKwh: 0.07 }),
  ]
  const fleet = fleetFrom(
    sites,
    ['North', 'South', 'East'].map((name) => machine({ site: name, uptime: 0.9 })),
  )
  const pricesWith = (...tariffs: (TariffVersion | null)[]) => {
    const contracts = tariffs.flatMap((version, siteKey) =>
      version === null
        ? []
        : [{ siteKey, site: sites[siteKey]!.name, contract: { ...NO_CONTRACT, tariffs: [version] } }],
    )
    const plans = plansOfCase(fleet, { ...PLAIN_CASE, contracts }, FROM_MS)
    return Object.fromEntries(plans.map(({ site: name, plan }) => [name, Number(plan.usdPerKwh.toFixed(9))]))
  }

  it('pays what they say, and what the fleet says elsewhere', () => {
    expect(pricesWith(tariff(0.04), tariff(0.05))).toEqual({ North: 0.04, South: 0.05, East: 0.07 })
  })

  it('pays its own price where a contract has none for these days, whatever others have', () => {
    expect(pricesWith(tariff(0.04), tariff(0.05, '2026-03-31'))).toEqual({
      North: 0.04,
      South: 0.06,
      East: 0.07,
    })
    expect(pricesWith(tariff(0.04, '2026-03-31'))).toEqual({ South: 0.06, East: 0.07 })
  })

  it('is the plain plan without a contract', () => {
    const { machines, sites: columns } = fleet
    expect(plansOfCase(fleet, PLAIN_CASE, FROM_MS)).toEqual(
      plansOfFleet(prepareMargins({ machines, sites: columns })),
    )
  })
})

describe('the network of each day', () => {
  const values = (...each: number[]) => Float64Array.from(each)
  const series: DailySeries = {
    dates: ['2024-04-18', '2024-04-19', '2024-04-20', '2024-04-21'],
    priceUsd: values(60_000, 0, 64_000, 65_000),
    hashrateEhs: values(NaN, NaN, NaN, NaN),
    difficulty: values(8e13, 8e13, 8.1e13, NaN),
    // 100 blocks a day
    issuanceBtc: values(625, 625, 312.5, 0),
    feesBtc: values(50, NaN, 100, 1),
    marketCapUsd: values(NaN, NaN, NaN, NaN),
    transferValueUsd: values(NaN, NaN, NaN, NaN),
    minerNetFlowBtc: values(NaN, NaN, NaN, NaN),
  }

  it('is of the days asked for, and missing where the past has nothing', () => {
    expect(dailyNetwork(series, '2024-04-17', '2024-04-22')).toEqual({
      fromDay: '2024-04-17',
      priceUsd: values(NaN, 60_000, NaN, 64_000, 65_000, NaN),
      difficulty: values(NaN, 8e13, 8e13, 8.1e13, NaN, NaN),
      subsidyBtcPerBlock: values(NaN, 6.25, 6.25, 3.125, 3.125, NaN),
      feesBtcPerBlock: values(NaN, 0.5, NaN, 1, NaN, NaN),
    })
    expect(dailyNetwork(series, '2024-04-20', '2024-04-20').priceUsd).toEqual(values(64_000))
    expect(dailyNetwork(series, '2023-01-01', '2023-01-02').priceUsd).toEqual(values(NaN, NaN))
    const none = { ...series, dates: [] }
    expect(dailyNetwork(none, '2024-04-20', '2024-04-20').difficulty).toEqual(values(NaN))
  })
})
