import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import { lotsPassed } from '#shared/domain/alerts.ts'
import { counted } from '#shared/format/numbers.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { loadModels } from '#electron/files/fleet/models.ts'
import type { Prepared } from '#shared/domain/decision/prepare.ts'
import { createBackupCalls } from './backup-calls.ts'
import { caseFrom } from './case.ts'
import { contractOf, contractRewriter, contractsFrom } from './contracts.ts'
import { exportDaily, importDaily } from './daily-file.ts'
import { exportFleet, refuseUnknownCost } from './export-fleet.ts'
import { createUndoLog } from './undo.ts'
import type { AsNow } from './case-parts.ts'
import { createCaseParts } from './case-parts.ts'
import { countsOfSites, uselessLadders } from './fleet-ladders.ts'
import { createImports } from './imports.ts'
import { createOthersWatch } from './others.ts'
import { createMachineChanges } from './machine-changes.ts'
import { createAlerts } from './repositories/alerts.ts'
import { createArchive } from './repositories/archive.ts'
import type { WaitingList } from './marked-lists.ts'
import { createDecisions } from './repositories/decisions.ts'
import { createPast } from './repositories/past.ts'
import { createNoteSearch } from './find-notes.ts'
import { createMachines } from './repositories/machines.ts'
import { createPoolSites } from './repositories/pool-sites.ts'
import { createRemembered } from './repositories/remembered.ts'
import { createReportLooks } from './repositories/report-looks.ts'
import { createScenarios } from './repositories/scenarios.ts'
import { createWebhook } from './repositories/webhook.ts'
import { createLedgerCalls, createLedgerImportCalls } from './ledger-calls.ts'
import type { LedgerImports } from './ledger-imports.ts'
import type { Ledger } from './ledger.ts'
import { createRateChanges } from './rate-changes.ts'
import { createReadingCalls, createRepositories } from './reading-calls.ts'
import type { ChangedField } from './site-changes.ts'
import { createFileWriter } from './store-file.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { ActMarket, FleetDelivery, StoreCalls, StoredParts } from '../port.ts'
import type { Sealing } from './sealing.ts'
import type { TaskProgress } from './protocol.ts'
import type { Task } from './task.ts'

type Ports = {
  readonly db: Database
  readonly file: string
  readonly assetsFolder: string
  /** must be called at the start of a call, before any await */
  readonly task: (name: TaskProgress['task']) => Task
}

const MANY_ROWS = 2000

/** With the schemas of a network file, which are not needed before the first row is on screen. */
const networkFile = () => import('./network-file.ts')

/** Read whole or not at all: a contract that is refused refuses the network beside it too. */
async function acceptedNetworkFile(path: string, nowMs: number) {
  const { partsIn, readNetworkFile } = await networkFile()
  const fileName = basename(path)
  const file = await readNetworkFile(path, nowMs)
  const held = partsIn(file)
  for (const { site, text } of held?.contracts ?? []) await contractOf(`${fileName}, ${site}`, text)
  return { file, fileName, held }
}

/** What alerts on advice are found with; they are looked for long after the first row is on screen. */
async function engine() {
  const [{ prepare }, watched] = await Promise.all([
    import('#shared/domain/decision/prepare.ts'),
    import('#shared/domain/watched-fleet.ts'),
  ])
  return { prepare, ...watched }
}
type Engine = Awaited<ReturnType<typeof engine>>

/** What records and work lists are made with. */
async function actEngine() {
  const [acts, lists] = await Promise.all([import('./acts.ts'), import('./marked-lists.ts')])
  return { ...acts, ...lists }
}
type ActEngine = Awaited<ReturnType<typeof actEngine>>

/** All calls but the one that puts another database in the place of this. */
export type ConnectedCalls = Omit<StoreCalls, 'restoreBackup'>

/** What the worker does with a connection: one function per call. */
export function createCalls({ db, file, assetsFolder, task }: Ports): ConnectedCalls {
  const undoLog = createUndoLog(db)
  const repositories = createRepositories(db)
  const {
    rates,
    sites,
    readMachines,
    network,
    contracts,
    ladders,
    settings,
    watched: watchedFiles,
    purchases,
  } = repositories
  const reading = createReadingCalls(db, assetsFolder, repositories, () => undoLog.state())
  const { readFleet } = reading
  const decisions = createDecisions(db)
  const readCase = async () => ({ ...(await reading.readCase()), paused: decisions.paused() })
  const changeRates = createRateChanges(undoLog, sites)
  const machines = createMachines(db)
  const archive = createArchive(db)
  const scenarios = createScenarios(db)
  const looks = createReportLooks(db)
  const alerts = createAlerts(db)
  const past = createPast(db)
  const parts = createCaseParts({ sites, machines, contracts, ladders, settings, watched: watchedFiles })
  const known = { network, rates, changeRates, past, parts }
  const remembered = createRemembered(db)
  const imports = createImports({
    undoLog,
    remembered,
    sites,
    machines,
    writeFile: createFileWriter(db, sites),
    assetsFolder,
  })
  const compareParts = db.transaction((given: StoredParts, asNow: AsNow) => parts.compare(given, asNow))
  const { makeDaily, ...backups } = createBackupCalls(db, file, task)
  const notes = db.prepare<[], string | null>('SELECT notes_json FROM machine ORDER BY key').pluck()

  const beside = () => ({ contracts: contracts.count(), ladders: ladders.count() })

  /** One consistent moment, even while another process writes. */
  const readFleetSince = db.transaction((have: number | null): FleetDelivery => {
    const siteColumns = sites.columns()
    const header = {
      ...undoLog.state(),
      rows: machines.count(),
      sites: siteColumns,
      tariffs: sites.tariffs(),
      ...beside(),
    }
    const keys = have === null ? null : undoLog.machinesChangedSince(have)
    if (have === null || keys === null) {
      return { ...header, delivery: 'all', machines: readMachines(siteColumns) }
    }
    if (keys.length === 0) return { ...header, delivery: 'same', machines: null }
    return { ...header, delivery: 'rows', from: have, machines: readMachines(siteColumns, keys) }
  })
  let watched: { readonly fleet: ReturnType<typeof readFleet>; readonly prepared: Prepared } | null = null
  /** The fleet that alerts watch, kept until it changes; contracts, limits and rates are as of now. */
  async function watching<T>(work: (prepared: Prepared, by: Engine, revision: number) => T): Promise<T> {
    const by = await engine()
    const inputs = await caseFrom(await readCase())
    const fleet = watched?.fleet.revision === undoLog.state().revision ? watched.fleet : readFleet()
    const prepared = by.prepare(fleet, inputs, watched?.prepared.basis)
    watched = { fleet, prepared }
    try {
      return work(prepared, by, fleet.revision)
    } catch (error) {
      if (error instanceof RangeError) throw new StrikelineError('bad-input', error.message)
      throw error
    }
  }
  /** What changes a few rows is over before anybody could be told how far it is. */
  const taskFor = (keys: readonly number[]) => (keys.length > MANY_ROWS ? task('change') : null)
  function bringBack(keysOf: () => readonly number[]): { readonly revision: number } {
    const { revision } = undoLog.change(
      () => ({ ids: archive.bringBack(keysOf()) }),
      ({ ids }) => `Brought back ${ids.length === 1 ? ids[0]! : counted(ids.length, 'machine')}`,
    )
    return { revision }
  }
  /** What is advised now, with all that records it. */
  async function acting<T>(
    market: ActMarket,
    work: (
      by: ActEngine,
      scene: ReturnType<ActEngine['actScene']>,
      ports: Parameters<ActEngine['recordActs']>[0],
    ) => T,
  ): Promise<T> {
    const by = await actEngine()
    return watching((prepared, _, revision) =>
      work(by, by.actScene(prepared, market), { undoLog, machines, ladders, decisions, revision }),
    )
  }
  let sealingNow: Promise<Sealing> | null = null
  const sealing = () => (sealingNow ??= import('./sealing.ts').then(({ createSealing }) => createSealing(db)))
  /** The stored fleet as a report of this moment would be made from it. */
  async function marginCaseNow(network: NetworkState, nowMs: number) {
    const [inputs, { settingsFrom }] = await Promise.all([readCase().then(caseFrom), import('./settings.ts')])
    const { horizonDays } = settingsFrom(settings.read())
    return { fleet: readFleet(), inputs, network, horizonDays, asOfMs: nowMs }
  }
  const siteNames = () => sites.columns().name
  const carryPoolSites = createPoolSites(db)
  async function zones() {
    const agreed = await contractsFrom({ contracts: contracts.read().contracts, policies: [] })
    return new Map(agreed.contracts.map(({ site, contract }) => [site, contract.timeZone]))
  }
  let ledgerNow: Promise<Ledger> | null = null
  const ledger = () =>
    (ledgerNow ??= import('./ledger.ts').then(({ createLedger }) =>
      createLedger(db, {
        ...{ readFleet, siteNames, zones, past, rates },
        fleetRevision: () => undoLog.state().revision,
        readInputs: () => readCase().then(caseFrom),
      }),
    ))
  let ledgerImportsNow: Promise<LedgerImports> | null = null
  const ledgerImports = () =>
    (ledgerImportsNow ??= Promise.all([ledger(), import('./ledger-imports.ts')]).then(
      ([ledger, { createLedgerImports }]) =>
        createLedgerImports({ db, ledger, remembered, siteNames, zones, past }),
    ))
  let markedList: WaitingList | null = null
  function waitingAs(token: string): WaitingList {
    if (markedList?.token !== token)
      throw new StrikelineError('not-found', 'This work list is no longer open. Choose it again.')
    return markedList
  }
  const readWithNotes = db.transaction(() => ({ fleet: readFleet(), notes: notes.all() }))

  return {
    ...reading,
    readCase,
    readFleetSince,
    readFleetRevision: () => undoLog.state().revision,
    readTariffs: () => sites.tariffs(),
    findNotes: createNoteSearch(db),
    addMachine: (input, copyOf) =>
      undoLog.change(
        () => {
          const added = machines.add(input)
          if (copyOf !== undefined) machines.copyBeside(copyOf, added.key)
          return added
        },
        ({ id }) => `Added ${id}`,
      ),
    updateMachines(keys, patch, before) {
      const changing = taskFor(keys)
      const { revision } = undoLog.change(
        () => ({ what: machines.update(keys, patch, before, changing) }),
        ({ what }) => `${what} of ${machines.words(keys)}`,
      )
      return { revision }
    },
    removeMachines(keys) {
      const words = machines.words(keys)
      return undoLog.change(() => {
        machines.remove(keys)
        return {}
      }, `Removed ${words}`)
    },
    archiveMachines(keys, nowMs) {
      const words = machines.words(keys)
      const archiving = taskFor(keys)
      return undoLog.change(() => {
        archive.put(keys, nowMs, archiving)
        machines.remove(keys)
        return {}
      }, `Archived ${words}`)
    },
    readArchive: (text) => archive.read(text),
    bringBack: (keys) => bringBack(() => keys),
    bringBackIds: (ids) =>
      bringBack(() =>
        ids.map((id) => {
          const key = archive.keyOf(id)
          if (key === null)
            throw new StrikelineError('not-found', `There is no machine ${id} in the archive.`)
          return key
        }),
      ),
    findMachines: (ids) =>
      ids.map((id) => {
        const key = machines.keyOf(id)
        if (key === null) throw new StrikelineError('not-found', `There is no machine ${id} in the fleet.`)
        return key
      }),
    readMachineDecisions: (key) => decisions.ofMachine(key),
    readMachineChanges: createMachineChanges(db),

    addSite: (site) => undoLog.change(() => ({ key: sites.add(site) }), `Added site ${site.name}`),
    updateSite(key, site, replaceOwn, before) {
      const { revision } = undoLog.change(
        () => {
          const { name } = sites.find(key)
          const fields = sites.update(key, site, replaceOwn, before)
          if (fields.includes('name')) carryPoolSites(name, sites.find(key).name)
          return { name, fields }
        },
        ({ name, fields }) => `${siteWords(fields)} of ${name}`,
      )
      return { revision }
    },
    removeSite(key) {
      const { revision } = undoLog.change(
        () => {
          const { name } = sites.find(key)
          sites.remove(key)
          return { name }
        },
        ({ name }) => `Removed site ${name}`,
      )
      return { revision }
    },
    putPurchase(key, purchase) {
      const { revision, put } = undoLog.change(
        () => ({ put: purchases.put(key, purchase) }),
        (result) => `${key === null ? 'Added' : 'Changed'} purchase ${result.put.name}`,
      )
      return { revision, key: put.key }
    },
    removePurchase(key) {
      const { revision } = undoLog.change(
        () => ({ name: purchases.remove(key).name }),
        ({ name }) => `Removed purchase ${name}`,
      )
      return { revision }
    },
    readContracts: () => contracts.read(),
    putContract(siteKey, text) {
      const { revision } = undoLog.change(
        () => {
          if (text === null) watchedFiles.endAt(siteKey)
          return { site: contracts.put(siteKey, text) }
        },
        ({ site }) => `Contract of ${site}`,
      )
      return { revision }
    },
    setMachinePolicy(keys, policy) {
      const words = machines.words(keys)
      const changing = taskFor(keys)
      return undoLog.change(() => {
        contracts.setPolicy(keys, policy, changing)
        return {}
      }, `Policy of ${words}`)
    },
    readLadders: () => ladders.ladders(),
    putLadder: (ladder) =>
      undoLog.change(() => {
        ladders.put(ladder)
        return {}
      }, `Profiles of ${ladder.model}`),
    removeLadder: (model, firmware) =>
      undoLog.change(() => {
        ladders.remove(model, firmware)
        return {}
      }, `Removed profiles of ${model}`),
    readLotLadders: () => ladders.ofLots(),
    removeLotLadder: (id) =>
      undoLog.change(() => {
        const key = machines.keyOf(id)
        if (key === null) throw new StrikelineError('not-found', `There is no machine ${id} in the fleet.`)
        ladders.removeOfLot(key)
        return {}
      }, `Removed profiles of ${id}`),
    async readSiteCounts() {
      const known = await readCase()
      const { policies } = contracts.read()
      return countsOfSites(
        readFleet(),
        known.models,
        known.ladders,
        new Map(policies.map(({ machineKey, policy }) => [machineKey, policy])),
      )
    },
    findUselessLadders: async (given) => uselessLadders(readFleet(), await loadModels(assetsFolder), given),
    compareParts: async (given) => compareParts(given, await contractRewriter()),
    async takeParts(given, rules) {
      const asNow = await contractRewriter()
      return undoLog.change(
        () => {
          if (rules.madeFrom !== undefined && rules.madeFrom !== undoLog.state().revision)
            throw new StrikelineError(
              'conflict',
              `The fleet has changed while ${rules.fileName} was read. Nothing was stored; read it again.`,
            )
          return { changes: parts.take(given, rules, asNow) }
        },
        rules.undoWords ?? `Import of ${rules.fileName}`,
      )
    },
    markWatchedFile: (key, mark, fault) => watchedFiles.mark(key, mark, fault),
    stopWatching(key) {
      const { revision } = undoLog.change(
        () => ({ path: watchedFiles.end(key) }),
        ({ path }) => `Watching of ${basename(path)}`,
      )
      return { revision }
    },
    readDecisions: (atMost) => decisions.read(atMost),
    readDecisionLog: (period, atMost) => decisions.readLog(period, atMost),
    recordActs: (market, request) =>
      acting(market, (by, scene, ports) => by.recordActs(ports, scene, request)),
    takeBackDecision: (key) => decisions.takeBack(key),
    async writeWorkList(path, market, site, nowMs) {
      return acting(market, (by, scene) =>
        by.writeWorkListTo(path, scene, site === null ? null : by.siteRowOf(scene.prepared, site), nowMs),
      )
    },
    async previewWorkList(path, market, nowMs) {
      markedList = null
      const waiting = await (await actEngine()).waitingList(path)
      const preview = await acting(market, (by, scene) => by.previewOfList(waiting, scene, nowMs))
      markedList = waiting
      return preview
    },
    async confirmWorkList(token, market, accepted, by, nowMs) {
      const waiting = waitingAs(token)
      const recorded = await acting(market, (engine, scene, ports) =>
        engine.recordList(ports, waiting, scene, accepted, by, nowMs),
      )
      markedList = null
      return recorded
    },
    discardWorkList(token) {
      if (markedList?.token === token) markedList = null
    },
    ...createLedgerCalls(ledger),
    ...createLedgerImportCalls(ledgerImports, () => task('import')),
    readScenarios: () => scenarios.read(),
    putScenario: (name, text, isReplacing) => scenarios.put(name, text, isReplacing),
    renameScenario: (from, to) => scenarios.rename(from, to),
    removeScenario: (name) => scenarios.remove(name),
    sealReport: async (reportCase) => (await sealing()).seal(reportCase),
    keepReport: async (made) => (await sealing()).keep(made),
    readSealedReports: async () => (await sealing()).list(),
    readSealedPdf: async (typed) => (await sealing()).pdf(typed),
    readSealedInputs: async (typed) => (await sealing()).inputs(typed),
    readSealedCase: async (typed) => (await sealing()).case(typed),
    recomputeReport: async (typed, lookedBack) => (await sealing()).recompute(typed, lookedBack),
    async compareReports(from, to) {
      const other = typeof to === 'string' ? to : await marginCaseNow(to.network, to.nowMs)
      return (await sealing()).compare(from, other)
    },
    removeSealedReport: async (typed) => (await sealing()).remove(typed),
    readReportTemplates: () => looks.templates(),
    keepReportTemplate: (name, text) => looks.keepTemplate(name, text),
    removeReportTemplate: (name) => looks.removeTemplate(name),
    readLogo: () => looks.logo(),
    putLogo: (logo) => looks.putLogo(logo),
    undo: (revision) => undoLog.undo(revision),
    redo: (revision) => undoLog.redo(revision),

    previewImport: (path, answers) => imports.preview(path, task('import'), answers),
    previewImportAgain: (token, answers) => imports.previewAgain(token, task('import'), answers),
    forgetForImport: (token, what) => imports.forget(token, what),
    confirmImport: (token, mode, accepted) => imports.confirm(token, mode, task('import'), accepted),
    discardImport: (token) => imports.discard(token),
    readRemembered: () => remembered.list(),
    forgetRemembered: (ids) => remembered.forget(ids),
    findUnanswered(kind, questions) {
      const isAnswered = remembered.answersBefore(kind)
      return questions.flatMap((question, i) => (isAnswered(question, question.least) ? [] : [i]))
    },
    rememberAnswers: (kind, answers) => remembered.putAnswers(kind, answers),
    loadSample: () => imports.sample(task('import')),
    exportCsv(path) {
      const exporting = task('export')
      const { fleet, notes } = readWithNotes()
      refuseUnknownCost(fleet)
      return exportFleet(path, fleet, notes, exporting)
    },

    async moveOut(path, version, nowMs) {
      const moving = task('move')
      const { moveOut } = await import('./move.ts')
      return moveOut(db, path, version, nowMs, moving)
    },
    async lookIntoMoveFile(path) {
      const moving = task('move')
      return (await import('./move.ts')).lookIntoMoveFile(path, moving)
    },

    saveNetworkReading: (rows, adjustments) => network.saveReading(rows, adjustments),
    typeNetworkValue: (name, value, atMs) => network.type(name, value, atMs),
    typeHashprice: (typed, atMs) => network.typeHashprice(typed, atMs),
    saveSourceStatus: (status) => network.saveStatus(status),

    saveRates: (rows) => changeRates(() => rates.save(rows)),
    typeRate: (currency, usdPerUnit, atMs) => changeRates(() => rates.type(currency, usdPerUnit, atMs)),

    readPast: (order, nowMs) => past.read(order, nowMs),
    readEpochStarts: (order, nowMs) => past.epochStarts(order, nowMs),
    readFetchedPast: (order, nowMs) => past.readFetched(order, nowMs),
    readPastRevision: () => past.revision(),
    readPastMarks: () => past.marks(),
    savePastPiece: (piece) => past.savePiece(piece),
    importDaily: (path, nowMs) => importDaily(past, path, nowMs),
    exportDaily: async (path, order, nowMs) => exportDaily(path, past.read(order, nowMs).series),
    forgetImported: () => past.forgetImported(),
    async exportNetworkFile(path, nowMs, version, withCase = false) {
      const { networkFileOf, writeNetworkFile } = await networkFile()
      const gatherNetworkFile = db.transaction(() => networkFileOf(known, nowMs, version, withCase))
      return writeNetworkFile(path, gatherNetworkFile())
    },
    async importNetworkFile(path, nowMs, madeAtMs) {
      const { takeNetworkFile } = await networkFile()
      const { file, fileName, held } = await acceptedNetworkFile(path, nowMs)
      if (madeAtMs !== undefined && file.madeAtMs !== madeAtMs)
        throw new StrikelineError(
          'conflict',
          `${fileName} is another file than the one that was shown. Nothing was taken from it; open it again.`,
        )
      return { ...takeNetworkFile(known, file, fileName, nowMs), parts: held }
    },
    async lookIntoNetworkFile(path, nowMs) {
      const { lookIntoNetworkFile } = await networkFile()
      const { file, fileName, held } = await acceptedNetworkFile(path, nowMs)
      return { ...lookIntoNetworkFile(db, known, file, fileName, nowMs), parts: held }
    },

    readAlerts: () => alerts.read(),
    readLotsPassed: (levels, watch) =>
      watching((prepared, { lotsByBreakeven }) => lotsPassed(lotsByBreakeven(prepared, watch), levels)),
    readFleetStands: (usdPerPhDay, watch) =>
      watching((prepared, { standAt }) => usdPerPhDay.map((each) => standAt(prepared, watch, each))),
    readVerdictChanges: (before, now, watch) =>
      watching((prepared, { verdictChanges }) => verdictChanges(prepared, watch, before, now)),
    readStrikesPassed: (levels, watch) =>
      watching((prepared, { strikesPassed }) => strikesPassed(prepared, watch, levels)),
    putAlert: (key, rule) => alerts.put(key, rule),
    removeAlert: (key) => alerts.remove(key),
    saveAlertOutcome: (key, memory, activeSinceMs, happened) =>
      alerts.saveOutcome(key, memory, activeSinceMs, happened),
    readAlertEvents: () => alerts.events(),
    markAlertEventsRead: () => alerts.markRead(),
    ...createWebhook(db),

    writeSettings: (change) => settings.write(change),

    changedByOthers: createOthersWatch(db),
    ...backups,
    async maintain(nowMs) {
      network.thin(nowMs)
      rates.thin(nowMs)
      await makeDaily(nowMs)
    },
  }
}

const SITE_WORDS = {
  name: 'Name',
  tariff: 'Tariff',
  powerPriceUsdPerKwh: 'Power price',
  otherUsdPerKwh: 'Other cost',
  overhead: 'Overhead',
} as const satisfies Record<ChangedField, string>

function siteWords(fields: readonly ChangedField[]): string {
  return fields.map((field, i) => (i === 0 ? SITE_WORDS[field] : SITE_WORDS[field].toLowerCase())).join(', ')
}
