import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MS_PER_DAY } from '#shared/domain/units.ts'
import { isoDay } from '#shared/format/times.ts'
import { conditionsOf } from '#shared/ipc/conditions.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import { repository } from '#tools/repository.ts'
import { cli } from './everywhere.ts'

/** Decisions of days that are over, and the days since: what a data folder has after some weeks. */

export type PastDecision = {
  readonly daysAgo: number
  readonly site: string
  readonly kind: 'done' | 'not-now'
  readonly reason?: string
  readonly by?: string
}

/** As if they had been recorded then: the oldest first. */
export async function recordPast(folder: string, decisions: readonly PastDecision[]): Promise<void> {
  const store = await openStore({
    file: join(folder, DATABASE_NAME),
    workerUrl: pathToFileURL(join(repository, 'tools', 'store-worker.js')),
    assetsFolder: join(repository, 'assets'),
  })
  try {
    const now = Date.now()
    const conditions = conditionsOf(await readNetworkState(store, now))!
    for (const decision of decisions) await record(store, { ...conditions, atMs: now }, now, decision)
  } finally {
    await store.close()
  }
}

async function record(
  store: Store,
  conditions: NonNullable<ReturnType<typeof conditionsOf>>,
  nowMs: number,
  { daysAgo, site, kind, reason = '', by = '' }: PastDecision,
): Promise<void> {
  const { sites } = await store.readFleet()
  const atMs = nowMs - daysAgo * MS_PER_DAY
  await store.recordActs(
    { conditions: { ...conditions, atMs }, horizonDays: null, nowMs: atMs },
    {
      ...{ kind, reason, by, atMs },
      sites: [{ siteKey: sites.key[sites.name.indexOf(site)]!, shown: null }],
      done: { rows: 'all' },
    },
  )
}

/** Stores so many days up to yesterday, of epochs of 14 days; the hashprice falls, rises and falls again. @param without days ago of which nothing is known */
export async function storeDays(
  folder: string,
  days: number,
  without: readonly number[] = [],
): Promise<void> {
  const today = Math.floor(Date.now() / MS_PER_DAY)
  const lines = ['date,price_usd,difficulty,issuance_btc,fees_btc']
  for (let ago = days; ago >= 1; ago--) {
    const price = 80_000 + 22_000 * Math.sin(ago / 45)
    // Blocks come as slowly as the difficulty says: 144 a day.
    if (!without.includes(ago))
      lines.push(
        `${isoDay((today - ago) * MS_PER_DAY)},${price.toFixed(2)},${1.5e14 + Math.floor((days - ago) / 14) * 28e10},450,3`,
      )
  }
  writeFileSync(join(folder, 'daily.csv'), `${lines.join('\n')}\n`)
  await cli(folder, 'history', 'import', 'daily.csv')
}
