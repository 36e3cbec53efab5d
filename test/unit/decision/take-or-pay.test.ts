import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseUnderTakeOrPay,
  committedUnder,
  problemOf,
  siteValueUsd,
} from '#shared/domain/decision/take-or-pay.ts'
import type { Counts, Lot } from '#shared/domain/decision/take-or-pay.ts'

/** A lot that earns `earns` USD a kWh before energy, where power costs `price` and committed power nothing. */
const lot = (
  machines: number,
  kwhOn: number,
  earns: number,
  price: number,
  change: Partial<Lot> = {},
): Lot => {
  const period = {
    marketUsdPerDay: kwhOn * (earns - price),
    gainOn: price,
    gainOff: price,
    standbyUsdPerDay: 0,
  }
  return {
    machines,
    kwhOn,
    kwhOff: 0,
    restartUsd: 0,
    isProtected: false,
    periods: [period, period],
    ...change,
  }
}

function* choices(lots: readonly Lot[], j = 0): Generator<Counts[], void> {
  if (j === lots.length) {
    yield []
    return
  }
  const { machines, isProtected } = lots[j]!
  for (const rest of choices(lots, j + 1))
    for (let run = isProtected ? machines : 0; run <= machines; run++)
      for (let pause = 0; pause <= machines - run; pause++)
        yield [{ run, pause, off: machines - run - pause }, ...rest]
}

describe('the choice of a site under take-or-pay', () => {
  it('gives the committed energy to those who earn most per kWh, and stops where it ends', () => {
    // 250 kWh for three lots of 100 each, none of which could buy at 0.08.
    const lots = [lot(1, 100, 0.05, 0.08), lot(1, 100, 0.07, 0.08), lot(1, 100, 0.06, 0.08)]
    const problem = problemOf(lots, 250, [5, 10])
    const choice = chooseUnderTakeOrPay(problem)
    // The third would run half on committed, half on bought power: 50 · 0.05 + 50 · (0.05 − 0.08) = 1 USD a day.
    expect(choice.counts.map(({ run }) => run)).toEqual([1, 1, 1])
    expect(choice.valueUsd).toBeCloseTo(15 * (7 + 6 + 1), 9)
    expect(committedUnder(problem, choice.counts, 0).shareOn(0)).toBeCloseTo(0.5, 12)
    expect(committedUnder(problem, choice.counts, 0).shareOn(1)).toBe(1)
    const less = chooseUnderTakeOrPay(problemOf(lots, 215, [5, 10]))
    expect(less.counts.map(({ run }) => run)).toEqual([0, 1, 1])
  })

  it('looks further than earnings per kWh where whole machines do not fit', () => {
    // By earnings per kWh the first would run, and leave 40 kWh unused; the other two fit exactly and earn more.
    const lots = [lot(1, 60, 0.05, 0.3), lot(1, 50, 0.049, 0.3), lot(1, 50, 0.048, 0.3)]
    const choice = chooseUnderTakeOrPay(problemOf(lots, 100, [1, 0]))
    expect(choice.counts.map(({ run, pause }) => run + pause * 0)).toEqual([0, 1, 1])
    expect(choice.valueUsd).toBeCloseTo(50 * 0.097, 12)
    expect(choice.upperBoundUsd).toBeGreaterThanOrEqual(choice.valueUsd)
    expect(choice.isProven).toBe(true)
  })

  it('leaves a protected machine on, even where it takes energy that another would make more of', () => {
    const lots = [lot(1, 100, 0.001, 0.08, { isProtected: true }), lot(1, 100, 0.07, 0.08)]
    const choice = chooseUnderTakeOrPay(problemOf(lots, 100, [1, 1]))
    expect(choice.counts[0]).toEqual({ run: 1, pause: 0, off: 0 })
    // With both on, 100 kWh would have to be bought: 0.1 + 7 − 8 USD a day.
    expect(choice.counts[1]!.off).toBe(1)
    expect(choice.valueUsd).toBeCloseTo(2 * 0.1, 12)
  })

  it('beats every other choice, where every lot is in doubt', () => {
    const cents = fc.double({ min: 0, max: 0.08, noNaN: true })
    const arbitrary = fc.record({
      machines: fc.integer({ min: 1, max: 3 }),
      kwhOn: fc.double({ min: 20, max: 120, noNaN: true }),
      kwhOff: fc.constantFrom(0, 1, 3),
      restartUsd: fc.constantFrom(0, 1, 4),
      isProtected: fc.constantFrom(false, false, false, true),
      now: cents,
      after: cents,
    })
    const price = 0.08
    fc.assert(
      fc.property(
        fc.array(arbitrary, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 })),
        (each, committed, days) => {
          const lots = each.map(({ now, after, ...one }): Lot => {
            const period = (earns: number) => ({
              marketUsdPerDay: one.kwhOn * (earns - price),
              gainOn: price,
              gainOff: price,
              standbyUsdPerDay: -one.kwhOff * price,
            })
            return { ...one, periods: [period(now), period(after)] }
          })
          const problem = problemOf(lots, committed, days)
          const choice = chooseUnderTakeOrPay(problem)
          let best = -Infinity
          for (const counts of choices(lots)) best = Math.max(best, siteValueUsd(problem, counts))
          expect(choice.valueUsd).toBeGreaterThanOrEqual(best - 1e-9)
          expect(siteValueUsd(problem, choice.counts)).toBeCloseTo(choice.valueUsd, 9)
          expect(choice.upperBoundUsd).toBeGreaterThanOrEqual(best - 1e-9)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('says how far a large site can be from the best, and is no further than a machine', () => {
    const lots = Array.from({ length: 40 }, (_, j) =>
      lot(500, 70 + ((j * 37) % 41), 0.03 + ((j * 17) % 29) / 1000, 0.08, { restartUsd: j % 3 }),
    )
    const choice = chooseUnderTakeOrPay(problemOf(lots, 900_000, [6, 14]))
    const machine = Math.max(...lots.map(({ kwhOn }) => kwhOn * 0.08 * 20))
    expect(choice.upperBoundUsd - choice.valueUsd).toBeGreaterThanOrEqual(0)
    expect(choice.upperBoundUsd - choice.valueUsd).toBeLessThan(machine)
  })
})

describe('committed energy handed out', () => {
  it('knows what another demand of one lot would change', () => {
    const lots = [lot(2, 50, 0.05, 0.08), lot(3, 40, 0.07, 0.09), lot(1, 30, 0.06, 0.07, { kwhOff: 2 })]
    const problem = problemOf(lots, 150, [1, 1])
    const counts = (third: number): Counts[] => [
      { run: 1, pause: 0, off: 1 },
      { run: third, pause: 0, off: 3 - third },
      { run: 0, pause: 0, off: 1 },
    ]
    const energy = committedUnder(problem, counts(1), 0)
    for (const n of [0, 1, 2, 3])
      expect(energy.savedWith(1, n * 40, 0)).toBeCloseTo(
        committedUnder(problem, counts(n), 0).savedUsdPerDay,
        12,
      )
    expect(energy.savedWith(2, 30, 0)).toBeCloseTo(
      committedUnder(
        problem,
        counts(1).map((each, j) => (j === 2 ? { run: 1, pause: 0, off: 0 } : each)),
        0,
      ).savedUsdPerDay,
      12,
    )
  })
})
