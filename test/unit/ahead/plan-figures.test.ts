import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { marksAhead } from '#shared/domain/ahead/marks.ts'
import { priceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { scenarioAhead } from '#shared/domain/ahead/side-by-side.ts'
import { groupChances, lotGroups } from '#shared/domain/ahead/simulate/lot-groups.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { probabilityUnderWater, simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import { aheadStart } from '#shared/domain/ahead/start.ts'
import { whatMatters } from '#shared/domain/ahead/what-matters.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { machinesOffAt } from '#shared/domain/decision/machines-off.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { hourly, takeOrPay, tariff } from '../power/plain-contracts.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const FLAT = { price: constantGrowth(0), hashrate: constantGrowth(0), response: null }

function startOf(
  machines: readonly Partial<Machine>[],
  contract: SiteContract | null = null,
  inputs: CaseInputs = PLAIN_CASE,
) {
  const fleet = smallFleet(machines)
  const contracts = contract === null ? [] : [{ siteKey: fleet.sites.key[0]!, site: 'North', contract }]
  const today = { fleet, inputs: { ...inputs, contracts }, conditions: NETWORK, nowMs: null }
  const start = aheadStart(scenariosOver(today)(NOTHING_TRIED))
  if ('missing' in start) throw new Error(start.missing)
  return start
}

/** Break-evens 21, 36.48 and 96 USD/PH/s/day. */
const MACHINES = [
  { quantity: 30 },
  { quantity: 40, hashrateThs: 100, powerW: 3040 },
  { quantity: 50, hashrateThs: 100, powerW: 8000, status: 'off' as const },
]

describe('a scenario beside others', () => {
  it('takes the figures of the projection together', () => {
    const start = startOf(MACHINES)
    const assumptions = { ...FLAT, hashrate: constantGrowth(0.4) }
    const rows = projectNetwork(start.network, start.adjustment, { ...assumptions, epochs: 13 })
    const margins = rows.map((row) => fleetInEpoch(start.prepared.basis, start.cash, row))
    const ahead = scenarioAhead(start, assumptions, 13, 'stop')
    expect(ahead.epochs.map(({ marginUsdPerDay }) => marginUsdPerDay)).toEqual(
      margins.map(({ bestMarginUsdPerDay }) => bestMarginUsdPerDay),
    )
    expect(ahead.sumUsd).toBeCloseTo(
      rows.reduce((sum, { days }, i) => sum + days * margins[i]!.bestMarginUsdPerDay, 0),
      6,
    )
    const at90 = rows.findLastIndex(({ startsAtDay }) => startsAtDay <= 90)
    expect(ahead.in90DaysUsdPerDay).toBe(margins[at90]!.bestMarginUsdPerDay)
    expect(ahead.endsAtMs).toBeCloseTo(NETWORK.atMs! + ahead.days * 86_400_000, 3)
    expect(ahead.endHashpriceUsdPerPhDay).toBe(rows[12]!.hashpriceUsdPerPhDay)
    const asItRuns = scenarioAhead(start, assumptions, 13, 'run')
    expect(asItRuns.endUsdPerDay).toBe(margins[12]!.fleetMarginUsdPerDay)
    expect(asItRuns.sumUsd).toBeLessThan(ahead.sumUsd)
  })

  it('has no figure of a day that it does not reach', () => {
    expect(scenarioAhead(startOf(MACHINES), FLAT, 2, 'stop').in90DaysUsdPerDay).toBeNaN()
  })
})

describe('machines that earn most by being off', () => {
  const off = (start: ReturnType<typeof startOf>, hashprice: number, day = 0) =>
    machinesOffAt(start.prepared, start.horizon, day, hashprice)

  it('are those that run below their break-even, and none that are off already', () => {
    const start = startOf(MACHINES)
    expect([20, 30, 40].map((hashprice) => off(start, hashprice))).toEqual([70, 40, 0])
  })

  it('are not those that pay as much for standing by', () => {
    // 24 × 0.05 × 3 kW = 3.60 running, 24 × 0.05 × 1 kW = 1.20 standing by: 0.1 PH/s are worth it from 24 on.
    const start = startOf([{ quantity: 5, hashrateThs: 100, powerW: 3000, standbyW: 1000 }])
    expect([23, 25].map((hashprice) => off(start, hashprice))).toEqual([5, 0])
  })

  it('keep to the cheap hours where a tariff has some', () => {
    const periods = [
      {
        days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const,
        fromHour: 0,
        toHour: 6,
        usdPerKwh: 0.02,
      },
    ]
    const start = startOf(MACHINES, { ...NO_CONTRACT, tariffs: [tariff({ baseUsdPerKwh: 0.2, periods })] })
    // 24 × 30.4 J/TH × 0.02 = 14.6 USD/PH/s/day
    expect([14, 15].map((hashprice) => off(start, hashprice))).toEqual([40, 0])
  })

  it('leave committed energy that nobody buys back to others last', () => {
    // 30 machines of 3.5 kW draw 2 520 kWh a day, all of them committed and worth nothing when handed back.
    const start = startOf(MACHINES, {
      ...NO_CONTRACT,
      tariffs: [tariff()],
      takeOrPay: takeOrPay({ committedKwhPerDay: 2520 }),
    })
    expect(off(start, 20)).toBe(40)
  })
})

describe('marks', () => {
  it('are the adjustment with its money, the halving outside, and what contracts date inside the view', () => {
    const start = startOf(MACHINES, {
      ...NO_CONTRACT,
      timeZone: 'America/Chicago',
      tariffs: [
        tariff({ to: '2025-12-31' }),
        tariff({ from: '2026-01-01', to: '2026-02-28', baseUsdPerKwh: 0.06 }),
        tariff({ from: '2030-01-01' }),
      ],
    })
    const marks = marksAhead(start, FLAT, 169)
    expect(marks.map(({ kind }) => kind)).toEqual(['adjustment', 'contract', 'contract', 'halving'])
    expect(marks.map(({ isInView }) => isInView)).toEqual([true, true, true, false])
    // Midnight in Chicago is 06:00 in winter; the second version ends with no other behind it.
    expect(marks[1]).toMatchObject({ what: 'tariff-begins', site: 'North', atMs: Date.UTC(2026, 0, 1, 6) })
    expect(marks[2]).toMatchObject({ what: 'tariff-ends', atMs: Date.UTC(2026, 2, 1, 6) })
    const grid = priceDifficultyGrid(start, {
      pricesUsdPerBtc: [NETWORK.priceUsdPerBtc],
      changes: [0, start.adjustment.change],
    })
    const [lower, none] = grid.marginUsdPerDay
    expect(marks[0]).toMatchObject({ usdPerDay: lower! - none!, change80: start.estimate!.change80 })
    // Block 1 050 000 at the pace of the epochs ahead: 124 900 blocks of ten minutes are 867 days.
    expect(marks[3]!.atDay).toBeGreaterThan(860)
    expect(marks[3]!.atDay).toBeLessThan(875)
  })

  it('tell where the prices of a file end', () => {
    const from = Date.UTC(2025, 10, 22)
    const market = hourly(from, new Float64Array(24 * 40).fill(0.05))
    const marks = marksAhead(startOf(MACHINES, { ...NO_CONTRACT, market }), FLAT, 169)
    expect(marks.find(({ kind }) => kind === 'contract')).toMatchObject({
      what: 'prices-end',
      atMs: from + 40 * 86_400_000,
    })
  })
})

it('power prices of contracts move with the others, and uptime ends at 100 %', () => {
  const plain = whatMatters(startOf([{ quantity: 30, uptime: 0.99 }]))
  const under = whatMatters(
    startOf([{ quantity: 30, uptime: 0.99 }], { ...NO_CONTRACT, currency: 'USD', tariffs: [tariff()] }),
  )
  const of = ({ sensitivities }: typeof plain, name: string) =>
    sensitivities.find(({ moved }) => moved === name)!
  // 30 × 3.5 kW × 24 h × 0.99 × 0.05 USD/kWh, a tenth of it
  expect(plain.baseUsdPerDay - of(plain, 'power').highUsdPerDay).toBeCloseTo(30 * 3.5 * 24 * 0.99 * 0.005, 6)
  expect(of(under, 'power').highUsdPerDay).toBeCloseTo(of(plain, 'power').highUsdPerDay, 6)
  const perPoint = plain.baseUsdPerDay / 99
  expect(of(plain, 'uptime').highUsdPerDay - plain.baseUsdPerDay).toBeCloseTo(perPoint, 6)
  expect(plain.baseUsdPerDay - of(plain, 'uptime').lowUsdPerDay).toBeCloseTo(2 * perPoint, 6)
})

describe('merged lots', () => {
  const start = startOf([
    { quantity: 3, hashrateThs: 100, powerW: 2800 },
    { quantity: 1, hashrateThs: 100, powerW: 3400 },
    { quantity: 2, site: 'Harbor' },
    { quantity: 9, status: 'repair' },
    { quantity: 4, powerW: NaN },
  ])
  const simulation = simulate({ ...start.prepared.basis, cash: start.cash }, start.network, start.drawn, {
    ...{ ...FLAT, epochs: 6, paths: 500, seed: 3, underWater: 'stop', model: FITTED_PATHS },
  })
  const lots = lotGroups(start.prepared.basis)
  const chances = groupChances(lots, simulation)

  it('are one for each model at each site that has figures, by break-even', () => {
    expect(lots.groups.map(({ site, machines }) => [site, machines])).toEqual([
      ['Harbor', 2],
      ['North', 4],
    ])
    // (3 × 2.8 + 3.4) kW × 24 h × 0.05 ÷ 0.4 PH/s
    expect(lots.groups[1]!.breakevenUsdPerPhDay).toBeCloseTo((11.8 * 24 * 0.05) / 0.4, 9)
  })

  it('are under water as often as their machines are on average', () => {
    for (let epoch = 0; epoch < 6; epoch++) {
      const of = (row: number) => probabilityUnderWater(simulation, row, epoch)
      expect(chances[6 + epoch]).toBeCloseTo((3 * of(0) + of(1)) / 4, 12)
      expect(chances[epoch]).toBeCloseTo(of(2), 12)
    }
    expect(chances[11]).toBeGreaterThan(0)
  })
})

it('a simulation adds up each path: without chance it is the projection', () => {
  const start = startOf(MACHINES)
  const model = { ...FITTED_PATHS, priceVolatilityPerYear: 0, hashrateVolatilityPerYear: 0 }
  const choices = { ...FLAT, epochs: 13, paths: 3, seed: 1, underWater: 'stop', model } as const
  const { sum } = simulate({ ...start.prepared.basis, cash: start.cash }, start.network, start.drawn, choices)
  const { sumUsd } = scenarioAhead(start, FLAT, 13, 'stop')
  expect(sum.usd.p5).toBeCloseTo(sumUsd, 6)
  expect(sum.usd.p95).toBeCloseTo(sumUsd, 6)
  expect(sum.probabilityOfLoss).toBe(0)
})

it('a simulation of lots that stop says how often the fleet as it runs would have lost', () => {
  const start = startOf(MACHINES)
  const choices = { ...FLAT, epochs: 13, paths: 500, seed: 1, model: FITTED_PATHS }
  const sumOf = (underWater: 'run' | 'stop') =>
    simulate({ ...start.prepared.basis, cash: start.cash }, start.network, start.drawn, {
      ...choices,
      underWater,
    }).sum
  const run = sumOf('run')
  expect(run.probabilityOfLoss).toBeGreaterThan(0)
  expect(run.probabilityOfLossAsItRuns).toBe(run.probabilityOfLoss)
  expect(sumOf('stop')).toMatchObject({
    probabilityOfLoss: 0,
    probabilityOfLossAsItRuns: run.probabilityOfLoss,
  })
})
