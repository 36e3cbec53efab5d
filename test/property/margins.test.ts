import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fleetFrom, ownElseSite } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { machineFigures, marginsUsdPerDay, prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { hashpriceBtcPerPhDay, hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { fleetTotals } from '#shared/domain/margins/totals.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'

const CLOSE = 1e-9

function expectClose(actual: number, expected: number, scale = Math.abs(expected)): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(CLOSE * Math.max(scale, Number.MIN_VALUE))
}

/** What a margin is the difference of: its rounding is relative to this, not to the margin. */
function turnover(figures: {
  readonly revenueUsdPerDay: number
  readonly avoidableCostUsdPerDay: number
}): number {
  return figures.revenueUsdPerDay + Math.abs(figures.avoidableCostUsdPerDay)
}

describe('one machine', () => {
  it('is as far from break-even by every measure: (c* + v)/(c + v) = HP/HP* = P/P* = D*/D = R/A', () => {
    fc.assert(
      fc.property(anyMachine, anySites, anyNetwork, (machine, sites, network) => {
        const fleet = fleetFrom(sites, [machine])
        const figures = machineFigures(prepareMargins(fleet), 0, network)
        const site = sites.find(({ name }) => name === machine.site)!
        const other = ownElseSite(machine.otherUsdPerKwh, site.otherUsdPerKwh)
        const ratio = figures.revenueUsdPerDay / figures.avoidableCostUsdPerDay
        expectClose(hashpriceUsdPerPhDay(network) / figures.breakevenHashpriceUsdPerPhDay, ratio)
        expectClose(figures.headroom + 1, ratio, 1 + ratio)
        expectClose(network.priceUsdPerBtc / figures.breakevenBtcPriceUsd, ratio)
        expectClose(figures.breakevenDifficulty / network.difficulty, ratio)
        const perKwh = figures.powerPriceUsdPerKwh + other
        expectClose((figures.breakevenPowerPriceUsdPerKwh + other) / perKwh, ratio, 1 + ratio)
      }),
    )
  })

  it('breaks even at the same ratio of price to power price where nothing comes on top: c*/c = HP/HP*', () => {
    fc.assert(
      fc.property(anyMachine, anySites, anyNetwork, (machine, sites, network) => {
        const bare = { ...machine, otherUsdPerKwh: 0 }
        const figures = machineFigures(prepareMargins(fleetFrom(sites, [bare])), 0, network)
        expectClose(
          figures.breakevenPowerPriceUsdPerKwh / figures.powerPriceUsdPerKwh,
          hashpriceUsdPerPhDay(network) / figures.breakevenHashpriceUsdPerPhDay,
        )
      }),
    )
  })

  it('may draw as much more power as its hashprice has headroom, without standby: e*/e = HP/HP*', () => {
    fc.assert(
      fc.property(anyMachine, anySites, anyNetwork, (machine, sites, network) => {
        const bare = { ...machine, standbyW: 0 }
        const figures = machineFigures(prepareMargins(fleetFrom(sites, [bare])), 0, network)
        const ratio = hashpriceUsdPerPhDay(network) / figures.breakevenHashpriceUsdPerPhDay
        const hungrier = { ...bare, powerW: bare.powerW * ratio }
        const margin = marginsUsdPerDay(
          prepareMargins(fleetFrom(sites, [hungrier])),
          hashpriceUsdPerPhDay(network),
        )[0]!
        expectClose(margin, 0, figures.revenueUsdPerDay)
      }),
    )
  })

  it('has headroom above 0 exactly where it earns', () => {
    fc.assert(
      fc.property(anyMachine, anySites, anyNetwork, (machine, sites, network) => {
        const figures = machineFigures(prepareMargins(fleetFrom(sites, [machine])), 0, network)
        fc.pre(Math.abs(figures.headroom) > CLOSE)
        expect(Math.sign(figures.headroom)).toBe(Math.sign(figures.marginUsdPerDay))
      }),
    )
  })

  it('breaks even at the same points whatever its quantity; money grows with it', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyNetwork,
        fc.integer({ min: 2, max: 1000 }),
        (machine, sites, network, q) => {
          const figuresOf = (quantity: number) =>
            machineFigures(prepareMargins(fleetFrom(sites, [{ ...machine, quantity }])), 0, network)
          const one = figuresOf(1)
          const lot = figuresOf(q)
          expectClose(lot.revenueUsdPerDay, q * one.revenueUsdPerDay)
          expectClose(lot.marginUsdPerDay, q * one.marginUsdPerDay, q * turnover(one))
          expectClose(lot.breakevenHashpriceUsdPerPhDay, one.breakevenHashpriceUsdPerPhDay)
          expectClose(lot.breakevenDifficulty, one.breakevenDifficulty)
          expectClose(lot.costPerBtcUsd, one.costPerBtcUsd)
          expect(lot.efficiencyJPerTh).toBe(one.efficiencyJPerTh)
        },
      ),
    )
  })

  it('has margins that scale with money: all prices times k is every USD figure times k', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyNetwork,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (machine, sites, network, k) => {
          const figuresAt = (factor: number) =>
            machineFigures(
              prepareMargins(
                fleetFrom(
                  sites.map((site) => ({
                    ...site,
                    powerPriceUsdPerKwh: site.powerPriceUsdPerKwh * factor,
                    otherUsdPerKwh: site.otherUsdPerKwh * factor,
                  })),
                  [
                    {
                      ...machine,
                      powerPriceUsdPerKwh: machine.powerPriceUsdPerKwh * factor,
                      otherUsdPerKwh: machine.otherUsdPerKwh * factor,
                    },
                  ],
                ),
              ),
              0,
              { ...network, priceUsdPerBtc: network.priceUsdPerBtc * factor },
            )
          const before = figuresAt(1)
          const after = figuresAt(k)
          expectClose(after.marginUsdPerDay, k * before.marginUsdPerDay, k * turnover(before))
          expectClose(after.breakevenHashpriceUsdPerPhDay, k * before.breakevenHashpriceUsdPerPhDay)
          expectClose(after.breakevenBtcPriceUsd, k * before.breakevenBtcPriceUsd)
          expectClose(after.breakevenDifficulty, before.breakevenDifficulty)
          expectClose(after.headroom, before.headroom, 1 + Math.abs(before.headroom))
        },
      ),
    )
  })

  it('is paid to run at a negative power price: it earns more than its revenue and has no headroom', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyNetwork,
        fc.double({ min: -0.5, max: -0.001, noNaN: true }),
        (machine, sites, network, price) => {
          const paid = { ...machine, powerPriceUsdPerKwh: price, otherUsdPerKwh: 0 }
          const figures = machineFigures(prepareMargins(fleetFrom(sites, [paid])), 0, network)
          expect(figures.marginUsdPerDay).toBeGreaterThanOrEqual(figures.revenueUsdPerDay)
          expect(figures.breakevenHashpriceUsdPerPhDay).toBeLessThan(0)
          expect(figures.breakevenBtcPriceUsd).toBeLessThan(0)
          expect(figures.breakevenDifficulty).toBeNaN()
          expect(figures.headroom).toBeNaN()
        },
      ),
    )
  })

  it('keeps a missing figure missing in everything that needs it', () => {
    const missing = fc.constantFrom('hashrateThs', 'powerW', 'quantity')
    fc.assert(
      fc.property(anyMachine, anySites, anyNetwork, missing, (machine, sites, network, field) => {
        const basis = prepareMargins(fleetFrom(sites, [{ ...machine, [field]: NaN }]))
        const figures = machineFigures(basis, 0, network)
        expect(basis.counted[0]).toBe(0)
        expect(figures.marginUsdPerDay).toBeNaN()
        expect(figures.marginShare).toBeNaN()
        expect(figures.breakevenHashpriceUsdPerPhDay).toBeNaN()
        expect(figures.costPerBtcUsd).toBeNaN()
      }),
    )
  })

  it('is computed the same alone and as one row of a pass', () => {
    fc.assert(
      fc.property(
        fc.array(anyMachine, { minLength: 1, maxLength: 20 }),
        anySites,
        anyNetwork,
        (machines, sites, network) => {
          const margins = marginsUsdPerDay(
            prepareMargins(fleetFrom(sites, machines)),
            hashpriceUsdPerPhDay(network),
          )
          machines.forEach((machine, row) => {
            const alone = machineFigures(prepareMargins(fleetFrom(sites, [machine])), 0, network)
            expect(margins[row]).toBe(alone.marginUsdPerDay)
          })
        },
      ),
    )
  })
})

describe('a fleet', () => {
  const machines = fc.array(anyMachine, { maxLength: 30 })

  it('has the same totals as a lot and as machines one by one', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyNetwork,
        fc.integer({ min: 1, max: 20 }),
        (machine, sites, network, q) => {
          const running: Machine = { ...machine, status: 'running' }
          const lot = fleetTotals(prepareMargins(fleetFrom(sites, [{ ...running, quantity: q }])), network)
          const singles = Array.from({ length: q }, () => ({ ...running, quantity: 1 }))
          const each = fleetTotals(prepareMargins(fleetFrom(sites, singles)), network)
          expect(each.machines).toBe(lot.machines)
          expectClose(each.powerW, lot.powerW)
          expectClose(each.marginUsdPerDay, lot.marginUsdPerDay, turnover(lot))
          expectClose(each.efficiencyJPerTh, lot.efficiencyJPerTh)
          expectClose(each.btcToSellPerDay, lot.btcToSellPerDay)
        },
      ),
    )
  })

  it('has totals that do not depend on the order of its rows', () => {
    fc.assert(
      fc.property(machines, anySites, anyNetwork, (rows, sites, network) => {
        const forth = fleetTotals(prepareMargins(fleetFrom(sites, rows)), network)
        const back = fleetTotals(prepareMargins(fleetFrom(sites, rows.toReversed())), network)
        for (const name of Object.keys(forth) as (keyof typeof forth)[]) {
          if (Number.isNaN(forth[name])) expect(back[name]).toBeNaN()
          else expectClose(back[name], forth[name], Math.abs(forth[name]) + turnover(forth))
        }
      }),
    )
  })

  it('has totals of the machines that run, whatever the others are', () => {
    fc.assert(
      fc.property(machines, anySites, anyNetwork, (rows, sites, network) => {
        const all = fleetTotals(prepareMargins(fleetFrom(sites, rows)), network)
        const runs = rows.filter((row) => row.status === 'running')
        const running = fleetTotals(prepareMargins(fleetFrom(sites, runs)), network)
        // What goes on without hashing is paid for every machine: it is in the all-in figures, and in no other.
        const ofAll = {
          machines: 0,
          fixedUsdPerDay: 0,
          idleStandbyUsdPerDay: 0,
          allInMarginUsdPerDay: 0,
          allInCostPerBtcUsd: 0,
          btcToSellPerDay: 0,
          shareOfProductionToSell: 0,
        }
        expect({ ...all, ...ofAll }).toEqual({ ...running, ...ofAll })
        expect(all.running).toBe(running.machines)
        const fixed = rows.reduce((sum, row) => sum + row.quantity * row.fixedUsdPerDay, 0)
        expectClose(all.fixedUsdPerDay, fixed)
        expectClose(
          all.allInMarginUsdPerDay,
          running.marginUsdPerDay - all.fixedUsdPerDay - all.idleStandbyUsdPerDay,
        )
      }),
    )
  })

  it('mines what its hashrate earns at the hashprice in BTC', () => {
    fc.assert(
      fc.property(machines, anySites, anyNetwork, (rows, sites, network) => {
        const basis = prepareMargins(fleetFrom(sites, rows))
        const totals = fleetTotals(basis, network)
        const accepted = basis.acceptedPhs.reduce(
          (sum, phs, row) => sum + (basis.counted[row] === 1 ? phs : 0),
          0,
        )
        expectClose(totals.btcPerDay, accepted * hashpriceBtcPerPhDay(network))
      }),
    )
  })
})
