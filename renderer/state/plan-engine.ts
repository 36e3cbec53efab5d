import { createPlanClient } from '../engine/plan-client.ts'
import type { PlanClient } from '../engine/plan-protocol.ts'
import { startPlanThread } from '../engine/plan-thread.ts'
import { engine } from './engine.ts'

let client: PlanClient | null = null

/** What computes the figures of Plan; its thread is started when it is first asked. */
export function planEngine(): PlanClient {
  client ??= createPlanClient(startPlanThread((port) => engine().lendPlanPort(port)))
  return client
}
