import { homedir } from 'node:os'
import type { SourceStatusRow } from '#electron/db/client.ts'
import type { AskedSource } from '#electron/network/ask.ts'
import { askedSources, askPart, inWords } from '#electron/network/ask.ts'
import { cookieCredentials, usualCookieFile } from '#electron/network/bitcoind-cookie.ts'
import type { Refusal } from '#electron/network/bounds.ts'
import { judge, soundAdjustments } from '#electron/network/bounds.ts'
import type { Http } from '#electron/network/http.ts'
import { SourceFault } from '#electron/network/http.ts'
import type { Part, Provider, Reading } from '#electron/network/provider.ts'
import type { Schedule } from '#electron/network/schedule.ts'
import type { StoredValue } from '#electron/network/truth.ts'
import type { NetworkStore } from './network-service.ts'

/** A status counts for the address under which it came about. */
export function statusOf({ name, url }: AskedSource, statuses: readonly SourceStatusRow[]): SourceStatusRow {
  const known = statuses.find((status) => status.name === name && status.url === url)
  return known ?? { name, url, lastSuccessMs: null, lastError: null, notBeforeMs: null }
}

const isPaused = ({ notBeforeMs }: SourceStatusRow, nowMs: number) =>
  notBeforeMs !== null && nowMs < notBeforeMs

export type RoundOptions = {
  readonly store: NetworkStore
  readonly providers: Readonly<Record<AskedSource['name'], Provider>>
  readonly schedule: Schedule
  readonly http: Http
  readonly nowMs: () => number
  readonly bitcoindPassword: (() => Promise<string | null>) | undefined
  /** true: what is under way was cut off and is not to be stored */
  readonly isLeaving: () => boolean
  /** before the first question and after everything is stored */
  readonly onAsking: (isAsking: boolean) => Promise<void>
}

/** One round of questions to all sources at once: asks, judges everything that was said together, stores what passes. */
export function createRound(options: RoundOptions) {
  const { store, providers, schedule, http, nowMs, isLeaving } = options
  /** the latest faults of every part at its address: one that is asked rarely keeps its fault while another one answers */
  const faultsOf = new Map<string, readonly SourceFault[]>()
  const keyOf = (source: AskedSource, part: Part) => `${source.url} ${part.name}`

  type Answer = { readonly source: AskedSource; readonly part: Part; readonly reading: Reading }

  async function askSource(
    source: AskedSource,
    parts: readonly Part[],
    cookieFile: string,
  ): Promise<Answer[]> {
    const context = {
      http,
      nowMs,
      baseUrl: source.url,
      credentials: async () =>
        (await options.bitcoindPassword?.()) ??
        cookieCredentials(cookieFile, usualCookieFile(process.platform, homedir(), process.env), source.url),
    }
    return Promise.all(parts.map(async (part) => ({ source, part, reading: await askPart(part, context) })))
  }

  /** Asks the parts that are wanted. Resolves when everything is stored; rejects only for a fault of the store. */
  async function round(
    isWanted: (source: AskedSource, parts: readonly Part[]) => readonly Part[],
  ): Promise<void> {
    const [settings, statuses] = await Promise.all([store.readSettings(), store.readSourceStatus()])
    const wanted = askedSources(settings)
      .filter((source) => source.addressFault === null && !isPaused(statusOf(source, statuses), nowMs()))
      .map((source) => ({ source, parts: isWanted(source, providers[source.name].parts) }))
      .filter(({ parts }) => parts.length > 0)
    if (wanted.length === 0 || isLeaving()) return
    await options.onAsking(true)
    try {
      const answers = await Promise.all(
        wanted.map(({ source, parts }) => askSource(source, parts, settings.bitcoindCookieFile)),
      )
      // What was cut off by leaving says nothing about the sources.
      if (!isLeaving()) await keep(answers.flat(), statuses)
    } finally {
      await options.onAsking(false)
    }
  }

  async function keep(answers: readonly Answer[], statuses: readonly SourceStatusRow[]): Promise<void> {
    const atMs = nowMs()
    const said = answers.flatMap(({ source, reading }) =>
      reading.values.map((value): StoredValue => ({ ...value, source: source.name, fetchedAtMs: atMs })),
    )
    const hashratesHs = new Map<string, number>()
    for (const { source, reading } of answers) {
      if (reading.hashrateHs !== null) hashratesHs.set(source.name, reading.hashrateHs)
    }
    const { kept, refused } = judge(said, await store.readNetworkValues(), hashratesHs, atMs)
    await store.saveNetworkReading(
      kept,
      soundAdjustments(answers.flatMap(({ reading }) => reading.adjustments)),
    )

    for (const source of new Set(answers.map((answer) => answer.source))) {
      await conclude(
        source,
        answers.filter((answer) => answer.source === source),
        kept.filter((value) => value.source === source.name),
        refused.filter(({ value }) => value.source === source.name),
        statusOf(source, statuses),
        atMs,
      )
    }
  }

  /** What the round says of one source: its schedule from here on, and its status. */
  async function conclude(
    source: AskedSource,
    answers: readonly Answer[],
    kept: readonly StoredValue[],
    refused: readonly Refusal[],
    status: SourceStatusRow,
    atMs: number,
  ): Promise<void> {
    const { parts } = providers[source.name]
    const { host } = new URL(source.url)
    const hasGiven = new Map<Part, boolean>()
    for (const { part, reading } of answers) {
      const isOfPart = ({ name }: StoredValue) => part.offers.includes(name)
      const refusals = refused
        .filter(({ value }) => isOfPart(value))
        .map(({ why }) => new SourceFault(`${host}: ${why}`))
      faultsOf.set(keyOf(source, part), [...reading.faults, ...refusals])
      hasGiven.set(part, kept.some(isOfPart))
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
      lastSuccessMs: kept.length > 0 ? atMs : status.lastSuccessMs,
      lastError: inWords(parts.flatMap((part) => faultsOf.get(keyOf(source, part)) ?? [])),
      notBeforeMs: pauseMs > 0 ? atMs + pauseMs : null,
    })
  }

  return round
}
