import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'

const blocks = fc.integer({ min: 0, max: 2014 })
/** mean time per block, s: from absurdly fast to absurdly slow, most of it near 600 */
const spacing = fc.oneof(
  fc.double({ min: 400, max: 900, noNaN: true }),
  fc.double({ min: 0, max: 50_000, noNaN: true }),
)
const adjustment = fc.oneof(
  fc.double({ min: -0.3, max: 0.3, noNaN: true }),
  fc.double({ min: -0.75, max: 3, noNaN: true }),
)
const previous = fc.array(adjustment, { maxLength: 14 })
const state = fc.record({ blocks, spacing, waited: fc.double({ min: 0, max: 10_000, noNaN: true }) })
const epochOf = (s: { blocks: number; spacing: number; waited: number }) => ({
  blocks: s.blocks,
  seconds: s.blocks * s.spacing + s.waited,
})

describe('the adjustment estimate, for any epoch', () => {
  it('is finite, inside consensus, and its intervals hold each other', () => {
    fc.assert(
      fc.property(state, previous, (s, adjustments) => {
        const estimate = estimateAdjustment(epochOf(s), adjustments)
        const { change, change80, change95, secondsLeft, secondsLeft80, logSpread } = estimate
        const bounds = [-0.75, change95[0], change80[0], change80[1], change95[1], 3]
        expect(bounds).toStrictEqual([...bounds].sort((a, b) => a - b))
        expect(change).toBeGreaterThanOrEqual(-0.75)
        expect(change).toBeLessThanOrEqual(3)
        expect(secondsLeft80[0]).toBeGreaterThan(0)
        expect(secondsLeft80[0]).toBeLessThan(secondsLeft80[1])
        expect([secondsLeft, logSpread].every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
        const total = estimate.pace.reduce((sum, { weight }) => sum + weight, 0)
        expect(total).toBeCloseTo(1, 12)
      }),
      { numRuns: 150 },
    )
  })

  it('has its mean between the ends of the 80 % interval at any pace that a network has', () => {
    const pace = fc.double({ min: 450, max: 800, noNaN: true })
    const small = fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { maxLength: 12 })
    fc.assert(
      fc.property(blocks, pace, small, (k, secondsPerBlock, adjustments) => {
        const { change, change80 } = estimateAdjustment(
          { blocks: k, seconds: k * secondsPerBlock },
          adjustments,
        )
        expect(change).toBeGreaterThan(change80[0])
        expect(change).toBeLessThan(change80[1])
      }),
      { numRuns: 150 },
    )
  })

  it('falls with every second that the same blocks took longer', () => {
    fc.assert(
      fc.property(
        state,
        previous,
        fc.double({ min: 1, max: 40_000, noNaN: true }),
        (s, adjustments, longer) => {
          const epoch = epochOf(s)
          const soon = estimateAdjustment(epoch, adjustments)
          const late = estimateAdjustment({ ...epoch, seconds: epoch.seconds + longer }, adjustments)
          expect(late.change).toBeLessThanOrEqual(soon.change + 1e-9)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('moves little from one block to the next that comes at the expected pace', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2013 }),
        fc.double({ min: 500, max: 750, noNaN: true }),
        fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { maxLength: 12 }),
        (k, pace, adjustments) => {
          const one = estimateAdjustment({ blocks: k, seconds: k * pace }, adjustments)
          const expected = one.secondsLeft / one.remainingBlocks
          const next = estimateAdjustment({ blocks: k + 1, seconds: k * pace + expected }, adjustments)
          // the first block after the wildest dozen of adjustments moves it by 0.0041, of 60 000 tried
          expect(Math.abs(next.change - one.change)).toBeLessThan(0.005)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('has a probability that only rises with the change, from 0 to 1', () => {
    fc.assert(
      fc.property(
        state,
        previous,
        fc.array(fc.double({ min: -0.8, max: 3.1, noNaN: true }), { minLength: 2 }),
        (s, adjustments, changes) => {
          const estimate = estimateAdjustment(epochOf(s), adjustments)
          const probabilities = changes
            .sort((a, b) => a - b)
            .map((change) => probabilityChangeBelow(estimate, change))
          probabilities.forEach((p, i) => {
            expect(p).toBeGreaterThanOrEqual(i === 0 ? 0 : probabilities[i - 1]! - 1e-12)
            expect(p).toBeLessThanOrEqual(1)
          })
        },
      ),
      { numRuns: 150 },
    )
  })
})
