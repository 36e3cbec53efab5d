import type { BackupCheck, Backups, RestoredBackup } from '#shared/ipc/schemas/backups.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { AlertService } from './alert-service.ts'
import type { NetworkService } from './network-service.ts'
import type { PartTellers } from './part-tellers.ts'
import type { PastService } from './past-service.ts'
import type { Upkeep } from './upkeep.ts'

export type BackupService = {
  /** Copies beside the database and what is in it now. */
  read(): Promise<Backups>
  /** 'not-found' where there is no copy of that name. */
  check(name: string): Promise<BackupCheck>
  make(): Promise<{ readonly name: string }>
  /** As Store.removeBackup. */
  remove(name: string): Promise<void>
  /** As Store.restoreBackup; everything that a window shows is told anew. */
  restore(name: string): Promise<RestoredBackup>
  /** why the copy of the day could not be made, in words; null where nothing is wrong */
  fault(): string | null
}

export type BackupServiceOptions = {
  readonly store: Pick<
    Store,
    'readBackups' | 'checkBackup' | 'makeBackup' | 'removeBackup' | 'restoreBackup' | 'readSettings'
  >
  readonly network: Pick<NetworkService, 'refresh'>
  readonly past: Pick<PastService, 'stopBackfill'>
  readonly alerts: Pick<AlertService, 'pausedDuring'>
  readonly upkeep: Pick<Upkeep, 'look' | 'fault'>
  readonly nowMs: () => number
  readonly tell: PartTellers
  /** comes before the parts are told: nothing that is held of the old ones counts any more */
  readonly onRestored: () => void
  /** a fault outside of a call */
  readonly onError: (error: unknown) => void
}

/** Told in this order, the network with the settings: no other fleet is ever shown on the sample's network. */
const TOLD = ['settings', 'alerts', 'past', 'scenarios', 'ledger', 'fleet'] as const

export function createBackupService(options: BackupServiceOptions): BackupService {
  const { store, network, past, alerts, upkeep, nowMs, tell } = options

  /** Values as old as the copy are asked anew, where the settings of the copy want it. */
  async function askAgain(): Promise<void> {
    const { autoRefresh } = await store.readSettings()
    if (autoRefresh) await network.refresh()
  }

  return {
    read: () => store.readBackups(),
    check: (name) => store.checkBackup(name),
    async make() {
      const made = await store.makeBackup(nowMs())
      // Where the copy of the day has failed, this one may stand in for it.
      await upkeep.look()
      return made
    },
    remove: (name) => store.removeBackup(name),
    async restore(name) {
      const restored = await alerts.pausedDuring(async () => {
        // A run goes on from where the past ended when it began: in another past it would leave a hole.
        await past.stopBackfill()
        return store.restoreBackup(name, nowMs())
      })
      options.onRestored()
      for (const part of TOLD) await tell[part]()
      askAgain().catch(options.onError)
      return restored
    },
    fault: () => upkeep.fault(),
  }
}
