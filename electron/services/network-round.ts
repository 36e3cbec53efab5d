import type { SourceStatusRow, Store } from '#electron/store/sqlite/client.ts'
import type { AskedSource } from '#electron/sources/ask.ts'
import { askedSources, askPart, inWords, isAsked } from '#electron/sources/ask.ts'
import { CHAIN_NAMES, tipNotes } from '#electron/sources/chain-sanity.ts'
import type { Answered } from '#electron/sources/chain-sanity.ts'
import { doubtsName, readDoubts, writeDoubts } from '#electron/sources/doubts.ts'
import type { Refusal } from '#electron/sources/sanity.ts'
import { judge, soundAdjustments, youngestFetched } from '#electron/sources/sanity.ts'
import type { RateRefusal } from '#electron/sources/rate-sanity.ts'
import { judgeRates } from '#electron/sources/rate-sanity.ts'
import type { Http } from '#electron/sources/http.ts'
import { LONGEST_PAUSE_MS, SourceFault } from '#electron/sources/http.ts'
import { untilSpared } from '#electron/sources/give-up.ts'
import type { EpochStart, Part, Provider, Reading } from '#electron/sources/provider.ts'
import type { Schedule } from '#electron/sources/schedule.ts'
import type { StoredValue } from '#electron/sources/in-force.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'
import type { NodePassword } from './node-credentials.ts'
import { statusOf } from './network-state.ts'
import { nodeCredentials } from './node-credentials.ts'

export type NetworkStore = Pick<
  Store,
  | 'readSettings'
  | 'readNetworkValues'
  | 'readTypedHashprice'
  | 'readAdjustments'
  | 'readSampleNetwork'
  | 'saveNetworkReading'
  | 'typeNetworkValue'
  | 'typeHashprice'
  | 'readRates'
  | 'saveRates'
  | 'typeRate'
  | 'readSourceStatus'
  | 'saveSourceStatus'
>

/**
 * The end of the pause that a source asked for, unix ms; null where it is over. A pause of more than an hour was
 * written while the clock was ahead, and does not count.
 */
export function pauseOf({ notBeforeMs }: SourceStatusRow, nowMs: number): number | null {
  return notBeforeMs !== null && nowMs < notBeforeMs && notBeforeMs - nowMs <= LONGEST_PAUSE_MS
    ? notBeforeMs
    : null
}

export type RoundOptions = {
  readonly store: NetworkStore
  readonly providers: Readonly<Record<AskedSource['name'], Provider>>
  readonly schedule: Schedule
  readonly http: Http
  readonly nowMs: () => number
  readonly bitcoindPassword: NodePassword | undefined
  /** true: what is under way was cut off and is not to be stored */
  readonly isLeaving: () => boolean
  /** before the first question and after everything is stored */
  readonly onAsking: (isAsking: boolean) => Promise<void>
  /** new rates have changed the figures of a site */
  readonly onFleetChanged: () => Promise<void>
}

export type Round = {
  /** Asks the parts that are wanted. Resolves when everything is stored; rejects only for a fault of the store. */
  readonly ask: (isWanted: (source: AskedSource, parts: readonly Part[]) => readonly Part[]) => Promise<void>
  /** What the latest answers of these sources held and was kept out. */
  readonly refused: (sources: readonly AskedSource[]) => readonly Refusal[]
}

type Kept = { readonly values: readonly StoredValue[]; readonly rates: readonly RateRow[] }
type Refused = { readonly values: readonly Refusal[]; readonly rates: readonly RateRefusal[] }

/** One round: asks all sources at once, judges the answers together, stores what passes. */
export function createRound(options: RoundOptions): Round {
  const { store, providers, schedule, http, nowMs, isLeaving } = options
  /** the latest faults per part and address: a rarely asked part keeps its fault while others answer */
  const faultsOf = new Map<string, readonly SourceFault[]>()
  const refusedOf = new Map<string, readonly Refusal[]>()
  /** the epochs that an address listed last; they are asked for more rarely than what is checked against them */
  const startsOf = new Map<string, readonly EpochStart[]>()
  const keyOf = (source: AskedSource, part: Part) => `${source.url} ${part.name}`

  type Answer = { readonly source: AskedSource; readonly part: Part; readonly reading: Reading }

  async function askSource(
    source: AskedSource,
    parts: readonly Part[],
    cookieFile: string,
  ): Promise<Answer[]> {
    const context = {
      http: untilSpared(http),
      nowMs,
      baseUrl: source.url,
      credentials: () => nodeCredentials(options.bitcoindPassword, cookieFile, source.url),
    }
    return Promise.all(parts.map(async (part) => ({ source, part, reading: await askPart(part, context) })))
  }

  const ask: Round['ask'] = async (isWanted) => {
    const [settings, statuses] = await Promise.all([store.readSettings(), store.readSourceStatus()])
    const wanted = askedSources(settings)
      .filter(
        (source) => source.addressFault === null && pauseOf(statusOf(source, statuses), nowMs()) === null,
      )
      .map((source) => ({ source, parts: isWanted(source, providers[source.name].parts) }))
      .filter(({ parts }) => parts.length > 0)
    if (wanted.length === 0 || isLeaving()) return
    await options.onAsking(true)
    try {
      const answers = await Promise.all(
        wanted.map(({ source, parts }) => askSource(source, parts, settings.bitcoindCookieFile)),
      )
      // What was cut off by leaving says nothing about the sources.
      if (!isLeaving()) await keep(await stillWanted(answers.flat()))
    } finally {
      await options.onAsking(false)
    }
  }

  /** Drops answers of sources that were removed, or got another address, while they were asked. */
  async function stillWanted(answers: readonly Answer[]): Promise<readonly Answer[]> {
    const settings = await store.readSettings()
    return answers.filter(({ source }) => isAsked(source, settings))
  }

  async function keep(given: readonly Answer[]): Promise<void> {
    const atMs = nowMs()
    const answers = withoutOtherChains(given)
    const said = answers.flatMap(({ source, reading }) =>
      reading.values.map((value): Answered => ({ ...value, source: source.name, fetchedAtMs: atMs })),
    )
    const sources = [...new Set(answers.map(({ source }) => source))]
    const hashratesHs = new Map<string, number>()
    for (const { source, reading } of answers) {
      if (reading.hashrateHs !== null) hashratesHs.set(source.name, reading.hashrateHs)
      if (reading.starts.length > 0) startsOf.set(source.url, reading.starts)
    }
    const starts = new Map(sources.map(({ name, url }) => [name, startsOf.get(url) ?? []]))
    const stored = await store.readNetworkValues()
    const doubts = await readAllDoubts(sources)
    const values = judge(said, stored, hashratesHs, atMs, starts, [...doubts.values()].flat())
    await keepDoubts(sources, doubts, said, values.doubts)
    const unsound = new Set(
      values.refused
        .map(({ value }) => value)
        .filter(({ name }) => CHAIN_NAMES.has(name))
        .map(({ source }) => source),
    )
    const tip = youngestFetched('height', [...stored, ...values.kept], atMs)
    await store.saveNetworkReading(
      values.kept,
      soundAdjustments(
        answers
          .filter(({ source }) => !unsound.has(source.name))
          .flatMap(({ reading }) => reading.adjustments),
        tip?.value ?? -Infinity,
      ),
    )
    const notes = tipNotes(
      values.kept.filter(({ name }) => name === 'height'),
      atMs,
    )
    const rates = await keepRates(answers, values.refused, atMs)

    // Read only now: a back-fill may have been told to pause in between.
    const statuses = await store.readSourceStatus()
    for (const source of new Set(answers.map((answer) => answer.source))) {
      const isOfSource = (row: { readonly source: string }) => row.source === source.name
      await conclude(
        source,
        answers.filter((answer) => answer.source === source),
        { values: values.kept.filter(isOfSource), rates: rates.kept.filter(isOfSource) },
        {
          values: values.refused.filter(({ value }) => isOfSource(value)),
          rates: rates.refused.filter(({ rate }) => isOfSource(rate)),
        },
        statusOf(source, statuses),
        atMs,
        notes.get(source.name) ?? null,
      )
    }
  }

  /** What a server of another chain says counts nowhere; that it is one stays as its fault. */
  function withoutOtherChains(answers: readonly Answer[]): readonly Answer[] {
    const others = new Set(answers.filter(({ reading }) => reading.isOtherChain).map(({ source }) => source))
    return answers.map((answer) =>
      others.has(answer.source)
        ? {
            ...answer,
            reading: {
              ...answer.reading,
              values: [],
              rates: [],
              adjustments: [],
              starts: [],
              hashrateHs: null,
            },
          }
        : answer,
    )
  }

  async function readAllDoubts(
    sources: readonly AskedSource[],
  ): Promise<ReadonlyMap<AskedSource, readonly StoredValue[]>> {
    const statuses = await store.readSourceStatus()
    return new Map(
      sources.map((source) => {
        const kept = statusOf({ ...source, name: doubtsName(source.name) }, statuses)
        return [source, readDoubts(kept.lastError)]
      }),
    )
  }

  /** Of what was said again the new doubt counts; of what was not said the old one stays. */
  async function keepDoubts(
    sources: readonly AskedSource[],
    before: ReadonlyMap<AskedSource, readonly StoredValue[]>,
    said: readonly StoredValue[],
    doubts: readonly StoredValue[],
  ): Promise<void> {
    for (const source of sources) {
      const old = before.get(source) ?? []
      const isOfSource = (row: StoredValue) => row.source === source.name
      const now = said.filter(isOfSource).map(({ name }) => name)
      const next = [...old.filter(({ name }) => !now.includes(name)), ...doubts.filter(isOfSource)]
      if (old.length === 0 && next.length === 0) continue
      await store.saveSourceStatus({
        name: doubtsName(source.name),
        url: source.url,
        lastSuccessMs: null,
        lastError: writeDoubts(next),
        notBeforeMs: null,
      })
    }
  }

  async function keepRates(answers: readonly Answer[], refusedValues: readonly Refusal[], atMs: number) {
    const said = answers.flatMap(({ source, reading }) =>
      reading.rates.map((rate): RateRow => ({ ...rate, source: source.name, fetchedAtMs: atMs })),
    )
    if (said.length === 0) return { kept: [], refused: [] }
    const withoutPrice = refusedValues.filter(({ value }) => value.name === 'priceUsdPerBtc')
    const judged = judgeRates(
      said,
      await store.readRates(),
      new Set(withoutPrice.map(({ value }) => value.source)),
      atMs,
    )
    if (judged.kept.length > 0) {
      const { fleetChanged } = await store.saveRates(judged.kept)
      if (fleetChanged) await options.onFleetChanged()
    }
    return judged
  }

  /** What the round says of one source: its schedule from here on, and its status. */
  async function conclude(
    source: AskedSource,
    answers: readonly Answer[],
    kept: Kept,
    refused: Refused,
    status: SourceStatusRow,
    atMs: number,
    note: string | null,
  ): Promise<void> {
    const { parts } = providers[source.name]
    const { host } = new URL(source.url)
    const hasGiven = new Map<Part, boolean>()
    for (const { part, reading } of answers) {
      const isOfPart = ({ name }: StoredValue) => part.offers.includes(name)
      const values = refused.values.filter(({ value }) => isOfPart(value))
      const givesRates = part.givesRates === true
      const refusals = [...values, ...(givesRates ? refused.rates : [])]
      faultsOf.set(keyOf(source, part), [
        ...reading.faults,
        ...refusals.map(({ why }) => new SourceFault(`${host}: ${why}`)),
        ...(note !== null && part.offers.includes('height') ? [new SourceFault(`${host}: ${note}`)] : []),
      ])
      refusedOf.set(keyOf(source, part), values)
      hasGiven.set(part, kept.values.some(isOfPart) || (givesRates && kept.rates.length > 0))
    }
    const faults = answers.flatMap(({ reading }) => reading.faults)
    const pauseMs = Math.max(0, ...faults.map((fault) => fault.pauseMs ?? 0))
    const isBusy = faults.some((fault) => fault.status === 429 || fault.status === 503)
    if (isBusy && pauseMs === 0) {
      // All of the source is spared, not only what it refused.
      for (const part of parts) schedule.asked(source.url, part, 'busy', atMs)
    } else {
      // A pause that was asked for stands in the status; there is nothing to guess.
      for (const [part, gave] of hasGiven)
        schedule.asked(source.url, part, gave || pauseMs > 0 ? 'answered' : 'failed', atMs)
    }
    await store.saveSourceStatus({
      name: source.name,
      url: source.url,
      lastSuccessMs: kept.values.length + kept.rates.length > 0 ? atMs : status.lastSuccessMs,
      lastError: inWords(parts.flatMap((part) => faultsOf.get(keyOf(source, part)) ?? [])),
      notBeforeMs: pauseMs > 0 ? atMs + pauseMs : pauseOf(status, atMs),
    })
  }

  return {
    ask,
    refused: (sources) =>
      sources.flatMap((source) =>
        providers[source.name].parts.flatMap((part) => refusedOf.get(keyOf(source, part)) ?? []),
      ),
  }
}
