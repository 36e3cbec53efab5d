import type { FleetPiece } from '#shared/ipc/fleet-port.ts'
import { createAssembly } from '#shared/ipc/fleet-port.ts'
import { answerWith } from './answers.ts'
import { createArrivals } from './arrivals.ts'
import { createEngine } from './engine.ts'
import type { PlanFeed } from './plan-feed.ts'
import type { FromEngine, PortMessage, ToEngine } from './protocol.ts'

/** The engine in a thread of its own. */

declare const self: {
  onmessage: ((event: { readonly data: ToEngine | PortMessage }) => void) | null
  postMessage(message: FromEngine): void
}

const arrivals = createArrivals()
const assemble = createAssembly(arrivals.take)
const engine = createEngine()
let held: number | null = null
let feed: PlanFeed | null = null
const answer = answerWith(engine, arrivals.of, (revision) => {
  held = revision
  feed?.loaded(revision)
})

self.onmessage = ({ data }) => {
  if ('port' in data) {
    data.port.onmessage = (event: MessageEvent<FleetPiece>) => assemble(event.data)
    return
  }
  if ('planPort' in data) {
    const { planPort } = data
    // What comes by the port meanwhile waits in it.
    void import('./plan-feed.ts').then(({ createPlanFeed, portOf }) => {
      feed = createPlanFeed(engine.there, held)
      feed.attach(portOf(planPort))
    })
    return
  }
  void answer(data).then((message) => self.postMessage(message))
}
