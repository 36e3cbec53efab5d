import { describe, expect, it } from 'vitest'
import { sortedIndex } from '#shared/domain/fleet/sorted-index.ts'

describe('rows in the order of a column', () => {
  const values = Float64Array.of(3, NaN, -1, 0, -0, 3, -Infinity, 1e-310, NaN, Infinity, -1e300, 2.5, 0)

  it('ascend, equal ones in the order of their rows, missing ones last', () => {
    expect([...sortedIndex(values, false)]).toEqual([6, 10, 2, 3, 4, 12, 7, 11, 0, 5, 9, 1, 8])
  })

  it('descend, equal ones still in the order of their rows, missing ones still last', () => {
    expect([...sortedIndex(values, true)]).toEqual([9, 0, 5, 11, 7, 3, 4, 12, 2, 10, 6, 1, 8])
  })

  it('of nothing, of one, and of equal values', () => {
    expect([...sortedIndex(new Float64Array(0), false)]).toEqual([])
    expect([...sortedIndex(Float64Array.of(NaN), true)]).toEqual([0])
    expect([...sortedIndex(new Float64Array(4).fill(7), true)]).toEqual([0, 1, 2, 3])
  })

  it('of a column that lies inside a longer buffer', () => {
    const buffer = Float64Array.of(9, 9, 5, 4, 6, 9)
    expect([...sortedIndex(buffer.subarray(2, 5), false)]).toEqual([1, 0, 2])
  })
})
