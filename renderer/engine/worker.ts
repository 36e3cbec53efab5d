import type { FleetPiece } from '#shared/ipc/fleet-port.ts'
import { createAssembly } from '#shared/ipc/fleet-port.ts'
import { answerWith } from './answers.ts'
import { createArrivals } from './arrivals.ts'
import { createEngine } from './engine.ts'
import { createPlanFeed } from './plan-feed.ts'
import type { FleetWish } from './plan-protocol.ts'
import type { FromEngine, PortMessage, ToEngine } from './protocol.ts'

/** The engine in a thread of its own. */

declare const self: {
  onmessage: ((event: { readonly data: ToEngine | PortMessage }) => void) | null
  postMessage(message: FromEngine): void
}

const arrivals = createArrivals()
const assemble = createAssembly(arrivals.take)
const engine = createEngine()
const feed = createPlanFeed(engine.there)
const answer = answerWith(engine, arrivals.of, feed.loaded)

self.onmessage = ({ data }) => {
  if ('port' in data) {
    data.port.onmessage = (event: MessageEvent<FleetPiece>) => assemble(event.data)
    return
  }
  if ('planPort' in data) {
    const { planPort } = data
    feed.attach({
      post: (message) => planPort.postMessage(message),
      hear: (take) => (planPort.onmessage = (event: MessageEvent<FleetWish>) => take(event.data)),
    })
    return
  }
  void answer(data).then((message) => self.postMessage(message))
}
