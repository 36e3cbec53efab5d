import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AS_IT_IS, bestUnderLimits, LimitError } from '#shared/domain/decision/clearing/best-under-limits.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { PROTECTED } from '#shared/domain/power/machine-policy.ts'
import { machine, site } from '../machines.ts'
import { aDay } from './one-day.ts'

const LADDER: Ladder = {
  model: 'S19',
  firmware: '',
  source: '',
  points: [
    { name: 'eco', hashrateThs: 80, powerW: 2000 },
    { name: 'normal', hashrateThs: 100, powerW: 3000 },
  ],
}
const laddersOf = (...rows: readonly number[]): CaseInputs => ({
  ...PLAIN_CASE,
  ladders: { ...PLAIN_CASE.ladders, ofLots: rows.map((machineKey) => ({ machineKey, ladder: LADDER })) },
})
const upTo = (capKw: number, floorKw: number | null = null) => ({ capKw, floorKw })

describe('the best operating points under a limit', () => {
  it('never switch a machine off that must run, nor turn it down', () => {
    const fleet = fleetFrom([site()], [machine({ quantity: 2 }), machine({ id: 'b', quantity: 2 })])
    const inputs = {
      ...laddersOf(0, 1),
      policies: { machineKey: Float64Array.of(1), policy: Uint8Array.of(PROTECTED) },
    }
    // at 20 USD/PH/s/day every point loses
    const best = bestUnderLimits(fleet, inputs, aDay(20), null, upTo(7))
    expect(best.lots.map(({ off }) => off)).toEqual([2, 0])
    expect(best.lots[1]!.points).toMatchObject([{ name: 'normal', count: 2, shareOfHours: 1 }])
    expect(() => bestUnderLimits(fleet, inputs, aDay(20), null, upTo(5))).toThrow(LimitError)
  })

  it('give every row its machines, whichever rows are alike', () => {
    const fleet = fleetFrom(
      [site()],
      [
        machine({ id: 'a', quantity: 3 }),
        machine({ id: 'b', model: 'other', quantity: 2, hashrateThs: 50, powerW: 2500 }),
        machine({ id: 'c', quantity: 4 }),
        machine({ id: 'd', status: 'off', quantity: 9 }),
        machine({ id: 'e', powerW: NaN, model: 'other' }),
      ],
    )
    const best = bestUnderLimits(fleet, laddersOf(0, 2), aDay(60), null, upTo(17))
    expect(best.leftOut).toBe(1)
    expect(best.lots.map(({ row }) => row)).toEqual([0, 1, 2])
    const machines = best.lots.map(({ points, off }) => points.reduce((sum, { count }) => sum + count, off))
    expect(machines).toEqual([3, 2, 4])
    // by hand: eco earns 4.80 − 2.88 with 2 kW, normal 6.00 − 4.32 with 3 kW, the other 3.00 − 3.60
    expect(best.marginUsdPerDay).toBeCloseTo(7 * (4.8 - 2.88), 12)
    expect(best.powerKw).toBe(14)
    expect(best.lots[0]!.points).toMatchObject([{ name: 'eco', count: 3 }])
    expect(best.lots[1]).toMatchObject({ points: [], off: 2, marginUsdPerDay: 0 })
    const sum = best.lots.reduce((total, { marginUsdPerDay }) => total + marginUsdPerDay, 0)
    expect(sum).toBeCloseTo(best.marginUsdPerDay, 12)
  })

  it('count cooling against the cap and leave machines of other sites alone', () => {
    const fleet = fleetFrom(
      [site({ overhead: 0.25 }), site({ name: 'South' })],
      [machine({ quantity: 4 }), machine({ id: 's', site: 'South', quantity: 7 })],
    )
    const best = bestUnderLimits(fleet, PLAIN_CASE, aDay(80), 0, upTo(12))
    expect(best.lots).toHaveLength(1)
    expect(best.lots[0]).toMatchObject({ points: [{ name: AS_IT_IS, count: 3 }], off: 1 })
    expect(best.powerKw).toBeCloseTo(3 * 3.75, 9)
  })

  it('take a sum that is the cap itself as within the cap, and count standby', () => {
    const fleet = fleetFrom([site()], [machine({ quantity: 4, powerW: 1100, standbyW: 0 })])
    expect(bestUnderLimits(fleet, PLAIN_CASE, aDay(80), null, upTo(3.3)).powerKw).toBeCloseTo(3.3, 12)
    const idle = fleetFrom([site()], [machine({ quantity: 4, powerW: 1100, standbyW: 100 })])
    // three at 1.1 kW leave 0 of 3.3 kW for the standby of the fourth
    expect(bestUnderLimits(idle, PLAIN_CASE, aDay(80), null, upTo(3.3)).lots[0]).toMatchObject({
      points: [{ count: 2 }],
      off: 2,
    })
  })

  it('are the best of all choices of whole machines, within the limits, for machines of several prices', () => {
    const anyLot = fc.record({
      quantity: fc.integer({ min: 1, max: 3 }),
      ths: fc.integer({ min: 40, max: 200 }),
      watts: fc.integer({ min: 10, max: 40 }).map((n) => n * 100),
      price: fc.integer({ min: 2, max: 9 }).map((n) => n / 100),
      standbyW: fc.constantFrom(0, 0, 100),
      points: fc.uniqueArray(
        fc.record({
          ths: fc.integer({ min: 30, max: 220 }),
          watts: fc.integer({ min: 8, max: 45 }).map((n) => n * 100),
        }),
        { maxLength: 2, selector: ({ watts }) => watts },
      ),
    })
    fc.assert(
      fc.property(
        fc.array(anyLot, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 20, max: 80 }),
        fc.integer({ min: 0, max: 200 }).map((n) => n / 10),
        fc.constantFrom(0, 0, 0.5, 0.9),
        (lots, hashprice, capKw, floorShare) => {
          const floorKw = capKw * floorShare
          const fleet = fleetFrom(
            [site()],
            lots.map(({ quantity, ths, watts, price, standbyW }, l) =>
              machine({
                id: `m${l}`,
                quantity,
                hashrateThs: ths,
                powerW: watts,
                powerPriceUsdPerKwh: price,
                standbyW,
              }),
            ),
          )
          const inputs: CaseInputs = {
            ...PLAIN_CASE,
            ladders: {
              ...PLAIN_CASE.ladders,
              ofLots: lots.map(({ points }, machineKey) => ({
                machineKey,
                ladder: {
                  ...LADDER,
                  points: points.map((point, k) => ({
                    name: `p${k}`,
                    hashrateThs: point.ths,
                    powerW: point.watts,
                  })),
                },
              })),
            },
          }
          let most = -Infinity
          const machines = lots.flatMap((lot) => Array.from({ length: lot.quantity }, () => lot))
          const walk = (at: number, kw: number, usd: number): void => {
            const lot = machines[at]
            if (lot === undefined) {
              if (kw <= capKw + 1e-9 && kw >= floorKw - 1e-9) most = Math.max(most, usd)
              return
            }
            const off = { ths: 0, watts: lot.standbyW }
            for (const { ths, watts } of [off, lot, ...lot.points])
              walk(
                at + 1,
                kw + watts / 1000,
                usd + (hashprice * ths) / 1000 - (24 * watts * lot.price) / 1000,
              )
          }
          walk(0, 0, 0)
          const work = () => bestUnderLimits(fleet, inputs, aDay(hashprice), null, upTo(capKw, floorKw))
          if (most === -Infinity) {
            expect(work).toThrow(/kW|floorKw|capKw/)
            return
          }
          const best = work()
          expect(best.powerKw).toBeLessThanOrEqual(capKw + 1e-6)
          expect(best.powerKw).toBeGreaterThanOrEqual(floorKw - 1e-6)
          if (best.isProven) expect(best.marginUsdPerDay).toBeCloseTo(most, 6)
          expect(best.marginUsdPerDay).toBeLessThanOrEqual(most + 1e-6)
          expect(best.upperBoundUsdPerDay).toBeGreaterThanOrEqual(most - 1e-6)
          expect(best.relaxedMarginUsdPerDay).toBeGreaterThanOrEqual(most - 1e-6)
        },
      ),
      { numRuns: 200 },
    )
  })
})
