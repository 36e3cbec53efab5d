import { afterAll, expect, it, vi } from 'vitest'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import type { Api } from '#shared/ipc/api.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createArrivals } from '#renderer/engine/arrivals.ts'
import type { Thread } from '#renderer/engine/client.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { ToEngine } from '#renderer/engine/protocol.ts'
import { NETWORK_STATE } from './network-state.ts'
import { smallFleet } from './small-fleet.ts'

/** The window's state and an engine in the test's thread, whose searches for flips are answered when the test says so. */

const FLEET = smallFleet([{}, { id: 'second', site: 'Harbor' }])
const read: Api['fleet']['read'] = () =>
  Promise.resolve({
    ok: true,
    value: {
      revision: 1,
      rows: 2,
      sites: FLEET.sites,
      tariffs: [],
      undo: null,
      redo: null,
      delivery: 'all',
      contracts: 0,
      ladders: 0,
    },
  })
const readCase = () => Promise.resolve({ ok: true, value: PLAIN_CASE })
vi.stubGlobal('window', { api: { fleet: { read }, case: { read: readCase } } })
afterAll(() => {
  vi.unstubAllGlobals()
})

const { followWith } = await import('#renderer/state/follow.ts')
const { useStore } = await import('#renderer/state/store.ts')

it('where the advice changes is looked for by one search at a time, again after each change, until one is of what is shown', async () => {
  const arrivals = createArrivals()
  const answer = answerWith(createEngine(), arrivals.of)
  const searches: ToEngine[] = []
  let hear: Parameters<Thread['hear']>[0] = () => undefined
  followWith({
    post: (message) => {
      if (message.name === 'flips') searches.push(message)
      else void answer(structuredClone(message)).then((said) => hear(said))
    },
    hear: (take) => (hear = take),
    onEnd: () => undefined,
  })
  const isShown = (priceUsdPerBtc: number) =>
    vi.waitFor(() =>
      expect(useStore.getState().picture?.question.market?.conditions.priceUsdPerBtc).toBe(priceUsdPerBtc),
    )
  const isSearched = () => vi.waitFor(() => expect(searches).toHaveLength(1), { timeout: 3000 })
  const rest = () => new Promise((done) => setTimeout(done, 600))
  useStore.setState({ network: NETWORK_STATE })
  arrivals.take({ revision: 1, kind: 'all', machines: packMachines(FLEET.machines) })
  await useStore.getState().readFleet()
  await isSearched()
  for (const price of [80_000, 81_000, 82_000]) {
    useStore.getState().tryPrice(price)
    await isShown(price)
    await rest()
  }
  // It is of a price that is gone, and nobody has asked a second time.
  expect(searches).toHaveLength(1)
  hear(await answer(searches.shift()!))
  await isSearched()
  expect(useStore.getState().picture!.flips).toBeNull()
  hear(await answer(searches.shift()!))
  await vi.waitFor(() => expect(useStore.getState().picture!.flips).not.toBeNull())
  await rest()
  expect(searches).toEqual([])
})
