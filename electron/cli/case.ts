import { basename } from 'node:path'
import { readFleetFile, refuseFaults } from '#electron/files/fleet/read-fleet.ts'
import { readNetworkCase } from '#electron/files/network-case.ts'
import { readBounded, utf8Bytes } from '#electron/files/bytes.ts'
import { readNetworkState } from '#electron/services/network-service.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { conditionsOf, missingValues } from '#shared/ipc/conditions.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import type { DatedValue, NetworkState } from '#shared/ipc/schemas/network.ts'
import type { FleetSnapshot } from '#shared/ipc/schemas/channels.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { age } from '#shared/format/times.ts'
import { loadModels } from '#electron/files/fleet/models.ts'
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

export type Case = {
  readonly fleet: Fleet
  readonly network: NetworkConditions
  /**
   * Stored values beneath the figures that are older than they should be, as `network --json` names them: priceUsdPerBtc, and
   * rates.EUR where a site pays in euro. Empty where all are fresh or come from a file. Belongs into what is printed as JSON.
   */
  readonly stale: readonly string[]
}

/** Reads what a command computes on: each of the two from its file, else from the program's own data. */
export async function readCase(call: Call<typeof caseOptions>): Promise<Case> {
  const { options, host, path } = call
  const fleet = options.fleet === undefined ? undefined : await fleetOfFile(path(options.fleet), host)
  const network = options.network === undefined ? undefined : await networkOfFile(path(options.network))
  if (fleet !== undefined && network !== undefined) return { fleet, network, stale: [] }
  return withStore(host, options.data, async (store) => {
    const nowMs = Date.now()
    const state = await readNetworkState(store, nowMs)
    const storedFleet = fleet === undefined ? await store.readFleet() : null
    const stale = await warnOfStale(host, staleValues(state, network === undefined, storedFleet), nowMs)
    return {
      fleet: fleet ?? storedFleet!,
      network: network ?? conditionsFrom(state),
      stale,
    }
  })
}

/** The warning of {@link readCase} for a command that computes on all that is stored. */
export async function warnOfStaleStore(host: CliHost, store: Store): Promise<void> {
  const nowMs = Date.now()
  const state = await readNetworkState(store, nowMs)
  await warnOfStale(host, staleValues(state, true, await store.readFleet()), nowMs)
}

type Named = readonly [name: string, dated: DatedValue | null | undefined]

function staleValues(
  { values, rates }: NetworkState,
  usesNetwork: boolean,
  fleet: FleetSnapshot | null,
): readonly Named[] {
  const currencies = new Set(fleet?.tariffs.map(({ currency }) => currency))
  const used: readonly Named[] = [
    ...(usesNetwork ? NETWORK_VALUE_NAMES.map((name): Named => [name, values[name]]) : []),
    ...[...currencies].map((currency): Named => [`rates.${currency}`, rates[currency]]),
  ]
  return used.filter(([, dated]) => dated?.stale === true)
}

/** One line on standard error; gives the names. */
async function warnOfStale(
  host: CliHost,
  stale: readonly Named[],
  nowMs: number,
): Promise<readonly string[]> {
  const words = stale.map(([name, dated]) => `${name} (${age(dated?.asOfMs ?? NaN, nowMs)})`)
  if (words.length > 0) await writeLine(host.stderr, `warning: computed on stale values: ${words.join(', ')}`)
  return stale.map(([name]) => name)
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
