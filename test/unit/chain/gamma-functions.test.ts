import { describe, expect, it } from 'vitest'
import { betaProbability, logGamma } from '#shared/domain/chain/gamma-functions.ts'

describe('logGamma', () => {
  it('is the factorial at whole numbers and √π at a half', () => {
    let logFactorial = 0
    for (let n = 1; n <= 3000; n++) {
      if (n % 97 === 1) expect(logGamma(n) - logFactorial).toBeCloseTo(0, 9)
      logFactorial += Math.log(n)
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  })

  it('has no value below a half', () => {
    expect(logGamma(0.4)).toBeNaN()
  })
})

describe('betaProbability', () => {
  /** I_x(a, b) for whole a, b is the probability of at least a successes in a + b − 1 trials. */
  function atLeast(a: number, b: number, x: number): number {
    const trials = a + b - 1
    let sum = 0
    for (let k = a; k <= trials; k++)
      sum += Math.exp(
        logGamma(trials + 1) -
          logGamma(k + 1) -
          logGamma(trials - k + 1) +
          k * Math.log(x) +
          (trials - k) * Math.log(1 - x),
      )
    return sum
  }

  it.each([
    [1, 1, 0.3],
    [1, 800, 0.001],
    [3, 2, 0.9],
    [20, 400, 0.05],
    [1814, 1300, 0.58],
    [1008, 4000, 0.21],
    [2015, 80, 0.95],
  ])('equals the binomial sum for a = %i, b = %i, x = %f', (a, b, x) => {
    expect(betaProbability(x, 1 - x, a, b)).toBeCloseTo(atLeast(a, b, x), 10)
  })

  it('runs from 0 to 1', () => {
    expect(betaProbability(0, 5, 10, 10)).toBe(0)
    expect(betaProbability(-3, 5, 10, 10)).toBe(0)
    expect(betaProbability(5, 0, 10, 10)).toBe(1)
    expect(betaProbability(1e12, 1, 2015, 300)).toBe(1)
    expect(betaProbability(7, 7, 400, 400)).toBeCloseTo(0.5, 12)
  })
})
