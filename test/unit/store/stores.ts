import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { inject, onTestFinished } from 'vitest'
import type { FleetView, SiteInput } from '#shared/ipc/schemas/fleet.ts'
import { labelAt, textAt } from '#shared/domain/fleet/columns.ts'
import { each, LABEL_NAMES, NUMBER_NAMES, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import type { MachineInput } from '#shared/domain/fleet/fleet.ts'
import { MACHINE_STATUSES, PLAIN_MACHINE } from '#shared/domain/fleet/fleet.ts'
import { DATABASE_NAME, openStore, openStoreIn } from '#electron/store/sqlite/client.ts'
import type { StartThread, Store, StoreOptions } from '#electron/store/sqlite/client.ts'
import { serveStore } from '#electron/store/sqlite/serve.ts'

export const WORKER_URL = new URL(inject('workers').store)
export const ASSETS_FOLDER = fileURLToPath(new URL('../../../assets', import.meta.url))

/** A folder of this test's own, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** The worker's own code in the test's thread, over a real port: what crosses is cloned as between two threads. */
const inThisThread: StartThread = (input, { onReply, onExit }) => {
  const { port1, port2 } = new MessageChannel()
  serveStore(port2, input)
  return port1.on('message', onReply).on('close', onExit)
}

/** A real database in the test's thread; closed after the test if the test has not done so. */
export async function openIn(folder: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStoreIn(inThisThread, {
    file: join(folder, DATABASE_NAME),
    assetsFolder: ASSETS_FOLDER,
    ...options,
  })
  onTestFinished(() => store.close())
  return store
}

/** As {@link openIn}, through the bundled worker thread: where it matters that both run at once. */
export async function openInThread(folder: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: WORKER_URL,
    assetsFolder: ASSETS_FOLDER,
    ...options,
  })
  onTestFinished(() => store.close())
  return store
}

export const NORTH: SiteInput = {
  name: 'North',
  powerPriceUsdPerKwh: 0.0535,
  otherUsdPerKwh: 0.002,
  overhead: 0.03,
}

export function machineInput(change: Partial<MachineInput> & { readonly siteKey: number }): MachineInput {
  return {
    ...each([...TEXT_NAMES, ...LABEL_NAMES], () => ''),
    ...each(NUMBER_NAMES, (name) => {
      const value = PLAIN_MACHINE[name]
      return Number.isNaN(value) ? null : value
    }),
    id: null,
    model: 'Antminer S19j Pro 104T',
    status: 'running',
    hashrateThs: 104,
    powerW: 3068,
    uptime: 0.98,
    poolFee: 0.01,
    standbyW: 5,
    fixedUsdPerDay: 0.123456789,
    restartUsd: 2.5,
    ...change,
  } as MachineInput
}

/** A snapshot as plain rows, for comparison: keys, texts, and every number (NaN as null). */
export function rowsOf({ machines, sites }: Pick<FleetView, 'machines' | 'sites'>) {
  const number = (value: number) => (Number.isNaN(value) ? null : value)
  return {
    machines: Array.from({ length: machines.length }, (_, row) => ({
      key: machines.key[row]!,
      ...each(LABEL_NAMES, (name) => labelAt(machines[name], row)),
      ...each(TEXT_NAMES, (name) => textAt(machines[name], row)),
      site: sites.name[machines.site[row]!]!,
      status: MACHINE_STATUSES[machines.status[row]!]!,
      ...each(NUMBER_NAMES, (name) => number(machines[name][row]!)),
    })) as readonly (Record<string, unknown> & { readonly key: number; readonly id: string })[],
    sites: Array.from({ length: sites.length }, (_, row) => ({
      key: sites.key[row]!,
      name: sites.name[row]!,
      powerPriceUsdPerKwh: number(sites.powerPriceUsdPerKwh[row]!),
      otherUsdPerKwh: number(sites.otherUsdPerKwh[row]!),
      overhead: number(sites.overhead[row]!),
    })),
  }
}
