import type { FleetHeader } from '#shared/ipc/schemas/fleet.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { HandlerPorts } from './handlers.ts'

export type FleetSender = {
  /** @param have the revision whose machines the page holds; null: none */
  read(have: number | null): Promise<FleetHeader>
  /** The fleet that the window starts with. */
  start(): Promise<FleetHeader>
}

/** Gives the header of the fleet, and sends the machines through the fleet port. */
export function createFleetSender(
  ports: Pick<HandlerPorts, 'store' | 'postMachines' | 'fleetAhead'>,
): FleetSender {
  const { store } = ports
  let { fleetAhead } = ports

  /** The machines are on their way before the header is. */
  function send(fleet: Awaited<ReturnType<Store['readFleetSince']>>): FleetHeader {
    const { revision, rows, sites, tariffs, undo, redo, contracts, ladders, delivery } = fleet
    if (fleet.delivery === 'all') ports.postMachines({ revision, kind: 'all', machines: fleet.machines })
    if (fleet.delivery === 'rows')
      ports.postMachines({ revision, kind: 'rows', from: fleet.from, machines: fleet.machines })
    return { revision, rows, sites, tariffs, undo, redo, contracts, ladders, delivery }
  }

  const read = async (have: number | null): Promise<FleetHeader> => send(await store.readFleetSince(have))
  return {
    read,
    async start() {
      const ahead = fleetAhead
      fleetAhead = undefined
      const [fleet, revision] = await Promise.all([ahead, store.readFleetRevision()])
      return fleet?.revision === revision ? send(fleet) : read(null)
    },
  }
}
