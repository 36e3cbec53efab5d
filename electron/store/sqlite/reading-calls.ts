import type { Database } from 'better-sqlite3'
import { unpackMachines } from '#shared/domain/fleet/packed.ts'
import { MACHINE_POLICIES } from '#shared/domain/power/machine-policy.ts'
import { loadModels } from '#electron/files/fleet/models.ts'
import { loadLadders } from '#electron/files/ladders/shipped.ts'
import { createColumnReader } from './repositories/fleet-columns.ts'
import { createContracts } from './repositories/contracts.ts'
import { createLadders } from './repositories/ladders.ts'
import { createNetwork } from './repositories/network.ts'
import { createPurchases } from './repositories/purchases.ts'
import { createRates } from './repositories/rates.ts'
import { createSettings } from './repositories/settings.ts'
import { createSites } from './repositories/sites.ts'
import { createWatchedFiles } from './repositories/watched.ts'
import { createSampleNetwork } from './sample-network.ts'
import type { StoreCalls, StoredCase } from '../port.ts'

/** The calls of a store that is opened to compute on the stored fleet and network. */
export type ReadingCalls = Pick<
  StoreCalls,
  | 'readFleet'
  | 'readCase'
  | 'readWatchedFiles'
  | 'readNetworkValues'
  | 'readTypedHashprice'
  | 'readSampleNetwork'
  | 'readAdjustments'
  | 'readSourceStatus'
  | 'readRates'
  | 'readSettings'
  | 'readPurchases'
>

/** The fleet's revision, and what there is to take back. */
type FleetState = () => {
  readonly revision: number
  readonly undo: string | null
  readonly redo: string | null
}

/** What the reading calls read from. */
export function createRepositories(db: Database) {
  const rates = createRates(db)
  return {
    rates,
    sites: createSites(db, rates),
    readMachines: createColumnReader(db),
    network: createNetwork(db),
    contracts: createContracts(db),
    ladders: createLadders(db),
    settings: createSettings(db),
    watched: createWatchedFiles(db),
    purchases: createPurchases(db),
  }
}

/** What the worker does where nothing is to be written: it loads a third of the code. */
export function createReadingCalls(
  db: Database,
  assetsFolder: string,
  {
    rates,
    sites,
    readMachines,
    network,
    contracts,
    ladders,
    settings,
    watched,
    purchases,
  } = createRepositories(db),
  state: FleetState = stateWithoutUndo(db),
): ReadingCalls {
  /** One consistent moment, even while another process writes. */
  const readFleet = db.transaction(() => {
    const now = state()
    const siteColumns = sites.columns()
    return {
      ...now,
      machines: unpackMachines(readMachines(siteColumns)),
      sites: siteColumns,
      tariffs: sites.tariffs(),
      contracts: contracts.count(),
      ladders: ladders.count(),
    }
  })
  const caseNow = db.transaction(() => {
    const { contracts: agreed, policies } = contracts.read()
    return {
      revision: state().revision,
      contracts: agreed,
      policies: {
        machineKey: Float64Array.from(policies, ({ machineKey }) => machineKey),
        policy: Uint8Array.from(policies, ({ policy }) => MACHINE_POLICIES.indexOf(policy)),
      },
      ladders: { ofLots: ladders.ofLots(), ofModels: ladders.ladders() },
      settings: settings.read(),
      rates: rates.read(),
    }
  })
  async function readCase(): Promise<StoredCase> {
    const [models, shipped] = await Promise.all([loadModels(assetsFolder), loadLadders(assetsFolder)])
    const { ladders: own, ...rest } = caseNow()
    return { ...rest, models, ladders: { ...own, shipped } }
  }
  return {
    readFleet,
    readCase,
    readWatchedFiles: () => watched.all(),
    readNetworkValues: () => network.values(),
    readTypedHashprice: () => network.typedHashprice(),
    readSampleNetwork: createSampleNetwork(db, assetsFolder),
    readAdjustments: () => network.adjustments(),
    readSourceStatus: () => network.statuses(),
    readRates: () => rates.read(),
    readSettings: () => settings.read(),
    readPurchases: () => purchases.read(),
  }
}

function stateWithoutUndo(db: Database): FleetState {
  const revision = db.prepare<[], number>('SELECT revision FROM fleet_revision').pluck()
  return () => ({ revision: revision.get()!, undo: null, redo: null })
}
