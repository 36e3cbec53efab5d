import { describe, expect, it } from 'vitest'
import type { SiteTerms } from '#shared/domain/decision/trial.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { textColumn } from '#shared/domain/fleet/columns.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Question } from '#renderer/engine/protocol.ts'
import { GRID_COLUMNS, NO_FILTER } from '#renderer/engine/view.ts'
import { benchFleet } from '../../bench/fleets.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'
import { MARKET, question, rowsOf } from './looks.ts'

const at = (priceUsdPerBtc: number) => ({ ...MARKET, conditions: { ...NETWORK, priceUsdPerBtc } })
function engineOf(fleet: Fleet) {
  const engine = createEngine()
  engine.load({ kind: 'all', machines: fleet.machines }, fleet.sites, PLAIN_CASE)
  return engine
}

// break-evens 21, 65.7 and 72
const FLEET = smallFleet([
  { id: 'N-1' },
  { id: 'H-1', model: 'S19', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 3 },
  { id: 'H-2', model: 'T19', hashrateThs: 84, powerW: 3150, site: 'Harbor', powerPriceUsdPerKwh: 0.07 },
])
const ids = (engine: ReturnType<typeof engineOf>, given: Partial<Question>) =>
  rowsOf(engine.look(question(given))).map(({ id }) => id)

describe('the order of the rows', () => {
  const bySaving = (market: Question['market']) => ids(engineOf(FLEET), { market })

  it('is kept while only the market moves, and made again when that is over', () => {
    const engine = engineOf(FLEET)
    const [dear, cheap] = [at(1_000_000), at(20_000)]
    const before = ids(engine, { market: dear })
    expect(bySaving(cheap)).not.toEqual(before)
    expect(ids(engine, { market: cheap, keepOrder: true })).toEqual(before)
    expect(ids(engine, { market: cheap })).toEqual(bySaving(cheap))
  })

  it('is not kept where nothing was decided before, nor where another one is asked for', () => {
    const engine = engineOf(FLEET)
    ids(engine, { market: null })
    expect(ids(engine, { market: at(20_000), keepOrder: true })).toEqual(bySaving(at(20_000)))
    const byId = { sort: { column: 'id', descending: false } } as const
    expect(ids(engine, { market: at(90_000), keepOrder: true, ...byId })).toEqual(['H-1', 'H-2', 'N-1'])
  })

  it('keeps a filter by advice in place too, until the market has settled', () => {
    const engine = engineOf(FLEET)
    const off = { filter: { ...NO_FILTER, verdict: 'off' } } as const
    expect(ids(engine, { market: at(20_000), ...off }).sort()).toEqual(['H-1', 'H-2', 'N-1'])
    expect(ids(engine, { market: at(88_300), keepOrder: true, ...off })).toHaveLength(3)
    expect(ids(engine, { market: at(88_300), ...off }).sort()).toEqual(['H-1', 'H-2'])
  })
})

describe('what is known beside the look', () => {
  it('gives keys by place, machines by key, and none where there is none', () => {
    const engine = engineOf(FLEET)
    engine.look(question({ sort: { column: 'id', descending: true } }))
    expect([...engine.keys({ from: 0, to: 2 })]).toEqual([0, 2])
    expect([...engine.keys({ from: 1, to: 99 })]).toEqual([2, 1])
    expect(engine.machine(1)).toMatchObject({
      id: 'H-1',
      siteKey: 1,
      status: 'running',
      numbers: { quantity: 3 },
    })
    expect(engine.machine(7)).toBeNull()
  })

  it('counts rows and own prices by site, and lists the models that are in use', () => {
    const engine = createEngine()
    expect(engine.load({ kind: 'all', machines: FLEET.machines }, FLEET.sites, PLAIN_CASE)).toEqual({
      rows: 3,
      models: ['Antminer S21 200T', 'S19', 'T19'],
      rowsAtSites: [
        { rows: 1, rowsWithOwnPrice: 0 },
        { rows: 2, rowsWithOwnPrice: 1 },
      ],
    })
  })

  it('explains a machine, and none that is gone', () => {
    const engine = engineOf(FLEET)
    const { explained } = engine.look(question({ explained: { kind: 'machine', key: 2 } }))
    expect(explained).toMatchObject({
      id: 'H-2',
      site: 'Harbor',
      ownPrice: true,
      decision: { verdict: 'off' },
    })
    expect(explained!.figures!.powerPriceUsdPerKwh).toBe(0.07)
    expect(engine.look(question({ explained: { kind: 'machine', key: 9 } })).explained).toBeNull()
    expect(
      engine.look(question({ explained: { kind: 'machine', key: 2 }, market: null })).explained,
    ).toMatchObject({
      figures: null,
      decision: null,
    })
  })

  it('counts the machines whose advice a value would change, in lots and at sites that would pay otherwise', () => {
    const engine = engineOf(FLEET)
    const changes = (tried: Question['market'], sites = new Map<number, SiteTerms>()) =>
      engine.changes({ real: MARKET, tried, sites })
    expect(changes(MARKET)).toEqual({ changed: 0, machines: 5 })
    expect(changes(at(20_000))).toEqual({ changed: 1, machines: 5 })
    expect(changes(at(1_000_000))).toEqual({ changed: 4, machines: 5 })
    expect(changes(null)).toEqual({ changed: null, machines: 5 })
    const free = { powerPriceUsdPerKwh: 0, otherUsdPerKwh: 0, overhead: 0 }
    // The one with a price of its own goes on paying it.
    expect(changes(MARKET, new Map([[1, free]]))).toEqual({ changed: 3, machines: 5 })
  })

  it('needs a fleet', () => {
    expect(() => createEngine().look(question())).toThrow('no fleet')
    expect(() => createEngine().load({ kind: 'same' }, FLEET.sites, PLAIN_CASE)).toThrow('does not have')
  })
})

describe('memory', () => {
  it('for 20 000 machines is at most half of the fleet again, whatever was asked', () => {
    const bench = benchFleet(20_000)
    const id = textColumn(Array.from({ length: 20_000 }, (_, i) => `rig-${i}`))
    const engine = engineOf({ ...bench, machines: { ...bench.machines, id } })
    for (const column of GRID_COLUMNS) {
      for (const verdict of ['run', null] as const) {
        engine.look(
          question({
            sort: { column, descending: true },
            filter: { ...NO_FILTER, verdict },
            sitePowerPrices: new Map(verdict === null ? [] : [[3, 0.06]]),
          }),
        )
      }
    }
    const { fleet, computed } = engine.heldBytes()
    expect(fleet).toBeGreaterThan(20_000 * 115)
    expect(computed).toBeLessThanOrEqual(fleet / 2)
  }, 90_000)
})
