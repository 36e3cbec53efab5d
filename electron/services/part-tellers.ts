import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { EventName } from '#shared/ipc/names.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { StoredPart } from '#electron/store/port.ts'
import type { AlertService } from './alert-service.ts'
import type { NetworkService } from './network-service.ts'
import type { PastService } from './past-service.ts'
import type { SettingsService } from './settings-service.ts'

/** What is to be done where a part of what is stored is another one, and not by a change of the window. */
export type PartTellers = Readonly<Record<StoredPart, () => Promise<void>>>

export type PartTellersPorts = {
  readonly store: Pick<Store, 'readFleetRevision'>
  readonly network: Pick<NetworkService, 'reread' | 'fleetChanged'>
  readonly settings: Pick<SettingsService, 'read'>
  readonly alerts: Pick<AlertService, 'read'>
  readonly past: Pick<PastService, 'status'>
  readonly emit: <N extends EventName>(event: N, payload: EventPayload<N>) => void
}

export function createPartTellers(ports: PartTellersPorts): PartTellers {
  const { store, network, settings, alerts, past, emit } = ports
  return {
    async fleet() {
      // First, so that no other fleet is ever shown on the sample's network.
      await network.fleetChanged()
      emit('fleet.changed', { revision: await store.readFleetRevision() })
    },
    async network() {
      await network.reread()
    },
    async settings() {
      emit('settings.changed', await settings.read())
      // They say which sources there are.
      await network.reread()
    },
    alerts: async () => emit('alerts.changed', await alerts.read()),
    past: async () => emit('past.changed', await past.status()),
    async scenarios() {
      emit('scenarios.changed', {})
      return Promise.resolve()
    },
    async ledger() {
      emit('ledger.changed', {})
      return Promise.resolve()
    },
  }
}
