import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { app } from 'electron'
import type { AlertOccurrence } from '#shared/domain/alerts.ts'
import type { EventName } from '#shared/ipc/names.ts'
import { reportingMoney } from '#shared/ipc/reporting-money.ts'
import { storeOn, type Store } from '#electron/store/sqlite/client.ts'
import { createLanes } from '#electron/sources/one-at-a-time.ts'
import { runtimeNote } from '#electron/security/supported-electron.ts'
import { createActService } from '#electron/services/act-service.ts'
import { createAlertService } from '#electron/services/alert-service.ts'
import { createBacktestService } from '#electron/services/backtest-service.ts'
import { createBackupService } from '#electron/services/backup-service.ts'
import { createHandOverService } from '#electron/services/hand-over-service.ts'
import { createHandlers, type HandlerPorts } from '#electron/services/handlers.ts'
import { createLookingBack } from '#electron/services/looking-back.ts'
import { createPartTellers } from '#electron/services/part-tellers.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createOthersWatch } from '#electron/services/others-watch.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { createPriceWatch } from '#electron/services/price-watch.ts'
import { createReportService, type ReportService } from '#electron/services/report-service.ts'
import { createSealService } from '#electron/services/seal-service.ts'
import { createSettingsService, type SettingsService } from '#electron/services/settings-service.ts'
import { createSecretService, nodePasswordOf } from '#electron/services/secret-service.ts'
import { createUpkeep } from '#electron/services/upkeep.ts'
import { createWebhookService } from '#electron/services/webhook-service.ts'
import { createPagesThreads } from '#electron/threads/pages.ts'
import type { BegunData, DataPorts } from './begin-data.ts'
import { createAnswer } from './call-answer.ts'
import type { Answer } from './call-gate.ts'
import type { Closable } from './lifecycle.ts'
import type { Log } from './log.ts'
import type { DesktopNotifier } from './notify.ts'
import type { PrintPdf } from '#electron/services/report-service.ts'
import { secretsIn } from './secrets.ts'
import { sourceFetch } from './source-fetch.ts'

/** What the services need of Electron. */
export type BackendPorts = Pick<
  HandlerPorts,
  'dialogs' | 'openLink' | 'emit' | 'postMachines' | 'showIdle' | 'takeOver'
> &
  DataPorts & {
    readonly printPdf: PrintPdf
    readonly notifier: DesktopNotifier
    readonly log: Log
  }

export type Backend = Closable & {
  readonly answer: Answer
  readonly settings: SettingsService
  readonly report: ReportService
  /** Starts the schedules of network and history, and the upkeep of the database. */
  readonly start: () => void
  /** After sleep or a reconnect: what is due is asked at once. */
  readonly wake: () => void
}

/** What an alert looks at has changed. */
const ALERTING: ReadonlySet<EventName> = new Set(['network.changed', 'fleet.changed', 'past.changed'])

/** There may be something to send, or another place to send it to. */
const SENDING: ReadonlySet<EventName> = new Set(['alerts.changed', 'settings.changed'])

/** Puts the services on the database of a thread: 'database-newer', 'database-broken', 'file-unwritable' where it cannot be opened. */
export async function openBackend(ports: BackendPorts, { thread, fleetAhead }: BegunData): Promise<Backend> {
  return startBackend(ports, await storeOn(thread), fleetAhead)
}

function startBackend(ports: BackendPorts, store: Store, fleetAhead: BegunData['fleetAhead']): Backend {
  const { dataFolder, dialogs, openLink, notifier, log } = ports
  /** What was broken off because the program closes is no fault. */
  const logged = (words: string) => (error: unknown) => {
    if (error instanceof StrikelineError && error.code === 'cancelled') return
    log.write(words, error)
  }
  const version = app.getVersion()
  const emit: BackendPorts['emit'] = (event, payload) => {
    ports.emit(event, payload)
    if (ALERTING.has(event)) void alerts.evaluate()
    if (SENDING.has(event)) void webhook.deliver()
  }
  const onFleetChanged = async () => emit('fleet.changed', { revision: await store.readFleetRevision() })
  const secretFile = secretsIn(dataFolder)
  const secrets = createSecretService(secretFile)
  const asking = {
    store,
    version,
    fetch: sourceFetch,
    bitcoindPassword: nodePasswordOf(secrets),
    lanes: createLanes(),
    onFleetChanged,
  }
  const network = createNetworkService({
    ...asking,
    onChange: (state) => emit('network.changed', state),
    onError: logged('Fault while the network was asked:'),
  })
  const past = createPastService({
    ...asking,
    // What a history is worth to an alert shows when it is there.
    onChange: (status) => (status.running ? ports.emit : emit)('past.changed', status),
    onError: logged('Fault while the history was filled:'),
  })
  const alerts = createAlertService({
    store,
    readNetwork: () => network.read(),
    readPast: () => past.read(),
    notifications: notifier.supported,
    notify: (happened) => void notify(happened).catch(logged('Fault while an alert was told:')),
    onChange: (state) => emit('alerts.changed', state),
    onError: logged('Fault while an alert was evaluated:'),
  })
  const settings = createSettingsService(store)
  const readMoney = async () => {
    const [{ currency }, state] = await Promise.all([settings.read(), network.read()])
    return reportingMoney(state, currency)
  }
  const notify = async (happened: readonly AlertOccurrence[]) => notifier.notify(happened, await readMoney())
  const onWebhookError = logged('Fault while an alert was sent:')
  const webhook = createWebhookService({
    store,
    secrets: secretFile,
    version,
    readMoney,
    variables: process.env,
    fetch: sourceFetch,
    onChange: () => void webhook.read().then((state) => emit('webhook.changed', state), onWebhookError),
    onGivenUp(words) {
      log.write('An alert did not reach the webhook and is not tried again; Market says why.')
      if (notifier.supported) notifier.show({ title: 'An alert did not reach the webhook', body: words })
    },
    onError: onWebhookError,
  })
  const acts = createActService({ store, readNetwork: () => network.read(), nowMs: Date.now })
  const lookingBack = createLookingBack({
    workerUrl: ports.files.backtestWorker,
    onProgress: (progress) => emit('task.progress', progress),
  })
  const seal = createSealService({ store, network, nowMs: Date.now, lookingBack })
  const drawing = createPagesThreads(ports.files.pagesWorker)
  const report = createReportService({
    store,
    network,
    past,
    drawPages: (request) => drawing.draw(request),
    printPdf: ports.printPdf,
    lookingBack,
    onProgress: (progress) => emit('task.progress', progress),
    seal,
    nowMs: Date.now,
    version,
  })
  const handOver = createHandOverService({
    gather: (request) => report.gather(request),
    lookingBack,
    workerUrl: ports.files.handedOverWorker,
    onProgress: (progress) => emit('task.progress', progress),
  })
  const backtest = createBacktestService({
    store,
    workerUrl: ports.files.backtestWorker,
    nowMs: Date.now,
    onProgress: (progress) => emit('task.progress', progress),
  })
  const upkeep = createUpkeep({
    store,
    nowMs: Date.now,
    onError: logged('Fault while the database was looked after:'),
    onLooked: (fault) => emit('backups.changed', { fault }),
  })
  const tell = createPartTellers({ store, network, settings, alerts, past, emit })
  const others = createOthersWatch({
    store,
    tell,
    onError: logged('Fault while another process was watched for:'),
  })
  const backups = createBackupService({
    store,
    network,
    past,
    alerts,
    upkeep,
    nowMs: Date.now,
    tell,
    onRestored: () => emit('backups.restored', {}),
    onError: logged('Fault while the network was asked after a restore:'),
  })
  const watch = createPriceWatch({
    store,
    onFleetChanged,
    onChange: (watched) => emit('watched.changed', watched),
    onError: logged('Fault while price files were watched:'),
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
    handOver,
    backtest,
    seal,
    past,
    acts,
    alerts,
    secrets,
    webhook,
    backups,
    watch,
    dialogs,
    about,
    showIdle: ports.showIdle,
    notices: () => readFile(join(ports.files.assets, 'THIRD-PARTY-NOTICES.txt'), 'utf8'),
    openLink,
    takeOver: ports.takeOver,
    version,
    postMachines: ports.postMachines,
    ...(fleetAhead === undefined ? {} : { fleetAhead }),
    emit,
    nowMs: Date.now,
  })

  return {
    answer: createAnswer(handlers, log),
    settings,
    report,
    start() {
      network.start()
      past.start()
      upkeep.start()
      others.start()
      watch.start()
      webhook.start()
    },
    wake() {
      network.wake()
      void webhook.deliver()
    },
    async close() {
      upkeep.stop()
      store.cancel()
      report.cancel()
      backtest.cancel()
      drawing.stop()
      await Promise.all([network.stop(), past.stop(), others.stop(), watch.stop(), webhook.stop()])
      await alerts.stop()
      await store.close()
    },
  }
}
