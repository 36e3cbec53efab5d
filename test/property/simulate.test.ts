import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { DEFAULT_SUPPLY_CURVE } from '#shared/domain/ahead/default-supply-curve.ts'
import { constantGrowth, pathThrough } from '#shared/domain/ahead/growth-path.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { FITTED_PATHS } from '#shared/domain/ahead/simulate/path-model.ts'
import { probabilityUnderWater, QUANTILES, simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import type { Quantiles } from '#shared/domain/ahead/simulate/simulate.ts'
import { withCash } from '../unit/machines.ts'
import { anyMachine, anyNetwork, anySites } from './machines.ts'

const anyEstimate = fc
  .tuple(fc.integer({ min: 1, max: 2015 }), fc.double({ min: 400, max: 900, noNaN: true }))
  .map(([blocks, pace]) => estimateAdjustment({ blocks, seconds: blocks * pace }, [0.02, -0.01]))
const anyGrowth = fc.oneof(
  fc.double({ min: -0.5, max: 1, noNaN: true }).map(constantGrowth),
  fc
    .tuple(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.double({ min: -0.5, max: 1, noNaN: true }))
    .map(([factor, rate]) => pathThrough([0, 50], [1, factor], rate)),
)
const anyFleet = fc
  .tuple(anySites, fc.array(anyMachine, { maxLength: 12 }))
  .map(([sites, machines]) => prepareMargins(fleetFrom(sites, machines)))
const anyCase = fc.record({
  basis: anyFleet,
  network: anyNetwork,
  estimate: anyEstimate,
  price: anyGrowth,
  hashrate: anyGrowth,
  epochs: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  underWater: fc.constantFrom('run' as const, 'stop' as const),
  response: fc.constantFrom(null, DEFAULT_SUPPLY_CURVE),
})

const WITHOUT_CHANCE = { ...FITTED_PATHS, priceVolatilityPerYear: 0, hashrateVolatilityPerYear: 0 }

describe('a simulation', () => {
  it('is the projection where nothing is left to chance', () => {
    fc.assert(
      fc.property(anyCase, ({ basis, network, estimate, ...choices }) => {
        const { epochs } = simulate(withCash(basis), network, estimate, {
          ...choices,
          paths: 3,
          model: WITHOUT_CHANCE,
          underWater: 'run',
        })
        const rows = projectNetwork(network, estimate, choices)
        rows.forEach((row, i) => {
          const { hashpriceUsdPerPhDay, marginUsdPerDay, startsAtDay } = epochs[i]!
          expect(startsAtDay).toBe(row.startsAtDay)
          const { fleetMarginUsdPerDay } = fleetInEpoch(basis, withCash(basis).cash, row)
          const revenue = basis.acceptedPhs.reduce((sum, phs) => sum + phs, 0) * row.hashpriceUsdPerPhDay
          for (const name of Object.keys(QUANTILES) as (keyof Quantiles)[]) {
            const hashprice = hashpriceUsdPerPhDay[name]
            expect(Math.abs(hashprice / row.hashpriceUsdPerPhDay - 1)).toBeLessThan(1e-9)
            const costs = basis.avoidableCostUsdPerDay.reduce((sum, cost) => sum + cost, 0)
            expect(Math.abs(marginUsdPerDay[name] - fleetMarginUsdPerDay)).toBeLessThanOrEqual(
              1e-9 * (revenue + costs),
            )
          }
        })
      }),
      { numRuns: 60 },
    )
  })

  it('has quantiles that rise, probabilities from 0 to 1, and no number that is none', () => {
    fc.assert(
      fc.property(anyCase, ({ basis, network, estimate, ...choices }) => {
        const simulation = simulate(withCash(basis), network, estimate, {
          ...choices,
          paths: 40,
          model: FITTED_PATHS,
        })
        for (const { epoch, hashpriceUsdPerPhDay, marginUsdPerDay, probabilityOfLoss } of simulation.epochs) {
          for (const { p5, p25, p50, p75, p95 } of [hashpriceUsdPerPhDay, marginUsdPerDay]) {
            const rising = [-Number.MAX_VALUE, p5, p25, p50, p75, p95, Number.MAX_VALUE]
            expect(rising.every((value, i) => i === 0 || value >= rising[i - 1]!)).toBe(true)
          }
          expect(probabilityOfLoss).toBeGreaterThanOrEqual(0)
          expect(probabilityOfLoss).toBeLessThanOrEqual(1)
          for (let row = 0; row < basis.length; row++) {
            const probability = probabilityUnderWater(simulation, row, epoch)
            expect(probability).toBeGreaterThanOrEqual(0)
            expect(probability).toBeLessThanOrEqual(1)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('never earns less where lots may stop', () => {
    fc.assert(
      fc.property(anyCase, ({ basis, network, estimate, ...choices }) => {
        const given = { ...choices, paths: 20, model: FITTED_PATHS }
        const run = simulate(withCash(basis), network, estimate, { ...given, underWater: 'run' })
        const stop = simulate(withCash(basis), network, estimate, { ...given, underWater: 'stop' })
        stop.epochs.forEach(({ marginUsdPerDay }, i) => {
          for (const name of Object.keys(QUANTILES) as (keyof Quantiles)[]) {
            const running = run.epochs[i]!.marginUsdPerDay[name]
            const slack = 1e-9 * basis.avoidableCostUsdPerDay.reduce((sum, cost) => sum + cost, 1)
            expect(marginUsdPerDay[name]).toBeGreaterThanOrEqual(
              running - Math.max(slack, Math.abs(running) * 1e-9),
            )
          }
        })
      }),
      { numRuns: 40 },
    )
  })

  it('ranks lots by break-even: the dearer one is under water at least as often', () => {
    fc.assert(
      fc.property(anyCase, ({ basis, network, estimate, ...choices }) => {
        const simulation = simulate(withCash(basis), network, estimate, {
          ...choices,
          paths: 40,
          model: FITTED_PATHS,
        })
        const breakeven = basis.breakevenHashpriceUsdPerPhDay
        const rows = Array.from({ length: basis.length }, (_, row) => row).sort(
          (a, b) => breakeven[a]! - breakeven[b]!,
        )
        const last = simulation.epochs.length - 1
        rows.slice(1).forEach((row, i) => {
          expect(probabilityUnderWater(simulation, row, last)).toBeGreaterThanOrEqual(
            probabilityUnderWater(simulation, rows[i]!, last),
          )
        })
      }),
      { numRuns: 30 },
    )
  })
})
