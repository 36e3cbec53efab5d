import { MS_PER_DAY } from '#shared/domain/units.ts'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Past } from '#shared/ipc/schemas/past.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { conditionsOf, withoutSample } from '#shared/ipc/conditions.ts'
import { ratesUsed, toBeTold, VALUES_BENEATH } from '#shared/ipc/freshness.ts'
import type {
  AlertKind,
  AlertMemory,
  AlertObservation,
  AlertOccurrence,
  AlertOutcome,
  AlertRule,
} from '#shared/domain/alerts.ts'
import { crossingLevels, evaluateAlert, NOTHING_KNOWN, verdictLevels } from '#shared/domain/alerts.ts'
import { hashpriceAfterChange, hashpriceUsdPerPhDay } from '#shared/domain/chain/network.ts'
import { marketOf } from '#shared/domain/decision/market.ts'
import type { Market } from '#shared/domain/decision/market.ts'
import type { WatchedNetwork } from '#shared/domain/watched-fleet.ts'
import { dynamicNvt } from '#shared/domain/signals/nvt.ts'
import { ruleWords } from '#shared/format/alert-words.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { expectedChangeOf } from './network-state.ts'
import type { StoredAlert } from '#electron/store/port.ts'

export type AlertService = {
  read(): Promise<AlertsState>
  /** key null: a new one. 'bad-input' where there is the same already or there are too many, 'not-found' where the key is gone. */
  put(key: number | null, rule: AlertRule): Promise<AlertsState>
  remove(key: number): Promise<AlertsState>
  markRead(): Promise<AlertsState>
  /**
   * Evaluates all alerts against the present state. Calls during a run lead to one more run. Never rejects: a fault goes to
   * `onError`, and its alert is evaluated again next time.
   */
  evaluate(): Promise<void>
  /** Does the work while no alert is evaluated or changed: what was remembered of one must not be written to another. */
  pausedDuring<T>(work: () => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export type AlertServiceOptions = {
  readonly store: Pick<
    Store,
    | 'readAlerts'
    | 'putAlert'
    | 'removeAlert'
    | 'saveAlertOutcome'
    | 'readAlertEvents'
    | 'markAlertEventsRead'
    | 'readLotsPassed'
    | 'readFleetStands'
    | 'readVerdictChanges'
    | 'readStrikesPassed'
    | 'readPastRevision'
    | 'readTariffs'
    | 'readSettings'
  >
  readonly readNetwork: () => Promise<NetworkState>
  /** asked only where an alert needs it and the history has changed */
  readonly readPast: () => Promise<Past>
  readonly nowMs?: () => number
  /** whether this desktop shows notifications */
  readonly notifications: boolean
  /** once per evaluation in which something happened, after it is stored */
  readonly notify?: (happened: readonly AlertOccurrence[]) => void
  /** after every change of what {@link AlertService.read} answers, if it came from an evaluation */
  readonly onChange?: (state: AlertsState) => void
  /** a fault outside of a call */
  readonly onError: (error: unknown) => void
}

/** Reads the part of an observation that a kind of alert needs. */
type Look = (network: NetworkState, memory: AlertMemory | null) => Promise<Partial<AlertObservation>>

/** Kinds that tell what the fleet makes at a hashprice. */
const WITH_STAND: ReadonlySet<AlertKind> = new Set(['hashprice-below', 'adjustment-beyond'])

/** Keeps what was made for a revision until another one is asked for. */
function keptByRevision<T>(make: () => Promise<T>): (revision: string) => Promise<T> {
  let kept: { readonly revision: string; readonly value: T } | null = null
  return async (revision) => {
    if (kept?.revision !== revision) kept = { revision, value: await make() }
    return kept.value
  }
}

export function createAlertService(options: AlertServiceOptions): AlertService {
  const { store } = options
  const nowMs = options.nowMs ?? Date.now
  let work: Promise<unknown> = Promise.resolve()
  let waiting: Promise<void> | null = null
  let stopped = false

  const nvtAt = keptByRevision(async (): Promise<AlertObservation['nvt']> => {
    const { series } = await options.readPast()
    const { states } = dynamicNvt(series)
    const row = states.findLastIndex((state) => state !== null)
    const state = states[row] ?? null
    return state === null ? null : { state, date: series.dates[row]! }
  })

  /** Each kind of alert reads only what it needs. */
  const looks: Readonly<Record<AlertKind, Look>> = {
    'hashprice-below': (network) => Promise.resolve({ hashpriceUsdPerPhDay: hashpriceOf(network) }),
    async 'breakeven-crossed'(network, memory) {
      const hashprice = hashpriceOf(network)
      const levels = crossingLevels(memory, hashprice)
      // In the database's thread: a fleet of any size must not hold up this one.
      const watched = watchedOf(network, nowMs())
      const passed = levels === null || watched === null ? null : await store.readLotsPassed(levels, watched)
      return { hashpriceUsdPerPhDay: hashprice, passed }
    },
    async 'verdict-changed'(network, memory) {
      const watched = watchedOf(network, nowMs())
      if (watched === null) return {}
      const { hashpriceUsdPerPhDay: now, hashpriceAfterUsdPerPhDay: after } = marketNow(watched)
      const today = { nowUsdPerPhDay: now, afterUsdPerPhDay: after }
      const levels = verdictLevels(memory, today)
      return {
        levels: today,
        verdicts: levels === null ? null : await store.readVerdictChanges(levels.before, levels.now, watched),
      }
    },
    async 'strike-crossed'(network, memory) {
      const watched = watchedOf(network, nowMs())
      if (watched === null) return {}
      const { hashpriceUsdPerPhDay } = marketNow(watched)
      const levels = crossingLevels(memory, hashpriceUsdPerPhDay)
      return {
        hashpriceUsdPerPhDay,
        strikes: levels === null ? null : await store.readStrikesPassed(levels, watched),
      }
    },
    'adjustment-beyond': (network) =>
      Promise.resolve({
        expectedChange: expectedChangeOf(network),
        hashpriceUsdPerPhDay: hashpriceOf(network),
      }),
    async 'nvt-zone'() {
      // A new day adds to the history without a new revision.
      const today = Math.floor(nowMs() / MS_PER_DAY)
      return { nvt: await nvtAt(`${await store.readPastRevision()}/${today}`) }
    },
    async 'data-stale'(network) {
      // While the sources are being asked, what is stale may be fresh in a moment.
      if (network.refreshing) return { staleValues: null }
      const [tariffs, { currency }] = await Promise.all([store.readTariffs(), store.readSettings()])
      const beneath = toBeTold(network, VALUES_BENEATH.margins, ratesUsed(tariffs, currency))
      const gone = beneath.filter(({ state }) => state !== 'typed')
      return { staleValues: gone.map(({ name }) => name) }
    },
  }

  /** Where the fleet stands now and after the expected change; null where the network is not known, or a contract cannot be weighed. */
  async function standNow(
    { hashpriceUsdPerPhDay: now, expectedChange }: AlertObservation,
    network: NetworkState,
  ): Promise<AlertObservation['stand']> {
    const watched = watchedOf(network, nowMs())
    if (watched === null || !Number.isFinite(now)) return null
    const levels = expectedChange === null ? [now] : [now, hashpriceAfterChange(now, expectedChange)]
    try {
      const [atNow, after] = await store.readFleetStands(levels, watched)
      return { now: atNow!, after: after ?? null }
    } catch (error) {
      // What the alert waits for has happened all the same.
      options.onError(error)
      return null
    }
  }

  async function evaluateOne(alert: StoredAlert, network: NetworkState): Promise<AlertOutcome | null> {
    const seen = { ...NOTHING_KNOWN, ...(await looks[alert.rule.kind](network, alert.memory)) }
    const first = evaluateAlert(alert.rule, alert.memory, seen)
    // The fleet is asked only where there is something to tell that it makes money of.
    const stand =
      first.happened.length > 0 && WITH_STAND.has(alert.rule.kind) ? await standNow(seen, network) : null
    const outcome = stand === null ? first : evaluateAlert(alert.rule, alert.memory, { ...seen, stand })
    const atMs = nowMs()
    const activeSinceMs = outcome.active ? (alert.activeSinceMs ?? atMs) : null
    const isSame =
      outcome.happened.length === 0 &&
      activeSinceMs === alert.activeSinceMs &&
      JSON.stringify(outcome.memory) === JSON.stringify(alert.memory)
    if (isSame || outcome.memory === null) return null
    const happened = outcome.happened.map((occurrence) => ({ atMs, occurrence }))
    await store.saveAlertOutcome(alert.key, outcome.memory, activeSinceMs, happened)
    return outcome
  }

  async function evaluateAll(): Promise<void> {
    const alerts = await store.readAlerts()
    if (alerts.length === 0) return
    // Alerts are about the real network: the sample counts as unknown.
    const network = withoutSample(await options.readNetwork())
    const happened: AlertOccurrence[] = []
    let isChanged = false
    for (const alert of alerts) {
      if (stopped) break
      try {
        const outcome = await evaluateOne(alert, network)
        isChanged ||= outcome !== null
        happened.push(...(outcome?.happened ?? []))
      } catch (error) {
        options.onError(error)
      }
    }
    if (isChanged) options.onChange?.(await read())
    if (happened.length > 0) options.notify?.(happened)
  }

  async function read(): Promise<AlertsState> {
    const [alerts, events] = await Promise.all([store.readAlerts(), store.readAlertEvents()])
    return {
      rules: alerts.map(({ key, rule, activeSinceMs }) => ({ key, rule, activeSinceMs })),
      events: events.map(({ key, atMs, occurrence, read: isRead }) => ({
        key,
        atMs,
        occurrence,
        read: isRead,
      })),
      notifications: options.notifications,
    }
  }

  /** One at a time, so that an evaluation never writes the memory of a rule that has since changed. */
  function queue<T>(next: () => Promise<T>): Promise<T> {
    const result = work.then(next)
    // The caller gets the fault; the next one still runs.
    work = result.catch(() => undefined)
    return result
  }

  function evaluate(): Promise<void> {
    waiting ??= queue(async () => {
      waiting = null
      if (!stopped) await evaluateAll()
    }).catch(options.onError)
    return waiting
  }

  return {
    read,
    async put(key, rule) {
      await queue(async () => {
        const same = (await store.readAlerts()).find((alert) => isSameRule(alert.rule, rule))
        if (same !== undefined && same.key !== key) {
          throw new StrikelineError('bad-input', `There is such an alert already: ${ruleWords(rule)}.`)
        }
        // Saved without a change: it keeps its memory, so that it repeats nothing.
        if (same === undefined) await store.putAlert(key, rule)
      })
      await evaluate()
      return read()
    },
    async remove(key) {
      await queue(() => store.removeAlert(key))
      return read()
    },
    async markRead() {
      await queue(() => store.markAlertEventsRead())
      return read()
    },
    evaluate,
    pausedDuring: queue,
    async stop() {
      stopped = true
      await work
    },
  }
}

/** Equal in any order of fields. */
function isSameRule(one: AlertRule, other: AlertRule): boolean {
  const fieldsOf = (rule: AlertRule) => JSON.stringify(Object.entries(rule).sort())
  return fieldsOf(one) === fieldsOf(other)
}

/** With the adjustments applied that have passed since the values. */
function marketNow({ conditions, nowMs }: WatchedNetwork): Market {
  return marketOf(conditions, { horizonDays: null, change: null }, nowMs)
}

function watchedOf(network: NetworkState, nowMs: number): WatchedNetwork | null {
  const conditions = conditionsOf(network)
  return conditions === null ? null : { conditions, nowMs }
}

function hashpriceOf(network: NetworkState): number {
  const conditions = conditionsOf(network)
  return conditions === null ? NaN : hashpriceUsdPerPhDay(conditions)
}
