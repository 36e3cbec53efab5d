import { describe, expect, it } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Thread } from '#renderer/engine/client.ts'
import { createEngineClient } from '#renderer/engine/client.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { Question, ToEngine } from '#renderer/engine/protocol.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createArrivals } from '#renderer/engine/arrivals.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { NETWORK, smallFleet } from '../renderer/small-fleet.ts'
import { PLAIN_TABLE } from './looks.ts'

/** An engine behind a thread that answers when it is told to: in order, as a worker does. */
function slowThread() {
  const arrivals = createArrivals()
  const answer = answerWith(createEngine(), arrivals.of)
  const asked: ToEngine[] = []
  let hear: Parameters<Thread['hear']>[0] = () => undefined
  let end: Parameters<Thread['onEnd']>[0] = () => undefined
  const thread: Thread = {
    lendPlanPort: () => undefined,
    post: (message) => void asked.push(structuredClone(message)),
    hear: (take) => (hear = take),
    onEnd: (tell) => (end = tell),
  }
  return {
    thread,
    asked,
    arrivals,
    /** answers the oldest question */
    answerOne: async () => {
      const message = asked.shift()
      if (message !== undefined) hear(await answer(message))
      await Promise.resolve()
    },
    end: (reason: string) => end(reason),
  }
}

const FLEET = smallFleet([{}, { id: 'second' }])
const at = (priceUsdPerBtc: number): Question => {
  const market = {
    conditions: { ...NETWORK, priceUsdPerBtc },
    choices: { change: null, horizonDays: null },
    nowMs: null,
  }
  return {
    market,
    realMarket: market,
    sitePowerPrices: new Map(),
    ...PLAIN_TABLE,
    sort: { column: 'id', descending: false },
    keepOrder: false,
    window: { from: 0, to: 10 },
    explained: null,
    wantsSites: false,
  }
}
const load = (question: Question) =>
  ({
    revision: 3,
    delivery: 'all',
    sites: FLEET.sites,
    inputs: PLAIN_CASE,
    question,
  }) as const

async function started() {
  const slow = slowThread()
  const prices: number[] = []
  const faults: string[] = []
  const work: boolean[] = []
  const client = createEngineClient(slow.thread, {
    onLook: (_, { market }) => prices.push(market!.conditions.priceUsdPerBtc),
    onFault: (message) => faults.push(message),
    onWork: (isWorking) => work.push(isWorking),
  })
  slow.arrivals.take({ revision: 3, kind: 'all', machines: packMachines(FLEET.machines) })
  const loading = client.load(load(at(1)))
  await slow.answerOne()
  return { ...slow, client, prices, faults, work, loaded: await loading }
}

describe('looks at the engine', () => {
  it('has one under way, and of those that wait only the newest is asked', async () => {
    const { client, asked, answerOne, prices } = await started()
    for (const price of [10, 20, 30, 40]) client.look(at(price))
    expect(asked).toHaveLength(1)
    await answerOne()
    expect(asked).toHaveLength(1)
    await answerOne()
    expect(asked).toHaveLength(0)
    expect(prices).toEqual([10, 40])
    expect(client.dropped()).toBe(2)
  })

  it('are said to be under way from the first that is asked until the last has come', async () => {
    const { client, answerOne, work } = await started()
    expect(work).toEqual([true, false])
    client.look(at(10))
    client.look(at(20))
    expect(work).toEqual([true, false, true])
    await answerOne()
    expect(work).toEqual([true, false, true])
    await answerOne()
    expect(work).toEqual([true, false, true, false])
  })

  it('does not show one that was asked for before another fleet came', async () => {
    const { client, answerOne, prices } = await started()
    client.look(at(10))
    const loading = client.load({ ...load(at(20)), delivery: 'same' })
    client.look(at(30))
    await answerOne()
    await answerOne()
    expect((await loading).look.totals).not.toBeNull()
    expect(prices).toEqual([])
    await answerOne()
    expect(prices).toEqual([30])
  })

  it('come with a fleet', async () => {
    const { loaded } = await started()
    expect(loaded.inventory.rows).toBe(2)
    expect(loaded.look.shown).toBe(2)
  })
})

describe('an engine that fails', () => {
  it('says so instead of leaving an old picture, and the next look is asked all the same', async () => {
    const { client, answerOne, faults, prices } = await started()
    client.look({ ...at(10), sort: null as unknown as Question['sort'] })
    client.look(at(20))
    await answerOne()
    expect(faults).toHaveLength(1)
    await answerOne()
    expect(prices).toEqual([20])
  })

  it('that ends fails everyone who waits', async () => {
    const { client, end, faults } = await started()
    const machine = client.machine(0)
    end('out of memory')
    await expect(machine).rejects.toThrow('out of memory')
    expect(faults).toEqual(['out of memory'])
  })
})
