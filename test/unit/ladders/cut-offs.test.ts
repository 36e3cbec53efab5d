import { describe, expect, it } from 'vitest'
import { cutOffTable, cutOffUsdPerKwh, stepHashcostUsdPerPhDay } from '#shared/domain/ladders/cut-offs.ts'
import { upperHull } from '#shared/domain/ladders/hull.ts'
import type { MachineTerms, LadderPoint } from '#shared/domain/ladders/point.ts'
import { ladderFault, marginAtPointUsdPerDay, offPoint } from '#shared/domain/ladders/point.ts'

const TERMS: MachineTerms = {
  uptime: 1,
  poolFee: 0,
  hostShare: 0,
  overhead: 0,
  powerPriceUsdPerKwh: 0.06,
  otherUsdPerKwh: 0,
  standbyW: 0,
}
const point = (name: string, hashrateThs: number, powerW: number): LadderPoint => ({
  name,
  hashrateThs,
  powerW,
})

describe('the hull', () => {
  it('leaves out what lies under or on the line, and the lower of two at one place', () => {
    expect(upperHull([0, 1, 2, 3, 3, 4], [0, 4, 5, 5, 9, 6])).toEqual([0, 1, 4, 5])
    expect(upperHull([0, 1, 2, 3], [0, 1, 2, 3])).toEqual([0, 3])
    expect(upperHull([5], [1])).toEqual([0])
    expect(upperHull([], [])).toEqual([])
  })

  it('takes points in any order and keeps the falling side', () => {
    expect(upperHull([3, 0, 2, 1], [1, 0, 4, 3])).toEqual([1, 3, 2, 0])
  })
})

describe('a cut-off price', () => {
  it('is the price at which both points earn the same', () => {
    const terms = {
      ...TERMS,
      poolFee: 0.02,
      hostShare: 0.1,
      overhead: 0.15,
      otherUsdPerKwh: 0.004,
      uptime: 0.9,
    }
    const [low, high] = [point('low', 80, 1700), point('high', 120, 2700)]
    const price = cutOffUsdPerKwh(low, high, terms, 42)
    const at = { ...terms, powerPriceUsdPerKwh: price }
    expect(marginAtPointUsdPerDay(low, at, 42)).toBeCloseTo(marginAtPointUsdPerDay(high, at, 42), 12)
    // and the hashprice at which the step earns nothing at that price is the one it was computed from
    expect(stepHashcostUsdPerPhDay(low, high, at)).toBeCloseTo(42, 10)
  })

  it('of the first step allows for the standby power that is drawn anyway', () => {
    const price = cutOffUsdPerKwh(offPoint({ standbyW: 50 }), point('only', 100, 3050), TERMS, 30)
    expect(price).toBeCloseTo((30 * 100) / 1000 / (24 * 3), 12)
  })

  it('does not exist for a point under the hull, which still has an average', () => {
    const ladder = [point('eco', 75, 1900), point('normal', 96, 2850), point('turbo', 105, 3100)]
    const table = cutOffTable(ladder, TERMS, 50)
    expect(table.map(({ profile, onHull, from }) => [profile.name, onHull, from])).toEqual([
      ['eco', true, null],
      ['normal', false, null],
      ['turbo', true, 'eco'],
    ])
    expect(table[1]!.cutOffUsdPerKwh).toBeNaN()
    expect(table[1]!.averageUsdPerKwh).toBeCloseTo((50 * 96) / (24 * 2850), 12)
  })

  it('is below the average wherever the curve bends', () => {
    const [, , third] = cutOffTable(
      [point('a', 50, 1000), point('b', 80, 1800), point('c', 100, 2600)],
      TERMS,
      50,
    )
    expect(third!.cutOffUsdPerKwh).toBeLessThan(third!.averageUsdPerKwh)
    expect(third!.cutOffUsdPerKwh).toBeCloseTo((50 * 20) / (24 * 800), 12)
  })
})

describe('a ladder', () => {
  it.each([
    [[point('a', 50, 1000)], { at: 0, field: 'profile' }],
    [[], { at: 0, field: 'profile' }],
    [[point('a', 50, 1000), point('a', 60, 1200)], { at: 1, field: 'profile' }],
    [[point('a', 50, 1000), point('', 60, 1200)], { at: 1, field: 'profile' }],
    [[point('a', 50, 1000), point('b', 60, 1000)], { at: 1, field: 'powerW' }],
    [[point('a', 60, 1200), point('b', 50, 1000)], { at: 1, field: 'powerW' }],
    [[point('a', 50, 1000), point('b', 50, 1200)], { at: 1, field: 'hashrateThs' }],
    [[point('a', 50, -5), point('b', 60, 1200)], { at: 0, field: 'powerW' }],
    [[point('a', NaN, 5), point('b', 60, 1200)], { at: 0, field: 'hashrateThs' }],
  ] as const)('%j is none', (points, expected) => {
    expect(ladderFault(points)).toMatchObject(expected)
  })

  it('rises in power and hashrate', () => {
    expect(ladderFault([point('a', 50, 1000), point('b', 60, 1300)])).toBeNull()
  })
})
