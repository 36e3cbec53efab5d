import type { PlanClient } from '../engine/plan-protocol.ts'

let client: PlanClient | null = null
export function planEngine(): PlanClient {
  if (client === null) throw new Error('not yet')
  return client
}
