import { expect, it } from 'vitest'
import { budgetVariance, VARIANCE_CAUSES } from '#shared/domain/money/budget.ts'
import type { EnergyMonth, LedgerMonth, PoolMonth } from '#shared/domain/money/ledger/month.ts'
import { ENERGY_CAUSES, PAY_CAUSES } from '#shared/domain/money/ledger/month.ts'
import type { ReportTable } from '#shared/report/document.ts'
import {
  budgetTable,
  coinTable,
  energyMoneyTable,
  energyTable,
  poolMoneyTable,
  poolTable,
} from '#shared/report/ledger-tables.ts'
import { listOf } from './finance-case.ts'

/** Figures of the first row, summed over columns. */
const across = (table: ReportTable, keys: readonly string[]) =>
  keys.reduce((sum, key) => sum + listOf(table, key)[0]!, 0)

const step = (sat: number, usdCents: number) => ({ sat, usdCents })
const POOL: PoolMonth = {
  ...{ pool: 'A', scheme: 'pplns', actualSat: 92, actualUsdCents: 870 },
  theory: {
    ...step(100, 1000),
    steps: {
      uptime: step(-5, -51),
      fees: step(-1, -12),
      luck: step(-3, -33),
      price: step(0, -40),
      unexplained: step(1, 6),
    },
    luck: null,
  },
  ...{ hashratePhs: 40, through: null, missing: [] },
}

it('pools lead from theory over each cause to what came, in bitcoin and in money', () => {
  const steps = PAY_CAUSES.filter((cause) => cause !== 'price')
  const coins = poolTable([POOL])
  expect(listOf(coins, 'theoryBtc')).toEqual([1e-6])
  expect(listOf(coins, 'luckBtc')).toEqual([-3e-8])
  expect(across(coins, ['theoryBtc', ...steps.map((cause) => `${cause}Btc`)])).toBeCloseTo(9.2e-7, 12)
  expect(listOf(coins, 'actualBtc')).toEqual([9.2e-7])
  const money = poolMoneyTable([POOL])
  expect(listOf(money, 'luckUsd')).toEqual([-0.33])
  expect(across(money, ['theoryUsd', ...PAY_CAUSES.map((cause) => `${cause}Usd`)])).toBeCloseTo(8.7, 9)
  expect(listOf(money, 'actualUsd')).toEqual([8.7])
})

it('has no sum below pools of which one has no theory: it would not lead to what came', () => {
  const without: PoolMonth = { ...POOL, pool: 'B', theory: null }
  const hasSum = (pools: readonly PoolMonth[]) =>
    [poolTable(pools), poolMoneyTable(pools)].map(({ columns }) =>
      columns.some((column) => 'total' in column && column.total !== null),
    )
  expect(hasSum([POOL, POOL])).toEqual([true, true])
  expect(hasSum([POOL, without])).toEqual([false, false])
})

it('power leads from what was expected to the invoice', () => {
  const energy: EnergyMonth = {
    ...{ site: 'North', machinesWh: 4000, meterWh: 5000, invoiceWh: 6000 },
    ...{ expectedUsdCents: 10_000, invoiceUsdCents: 12_345, through: null, missing: [] },
    stepsUsdCents: { metered: -100, invoiced: 445, price: 2500, 'other charges': -500 },
  }
  const kwh = ['machinesKwh', 'meterKwh', 'invoiceKwh'].map((key) => listOf(energyTable([energy]), key))
  expect(kwh).toEqual([[4], [5], [6]])
  const table = energyMoneyTable([energy])
  const steps = ENERGY_CAUSES.map((cause) => `${cause === 'other charges' ? 'otherCharges' : cause}Usd`)
  expect(listOf(table, 'priceUsd')).toEqual([25])
  expect(across(table, ['expectedUsd', ...steps])).toBeCloseTo(123.45, 9)
  expect(listOf(table, 'invoiceUsd')).toEqual([123.45])
})

it('a budget leads from the plan over each cause to what it was', () => {
  const plan = {
    ...{ priceUsdPerBtc: 70_000, difficulty: 1.5e14, rewardBtcPerBlock: 3.15, uptime: 0.97 },
    ...{ tariffUsdPerKwh: 0.052, hashratePhs: 60, powerKw: 1300 },
  }
  const actual = { ...plan, priceUsdPerBtc: 66_962, uptime: 0.981 }
  const variance = budgetVariance(plan, actual, 31)
  const table = budgetTable([
    { site: 'North', plan, actual, days: 31, variance, restUsdCents: -1234, missing: [] },
  ])
  expect(across(table, ['planUsd', ...VARIANCE_CAUSES.map((cause) => `${cause}Usd`)])).toBeCloseTo(
    listOf(table, 'actualUsd')[0]!,
    6,
  )
  expect(listOf(table, 'restUsd')).toEqual([-12.34])
})

it('bitcoin leads from the beginning of the month to its end', () => {
  const coins = {
    ...{ openingSat: 100, receivedSat: 50, soldSat: 43, closingSat: 107 },
    ...{ openingUsdCents: 1000, receivedUsdCents: 700, soldCostUsdCents: 430, closingUsdCents: 1270 },
  }
  const table = coinTable({ coins } as LedgerMonth)
  expect(listOf(table, 'btc')).toEqual([1e-6, 5e-7, -4.3e-7])
  expect(listOf(table, 'costUsd')).toEqual([10, 7, -4.3])
})
