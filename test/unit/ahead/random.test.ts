import { describe, expect, it } from 'vitest'
import {
  nextNormal,
  nextTailScale,
  nextUint32,
  nextUniform,
  normalQuantile,
  randomState,
} from '#shared/domain/ahead/simulate/random.ts'

describe('nextUint32', () => {
  it('gives the published numbers of xoshiro128**', () => {
    // From the words 1, 2, 3, 4: the test vector of the reference implementation, version 1.1.
    const state = new Int32Array([1, 2, 3, 4])
    expect(Array.from({ length: 10 }, () => nextUint32(state))).toEqual([
      11_520, 0, 5_927_040, 70_819_200, 2_031_721_883, 1_637_235_492, 1_287_239_034, 3_734_860_849,
      3_729_100_597, 4_258_142_804,
    ])
  })
})

describe('randomState', () => {
  it('keeps its promise from version to version: seed 1 begins like this', () => {
    const state = randomState(1)
    expect([nextUint32(state), nextUint32(state)]).toEqual([2_442_144_158, 3_238_099_751])
  })

  it('takes every 32-bit seed, none of which stands still', () => {
    for (const seed of [0, 1, 2 ** 31, 2 ** 32 - 1]) {
      const state = randomState(seed)
      expect(new Set(Array.from({ length: 100 }, () => nextUniform(state))).size).toBe(100)
    }
  })

  it.each([-1, 1.5, 2 ** 32, NaN])('refuses the seed %d', (seed) => {
    expect(() => randomState(seed)).toThrow(/^seed: must be a whole number from 0 to 4294967295/)
  })
})

describe('normalQuantile', () => {
  it.each([
    // Wichura 1988: the check values of PPND16
    [0.25, -0.6744897501960817],
    [0.001, -3.0902323061678136],
    [1e-20, -9.262340089798409],
    [0.5, 0],
    [0.975, 1.959963984540054],
  ])('at %d is %d', (p, value) => {
    expect(normalQuantile(p)).toBeCloseTo(value, 13)
  })

  it('is symmetrical and rises', () => {
    let before = -Infinity
    for (let i = 1; i < 2000; i++) {
      const value = normalQuantile(i / 2000)
      expect(value).toBeGreaterThan(before)
      expect(normalQuantile(1 - i / 2000)).toBeCloseTo(-value, 12)
      before = value
    }
  })
})

describe('draws', () => {
  const draws = 200_000
  const moments = (draw: () => number) => {
    let [sum, square, fourth] = [0, 0, 0]
    for (let i = 0; i < draws; i++) {
      const x = draw()
      sum += x
      square += x ** 2
      fourth += x ** 4
    }
    return { mean: sum / draws, variance: square / draws, kurtosis: (fourth * draws) / square ** 2 }
  }

  it('are standard normal', () => {
    const state = randomState(7)
    const { mean, variance, kurtosis } = moments(() => nextNormal(state))
    expect(mean).toBeCloseTo(0, 2)
    expect(variance).toBeCloseTo(1, 1)
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.1)
  })

  it('have variance 1 and the heavy tails of Student’s t with a scale', () => {
    const state = randomState(7)
    const { variance, kurtosis } = moments(() => nextTailScale(state, 10) * nextNormal(state))
    expect(variance).toBeCloseTo(1, 1)
    // 3 + 6 / (ν − 4)
    expect(Math.abs(kurtosis - 4)).toBeLessThan(0.3)
  })
})
