import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { priceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import type { Ahead } from '#shared/report/ahead.ts'
import { aheadOf } from '#shared/report/ahead.ts'
import { projectionSection } from '#shared/report/sections/projection.ts'
import { rangeSection } from '#shared/report/sections/range.ts'
import { machine, site } from '../machines.ts'
import { factsFor, listOf, saidIn, tableIn } from './finance-case.ts'
import { textsOf } from './report-case.ts'

const MACHINES = [
  machine({ id: 'new', model: 'S21', quantity: 50, hashrateThs: 200, powerW: 3500 }),
  machine({ id: 'old', model: 'S19', quantity: 80, hashrateThs: 95, powerW: 3250 }),
]
const facts = factsFor([site({ powerPriceUsdPerKwh: 0.045 })], MACHINES)

describe('the section of the range', () => {
  const blocks = rangeSection(facts)

  it('has the quantiles around the median of the projection, epoch by epoch', () => {
    const range = tableIn(blocks, 'range')
    const [p5, p50, p95] = ['P5', 'P50', 'P95'].map((name) => listOf(range, `margin${name}UsdPerDay`))
    p50!.forEach((usd, i) => {
      expect(usd).toBeGreaterThanOrEqual(p5![i]!)
      expect(usd).toBeLessThanOrEqual(p95![i]!)
    })
    const best = listOf(tableIn(projectionSection(facts), 'projection-fleet'), 'bestMarginUsdPerDay')
    expect(p50![0]).toBeCloseTo(best[0]!, 6)
    // Machines that stop lose nothing.
    expect(listOf(range, 'probabilityOfLoss')).toEqual(new Array(13).fill(0))
    expect(saidIn(blocks)).toMatch(/10.000 paths, seed 1/)
  })

  it('lists the lots most often under water first', () => {
    const lots = tableIn(blocks, 'under-water')
    expect(textsOf(lots, 'model')).toEqual(['S19', 'S21'])
    const [often, seldom] = listOf(lots, 'chanceMean')
    expect(often).toBeGreaterThan(seldom!)
  })

  it('has the cells of the grid and one row for each thing that is moved', () => {
    const ahead = aheadOf(facts) as Ahead
    const grid = priceDifficultyGrid(ahead, { pricesUsdPerBtc: null, changes: null })
    const { columns } = tableIn(blocks, 'grid')
    expect(columns.slice(1).map(({ values }) => values[0])).toEqual(
      grid.marginUsdPerDay.slice(0, grid.changes.length),
    )
    const base = listOf(tableIn(blocks, 'what-matters'), 'baseUsdPerDay')
    expect(base).toHaveLength(4)
    expect(base[0]).toBe(grid.marginUsdPerDay[grid.atPrice * grid.changes.length + grid.atChange])
  })

  it('is the same each time, and follows the scenario of the pages', () => {
    const again = rangeSection(factsFor([site({ powerPriceUsdPerKwh: 0.045 })], MACHINES))
    expect(again).toEqual(blocks)
    const assumptions = { price: constantGrowth(-0.5), hashrate: constantGrowth(0), response: null }
    const falls = factsFor([site({ powerPriceUsdPerKwh: 0.045 })], MACHINES, {
      scenarios: [{ name: 'Falls', assumptions }],
    })
    const worse = listOf(tableIn(rangeSection(falls), 'range'), 'marginP50UsdPerDay')
    expect(worse[12]).toBeLessThan(listOf(tableIn(blocks, 'range'), 'marginP50UsdPerDay')[12]!)
  })
})
