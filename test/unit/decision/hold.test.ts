import { describe, expect, it } from 'vitest'
import type { Switching } from '#shared/domain/decision/waiting/hold.ts'
import {
  dailySpreadUsd,
  endValueUsd,
  expectedEndValueUsd,
  normalProbability,
  runningWorthUsd,
  runsNow,
} from '#shared/domain/decision/waiting/hold.ts'
import { normalQuantile } from '#shared/domain/ahead/simulate/random.ts'

/** 0.15 PH/s that break even at 50 USD/PH/s/day, a restart of 2 USD, looked at once a day. */
const MACHINE: Switching = {
  xUsdPerDay: 0,
  restartUsd: 2,
  spreadUsdPerDay: 0.3,
  reviewDays: 1,
  ahead: null,
}
const earning = (xUsdPerDay: number, more: Partial<Switching> = {}): Switching => ({
  ...MACHINE,
  xUsdPerDay,
  ...more,
})
const cut = (days: number, ratio: number, spreadUsdPerDay = 0.3 * ratio) => ({
  days,
  xAfter: (x: number) => ratio * (x + 7.5) - 7.5,
  spreadUsdPerDay,
})

/** The same by brute force: a grid 32 times as fine, wide enough for every path. */
function bruteWorth(
  { xUsdPerDay, restartUsd, spreadUsdPerDay, reviewDays }: Switching,
  ahead: ReturnType<typeof cut>,
) {
  const reviews = Math.floor(ahead.days / reviewDays)
  const rest = ahead.days - reviews * reviewDays
  const perSpread = 64
  const step = (spreadUsdPerDay * Math.sqrt(reviewDays)) / perSpread
  const reach = 6 * perSpread
  const weights = Array.from({ length: 2 * reach + 1 }, (_, j) =>
    Math.exp(-(((j - reach) / perSpread) ** 2) / 2),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const half = Math.ceil(7 * perSpread * Math.sqrt(reviews))
  const xs = Array.from({ length: 2 * half + 1 }, (_, i) => xUsdPerDay + (i - half) * step)
  let worth = xs.map(
    (x) => rest * x + expectedEndValueUsd(ahead.xAfter(x), restartUsd, ahead.spreadUsdPerDay, rest),
  )
  for (let review = 0; review < reviews; review++) {
    const kept = worth.map((value) => Math.min(Math.max(value, 0), restartUsd))
    const at = (i: number) => kept[Math.min(Math.max(i, 0), 2 * half)]!
    const isLast = review === reviews - 1
    worth = xs.map((x, i) => {
      if (isLast && i !== half) return NaN
      let sum = 0
      for (let j = 0; j < weights.length; j++) sum += weights[j]! * at(i + j - reach)
      return reviewDays * x + sum / total
    })
  }
  return worth[half]!
}

describe('the spread of a day', () => {
  it('is the year’s, by the root of its days, in money', () => {
    expect(dailySpreadUsd(0.15, 50, 0.77)).toBeCloseTo((7.5 * 0.77) / 19.111514, 6)
  })
})

describe('what being on is worth when all is equal', () => {
  it('is half a restart at break-even, nothing at −u and a restart at u', () => {
    const u = Math.cbrt(0.75 * 2 * 0.3 ** 2)
    expect(endValueUsd(0, 2, 0.3)).toBe(1)
    expect([-u, -9, u, 9].map((x) => endValueUsd(x, 2, 0.3))).toStrictEqual([0, 0, 2, 2])
    const x = 0.2
    expect(endValueUsd(x, 2, 0.3)).toBeCloseTo(1 + (u * u * x - x ** 3 / 3) / 0.09, 12)
  })

  it('is a step without a spread, and nothing without a restart cost', () => {
    expect([-0.1, 0, 0.1].map((x) => endValueUsd(x, 2, 0))).toStrictEqual([0, 1, 2])
    expect([-0.1, 0, 0.1].map((x) => endValueUsd(x, 0, 0.3))).toStrictEqual([0, 0, 0])
    expect([-0.1, 0, 0.1].map((x) => expectedEndValueUsd(x, 2, 0, 9))).toStrictEqual([0, 1, 2])
    expect(endValueUsd(NaN, 2, 0.3)).toBeNaN()
    expect(expectedEndValueUsd(NaN, 2, 0.3, 9)).toBeNaN()
  })

  it.each([
    [0.1, 2, 0.2, 5],
    [-0.5, 2, 0.2, 14],
    [0.05, 0.001, 0.5, 30],
    [0.3, 5, 0.04, 1],
    [1, 1e-6, 0.5, 30],
    [-3, 1_000_000, 0.5, 14],
  ])('has the mean that adding up its values gives: x %d, r %d, s %d, %d days', (x, r, s, days) => {
    const pieces = 400_000
    let sum = 0
    for (let i = 0; i < pieces; i++) {
      const z = -10 + (20 * (i + 0.5)) / pieces
      sum +=
        (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * endValueUsd(x + s * Math.sqrt(days) * z, r, s)
    }
    expect(expectedEndValueUsd(x, r, s, days) / r).toBeCloseTo((sum * 20) / pieces / r, 9)
  })

  it('rests on the normal distribution', () => {
    for (const p of [1e-9, 0.001, 0.2, 0.5, 0.9, 0.999]) {
      expect(Math.abs(normalProbability(normalQuantile(p)) - p)).toBeLessThan(1e-14)
    }
    expect([normalProbability(-40), normalProbability(40)]).toStrictEqual([0, 1])
  })
})

describe('the worth of running', () => {
  it('is a review’s earnings and the mean of three prices, where nothing lies ahead', () => {
    const aside = 0.3 * Math.sqrt(3 * 4)
    const mean =
      (4 * endValueUsd(0.2, 2, 0.3) + endValueUsd(0.2 - aside, 2, 0.3) + endValueUsd(0.2 + aside, 2, 0.3)) / 6
    expect(runningWorthUsd(earning(0.2, { reviewDays: 4 }))).toBeCloseTo(4 * 0.2 + mean, 12)
  })

  it('is the days left and what comes after, where the cut comes before the next review', () => {
    const ahead = cut(0.6, 0.95)
    const later = expectedEndValueUsd(ahead.xAfter(0.2), 2, ahead.spreadUsdPerDay, 0.6)
    expect(runningWorthUsd(earning(0.2, { ahead }))).toBeCloseTo(0.6 * 0.2 + later, 12)
  })

  it.each([
    [0.1, 2.5, 1, 1],
    [-0.3, 6.3, 0.95, 1],
    [0.4, 4.2, 1.1, 1],
    [0.2, 21.5, 0.95, 7],
    [0, 4, 1.02, 1],
  ])('is what a finer grid gives: x %d, %d days, ratio %d, review each %d', (x, days, ratio, reviewDays) => {
    const switching = earning(x, { reviewDays, ahead: cut(days, ratio) })
    expect(Math.abs(runningWorthUsd(switching) - bruteWorth(switching, cut(days, ratio)))).toBeLessThan(2e-4)
  })

  it('does not jump where one more review fits in before the cut', () => {
    for (const days of [1, 3, 7]) {
      const worthAt = (left: number) => runningWorthUsd(earning(-0.1, { ahead: cut(left, 0.97) }))
      expect(worthAt(days + 1e-5)).toBeCloseTo(worthAt(days - 1e-5), 3)
      expect(worthAt(days)).toBeCloseTo(worthAt(days - 1e-5), 4)
    }
  })

  it('forgets a cut that is far', () => {
    const far = (ratio: number) => runningWorthUsd(earning(0.1, { ahead: cut(700, ratio) }))
    expect(far(0.5)).toBeCloseTo(far(1), 9)
    expect(far(1)).toBeCloseTo(runningWorthUsd(earning(0.1, { ahead: cut(200, 1) })), 9)
  })

  it('is missing where a figure is', () => {
    const ahead = cut(5.5, 0.97)
    for (const name of ['xUsdPerDay', 'restartUsd', 'spreadUsdPerDay'] as const) {
      expect(runningWorthUsd({ ...MACHINE, [name]: NaN })).toBeNaN()
      expect(runningWorthUsd({ ...MACHINE, ahead, [name]: NaN })).toBeNaN()
    }
  })

  it.each([
    ['a restart of a million', { restartUsd: 1_000_000 }],
    [
      'a restart of a million, reviews of a quarter of an hour',
      { restartUsd: 1_000_000, reviewDays: 1 / 96 },
    ],
    ['a price that is certain', { spreadUsdPerDay: 0 }],
    ['a price that is all but certain', { spreadUsdPerDay: 1e-300 }],
    ['no restart cost', { restartUsd: 0 }],
    ['a restart of next to nothing', { restartUsd: 1e-300 }],
  ])('is a number for %s, before any cut', (_, more) => {
    for (const ahead of [null, cut(0, 0.9), cut(1e-9, 0.9), cut(0.4, 0.9), cut(14, 0.9), cut(900, 0.5)]) {
      for (const x of [-3, 0, 3])
        expect(runningWorthUsd(earning(x, { ...more, ahead }))).toSatisfy(Number.isFinite)
    }
  })

  it('names the field that cannot be', () => {
    expect(() => runningWorthUsd(earning(0, { restartUsd: -1 }))).toThrow(/^restartUsd: -1 is negative/)
    expect(() => runningWorthUsd(earning(0, { spreadUsdPerDay: -1 }))).toThrow(/^spreadUsdPerDay/)
    expect(() => runningWorthUsd(earning(0, { reviewDays: 0 }))).toThrow(/^reviewDays/)
    expect(() => runsNow(true, earning(0, { ahead: cut(-1, 1) }))).toThrow(/^ahead.days/)
  })
})

describe('the action', () => {
  it('is to stay at a small loss and at a small gain, and to switch at a large one', () => {
    expect([-0.2, -1.5].map((x) => runsNow(true, earning(x)))).toStrictEqual([true, false])
    expect([0.2, 1.5].map((x) => runsNow(false, earning(x)))).toStrictEqual([false, true])
  })

  it('is to run at a loss where more is about to be earned, and not to start where it is about to be lost', () => {
    expect([1, 1.2].map((ratio) => runsNow(true, earning(-0.75, { ahead: cut(1.5, ratio) })))).toStrictEqual([
      false,
      true,
    ])
    expect([1, 0.8].map((ratio) => runsNow(false, earning(0.75, { ahead: cut(1.5, ratio) })))).toStrictEqual([
      true,
      false,
    ])
  })

  it('never holds without a restart cost or with a certain price', () => {
    for (const more of [{ restartUsd: 0 }, { spreadUsdPerDay: 0 }]) {
      for (const ahead of [null, cut(5.5, 1.3), cut(0.4, 0.7)]) {
        for (const isOn of [true, false]) {
          expect(runsNow(isOn, earning(-1e-9, { ...more, ahead }))).toBe(false)
          expect(runsNow(isOn, earning(1e-9, { ...more, ahead }))).toBe(true)
        }
      }
    }
  })

  it('changes nothing where a figure is missing', () => {
    expect([true, false].map((isOn) => runsNow(isOn, earning(NaN)))).toStrictEqual([true, false])
  })
})
