import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOffTable } from '#shared/domain/ladders/cut-offs.ts'
import { upperHull } from '#shared/domain/ladders/hull.ts'
import type { LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault, marginAtPointUsdPerDay, marginWhileOffUsdPerDay } from '#shared/domain/ladders/point.ts'

/** Evenly spread, where fc.double would give mostly numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 100_000 }).map((n) => min + ((max - min) * n) / 100_000)

/** Rising in power and hashrate, as a ladder is, but neither convex nor concave. */
const ladder = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 900 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((rises) => {
    let hashrateThs = 30
    let powerW = 900
    return rises.map(([ths, watts], i): LadderPoint => {
      hashrateThs += ths
      powerW += watts
      return { name: `step ${i}`, hashrateThs, powerW }
    })
  })
const terms = fc.record({
  uptime: between(0.1, 1),
  poolFee: between(0, 0.05),
  hostShare: between(0, 0.3),
  overhead: between(0, 0.5),
  powerPriceUsdPerKwh: between(-0.05, 0.2),
  otherUsdPerKwh: between(0, 0.02),
  standbyW: fc.integer({ min: 0, max: 60 }),
})

describe('cut-offs, for any ladder', () => {
  it('fall from step to step of the hull, and name the best point at any price', () => {
    fc.assert(
      fc.property(ladder, terms, between(5, 200), (points, of, hashprice) => {
        expect(ladderFault(points)).toBeNull()
        const steps = cutOffTable(points, of, hashprice).filter(({ onHull }) => onHull)
        const cutOffs = steps.map(({ cutOffUsdPerKwh }) => cutOffUsdPerKwh)
        expect(cutOffs).toStrictEqual([...cutOffs].sort((a, b) => b - a))
        const taken = steps.filter(({ cutOffUsdPerKwh }) => cutOffUsdPerKwh >= of.powerPriceUsdPerKwh).at(-1)
        const here =
          taken === undefined
            ? marginWhileOffUsdPerDay(of)
            : marginAtPointUsdPerDay(taken.profile, of, hashprice)
        for (const point of points)
          expect(marginAtPointUsdPerDay(point, of, hashprice)).toBeLessThanOrEqual(here + 1e-9)
        expect(marginWhileOffUsdPerDay(of)).toBeLessThanOrEqual(here + 1e-9)
      }),
      { numRuns: 300 },
    )
  })

  it('no point lies above the hull', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -9, max: 9 })), {
          minLength: 1,
        }),
        (points) => {
          const x = points.map(([each]) => each)
          const y = points.map(([, each]) => each)
          const hull = upperHull(x, y)
          for (let i = 1; i < hull.length; i++) {
            const [a, b] = [hull[i - 1]!, hull[i]!]
            const slope = (y[b]! - y[a]!) / (x[b]! - x[a]!)
            points.forEach(([px, py]) => {
              if (px >= x[a]! && px <= x[b]!)
                expect(py).toBeLessThanOrEqual(y[a]! + slope * (px - x[a]!) + 1e-9)
            })
          }
          expect(x[hull[0]!]).toBe(Math.min(...x))
          expect(x[hull.at(-1)!]).toBe(Math.max(...x))
        },
      ),
    )
  })
})
