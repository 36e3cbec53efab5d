import type { Thread } from './client.ts'
import type { FromEngine, PortMessage } from './protocol.ts'

/**
 * The engine's thread: a worker from a file of the page's own.
 * @param fleetPort where machines come from; it goes to the worker as soon as it is there
 */
export function startEngineThread(fleetPort: Promise<MessagePort>): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' })
  void fleetPort.then((port) => worker.postMessage({ port } satisfies PortMessage, [port]))
  return {
    post: (message) => worker.postMessage(message),
    lendPlanPort: (planPort) => worker.postMessage({ planPort } satisfies PortMessage, [planPort]),
    hear: (take) => worker.addEventListener('message', (event: MessageEvent<FromEngine>) => take(event.data)),
    onEnd: (tell) => {
      worker.addEventListener('error', ({ message }) => tell(message || 'Its program could not be loaded.'))
      worker.addEventListener('messageerror', () => tell('An answer of it could not be read.'))
    },
  }
}
