import type { StateCreator } from 'zustand'
import type { FleetSnapshot } from '#shared/ipc/schemas/channels.ts'
import { api, settle } from '../lib/api.ts'
import { machinesOf } from './page-machines.ts'
import type { Store } from './store.ts'

export type FleetSlice = {
  /** null until the first read */
  readonly fleet: FleetSnapshot | null
  /** why the fleet could not be read, in words */
  readonly fleetFault: string | null
  readFleet: () => Promise<void>
}

/** Key → row of the machines of a snapshot; rows move when the fleet is read again, keys do not. */
function knownKeys(snapshot: FleetSnapshot, keys: ReadonlySet<number>): ReadonlySet<number> {
  if (keys.size === 0) return keys
  const known = new Set<number>()
  for (const key of snapshot.machines.key) if (keys.has(key)) known.add(key)
  return known.size === keys.size ? keys : known
}

export const fleetSlice: StateCreator<Store, [], [], FleetSlice> = (set, get) => {
  // Reads are answered in order, but one that was asked for before a change must not undo a later one.
  let asked = 0
  return {
    fleet: null,
    fleetFault: null,
    readFleet: async () => {
      const turn = ++asked
      const answer = await settle(api.fleet.read({ have: null }))
      if (!answer.ok) {
        if (turn === asked) set({ fleetFault: answer.error.message })
        return
      }
      const { revision, sites, tariffs, undo, redo } = answer.value
      const machines = await machinesOf(revision)
      if (turn !== asked) return
      const fleet = { revision, sites, tariffs, undo, redo, machines }
      set({ fleet, fleetFault: null, selected: knownKeys(fleet, get().selected) })
    },
  }
}
