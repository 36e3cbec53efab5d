import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutOffTable } from '#shared/domain/ladders/cut-offs.ts'
import type { SwitchState } from '#shared/domain/ladders/hysteresis.ts'
import { afterReading } from '#shared/domain/ladders/hysteresis.ts'
import { upperHull } from '#shared/domain/ladders/hull.ts'
import type { LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault, marginAtPointUsdPerDay, marginWhileOffUsdPerDay } from '#shared/domain/ladders/point.ts'
import type { SiteLimits, SiteLot } from '#shared/domain/decision/site-optimum.ts'
import { siteOptimum, SiteLimitError } from '#shared/domain/decision/site-optimum.ts'

/** Evenly spread, where fc.double would give mostly numbers next to 0. */
const between = (min: number, max: number) =>
  fc.integer({ min: 0, max: 100_000 }).map((n) => min + ((max - min) * n) / 100_000)

/** Few different powers and margins on purpose: ties and points on one line are where searches go wrong. */
const choice = fc.record({
  drawW: fc.oneof(
    fc.integer({ min: 0, max: 12 }).map((n) => n * 100),
    fc.integer({ min: 0, max: 1_200_000 }).map((milliwatts) => milliwatts / 1000),
  ),
  marginUsdPerDay: fc.oneof(fc.integer({ min: -4, max: 8 }), between(-2, 6)),
})
const lot = fc.record({
  quantity: fc.integer({ min: 1, max: 3 }),
  choices: fc.array(choice, { minLength: 1, maxLength: 4 }),
})
const lots = fc.array(lot, { minLength: 1, maxLength: 3 })

const extreme = (of: readonly SiteLot[], pick: (...draws: number[]) => number) =>
  of.reduce((sum, { quantity, choices }) => sum + quantity * pick(...choices.map(({ drawW }) => drawW)), 0)

/** A cap and a floor somewhere in what the machines can draw, and a little beyond. */
function limitsWithin(of: readonly SiteLot[], capShare: number, floorShare: number): SiteLimits {
  const least = extreme(of, Math.min)
  const most = extreme(of, Math.max)
  const capW = Math.round(least + (most - least) * capShare)
  return { capW, floorW: Math.round(capW * floorShare) }
}

/** The best of all assignments of whole machines; null where none keeps the limits. */
function bruteForce(of: readonly SiteLot[], { capW, floorW }: SiteLimits): number | null {
  let best: number | null = null
  const machines = of.flatMap(({ quantity, choices }) => Array.from({ length: quantity }, () => choices))
  const tryAll = (at: number, draw: number, margin: number): void => {
    const choices = machines[at]
    if (choices === undefined) {
      // draws are exact to a microwatt
      if (draw <= capW + 1e-5 && draw >= floorW - 1e-5 && (best === null || margin > best)) best = margin
      return
    }
    for (const each of choices) tryAll(at + 1, draw + each.drawW, margin + each.marginUsdPerDay)
  }
  tryAll(0, 0, 0)
  return best
}

function optimumOrNone(of: readonly SiteLot[], limits: SiteLimits, effort?: number) {
  try {
    return siteOptimum(of, limits, effort)
  } catch (error) {
    if (error instanceof SiteLimitError) return null
    throw error
  }
}

const share = between(0, 1.1)
const floorShare = fc.oneof(fc.constant(0), between(0, 1))

describe('the site optimum, for any lots and limits', () => {
  it('is the best of all assignments of whole machines', () => {
    fc.assert(
      fc.property(lots, share, floorShare, (of, capShare, floor) => {
        const limits = limitsWithin(of, capShare, floor)
        const optimum = optimumOrNone(of, limits)
        const best = bruteForce(of, limits)
        if (best === null) expect(optimum).toBeNull()
        else {
          expect(optimum?.marginUsdPerDay).toBeCloseTo(best, 9)
          expect(optimum?.exact).toBe(true)
        }
      }),
      { numRuns: 1500 },
    )
  })

  it('is the best of all assignments where every point earns about as much per watt', () => {
    // near-ties in many lots: what is left of the limit, and not the order per watt, decides
    const alike = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 2 }),
        choices: fc
          .array(fc.tuple(fc.integer({ min: 100, max: 2000 }), fc.integer({ min: -50, max: 50 })), {
            minLength: 1,
            maxLength: 2,
          })
          .map((points) => [
            { drawW: 0, marginUsdPerDay: 0 },
            ...points.map(([watts, off]) => ({ drawW: watts, marginUsdPerDay: (watts + off) / 1000 })),
          ]),
      }),
      { minLength: 4, maxLength: 6 },
    )
    const narrow = fc.constantFrom(0, 0.97, 0.99, 0.999, 1)
    fc.assert(
      fc.property(alike, fc.boolean(), share, narrow, (of, loses, capShare, floor) => {
        const sign = loses ? -1 : 1
        const signed = of.map(({ quantity, choices }) => ({
          quantity,
          choices: choices.map(({ drawW, marginUsdPerDay }) => ({
            drawW,
            marginUsdPerDay: sign * marginUsdPerDay,
          })),
        }))
        const limits = limitsWithin(signed, capShare, floor)
        const best = bruteForce(signed, limits)
        const optimum = optimumOrNone(signed, limits)
        if (best === null) expect(optimum).toBeNull()
        else expect(optimum?.marginUsdPerDay).toBeCloseTo(best, 9)
      }),
      { numRuns: 300 },
    )
  })

  it('keeps the limits, uses every machine once, and never beats its bounds', () => {
    fc.assert(
      fc.property(lots, share, floorShare, fc.constantFrom(undefined, 3), (of, capShare, floor, effort) => {
        const limits = limitsWithin(of, capShare, floor)
        const optimum = optimumOrNone(of, limits, effort)
        if (optimum === null) return
        optimum.counts.forEach((counts, i) => {
          expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true)
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(of[i]!.quantity)
        })
        expect(optimum.powerW).toBeLessThanOrEqual(limits.capW + 1e-5)
        expect(optimum.powerW).toBeGreaterThanOrEqual(limits.floorW - 1e-5)
        expect(optimum.marginUsdPerDay).toBeLessThanOrEqual(optimum.upperBoundUsdPerDay)
        expect(optimum.upperBoundUsdPerDay).toBeLessThanOrEqual(optimum.relaxedMarginUsdPerDay + 1e-9)
        // the bound holds whether or not the search came to its end
        expect(bruteForce(of, limits)).toBeLessThanOrEqual(optimum.upperBoundUsdPerDay + 1e-9)
        expect(optimum.limitValueUsdPerKwDay).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 600 },
    )
  })

  it('never loses to moving one machine of a large lot to another point', () => {
    const large = fc.array(
      fc.record({
        quantity: fc.integer({ min: 1, max: 3000 }),
        choices: fc.array(choice, { minLength: 2, maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(large, share, (of, capShare) => {
        const limits = limitsWithin(of, capShare, 0)
        const optimum = optimumOrNone(of, limits)
        if (optimum?.exact !== true) return
        of.forEach(({ choices }, i) => {
          choices.forEach((from, a) => {
            if (optimum.counts[i]![a] === 0) return
            for (const to of choices) {
              if (optimum.powerW - from.drawW + to.drawW > limits.capW) continue
              expect(to.marginUsdPerDay).toBeLessThanOrEqual(from.marginUsdPerDay + 1e-9)
            }
          })
        })
      }),
      { numRuns: 100 },
    )
  })

  it('without a cap in reach puts every machine at the best of its choices', () => {
    fc.assert(
      fc.property(lots, (of) => {
        const optimum = siteOptimum(of, { capW: extreme(of, Math.max), floorW: 0 })
        const best = of.reduce(
          (sum, { quantity, choices }) =>
            sum + quantity * Math.max(...choices.map(({ marginUsdPerDay }) => marginUsdPerDay)),
          0,
        )
        expect(optimum.marginUsdPerDay).toBeCloseTo(best, 9)
      }),
      { numRuns: 200 },
    )
  })

  it('splitting a lot in two changes nothing', () => {
    fc.assert(
      fc.property(lots, share, (of, capShare) => {
        const { capW } = limitsWithin(of, capShare, 0)
        const limits = { capW: Math.max(capW, extreme(of, Math.min)), floorW: 0 }
        const split = of.flatMap(({ quantity, choices }) =>
          Array.from({ length: quantity }, () => ({ quantity: 1, choices })),
        )
        const whole = siteOptimum(of, limits)
        expect(siteOptimum(split, limits).marginUsdPerDay).toBeCloseTo(whole.marginUsdPerDay, 9)
      }),
      { numRuns: 200 },
    )
  })
})

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

describe('switching, for any readings', () => {
  const rule = fc
    .record({
      offBelow: between(20, 40),
      band: between(0, 10),
      rest: fc.integer({ min: 1, max: 48 }),
    })
    .map(({ offBelow, band, rest }) => ({
      offBelow,
      onAbove: offBelow + band,
      minOffHours: rest,
      minOnHours: rest,
    }))
  const start: fc.Arbitrary<SwitchState> = fc.record({
    running: fc.boolean(),
    hoursInState: between(0, 100),
  })

  it('never changes within the band', () => {
    fc.assert(
      fc.property(rule, start, fc.array(between(0, 1)), (of, from, noise) => {
        let state = from
        for (const each of noise) {
          state = afterReading(state, 1, of.offBelow + (of.onAbove - of.offBelow) * each, of)
          expect(state.running).toBe(from.running)
        }
      }),
    )
  })

  it('never changes twice within the least time, whatever the readings are', () => {
    const reading = between(0, 80)
    const minutes = fc.integer({ min: 1, max: 600 })
    fc.assert(
      fc.property(
        rule,
        start,
        fc.array(fc.tuple(minutes, reading), { maxLength: 80 }),
        (of, from, readings) => {
          let state = from
          let hours = 0
          let changedAt = -Infinity
          for (const [later, value] of readings) {
            const before = state.running
            state = afterReading(state, later / 60, value, of)
            hours += later / 60
            if (state.running === before) continue
            expect(hours - changedAt).toBeGreaterThanOrEqual(of.minOffHours - 1e-9)
            changedAt = hours
          }
        },
      ),
    )
  })
})
