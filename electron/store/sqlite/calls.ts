import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { CrossableLots } from '#shared/domain/alerts.ts'
import { crossableLots, lotsPassed } from '#shared/domain/alerts.ts'
import { prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import { backUpDaily, copyDatabase } from './backups.ts'
import { exportDaily, importDaily } from './daily-file.ts'
import { exportFleet, refuseUnknownCost } from './export-fleet.ts'
import { createUndoLog } from './undo.ts'
import { createImports } from './imports.ts'
import { createOthersWatch } from './others.ts'
import { createAlerts } from './repositories/alerts.ts'
import { createPast } from './repositories/past.ts'
import { createMachines } from './repositories/machines.ts'
import { createScenarios } from './repositories/scenarios.ts'
import { createRateChanges } from './rate-changes.ts'
import { createReadingCalls, createRepositories } from './reading-calls.ts'
import type { ChangedField } from './site-changes.ts'
import { createFileWriter } from './store-file.ts'
import type { FleetDelivery, StoreCalls } from '../port.ts'
import type { Task } from './task.ts'

type Ports = {
  readonly db: Database
  readonly file: string
  readonly assetsFolder: string
  /** must be called at the start of a call, before any await */
  readonly task: (name: 'import' | 'export') => Task
}

/** With the schemas of a network file, which are not needed before the first row is on screen. */
const networkFile = () => import('./network-file.ts')

/** What the worker does: one function per call. */
export function createCalls({ db, file, assetsFolder, task }: Ports): StoreCalls {
  const undoLog = createUndoLog(db)
  const repositories = createRepositories(db)
  const { rates, sites, readMachines, network, contracts, ladders, settings } = repositories
  const reading = createReadingCalls(db, assetsFolder, repositories, () => undoLog.state())
  const { readFleet } = reading
  const changeRates = createRateChanges(undoLog, sites)
  const machines = createMachines(db)
  const scenarios = createScenarios(db)
  const alerts = createAlerts(db)
  const past = createPast(db)
  const known = { network, rates, changeRates, past }
  const imports = createImports({
    undoLog,
    sites,
    machines,
    writeFile: createFileWriter(db, sites),
    assetsFolder,
  })
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
  let crossable: { readonly revision: number; readonly lots: CrossableLots } | null = null
  function crossableNow(): CrossableLots {
    if (crossable?.revision !== undoLog.state().revision) {
      const fleet = readFleet()
      crossable = { revision: fleet.revision, lots: crossableLots(prepareMargins(fleet)) }
    }
    return crossable.lots
  }
  const readWithNotes = db.transaction(() => ({ fleet: readFleet(), notes: notes.all() }))

  return {
    ...reading,
    readFleetSince,
    readFleetRevision: () => undoLog.state().revision,
    readTariffs: () => sites.tariffs(),
    addMachine: (input) =>
      undoLog.change(
        () => machines.add(input),
        ({ id }) => `Added ${id}`,
      ),
    updateMachines(keys, patch) {
      const { revision } = undoLog.change(
        () => ({ what: machines.update(keys, patch) }),
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

    addSite: (site) => undoLog.change(() => ({ key: sites.add(site) }), `Added site ${site.name}`),
    updateSite(key, site, replaceOwn) {
      const { revision } = undoLog.change(
        () => ({ before: sites.find(key).name, fields: sites.update(key, site, replaceOwn) }),
        ({ before, fields }) => `${siteWords(fields)} of ${before}`,
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
    readContracts: () => contracts.read(),
    putContract(siteKey, text) {
      const { revision } = undoLog.change(
        () => ({ site: contracts.put(siteKey, text) }),
        ({ site }) => `Contract of ${site}`,
      )
      return { revision }
    },
    setMachinePolicy(keys, policy) {
      const words = machines.words(keys)
      return undoLog.change(() => {
        contracts.setPolicy(keys, policy)
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
    readScenarios: () => scenarios.read(),
    putScenario: (name, text) => scenarios.put(name, text),
    removeScenario: (name) => scenarios.remove(name),
    undo: () => undoLog.undo(),
    redo: () => undoLog.redo(),

    previewImport: (path) => imports.preview(path, task('import')),
    confirmImport: (token, mode) => imports.confirm(token, mode, task('import')),
    discardImport: (token) => imports.discard(token),
    loadSample: () => imports.sample(task('import')),
    exportCsv(path) {
      const exporting = task('export')
      const { fleet, notes } = readWithNotes()
      refuseUnknownCost(fleet)
      return exportFleet(path, fleet, notes, exporting)
    },

    saveNetworkReading: (rows, adjustments) => network.saveReading(rows, adjustments),
    typeNetworkValue: (name, value, atMs) => network.type(name, value, atMs),
    saveSourceStatus: (status) => network.saveStatus(status),

    saveRates: (rows) => changeRates(() => rates.save(rows)),
    typeRate: (currency, usdPerUnit, atMs) => changeRates(() => rates.type(currency, usdPerUnit, atMs)),

    readPast: (order, nowMs) => past.read(order, nowMs),
    readFetchedPast: (order, nowMs) => past.readFetched(order, nowMs),
    readPastRevision: () => past.revision(),
    readPastMarks: () => past.marks(),
    savePastPiece: (piece) => past.savePiece(piece),
    importDaily: (path, nowMs) => importDaily(past, path, nowMs),
    exportDaily: async (path, order, nowMs) => exportDaily(path, past.read(order, nowMs).series),
    forgetImported: () => past.forgetImported(),
    async exportNetworkFile(path, nowMs, version) {
      const { networkFileOf, writeNetworkFile } = await networkFile()
      const gatherNetworkFile = db.transaction(() => networkFileOf(known, nowMs, version))
      return writeNetworkFile(path, gatherNetworkFile())
    },
    async importNetworkFile(path, nowMs) {
      const { readNetworkFile, takeNetworkFile } = await networkFile()
      return takeNetworkFile(known, await readNetworkFile(path, nowMs), basename(path), nowMs)
    },

    readAlerts: () => alerts.read(),
    readLotsPassed: (levels) => lotsPassed(crossableNow(), levels),
    putAlert: (key, rule) => alerts.put(key, rule),
    removeAlert: (key) => alerts.remove(key),
    saveAlertOutcome: (key, memory, activeSinceMs, happened) =>
      alerts.saveOutcome(key, memory, activeSinceMs, happened),
    readAlertEvents: () => alerts.events(),
    markAlertEventsRead: () => alerts.markRead(),

    writeSettings: (change) => settings.write(change),

    changedByOthers: createOthersWatch(db),
    backup: (path) => copyDatabase(db, path),
    async maintain(nowMs) {
      network.thin(nowMs)
      rates.thin(nowMs)
      await backUpDaily(db, file, nowMs)
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
