import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS, settingsSchema } from '#shared/ipc/schemas/settings.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { GRID_COLUMNS, USUAL_TABLES } from '#shared/ipc/table-view.ts'
import { moved, movedBy } from '#renderer/parts/fleet-table/column-order.ts'
import { headCell, headSpan } from '#renderer/parts/fleet-table/group-head.ts'

/** The table as each place looks at it, and what is kept of it. */

const written: Partial<Settings>[] = []
const write = (patch: Partial<Settings>) => {
  written.push(structuredClone(patch))
  return Promise.resolve({ ok: true, value: { ...DEFAULT_SETTINGS, ...patch } })
}
vi.stubGlobal('window', {
  api: { settings: { write } },
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})
afterAll(() => {
  vi.unstubAllGlobals()
})
const { useStore } = await import('#renderer/state/store.ts')
const { keepTables } = await import('#renderer/state/keep-tables.ts')
const { selectQuestion } = await import('#renderer/state/question.ts')
const untouched = useStore.getInitialState()
beforeEach(() => {
  vi.useFakeTimers()
  written.length = 0
  useStore.setState({ ...untouched, settings: DEFAULT_SETTINGS }, true)
  return () => vi.useRealTimers()
})
const state = () => useStore.getState()

describe('the tables', () => {
  it('of two places are looked at each in its own way', () => {
    state().setFilter({ text: 'rig' })
    state().show('fleet')
    state().sortBy('rack')
    state().groupBy('site')
    state().fold('3', true)
    expect(state().tables.today).toMatchObject({ filter: { text: 'rig' }, group: { by: 'advice' } })
    expect(state().tables.fleet).toMatchObject({
      filter: { text: '' },
      sort: { column: 'rack', descending: false },
      group: { by: 'site', unfold: 'none', folds: { 3: true } },
    })
    expect(selectQuestion(state())).toMatchObject({ sort: { column: 'rack' }, group: { by: 'site' } })
    state().show('sites')
    expect(selectQuestion(state())).toMatchObject({ filter: { text: 'rig' }, group: { by: 'advice' } })
  })

  it('show every group’s rows while something is searched, and fold them again afterwards', () => {
    state().setFilter({ text: ' fan ' })
    expect(selectQuestion(state()).group.unfold).toBe('all')
    state().setFilter({ text: ' ' })
    expect(selectQuestion(state()).group.unfold).toBe('first')
  })

  it('leave no order by a column that is gone', () => {
    state().setColumns([...state().tables.today.columns, 'rack'])
    state().sortBy('rack')
    state().setColumns(USUAL_TABLES.today.columns)
    expect(state().tables.today.sort).toEqual(USUAL_TABLES.today.sort)
  })

  it('are kept once nothing changes any more, without what is of one moment, and come back', async () => {
    const end = keepTables()
    state().show('fleet')
    state().setFilter({ text: 's19', strike: { from: 1, to: 2, isIdle: false, label: 'S19' } })
    state().setWidth('model', 200)
    state().groupBy('rack')
    state().fold('0/R 1', true)
    await vi.advanceTimersByTimeAsync(100)
    expect(written).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(written).toHaveLength(1)
    const { tables } = written[0]!
    expect(settingsSchema.shape.tables.safeParse(tables).error).toBeUndefined()
    expect(tables!.fleet).toEqual({
      ...USUAL_TABLES.fleet,
      filter: { text: 's19', siteKey: null, model: null, verdict: null },
      widths: { model: 80 },
      group: 'rack',
    })
    end()
    useStore.setState(untouched, true)
    state().takeTables(tables!)
    state().show('fleet')
    expect(selectQuestion(state())).toMatchObject({
      filter: { text: 's19', strike: null },
      group: { by: 'rack', folds: {} },
    })
    expect(state().tables.fleet.widths).toEqual({ model: 80 })
  })
})

describe('a setting of the tables', () => {
  const accepts = (fleet: object) =>
    settingsSchema.shape.tables.safeParse({ ...USUAL_TABLES, fleet: { ...USUAL_TABLES.fleet, ...fleet } })
      .success

  it('is refused with columns that there are not, twice or not at all', () => {
    expect(accepts({ columns: GRID_COLUMNS })).toBe(true)
    expect(accepts({ columns: ['id', 'colour'] })).toBe(false)
    expect(accepts({ columns: ['id', 'id'] })).toBe(false)
    expect(accepts({ columns: [] })).toBe(false)
    expect(accepts({ widths: { id: 0 } })).toBe(false)
    expect(accepts({ group: 'colour' })).toBe(false)
  })
})

describe('columns', () => {
  it('move by steps and to the place of another, and stop at the ends', () => {
    expect(movedBy(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(movedBy(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(movedBy(['a', 'b', 'c'], 'c', 5)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b'], 'x', 'a')).toEqual(['a', 'b'])
  })

  it('before the first figure are taken by the name of a group', () => {
    expect(headSpan(['id', 'site', 'quantity', 'model'])).toBe(2)
    expect(headSpan(['quantity', 'id'])).toBe(1)
    expect(headSpan(['id', 'rack'])).toBe(2)
    expect([0, 1, 2, 3].map((column) => headCell(['id', 'site', 'quantity'], column))).toEqual([0, 1, 1, 3])
  })
})
