import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Outlook } from '#shared/domain/decision/decide.ts'
import {
  decideFleet,
  optionValuesUsd,
  runningMarginsUsdPerDay,
  verdictProbability,
  VERDICTS,
} from '#shared/domain/decision/decide.ts'
import { decisionTotals } from '#shared/domain/decision/decision-totals.ts'
import type { MarginBasis } from '#shared/domain/margins/fleet-margins.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { outlookFrom } from '#shared/domain/chain/outlook.ts'
import { anyMachine, anyOutlook, anySites } from './machines.ts'

const fleets = fc
  .tuple(fc.array(anyMachine, { minLength: 1, maxLength: 20 }), anySites)
  .map(([machines, sites]) => prepareMargins(fleetFrom(sites, machines)))

describe('verdicts', () => {
  it('are worth at least as much as every other option, and gain what they say', () => {
    fc.assert(
      fc.property(fleets, anyOutlook, (basis, outlook) => {
        const decisions = decideFleet(basis, outlook)
        for (let row = 0; row < basis.length; row++) {
          const values = optionValuesUsd(basis, outlook, row)
          const verdict = VERDICTS[decisions.verdict[row]!]!
          for (const option of VERDICTS) expect(values[verdict]).toBeGreaterThanOrEqual(values[option])
          // a tie goes to the option that stands first
          for (const earlier of VERDICTS.slice(0, decisions.verdict[row])) {
            expect(values[verdict]).toBeGreaterThan(values[earlier])
          }
          expect(decisions.gainUsd[row]).toBe(values[verdict] - values.run)
        }
      }),
    )
  })

  it('are to run where a machine earns before and after the adjustment', () => {
    fc.assert(
      fc.property(fleets, anyOutlook, (basis, outlook) => {
        const decisions = decideFleet(basis, outlook)
        decisions.verdict.forEach((verdict, row) => {
          const { now, after } = runningMarginsUsdPerDay(basis, outlook, row)
          if (now > 0 && after > 0) expect(VERDICTS[verdict]).toBe('run')
        })
      }),
    )
  })

  it('do not change with the quantity of a lot; the gain grows with it', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyOutlook,
        fc.constantFrom(2, 4, 64),
        (machine, sites, outlook, q) => {
          const decide = (quantity: number) =>
            decideFleet(prepareMargins(fleetFrom(sites, [{ ...machine, quantity }])), outlook)
          const one = decide(1)
          const lot = decide(q)
          // powers of two scale without rounding
          expect(lot.verdict[0]).toBe(one.verdict[0])
          expect(lot.gainUsd[0]).toBe(q * one.gainUsd[0]!)
        },
      ),
    )
  })

  it('do not change when all money is counted in another unit', () => {
    fc.assert(
      fc.property(
        anyMachine,
        anySites,
        anyOutlook,
        fc.constantFrom(0.25, 8),
        (machine, sites, outlook, k) => {
          const decide = (factor: number) =>
            decideFleet(
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
                      restartUsd: machine.restartUsd * factor,
                    },
                  ],
                ),
              ),
              { ...outlook, hashpriceUsdPerPhDay: outlook.hashpriceUsdPerPhDay * factor },
            )
          expect(decide(k).verdict[0]).toBe(decide(1).verdict[0])
          expect(decide(k).gainUsd[0]).toBe(k * decide(1).gainUsd[0]!)
        },
      ),
    )
  })

  it('add up: the advised value is margins over the days less restarts', () => {
    fc.assert(
      fc.property(fleets, anyOutlook, (basis, outlook) => {
        const decisions = decideFleet(basis, outlook)
        const totals = decisionTotals(basis, decisions, outlook)
        let best = 0
        let scale = 0
        for (let row = 0; row < basis.length; row++) {
          if (basis.counted[row] === 0) continue
          const values = optionValuesUsd(basis, outlook, row)
          best += Math.max(values.run, values.pause, values.off)
          scale += Math.abs(values.run) + Math.abs(values.pause) + Math.abs(values.off)
        }
        expect(Math.abs(totals.valueUsd.advised - best)).toBeLessThanOrEqual(1e-9 * scale)
        expect(totals.gainUsd).toBeGreaterThanOrEqual(0)
        expect(totals.machines.run + totals.machines.pause + totals.machines.off).toBe(
          basis.fleet.machines.quantity.reduce((sum, q, row) => sum + (basis.counted[row] === 1 ? q : 0), 0),
        )
      }),
    )
  })
})

/**
 * The same probability by brute force: the share of evenly spaced quantiles of the change at which the verdict
 * is worth at least as much as every other option.
 */
function probabilityByCounting(
  basis: MarginBasis,
  outlook: Outlook,
  row: number,
  verdict: (typeof VERDICTS)[number],
  quantiles: readonly number[],
): number {
  const best = quantiles.filter((change) => {
    const values = optionValuesUsd(basis, { ...outlook, change }, row)
    return VERDICTS.every((option) => values[verdict] >= values[option])
  })
  return best.length / quantiles.length
}

describe('the probability of a verdict', () => {
  const estimate = estimateAdjustment({ blocks: 600, seconds: 380_000 }, [0.03, -0.05, 0.01])
  const COUNT = 2000
  /** change of which the given share of the distribution lies below */
  const quantile = (share: number) => {
    let low = -0.75
    let high = 3
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2
      if (probabilityChangeBelow(estimate, middle) < share) low = middle
      else high = middle
    }
    return (low + high) / 2
  }
  const quantiles = Array.from({ length: COUNT }, (_, i) => quantile((i + 0.5) / COUNT))

  it('is what counting over the distribution gives', () => {
    // near break-even, where the change decides
    const nearBreakeven = fc.record({
      headroom: fc.double({ min: -0.15, max: 0.15, noNaN: true }),
      horizonDays: fc.double({ min: 1, max: 60, noNaN: true }),
    })
    let undecided = 0
    fc.assert(
      fc.property(anyMachine, anySites, nearBreakeven, (machine, sites, { headroom, horizonDays }) => {
        const basis = prepareMargins(fleetFrom(sites, [machine]))
        const hashprice = basis.breakevenHashpriceUsdPerPhDay[0]! * (1 + headroom)
        const outlook = outlookFrom(hashprice, estimate, { change: null, horizonDays })
        const decisions = decideFleet(basis, outlook)
        const probability = verdictProbability(basis, decisions, outlook, 0)
        const counted = probabilityByCounting(basis, outlook, 0, VERDICTS[decisions.verdict[0]!]!, quantiles)
        if (counted > 0.01 && counted < 0.99) undecided++
        expect(Math.abs(probability - counted)).toBeLessThanOrEqual(1.5 / COUNT)
      }),
      { numRuns: 300 },
    )
    // the property says something only where both outcomes occur
    expect(undecided).toBeGreaterThan(10)
  })
})
