import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Api } from '#shared/ipc/api.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import type { FleetHeader } from '#shared/ipc/schemas/fleet.ts'
import { packMachines } from '#shared/domain/fleet/packed.ts'
import { answerWith } from '#renderer/engine/answers.ts'
import { createArrivals } from '#renderer/engine/arrivals.ts'
import { createEngineClient } from '#renderer/engine/client.ts'
import type { Thread } from '#renderer/engine/client.ts'
import { DEFAULT_DISPLAY, setDisplay } from '#shared/format/display.ts'
import { createEngine } from '#renderer/engine/engine.ts'
import type { ToEngine } from '#renderer/engine/protocol.ts'
import { selectMoney } from '#renderer/state/selectors.ts'
import { setEngine } from '#renderer/state/engine.ts'
import { NETWORK_STATE } from './network-state.ts'
import { smallFleet } from './small-fleet.ts'

/** The window's state between a main process that answers when it is told to and an engine in the test's thread. */

type Answer = Awaited<ReturnType<Api['fleet']['read']>>

let questions: ((answer: Answer) => void)[] = []
const read = (): Promise<Answer> => new Promise((answer) => questions.push(answer))
const readCase = () => Promise.resolve({ ok: true, value: PLAIN_CASE })
vi.stubGlobal('window', { api: { fleet: { read }, case: { read: readCase } } })
afterAll(() => {
  vi.unstubAllGlobals()
})

const { useStore } = await import('#renderer/state/store.ts')
const { followWith } = await import('#renderer/state/follow.ts')
const untouched = useStore.getInitialState()
let arrivals = createArrivals()
let shown: number[] = []
useStore.subscribe(({ fleet }, before) => {
  if (fleet !== null && fleet !== before.fleet) shown.push(fleet.revision)
})

beforeEach(() => {
  questions = []
  arrivals = createArrivals()
  const answer = answerWith(createEngine(), arrivals.of)
  let hear: Parameters<Thread['hear']>[0] = () => undefined
  const thread: Thread = {
    lendPlanPort: () => undefined,
    post: (message) => void answer(structuredClone(message)).then((said) => hear(said)),
    hear: (take) => (hear = take),
    onEnd: () => undefined,
  }
  const onFault = (message: string) => expect.unreachable(message)
  setEngine(createEngineClient(thread, { onLook: () => undefined, onFault, onWork: () => undefined }))
  useStore.setState(untouched, true)
  shown = []
})

// How figures are written is one thing of a process.
afterEach(() => setDisplay(DEFAULT_DISPLAY))

/** A fleet of as many machines as its revision says. */
const fleetOf = (revision: number) => smallFleet(Array.from({ length: revision }, () => ({})))

function header(revision: number): Answer {
  const { sites, machines } = fleetOf(revision)
  const value: FleetHeader = {
    revision,
    rows: machines.length,
    sites,
    tariffs: [],
    undo: null,
    redo: null,
    delivery: 'all',
    contracts: 0,
    ladders: 0,
  }
  return { ok: true, value }
}
const deliver = (revision: number) =>
  arrivals.take({ revision, kind: 'all', machines: packMachines(fleetOf(revision).machines) })

it('an answer that was asked for before a later one does not take its place', async () => {
  const early = useStore.getState().readFleet()
  const late = useStore.getState().readFleet()
  deliver(1)
  deliver(2)
  questions[1]!(header(2))
  await late
  questions[0]!(header(1))
  await early
  expect(shown).toEqual([2])
  expect(useStore.getState().fleet).toMatchObject({ revision: 2, rows: 2 })
})

it('nor does its failure', async () => {
  const early = useStore.getState().readFleet()
  const late = useStore.getState().readFleet()
  deliver(2)
  questions[1]!(header(2))
  await late
  questions[0]!({ ok: false, error: { code: 'internal', message: 'too busy' } })
  await early
  expect(useStore.getState()).toMatchObject({ fleetFault: null, fleet: { revision: 2 } })
})

it('a fleet whose machines come after a newer one was asked for is not shown', async () => {
  const early = useStore.getState().readFleet()
  questions[0]!(header(1))
  // It waits for its machines when a change has the fleet read again.
  await new Promise(setImmediate)
  const late = useStore.getState().readFleet()
  deliver(1)
  await early
  expect(shown).toEqual([])
  deliver(2)
  questions[1]!(header(2))
  await late
  expect(shown).toEqual([2])
})

it('where the advice changes is looked for by one search at a time, again after each change, until one is of what is shown', async () => {
  const answer = answerWith(createEngine(), arrivals.of)
  const searches: ToEngine[] = []
  let hear: Parameters<Thread['hear']>[0] = () => undefined
  const stop = followWith({
    lendPlanPort: () => undefined,
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
  const reading = useStore.getState().readFleet()
  deliver(2)
  questions[0]!(header(2))
  await reading
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
  stop()
})

it('the first picture is written as the settings say, though they come with it', async () => {
  const settings: Settings = { ...DEFAULT_SETTINGS, hashpriceUnit: 'sat-th' }
  const answer = header(1)
  if (!answer.ok) throw new Error('no fleet')
  const taken = useStore.getState().takeFleet(answer.value, PLAIN_CASE, { settings, network: NETWORK_STATE })
  deliver(1)
  await taken
  const state = useStore.getState()
  expect(state.picture!.question.display!.hashpriceUnit).toBe('sat-th')
  expect(selectMoney(state).hashprice.per).toBe('per TH/s a day')
})

it('what a start brings beside its fleet stays where the fleet has changed meanwhile', async () => {
  const first = header(1)
  const alerts = { rules: [], events: [], notifications: false }
  const begun = useStore.getState().takeFleet(first.ok ? first.value : expect.unreachable(), PLAIN_CASE, {
    ...{ settings: DEFAULT_SETTINGS, network: NETWORK_STATE, alerts },
  })
  const late = useStore.getState().readFleet()
  deliver(1)
  deliver(2)
  await begun
  questions[0]!(header(2))
  await late
  expect(shown).toEqual([2])
  expect(useStore.getState()).toMatchObject({ settings: DEFAULT_SETTINGS, alerts, network: NETWORK_STATE })
})
