import { describe, expect, it } from 'vitest'
import { nextNormal, nextTailScale, randomState } from '#shared/domain/ahead/simulate/random.ts'
import type { DailySeries } from '#shared/domain/signals/daily-series.ts'
import { logLikelihood, moments, stepsOf, yearly } from '#tools/paths/steps.ts'

const MS_PER_DAY = 86_400_000

/** Daily price and hashrate that change once every 14 days, by Student's t with known spreads. */
function inventedSeries(steps: number): DailySeries {
  const random = randomState(11)
  const days = steps * 14
  const priceUsd = new Float64Array(days)
  const hashrateEhs = new Float64Array(days)
  let [price, hashrate] = [0, 0]
  for (let step = 0; step < steps; step++) {
    const scale = nextTailScale(random, 6)
    const first = nextNormal(random)
    price += 0.15 * scale * first
    hashrate += 0.06 * scale * (0.4 * first + Math.sqrt(1 - 0.16) * nextNormal(random))
    priceUsd.fill(1000 * Math.exp(price), step * 14, step * 14 + 14)
    hashrateEhs.fill(100 * Math.exp(hashrate), step * 14, step * 14 + 14)
  }
  const none = new Float64Array(days).fill(NaN)
  return {
    dates: Array.from({ length: days }, (_, day) =>
      new Date(Date.UTC(2000, 0, 1) + day * MS_PER_DAY).toISOString().slice(0, 10),
    ),
    priceUsd,
    hashrateEhs,
    difficulty: none,
    issuanceBtc: none,
    feesBtc: none,
    marketCapUsd: none,
    transferValueUsd: none,
    minerNetFlowBtc: none,
  }
}

describe('the fit of the paths', () => {
  const steps = stepsOf(inventedSeries(2500), '2000-01-01', 14)

  it('finds the spreads and the correlation that a series was made with', () => {
    expect(moments(steps.price).deviation / 0.15).toBeCloseTo(1, 1)
    expect(moments(steps.hashrate).deviation / 0.06).toBeCloseTo(1, 1)
    expect(moments(steps.price, steps.hashrate).correlation).toBeCloseTo(0.4, 1)
    expect(yearly(0.15, 14)).toBeCloseTo(0.15 * Math.sqrt(365.25 / 14), 12)
  })

  it('prefers the tails that it was made with', () => {
    const spreads = { priceSpread: 0.15, hashrateSpread: 0.06, correlation: 0.4 }
    const at = (degrees: number | null) => logLikelihood(steps, spreads, degrees)
    expect(at(6)).toBeGreaterThan(at(4))
    expect(at(6)).toBeGreaterThan(at(30))
    expect(at(30)).toBeGreaterThan(at(null))
  })

  it('refuses a series without the day or with a gap', () => {
    const series = inventedSeries(10)
    expect(() => stepsOf(series, '1999-01-01', 14)).toThrow('The series has no 1999-01-01.')
    series.priceUsd[28] = NaN
    expect(() => stepsOf(series, '2000-01-01', 14)).toThrow(/lacks a price or a hashrate after 2000-01-01/)
  })
})
