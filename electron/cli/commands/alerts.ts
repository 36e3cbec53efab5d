import type { Store } from '#electron/store/sqlite/client.ts'
import { createAlertService, type AlertService } from '#electron/services/alert-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import { alertRuleSchema } from '#shared/ipc/schemas/alerts.ts'
import type { AlertsState } from '#shared/ipc/schemas/alerts.ts'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import { sourceOrder } from '#shared/ipc/sources.ts'
import type { AlertKind, AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import type { Money } from '#shared/format/money.ts'
import { occurrenceWords, ruleWords, stateWords } from '#shared/format/alert-words.ts'
import { CHANGE_FIELD, HASHPRICE_FIELD } from '#shared/format/typed-fields.ts'
import { readTyped } from '#shared/format/typed.ts'
import { dateTime } from '#shared/format/times.ts'
import type { Call, CliHost } from '../command.ts'
import { dataOption, defineCommand, EXIT, jsonOption, UsageError } from '../command.ts'
import { isoTime, writeLine } from '../json.ts'
import { storedMoney } from '../reporting.ts'
import { withStore } from '../stored.ts'
import { deliverAlerts, runWebhook, withWebhook } from '../webhook.ts'
import { textTable } from '../text-table.ts'

/** Kind → how its value is called; null where it has none. */
const VALUES: Readonly<Record<AlertKind, string | null>> = {
  'hashprice-below': 'USD_PER_PH_DAY',
  'breakeven-crossed': null,
  'verdict-changed': null,
  'strike-crossed': null,
  'adjustment-beyond': 'FRACTION',
  'nvt-zone': null,
  'data-stale': null,
}
/** A change is a fraction here, and in percent with the sign. */
const FRACTION_FIELD = { ...CHANGE_FIELD, unit: 'share', scale: 1, usual: [-0.75, 3] } as const
const KINDS = Object.keys(VALUES) as AlertKind[]
const isKind = (word: string): word is AlertKind => Object.hasOwn(VALUES, word)
const LAST_EVENTS = 20

const alertOptions = { ...jsonOption, ...dataOption } as const

export const command = defineCommand({
  name: 'alerts',
  operands: '[add KIND [VALUE] | remove KEY | webhook [test | off]]',
  maxOperands: 3,
  summary: `lists the alerts and what happened last, adds or removes one (kinds: ${KINDS.join(', ')}), and says where they are sent`,
  options: alertOptions,
  async run(call) {
    const { options, host, operands } = call
    if (operands[0] === 'webhook' && operands.length < 3) return runWebhook(host, operands[1], options)
    const change = changeOf(call)
    const nowMs = Date.now()
    const [state, money] = await withStore(host, options.data, async (store) => [
      await (operands.length === 0
        ? withAlerts(host, store, () => readNetworkState(store, nowMs), change)
        : tellingAlerts(host, options.data, store, () => readNetworkState(store, nowMs), change)),
      await storedMoney(store, await readNetworkState(store, nowMs)),
    ])
    if (options.json) await writeLine(host.stdout, JSON.stringify(documentOf(state)))
    else for (const line of linesOf(state, nowMs, money)) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

/** As {@link withAlerts}; what is due goes to the webhook. */
export function tellingAlerts<T>(
  host: CliHost,
  data: string | undefined,
  store: Store,
  readNetwork: () => Promise<NetworkState>,
  work: (alerts: AlertService) => Promise<T>,
): Promise<T> {
  return withWebhook(host, data, store, readNetwork, async (webhook) => {
    await webhook.begin()
    const result = await withAlerts(host, store, readNetwork, work)
    await deliverAlerts(host, webhook)
    return result
  })
}

/** Works with the alerts of a store. Events and faults of an evaluation are one line each on standard error. */
async function withAlerts<T>(
  host: CliHost,
  store: Store,
  readNetwork: () => Promise<NetworkState>,
  work: (alerts: AlertService) => Promise<T>,
): Promise<T> {
  const lines: string[] = []
  const happenedNow: AlertOccurrence[] = []
  const alerts = createAlertService({
    store,
    readNetwork,
    async readPast() {
      const { networkOrder } = await store.readSettings()
      return store.readPast(sourceOrder(networkOrder), Date.now())
    },
    notifications: false,
    notify: (happened: readonly AlertOccurrence[]) => {
      happenedNow.push(...happened)
    },
    onError: (error) => {
      lines.push(
        `strikeline: an alert could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
      )
    },
  })
  try {
    return await work(alerts)
  } finally {
    await alerts.stop()
    if (happenedNow.length > 0) {
      const money = await storedMoney(store, await readNetwork())
      lines.unshift(...happenedNow.map((occurrence) => `alert: ${occurrenceWords(occurrence, money).body}`))
    }
    for (const line of lines) await writeLine(host.stderr, line)
  }
}

/** What the operands ask for. Checked before anything is opened. */
function changeOf({ operands }: Call<typeof alertOptions>): (alerts: AlertService) => Promise<AlertsState> {
  const [verb, what, value] = operands
  if (verb === undefined) return (alerts) => alerts.read()
  if (verb === 'add' && what !== undefined) {
    const rule = ruleOf(what, value)
    return (alerts) => alerts.put(null, rule)
  }
  if (verb === 'remove' && what !== undefined && value === undefined) {
    const key = /^\d{1,15}$/.test(what) ? Number(what) : NaN
    if (Number.isNaN(key))
      throw new UsageError(`alerts: remove takes the KEY that \`alerts\` lists, not '${what}'`)
    return (alerts) => alerts.remove(key)
  }
  throw new UsageError('alerts: use `alerts`, `alerts add KIND [VALUE]` or `alerts remove KEY`')
}

function ruleOf(kind: string, value: string | undefined): AlertRule {
  if (!isKind(kind)) throw new UsageError(`alerts: '${kind}' is not a kind; there are ${KINDS.join(', ')}`)
  const name = VALUES[kind]
  if (name === null && value !== undefined) throw new UsageError(`alerts: ${kind} takes no value`)
  if (name !== null && value === undefined) {
    throw new UsageError(`alerts: add ${kind} takes a value, ${name}`)
  }
  const field = kind === 'hashprice-below' ? HASHPRICE_FIELD : FRACTION_FIELD
  const number = value === undefined ? NaN : (readTyped(value, field).value ?? NaN)
  const parsed = alertRuleSchema.safeParse(
    kind === 'hashprice-below'
      ? { kind, usdPerPhDay: number }
      : kind === 'adjustment-beyond'
        ? { kind, change: number }
        : { kind },
  )
  if (parsed.success) return parsed.data
  throw new UsageError(
    kind === 'hashprice-below'
      ? `alerts: '${value ?? ''}' is not a hashprice; it must be above 0 and at most 100000 USD/PH/s/day`
      : `alerts: '${value ?? ''}' is not a change; it must be a fraction from -0.75 to 3 and not 0, e.g. -0.05 for −5 %`,
  )
}

function documentOf({ rules, events }: AlertsState) {
  return {
    alerts: rules.map(({ key, rule, activeSinceMs }) => ({
      key,
      ...rule,
      activeSince: activeSinceMs === null ? null : isoTime(activeSinceMs),
    })),
    events: events.map(({ atMs, read, occurrence }) => ({ at: isoTime(atMs), read, ...occurrence })),
  }
}

function* linesOf({ rules, events }: AlertsState, nowMs: number, money: Money): Generator<string> {
  if (rules.length === 0) yield 'No alert is set.'
  else {
    const rows = rules.map(({ key, rule, activeSinceMs }) => [
      String(key),
      ruleWords(rule, money),
      stateWords(rule.kind, activeSinceMs, nowMs),
    ])
    yield* textTable([{ title: 'key', right: true }, { title: 'alert' }, { title: 'state' }], rows)
  }
  for (const { atMs, occurrence } of events.slice(0, LAST_EVENTS))
    yield `${dateTime(atMs)}  ${occurrenceWords(occurrence, money).body}`
}
