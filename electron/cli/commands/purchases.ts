import { DAYS_PER_YEAR } from '#shared/domain/units.ts'
import { MOST_PURCHASE_USD, purchaseKey } from '#shared/domain/money/purchase.ts'
import { calendarDayOf, days, isoDay } from '#shared/format/times.ts'
import { US_DOLLARS } from '#shared/format/money.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { Call, ExitCode } from '../command.ts'
import { dataOption, defineCommand, EXIT, jsonOption, numberOption, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { readStored, withStore } from '../stored.ts'

const options = {
  cost: { type: 'string', value: 'USD', help: 'with put: what was paid' },
  salvage: {
    type: 'string',
    value: 'USD',
    help: 'with put: what the machines fetch at the end of their life',
  },
  life: { type: 'string', value: 'YEARS', help: 'with put: how long they are used' },
  bought: { type: 'string', value: 'DAY', help: 'with put: e.g. 2025-04-01; none: not said' },
  ...jsonOption,
  ...dataOption,
} as const

const VERBS: Readonly<Record<string, (call: Call<typeof options>, name: string) => Promise<void>>> = {
  list,
  put,
  remove,
}

export const command = defineCommand({
  name: 'purchases',
  operands: 'list | put NAME | remove NAME',
  minOperands: 1,
  maxOperands: 2,
  summary: 'what machines were bought with: lists, adds or changes, removes (docs/returns.md)',
  options,
  async run(call): Promise<ExitCode> {
    const [verb = '', name = ''] = call.operands
    const work = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
    if (work === undefined)
      throw new UsageError(`purchases: '${verb}' is none of ${Object.keys(VERBS).join(', ')}`)
    if ((verb === 'list') !== (name === ''))
      throw new UsageError(`purchases: ${verb} ${verb === 'list' ? 'takes no name' : 'needs a name'}`)
    await work(call, name)
    return EXIT.done
  },
})

async function list({ options: given, host }: Call<typeof options>): Promise<void> {
  const purchases = await readStored(host, given.data, (store) => store.readPurchases())
  if (given.json) {
    const rows = purchases.map(({ name, boughtAtMs, costUsd, salvageUsd, lifeDays }) => ({
      ...{ name, boughtOn: boughtAtMs === null ? null : isoDay(boughtAtMs) },
      ...{ costUsd, salvageUsd, lifeDays },
    }))
    await writeLine(host.stdout, JSON.stringify({ purchases: rows }))
    return
  }
  for (const { name, boughtAtMs, costUsd, salvageUsd, lifeDays } of purchases) {
    const day = boughtAtMs === null ? 'day not said' : `bought ${calendarDayOf(boughtAtMs)}`
    await writeLine(
      host.stdout,
      `${name}: ${day}, ${US_DOLLARS.amount(costUsd)}, salvage ${US_DOLLARS.amount(salvageUsd)}, life ${days(lifeDays)}`,
    )
  }
}

/** Of one that is there, what is not said stays. */
async function put({ options: given, host }: Call<typeof options>, name: string): Promise<void> {
  const usd = (option: 'cost' | 'salvage') =>
    numberOption('purchases', option, given[option], { min: 0, max: MOST_PURCHASE_USD, typed: 'USD' })
  const years = numberOption('purchases', 'life', given.life, { min: 0.1, max: 100, unit: 'years' })
  const [cost, salvage] = [usd('cost'), usd('salvage')]
  const boughtAtMs = given.bought === undefined ? undefined : dayOf(given.bought)
  await withStore(host, given.data, async (store) => {
    const before = await named(store, name)
    const costUsd = cost ?? before?.costUsd
    const lifeDays = years === undefined ? before?.lifeDays : Math.round(years * DAYS_PER_YEAR)
    if (costUsd === undefined || lifeDays === undefined)
      throw new UsageError(`purchases: a new purchase needs --cost USD and --life YEARS`)
    await store.putPurchase(before?.key ?? null, {
      ...{ name: before?.name ?? name, costUsd, lifeDays, salvageUsd: salvage ?? before?.salvageUsd ?? 0 },
      boughtAtMs: boughtAtMs === undefined ? (before?.boughtAtMs ?? null) : boughtAtMs,
    })
  })
}

async function remove({ options: given, host }: Call<typeof options>, name: string): Promise<void> {
  await withStore(host, given.data, async (store) => {
    const found = await named(store, name)
    if (found === null) throw new StrikelineError('not-found', `There is no purchase named '${name}'.`)
    await store.removePurchase(found.key)
  })
}

async function named(store: Store, name: string) {
  const purchases = await store.readPurchases()
  return purchases.find((purchase) => purchaseKey(purchase.name) === purchaseKey(name)) ?? null
}

/** Midnight UTC of a day as it is written in files; null for 'none'. @throws UsageError */
function dayOf(text: string): number | null {
  if (text === 'none') return null
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  if (Number.isNaN(ms) || isoDay(ms) !== text)
    throw new UsageError(`purchases: --bought is '${text}'; it must be a day like 2025-04-01, or none`)
  return ms
}
