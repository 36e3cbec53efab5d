import { describe, expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { PLACE_NAMES } from '#shared/domain/fleet/fields.ts'
import { rowsContaining, searchedWords } from '#shared/domain/fleet/search.ts'
import { findRows } from '#shared/domain/fleet/find-rows.ts'
import { machine, site } from '../machines.ts'

const fleet = fleetFrom(
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
  const contains = rowsContaining(fleet, text)
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
    ['harbor', [0, 1, 2, 3]],
    ['pro s19', [0]],
    ['RIG harbor m60', [1]],
    ['rig-1 m60', []],
    ['GRÖSSE', []],
    ['GRÖ', [0, 2]],
    ['rig-3', []],
  ])('finds %s', (text, rows) => {
    expect(found(text)).toEqual(rows)
  })

  it('looks for nothing where nothing but spaces is typed, and not at the spaces around a text', () => {
    expect(found('')).toBe('all')
    expect(found('  ')).toBe('all')
    expect(found(' sn-77\t')).toEqual([1])
  })

  it('finds a word in the notes of a machine, which are no column, beside the others', () => {
    const notes = new Map([['fan', Uint8Array.of(1, 1, 0, 0)]])
    const contains = rowsContaining(fleet, 'Fan rig-2', notes)!
    expect([0, 1, 2, 3].filter(contains)).toEqual([1])
    expect(searchedWords(' Fan  RIG-2 fan ')).toEqual(['fan', 'rig-2'])
  })

  it('does not run from the text of one row into that of the next', () => {
    expect(found('rig-1rig')).toEqual([])
    expect(found('2größe')).toEqual([])
  })

  it('looks into every text of a machine', () => {
    for (const name of ['id', 'model', ...PLACE_NAMES] as const) {
      const one = fleetFrom([site({})], [machine({ [name]: 'needle' }), machine({})])
      const contains = rowsContaining(one, 'eedl')!
      expect([0, 1].filter(contains), name).toEqual([0])
    }
  })
})

describe('the first machines that are found', () => {
  it('are those whose id begins with the text, then those that have it anywhere', () => {
    expect(findRows(fleet, 'rig', 9)).toEqual([0, 1])
    expect(findRows(fleet, 'RIG-2', 9)).toEqual([1])
    // In an id at its end, in a rack at its beginning: the order of the fleet.
    expect(findRows(fleet, 'größe', 9)).toEqual([2, 0])
    expect(findRows(fleet, 'm', 9)).toEqual([0, 1])
  })

  it('are no more than are wanted, and none for nothing', () => {
    expect(findRows(fleet, 'rig', 1)).toEqual([0])
    expect(findRows(fleet, '  ', 9)).toEqual([])
    expect(findRows(fleet, 'nowhere', 9)).toEqual([])
  })
})
