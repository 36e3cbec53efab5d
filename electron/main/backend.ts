import { join } from 'node:path'
import { app } from 'electron'
import { DATABASE_NAME, openStore, type StoreOptions } from '#electron/db/client.ts'
import { runtimeNote } from '#electron/security/supported-electron.ts'
import { createHandlers, type HandlerPorts } from '#electron/services/handlers.ts'
import { createNetworkService, type NetworkService } from '#electron/services/network-service.ts'
import { createReportService, type ReportService } from '#electron/services/report-service.ts'
import { createSettingsService, type SettingsService } from '#electron/services/settings-service.ts'
import { createUpkeep, type Upkeep } from '#electron/services/upkeep.ts'
import { createAnswer } from './call-answer.ts'
import type { Answer } from './call-gate.ts'
import type { Closable } from './lifecycle.ts'
import type { Log } from './log.ts'
import type { PrintPdf } from './print.ts'
import { sourceFetch } from './source-fetch.ts'
import type { ProgramFiles } from './program-files.ts'

/** What the services need of Electron. */
export type BackendPorts = Pick<HandlerPorts, 'dialogs' | 'openLink' | 'emit'> & {
  readonly files: ProgramFiles
  readonly dataFolder: string
  readonly printPdf: PrintPdf
  readonly log: Log
}
export type OnBroken = NonNullable<StoreOptions['onBroken']>

export type Backend = Closable & {
  readonly answer: Answer
  readonly network: NetworkService
  readonly settings: SettingsService
  readonly report: ReportService
  readonly upkeep: Upkeep
}

/**
 * Opens the database and puts the services on it. This file and what it imports are loaded after the window
 * has begun to open, because the schemas are not needed for that.
 *
 * @throws StrikelineError 'database-newer', 'database-broken', 'file-unwritable'
 */
export async function startBackend(ports: BackendPorts, onBroken: OnBroken): Promise<Backend> {
  const { files, dataFolder, dialogs, openLink, emit, log } = ports
  const version = app.getVersion()
  const store = await openStore({
    file: join(dataFolder, DATABASE_NAME),
    workerUrl: files.worker,
    assetsFolder: files.assets,
    onBroken,
    onProgress: (progress) => emit('task.progress', progress),
  })
  const network = createNetworkService({
    store,
    version,
    fetch: sourceFetch,
    onChange: (state) => emit('network.changed', state),
    onError: (error) => log.write('Fault while the network was asked:', error),
  })
  const settings = createSettingsService(store)
  const report = createReportService({ store, network, printPdf: ports.printPdf, nowMs: Date.now, version })
  const upkeep = createUpkeep({
    store,
    nowMs: Date.now,
    onError: (error) => log.write('Fault while the database was looked after:', error),
  })
  const about = () => ({
    version,
    electron: process.versions.electron,
    dataFolder,
    runtimeNote: runtimeNote(process.versions.electron),
  })
  const handlers = createHandlers({
    store,
    network,
    settings,
    report,
    dialogs,
    about,
    openLink,
    emit,
    nowMs: Date.now,
  })

  return {
    answer: createAnswer(handlers, log),
    network,
    settings,
    report,
    upkeep,
    async close() {
      upkeep.stop()
      store.cancel()
      await network.stop()
      await store.close()
    },
  }
}
