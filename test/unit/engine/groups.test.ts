import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { Engine } from '#renderer/engine/engine.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Question } from '#renderer/engine/protocol.ts'
import type { GroupView } from '#renderer/engine/view.ts'
import { NO_FILTER } from '#renderer/engine/view.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'
import { MARKET, question, headsOf, rowsOf } from './looks.ts'

const S19 = { model: 'S19', hashrateThs: 95, powerW: 3250 } as const
// At a hashprice of 34.5: N-1 and N-2 earn (break-even 21), H-1 and H-2 lose (65.7 and 65.7), H-3 is off and stays off.
const FLEET = smallFleet([
  { id: 'N-1', rack: 'R 2', quantity: 2 },
  { id: 'H-1', ...S19, site: 'Harbor', quantity: 3, rack: 'R 10' },
  { id: 'H-2', ...S19, site: 'Harbor', quantity: 10, rack: 'R 2' },
  { id: 'N-2', rack: 'R 10' },
  { id: 'H-3', ...S19, site: 'Harbor', status: 'off', quantity: 99 },
  { id: 'X-1', hashrateThs: Number.NaN },
])

const viewBy = (by: GroupView['by'], change: Partial<GroupView> = {}): GroupView => ({
  ...{ by, unfold: 'none', folds: {} },
  ...change,
})
function engineOf(fleet: Fleet): Engine {
  const engine = createEngine()
  engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
  return engine
}
const names = (engine: Engine, given: Partial<Question>) =>
  headsOf(engine.look(question(given))).map(({ name }) => name)
const ids = (engine: Engine, given: Partial<Question>) =>
  rowsOf(engine.look(question(given))).map(({ id }) => id)

describe('groups', () => {
  it('by advice stand in the order of what is to be done, the first one open', () => {
    const { entries, places, shown } = engineOf(FLEET).look(
      question({ group: viewBy('advice', { unfold: 'first' }) }),
    )
    expect(entries.map((entry) => (entry.kind === 'row' ? entry.id : entry.name))).toEqual([
      ...['off', 'H-2', 'H-1', 'run', 'stay-off', ''],
    ])
    expect([places, shown]).toEqual([6, 6])
    expect(entries[1]).toMatchObject({ placeInGroup: 1, rowsInGroup: 2 })
    expect(entries[3]).toMatchObject({ kind: 'group', place: 2, groups: 4, isOpen: false, rows: 2 })
  })

  it('amount to what their rows amount to as printed; where none runs, to what they would', () => {
    const [off, run, stays, none] = headsOf(engineOf(FLEET).look(question({ group: viewBy('advice') })))
    const lost = rowsOf(engineOf(FLEET).look(question({ filter: { ...NO_FILTER, verdict: 'off' } })))
    const cents = (usd: number) => Math.round(usd * 100)
    expect(off).toMatchObject({ rows: 2, machines: 13, isIdle: false, meterW: 42_300 })
    expect(cents(off!.marginUsdPerDay)).toBe(
      lost.reduce((sum, { marginUsdPerDay }) => sum + cents(marginUsdPerDay), 0),
    )
    expect(cents(off!.gainUsd)).toBe(lost.reduce((sum, { gainUsd }) => sum + cents(gainUsd), 0))
    expect(off!.breakevenLowUsdPerPhDay).toBeCloseTo(65.68, 2)
    expect(run).toMatchObject({ machines: 3, hashrateThs: 600, efficiencyJPerTh: 17.5 })
    expect(stays).toMatchObject({ machines: 99, isIdle: true })
    expect(stays!.marginUsdPerDay).toBeLessThan(0)
    expect(none).toMatchObject({ rows: 1, machines: 1, marginUsdPerDay: NaN, gainUsd: NaN })
  })

  it('by site, model and rack stand by their names, a rack apart for each site, those without a name last', () => {
    const engine = engineOf(FLEET)
    const sort = { column: 'id', descending: false } as const
    const labels = (by: 'site' | 'model' | 'rack') =>
      headsOf(engine.look(question({ sort, group: viewBy(by) }))).map(({ label, site }) => [label, site])
    expect(labels('site')).toEqual([
      ['Harbor', null],
      ['North', null],
    ])
    expect(labels('model').map(([label]) => label)).toEqual(['Antminer S21 200T', 'S19'])
    expect(labels('rack')).toEqual([
      ['R 2', 'Harbor'],
      ['R 10', 'Harbor'],
      ['', 'Harbor'],
      ['R 2', 'North'],
      ['R 10', 'North'],
      ['', 'North'],
    ])
  })

  it('stand by the subtotal of the column that rows are sorted by', () => {
    const engine = engineOf(FLEET)
    const by = (column: 'margin' | 'quantity', descending: boolean) =>
      names(engine, { sort: { column, descending }, group: viewBy('site') })
    expect(by('margin', false)).toEqual(['1', '0'])
    expect(by('margin', true)).toEqual(['0', '1'])
    expect(by('quantity', true)).toEqual(['1', '0'])
  })

  it('open and close one by one, and keep the order of rows within', () => {
    const engine = engineOf(FLEET)
    const sort = { column: 'quantity', descending: true } as const
    expect(ids(engine, { sort, group: viewBy('site') })).toEqual([])
    expect(ids(engine, { sort, group: viewBy('site', { folds: { 1: true } }) })).toEqual([
      'H-3',
      'H-2',
      'H-1',
    ])
    expect(ids(engine, { sort, group: viewBy('site', { unfold: 'all', folds: { 1: false } }) })).toEqual([
      ...['N-1', 'N-2', 'X-1'],
    ])
  })

  it('have only rows that pass the filter', () => {
    const engine = engineOf(FLEET)
    const filter = { ...NO_FILTER, text: 's21 north' }
    expect(names(engine, { filter, group: viewBy('site') })).toEqual(['0'])
  })

  it('keep their rows while only the market moves', () => {
    const engine = engineOf(FLEET)
    const group = viewBy('advice', { unfold: 'all' })
    const before = ids(engine, { group })
    const market = { ...MARKET, conditions: { ...NETWORK, priceUsdPerBtc: 300_000 } }
    expect(ids(engine, { group, market, keepOrder: true })).toEqual(before)
    expect(names(engine, { group, market })).not.toContain('off')
  })

  it('show any stretch of the table as the same entries that the whole has', () => {
    const engine = engineOf(FLEET)
    const group = viewBy('rack', { folds: { '1/R 2': true, '0/R 10': true } })
    const { entries: all } = engine.look(question({ group }))
    for (let from = 0; from <= all.length; from++) {
      for (let to = from; to <= all.length; to++) {
        const { entries } = engine.look(question({ group, window: { from, to } }))
        expect(entries).toEqual(all.slice(from, to))
      }
    }
  })
})

describe('the selection', () => {
  const selected = (engine: Engine, given: Partial<Question> = {}, turn = Math.random()) => {
    const { selected: rows, sums } = engine.look(question({ turn, ...given }))
    return { rows, machines: sums.machines, keys: [...engine.selectedKeys()] }
  }

  it('is added up over every machine in it, whether it passes the filter or not', () => {
    const engine = engineOf(FLEET)
    engine.look(question())
    engine.select({ kind: 'all' })
    expect(selected(engine)).toEqual({ rows: 6, machines: 116, keys: [0, 1, 2, 3, 4, 5] })
    const filter = { ...NO_FILTER, text: 'N-1' }
    expect(selected(engine, { filter }).machines).toBe(116)
    engine.select({ kind: 'none' })
    expect(selected(engine, { filter })).toEqual({ rows: 0, machines: 2, keys: [] })
  })

  it('takes one row in and out, and a group with all its rows', () => {
    const engine = engineOf(FLEET)
    const group = viewBy('site')
    engine.look(question({ group }))
    engine.select({ kind: 'toggle-key', key: 1 })
    expect(selected(engine, { group }).keys).toEqual([1])
    const harbor = () => headsOf(engine.look(question({ group, turn: 9 }))).find(({ name }) => name === '1')!
    expect(harbor()).toMatchObject({ rows: 3, selectedRows: 1 })
    engine.select({ kind: 'toggle', at: harbor().place - 1 })
    expect(selected(engine, { group }).keys).toEqual([1, 2, 4])
    engine.select({ kind: 'toggle', at: harbor().place - 1 })
    expect(selected(engine, { group }).keys).toEqual([])
  })

  it('of a range has what lies between, a closed group with all its rows, an open one with those in the range', () => {
    const engine = engineOf(FLEET)
    const sort = { column: 'id', descending: false } as const
    const group = viewBy('site', { folds: { 1: true } })
    engine.look(question({ sort, group }))
    // Harbor, H-1, H-2, H-3, North (closed)
    engine.select({ kind: 'range', from: 0, to: 3 })
    expect(selected(engine, { sort, group }).keys).toEqual([1, 2])
    engine.select({ kind: 'range', from: 3, to: 5 })
    expect(selected(engine, { sort, group }).keys).toEqual([0, 3, 4, 5])
  })

  it('follows its machines when the fleet is read again, and drops those that are gone', () => {
    const engine = engineOf(FLEET)
    engine.look(question())
    engine.select({ kind: 'all' })
    engine.select({ kind: 'toggle-key', key: 0 })
    const { machines, sites } = smallFleet([{ id: 'N-1' }, { id: 'H-1' }, { id: 'new' }])
    engine.load({ kind: 'all', machines: { ...machines, key: Float64Array.of(0, 1, 77) } }, sites, PLAIN_CASE)
    expect(selected(engine).keys).toEqual([1])
  })
})

describe('notes', () => {
  it('are found once it is said whose they are, together with what is in the columns', () => {
    const engine = engineOf(FLEET)
    const filter = { ...NO_FILTER, text: 'fan s19' }
    expect(ids(engine, { filter })).toEqual([])
    engine.takeNotes(new Map([['fan', Float64Array.of(0, 2)]]))
    expect(ids(engine, { filter, turn: 1 })).toEqual(['H-2'])
  })
})
