import { describe, expect, it } from 'vitest'
import type { Stage } from '#shared/domain/ahead/stage.ts'
import { estimateAdjustment, probabilityChangeBelow } from '#shared/domain/chain/adjustment.ts'
import { normalProbability } from '#shared/domain/decision/waiting/hold.ts'
import type { ChanceMarket, ChanceRow } from '#shared/domain/decision/waiting/chance.ts'
import { chanceOfAdvice, chancePaths, shareOfChanges } from '#shared/domain/decision/waiting/chance.ts'

const ESTIMATE = estimateAdjustment({ blocks: 800, seconds: 800 * 580 }, [0.03, -0.01, 0.02])
const changeBelow = (change: number) => probabilityChangeBelow(ESTIMATE, change)
const DAYS_LEFT = ESTIMATE.secondsLeft / 86_400

const stage = (opensWith: Stage['opensWith'], days: number, hashpriceUsdPerPhDay: number): Stage => ({
  opensWith,
  fromMs: NaN,
  days,
  subsidyBtc: 3.125,
  difficulty: 1e14,
  hashpriceUsdPerPhDay,
})

const MARKET: ChanceMarket = {
  stages: [stage('now', DAYS_LEFT, 50), stage('adjustment', 14, 50 / (1 + ESTIMATE.change))],
  volatilityPerYear: 0.77,
  logSpreadNow: 0,
  reviewDays: 1,
  adjustment: {
    changeBelow,
    expectedChange: ESTIMATE.change,
    elapsedDays: ESTIMATE.elapsedSeconds / 86_400,
  },
}
const PATHS = chancePaths(MARKET)

const row = (even: number, more: Partial<ChanceRow> = {}): ChanceRow => ({
  isOn: true,
  runs: true,
  restartUsd: 2,
  acceptedPhs: 0.15,
  xUsdPerDay: (hashprice) => 0.15 * (hashprice - even),
  ...more,
})

const meanOf = (values: Iterable<number>) => {
  const all = [...values]
  return all.reduce((sum, value) => sum + value, 0) / all.length
}

describe('the paths', () => {
  it('are the same each time, have no drift, and spread as the volatility says', () => {
    expect(chancePaths(MARKET)).toStrictEqual(PATHS)
    const { paths, steps } = PATHS
    expect([paths, steps]).toStrictEqual([2000, Math.ceil(DAYS_LEFT + 14)])
    const day = (step: number) =>
      Array.from({ length: paths }, (_, p) => PATHS.hashpriceUsdPerPhDay[p * steps + step]!)
    expect(meanOf(day(3))).toBeCloseTo(50, 0)
    const logs = [...PATHS.endHashpriceUsdPerPhDay].map(Math.log)
    const mean = meanOf(logs)
    const spread = Math.sqrt(meanOf(logs.map((value) => (value - mean) ** 2)))
    const expected = Math.hypot(0.77 * Math.sqrt((DAYS_LEFT + 14) / 365.25), ESTIMATE.logSpread)
    expect(Math.abs(spread / expected - 1)).toBeLessThan(0.05)
    expect(Math.abs(meanOf(PATHS.endHashpriceUsdPerPhDay) - 50 / (1 + ESTIMATE.change))).toBeLessThan(1)
  })

  it('take the mean of a step: on its first day a price has gone half of its way', () => {
    const calm = chancePaths({ ...MARKET, adjustment: null })
    const logs = Array.from({ length: 2000 }, (_, p) =>
      Math.log(calm.hashpriceUsdPerPhDay[p * calm.steps]! / 50),
    )
    const spread = Math.sqrt(meanOf(logs.map((value) => value ** 2)))
    expect(Math.abs(spread / ((0.77 / Math.sqrt(365.25)) * 0.5) - 1)).toBeLessThan(0.06)
  })

  it('carry a spread of today’s price where that is not known', () => {
    const { hashpriceUsdPerPhDay, steps } = chancePaths({
      ...MARKET,
      volatilityPerYear: 0,
      logSpreadNow: 0.1,
    })
    const logs = Array.from({ length: 2000 }, (_, p) => Math.log(hashpriceUsdPerPhDay[p * steps]!))
    const mean = meanOf(logs)
    expect(Math.sqrt(meanOf(logs.map((value) => (value - mean) ** 2)))).toBeCloseTo(0.1, 2)
  })

  it('are the stages where nothing is left to chance', () => {
    const stages = [stage('now', 2.5, 50), stage('adjustment', 2, 45), stage('halving', 1.5, 24)]
    const certain = chancePaths({ ...MARKET, stages, volatilityPerYear: 0, adjustment: null })
    expect([...certain.hashpriceUsdPerPhDay.slice(0, certain.steps)]).toStrictEqual([
      50, 50, 47.5, 45, 34.5, 24,
    ])
    expect(certain.endHashpriceUsdPerPhDay[7]).toBe(24)
  })

  it('bring an early date with a rise of difficulty, a late one with a fall', () => {
    const { hashpriceUsdPerPhDay, steps } = chancePaths({ ...MARKET, volatilityPerYear: 0 })
    const turnsAt = (path: number) => {
      const days = hashpriceUsdPerPhDay.slice(path * steps, (path + 1) * steps)
      return { day: days.findIndex((hashprice) => Math.abs(hashprice - 50) > 1e-3), last: days[steps - 1]! }
    }
    const turns = Array.from({ length: 2000 }, (_, path) => turnsAt(path)).sort((a, b) => a.last - b.last)
    expect(meanOf(turns.slice(0, 200).map(({ day }) => day))).toBeLessThan(
      meanOf(turns.slice(-200).map(({ day }) => day)) - 0.3,
    )
  })
})

describe('the chance of an advice', () => {
  it('is near 1 far from break-even and falls towards it', () => {
    const keeps = [25, 40, 48, 52, 60, 90].map((even) => chanceOfAdvice(PATHS, row(even)))
    expect(keeps).toStrictEqual([...keeps].sort((a, b) => b - a))
    expect(keeps[0]).toBe(1)
    expect(keeps.at(-1)).toBe(0)
    expect(chanceOfAdvice(PATHS, row(48))).toBeGreaterThan(0.6)
  })

  it('of running and of stopping add up to 1, for machines on and off', () => {
    for (const isOn of [true, false]) {
      const chance = (runs: boolean) => chanceOfAdvice(PATHS, row(49, { isOn, runs }))
      expect(chance(true) + chance(false)).toBeCloseTo(1, 12)
    }
  })

  it('is that of the best of all plans on each path', () => {
    const short = chancePaths({
      ...MARKET,
      stages: [stage('now', 4, 50), stage('adjustment', 2, 50)],
      adjustment: null,
    })
    const { steps } = short
    const even = 50.5
    const restartUsd = 0.4
    for (const isOn of [true, false]) {
      let agreeing = 0
      for (let path = 0; path < 2000; path++) {
        const bestFrom = (runs: boolean) => {
          let best = -Infinity
          for (let plan = 0; plan < 2 ** steps; plan++) {
            if (((plan & 1) === 1) !== runs) continue
            let wasOn = isOn
            let value = 0
            for (let step = 0; step < steps; step++) {
              const on = ((plan >> step) & 1) === 1
              if (on && !wasOn) value -= restartUsd
              if (on) value += 0.15 * (short.hashpriceUsdPerPhDay[path * steps + step]! - even)
              wasOn = on
            }
            if (wasOn) value += endWorth(short.endHashpriceUsdPerPhDay[path]!, even, restartUsd)
            best = Math.max(best, value)
          }
          return best
        }
        if (bestFrom(true) > bestFrom(false)) agreeing++
      }
      expect(chanceOfAdvice(short, row(even, { isOn, runs: true, restartUsd }))).toBeCloseTo(
        agreeing / 2000,
        2,
      )
    }
  })

  it('is 0 or 1 where nothing is left to chance, and missing where a figure is', () => {
    const certain = chancePaths({ ...MARKET, volatilityPerYear: 0, adjustment: null })
    expect([45, 55].map((even) => chanceOfAdvice(certain, row(even, { restartUsd: 0 })))).toStrictEqual([
      1, 0,
    ])
    expect(chanceOfAdvice(PATHS, row(NaN))).toBeNaN()
    expect(chanceOfAdvice(PATHS, row(50, { restartUsd: NaN }))).toBeNaN()
    expect(chanceOfAdvice(PATHS, row(50, { restartUsd: 1_000_000 }))).toBe(1)
  })
})

/** D at the end, from its own definition. */
function endWorth(hashprice: number, even: number, restartUsd: number): number {
  const s = (0.15 * hashprice * 0.77) / Math.sqrt(365.25)
  const u = Math.cbrt(0.75 * restartUsd * s * s)
  const x = Math.min(Math.max(0.15 * (hashprice - even), -u), u)
  return restartUsd / 2 + (u * u * x - x ** 3 / 3) / (s * s)
}

describe('the share of changes', () => {
  it('is exact wherever the best word turns', () => {
    const shares = shareOfChanges(
      (change) => (change < 0.01 ? 'run' : change < 0.02 ? 'run-until' : 'off'),
      changeBelow,
    )
    expect(shares.get('run')).toBeCloseTo(changeBelow(0.01), 9)
    expect(shares.get('run-until')).toBeCloseTo(changeBelow(0.02) - changeBelow(0.01), 9)
    expect(shares.get('off')).toBeCloseTo(1 - changeBelow(0.02), 9)
  })

  it('sees a third word between two looks, and a word that comes back', () => {
    const third = shareOfChanges((change) => (change < 0.01 ? 1 : change < 0.0101 ? 2 : 3), changeBelow)
    expect(third.get(2)).toBeCloseTo(changeBelow(0.0101) - changeBelow(0.01), 9)
    const back = shareOfChanges((change) => Math.abs(change - 0.03) < 0.01, changeBelow)
    expect(back.get(true)).toBeCloseTo(changeBelow(0.04) - changeBelow(0.02), 9)
    expect(back.get(false)! + back.get(true)!).toBeCloseTo(1, 12)
  })

  it('is 1 for a word that always holds, and for a change that is certain', () => {
    expect([...shareOfChanges(() => 'off', changeBelow)]).toStrictEqual([['off', 1]])
    const certain = (change: number) => (change >= 0.05 ? 1 : 0)
    const shares = shareOfChanges((change) => (change < 0.04 ? 'run' : 'off'), certain)
    expect(shares.get('off')).toBe(1)
    expect(shares.get('run') ?? 0).toBe(0)
  })

  it('reaches as far as any distribution', () => {
    const wide = (change: number) => normalProbability(Math.log1p(change) / 0.4)
    const shares = shareOfChanges((change) => change < 1, wide)
    expect(shares.get(true)).toBeCloseTo(wide(1), 9)
  })
})
