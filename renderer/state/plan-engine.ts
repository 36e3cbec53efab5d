import { createPlanClient } from '../engine/plan-client.ts'
import type { PlanClient } from '../engine/plan-protocol.ts'
import { startPlanThread } from '../engine/plan-thread.ts'
import { engine } from './engine.ts'

let client: PlanClient | null = null

/** What computes the figures of Plan; its thread is started when it is first asked. */
export function planEngine(): PlanClient {
  client ??= started()
  return client
}

function started(): PlanClient {
  const thread = startPlanThread((port) => engine().lendPlanPort(port))
  const begun = createPlanClient(thread)
  // What comes after is asked of another one.
  thread.onEnd(() => {
    thread.end()
    if (client === begun) client = null
  })
  return begun
}
