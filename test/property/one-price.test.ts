import fc from 'fast-check'
import { expect, it } from 'vitest'
import { adviseOver } from '#shared/domain/decision/advise.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Horizon } from '#shared/domain/decision/horizon.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { aboveTie, OFF, RUN } from '#shared/domain/decision/words.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { marginsUsdPerDay, prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { anyMachine, anySites } from './machines.ts'

const anyFleet = fc
  .tuple(fc.array(anyMachine, { minLength: 1, maxLength: 8 }), anySites)
  .map(([machines, sites]) =>
    fleetFrom(
      sites,
      machines.map((given) => ({ ...given, restartUsd: 0, standbyW: 0, status: 'running' as const })),
    ),
  )
const anyDays = fc.double({ min: 1, max: 20, noNaN: true })
const anyHashprice = fc.double({ min: 5, max: 120, noNaN: true })

function oneStage(hashpriceUsdPerPhDay: number, days: number): Horizon {
  return {
    stages: [
      {
        opensWith: 'now',
        fromMs: Date.UTC(2025, 10, 20),
        days,
        subsidyBtc: 3.125,
        difficulty: 1.5e14,
        hashpriceUsdPerPhDay,
      },
    ],
    days,
    volatilityPerYear: 0.7,
    reviewDays: 1,
    changeBelow: null,
    drawn: null,
  }
}

it('one stage without a restart cost is the margin against nothing, to the bit', () => {
  fc.assert(
    fc.property(anyFleet, anyHashprice, anyDays, (fleet, hashprice, days) => {
      const basis = prepareMargins(fleet)
      const margins = marginsUsdPerDay(basis, hashprice)
      const advice = adviseOver(prepare(fleet, PLAIN_CASE), oneStage(hashprice, days))
      margins.forEach((margin, i) => {
        const run = margin * days
        const isOff = 0 >= aboveTie(run)
        expect(advice.decisions.verdict[i]).toBe(isOff ? OFF : RUN)
        expect(advice.decisions.gainUsd[i]).toBe(isOff ? 0 - run : 0)
        const row = advice.row(i)
        // A day of the stage's money: one rounding more.
        const scale = Math.max(basis.acceptedPhs[i]! * hashprice, basis.avoidableCostUsdPerDay[i]!, 1e-3)
        expect(Math.abs(row.marginNowUsdPerDay - margin)).toBeLessThan(1e-12 * scale)
        const strikes = advice.strikes(i)
        expect(strikes.stopBelowUsdPerPhDay).toBe(basis.breakevenHashpriceUsdPerPhDay[i])
        expect(strikes.startAboveUsdPerPhDay).toBe(basis.breakevenHashpriceUsdPerPhDay[i])
      })
    }),
    { numRuns: 300 },
  )
})

it('a contract that says nothing changes no verdict, no gain and no break-even', () => {
  fc.assert(
    fc.property(anyFleet, anyHashprice, anyDays, (fleet, hashprice, days) => {
      const { sites } = fleet
      const contracts = sites.name.map((site, i) => ({ siteKey: sites.key[i]!, site, contract: NO_CONTRACT }))
      const prepared = prepare(fleet, { ...PLAIN_CASE, contracts })
      const plain = adviseOver(prepare(fleet, PLAIN_CASE), oneStage(hashprice, days))
      const advice = adviseOver(prepared, oneStage(hashprice, days))
      expect(advice.decisions.verdict).toEqual(plain.decisions.verdict)
      const basis = prepareMargins(fleet)
      advice.decisions.gainUsd.forEach((gain, i) => {
        const cost = basis.avoidableCostUsdPerDay[i]! * days
        expect(Math.abs(gain - plain.decisions.gainUsd[i]!)).toBeLessThan(1e-9 * Math.max(1, cost))
        // A site whose machines pay one price; else each carries what it pays above the lowest of them, which rounds.
        const paid = prepared.basis.breakevenHashpriceUsdPerPhDay[i]!
        expect(Math.abs(paid / basis.breakevenHashpriceUsdPerPhDay[i]! - 1)).toBeLessThan(1e-12)
      })
    }),
    { numRuns: 300 },
  )
})
