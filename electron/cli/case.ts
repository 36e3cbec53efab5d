import { counted } from '#shared/format/numbers.ts'
import { basename } from 'node:path'
import type { ColumnMap } from '#electron/files/fleet/column-map.ts'
import { NO_MAP } from '#electron/files/fleet/column-map.ts'
import type { Accepted } from '#electron/files/questions.ts'
import { NOTHING_ACCEPTED, refuseDoubts } from '#electron/files/questions.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Fleet } from '#shared/domain/fleet/fleet.ts'
import type { NetworkConditions } from '#shared/domain/chain/network.ts'
import { conditionsOf, missingValues, withoutSample } from '#shared/ipc/conditions.ts'
import { TYPED } from '#shared/ipc/conditions.ts'
import type { Told } from '#shared/ipc/freshness.ts'
import { ratesUsed, toBeTold, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { WatchedFile } from '#electron/store/port.ts'
import { age, calendarDayOf } from '#shared/format/times.ts'
import type { Money } from '#shared/format/money.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { acceptedNames, acceptOption, mapGiven, mapOption } from './answers.ts'
import type { Call, CliHost, OptionSpecs } from './command.ts'
import { dataOption, jsonOption, UsageError } from './command.ts'
import { isoTime, writeLine } from './json.ts'
import { currencyGiven, moneyFor, moneyOption } from './reporting.ts'
import { readStored, withStore } from './stored.ts'

/** The options of every command that computes on a fleet and a network. */
export const caseOptions = {
  fleet: { type: 'string', value: 'FLEET.CSV', help: 'the fleet (default: the stored one)' },
  network: { type: 'string', value: 'NETWORK.JSON', help: 'the network (default: the stored values)' },
  ...moneyOption,
  ...acceptOption,
  ...mapOption,
  ...jsonOption,
  ...dataOption,
} as const satisfies OptionSpecs

/** Notes on the values beneath the figures, as printed in JSON. */
export type Basis = {
  /**
   * Stale stored values, named as in `network --json`: priceUsdPerBtc, and rates.EUR where a site pays in euro.
   * Empty where all are fresh or come from a file.
   */
  readonly stale: readonly string[]
  /** Values typed by hand and when, named in the same way; empty where the network came from a file. */
  readonly typed: readonly { readonly name: string; readonly source: typeof TYPED; readonly asOf: string }[]
  /** The sample's values and its moment; null where none is in use. */
  readonly sample: { readonly at: string; readonly values: readonly string[] } | null
}

export type Case = {
  readonly fleet: Fleet
  readonly network: NetworkConditions
  /** The moment to compute for, unix ms; null: that of the network. */
  readonly nowMs: number | null
  readonly restsOn: Basis
  /** what is stored of contracts, policies, ladders and limits with a stored fleet; null for a fleet from a file */
  readonly stored: CaseInputs | null
  /** in what the text is written; US dollars where JSON is wanted */
  readonly money: Money
}

/** The option of commands that look at the adjustment ahead. */
export const nowOption = {
  now: {
    type: 'string',
    value: 'TIME',
    help: 'the moment to compute for (default: now; of a file the moment it is of)',
  },
} as const satisfies OptionSpecs

/** Reads --now. @throws UsageError */
export async function nowGiven(command: string, text: string | undefined): Promise<number | null> {
  if (text === undefined) return null
  const { z } = await import('zod')
  const nowMs = z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : NaN
  if (Number.isNaN(nowMs))
    throw new UsageError(`${command}: --now is '${text}'; it must be a time such as 2025-11-20T12:00:00Z`)
  return nowMs
}

/** --now needs a network with a moment. @throws UsageError */
export function refuseTimeless(command: string, givenMs: number | null, { atMs }: NetworkConditions): void {
  if (givenMs !== null && atMs === null)
    throw new UsageError(`${command}: --now counts from when the network was true, and it has no field at`)
}

/**
 * Reads fleet and network, each from its file, else from the stored data with all that a verdict rests on beside them.
 * @param command its name, for what is refused
 * @param givenMs the moment of --now, unix ms; null: the network's own, and now for stored values
 * @param figures what is computed: margins do not rest on the epoch
 */
export async function readCase(
  command: string,
  call: Call<typeof caseOptions>,
  givenMs: number | null = null,
  figures: 'margins' | 'advice' = 'advice',
): Promise<Case> {
  const { options, host, path } = call
  const accepted = acceptedNames('--fleet', options.accept)
  const currency = currencyGiven(command, options.currency)
  const fleet =
    options.fleet === undefined
      ? undefined
      : await fleetOfFile(path(options.fleet), host, accepted, mapGiven(options.map))
  const network =
    options.network === undefined ? undefined : await networkOfFile(path(options.network), accepted)
  const nowMs = Date.now()
  if (fleet !== undefined && network !== undefined) {
    const restsOn = { stale: [], typed: [], sample: null }
    const isConverted = !options.json && currency !== null && currency !== 'USD'
    const money = isConverted
      ? await readStored(host, options.data, async (store) => {
          const [state, settings] = await Promise.all([readNetworkState(store, nowMs), store.readSettings()])
          return moneyFor(command, host, { settings, state, currency }, network)
        })
      : US_DOLLARS
    return { fleet, network, nowMs: givenMs, restsOn, stored: null, money }
  }
  const read = () =>
    readStored(host, options.data, (store) =>
      Promise.all([
        readNetworkState(store, nowMs),
        fleet === undefined ? store.readFleet() : null,
        fleet === undefined ? store.readCase() : null,
        fleet === undefined ? store.readWatchedFiles() : [],
        store.readSettings(),
      ]),
    )
  const first = await read()
  const watched = first[3]
  // What has changed is stored first: an answer rests on the prices of the file as it is.
  const isChanged = watched.length > 0 && (await readWatchedAgain(host, options.data, watched))
  const [known, storedFleet, stored, , settings] = isChanged ? await read() : first
  // The sample network is that of the stored sample fleet, of no other.
  const state = fleet === undefined ? known : withoutSample(known)
  const conditions = network ?? conditionsFrom(state)
  const money = options.json
    ? US_DOLLARS
    : await moneyFor(command, host, { settings, state, currency }, conditions)
  return {
    fleet: fleet ?? storedFleet!,
    network: conditions,
    money,
    nowMs: givenMs ?? (network === undefined ? nowMs : null),
    stored,
    restsOn: await warnOfBasis(
      host,
      toBeTold(
        state,
        network === undefined ? VALUES_BENEATH[figures] : [],
        // What sites pay in, and what the text is written in: JSON is in USD.
        ratesUsed(storedFleet?.tariffs ?? [], money.currency),
      ),
      nowMs,
    ),
  }
}

/** Reads watched price files that have changed; those that are refused are warned of. @returns whether any had changed */
export async function readWatchedAgain(
  host: CliHost,
  data: string | undefined,
  watched: readonly WatchedFile[],
): Promise<boolean> {
  const { hasChangedFiles, readChangedFiles } = await import('#electron/services/price-watch.ts')
  if (!(await hasChangedFiles(watched))) return false
  const warnings = await withStore(host, data, readChangedFiles)
  for (const words of warnings) await writeLine(host.stderr, `warning: ${words}`)
  return true
}

/** The warnings of {@link readCase} for the report, which shows money in the reporting currency. */
export async function warnOfStore(host: CliHost, store: Store): Promise<void> {
  const nowMs = Date.now()
  const [state, tariffs, { currency }] = await Promise.all([
    readNetworkState(store, nowMs),
    store.readTariffs(),
    store.readSettings(),
  ])
  await warnOfBasis(host, toBeTold(state, VALUES_BENEATH.advice, ratesUsed(tariffs, currency)), nowMs)
}

/** A line each on standard error for stale values, for typed ones and for the sample's. What is missing shows in the figures. */
async function warnOfBasis(host: CliHost, beneath: readonly Told[], nowMs: number): Promise<Basis> {
  const those = (state: Told['state']) => beneath.filter((value) => value.state === state)
  const [stale, typed] = [those('stale'), those('typed')]
  const words = (values: readonly Told[]) =>
    values.map(({ name, asOfMs }) => `${name} (${age(asOfMs, nowMs)})`).join(', ')
  if (stale.length > 0) await writeLine(host.stderr, `warning: computed on stale values: ${words(stale)}`)
  if (typed.length > 0)
    await writeLine(host.stderr, `warning: computed on values typed by hand: ${words(typed)}`)
  const sample = those('sample')
  const sampleNames = sample.map(({ name }) => name)
  if (sample[0] !== undefined)
    await writeLine(
      host.stderr,
      `warning: computed on the sample network of ${calendarDayOf(sample[0].asOfMs)}: ${sampleNames.join(', ')}`,
    )
  return {
    stale: stale.map(({ name }) => name),
    typed: typed.map(({ name, asOfMs }) => ({ name, source: TYPED, asOf: isoTime(asOfMs) })),
    sample: sample[0] === undefined ? null : { at: isoTime(sample[0].asOfMs), values: sampleNames },
  }
}

// What reads files is loaded where there is one: the stored fleet and network are answered sooner.
export async function fleetOfFile(
  file: string,
  host: CliHost,
  accepted: Accepted = NOTHING_ACCEPTED,
  map: ColumnMap = NO_MAP,
): Promise<Fleet> {
  const [{ readFleetFile, refuseFaults, refuseQuestions }, { loadModels }] = await Promise.all([
    import('#electron/files/fleet/read-fleet.ts'),
    import('#electron/files/fleet/models.ts'),
  ])
  const read = await readFleetFile(file, { models: await loadModels(host.assetsFolder), accepted, map })
  refuseFaults(read, basename(file))
  refuseQuestions(read, basename(file), accepted)
  for (const words of read.understood) await writeLine(host.stderr, `note: ${words}`)
  if (!read.fields.includes('powerPriceUsdPerKwh')) {
    throw new StrikelineError(
      'bad-input',
      `${basename(file)}, row 1, column power_price_usd_kwh: the column is missing; without it no cost can be computed`,
    )
  }
  if (read.withoutFigures > 0) {
    await writeLine(
      host.stderr,
      `warning: ${counted(read.withoutFigures, 'row')} without a hashrate or a power figure ${read.withoutFigures === 1 ? 'stays' : 'stay'} out of the totals`,
    )
  }
  if (read.withoutPowerPrice > 0) {
    await writeLine(
      host.stderr,
      `warning: ${counted(read.withoutPowerPrice, 'row')} without a power price ${read.withoutPowerPrice === 1 ? 'stays' : 'stay'} out of the totals`,
    )
  }
  return read.fleet
}

export async function networkOfFile(
  file: string,
  accepted: Accepted = NOTHING_ACCEPTED,
): Promise<NetworkConditions> {
  const [{ networkDoubts, readNetworkCase }, { readText }] = await Promise.all([
    import('#electron/files/network-case.ts'),
    import('#electron/files/bytes.ts'),
  ])
  const network = readNetworkCase(await readText(file, MAX_TEXT_BYTES), basename(file))
  refuseDoubts(networkDoubts(network, basename(file)), 'network', accepted)
  return network
}

const MAX_TEXT_BYTES = 1_000_000

/** The stored network as the formulas take it, or which of its values was never fetched or typed. */
function conditionsFrom(state: NetworkState): NetworkConditions {
  const conditions = conditionsOf(state)
  if (conditions !== null) return conditions
  throw new StrikelineError(
    'bad-input',
    `the stored network lacks ${missingValues(state).join(', ')}: run refresh, type today’s hashprice (network set hashprice 38.20), or give --network NETWORK.JSON`,
  )
}
