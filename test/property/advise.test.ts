import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { RUNNING } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { VERDICTS } from '#shared/domain/decision/words.ts'
import { anyMachine, anySites } from './machines.ts'

const fleets = fc
  .tuple(fc.array(anyMachine, { minLength: 1, maxLength: 8 }), anySites)
  .map(([machines, sites]) => prepare(fleetFrom(sites, machines), PLAIN_CASE))

const anyHorizon = (volatilityPerYear: fc.Arbitrary<number>): fc.Arbitrary<Horizon> =>
  fc
    .record({
      stages: fc.array(
        fc.record({
          opensWith: fc.constantFrom('now' as const, 'adjustment' as const, 'halving' as const),
          fromMs: fc.constant(0),
          days: fc.double({ min: 0.1, max: 20, noNaN: true }),
          subsidyBtc: fc.constant(3.125),
          difficulty: fc.constant(1.5e14),
          hashpriceUsdPerPhDay: fc.double({ min: 5, max: 120, noNaN: true }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      volatilityPerYear,
    })
    .map(({ stages, volatilityPerYear: volatility }) => ({
      stages,
      days: stages.reduce((sum, { days }) => sum + days, 0),
      volatilityPerYear: volatility,
      reviewDays: 1,
      changeBelow: null,
      drawn: null,
    }))

describe('the advice for machines that pay one price', () => {
  it('is the best of all sequences of stages, whole restarts paid', () => {
    fc.assert(
      fc.property(fleets, anyHorizon(fc.constant(0)), (prepared, horizon) => {
        const advice = adviseOver(prepared, horizon)
        const { basis } = prepared
        for (let row = 0; row < basis.length; row++) {
          const { verdict, gainUsd, valueUsd } = advice.row(row)
          if (verdict === null) continue
          const a = basis.acceptedPhs[row]!
          const cost = basis.avoidableCostUsdPerDay[row]!
          const standby = basis.standbyCostUsdPerDay[row]!
          const { quantity, restartUsd, status } = basis.fleet.machines
          const restart = quantity[row]! * restartUsd[row]!
          const isOn = status[row] === RUNNING
          let best = -Infinity
          const n = horizon.stages.length
          for (let bits = 0; bits < 2 ** n; bits++) {
            let value = 0
            let was = isOn
            for (let t = 0; t < n; t++) {
              const { days, hashpriceUsdPerPhDay } = horizon.stages[t]!
              const runs = (bits >> t) % 2 === 1
              value += days * (runs ? a * hashpriceUsdPerPhDay - cost : -standby)
              if (runs && !was) value -= restart
              was = runs
            }
            best = Math.max(best, value)
          }
          const close = 1e-6 * Math.max(1, Math.abs(best), Math.abs(cost) * horizon.days)
          expect(Math.abs(valueUsd[verdict]! - best)).toBeLessThan(close)
          const asNow = isOn
            ? horizon.stages.reduce(
                (sum, { days, hashpriceUsdPerPhDay: hp }) => sum + days * (a * hp - cost),
                0,
              )
            : -standby * horizon.days
          expect(Math.abs(gainUsd - (best - asNow))).toBeLessThan(close)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('says the same of a row as the pass over all', () => {
    fc.assert(
      fc.property(fleets, anyHorizon(fc.constantFrom(0, 0.3, 0.8)), (prepared, horizon) => {
        const advice = adviseOver(prepared, horizon)
        advice.decisions.verdict.forEach((code, row) => {
          const { verdict, valueUsd, gainUsd } = advice.row(row)
          expect(verdict).toBe(VERDICTS[code] ?? null)
          if (verdict === null || verdict === 'hold') return
          const asNow = prepared.basis.fleet.machines.status[row] === RUNNING ? 'run' : 'stay-off'
          const gain = valueUsd[verdict]! - valueUsd[asNow]!
          expect(Math.abs(gain - gainUsd)).toBeLessThan(
            1e-9 * Math.max(1, Math.abs(valueUsd[asNow]!), Math.abs(gainUsd)),
          )
        })
      }),
      { numRuns: 300 },
    )
  })
})
