import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createArrivals } from '#renderer/engine/arrivals.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Calls, FromEngine, Question, ToEngine } from '#renderer/engine/protocol.ts'
import { smallFleet } from '../renderer/small-fleet.ts'
import { PLAIN_TABLE } from './looks.ts'

const QUESTION: Question = {
  market: null,
  realMarket: null,
  sitePowerPrices: new Map(),
  ...PLAIN_TABLE,
  sort: { column: 'id', descending: false },
  keepOrder: false,
  window: { from: 0, to: 10 },
  explained: null,
  wantsSites: false,
}
const all = (revision: number, fleet: Fleet): FleetMessage => ({
  revision,
  kind: 'all',
  machines: packMachines(fleet.machines),
})
const load = (
  number: number,
  revision: number,
  delivery: 'same' | 'rows' | 'all',
  fleet: Fleet,
): ToEngine => ({
  number,
  name: 'load',
  input: { revision, delivery, sites: fleet.sites, inputs: PLAIN_CASE, question: QUESTION },
})
const look: ToEngine = { number: 9, name: 'look', input: QUESTION }
const rowsIn = (message: FromEngine) =>
  'fault' in message ? message.fault : (message.output as Calls['load']['output']).inventory.rows

function started() {
  const arrivals = createArrivals()
  return { arrivals, answer: answerWith(createEngine(), arrivals.of) }
}

describe('machines and their header', () => {
  const [one, two] = [smallFleet([{}]), smallFleet([{}, { id: 'b' }])]

  it('come by two ways and in either order', async () => {
    const { arrivals, answer } = started()
    arrivals.take(all(1, one))
    expect(rowsIn(await answer(load(1, 1, 'all', one)))).toBe(1)
    const waits = answer(load(2, 2, 'all', two))
    const afterIt = answer(look)
    arrivals.take(all(2, two))
    expect(rowsIn(await waits)).toBe(2)
    // What was asked while they were awaited sees them.
    expect(await afterIt).toMatchObject({ number: 9, output: { shown: 2 } })
  })

  it('of an older revision are not mixed up with those that are wanted', async () => {
    const { arrivals, answer } = started()
    arrivals.take(all(1, one))
    arrivals.take(all(2, two))
    expect(rowsIn(await answer(load(1, 2, 'all', two)))).toBe(2)
    // The same again, for a read that was overtaken, must not stay for the next.
    arrivals.take(all(2, one))
    arrivals.take(all(3, two))
    expect(rowsIn(await answer(load(2, 3, 'all', two)))).toBe(2)
  })

  it('that come again for a second reader, after the first has taken them, are not waited for', async () => {
    const { arrivals, answer } = started()
    arrivals.take(all(5, one))
    await answer(load(1, 5, 'all', one))
    const changed = { revision: 6, kind: 'rows', from: 5, machines: packMachines(two.machines) } as const
    arrivals.take(changed)
    expect(rowsIn(await answer(load(2, 6, 'rows', two)))).toBe(2)
    arrivals.take(changed)
    expect(rowsIn(await answer(load(3, 6, 'rows', two)))).toBe(2)
    arrivals.take({ ...changed, revision: 7, from: 6 })
    expect(rowsIn(await answer(load(4, 7, 'rows', two)))).toBe(2)
  })

  it('in part are taken only over the revision that they change', async () => {
    const { arrivals, answer } = started()
    arrivals.take(all(5, one))
    await answer(load(1, 5, 'all', one))
    const changed = { revision: 7, kind: 'rows', machines: packMachines(two.machines) } as const
    arrivals.take({ ...changed, from: 5 })
    expect(rowsIn(await answer(load(2, 7, 'rows', two)))).toBe(2)
    arrivals.take({ ...changed, revision: 9, from: 8 })
    expect(rowsIn(await answer(load(3, 9, 'rows', two)))).toMatch(/since revision 8 do not fit revision 7/)
    expect(await answer(look)).toMatchObject({ output: { shown: 2 } })
  })
})
