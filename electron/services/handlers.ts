import { basename } from 'node:path'
import type { ChannelInput, ChannelOutput, ColumnsSaid, FleetHeader } from '#shared/ipc/schemas/channels.ts'
import type { EventPayload } from '#shared/ipc/schemas/events.ts'
import type { PartChoice, PartFileKind } from '#shared/ipc/schemas/case.ts'
import type { FleetMessage } from '#shared/ipc/fleet-port.ts'
import type { ChannelName, EventName } from '#shared/ipc/names.ts'
import { SETTING_KEYS } from '#shared/ipc/schemas/settings.ts'
import { foldHeading } from '#electron/files/fleet/column-map.ts'
import { foldStatus } from '#electron/files/fleet/status-words.ts'
import { replaceFile } from '#electron/files/replace.ts'
import { acceptedSign, typedValue } from '#electron/files/questions.ts'
import type { ImportAnswers } from '#electron/store/port.ts'
import { isoDay } from '#shared/format/times.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { isWorkListFile } from '#electron/files/worklist/columns.ts'
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
import { storeTerms } from './site-terms.ts'
import { createDecisionHandlers } from './decision-handlers.ts'
import { createScenarioHandlers } from './scenario-handlers.ts'
import { createSealHandlers } from './seal-handlers.ts'
import type { SealService } from './seal-service.ts'
import type { SecretService } from './secret-service.ts'
import type { SettingsService } from './settings-service.ts'
import { createWebhookHandlers } from './webhook-handlers.ts'
import type { WebhookService } from './webhook-service.ts'

export type OpenKind =
  'fleet-csv' | 'work-list' | 'daily-csv' | 'network-file' | 'move-file' | 'logo' | PartFileKind
export type SaveKind =
  | Exclude<OpenKind, PartFileKind | 'logo'>
  | 'report-pdf'
  | 'points-csv'
  | 'decisions'
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
    acts,
    alerts,
    secrets,
    backups,
    watch,
    dialogs,
    seal,
  } = ports

  async function changed<T extends { readonly revision: number }>(work: Promise<T>): Promise<T> {
    const result = await work
    ports.emit('fleet.changed', { revision: result.revision })
    return result
  }

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

  const partImports = createPartImports(store)
  let { fleetAhead } = ports
  /** the file of another computer that was chosen last */
  let networkFile: { readonly token: string; readonly path: string; readonly madeAtMs: number } | null = null
  let moving: { readonly token: string; readonly path: string } | null = null

  /** The fleet that the window starts with. */
  async function startFleet(): Promise<FleetHeader> {
    const ahead = fleetAhead
    fleetAhead = undefined
    const [fleet, revision] = await Promise.all([ahead, store.readFleetRevision()])
    return fleet?.revision === revision ? send(fleet) : readFleet(null)
  }

  const readFleet = async (have: number | null): Promise<FleetHeader> =>
    send(await store.readFleetSince(have))

  /** The machines are on their way before the header is. */
  function send(fleet: Awaited<ReturnType<Store['readFleetSince']>>): FleetHeader {
    const { revision, rows, sites, tariffs, undo, redo, contracts, ladders, delivery } = fleet
    if (fleet.delivery === 'all') ports.postMachines({ revision, kind: 'all', machines: fleet.machines })
    if (fleet.delivery === 'rows')
      ports.postMachines({ revision, kind: 'rows', from: fleet.from, machines: fleet.machines })
    return { revision, rows, sites, tariffs, undo, redo, contracts, ladders, delivery }
  }

  /**
   * After machines were added or removed, the fleet may have become the sample or stopped being it. The network is
   * told first, so that no other fleet is ever shown on the sample's network.
   */
  async function changedMachines<T extends { readonly revision: number }>(work: Promise<T>): Promise<T> {
    await work
    await network.fleetChanged()
    return changed(work)
  }

  return {
    'fleet.read': ({ have }) => readFleet(have),
    'fleet.addMachine': ({ copyOf, ...input }) => changedMachines(store.addMachine(input, copyOf)),
    'fleet.updateMachines': ({ keys, patch, before }) => changed(store.updateMachines(keys, patch, before)),
    'fleet.removeMachines': ({ keys }) => changedMachines(store.removeMachines(keys)),
    'fleet.setPolicy': ({ keys, policy }) => changed(store.setMachinePolicy(keys, policy)),
    'fleet.archive': ({ keys }) => changedMachines(store.archiveMachines(keys, ports.nowMs())),
    'fleet.readArchive': async ({ text }) => {
      const { machines, ...counts } = await store.readArchive(text)
      return { ...counts, machines: [...machines] }
    },
    'fleet.bringBack': ({ keys }) => changedMachines(store.bringBack(keys)),
    'fleet.machineHistory': async ({ key }) => {
      const [changes, decisions] = await Promise.all([
        store.readMachineChanges(key),
        store.readMachineDecisions(key),
      ])
      return {
        changes: changes.map(({ fields, ...change }) => ({ ...change, fields: [...fields] })),
        decisions: [...decisions],
      }
    },
    'fleet.loadSample': () => changedMachines(store.loadSample()),
    'fleet.undo': ({ revision }) => changedMachines(store.undo(revision)),
    'fleet.redo': ({ revision }) => changedMachines(store.redo(revision)),
    async 'fleet.exportCsv'() {
      const path = await dialogs.saveFile('fleet-csv', 'fleet.csv')
      if (path === null) return null
      const { rows } = await store.exportCsv(path)
      return { fileName: basename(path), rows }
    },

    'fleet.findNotes': async ({ words }) => [...(await store.findNotes(words))],

    async 'model.savePoints'({ name, lines }) {
      const path = await dialogs.saveFile('points-csv', `${name.replaceAll(/[^\w. -]+/g, '-')}.csv`)
      if (path === null) return null
      await replaceFile(path, [lines.map((line) => `${line}\n`).join('')])
      return { fileName: basename(path) }
    },
    'purchases.read': async () => ({ purchases: [...(await store.readPurchases())] }),
    'purchases.put': ({ key, purchase }) => changed(store.putPurchase(key, purchase)),
    'purchases.remove': ({ key }) => changed(store.removePurchase(key)),
    'site.add': (site) => changed(store.addSite(site)),
    'site.update': ({ key, site, replaceOwn, before }) =>
      changed(store.updateSite(key, site, replaceOwn, before)),
    'site.remove': ({ key }) => changedMachines(store.removeSite(key)),
    'site.agree': (said) => changed(storeTerms(store, said)),

    async 'import.choose'() {
      const path = await dialogs.openFile('fleet-csv')
      if (path === null) return null
      return (await isWorkListFile(path))
        ? { workList: await acts.preview(path, null) }
        : store.previewImport(path)
    },
    'import.again': ({ token, ...said }) => store.previewImportAgain(token, answersOf(said)),
    async 'import.forget'({ token, what }) {
      await store.forgetForImport(token, what)
      return {}
    },
    'import.confirm': ({ token, mode, accepted }) =>
      changedMachines(store.confirmImport(token, mode, accepted)),
    async 'import.discard'({ token }) {
      await store.discardImport(token)
      return {}
    },

    'acts.read': async () => ({ decisions: [...(await acts.read())] }),
    'acts.record': ({ seenAtMs, partly, ...request }) =>
      changedMachines(acts.record(seenAtMs, { ...request, done: { rows: 'but', machines: partly } })),
    async 'acts.takeBack'({ key }) {
      await acts.takeBack(key)
      return {}
    },
    async 'acts.saveWorkList'({ seenAtMs, site }) {
      const path = await dialogs.saveFile('work-list', workListName(site, ports.nowMs(), 'csv'))
      return path === null ? null : acts.saveWorkList(path, seenAtMs, site)
    },
    async 'acts.printWorkList'({ seenAtMs, site, paper }) {
      const path = await dialogs.saveFile('report-pdf', workListName(site, ports.nowMs(), 'pdf'))
      if (path === null) return null
      const { pages } = await report.saveWorkList(path, { paper, site, seenAtMs })
      return { fileName: basename(path), pages }
    },
    async 'acts.chooseMarked'({ seenAtMs }) {
      const path = await dialogs.openFile('work-list')
      return path === null ? null : acts.preview(path, seenAtMs)
    },
    'acts.confirmMarked': ({ token, accepted, by }) => changedMachines(acts.confirm(token, accepted, by)),
    async 'acts.discardMarked'({ token }) {
      await acts.discard(token)
      return {}
    },

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

    'network.read': () => network.read(),
    'network.refresh': () => network.refresh(),
    'network.type': ({ name, value }) => network.type(name, value),
    'network.typeHashprice': ({ typed }) => network.typeHashprice(typed),
    'rates.type': ({ currency, usdPerUnit }) => network.typeRate(currency, usdPerUnit),

    'past.read': () => past.read(),
    'past.status': () => past.status(),
    'past.backfill': () => past.backfill(),
    'past.stop': () => past.stopBackfill(),
    async 'past.importCsv'() {
      const path = await dialogs.openFile('daily-csv')
      return path === null ? null : past.importDaily(path)
    },
    async 'past.exportCsv'() {
      const path = await dialogs.saveFile('daily-csv', 'daily.csv')
      return path === null ? null : { fileName: basename(path), ...(await past.exportDaily(path)) }
    },
    'past.forgetImported': () => past.forgetImported(),
    async 'network.exportFile'({ withCase }) {
      const path = await dialogs.saveFile('network-file', networkFileName(ports.nowMs()))
      return path === null ? null : past.exportNetworkFile(path, withCase)
    },
    async 'network.chooseFile'() {
      const path = await dialogs.openFile('network-file')
      if (path === null) return null
      const { parts, ...look } = await past.lookIntoNetworkFile(path)
      networkFile = { token: crypto.randomUUID(), path, madeAtMs: look.madeAtMs }
      const changes = parts === null ? [] : await store.compareParts(parts)
      const tally = (wanted: string) => changes.filter(({ change }) => change === wanted).length
      return {
        ...look,
        token: networkFile.token,
        parts:
          parts === null
            ? null
            : {
                ...{ new: tally('new'), differs: tally('differs') },
                ...{ same: tally('same'), unknown: tally('unknown') },
              },
      }
    },
    async 'network.takeFile'({ token }) {
      if (networkFile?.token !== token)
        throw new StrikelineError('not-found', 'This file is no longer open. Choose it again.')
      const { path, madeAtMs } = networkFile
      networkFile = null
      const { parts, ...summary } = await past.importNetworkFile(path, madeAtMs)
      await network.reread()
      if (parts === null) return { ...summary, parts: null }
      const file = { fileName: summary.fileName, parts, warnings: [], doubts: [], watching: [] }
      return { ...summary, parts: await partImports.preview(file, true) }
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

    'alerts.read': () => alerts.read(),
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

    'report.preview': (request) => report.preview(request),
    'report.count': async (request) => ({ pages: await report.count(request) }),
    async 'report.save'(request) {
      const path = await dialogs.saveFile('report-pdf', reportName(request.asOfMs ?? ports.nowMs()))
      if (path === null) return null
      return { fileName: basename(path), ...(await report.saveTo(path, request)) }
    },
    async 'report.workbook'(request) {
      const path = await dialogs.saveFile('workbook', handedOverName(request.asOfMs ?? ports.nowMs(), 'xlsx'))
      if (path === null) return null
      await handOver.save('workbook', path, request)
      return { fileName: basename(path) }
    },
    async 'report.tables'({ format, ...request }) {
      const ending = format === 'csv' ? 'zip' : 'json'
      const name = handedOverName(request.asOfMs ?? ports.nowMs(), ending)
      const path = await dialogs.saveFile(`tables-${format}`, name)
      if (path === null) return null
      const { tables } = await handOver.save(format, path, request)
      return { fileName: basename(path), tables }
    },
    ...createWebhookHandlers(ports),
    ...createDecisionHandlers(ports),
    ...createSealHandlers(ports),
    ...createScenarioHandlers(ports),
    'backtest.run': (choices) => backtest.run(choices),
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
      backtest.cancel()
      seal.cancel()
      return Promise.resolve({})
    },
    async 'app.start'() {
      const [shown, state, alerted, filled, fleet] = await Promise.all([
        settings.read(),
        network.read(),
        alerts.read(),
        past.status(),
        startFleet(),
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

/** What the window says about the columns of a file, as the readers of files take it. */
function answersOf({ columns, statusWords, decimalSign }: ColumnsSaid): ImportAnswers {
  return {
    accepted: decimalSign === null ? [] : [acceptedSign(decimalSign)],
    map: {
      columns: new Map(
        columns.map(({ heading, field, ...how }) => [
          foldHeading(heading),
          field === null ? null : { field, ...how },
        ]),
      ),
      statuses: new Map(statusWords.map(({ word, status }) => [foldStatus(word), status])),
    },
    isWhole: true,
  }
}

/** Settings that say where and whether the network is asked. */
const NETWORK_FIELDS: ReadonlySet<string> = new Set(
  Object.entries(SETTING_KEYS).flatMap(([key, field]) => (key.startsWith('network.') ? [field] : [])),
)

function networkFileName(nowMs: number): string {
  return `strikeline-network-${isoDay(nowMs)}.json`
}

/** A site's name may hold what a file's name must not. */
function workListName(site: string | null, nowMs: number, kind: 'csv' | 'pdf'): string {
  const of = site === null ? '' : `-${site.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '')}`
  return `work-list${of}-${isoDay(nowMs)}.${kind}`
}

/** Of a workbook or of the tables of a report. */
function handedOverName(asOfMs: number, ending: 'xlsx' | 'zip' | 'json'): string {
  return `strikeline-${ending === 'xlsx' ? '' : 'tables-'}${isoDay(asOfMs)}.${ending}`
}

function reportName(nowMs: number): string {
  return `strikeline-${isoDay(nowMs)}.pdf`
}
