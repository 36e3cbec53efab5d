import { describe, expect, it } from 'vitest'
import { backtest, backtestSteps } from '#shared/domain/backtest/backtest.ts'
import type { BacktestCase, BacktestStep } from '#shared/domain/backtest/backtest.ts'
import { NO_LIMITS, PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { machine, site } from '../machines.ts'
import { chainPast, flatPast } from './pasts.ts'

const CERTAIN = { ...PLAIN_CASE, limits: { ...NO_LIMITS, volatilityPerYear: 0 } }

/** Ten machines of 100 TH/s and 3 kW: 1 PH/s, 720 kWh a day. */
const lot = {
  quantity: 10,
  hashrateThs: 100,
  powerW: 3000,
  standbyW: 0,
  uptime: 1,
  poolFee: 0,
  hostShare: 0,
}
const FLEET = fleetFrom(
  [site({ name: 'North', otherUsdPerKwh: 0, overhead: 0 })],
  [
    machine({ ...lot, id: 'A', site: 'North', powerPriceUsdPerKwh: 0.05, restartUsd: 2 }),
    machine({ ...lot, id: 'B', site: 'North', powerPriceUsdPerKwh: 0.06, restartUsd: 0, status: 'off' }),
  ],
)

const given = (change: Partial<BacktestCase>): BacktestCase => ({
  fleet: FLEET,
  inputs: CERTAIN,
  heldAtMs: Date.parse('2022-06-01'),
  horizonDays: null,
  past: flatPast('2022-01-31', [50, 50, 30, 30, 50, 50]),
  fromDay: '2022-02-01',
  toDay: '2022-02-05',
  ...change,
})

function stepsOf(of: BacktestCase): readonly BacktestStep[] {
  return [...backtestSteps(of)]
}

describe('a back-test worked out by hand', () => {
  // A costs 720 · 0.05 = 36 USD a day and 10 · 2 = 20 to start, B 720 · 0.06 = 43.20 and nothing. Difficulty never changes, so that no
  // adjustment is known and each day is weighed by itself; price risk is off. Each decision knows the hashprice of the day before:
  //
  //   day           1 Feb   2 Feb   3 Feb   4 Feb   5 Feb
  //   known            50      50      30      30      50
  //   hashprice        50      30      30      50      50
  //   A earns on      +14      −6      −6     +14     +14
  //   B earns on    +6.80  −13.20  −13.20   +6.80   +6.80
  //
  //   advice  A       +14      −6       0       0  14−20       =  2.00    it loses 6 a day where 30 is known; 14 a day earn 20 back
  //   advice  B     +6.80  −13.20       0       0   +6.80      =  0.40
  //   always on  A 14 − 6 − 6 + 14 + 14 = 30,  B 6.80 − 26.40 + 13.60 = −6
  //   average rule: (36 + 43.20) ÷ 2 = 39.60 a PH/s: both on, on, off, off, on = as the advice here
  //   hindsight  A on throughout 30 (off on 2 and 3 Feb would be 42 − 20 = 22),  B 3 · 6.80 = 20.40
  const found = backtest(given({}))

  it('counts what each way of deciding earned, with its restarts', () => {
    const { advice, alwaysOn, averageRule, hindsight } = found.total
    expect(advice.cashUsd).toBeCloseTo(2.4, 9)
    expect(alwaysOn.cashUsd).toBeCloseTo(24, 9)
    expect(averageRule.cashUsd).toBeCloseTo(2.4, 9)
    expect(hindsight.cashUsd).toBeCloseTo(50.4, 9)
    expect(found.reachedShare).toBeCloseTo((2.4 - 24) / (50.4 - 24), 9)
    // A starts once, B twice; always on starts B alone.
    expect(advice).toMatchObject({ restartsUsd: 20, starts: 30, machineDaysOff: 40 })
    expect(alwaysOn).toMatchObject({ restartsUsd: 0, starts: 10, machineDaysOff: 0 })
    expect(averageRule).toMatchObject({ restartsUsd: 20, starts: 30, machineDaysOff: 40 })
    expect(hindsight).toMatchObject({ restartsUsd: 0, starts: 20, machineDaysOff: 20 })
  })

  it('has them by day and by month', () => {
    const days = stepsOf(given({}))
    expect(days.map(({ ways }) => Number(ways!.advice.cashUsd.toFixed(6)))).toEqual([20.8, -19.2, 0, 0, 0.8])
    expect(found.months).toHaveLength(1)
    expect(found.months[0]).toMatchObject({ month: '2022-02', days: 5, missingDays: 0 })
    expect(found.months[0]!.meanHashpriceUsdPerPhDay).toBeCloseTo(42, 9)
    expect(found).toMatchObject({ machines: 20, machinesLeftOut: 0, boundedSites: [] })
  })

  it('leaves machines in repair out', () => {
    const machines = { ...FLEET.machines, status: Uint8Array.from([0, 2]) }
    const { total, ...rest } = backtest(given({ fleet: { ...FLEET, machines } }))
    expect(rest).toMatchObject({ machines: 10, machinesLeftOut: 10 })
    expect(total.alwaysOn.cashUsd).toBeCloseTo(30, 9)
  })

  it('looks again only at a review', () => {
    // Reviews on 1 and 4 Feb: the advice of 1 Feb goes on until the 4th, when 30 is known.
    const days = stepsOf(given({ inputs: { ...CERTAIN, limits: { ...CERTAIN.limits, reviewDays: 3 } } }))
    expect(days.map(({ ways }) => Number(ways!.advice.cashUsd.toFixed(6)))).toEqual([
      20.8, -19.2, -19.2, 0, 0,
    ])
    expect(days.map(({ ways }) => Number(ways!.averageRule.cashUsd.toFixed(6)))).toEqual([
      20.8, -19.2, -19.2, 0, 0,
    ])
  })
})

describe('days without values', () => {
  it('earn nothing for anybody, and are listed with what they lack', () => {
    const past = flatPast('2022-01-31', [50, 50, NaN, NaN, 50, 50])
    past.feesBtc[3] = NaN
    const found = backtest(given({ past }))
    expect(found.gaps).toEqual([
      { fromDay: '2022-02-02', toDay: '2022-02-02', days: 1, missing: ['priceUsd'] },
      { fromDay: '2022-02-03', toDay: '2022-02-03', days: 1, missing: ['priceUsd', 'feesBtc'] },
    ])
    expect(found.total).toMatchObject({ days: 5, missingDays: 2 })
    expect(found.total.alwaysOn.cashUsd).toBeCloseTo(3 * 20.8, 9)
    expect(found.total.hindsight.cashUsd).toBeCloseTo(3 * 20.8, 9)
    expect(stepsOf(given({ past })).map(({ ways }) => ways === null)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ])
  })

  it('say so where they are all that there is', () => {
    const found = backtest(given({ past: flatPast('2022-01-31', [50, NaN, NaN, NaN, NaN, NaN]) }))
    expect(found.total).toMatchObject({ missingDays: 5, meanHashpriceUsdPerPhDay: NaN })
    expect(found.gaps).toHaveLength(1)
    expect(found.total.advice.cashUsd).toBe(0)
    expect(found.reachedShare).toBeNaN()
  })

  it('before the first known one nobody is advised: machines go on as they are', () => {
    const days = stepsOf(given({ fromDay: '2022-01-31' }))
    expect(days[0]!.ways!.advice.cashUsd).toBeCloseTo(14, 9)
  })

  it('refuse a period that is none, or not in the history', () => {
    expect(() => backtest(given({ fromDay: '2022-02-06' }))).toThrow(/2022-02-06 is after/)
    expect(() => backtest(given({ toDay: '2022-02-06' }))).toThrow(/2022-02-06 is none of them/)
  })
})

describe('what was known', () => {
  const { past } = chainPast(160, 7)
  const machines = Array.from({ length: 24 }, (_, i) =>
    machine({
      ...lot,
      id: `m${i}`,
      site: 'North',
      powerW: 3000 + 40 * i,
      powerPriceUsdPerKwh: 0.2 + 0.004 * i,
      restartUsd: i % 4,
      status: i % 5 === 0 ? 'off' : 'running',
    }),
  )
  const fleet = fleetFrom([site({ name: 'North', otherUsdPerKwh: 0, overhead: 0 })], machines)
  const dayAt = (row: number) => new Date(Date.UTC(2022, 0, 1 + row)).toISOString().slice(0, 10)
  const run = (of: BacktestCase['past'], inputs = PLAIN_CASE) =>
    stepsOf(given({ past: of, fleet, inputs, fromDay: '2022-02-15', toDay: '2022-06-01' }))

  it.each([
    { reviewDays: 1, from: 60 },
    { reviewDays: 1, from: 93 },
    { reviewDays: 7, from: 111 },
  ])('is nothing of the days from $from on (review every $reviewDays)', ({ reviewDays, from }) => {
    const inputs = { ...PLAIN_CASE, limits: { ...NO_LIMITS, reviewDays } }
    const later = chainPast(160, 99).past
    const other = { ...past }
    for (const name of ['priceUsd', 'difficulty', 'issuanceBtc', 'feesBtc'] as const)
      other[name] = past[name].map((value, row) => (row < from ? value : 1.7 * later[name][row]!))
    const one = run(past, inputs)
    const two = run(other, inputs)
    const before = from - 45
    expect(two.slice(0, before)).toEqual(one.slice(0, before))
    // The day that changed is decided as it was, and earns another hashprice.
    expect(two[before]!.ways!.advice.starts).toBe(one[before]!.ways!.advice.starts)
    expect(two[before]!.ways!.advice.machineDaysOff).toBe(one[before]!.ways!.advice.machineDaysOff)
    expect(two[before]!.ways!.advice.cashUsd).not.toBe(one[before]!.ways!.advice.cashUsd)
  })

  // Whoever knew the day itself would have all machines off at a tenth of the price, and all on at ten times of it.
  it.each([0.1, 10])('is not the price of the day that decides (times %s)', (factor) => {
    const one = run(past)
    let moved = 0
    for (let row = 50; row < 150; row += 7) {
      const priceUsd = past.priceUsd.map((usd, each) => (each < row ? usd : factor * usd))
      const days = stepsOf(
        given({
          past: { ...past, priceUsd },
          fleet,
          inputs: PLAIN_CASE,
          fromDay: '2022-02-15',
          toDay: dayAt(row + 1),
        }),
      )
      const waysOf = (day: number) => days[day - 45]!.ways!
      const [before, same, after] = [waysOf(row - 1), waysOf(row), waysOf(row + 1)]
      if (row > 50) expect(before).toEqual(one[row - 46]!.ways)
      expect(same.advice.machineDaysOff).toBe(one[row - 45]!.ways!.advice.machineDaysOff)
      expect(same.averageRule.machineDaysOff).toBe(one[row - 45]!.ways!.averageRule.machineDaysOff)
      expect(after.advice.machineDaysOff).toBe(factor < 1 ? 240 : 0)
      if (after.advice.machineDaysOff !== same.advice.machineDaysOff) moved++
    }
    // A peek would have been seen.
    expect(moved).toBeGreaterThan(5)
  })

  it('moves machines on and off, so that there is something to see', () => {
    const days = run(past)
    const off = days.map(({ ways }) => ways!.advice.machineDaysOff)
    expect(Math.max(...off)).toBeGreaterThan(0)
    expect(Math.min(...off)).toBeLessThan(240)
    expect(days.some(({ ways }) => ways!.advice.starts > 0)).toBe(true)
  })
})
