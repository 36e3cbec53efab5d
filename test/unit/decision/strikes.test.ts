import { describe, expect, it } from 'vitest'
import type { Switching } from '#shared/domain/decision/waiting/hold.ts'
import { dailySpreadUsd, endValueUsd, runningWorthUsd } from '#shared/domain/decision/waiting/hold.ts'
import type { StrikeShape } from '#shared/domain/decision/waiting/strikes.ts'
import { exactStrikes, strikeTable } from '#shared/domain/decision/waiting/strikes.ts'

const CALM: StrikeShape = { volatilityPerYear: 0.5, reviewDays: 1, ahead: null }
const DROP: StrikeShape = { ...CALM, ahead: { days: 9.4, hashpriceRatio: 0.95 } }

/** 0.15 PH/s that cost 7.5 USD/day more running than standing by: even at 50. */
const flatAt =
  (restartUsd: number, { volatilityPerYear, reviewDays, ahead }: StrikeShape) =>
  (hashprice: number): Switching => ({
    xUsdPerDay: 0.15 * hashprice - 7.5,
    restartUsd,
    spreadUsdPerDay: dailySpreadUsd(0.15, hashprice, volatilityPerYear),
    reviewDays,
    ahead: ahead && {
      days: ahead.days,
      xAfter: (x) => ahead.hashpriceRatio * (x + 7.5) - 7.5,
      spreadUsdPerDay: dailySpreadUsd(0.15, hashprice * ahead.hashpriceRatio, volatilityPerYear),
    },
  })

const tabled = (shape: StrikeShape, restartUsd: number, acceptedPhs = 0.15, even = 50) => {
  const table = strikeTable(shape)
  return [
    table.stopBelowUsdPerPhDay(acceptedPhs, even, restartUsd),
    table.startAboveUsdPerPhDay(acceptedPhs, even, restartUsd),
  ] as const
}

describe('strikes of a machine with one price of energy', () => {
  it('are where a review’s loss, or gain, equals what is given up by switching', () => {
    const [stop, start] = tabled(CALM, 2)
    const aside = Math.sqrt(3)
    for (const [strike, due] of [
      [stop, 0],
      [start, 2],
    ] as const) {
      const x = 0.15 * strike - 7.5
      const s = dailySpreadUsd(0.15, strike, 0.5)
      const later =
        (4 * endValueUsd(x, 2, s) + endValueUsd(x - aside * s, 2, s) + endValueUsd(x + aside * s, 2, s)) / 6
      expect(x + later).toBeCloseTo(due, 6)
    }
    expect(stop).toBeLessThan(49)
    expect(start).toBeGreaterThan(51)
  })

  it('are found from today where running costs no more than standing by, so that a start that never earns its restart waits', () => {
    // 2.0725 PH/s that stand by with more watts than they hash with: off they cost 39.5 USD/day more than on at a hashprice of 13.
    const [acceptedPhs, even, restartUsd] = [2.0725, -6.05, 91_350]
    const shape = { volatilityPerYear: 0.7, reviewDays: 1, ahead: null }
    const found = strikeTable(shape).fromToday(acceptedPhs, even, restartUsd, 13)
    expect(found.stopBelowUsdPerPhDay).toBeNaN()
    expect(found.startAboveUsdPerPhDay).toBeGreaterThan(13)
    const worth = (hashprice: number) =>
      runningWorthUsd({
        xUsdPerDay: acceptedPhs * (hashprice - even),
        restartUsd,
        spreadUsdPerDay: dailySpreadUsd(acceptedPhs, hashprice, 0.7),
        reviewDays: 1,
        ahead: null,
      })
    expect(worth(13)).toBeLessThan(restartUsd)
    expect(worth(found.startAboveUsdPerPhDay)).toBeCloseTo(restartUsd, 3)
  })

  it('depend on restart cost ÷ (accepted PH/s · even hashprice) alone', () => {
    const [stop, start] = tabled(DROP, 2)
    const [stopScaled, startScaled] = tabled(DROP, 2 * 7 * 1.2, 0.15 * 7, 50 * 1.2)
    expect(stopScaled / 60).toBeCloseTo(stop / 50, 12)
    expect(startScaled / 60).toBeCloseTo(start / 50, 12)
  })

  it('rise where less is about to be earned, and fall where more is', () => {
    const ahead = (hashpriceRatio: number) => ({ ...CALM, ahead: { days: 2.5, hashpriceRatio } })
    const [stopCalm, startCalm] = tabled(ahead(1), 2)
    const [stopDrop, startDrop] = tabled(ahead(0.93), 2)
    const [stopRise] = tabled(ahead(1.07), 2)
    expect(stopDrop).toBeGreaterThan(stopCalm)
    expect(startDrop).toBeGreaterThan(startCalm)
    expect(stopRise).toBeLessThan(stopCalm)
  })

  it.each([0.1, 0.3, 0.77, 0.9])(
    'agree with those that are searched to 1 in a million, volatility %d',
    (volatility) => {
      for (const reviewDays of [1, 7]) {
        for (const ahead of [
          null,
          ...[0.88, 1.1].flatMap((ratio) =>
            [0.4, 5.7, 13.2].map((days) => ({ days, hashpriceRatio: ratio })),
          ),
        ]) {
          const shape = { volatilityPerYear: volatility, reviewDays, ahead }
          const table = strikeTable(shape)
          for (const restartUsd of [0.083, 0.71, 3.3, 17]) {
            const exact = exactStrikes(flatAt(restartUsd, shape), 44)
            const stop = table.stopBelowUsdPerPhDay(0.15, 50, restartUsd)
            const start = table.startAboveUsdPerPhDay(0.15, 50, restartUsd)
            expect(Math.abs(stop / exact.stopBelowUsdPerPhDay - 1)).toBeLessThan(1e-6)
            expect(Math.abs(start / exact.startAboveUsdPerPhDay - 1)).toBeLessThan(1e-6)
          }
        }
      }
    },
  )

  it('are both the even hashprice without a restart cost or with a certain price', () => {
    expect(tabled(DROP, 0)).toStrictEqual([50, 50])
    expect(tabled({ ...DROP, volatilityPerYear: 0 }, 2)).toStrictEqual([50, 50])
    const [stop, start] = tabled(DROP, 1e-9)
    expect(stop).toBeCloseTo(50, 6)
    expect(start).toBeCloseTo(50, 6)
  })

  it('are far apart, and numbers, for a restart of a million', () => {
    for (const shape of [CALM, DROP, { ...DROP, reviewDays: 30 }]) {
      const [stop, start] = tabled(shape, 1_000_000)
      expect(stop).toBeGreaterThan(0)
      expect(stop).toBeLessThan(10)
      expect(start).toBeGreaterThan(500)
      expect(start).toBeLessThan(Infinity)
    }
  })

  it('are missing where nothing is accepted, a figure is missing, or running costs no more than standing by', () => {
    for (const [accepted, even, restart] of [
      [0, 50, 2],
      [NaN, 50, 2],
      [0.15, NaN, 2],
      [0.15, 0, 2],
      [0.15, -3, 2],
      [0.15, 50, NaN],
      [0.15, -3, 0],
    ] as const)
      expect(tabled(DROP, restart, accepted, even)).toStrictEqual([NaN, NaN])
  })

  it('names what a market cannot be', () => {
    expect(() => strikeTable({ ...CALM, reviewDays: 0 })).toThrow(/^reviewDays/)
    expect(() => strikeTable({ ...CALM, ahead: { days: -1, hashpriceRatio: 1 } })).toThrow(/^ahead.days/)
  })
})

describe('strikes of machines that earn any rising function of the hashprice', () => {
  it('are found for a bent one, from far away and in few looks', () => {
    // Half of the day energy is dear: below 80 they run in the other half only.
    const earns = (hashprice: number) => 0.075 * Math.max(hashprice - 80, 0) + 0.075 * (hashprice - 40)
    let looks = 0
    const at = (hashprice: number): Switching => {
      looks++
      return {
        ...flatAt(2, CALM)(hashprice),
        xUsdPerDay: earns(hashprice),
      }
    }
    const near = exactStrikes(at, 41)
    const looksNear = looks
    const far = exactStrikes(at, 4000)
    expect(near.stopBelowUsdPerPhDay).toBeLessThan(40)
    expect(near.startAboveUsdPerPhDay).toBeGreaterThan(40)
    expect(far.stopBelowUsdPerPhDay).toBeCloseTo(near.stopBelowUsdPerPhDay, 7)
    expect(far.startAboveUsdPerPhDay).toBeCloseTo(near.startAboveUsdPerPhDay, 7)
    expect(looksNear).toBeLessThan(60)
  })

  it('are both where running equals standing by, without a restart cost', () => {
    const { stopBelowUsdPerPhDay, startAboveUsdPerPhDay } = exactStrikes(flatAt(0, DROP), 70)
    expect(stopBelowUsdPerPhDay).toBeCloseTo(50, 9)
    expect(startAboveUsdPerPhDay).toBe(stopBelowUsdPerPhDay)
  })

  it('are missing where running always earns more, or nothing moves with the hashprice', () => {
    const always = exactStrikes(
      (hashprice) => ({ ...flatAt(2, CALM)(hashprice), xUsdPerDay: 0.15 * hashprice + 3 }),
      50,
    )
    expect(always).toStrictEqual({ stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN })
    const never = exactStrikes(() => ({ ...flatAt(2, CALM)(50), xUsdPerDay: -7.5, spreadUsdPerDay: 0 }), 50)
    expect(never).toStrictEqual({ stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN })
    const unknown = exactStrikes(() => ({ ...flatAt(2, CALM)(50), xUsdPerDay: NaN }), 50)
    expect(unknown).toStrictEqual({ stopBelowUsdPerPhDay: NaN, startAboveUsdPerPhDay: NaN })
  })
})
