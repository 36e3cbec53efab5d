import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { readFleetFile, refuseFaults } from '#electron/fleet-csv/read-fleet.ts'
import { readNetworkCase } from '#electron/fleet-csv/network-case.ts'
import { StrikelineError } from '#shared/contract/errors.ts'
import type { Fleet } from '#shared/domain/fleet.ts'
import type { NetworkConditions } from '#shared/domain/network.ts'
import { conditionsOf } from '#shared/contract/network.ts'
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
    network: network ?? conditionsFrom(await readStoredNetwork(store)),
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
    await writeLine(host.stderr, `warning: ${read.withoutFigures} rows lack a hashrate or a power figure and stay out of the totals`)
  }
  if (read.withoutPowerPrice > 0) {
    await writeLine(host.stderr, `warning: ${read.withoutPowerPrice} rows have no power price and stay out of the totals`)
  }
  return read.fleet
}

export async function networkOfFile(file: string): Promise<NetworkConditions> {
  return readNetworkCase(await readText(file), basename(file))
}

/** A small text file, or a message that names it. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = reason === 'ENOENT' ? 'there is no such file' : reason === 'EISDIR' ? 'it is a folder' : reason
    throw new StrikelineError('file-unreadable', `${basename(file)} cannot be read: ${why}`)
  }
}
