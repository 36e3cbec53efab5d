import { expect, it } from 'vitest'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import type { Machine } from '#shared/domain/fleet/fleet.ts'
import { PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import type { KnownLadders } from '#shared/domain/ladders/of-row.ts'
import { isDominated, rowLadders } from '#shared/domain/ladders/of-row.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import { loadLadders } from '#electron/files/ladders/shipped.ts'
import { models } from '../files/catalogue-models.ts'
import { ASSETS_FOLDER } from '../store/stores.ts'

const site = { name: 'North', powerPriceUsdPerKwh: 0.03, otherUsdPerKwh: 0, overhead: 0 }
const ladder = (model: string, firmware: string): Ladder => ({
  model,
  firmware,
  source: '',
  points: [
    { name: 'eco', hashrateThs: 80, powerW: 2000 },
    { name: 'full', hashrateThs: 100, powerW: 3000 },
  ],
})
const NOTHING: KnownLadders = { ofLots: [], ofModels: [], shipped: [] }

/** The ladders of one machine, which is the first row of a fleet. */
function ladders(known: Partial<KnownLadders>, change: Partial<Machine> = {}) {
  const machine = {
    ...PLAIN_MACHINE,
    id: 'A',
    site: 'North',
    model: 'S19j Pro 104T',
    hashrateThs: 104,
    ...change,
  }
  const { counted, possible } = rowLadders(models, { ...NOTHING, ...known })(fleetFrom([site], [machine]), 0)
  return { counted: counted?.firmware ?? null, possible: possible.map(({ firmware }) => firmware) }
}
const S19J = 'Antminer S19j Pro'

it('assumes no shipped ladder of a machine that names no firmware', async () => {
  const shipped = await loadLadders(ASSETS_FOLDER)
  expect(ladders({ shipped })).toEqual({ counted: null, possible: ['LuxOS', 'VNish 1.2.6', 'BiXBiT'] })
  expect(ladders({ shipped }, { model: 'Unheard of' })).toEqual({ counted: null, possible: [] })
})

it.each([
  ['LuxOS', 'LuxOS'],
  ['luxos 2026.1.1', 'LuxOS'],
  ['VNish', 'VNish 1.2.6'],
  ['vnish  1.2.6', 'VNish 1.2.6'],
  ['VNish v1.2.6', 'VNish 1.2.6'],
])('counts the shipped ladder of the firmware %s that the machine names', async (firmware, counted) => {
  expect(ladders({ shipped: await loadLadders(ASSETS_FOLDER) }, { firmware })).toEqual({
    counted,
    possible: [],
  })
})

it.each(['Braiins OS', 'VNish 1.3.0'])(
  'counts no ladder of another firmware or version than %s',
  async (firmware) => {
    const shipped = await loadLadders(ASSETS_FOLDER)
    expect(ladders({ shipped }, { firmware })).toEqual({
      counted: null,
      possible: ['LuxOS', 'VNish 1.2.6', 'BiXBiT'],
    })
  },
)

it('counts the one stored ladder of the model, whatever else ships', async () => {
  const shipped = await loadLadders(ASSETS_FOLDER)
  expect(ladders({ shipped, ofModels: [ladder(S19J, 'mine')] })).toEqual({ counted: 'mine', possible: [] })
  expect(ladders({ shipped, ofModels: [ladder(S19J, '')] }, { firmware: 'LuxOS' })).toEqual({
    counted: '',
    possible: [],
  })
})

it('leaves it open which of several stored ladders a machine has, until it names its firmware', () => {
  const ofModels = [ladder(S19J, 'one'), ladder(S19J, 'two')]
  expect(ladders({ ofModels })).toEqual({ counted: null, possible: ['one', 'two'] })
  expect(ladders({ ofModels }, { firmware: 'Two 3.1' })).toEqual({ counted: 'two', possible: [] })
  expect(ladders({ ofModels }, { firmware: 'three' })).toEqual({ counted: null, possible: ['one', 'two'] })
})

it("puts a machine's own ladder before all others, and no other machine's", () => {
  const known = { ofLots: [{ machineKey: 0, ladder: ladder('', 'own') }], ofModels: [ladder(S19J, 'model')] }
  expect(ladders(known)).toEqual({ counted: 'own', possible: [] })
  expect(ladders(known, { firmware: 'model' })).toEqual({ counted: 'own', possible: [] })
  expect(ladders({ ...known, ofLots: [{ ...known.ofLots[0]!, machineKey: 5 }] })).toEqual({
    counted: 'model',
    possible: [],
  })
})

it('gives rows that are alike the same object', () => {
  const of = rowLadders(models, { ...NOTHING, ofModels: [ladder(S19J, 'mine')] })
  const machine = { ...PLAIN_MACHINE, site: 'North', model: 'S19j Pro 104T', hashrateThs: 104 }
  const fleet = fleetFrom([site], [
    { ...machine, id: 'A' },
    { ...machine, id: 'B', powerW: 2800 },
  ] as Machine[])
  expect(of(fleet, 1)).toBe(of(fleet, 0))
})

it('knows a ladder that never beats the measured point', () => {
  const { points } = ladder('', '')
  expect(isDominated(points, { hashrateThs: 100, powerW: 2000 })).toBe(true)
  expect(isDominated(points, { hashrateThs: 99, powerW: 2000 })).toBe(false)
  expect(isDominated(points, { hashrateThs: 104, powerW: 2001 })).toBe(false)
  expect(isDominated(points, { hashrateThs: NaN, powerW: 2000 })).toBe(false)
})

it('takes what is said for all machines for those that name no firmware themselves', async () => {
  const shipped = await loadLadders(ASSETS_FOLDER)
  expect(ladders({ shipped, firmware: 'BiXBiT' })).toEqual({ counted: 'BiXBiT', possible: [] })
  expect(ladders({ shipped, firmware: 'BiXBiT' }, { firmware: 'LuxOS' })).toEqual({
    counted: 'LuxOS',
    possible: [],
  })
})
