import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CashCurve, DayPart } from '#shared/domain/decision/cash-curve.ts'
import {
  acceptedPhsAt,
  cashAt,
  cashCurveOfLots,
  cashCurveOfSite,
  sumOfCurves,
} from '#shared/domain/decision/cash-curve.ts'
import { demandCurve, stepsOfLots } from '#shared/domain/decision/clearing/demand-curve.ts'
import type { Lots } from '#shared/domain/decision/sites/lots.ts'
import { crossing } from '#shared/domain/decision/clearing/site-cells.ts'
import type { SiteSupply, SupplySteps } from '#shared/domain/power/supply.ts'

const MS_PER_HOUR = 3_600_000
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 100)

const anyLots: fc.Arbitrary<Lots> = fc
  .array(
    fc.record({
      machines: fc.integer({ min: 1, max: 20 }),
      policy: fc.constantFrom(0, 0, 0, 1),
      other: fc.constantFrom(0, 0.01),
      standbyKw: fc.constantFrom(0, 0.1, 2),
      points: fc.array(fc.record({ kw: hundredths(100, 500), phs: hundredths(0, 40) }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((given) => {
    const points = given.flatMap((lot) => lot.points)
    return {
      length: given.length,
      machines: Float64Array.from(given, ({ machines }) => machines),
      isOn: new Uint8Array(given.length),
      policy: Uint8Array.from(given, ({ policy }) => policy),
      restartUsd: new Float64Array(given.length),
      otherUsdPerKwh: Float64Array.from(given, ({ other }) => other),
      standbyKw: Float64Array.from(given, ({ standbyKw }) => standbyKw),
      pointsFrom: Uint32Array.from([
        0,
        ...given.map((_, l) => given.slice(0, l + 1).flatMap((lot) => lot.points).length),
      ]),
      pointKw: Float64Array.from(points, ({ kw }) => kw),
      pointPhs: Float64Array.from(points, ({ phs }) => phs),
    }
  })

const anyParts: fc.Arbitrary<readonly DayPart[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), hundredths(-2, 15)), { minLength: 1, maxLength: 3 })
  .map((parts) => {
    const all = parts.reduce((sum, [weight]) => sum + weight, 0)
    return parts.map(([weight, usd]) => ({
      share: weight / all,
      usdPerKwh: usd,
      protectedUsdPerKwh: usd / 2,
    }))
  })

const anySteps: fc.Arbitrary<SupplySteps> = fc
  .tuple(
    fc.array(hundredths(0, 12), { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 5, max: 80 }),
    fc.boolean(),
  )
  .map(([prices, kw, isCapped]) => {
    const usdPerKwh = [...prices].sort((a, b) => a - b)
    // a cap that every standby and every protected machine fits into
    return {
      usdPerKwh,
      kw: usdPerKwh.map((_, k) => (k < usdPerKwh.length - 1 ? kw : isCapped ? 600 : Infinity)),
    }
  })

const supplyOf = (groups: readonly { readonly hours: number; readonly steps: SupplySteps }[]): SiteSupply => {
  const atMs = [0]
  for (const { hours } of groups) atMs.push(atMs.at(-1)! + hours * MS_PER_HOUR)
  return {
    pricesFrom: 'tariff',
    intervals: {
      length: groups.length,
      atMs: Float64Array.from(atMs),
      group: Uint16Array.from(groups, (_, g) => g),
      localDay: new Uint16Array(groups.length),
    },
    groups: groups.map(({ hours, steps }) => ({
      stage: 0,
      hours,
      alternatives: [steps],
      floorKw: 0,
      shedAdderUsdPerKwh: 0,
      creditUsdPerKwh: 0,
      energyUsdPerKwh: steps.usdPerKwh.at(-1)!,
      handBackUsdPerKwh: 0,
      coincidentPeakUsdPerKwh: 0,
      isEvent: false,
    })),
    peakCharge: null,
    committedPerDay: null,
    isCoupled: true,
    notes: [],
  }
}

/** Slopes rise, bends rise, and pieces meet. */
function isConvex({ bendUsdPerPhDay: bends, acceptedPhs, costUsdPerDay }: CashCurve): void {
  bends.forEach((at, i) => {
    expect(acceptedPhs[i + 1]).toBeGreaterThanOrEqual(acceptedPhs[i]! - 1e-12)
    if (i > 0) expect(at).toBeGreaterThanOrEqual(bends[i - 1]! - 1e-9 * Math.max(1, Math.abs(at)))
    const before = acceptedPhs[i]! * at - costUsdPerDay[i]!
    const after = acceptedPhs[i + 1]! * at - costUsdPerDay[i + 1]!
    expect(Math.abs(after - before)).toBeLessThanOrEqual(
      1e-8 * Math.max(1, Math.abs(before), costUsdPerDay[i + 1]!),
    )
  })
}

/** The best of each lot by itself, USD per day. */
function bestOfEach(lots: Lots, parts: readonly DayPart[], hashprice: number): number {
  let usd = 0
  for (let lot = 0; lot < lots.length; lot++) {
    const isProtected = lots.policy[lot] === 1
    const from = lots.pointsFrom[lot]!
    for (const part of parts) {
      // Standby is never shed: it pays the price without what comes on top for what may be.
      const shed = isProtected ? 0 : part.usdPerKwh - part.protectedUsdPerKwh
      const price = part.protectedUsdPerKwh + lots.otherUsdPerKwh[lot]!
      const standbyKw = lots.standbyKw[lot]!
      const cost = (kw: number) => 24 * (price * kw + shed * (kw - standbyKw))
      const choices = isProtected ? [] : [-cost(standbyKw)]
      for (let p = from; p < lots.pointsFrom[lot + 1]!; p++)
        if (!isProtected || p === from || lots.pointKw[p]! >= lots.pointKw[from]!)
          choices.push(hashprice * lots.pointPhs[p]! - cost(lots.pointKw[p]!))
      usd += part.share * lots.machines[lot]! * Math.max(...choices)
    }
  }
  return usd
}

describe('cash as a function of hashprice', () => {
  it('is the best of every machine by itself where prices are given, and convex', () => {
    fc.assert(
      fc.property(
        anyLots,
        anyParts,
        fc.array(hundredths(0, 12_000), { minLength: 3, maxLength: 3 }),
        (lots, parts, prices) => {
          const curve = cashCurveOfLots(lots, parts)
          isConvex(curve)
          for (const hashprice of prices) {
            const best = bestOfEach(lots, parts, hashprice)
            expect(Math.abs(cashAt(curve, hashprice) - best)).toBeLessThanOrEqual(
              1e-9 * Math.max(1, Math.abs(best)),
            )
            const slope = (cashAt(curve, hashprice + 1e-6) - cashAt(curve, hashprice)) / 1e-6
            expect(slope).toBeGreaterThanOrEqual(acceptedPhsAt(curve, hashprice) - 1e-3)
          }
          expect(cashAt(curve, NaN)).toBeNaN()
        },
      ),
    )
  })

  it('is what clearing finds on a coupled site, and convex', () => {
    const groups = fc.array(fc.record({ hours: fc.constantFrom(4, 8, 12), steps: anySteps }), {
      minLength: 1,
      maxLength: 2,
    })
    fc.assert(
      fc.property(
        anyLots,
        groups,
        fc.array(hundredths(100, 12_000), { minLength: 3, maxLength: 3 }),
        (lots, given, prices) => {
          const curve = cashCurveOfSite(lots, supplyOf(given), 0, { from: 1, to: 120 }, 1e-6)
          isConvex(curve)
          expect(curve.missUsdPerDay).toBeLessThanOrEqual(1e-6)
          const hours = given.reduce((sum, each) => sum + each.hours, 0)
          const steps = stepsOfLots(lots)
          for (const hashprice of prices) {
            const demand = demandCurve(lots, steps, hashprice, 0)
            const best = given.reduce(
              (usd, each) => usd + (each.hours / hours) * 24 * crossing(demand, each.steps, 0).usdPerHour,
              0,
            )
            expect(Math.abs(cashAt(curve, hashprice) - best)).toBeLessThanOrEqual(
              1e-5 * Math.max(1, Math.abs(best)),
            )
          }
        },
      ),
    )
  })

  it('is the same on both ways where a site has one flat step', () => {
    fc.assert(
      fc.property(anyLots, hundredths(0, 15), hundredths(100, 12_000), (lots, usdPerKwh, hashprice) => {
        const given = cashCurveOfLots(lots, [{ share: 1, usdPerKwh, protectedUsdPerKwh: usdPerKwh }])
        const supply = supplyOf([{ hours: 24, steps: { kw: [Infinity], usdPerKwh: [usdPerKwh] } }])
        const cleared = cashCurveOfSite(lots, supply, 0, { from: 1, to: 120 }, 1e-6)
        const cash = cashAt(given, hashprice)
        expect(Math.abs(cashAt(cleared, hashprice) - cash)).toBeLessThanOrEqual(
          1e-5 * Math.max(1, Math.abs(cash)),
        )
      }),
    )
  })

  it('adds up over sites', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyLots, anyParts), { minLength: 1, maxLength: 3 }),
        hundredths(0, 12_000),
        (sites, hashprice) => {
          const curves = sites.map(([lots, parts]) => cashCurveOfLots(lots, parts))
          const sum = sumOfCurves(curves)
          isConvex(sum)
          const cash = curves.reduce((usd, curve) => usd + cashAt(curve, hashprice), 0)
          expect(Math.abs(cashAt(sum, hashprice) - cash)).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(cash)),
          )
        },
      ),
    )
  })
})
