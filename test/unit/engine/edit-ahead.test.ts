import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { pagesOf } from '#renderer/engine/pages.ts'
import type { FleetEdit } from '#renderer/engine/edit-ahead.ts'
import { PLAIN_TABLE } from './looks.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'

const REAL = { conditions: NETWORK, choices: { change: null, horizonDays: null }, nowMs: null }
const FLEET = smallFleet([
  { id: 'N-1' },
  { id: 'H-1', model: 'S19', hashrateThs: 95, powerW: 3250, site: 'Harbor', quantity: 3 },
  { id: 'H-2', model: 'T19', hashrateThs: 84, powerW: 3150, site: 'Harbor', powerPriceUsdPerKwh: 0.07 },
])
const edit = (given: Partial<FleetEdit>): FleetEdit => ({ patch: {}, policy: null, ...given })

function pages() {
  const made = createEngine()
  made.load({ kind: 'all', machines: FLEET.machines }, FLEET.sites, PLAIN_CASE)
  return pagesOf(made.there)
}
const margin = (given: Partial<FleetEdit>) => {
  const made = pages()
  made.pick(Float64Array.of(1, 2))
  return made.edit({ real: REAL, edit: edit(given) })
}

describe('an edit before it is stored', () => {
  it('tells what the picked machines have now', () => {
    const { rows, machines, numbers, common } = pages().pick(Float64Array.of(1, 2, 99))
    expect([rows, machines]).toEqual([2, 4])
    expect(numbers.powerPriceUsdPerKwh).toEqual({ least: 0.07, most: 0.07, absent: 1 })
    expect(numbers.hashrateThs).toMatchObject({ least: 84, most: 95, absent: 0 })
    expect(common).toMatchObject({ site: 'Harbor', status: 'running' })
    expect(common).not.toHaveProperty('model')
  })

  it('is weighed as the fleet would be with it', () => {
    const cheap = margin({ patch: { powerPriceUsdPerKwh: 0.001 } })
    const after = createEngine()
    after.load(
      {
        kind: 'all',
        machines: {
          ...FLEET.machines,
          powerPriceUsdPerKwh: FLEET.machines.powerPriceUsdPerKwh.map((own, row) => (row > 0 ? 0.001 : own)),
        },
      },
      FLEET.sites,
      PLAIN_CASE,
    )
    const look = after.look({
      market: REAL,
      realMarket: REAL,
      sitePowerPrices: new Map(),
      ...PLAIN_TABLE,
      keepOrder: false,
      window: { from: 0, to: 3 },
      explained: null,
      wantsSites: false,
    })
    expect(cheap.marginUsdPerDay.after).toBe(look.realMarginUsdPerDay)
    expect(cheap.marginUsdPerDay.after).toBeGreaterThan(cheap.marginUsdPerDay.before)
    expect(cheap.changes).toMatchObject({ machines: 5 })
  })

  it('changes nothing where it says what is stored, and nothing that is shown', () => {
    const same = margin({ patch: { status: 'running' } })
    expect(same.changes.changed).toBe(0)
    expect(same.marginUsdPerDay.after).toBe(same.marginUsdPerDay.before)
    expect(margin({ policy: 'exempt' }).changes.changed).toBe(0)
  })

  it('gives the J/TH that a power figure would make', () => {
    const { jPerTh } = margin({ patch: { powerW: 9500 } })
    expect(jPerTh).toEqual({ least: 100, most: 9500 / 84 })
  })
})

it('a model tells its machines, where they stand and what they pay', () => {
  const made = pages()
  expect(made.model('S19')).toMatchObject({
    rows: 1,
    machines: 3,
    sites: [{ name: 'Harbor', machines: 3, id: 'H-1' }],
    asStored: [{ hashrateThs: 95, powerW: 3250 }],
  })
  expect(made.model('S9')).toBeNull()
})
