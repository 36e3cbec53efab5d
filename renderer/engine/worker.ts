import type { FleetPiece } from '#shared/ipc/fleet-port.ts'
import { createAssembly } from '#shared/ipc/fleet-port.ts'
import { answerWith } from './answers.ts'
import { createArrivals } from './arrivals.ts'
import { createEngine } from './engine.ts'
import type { FromEngine, PortMessage, ToEngine } from './protocol.ts'

/** The engine in a thread of its own. */

declare const self: {
  onmessage: ((event: { readonly data: ToEngine | PortMessage }) => void) | null
  postMessage(message: FromEngine): void
}

const arrivals = createArrivals()
const assemble = createAssembly(arrivals.take)
const answer = answerWith(createEngine(), arrivals.of)

self.onmessage = ({ data }) => {
  if ('port' in data) {
    data.port.onmessage = (event: MessageEvent<FleetPiece>) => assemble(event.data)
    return
  }
  void answer(data).then((message) => self.postMessage(message))
}
