import { join } from 'node:path'
import {
  DATABASE_NAME,
  startThread,
  type StoreOptions,
  type StoreThread,
} from '#electron/store/sqlite/thread.ts'
import type { FleetDelivery } from '#electron/store/port.ts'
import type { ProgramFiles } from './program-files.ts'

/** What opening the database needs. */
export type DataPorts = {
  readonly files: ProgramFiles
  readonly dataFolder: string
  readonly onProgress: NonNullable<StoreOptions['onProgress']>
}
export type OnBroken = NonNullable<StoreOptions['onBroken']>

/** The database's thread, opening its file. */
export type BegunData = {
  readonly thread: StoreThread
  /** the whole fleet, for a window that is about to ask for it */
  readonly fleetAhead?: Promise<FleetDelivery>
}

/** Starts the database's thread. It needs nothing that has to be loaded first. */
export function beginData({ files, dataFolder, onProgress }: DataPorts, onBroken: OnBroken): BegunData {
  const thread = startThread(files.worker, {
    file: join(dataFolder, DATABASE_NAME),
    assetsFolder: files.assets,
    onBroken,
    onProgress,
  })
  // A fault is told to whoever awaits it.
  thread.opened.catch(() => undefined)
  return { thread }
}

/** As {@link beginData}, with the fleet as the first thing that is read. */
export function beginWindowData(ports: DataPorts, onBroken: OnBroken): Required<BegunData> {
  const { thread } = beginData(ports, onBroken)
  const fleetAhead = thread.ask('readFleetSince', [null])
  fleetAhead.catch(() => undefined)
  return { thread, fleetAhead }
}
