import type { PlanThread } from './plan-client.ts'
import type { FromPlan, PlanPortMessage } from './plan-protocol.ts'

/**
 * The thread of Plan: a worker from a file of the page's own, with a port between it and the engine, by which no column crosses the page.
 * @param lendEngine hands the engine its end
 */
export function startPlanThread(lendEngine: (port: MessagePort) => void): PlanThread {
  const worker = new Worker(new URL('./plan-worker.ts', import.meta.url), { type: 'module', name: 'plan' })
  const { port1, port2 } = new MessageChannel()
  lendEngine(port1)
  worker.postMessage({ planPort: port2 } satisfies PlanPortMessage, [port2])
  return {
    post: (message) => worker.postMessage(message),
    hear: (take) => worker.addEventListener('message', (event: MessageEvent<FromPlan>) => take(event.data)),
    onEnd: (tell) => {
      worker.addEventListener('error', ({ message }) => tell(message || 'Its program could not be loaded.'))
      worker.addEventListener('messageerror', () => tell('An answer of it could not be read.'))
    },
    end: () => worker.terminate(),
  }
}
