import { describe, expect, it } from 'vitest'
import { backtest, backtestSteps } from '#shared/domain/backtest/backtest.ts'
import type { BacktestCase } from '#shared/domain/backtest/backtest.ts'
import { createKnownDays } from '#shared/domain/backtest/known-days.ts'
import { advise } from '#shared/domain/decision/advise.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { NO_LIMITS, PLAIN_CASE, riskOf } from '#shared/domain/decision/case-inputs.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'
import { WEEKDAYS } from '#shared/domain/power/tariff.ts'
import { machine, site } from '../machines.ts'
import { chainPast, flatPast, randomOf } from './pasts.ts'

/** Twice as dear in the afternoon. */
const tariff = (baseUsdPerKwh: number): TariffVersion => ({
  from: '2026-01-01',
  to: null,
  baseUsdPerKwh,
  periods: [{ days: WEEKDAYS, fromHour: 12, toHour: 18, usdPerKwh: 2 * baseUsdPerKwh }],
  seasons: [],
  tiers: [],
  meteredKwhThisMonth: 0,
})

const LADDER = {
  model: 'S19',
  firmware: 'F',
  source: '',
  points: [
    { name: 'low', hashrateThs: 70, powerW: 1900 },
    { name: 'high', hashrateThs: 110, powerW: 3500 },
  ],
}

const { past } = chainPast(150, 11)

function randomCase(
  seed: number,
  contract: Partial<SiteContract>,
  inputs: Partial<CaseInputs> = {},
): BacktestCase {
  const random = randomOf(seed)
  const machines = Array.from({ length: 14 }, (_, i) =>
    machine({
      id: `m${i}`,
      site: i % 2 === 0 ? 'North' : 'South',
      quantity: 1 + Math.floor(random() * 5),
      powerW: 2800 + 900 * random(),
      standbyW: 15,
      uptime: 0.95,
      poolFee: 0.02,
      powerPriceUsdPerKwh: i % 2 === 0 ? NaN : 0.3 + 0.14 * random(),
      restartUsd: Math.floor(random() * 3) * 4,
      status: (['running', 'running', 'off'] as const)[i % 3]!,
      ...(i === 13 ? { status: 'repair' as const } : {}),
    }),
  )
  return {
    fleet: fleetFrom([site({ name: 'North', powerPriceUsdPerKwh: 0.36 }), site({ name: 'South' })], machines),
    inputs: {
      ...PLAIN_CASE,
      contracts: [{ siteKey: 0, site: 'North', contract: { ...NO_CONTRACT, ...contract } }],
      limits: { ...NO_LIMITS, reviewDays: 1 + (seed % 3) },
      ...inputs,
    },
    heldAtMs: Date.parse('2026-06-01'),
    horizonDays: null,
    past,
    fromDay: '2022-02-20',
    toDay: '2022-04-10',
  }
}

const LADDERS = { ofLots: [], ofModels: [LADDER], shipped: [], firmware: 'F' }
const POLICIES = {
  machineKey: Float64Array.of(0, 3, 4),
  policy: Uint8Array.from([
    MACHINE_POLICIES.indexOf('protected'),
    MACHINE_POLICIES.indexOf('protected'),
    MACHINE_POLICIES.indexOf('exempt'),
  ]),
}

describe('hindsight', () => {
  it.each([
    ['one price', {}, {}],
    ['a tariff', { tariffs: [tariff(0.26)] }, {}],
    [
      'a tariff in a zone, with protected machines',
      { tariffs: [tariff(0.26)], timeZone: 'America/Chicago' },
      { policies: POLICIES },
    ],
    ['operating points', {}, { ladders: LADDERS }],
    ['a tariff and operating points', { tariffs: [tariff(0.26)] }, { ladders: LADDERS, policies: POLICIES }],
    ['a host by the kWh', { hosting: { model: 'per-kwh', usdPerKwh: 0.36, basis: 'metered' } }, {}],
  ] as const)('earns at least what any other way does: %s', (_, contract, inputs) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { total, boundedSites } = backtest(randomCase(seed, contract, inputs))
      const slack = 1e-6
      expect(boundedSites).toEqual([])
      expect(total.hindsight.cashUsd).toBeGreaterThanOrEqual(total.advice.cashUsd - slack)
      expect(total.hindsight.cashUsd).toBeGreaterThanOrEqual(total.alwaysOn.cashUsd - slack)
      expect(total.hindsight.cashUsd).toBeGreaterThanOrEqual(total.averageRule.cashUsd - slack)
      expect(total.advice.machineDaysOff).toBeGreaterThan(0)
    }
  })

  it.each([
    ['a cap', { capKw: 60 }],
    [
      'energy that is committed',
      {
        takeOrPay: {
          committedKwhPerDay: 900,
          per: 'hour',
          handBackUsdPerKwh: 0.3,
          handBack: null,
          committedUsdPerKwh: null,
        },
      },
    ],
    [
      'a demand charge',
      {
        demandCharge: {
          usdPerKwMonth: 12,
          meteredKwThisMonth: 0,
          ratchetShare: 0,
          lookbackMonths: 0,
          isAlreadySet: false,
          pastPeaksKw: [],
        },
      },
    ],
    [
      'a share of the profit',
      { hosting: { model: 'profit-share', hostShare: 0.3, lossesBorneBy: 'tenant' } },
    ],
  ] as const)('is a bound from above, and says so: %s', (_, contract) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { total, boundedSites } = backtest(randomCase(seed, contract))
      expect(boundedSites).toEqual(['North'])
      expect(total.hindsight.cashUsd).toBeGreaterThanOrEqual(total.advice.cashUsd - 1e-6)
    }
  })
})

describe('a site that is cleared as a whole', () => {
  it.each([
    ['a cap', { capKw: 18 }],
    ['a cap and a tariff', { capKw: 18, tariffs: [tariff(0.26)] }],
    [
      'energy that is committed',
      {
        takeOrPay: {
          committedKwhPerDay: 300,
          per: 'hour',
          handBackUsdPerKwh: 0.5,
          handBack: null,
          committedUsdPerKwh: null,
        },
      },
    ],
  ] as const)('earns all that there is on days that are alike: %s', (_, contract) => {
    const given = randomCase(2, contract)
    const { machines, sites } = given.fleet
    const { total } = backtest({
      ...given,
      fleet: { sites, machines: { ...machines, restartUsd: machines.restartUsd.map(() => 0) } },
      past: flatPast('2022-02-19', new Array<number>(12).fill(260)),
      toDay: '2022-03-02',
    })
    expect(total.advice.cashUsd).toBeCloseTo(total.hindsight.cashUsd, 6)
    expect(total.advice.machineDaysOff).toBeGreaterThan(0)
    expect(total.advice.cashUsd).not.toBeCloseTo(total.alwaysOn.cashUsd, 0)
  })
})

describe('a tariff', () => {
  // 1 PH/s at 72 kWh an hour is paid 60 USD a day: 2.50 an hour of 30 kWh; it costs 30 · 0.05 = 1.50, in six hours twice that.
  const fleet = fleetFrom([site()], [machine({ quantity: 10 })])
  const contract = { ...NO_CONTRACT, tariffs: [tariff(0.05)] }
  const given: BacktestCase = {
    fleet,
    inputs: {
      ...PLAIN_CASE,
      contracts: [{ siteKey: 0, site: 'North', contract }],
      limits: { ...NO_LIMITS, volatilityPerYear: 0 },
    },
    heldAtMs: Date.parse('2026-06-01'),
    horizonDays: null,
    past: flatPast('2022-01-31', [60, 60, 60]),
    fromDay: '2022-02-01',
    toDay: '2022-02-02',
  }

  it('counts the hours of a day that the advice runs in, also before the first day of its first version', () => {
    const { total } = backtest(given)
    expect(total.advice.cashUsd).toBeCloseTo(2 * 18 * 1, 6)
    expect(total.alwaysOn.cashUsd).toBeCloseTo(2 * (18 * 1 + 6 * -0.5), 6)
    expect(total.hindsight.cashUsd).toBeCloseTo(36, 6)
    expect(total.advice).toMatchObject({ starts: 20, restartsUsd: 0, machineDaysOff: 5 })
    // Σ cost ÷ Σ accepted: 45 a day for 1 PH/s.
    expect(total.averageRule.cashUsd).toBeCloseTo(total.alwaysOn.cashUsd, 9)
  })
})

describe('days to come', () => {
  it.each([
    ['a tariff and operating points', { tariffs: [tariff(0.26)] }, { ladders: LADDERS, policies: POLICIES }],
    ['a cap', { capKw: 60 }, {}],
  ] as const)('change nothing of those before: %s', (_, contract, inputs) => {
    const given = { ...randomCase(5, contract, inputs), toDay: '2022-03-20' }
    const from = 64
    const other = {
      ...past,
      priceUsd: past.priceUsd.map((usd, row) => (row < from ? usd : 0.6 * usd)),
      difficulty: past.difficulty.map((value, row) => (row < from ? value : 1.2 * value)),
    }
    const one = [...backtestSteps(given)]
    const two = [...backtestSteps({ ...given, past: other })]
    expect(two.slice(0, from - 50)).toEqual(one.slice(0, from - 50))
    expect(two[from - 50]).not.toEqual(one[from - 50])
    expect(two[from - 50]!.ways!.advice.machineDaysOff).toBe(one[from - 50]!.ways!.advice.machineDaysOff)
  })
})

describe('market prices', () => {
  it('are known to the end of the day that is decided, and no further', () => {
    const hours = 24 * 60
    const fromMs = Date.parse('2022-02-20T00:00:00Z')
    const at = Float64Array.from({ length: hours }, (_, hour) => fromMs + hour * 3_600_000)
    const prices = (later: number) => ({
      ...{ currency: 'USD' as const, adderUsdPerKwh: 0 },
      fromMs: at,
      toMs: at.map((ms) => ms + 3_600_000),
      perKwh: at.map((_, hour) => (hour < 24 * 15 ? 0.36 + 0.2 * Math.sin(hour / 3) : later)),
    })
    const run = (later: number) => [
      ...backtestSteps({ ...randomCase(3, { market: prices(later) }), toDay: '2022-03-12' }),
    ]
    const [one, two] = [run(0.01), run(2)]
    expect(two.slice(0, 15)).toEqual(one.slice(0, 15))
    expect(two[15]).not.toEqual(one[15])
  })
})

describe('a contract of one price', () => {
  it('is advised like that price without a contract, wherever in a day the adjustment falls', () => {
    const machines = Array.from({ length: 5 }, (_, i) =>
      machine({
        ...{ id: `m${i}`, site: 'North', quantity: 1, powerW: 2800 + 250 * i, standbyW: 0, uptime: 1 },
        ...{ poolFee: 0, powerPriceUsdPerKwh: 0.3, restartUsd: 4, status: 'off' },
      }),
    )
    const fleet = fleetFrom([site({ name: 'North', otherUsdPerKwh: 0, overhead: 0 })], machines)
    const flat = { ...NO_CONTRACT, tariffs: [{ ...tariff(0.3), from: '2020-01-01', periods: [] }] }
    const inputs = { ...PLAIN_CASE, limits: { ...NO_LIMITS, reviewDays: 1 } }
    const ofContract = prepare(fleet, {
      ...inputs,
      contracts: [{ siteKey: 0, site: 'North', contract: flat }],
    })
    const ofPrice = prepare(fleet, inputs)
    const known = createKnownDays(past)
    for (let row = 45; row < 140; row++) {
      const now = known.at(row)!
      const market = marketOf(now, { change: null, horizonDays: null, ...riskOf(inputs) }, now.atMs)
      const [contract, price] = [advise(ofContract, market)!, advise(ofPrice, market)!]
      for (let i = 0; i < machines.length; i++) {
        const [one, other] = [contract.strikes(i), price.strikes(i)]
        // The table of strikes of one price is joined by cubics.
        expect(Math.abs(one.startAboveUsdPerPhDay / other.startAboveUsdPerPhDay - 1)).toBeLessThan(2e-5)
        expect(Math.abs(one.stopBelowUsdPerPhDay / other.stopBelowUsdPerPhDay - 1)).toBeLessThan(2e-5)
      }
    }
  })
})
