import type { Computed } from './computed.ts'
import type { FleetForPlan, FleetWish } from './plan-protocol.ts'

/** The engine's end of a port. */
export type FeedPort = {
  readonly post: (message: FleetForPlan) => void
  readonly hear: (take: (wish: FleetWish) => void) => void
}

export type PlanFeed = {
  readonly attach: (port: FeedPort) => void
  /** The engine holds this revision now. */
  readonly loaded: (revision: number) => void
}

/**
 * Gives the thread of Plan the fleet that it wishes for, as soon as it is there; nothing is copied for nobody.
 * @param held revision that the engine holds already; null: none
 */
export function createPlanFeed(
  there: () => Pick<Computed, 'fleet' | 'inputs'>,
  held: number | null = null,
): PlanFeed {
  let port: FeedPort | null = null
  let wished: number | null = null

  function give(): void {
    if (port === null || wished === null || held === null || held < wished) return
    wished = null
    const { fleet, inputs } = there()
    port.post({ revision: held, fleet, inputs })
  }

  return {
    attach(next) {
      port = next
      wished = null
      next.hear(({ revision }) => {
        wished = revision
        give()
      })
    },
    loaded(revision) {
      held = revision
      give()
    },
  }
}

export const portOf = (port: MessagePort): FeedPort => ({
  post: (message) => port.postMessage(message),
  hear: (take) => (port.onmessage = (event: MessageEvent<FleetWish>) => take(event.data)),
})
