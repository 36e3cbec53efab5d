import { basename } from 'node:path'
import { readFleetFile, refuseFaults } from '#electron/fleet-csv/read-fleet.ts'
import { readNetworkCase } from '#electron/fleet-csv/network-case.ts'
import { readBounded, utf8Bytes } from '#electron/fleet-csv/file-bytes.ts'
import { readNetworkState } from '#electron/services/network-service.ts'
import { StrikelineError } from '#shared/contract/errors.ts'
import type { Fleet } from '#shared/domain/fleet.ts'
import type { NetworkConditions } from '#shared/domain/network.ts'
import { conditionsOf, missingValues } from '#shared/contract/network.ts'
import type { NetworkState } from '#shared/contract/network.ts'
import { loadModels } from '#electron/fleet-csv/models.ts'
import type { Call, CliHost, OptionSpecs } from './command.ts'
import { dataOption, jsonOption } from './command.ts'
import { writeLine } from './json.ts'
import { withStore } from './stored.ts'

/** The options of every command that computes on a fleet and a network. */
export const caseOptions = {
  fleet: { type: 'string', value: 'FLEET.CSV', help: 'the fleet (default: the stored one)' },
  network: { type: 'string', value: 'NETWORK.JSON', help: 'the network (default: the stored values)' },
  ...jsonOption,
  ...dataOption,
} as const satisfies OptionSpecs

export type Case = { readonly fleet: Fleet; readonly network: NetworkConditions }

/** Reads what a command computes on: each of the two from its file, else from the program's own data. */
export async function readCase(call: Call<typeof caseOptions>): Promise<Case> {
  const { options, host, path } = call
  const fleet = options.fleet === undefined ? undefined : await fleetOfFile(path(options.fleet), host)
  const network = options.network === undefined ? undefined : await networkOfFile(path(options.network))
  if (fleet !== undefined && network !== undefined) return { fleet, network }
  return withStore(host, options.data, async (store) => ({
    fleet: fleet ?? (await store.readFleet()),
    network: network ?? conditionsFrom(await readNetworkState(store, Date.now())),
  }))
}

async function fleetOfFile(file: string, host: CliHost): Promise<Fleet> {
  const read = await readFleetFile(file, { models: await loadModels(host.assetsFolder) })
  refuseFaults(read, basename(file))
  if (!read.columns.includes('power_price_usd_kwh')) {
    throw new StrikelineError(
      'bad-input',
      `${basename(file)}, row 1, column power_price_usd_kwh: the column is missing; without it no cost can be computed`,
    )
  }
  if (read.withoutFigures > 0) {
    await writeLine(
      host.stderr,
      `warning: ${read.withoutFigures} rows lack a hashrate or a power figure and stay out of the totals`,
    )
  }
  if (read.withoutPowerPrice > 0) {
    await writeLine(
      host.stderr,
      `warning: ${read.withoutPowerPrice} rows have no power price and stay out of the totals`,
    )
  }
  return read.fleet
}

export async function networkOfFile(file: string): Promise<NetworkConditions> {
  return readNetworkCase(await readText(file), basename(file))
}

const MAX_TEXT_BYTES = 1_000_000

/** A small text file, or a message that names it. */
async function readText(file: string): Promise<string> {
  const name = basename(file)
  return utf8Bytes(await readBounded(file, name, MAX_TEXT_BYTES), name).toString('utf8')
}

/** The stored network as the formulas take it, or which of its values was never fetched or typed. */
function conditionsFrom(state: NetworkState): NetworkConditions {
  const conditions = conditionsOf(state)
  if (conditions !== null) return conditions
  throw new StrikelineError(
    'bad-input',
    `the stored network lacks ${missingValues(state).join(', ')}: run refresh, type the values in the window, or give --network NETWORK.JSON`,
  )
}
