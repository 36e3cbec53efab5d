import { expect, it } from 'vitest'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { NOTHING_TRIED } from '#shared/domain/ahead/scenario.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { DEFAULT_DISPLAY } from '#shared/format/display.ts'
import type { FromEngine, ToEngine } from '#renderer/engine/protocol.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import { planAnswers } from '#renderer/engine/plan-answers.ts'
import { createPlanClient } from '#renderer/engine/plan-client.ts'
import { createPlanFeed } from '#renderer/engine/plan-feed.ts'
import type { FleetForPlan, FleetWish, FromPlan } from '#renderer/engine/plan-protocol.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { smallFleet } from '../renderer/small-fleet.ts'
import { MARKET, question } from './looks.ts'

const FLAT = {
  name: 'Flat',
  assumptions: { price: constantGrowth(0), hashrate: constantGrowth(0), response: null },
  tried: NOTHING_TRIED,
}

/** Engine, thread of Plan and its client, as they are wired in the window; messages are copied. */
function wired() {
  const engine = createEngine()
  const feed = createPlanFeed(engine.there)
  const fleets = new Map<number, ReturnType<typeof smallFleet>>()
  const machinesOf = (revision: number) =>
    Promise.resolve({ kind: 'all', machines: packMachines(fleets.get(revision)!.machines) } as never)
  const answer = answerWith(engine, machinesOf, feed.loaded)
  let hearWish: (wish: FleetWish) => void = () => undefined
  let hearPlan: (message: FromPlan) => void = () => undefined
  let sent = 0
  const answers = planAnswers(
    (wish) => hearWish(structuredClone(wish)),
    (message) => hearPlan(structuredClone(message)),
  )
  feed.attach({
    post: (message: FleetForPlan) => {
      sent++
      answers.take(structuredClone(message))
    },
    hear: (take) => (hearWish = take),
  })
  const client = createPlanClient({
    post: (message) => void setTimeout(() => answers.answer(structuredClone(message))),
    hear: (take) => (hearPlan = take),
    onEnd: () => undefined,
    end: () => undefined,
  })
  const load = (revision: number, quantity: number): Promise<FromEngine> => {
    const fleet = smallFleet([{ quantity }, { quantity: 2, site: 'Harbor' }])
    fleets.set(revision, fleet)
    const input = { revision, delivery: 'all', sites: fleet.sites, inputs: PLAIN_CASE, question: question() }
    return answer({ number: revision, name: 'load', input } as ToEngine)
  }
  return { client, load, sent: () => sent }
}

const nobody = () => undefined

const asked = (revision: number) => ({
  ...{ revision, real: MARKET, epochs: 13, underWater: 'stop' as const, scenarios: [FLAT], chosen: 0 },
  ...{ pricesUsdPerBtc: null, changes: null, display: DEFAULT_DISPLAY },
})
const chanceAsked = (revision: number, paths = 200) => ({
  ...{ revision, real: MARKET, epochs: 13, underWater: 'stop' as const },
  ...{ scenario: FLAT, responds: true, paths, seed: 1 },
})

async function nowUsd(
  view: ReturnType<ReturnType<typeof wired>['client']['plan']>,
): Promise<number | undefined> {
  const seen = await view
  return seen?.refusal !== null ? undefined : seen.scenarios[0]?.ahead?.nowUsdPerDay
}

it('the thread of Plan waits for the fleet that was asked about, and gets each once', async () => {
  const { client, load, sent } = wired()
  const first = nowUsd(client.plan(asked(1), nobody))
  await load(1, 10)
  const ten = await first
  expect(ten).toBeGreaterThan(0)
  await nowUsd(client.plan(asked(1), nobody))
  expect(sent()).toBe(1)
  const second = nowUsd(client.plan(asked(2), nobody))
  await load(2, 20)
  // What Harbor earns is the same, so it is less than twice as much.
  expect(await second).toBeGreaterThan(ten! * 1.5)
  // A fleet that nobody asks about goes nowhere.
  await load(3, 30)
  expect(sent()).toBe(2)
})

it('only the newest question is answered', async () => {
  const { client, load } = wired()
  await load(1, 10)
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => client.plan(asked(1), nobody)))
  expect([first, second]).toEqual([null, null])
  expect(third?.refusal).toBeNull()
})

it('a simulation tells how far it is, answers figures meanwhile, and is ended by cancel or by a newer one', async () => {
  const { client, load } = wired()
  await load(1, 10)
  const order: string[] = []
  const told: number[] = []
  const first = client.chance(chanceAsked(1), (done) => {
    told.push(done)
    if (done === 1) void client.plan(asked(1), nobody).then(() => order.push('figures'))
  })
  const chance = await first
  order.push('chance')
  expect(told).toEqual(Array.from({ length: 14 }, (_, i) => i))
  expect(order).toEqual(['figures', 'chance'])
  if (chance?.refusal !== null) throw new Error('no chance')
  expect(chance.epochs).toHaveLength(13)
  expect(chance.probabilityOfLossAtEnd).toBe(chance.epochs[12]!.probabilityOfLoss)

  const older = client.chance(chanceAsked(1), () => undefined)
  const newer = client.chance(chanceAsked(1, 300), () => undefined)
  expect(await older).toBeNull()
  expect((await newer) as { paths: number }).toMatchObject({ paths: 300 })
  const cancelled = client.chance(chanceAsked(1, 400), (done) => {
    if (done === 2) client.cancel('chance')
  })
  expect(await cancelled).toBeNull()
  // What ended last stays to be looked at.
  const lots = await client.lots({ from: 1, to: 9 })
  expect(lots).toMatchObject({ lots: 2, from: 1, rows: [{ site: 'Harbor', machines: 2 }] })
  expect(lots!.rows[0]!.chances).toHaveLength(13)
})

it('figures tell how far they are, and are ended by cancel', async () => {
  const { client, load } = wired()
  await load(1, 10)
  const told: [number, number][] = []
  const three = { ...asked(1), scenarios: [FLAT, FLAT, FLAT] }
  expect((await client.plan(three, (...step) => told.push(step)))?.refusal).toBeNull()
  expect(told).toEqual([0, 1, 2, 3, 4].map((done) => [done, 5]))
  const seen: number[] = []
  const ended = client.plan(three, (done) => {
    seen.push(done)
    if (done === 1) client.cancel('plan')
  })
  expect(await ended).toBeNull()
  expect(seen.at(-1)).toBeLessThan(4)
  expect((await client.plan(asked(1), nobody))?.refusal).toBeNull()
})
