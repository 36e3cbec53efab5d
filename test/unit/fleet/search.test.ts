import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import { findRows } from '#shared/domain/fleet/find-rows.ts'
import { rowsContaining } from '#shared/domain/fleet/search.ts'
import { machine, site } from '../machines.ts'

const { machines } = fleetFrom(
  [site({ name: 'Harbor' })],
  [
    machine({ id: 'rig-1', model: 'Antminer S19j Pro', site: 'Harbor', rack: 'Größe A' }),
    machine({ id: 'rig-2', model: 'Whatsminer M60', site: 'Harbor', serial: 'SN-77', position: '4/2' }),
    machine({ id: 'größe-3', model: '', site: 'Harbor', ip: '10.0.0.12', mac: '02:00:AB:00' }),
    machine({ id: '', model: '矿机', site: 'Harbor' }),
  ],
)
/** Rows that contain the text. */
const found = (text: string) => {
  const contains = rowsContaining(machines, text)
  return contains === null ? 'all' : [0, 1, 2, 3].filter(contains)
}

describe('the search', () => {
  it.each([
    ['rig', [0, 1]],
    ['RIG-2', [1]],
    ['s19J', [0]],
    ['sn-7', [1]],
    ['4/2', [1]],
    ['0.0.12', [2]],
    ['02:00:ab', [2]],
    ['größe', [0, 2]],
    ['矿', [3]],
    ['harbor', []],
    ['rig-3', []],
  ])('finds %s', (text, rows) => {
    expect(found(text)).toEqual(rows)
  })

  it('looks for nothing where nothing but spaces is typed, and not at the spaces around a text', () => {
    expect(found('')).toBe('all')
    expect(found('  ')).toBe('all')
    expect(found(' sn-77\t')).toEqual([1])
  })

  it('does not run from the text of one row into that of the next', () => {
    expect(found('rig-1rig')).toEqual([])
    expect(found('2größe')).toEqual([])
  })

  it('looks into every text of a machine', () => {
    for (const name of ['id', 'model', ...PLACE_NAMES] as const) {
      const one = fleetFrom([site({})], [machine({ [name]: 'needle' }), machine({})])
      const contains = rowsContaining(one.machines, 'eedl')!
      expect([0, 1].filter(contains), name).toEqual([0])
    }
  })
})

describe('the first machines that are found', () => {
  it('are those whose id begins with the text, then those that have it anywhere', () => {
    expect(findRows(machines, 'rig', 9)).toEqual([0, 1])
    expect(findRows(machines, 'RIG-2', 9)).toEqual([1])
    // In an id at its end, in a rack at its beginning: the order of the fleet.
    expect(findRows(machines, 'größe', 9)).toEqual([2, 0])
    expect(findRows(machines, 'm', 9)).toEqual([0, 1])
  })

  it('are no more than are wanted, and none for nothing', () => {
    expect(findRows(machines, 'rig', 1)).toEqual([0])
    expect(findRows(machines, '  ', 9)).toEqual([])
    expect(findRows(machines, 'nowhere', 9)).toEqual([])
  })
})
