import { parentPort, workerData } from 'node:worker_threads'
import { simulate } from '#shared/domain/ahead/simulate/simulate.ts'
import type { SimulationReply, SimulationRequest } from './simulate.ts'

/** The simulation's thread: one request, progress on the way, one answer, and it ends. */

const port = parentPort!
const { fleet, network, estimate, choices } = workerData as SimulationRequest

function reply(message: SimulationReply, handOver: ArrayBuffer[] = []): void {
  port.postMessage(message, handOver)
}

try {
  const simulation = simulate(fleet, network, estimate, choices, (done, total) =>
    reply({ progress: { done, total } }),
  )
  reply({ simulation }, [simulation.pathsUnderWater.buffer as ArrayBuffer])
} catch (error) {
  // An expected fault comes back as a sentence; any other ends the thread.
  if (!(error instanceof RangeError)) throw error
  reply({ refusal: error.message })
}
