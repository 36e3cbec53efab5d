import { describe, expect, it } from 'vitest'
import {
  BLOCK_ROWS,
  fleetFrom,
  float64Columns,
  labelAt,
  labelColumn,
  textAt,
  textColumn,
} from '#shared/domain/fleet/columns.ts'
import { machine, site } from '../machines.ts'

describe('text columns', () => {
  it('give back every text, whatever its alphabet and length', () => {
    const texts = ['', 'S19j Pro', 'Größe', '矿机', '⛏️ 7', '']
    const column = textColumn(texts)
    expect(texts.map((_, row) => textAt(column, row))).toEqual(texts)
  })
})

describe('label columns', () => {
  it('keep each label once', () => {
    const column = labelColumn(['a', 'b', 'a', 'a', 'c'])
    expect(column.labels).toEqual(['a', 'b', 'c'])
    expect([0, 1, 2, 3, 4].map((row) => labelAt(column, row))).toEqual(['a', 'b', 'a', 'a', 'c'])
  })
})

describe('number columns in one buffer', () => {
  it.each([0, 1, BLOCK_ROWS, 5000])('of %i rows do not touch each other', (length) => {
    const { a, b, c } = float64Columns(length, ['a', 'b', 'c'])
    a.fill(1)
    b.fill(2)
    c.fill(3)
    expect([a, b, c].map((column) => column.length)).toEqual([length, length, length])
    expect(a.every((value) => value === 1)).toBe(true)
    expect(b.every((value) => value === 2)).toBe(true)
  })
})

describe('a fleet from values', () => {
  it('refuses a machine at a site that is not there', () => {
    expect(() => fleetFrom([site({ name: 'North' })], [machine({ id: 'x7', site: 'South' })])).toThrow(
      'machine x7 names the site South, which is not in the fleet',
    )
  })

  it('keeps rows and sites in their order', () => {
    const fleet = fleetFrom(
      [site({ name: 'A' }), site({ name: 'B', powerPriceUsdPerKwh: 0.04 })],
      [machine({ id: 'one', site: 'B' }), machine({ id: 'two', site: 'A', status: 'repair', quantity: 7 })],
    )
    expect([...fleet.machines.site]).toEqual([1, 0])
    expect([...fleet.machines.status]).toEqual([0, 2])
    expect(textAt(fleet.machines.id, 1)).toBe('two')
    expect(fleet.machines.quantity[1]).toBe(7)
    expect(fleet.sites.powerPriceUsdPerKwh[1]).toBe(0.04)
  })
})
