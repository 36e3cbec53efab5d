import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
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
const answer = answerWith(createEngine(), arrivals.of)

self.onmessage = ({ data }) => {
  if ('port' in data) {
    data.port.onmessage = (event: MessageEvent<FleetMessage>) => arrivals.take(event.data)
    return
  }
  void answer(data).then((message) => self.postMessage(message))
}
