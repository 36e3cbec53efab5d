import { expect, it } from 'vitest'
import type { BudgetMonth, CoinMonth, EnergyMonth, PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { budgetVariance } from '#shared/domain/money/budget.ts'
import { budgetRows } from '../../../renderer/screens/ledger/month/budget-rows.ts'
import { coinRows, coinWords, lotRows, lotTotals } from '../../../renderer/screens/ledger/month/coin-rows.ts'
import { energyRows } from '../../../renderer/screens/ledger/month/energy-rows.ts'
import { lacksOf } from '../../../renderer/screens/ledger/month/lacks.ts'
import { bridgeBars } from '../../../renderer/screens/ledger/month/pay-bridge.ts'
import { payRow, payTotals } from '../../../renderer/screens/ledger/month/pay-rows.ts'

/** What is printed, in its smallest unit. */
const whole = (text: string) =>
  Math.round(Number(text.replaceAll(/[^\d−.]/g, '').replace('−', '-')) * (/\.\d{8}$/.test(text) ? 1e8 : 100))
const sum = (texts: readonly string[]) => texts.reduce((all, text) => all + whole(text), 0)

const step = (sat: number, usdCents: number) => ({ sat, usdCents })
const POOL: PoolMonth = {
  ...{ pool: 'A', scheme: 'fpps', through: null, actualSat: 96_870_001, actualUsdCents: 6_412_345 },
  theory: {
    ...step(100_000_000, 6_700_000),
    steps: {
      uptime: step(-2_440_000, -163_480),
      fees: step(-140_000, -9380),
      luck: step(0, 0),
      price: step(0, -77_777),
      unexplained: step(-549_999, -37_018),
    },
    luck: null,
  },
  ...{ hashratePhs: 40, missing: [] },
}
const OTHER: PoolMonth = { ...POOL, pool: 'B', theory: null, missing: [{ what: 'pool terms' }] }

it.each(['sat', 'usdCents'] as const)('a row of pools adds up from theory to what came in, in %s', (unit) => {
  const row = payRow([POOL], unit)
  expect(sum(row.slice(0, -1))).toBe(whole(row.at(-1)!))
  expect(row).toHaveLength(unit === 'sat' ? 6 : 7)
  expect(payTotals([POOL], unit)).toEqual([])
  const [known, all] = payTotals([POOL, OTHER], unit)
  expect(known?.figures).toEqual(row)
  expect(all?.figures.slice(0, -1).every((text) => text === '–')).toBe(true)
  expect(whole(all!.figures.at(-1)!)).toBe(2 * whole(row.at(-1)!))
})

it('the bridge goes on where the last step ended, inside its width, and ends at what came in', () => {
  const { zero, bars, end } = bridgeBars(POOL.theory!, 'usdCents')
  // All steps lead down: theory stands at the right.
  expect(zero).toBe(100)
  for (const [i, { from, width }] of bars.entries()) {
    expect(from).toBeGreaterThanOrEqual(0)
    expect(from + width).toBeLessThanOrEqual(100 + 1e-9)
    const next = bars[i + 1]
    if (next?.sign === 'less') expect(next.from + next.width).toBeCloseTo(from, 0)
  }
  expect(end).toEqual({ from: 0, width: 100 })
  expect(bridgeBars(POOL.theory!, 'sat').bars.map(({ cause }) => cause)).not.toContain('price')
})

it('energy adds up down to the invoice and across its sites; a sum with a part missing is missing', () => {
  const site = (name: string, meterWh: number | null): EnergyMonth => ({
    ...{ site: name, through: null, machinesWh: 300_400, meterWh, invoiceWh: 310_400 },
    ...{ expectedUsdCents: 10_000, invoiceUsdCents: 12_345 },
    stepsUsdCents: { metered: -100, invoiced: 445, price: 2500, 'other charges': -500 },
    missing: [],
  })
  const rows = energyRows([site('North', 299_000), site('Ridge', null)])
  const money = rows.filter(({ unit }) => unit === 'USD')
  for (const column of [0, 1])
    expect(sum(money.slice(0, -1).map(({ figures }) => figures[column]!))).toBe(12_345)
  for (const { figures, total } of money) expect(sum(figures)).toBe(whole(total!))
  const [machines, meter] = rows
  // 300.4 twice is 600.8: as printed 300 and 301
  expect([machines?.figures.toSorted(), machines?.total]).toEqual([['300', '301'], '601'])
  expect([meter?.figures, meter?.total]).toEqual([['299', '–'], '–'])
  expect(energyRows([site('North', 299_000)]).every(({ total }) => total === null)).toBe(true)
})

it('effects of a budget add up as printed to what the margin changed', () => {
  const plan = {
    ...{ priceUsdPerBtc: 70_000, difficulty: 1.5e14, rewardBtcPerBlock: 3.15, uptime: 0.97 },
    ...{ tariffUsdPerKwh: 0.052, hashratePhs: 60, powerKw: 1300 },
  }
  const actual = {
    ...plan,
    priceUsdPerBtc: 66_962,
    difficulty: 1.347e14,
    tariffUsdPerKwh: 0.0569,
    uptime: 0.981,
  }
  const budget: BudgetMonth = {
    ...{ site: 'North', plan, actual, days: 31, restUsdCents: -130_209, missing: [] },
    variance: budgetVariance(plan, actual, 31),
  }
  const rows = budgetRows(budget)
  const margin = rows.find(({ isTotal }) => isTotal)!
  // Among so many the two margins and what lies between them are rounded to different sides.
  for (let priceUsdPerBtc = 66_000; priceUsdPerBtc < 66_020; priceUsdPerBtc++) {
    const variance = budgetVariance(plan, { ...actual, priceUsdPerBtc }, 31)
    const priced = budgetRows({ ...budget, variance })
    const { effect, ...total } = priced.find(({ isTotal }) => isTotal)!
    expect(sum(priced.slice(0, 6).map((row) => row.effect))).toBe(whole(effect))
    expect(whole(total.actual) - whole(total.plan)).toBe(whole(effect))
  }
  expect(rows.at(-1)?.actual).toContain('1\u202f302.09')
  const without = budgetRows({ ...budget, actual: null, variance: null, restUsdCents: null })
  expect(without.find(({ isTotal }) => isTotal)).toMatchObject({
    plan: margin.plan,
    actual: '–',
    effect: '–',
  })
})

it('bitcoin adds up to the end of the month, and its lots to that at cost and at the market', () => {
  const coins: CoinMonth = {
    ...{ openingSat: 100, receivedSat: 50, soldSat: 43, closingSat: 107 },
    ...{ openingUsdCents: 1000, receivedUsdCents: 700, soldCostUsdCents: 430, closingUsdCents: 1270 },
    // shares of 1001 that are rounded one by one come to 1000
    ...{ gainUsdCents: -12, marketUsdCents: 1001 },
    lots: [
      { entry: 1, day: '2026-09-30', sat: 57, costUsdCents: 570 },
      { entry: 2, day: '2026-10-02', sat: 49, costUsdCents: 686 },
      { entry: 3, day: '2026-10-05', sat: 1, costUsdCents: 14 },
    ],
  }
  const rows = coinRows(coins)
  for (const column of [0, 1])
    expect(sum(rows.slice(0, 3).map(({ figures }) => figures[column]!))).toBe(
      whole(rows[3]!.figures[column]!),
    )
  const totals = lotTotals(coins)
  for (const column of [0, 1, 3, 4])
    expect(sum(lotRows(coins).map(({ figures }) => figures[column]!))).toBe(whole(totals[column]!))
  expect(coinWords({ coins, balances: [] }).join(' ')).toMatch(
    /\$0\.12 less than the coins had cost.*\$2\.69 less than it cost/,
  )
  expect(lotTotals({ ...coins, marketUsdCents: null }).slice(3)).toEqual(['–', '–'])
})

it('what is missing is said once for all of whom it is said, with the way to mend it', () => {
  const pool = (name: string): PoolMonth => ({ ...OTHER, pool: name, missing: [{ what: 'price' }] })
  const month = { pools: [pool('A'), pool('B'), OTHER], energy: [], budgets: [], isOver: true }
  expect(lacksOf(month)).toEqual([
    { of: 'A and B', words: expect.stringContaining('fill the history') as string, way: 'data' },
    { of: 'B', words: expect.stringContaining('under Pools') as string, way: 'pools' },
  ])
  // The price of days to come is missing because they are.
  expect(lacksOf({ ...month, isOver: false }).map(({ way }) => way)).toEqual(['pools'])
  // What a pool lacks of the days that are compared is there to be mended.
  const days = [{ what: 'days', of: 'earning', days: ['2026-11-03'] }] as const
  const soFar = { ...pool('A'), through: '2026-11-20', missing: days }
  expect(lacksOf({ ...month, pools: [soFar], isOver: false }).map(({ way }) => way)).toEqual(['import'])
})
