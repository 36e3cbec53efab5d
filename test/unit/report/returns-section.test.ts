import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import type { Purchase } from '#shared/domain/money/purchase.ts'
import { returnsSection } from '#shared/report/sections/returns.ts'
import { machine, site } from '../machines.ts'
import { NOON_MS } from '../renderer/network-state.ts'
import { NO_FINANCE, factsFor, listOf, saidIn, tableIn } from './finance-case.ts'

const DAY_MS = 86_400_000
const SPRING: Purchase = {
  ...{ name: 'Spring', boughtAtMs: NOON_MS - 200.5 * DAY_MS, lifeDays: 1400 },
  ...{ costUsd: 140_000, salvageUsd: 14_000 },
}
const SITES = [site({ powerPriceUsdPerKwh: 0.045 })]
const MACHINES = [
  machine({ id: 'a', quantity: 50, hashrateThs: 200, powerW: 3500, purchase: 'Spring' }),
  machine({ id: 'b', quantity: 8 }),
]
const blocksOf = (purchases: readonly Purchase[], rate: number | null = 0.12, change = {}) =>
  returnsSection(
    factsFor(SITES, MACHINES, {
      finance: { ...NO_FINANCE, discountRatePerYear: rate, purchases },
      ...change,
    }),
  )

describe('returns of a report', () => {
  it('says what is missing where no purchase is stored', () => {
    expect(saidIn(blocksOf([]))).toContain('No purchase is stored')
  })

  it('has book value, value and payback of each, and totals that add up', () => {
    const blocks = blocksOf([SPRING])
    const [books, worth] = [tableIn(blocks, 'purchases'), tableIn(blocks, 'returns')]
    expect(listOf(books, 'machines')).toEqual([50])
    expect(listOf(books, 'bookUsd')[0]).toBeCloseTo(140_000 - (126_000 * 200) / 1400, 6)
    const [value, npv] = [listOf(worth, 'valueUsd')[0]!, listOf(worth, 'npvUsd')[0]!]
    expect(npv).toBeCloseTo(value - listOf(worth, 'outlayUsd')[0]!, 6)
    expect(worth.columns.find(({ key }) => key === 'npvUsd')!.total).toBeCloseTo(npv, 9)
    expect(saidIn(blocks)).toMatch(/Discounted at 12\.0\s% a year/)
    expect(saidIn(blocks)).toContain('8 machines name no purchase.')
  })

  it('without a discount rate names the setting, and shows no present value but a rate', () => {
    const blocks = blocksOf([SPRING], null)
    expect(saidIn(blocks)).toContain('finance.discount-rate-per-year')
    expect(listOf(tableIn(blocks, 'returns'), 'npvUsd')).toEqual([NaN])
    expect(listOf(tableIn(blocks, 'returns'), 'internalRatePerYear')[0]).not.toBeNaN()
  })

  it('follows the first scenario, and says what cannot be in a sentence', () => {
    const scenarios = [
      {
        name: 'Up',
        assumptions: { price: constantGrowth(0.3), hashrate: constantGrowth(0), response: null },
      },
    ]
    const up = listOf(tableIn(blocksOf([SPRING], 0.12, { scenarios }), 'returns'), 'npvUsd')[0]!
    expect(up).toBeGreaterThan(listOf(tableIn(blocksOf([SPRING]), 'returns'), 'npvUsd')[0]!)
    const bad = blocksOf([{ ...SPRING, salvageUsd: 2e5 }])
    expect(saidIn(bad)).toContain('There are no returns: purchase Spring, salvageUsd')
  })
})
