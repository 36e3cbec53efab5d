import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Switching } from '#shared/domain/decision/waiting/hold.ts'
import {
  dailySpreadUsd,
  endValueUsd,
  expectedEndValueUsd,
  runningWorthUsd,
  runsNow,
} from '#shared/domain/decision/waiting/hold.ts'
import type { StrikeShape } from '#shared/domain/decision/waiting/strikes.ts'
import { exactStrikes, strikeTable } from '#shared/domain/decision/waiting/strikes.ts'
import { exactWorth } from '../unit/decision/price-lattice.ts'

const ACCEPTED_PHS = 0.15
const EVEN = 50

type Machine = { readonly acceptedPhs: number; readonly evenUsdPerPhDay: number; readonly restartUsd: number }

/** A machine with one price of energy at a hashprice. */
function at(
  { acceptedPhs, evenUsdPerPhDay, restartUsd }: Machine,
  shape: StrikeShape,
  hashprice: number,
): Switching {
  const { volatilityPerYear, reviewDays, ahead } = shape
  const costUsdPerDay = acceptedPhs * evenUsdPerPhDay
  return {
    xUsdPerDay: acceptedPhs * hashprice - costUsdPerDay,
    restartUsd,
    spreadUsdPerDay: dailySpreadUsd(acceptedPhs, hashprice, volatilityPerYear),
    reviewDays,
    ahead: ahead && {
      days: ahead.days,
      xAfter: (x) => ahead.hashpriceRatio * (x + costUsdPerDay) - costUsdPerDay,
      spreadUsdPerDay: dailySpreadUsd(acceptedPhs, hashprice * ahead.hashpriceRatio, volatilityPerYear),
    },
  }
}

const VOLATILITIES = [0.1, 0.3, 0.5, 0.77, 0.9]
const RESTARTS = [0.5, 2, 5]

/** How often within ±15 % of break-even the action differs from the lattice's, and what that loses on average, USD. */
function against(shape: Omit<StrikeShape, 'volatilityPerYear'>, volatilities = VOLATILITIES) {
  let decisions = 0
  let wrong = 0
  let lostUsd = 0
  for (const volatilityPerYear of volatilities) {
    for (const restartUsd of RESTARTS) {
      const machine = { acceptedPhs: ACCEPTED_PHS, evenUsdPerPhDay: EVEN, restartUsd }
      const { reviewDays, ahead } = shape
      const cut = ahead && { days: ahead.days, ratio: ahead.hashpriceRatio }
      const exact = exactWorth({ ...machine, volatilityPerYear, reviewDays, cut })
      for (let step = -60; step <= 60; step++) {
        const ratio = 1 + step / 400
        for (const isOn of [true, false]) {
          const lead = exact(ratio) - (isOn ? 0 : restartUsd)
          const runs = runsNow(isOn, at(machine, { ...shape, volatilityPerYear }, EVEN * ratio))
          decisions++
          if (runs === lead >= 0) continue
          wrong++
          lostUsd += Math.abs(lead)
        }
      }
    }
  }
  return { wrong: wrong / decisions, lostUsd: lostUsd / decisions }
}

describe('the action, against an exact price lattice', () => {
  it.each([
    ['no adjustment ahead', null],
    ['a lower hashprice in 12 days', { days: 12.3, hashpriceRatio: 0.9 }],
    ['a higher hashprice in 5 days', { days: 5.5, hashpriceRatio: 1.1 }],
    ['a little less in 3 days', { days: 3.25, hashpriceRatio: 0.97 }],
    ['more before the next review', { days: 0.6, hashpriceRatio: 1.05 }],
    ['less before the next review', { days: 0.6, hashpriceRatio: 0.93 }],
  ])('%s: right but for 1 decision in 100, nothing lost that counts', (_, ahead) => {
    const { wrong, lostUsd } = against({ reviewDays: 1, ahead })
    expect(wrong).toBeLessThanOrEqual(0.01)
    expect(lostUsd).toBeLessThanOrEqual(0.0005)
  })

  it('holds for a look once a week too', () => {
    const { wrong, lostUsd } = against({ reviewDays: 7, ahead: { days: 12.3, hashpriceRatio: 0.9 } })
    expect(wrong).toBeLessThanOrEqual(0.01)
    expect(lostUsd).toBeLessThanOrEqual(0.002)
  })
})

const machine: fc.Arbitrary<Machine> = fc.record({
  acceptedPhs: fc.double({ min: 0.01, max: 500, noNaN: true }),
  evenUsdPerPhDay: fc.double({ min: 5, max: 200, noNaN: true }),
  restartUsd: fc.oneof(fc.double({ min: 0.01, max: 50, noNaN: true }), fc.constantFrom(1e-6, 1_000_000)),
})
const shape: fc.Arbitrary<StrikeShape> = fc.record({
  volatilityPerYear: fc.oneof(fc.double({ min: 0.05, max: 1.5, noNaN: true }), fc.constantFrom(1e-6)),
  reviewDays: fc.constantFrom(0.25, 1, 1, 1, 3, 7),
  ahead: fc.option(
    fc.record({
      days: fc.oneof(fc.double({ min: 0, max: 16, noNaN: true }), fc.constantFrom(0, 1e-9, 1, 7, 14)),
      hashpriceRatio: fc.double({ min: 0.45, max: 1.6, noNaN: true }),
    }),
  ),
})

describe('what being on is worth when all is equal', () => {
  it('is between 0 and the restart cost, rises with what running earns, and so does its mean', () => {
    const money = fc.double({ min: -50, max: 50, noNaN: true })
    const cost = fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(0, 1e-12, 1_000_000))
    const spread = fc.oneof(fc.double({ min: 0, max: 5, noNaN: true }), fc.constantFrom(0, 1e-12))
    const days = fc.oneof(fc.double({ min: 0, max: 400, noNaN: true }), fc.constant(0))
    fc.assert(
      fc.property(money, money, cost, spread, days, (one, other, r, s, later) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)]
        for (const value of [
          (x: number) => endValueUsd(x, r, s),
          (x: number) => expectedEndValueUsd(x, r, s, later),
        ]) {
          expect(value(less)).toBeGreaterThanOrEqual(0)
          expect(value(more)).toBeLessThanOrEqual(r)
          expect(value(more)).toBeGreaterThanOrEqual(value(less) - 1e-9 * r)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('the worth of running, for any machine and market', () => {
  it('rises with the hashprice and is never missing', () => {
    fc.assert(
      fc.property(machine, shape, fc.double({ min: 0.3, max: 2, noNaN: true }), (lot, market, ratio) => {
        const worth = (hashprice: number) => runningWorthUsd(at(lot, market, hashprice))
        const here = worth(lot.evenUsdPerPhDay * ratio)
        const above = worth(lot.evenUsdPerPhDay * ratio * 1.02)
        expect(Number.isFinite(here)).toBe(true)
        expect(above).toBeGreaterThanOrEqual(here - 1e-5 * lot.restartUsd)
      }),
      { numRuns: 150 },
    )
  })
})

describe('strikes, for any machine and market', () => {
  it('stand around the even hashprice, and are where the action turns', () => {
    fc.assert(
      fc.property(machine, shape, (lot, market) => {
        const { acceptedPhs, evenUsdPerPhDay, restartUsd } = lot
        const { stopBelowUsdPerPhDay: stop, startAboveUsdPerPhDay: start } = exactStrikes(
          (hashprice) => at(lot, market, hashprice),
          evenUsdPerPhDay * 1.3,
        )
        const isDue = market.ahead !== null && market.ahead.days < 1e-6
        if (!isDue) {
          expect(stop).toBeLessThanOrEqual(evenUsdPerPhDay * (1 + 1e-9))
          expect(start).toBeGreaterThanOrEqual(evenUsdPerPhDay * (1 - 1e-9))
        }
        const runsAt = (isOn: boolean, hashprice: number) => runsNow(isOn, at(lot, market, hashprice))
        expect([runsAt(true, stop * (1 - 2e-6)), runsAt(true, stop * (1 + 2e-6))]).toStrictEqual([
          false,
          true,
        ])
        expect([runsAt(false, start * (1 - 2e-6)), runsAt(false, start * (1 + 2e-6))]).toStrictEqual([
          false,
          true,
        ])
        const table = strikeTable(market)
        const stopTabled = table.stopBelowUsdPerPhDay(acceptedPhs, evenUsdPerPhDay, restartUsd)
        const startTabled = table.startAboveUsdPerPhDay(acceptedPhs, evenUsdPerPhDay, restartUsd)
        expect(Math.abs(stopTabled / stop - 1)).toBeLessThan(1e-5)
        expect(Math.abs(startTabled / start - 1)).toBeLessThan(1e-5)
      }),
      { numRuns: 60 },
    )
  })

  it('move apart with the restart cost and with the volatility', () => {
    const more = fc.double({ min: 1.1, max: 5, noNaN: true })
    fc.assert(
      fc.property(machine, shape, more, (lot, market, times) => {
        const { acceptedPhs, evenUsdPerPhDay } = lot
        const width = (volatilityPerYear: number, restartUsd: number) => {
          const table = strikeTable({ ...market, ahead: null, volatilityPerYear })
          return (
            table.startAboveUsdPerPhDay(acceptedPhs, evenUsdPerPhDay, restartUsd) -
            table.stopBelowUsdPerPhDay(acceptedPhs, evenUsdPerPhDay, restartUsd)
          )
        }
        const { volatilityPerYear } = market
        const here = width(volatilityPerYear, lot.restartUsd)
        expect(width(volatilityPerYear, lot.restartUsd * times)).toBeGreaterThan(here)
        expect(width(volatilityPerYear * times, lot.restartUsd)).toBeGreaterThanOrEqual(
          here - 1e-10 * evenUsdPerPhDay,
        )
      }),
      { numRuns: 100 },
    )
  })
})
