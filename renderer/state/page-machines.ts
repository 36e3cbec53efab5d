import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import type { MachineColumns } from '#shared/domain/fleet/fleet.ts'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { takeFleetPort } from '../lib/fleet-port.ts'

/** The page's own copy of the machines, until the worker takes the port in its place. */

const waiting = new Map<number, (machines: MachineColumns) => void>()
const arrived = new Map<number, MachineColumns>()

/** To be called once, while the page's first script runs. */
export function receiveMachines(): void {
  void takeFleetPort(window).then((port) => {
    port.onmessage = ({ data }: MessageEvent<FleetMessage>) => {
      const machines = unpackMachines(data.machines)
      const wanted = waiting.get(data.revision)
      waiting.delete(data.revision)
      if (wanted === undefined) arrived.set(data.revision, machines)
      else wanted(machines)
    }
  })
}

/** The machines of a revision whose header said that all of them come. */
export function machinesOf(revision: number): Promise<MachineColumns> {
  const machines = arrived.get(revision)
  arrived.clear()
  if (machines !== undefined) return Promise.resolve(machines)
  return new Promise((resolve) => waiting.set(revision, resolve))
}
