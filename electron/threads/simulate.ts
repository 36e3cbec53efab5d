import { Worker } from 'node:worker_threads'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import type { DrawnAdjustment } from '#shared/domain/ahead/simulate/correlated-paths.ts'
import type { SimulatedFleet, Simulation, SimulationChoices } from '#shared/domain/ahead/simulate/simulate.ts'

export type SimulationRequest = {
  readonly fleet: SimulatedFleet
  readonly network: NetworkConditions
  readonly estimate: DrawnAdjustment
  readonly choices: SimulationChoices
}

/** Epochs that are done, of all. */
export type SimulationProgress = { readonly done: number; readonly total: number }

export type SimulationReply =
  | { readonly progress: SimulationProgress }
  | { readonly simulation: Simulation }
  | { readonly refusal: string }

export type RunningSimulation = {
  /** fails with StrikelineError 'bad-input' that names the field, or 'cancelled' */
  readonly result: Promise<Simulation>
  /** Stops the thread at once; does nothing after the end. */
  cancel(): void
}

/**
 * Runs a simulation in a thread of its own.
 *
 * @param workerUrl electron/threads/simulate-worker.ts from source, simulate-worker.js in the bundle
 */
export function startSimulation(
  workerUrl: URL,
  request: SimulationRequest,
  onProgress: (progress: SimulationProgress) => void = () => undefined,
): RunningSimulation {
  // The worker must not inherit flags such as a test runner's loader or a debugger.
  const worker = new Worker(workerUrl, {
    workerData: { ...request, fleet: columnsOf(request.fleet) },
    execArgv: [],
  })
  let cancel = (): void => undefined
  const result = new Promise<Simulation>((resolve, reject) => {
    worker.on('message', (reply: SimulationReply) => {
      if ('progress' in reply) onProgress(reply.progress)
      else if ('simulation' in reply) resolve(reply.simulation)
      else reject(new StrikelineError('bad-input', reply.refusal))
    })
    worker.on('error', (error) => reject(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', () => reject(new Error('The simulation ended without an answer.')))
    cancel = () => {
      reject(new StrikelineError('cancelled', 'The simulation was stopped.'))
      void worker.terminate()
    }
  })
  return { result, cancel: () => cancel() }
}

/** Only these fields are copied into the thread. */
function columnsOf({
  length,
  acceptedPhs,
  avoidableCostUsdPerDay,
  breakevenHashpriceUsdPerPhDay,
  cash,
}: SimulatedFleet): SimulatedFleet {
  return { length, acceptedPhs, avoidableCostUsdPerDay, breakevenHashpriceUsdPerPhDay, cash }
}
