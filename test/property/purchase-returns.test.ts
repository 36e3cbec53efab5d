import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { hostCosts } from '#shared/domain/money/cost-bridge.ts'
import { purchaseReturns } from '#shared/domain/money/purchase-returns.ts'
import { fleetReturns } from '#shared/domain/money/returns.ts'
import { fleetCash } from '#shared/domain/decision/fleet-cash.ts'
import { machine, site } from '../unit/machines.ts'
import { caseOf, estimate, planOf, purchase } from '../unit/money/purchases.ts'

const anyMachines = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    hashrateThs: fc.integer({ min: 60, max: 300 }),
    powerW: fc.integer({ min: 2500, max: 4000 }),
    standbyW: fc.constantFrom(0, 20),
    fixedUsdPerDay: fc.constantFrom(0, 0.3),
    status: fc.constantFrom('running', 'running', 'off', 'repair'),
    purchase: fc.constantFrom('First', 'Second'),
  }),
  { minLength: 1, maxLength: 8 },
)
const anyGrowth = fc.integer({ min: -30, max: 50 }).map((n) => constantGrowth(n / 100))
const anyPath = fc.record({ price: anyGrowth, hashrate: anyGrowth, response: fc.constant(null) })

describe('purchases of a fleet without contracts', () => {
  it('are worth together what the fleet is: disjoint lots add up, and one that holds all is the fleet', () => {
    fc.assert(
      fc.property(anyMachines, anyPath, fc.constantFrom('run', 'stop'), (given, assumptions, underWater) => {
        const machines = given.map((each, i) => machine({ ...each, id: `m${i}` }))
        const of = caseOf(machines, { sites: [site({ overhead: 0.05 })] })
        const halves = [purchase(), purchase({ name: 'Second' })]
        const change = { assumptions, underWater }
        const { purchases } = purchaseReturns(of, planOf(halves, change))
        const all = caseOf(
          machines.map((each) => ({ ...each, purchase: 'First' })),
          { sites: [site({ overhead: 0.05 })] },
        )
        const [whole] = purchaseReturns(all, planOf([purchase()], change)).purchases
        const { prepared, horizon, network } = all
        const fleet = fleetReturns(
          { basis: prepared.basis, cash: fleetCash(prepared, horizon), hosts: hostCosts(prepared) },
          network,
          estimate,
          {
            ...{ asset: purchase(), discountRatePerYear: 0.1, ...assumptions, underWater },
            costs: {
              ...{ demandResponseCreditsUsdPerDay: 0, poolAndHostingUsdPerDay: 0 },
              ...{ siteUsdPerDay: 0, generalUsdPerDay: 0 },
            },
          },
        )
        expect(whole!.npvUsd).toBeCloseTo(fleet.npvUsd, 6)
        for (const name of ['staticPaybackDays', 'paybackAlongDays', 'internalRatePerYear'] as const)
          if (Number.isNaN(fleet[name])) expect(whole![name], name).toBeNaN()
          else expect(whole![name], name).toBeCloseTo(fleet[name], 6)
        const held = purchases.filter((each) => each.machines > 0)
        // Each has its own salvage; the cash is that of the whole.
        const salvage = (300 * (held.length - 1)) / 1.1 ** 4
        const sum = held.reduce((usd, { valueUsd }) => usd + valueUsd, 0)
        expect(sum - salvage).toBeCloseTo(whole!.valueUsd, 6)
      }),
      { numRuns: 60 },
    )
  })

  it('are worth nothing at their internal rate', () => {
    fc.assert(
      fc.property(anyMachines, anyPath, fc.integer({ min: 10, max: 3000 }), (given, assumptions, costUsd) => {
        const machines = given.map((each, i) => machine({ ...each, id: `m${i}`, purchase: 'First' }))
        const bought = purchase({ costUsd, salvageUsd: 0 })
        const of = caseOf(machines)
        const rate = purchaseReturns(of, planOf([bought], { assumptions })).purchases[0]!.internalRatePerYear
        fc.pre(Number.isFinite(rate))
        const at = planOf([bought], { assumptions, discountRatePerYear: rate })
        expect(Math.abs(purchaseReturns(of, at).purchases[0]!.npvUsd)).toBeLessThan(1e-4 * costUsd + 1e-6)
      }),
      { numRuns: 60 },
    )
  })
})
