import { planAnswers } from './plan-answers.ts'
import type { FleetForPlan, FleetWish, FromPlan, PlanPortMessage, ToPlan } from './plan-protocol.ts'

/** The thread of Plan: its own copy of the fleet, so that neither the page nor the engine waits for it. */

declare const self: {
  onmessage: ((event: { readonly data: ToPlan | PlanPortMessage }) => void) | null
  postMessage(message: FromPlan): void
}

let engine: MessagePort | null = null
const answers = planAnswers(
  (wanted) => engine?.postMessage(wanted satisfies FleetWish),
  (message) => self.postMessage(message),
)

self.onmessage = ({ data }) => {
  if (!('planPort' in data)) {
    answers.answer(data)
    return
  }
  engine = data.planPort
  engine.onmessage = (event: MessageEvent<FleetForPlan>) => answers.take(event.data)
}
