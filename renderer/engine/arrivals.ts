import type { FleetMessage } from '#shared/ipc/fleet-port.ts'

/** Machines that have come through the fleet port and wait for their header, or are waited for. */
export type Arrivals = {
  take: (message: FleetMessage) => void
  /**
   * The machines of a revision, as soon as they are there. One call at a time; what came for older revisions is dropped.
   */
  of: (revision: number) => Promise<FleetMessage>
}

export function createArrivals(): Arrivals {
  const arrived = new Map<number, FleetMessage>()
  let wanted: { readonly revision: number; readonly give: (message: FleetMessage) => void } | null = null
  let taken = -1

  function give(message: FleetMessage): FleetMessage {
    taken = message.revision
    for (const revision of arrived.keys()) if (revision <= taken) arrived.delete(revision)
    return message
  }
  return {
    take(message) {
      if (wanted?.revision === message.revision) {
        wanted.give(give(message))
        wanted = null
        // The same machines may come twice, where two reads were asked for at once.
      } else if (message.revision > taken) {
        arrived.set(message.revision, message)
      }
    },
    of(revision) {
      const message = arrived.get(revision)
      if (message !== undefined) return Promise.resolve(give(message))
      return new Promise((resolve) => {
        wanted = { revision, give: resolve }
      })
    },
  }
}
