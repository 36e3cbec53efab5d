import { describe, expect, it } from 'vitest'
import { blockRange, blocksThatCount } from '#shared/domain/money/ledger/luck.ts'

describe('how many blocks luck finds', () => {
  // Quantiles from sums of the probabilities in decimals of 60 digits.
  it.each([
    [0, 0, 0],
    [0.0253, 0, 0],
    [0.03, 0, 1],
    [1, 0, 3],
    [3, 0, 7],
    [5, 1, 10],
    [10, 4, 17],
    [44.64, 32, 58],
    [100, 81, 120],
    [446.4, 405, 488],
    [1339.2, 1268, 1411],
    [4464, 4334, 4595],
  ])('%s expected: %s to %s', (expected, low, high) => {
    expect(blockRange(expected)).toEqual({ low, high })
  })

  it('refuses what is no number of blocks', () => {
    expect(() => blockRange(-1)).toThrow(RangeError)
    expect(() => blockRange(NaN)).toThrow(RangeError)
  })

  it('counts the blocks of days that weigh the same, and fewer where some weigh less', () => {
    const even = Array.from({ length: 30 }, () => ({ sat: 100, blocks: 4 }))
    expect(blocksThatCount(even)).toBeCloseTo(120, 9)
    const tenDays = even.map(({ blocks }, day) => ({ sat: day < 10 ? 100 : 0.001, blocks }))
    expect(blocksThatCount(tenDays)).toBeCloseTo(40, 1)
    expect(blocksThatCount([{ sat: 0, blocks: 5 }])).toBe(0)
  })
})
