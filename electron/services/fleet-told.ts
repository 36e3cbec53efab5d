import type { HandlerPorts } from './handlers.ts'

type Change = { readonly revision: number }

export type FleetTold = {
  /** Does the work, and tells the window that the fleet is another one. */
  readonly changed: <T extends Change>(work: Promise<T>) => Promise<T>
  /**
   * After machines were added or removed, the fleet may have become the sample or stopped being it. The network is
   * told first, so that no other fleet is ever shown on the sample's network.
   */
  readonly changedMachines: <T extends Change>(work: Promise<T>) => Promise<T>
}

/** Who is told of a change of the fleet. */
export function fleetTold({ network, emit }: Pick<HandlerPorts, 'network' | 'emit'>): FleetTold {
  async function changed<T extends Change>(work: Promise<T>): Promise<T> {
    const result = await work
    emit('fleet.changed', { revision: result.revision })
    return result
  }
  return {
    changed,
    async changedMachines(work) {
      await work
      await network.fleetChanged()
      return changed(work)
    },
  }
}
