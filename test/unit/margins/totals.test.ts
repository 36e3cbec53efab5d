import { describe, expect, it } from 'vitest'
import { machineFigures } from '#shared/domain/margins/fleet-margins.ts'
import { fleetTotals, siteSums, totalsOf } from '#shared/domain/margins/totals.ts'
import { basisOf, machine, network, site } from '../machines.ts'

describe('fleet totals', () => {
  const machines = [
    machine({ quantity: 3, fixedUsdPerDay: 0.5 }),
    machine({ quantity: 2, hashrateThs: 200, powerW: 3400, standbyW: 20, uptime: 0.9, poolFee: 0.02 }),
    machine({ quantity: 40, status: 'off' }),
    machine({ quantity: 5, status: 'repair' }),
    machine({ quantity: 7, powerW: NaN }),
  ]
  const basis = basisOf(machines)
  const given = network()
  const totals = fleetTotals(basis, given)
  const rows = [0, 1].map((row) => machineFigures(basis, row, given))
  const sum = (of: (figures: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0)

  it('count every machine, those that run, and those that run without figures', () => {
    expect(totals.machines).toBe(57)
    expect(totals.running).toBe(12)
    expect(totals.withoutFigures).toBe(7)
  })

  it('sum the rows that run and have figures', () => {
    expect(totals.hashrateThs).toBe(700)
    expect(totals.powerW).toBe(15_800)
    expect(totals.revenueUsdPerDay).toBeCloseTo(
      sum((row) => row.revenueUsdPerDay),
      10,
    )
    expect(totals.avoidableCostUsdPerDay).toBeCloseTo(
      sum((row) => row.avoidableCostUsdPerDay),
      10,
    )
    expect(totals.marginUsdPerDay).toBeCloseTo(
      sum((row) => row.marginUsdPerDay),
      10,
    )
    expect(totals.allInMarginUsdPerDay).toBeCloseTo(
      sum((row) => row.allInMarginUsdPerDay),
      10,
    )
    expect(totals.fixedUsdPerDay).toBe(1.5)
  })

  it('give efficiency and margin share as ratios of sums, not means of rows', () => {
    expect(totals.efficiencyJPerTh).toBeCloseTo(15_800 / 700, 12)
    expect(totals.efficiencyJPerTh).not.toBeCloseTo((30 + 17) / 2, 1)
    expect(totals.marginShare).toBeCloseTo(totals.marginUsdPerDay / totals.revenueUsdPerDay, 12)
  })

  it('give the BTC to sell for the costs of a day', () => {
    const cost = totals.avoidableCostUsdPerDay + 1.5
    expect(totals.btcPerDay).toBeCloseTo(totals.revenueUsdPerDay / given.priceUsdPerBtc, 12)
    expect(totals.btcToSellPerDay).toBeCloseTo(cost / given.priceUsdPerBtc, 12)
    expect(totals.shareOfProductionToSell).toBeCloseTo(cost / totals.revenueUsdPerDay, 10)
    expect(totals.costPerBtcUsd).toBeCloseTo(totals.avoidableCostUsdPerDay / totals.btcPerDay, 6)
    expect(totals.allInCostPerBtcUsd).toBeCloseTo(cost / totals.btcPerDay, 6)
  })

  it('say that the treasury shrinks where more than the production must be sold', () => {
    const losing = fleetTotals(basisOf([machine()], [site({ powerPriceUsdPerKwh: 0.2 })]), given)
    expect(losing.marginUsdPerDay).toBeLessThan(0)
    expect(losing.shareOfProductionToSell).toBeGreaterThan(1)
  })

  it('of nothing are zero, and their ratios do not exist', () => {
    for (const empty of [
      fleetTotals(basisOf([]), given),
      fleetTotals(basisOf([machine({ status: 'off' })]), given),
    ]) {
      expect(empty.marginUsdPerDay).toBe(0)
      expect(empty.running).toBe(0)
      expect(empty.efficiencyJPerTh).toBeNaN()
      expect(empty.marginShare).toBeNaN()
      expect(empty.costPerBtcUsd).toBeNaN()
      expect(empty.shareOfProductionToSell).toBeNaN()
    }
  })
})

describe('totals of the sites', () => {
  it('are for each what a fleet of its machines alone has, a site without machines included', () => {
    const sites = [site(), site({ name: 'South', powerPriceUsdPerKwh: 0.09 }), site({ name: 'Empty' })]
    const machines = [
      machine({ quantity: 3 }),
      machine({ site: 'South', quantity: 2, powerW: 3600, fixedUsdPerDay: 0.4 }),
      machine({ site: 'South', status: 'off', quantity: 5 }),
      machine({ quantity: 4, powerW: NaN }),
      machine({ site: 'South', quantity: 6 }),
    ]
    const alone = sites.map(({ name }) =>
      fleetTotals(
        basisOf(
          machines.filter((one) => one.site === name),
          sites,
        ),
        network(),
      ),
    )
    const bySite = siteSums(basisOf(machines, sites)).map((ofSite) => totalsOf(ofSite, network()))
    expect(bySite).toEqual(alone)
    expect(alone.map((totals) => totals.machines)).toEqual([7, 13, 0])
  })
})
