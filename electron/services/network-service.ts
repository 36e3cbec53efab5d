import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { TypedNetwork } from '#shared/domain/chain/network.ts'
import type { NetworkValueName } from '#shared/domain/chain/network-values.ts'
import { usesSample } from '#shared/ipc/conditions.ts'
import type { ForeignCurrency } from '#shared/domain/power/currency.ts'
import type { SourceStatusRow } from '#electron/store/sqlite/client.ts'
import type { AskedSource } from '#electron/sources/ask.ts'
import { askedSources, sourcePermits } from '#electron/sources/ask.ts'
import { createHttp } from '#electron/sources/http.ts'
import { outgoing } from '#electron/sources/outgoing.ts'
import { createProviders } from '#electron/sources/providers.ts'
import { createSchedule } from '#electron/sources/schedule.ts'
import type { AskingOptions } from './asking-options.ts'
import type { NetworkStore } from './network-round.ts'
import { createRound, pauseOf } from './network-round.ts'
import { expectedAdjustment, readNetworkState, statusOf } from './network-state.ts'
import { nodeTimers } from './timers.ts'
import { refuseImpossible, refuseImpossibleHashprice, refuseImpossibleRate } from './typed-value.ts'

export type NetworkServiceOptions = AskingOptions & {
  readonly store: NetworkStore
  /** after every change of what {@link NetworkService.read} answers */
  readonly onChange?: (state: NetworkState) => void
}

export type NetworkService = {
  /** What is known now. Asks nobody. */
  read(): Promise<NetworkState>
  /** Asks each source once, now, off schedule; only a source that asked for a pause is skipped. */
  refresh(): Promise<NetworkState>
  /** Sets a value by hand; null clears it. Throws 'bad-input' for an impossible value. */
  type(name: NetworkValueName, value: number | null): Promise<NetworkState>
  /** Sets today's hashprice by hand; null clears it. Throws 'bad-input' for an impossible one. */
  typeHashprice(typed: TypedNetwork | null): Promise<NetworkState>
  /**
   * Sets by hand what one unit of a currency is worth; null clears it. Throws 'bad-input' with the field
   * 'usdPerUnit' for an impossible rate.
   */
  typeRate(currency: ForeignCurrency, usdPerUnit: number | null): Promise<NetworkState>
  /** Re-reads the store after another writer and emits the state. */
  reread(): Promise<NetworkState>
  /** After a change of machines: emits the state where the sample network came or went with them. */
  fleetChanged(): Promise<void>
  /** Starts the schedule, where the settings want it. */
  start(): void
  /** After sleep, a reconnect or a change of settings: asks at once what is due, failed sources included. */
  wake(): void
  /** Ends the schedule and running requests; nothing is stored after it resolves. */
  stop(): Promise<void>
}

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1_000_000
/** The schedule checks at least this often for what is due or has gone stale. */
const BEAT_MS = 60_000
const SHORTEST_BEAT_MS = 1000

/** What can change without a new value: how many are stale, whether the sample is in use, where the adjustment stands. */
function standingOf(state: NetworkState): string {
  const all = [...Object.values(state.values), ...Object.values(state.rates)]
  const stale = all.filter((value) => value?.stale === true).length
  return standing(stale, usesSample(state), expectedAdjustment(state)?.standing ?? 'ahead')
}
const standing = (stale: number, isSample: boolean, adjustment: string) =>
  `${stale} ${isSample} ${adjustment}`
const NOTHING_TOLD = standing(0, false, 'ahead')

export function createNetworkService(options: NetworkServiceOptions): NetworkService {
  const { store, version } = options
  const nowMs = options.nowMs ?? Date.now
  const timers = options.timers ?? nodeTimers
  const providers = createProviders()
  const schedule = createSchedule(options.random ?? Math.random)
  const leaving = new AbortController()
  let started = false
  let timer: unknown = null
  let rounds: Promise<void> = Promise.resolve()
  let fullRound: Promise<void> | null = null
  let isAsking = false
  let told = NOTHING_TOLD

  const http = createHttp({
    leave: outgoing(async () => sourcePermits(await options.store.readSettings()), options.fetch),
    userAgent: `Strikeline/${version}`,
    nowMs,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    maxBytes: options.maxBytes ?? MAX_BYTES,
    signal: leaving.signal,
    ...(options.lanes === undefined ? {} : { lanes: options.lanes }),
  })

  const onFleetChanged = async () => options.onFleetChanged?.()
  const read = () => readNetworkState(store, nowMs(), { refreshing: isAsking, refused: round.refused })
  async function tell(): Promise<NetworkState> {
    const state = await read()
    told = standingOf(state)
    options.onChange?.(state)
    return state
  }

  const round = createRound({
    onFleetChanged,
    store,
    providers,
    schedule,
    http,
    nowMs,
    bitcoindPassword: options.bitcoindPassword,
    isLeaving: () => leaving.signal.aborted,
    async onAsking(isAskingNow) {
      isAsking = isAskingNow
      await tell()
    },
  })

  /** Rounds run one at a time: each is judged against what the last one stored. */
  function queue(work: () => Promise<void>): Promise<void> {
    const result = rounds.then(work)
    // The caller gets the fault; the next round still runs.
    rounds = result.catch(() => undefined)
    return result
  }

  /** When the next part of a source is due, unix ms. */
  function nextDueMs(source: AskedSource, statuses: readonly SourceStatusRow[]): number {
    const dueMs = providers[source.name].parts.map((part) => schedule.dueMs(source.url, part, nowMs()))
    return Math.max(Math.min(...dueMs), pauseOf(statusOf(source, statuses), nowMs()) ?? -Infinity)
  }

  /** Values go stale with time alone, and the sample goes with its fleet: viewers must be told. */
  async function tellIfMoved(): Promise<void> {
    if (standingOf(await read()) !== told) await tell()
  }

  function tick(): void {
    timers.clear(timer)
    const failed = (error: unknown) => options.onError?.(error)
    const beat = async () => {
      const { autoRefresh } = await store.readSettings()
      if (autoRefresh)
        await round.ask((source, parts) =>
          parts.filter((part) => schedule.dueMs(source.url, part, nowMs()) <= nowMs()),
        )
      await tellIfMoved()
    }
    const untilNext = async () => {
      const [settings, statuses] = await Promise.all([store.readSettings(), store.readSourceStatus()])
      if (!settings.autoRefresh) return BEAT_MS
      const asked = askedSources(settings).filter((source) => source.addressFault === null)
      return Math.min(...asked.map((source) => nextDueMs(source, statuses))) - nowMs()
    }
    const plan = (untilNextMs: number) => {
      timers.clear(timer)
      const delayMs = Math.min(Math.max(untilNextMs, SHORTEST_BEAT_MS), BEAT_MS)
      if (started) timer = timers.set(tick, delayMs)
    }
    void queue(beat)
      .catch(failed)
      .then(() => (started ? untilNext() : BEAT_MS))
      .catch((error: unknown) => {
        failed(error)
        return BEAT_MS
      })
      .then(plan)
  }

  /** Values that an earlier run of the program fetched keep their place in the schedule. */
  async function recall(): Promise<void> {
    const [settings, statuses, rows, rates] = await Promise.all([
      store.readSettings(),
      store.readSourceStatus(),
      store.readNetworkValues(),
      store.readRates(),
    ])
    for (const source of askedSources(settings)) {
      if (statusOf(source, statuses).lastSuccessMs === null) continue
      for (const part of providers[source.name].parts) {
        const got = [
          ...rows.filter((row) => part.offers.includes(row.name)),
          // A part that also offers a value is judged by it: not every answer holds every currency.
          ...(part.givesRates === true && part.offers.length === 0 ? rates : []),
        ]
        const gotMs = got.filter((row) => row.source === source.name).map((row) => row.fetchedAtMs)
        if (gotMs.length > 0) schedule.asked(source.url, part, 'answered', Math.min(...gotMs, nowMs()))
      }
    }
  }

  return {
    read,
    async refresh() {
      fullRound ??= queue(() => round.ask((_, parts) => parts)).finally(() => {
        fullRound = null
      })
      await fullRound
      return read()
    },
    async type(name, value) {
      if (value !== null) refuseImpossible(name, value)
      await store.typeNetworkValue(name, value, nowMs())
      return tell()
    },
    async typeHashprice(typed) {
      if (typed !== null) refuseImpossibleHashprice(typed, nowMs())
      await store.typeHashprice(typed, nowMs())
      return tell()
    },
    async typeRate(currency, usdPerUnit) {
      if (usdPerUnit !== null) refuseImpossibleRate(currency, usdPerUnit)
      const { fleetChanged } = await store.typeRate(currency, usdPerUnit, nowMs())
      if (fleetChanged) await onFleetChanged()
      return tell()
    },
    reread: tell,
    fleetChanged: tellIfMoved,
    start() {
      if (started) return
      started = true
      void queue(recall)
        .catch((error: unknown) => options.onError?.(error))
        .then(tick)
    },
    wake() {
      if (!started) return
      schedule.forgive()
      tick()
    },
    async stop() {
      started = false
      timers.clear(timer)
      leaving.abort()
      await rounds
    },
  }
}
