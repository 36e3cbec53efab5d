import { basename } from 'node:path'
import type { ChannelInput, ChannelOutput } from '#shared/ipc/schemas/channels.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { PartChoice, PartFileKind } from '#shared/ipc/schemas/case.ts'
import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import type { ChannelName, EventName } from '#shared/ipc/names.ts'
import { SETTING_KEYS } from '#shared/ipc/schemas/settings.ts'
import { typedValue } from '#electron/files/questions.ts'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { ActService } from './act-service.ts'
import type { AlertService } from './alert-service.ts'
import type { BacktestService } from './backtest-service.ts'
import type { BackupService } from './backup-service.ts'
import type { PastService } from './past-service.ts'
import type { NetworkService } from './network-service.ts'
import type { HandOverService } from './hand-over-service.ts'
import type { ReportService } from './report-service.ts'
import { readAgreements } from './agreements.ts'
import { readContractFile, readLadders, readPrices } from './part-files.ts'
import type { PartFile } from './part-files.ts'
import { createPartImports } from './part-imports.ts'
import type { PriceWatch } from './price-watch.ts'
import { createDecisionHandlers } from './decision-handlers.ts'
import { createLedgerHandlers } from './ledger-handlers.ts'
import { createScenarioHandlers } from './scenario-handlers.ts'
import { createSealHandlers } from './seal-handlers.ts'
import type { SealService } from './seal-service.ts'
import type { SecretService } from './secret-service.ts'
import type { SettingsService } from './settings-service.ts'
import { createWebhookHandlers } from './webhook-handlers.ts'
import type { WebhookService } from './webhook-service.ts'
import { createActHandlers } from './act-handlers.ts'
import { createFleetHandlers } from './fleet-handlers.ts'
import { createFleetSender } from './fleet-sender.ts'
import { fleetTold } from './fleet-told.ts'
import { createImportHandlers } from './import-handlers.ts'
import { createLedgerImportHandlers } from './ledger-import-handlers.ts'
import { createNetworkHandlers } from './network-handlers.ts'
import { createReportHandlers } from './report-handlers.ts'

export type OpenKind =
  | 'fleet-csv'
  | 'ledger-csv'
  | 'work-list'
  | 'daily-csv'
  | 'network-file'
  | 'move-file'
  | 'logo'
  | PartFileKind
export type SaveKind =
  | Exclude<OpenKind, PartFileKind | 'logo' | 'ledger-csv'>
  | 'report-pdf'
  | 'points-csv'
  | 'decisions'
  | 'journal'
  | 'workbook'
  | `tables-${'csv' | 'json'}`

/** Takes an input that has passed the channel's schema. */
export type Handlers = {
  readonly [N in ChannelName]: (input: ChannelInput<N>) => Promise<ChannelOutput<N>>
}

export type HandlerPorts = {
  readonly store: Store
  readonly network: NetworkService
  readonly settings: SettingsService
  readonly report: ReportService
  readonly handOver: HandOverService
  readonly seal: SealService
  readonly backtest: BacktestService
  readonly past: PastService
  readonly acts: ActService
  readonly alerts: AlertService
  readonly secrets: SecretService
  readonly webhook: WebhookService
  readonly backups: BackupService
  readonly watch: PriceWatch
  /** null: the dialog was closed */
  readonly dialogs: {
    openFile(kind: OpenKind): Promise<string | null>
    saveFile(kind: SaveKind, suggestedName: string): Promise<string | null>
  }
  readonly about: () => ChannelOutput<'app.about'>
  /** Shows in the menu that these commands have nothing to do now. */
  readonly showIdle: (commands: ChannelInput<'app.commands'>['idle']) => void
  /** licences of the software by others that is in the program */
  readonly notices: () => Promise<string>
  readonly openLink: (link: ChannelInput<'app.openLink'>['link']) => Promise<void>
  /** The whole fleet, read before the window asks for it; it is given once, where it is still the right one. */
  readonly fleetAhead?: ReturnType<Store['readFleetSince']>
  /** Sends machines through the fleet port of the page. */
  readonly postMachines: (message: FleetMessage) => void
  readonly emit: <N extends EventName>(event: N, payload: EventPayload<N>) => void
  /** Ends the program, puts this file of another computer in place and starts again on it. */
  readonly takeOver: (path: string) => void
  readonly version: string
  readonly nowMs: () => number
}

/** Bound of the list in the contract. */
const REMEMBERED_SHOWN = 500

/** Channel → service: the only list of what the window can ask for. */
export function createHandlers(ports: HandlerPorts): Handlers {
  const {
    store,
    network,
    settings,
    report,
    handOver,
    backtest,
    past,
    alerts,
    secrets,
    backups,
    watch,
    dialogs,
    seal,
  } = ports

  function readPartFile(choice: PartChoice, path: string): Promise<PartFile> {
    switch (choice.kind) {
      case 'contracts':
        return readContractFile(store, path)
      case 'ladders':
        return readLadders(store, path)
      case 'prices':
        return readPrices(store, choice.site, path)
    }
  }

  const { changed } = fleetTold(ports)
  const sender = createFleetSender(ports)
  const partImports = createPartImports(store)
  /** the file of another computer that was chosen last */
  let moving: { readonly token: string; readonly path: string } | null = null

  return {
    ...createFleetHandlers(ports, sender),
    ...createImportHandlers(ports),
    ...createLedgerImportHandlers(ports),
    ...createActHandlers(ports),
    ...createNetworkHandlers(ports, partImports),
    ...createReportHandlers(ports),
    'case.read': () => store.readCase(),
    'case.agreements': () => readAgreements(store),
    async 'parts.choose'(choice) {
      const path = await dialogs.openFile(choice.kind)
      return path === null ? null : partImports.preview(await readPartFile(choice, path), false)
    },
    async 'parts.confirm'({ token, ...said }) {
      const { revision, hasLimits, hasWatched } = await changed(partImports.confirm(token, said))
      if (hasWatched) await watch.tell()
      if (hasLimits) ports.emit('settings.changed', await settings.read())
      return { revision }
    },
    'parts.discard'({ token }) {
      partImports.discard(token)
      return Promise.resolve({})
    },

    'watched.read': () => watch.read(),
    'watched.readAgain': ({ key, accepted }) => watch.readAgain(key, accepted),
    async 'watched.stop'({ key }) {
      const stopped = await changed(store.stopWatching(key))
      await watch.tell()
      return stopped
    },

    async 'remembered.read'() {
      const all = await store.readRemembered()
      const latest = all.toSorted((a, b) => (b.saidAtMs ?? 0) - (a.saidAtMs ?? 0))
      return { total: all.length, latest: latest.slice(0, REMEMBERED_SHOWN) }
    },
    async 'remembered.forget'({ ids }) {
      await store.forgetRemembered(ids)
      return {}
    },
    async 'remembered.findOpen'({ things }) {
      return { open: [...(await store.findUnanswered('typed', things.map(typedValue)))] }
    },
    async 'remembered.agree'({ things }) {
      await store.rememberAnswers('typed', things.map(typedValue))
      return {}
    },

    async 'move.out'() {
      const path = await dialogs.saveFile('move-file', `strikeline-${isoDay(ports.nowMs())}.strikeline`)
      if (path === null) return null
      const { machines } = await store.moveOut(path, ports.version, ports.nowMs())
      return { fileName: basename(path), machines }
    },
    async 'move.choose'() {
      const path = await dialogs.openFile('move-file')
      if (path === null) return null
      const { machines, madeAt } = await store.lookIntoMoveFile(path)
      moving = { token: crypto.randomUUID(), path }
      return { token: moving.token, fileName: basename(path), machines, madeAtMs: Date.parse(madeAt) }
    },
    'move.takeOver'({ token }) {
      if (moving?.token !== token)
        throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
      ports.takeOver(moving.path)
      return Promise.resolve({})
    },

    'alerts.put': ({ key, rule }) => alerts.put(key, rule),
    'alerts.remove': ({ key }) => alerts.remove(key),
    'alerts.markRead': () => alerts.markRead(),

    'secrets.read': () => secrets.read(),
    async 'secrets.write'({ name, secret }) {
      const { bitcoindUrl } = await settings.read()
      const state = await secrets.write(name, secret, bitcoindUrl)
      network.wake()
      return state
    },

    'settings.read': () => settings.read(),
    async 'settings.write'(change) {
      const written = await settings.write(change)
      ports.emit('settings.changed', written)
      if (Object.keys(change).some((field) => NETWORK_FIELDS.has(field))) network.wake()
      return written
    },

    ...createWebhookHandlers(ports),
    ...createDecisionHandlers(ports),
    ...createLedgerHandlers(ports),
    ...createSealHandlers(ports),
    ...createScenarioHandlers(ports),
    'backtest.run': (choices) => backtest.run(choices),
    'backtest.cancel'() {
      backtest.cancel()
      return Promise.resolve({})
    },
    'backups.read': () => backups.read(),
    'backups.check': ({ name }) => backups.check(name),
    'backups.make': () => backups.make(),
    async 'backups.remove'({ name }) {
      await backups.remove(name)
      return {}
    },
    'backups.restore': ({ name }) => backups.restore(name),

    'task.cancel'() {
      store.cancel()
      report.cancel()
      handOver.cancel()
      seal.cancel()
      return Promise.resolve({})
    },
    async 'app.start'() {
      const [shown, state, alerted, filled, fleet] = await Promise.all([
        settings.read(),
        network.read(),
        alerts.read(),
        past.status(),
        sender.start(),
      ])
      return {
        settings: shown,
        network: state,
        alerts: alerted,
        past: filled,
        fleet,
        backupFault: backups.fault(),
      }
    },
    'app.about': () => Promise.resolve(ports.about()),
    'app.commands'({ idle }) {
      ports.showIdle(idle)
      return Promise.resolve({})
    },
    'app.notices': async () => ({ text: await ports.notices() }),
    async 'app.openLink'({ link }) {
      await ports.openLink(link)
      return {}
    },
  }
}

/** Settings that say where and whether the network is asked. */
const NETWORK_FIELDS: ReadonlySet<string> = new Set(
  Object.entries(SETTING_KEYS).flatMap(([key, field]) => (key.startsWith('network.') ? [field] : [])),
)
