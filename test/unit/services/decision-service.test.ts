import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createActService } from '#electron/services/act-service.ts'
import { createDecisionService } from '#electron/services/decision-service.ts'
import { readNetworkState } from '#electron/services/network-state.ts'
import type { LogScope } from '#shared/ipc/schemas/decisions.ts'
import { openIn, temporaryFolder } from '../store/stores.ts'

const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2025, 10, 20, 12)

/** 8 · 95 TH/s, 8 · 3250 W at 0.08 USD/kWh: 0.76 PH/s and 49.92 USD a day. */
const FLEET = `id,site,model,quantity,hashrate_ths,power_w,power_price_usd_kwh,status
h-1,Harbor,S19,8,95,3250,0.08,running
`
const DIFFICULTY = 1.5e14
/** A day of 144 blocks without fees: PH/s · 86 400 s · 3.125 BTC ÷ (difficulty · 2³²), by hand. */
const hashprice = (priceUsd: number) => ((1e15 * 86_400 * 3.125) / (DIFFICULTY * 2 ** 32)) * priceUsd

async function withDecision() {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const fleet = join(folder, 'fleet.csv')
  writeFileSync(fleet, FLEET)
  await store.confirmImport((await store.previewImport(fleet)).token, 'merge')
  for (const [name, value] of [
    ['height', 925_000],
    ['difficulty', DIFFICULTY],
    ['priceUsdPerBtc', 88_000],
    ['feesBtcPerBlock', 0],
  ] as const)
    await store.typeNetworkValue(name, value, NOON_MS)
  await store.writeSettings({ decidedBy: 'Sam' })
  const acts = createActService({
    store,
    readNetwork: () => readNetworkState(store, NOON_MS),
    nowMs: () => NOON_MS,
  })
  const { sites } = await store.readFleet()
  const record = (kind: 'done' | 'not-now', by?: string) =>
    acts.record(null, {
      ...{ kind, reason: '', sites: [{ siteKey: sites.key[0]!, shown: null }], done: { rows: 'all' } },
      ...(by === undefined ? {} : { by }),
    })
  const service = createDecisionService({
    store,
    past: { read: () => store.readPast([], NOON_MS + 5 * DAY_MS) },
    nowMs: () => NOON_MS + 4 * DAY_MS,
  })
  return { folder, store, record, service }
}

it('sets a decision against the hashprices that are stored of its days, and says which are missing', async () => {
  const { folder, store, record, service } = await withDecision()
  await record('done')
  const all = { fromMs: null, toMs: null }
  // Four days later nothing is known of them.
  expect(await service.read(all, 10)).toMatchObject({
    rows: [
      {
        decision: { byWhom: 'Sam', untilMs: null },
        outcome: { savedUsd: NaN, daysCovered: 0, daysMissing: 3.5 },
      },
    ],
    sums: { done: { decisions: 1, known: 0, savedUsd: 0 } },
    history: {
      fromMs: null,
      throughMs: null,
      missing: [20, 21, 22, 23].map((day) => Date.UTC(2025, 10, day)),
    },
  })
  const daily = join(folder, 'daily.csv')
  writeFileSync(
    daily,
    `date,price_usd,difficulty,issuance_btc,fees_btc
2025-11-20,80000,${DIFFICULTY},450,0
2025-11-21,90000,${DIFFICULTY},450,0
2025-11-23,100000,${DIFFICULTY},450,0
2025-11-24,50000,${DIFFICULTY},450,0
`,
  )
  await store.importDaily(daily, NOON_MS + 5 * DAY_MS)
  const { rows, sums, history } = await service.read(all, 10)
  // Half of the 20th, the 21st and the 23rd; of the 22nd nothing is known, and the 24th is not over.
  const usd = 2.5 * 49.92 - 0.76 * (hashprice(80_000) / 2 + hashprice(90_000) + hashprice(100_000))
  const { outcome } = rows[0]!
  expect(outcome!.savedUsd).toBeCloseTo(usd, 6)
  expect(outcome!.expectedUsd).toBeCloseTo(2.5 * (49.92 - 0.76 * hashprice(88_000)), 6)
  expect(outcome).toMatchObject({ daysCovered: 2.5, daysMissing: 1, endsWith: 'now' })
  expect(sums.done.savedUsd).toBe(outcome!.savedUsd)
  expect(history).toEqual({
    fromMs: Date.UTC(2025, 10, 20),
    throughMs: Date.UTC(2025, 10, 24),
    missing: [Date.UTC(2025, 10, 22)],
  })
})

it('reads a period, says where there are more, and writes it as a table or as JSON', async () => {
  const { folder, record, service } = await withDecision()
  await record('not-now', 'Kim')
  await record('not-now', '')
  const later = { fromMs: NOON_MS + 1, toMs: null }
  expect((await service.read(later, 10)).rows).toEqual([])
  const { rows, hasMore } = await service.read({ fromMs: NOON_MS, toMs: NOON_MS }, 1)
  expect(hasMore).toBe(true)
  expect(rows).toHaveLength(1)
  expect(rows[0]!.decision).not.toHaveProperty('byWhom')

  const everything = { fromMs: null, toMs: null, site: null, kind: 'standing' } as const
  const table = join(folder, 'log.csv')
  expect(await service.exportTo(table, everything)).toEqual({
    fileName: 'log.csv',
    rows: 2,
  })
  expect(readFileSync(table, 'utf8').trimEnd().split('\n')).toHaveLength(3)
  const json = join(folder, 'log.JSON')
  await service.exportTo(json, everything)
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
    decisions: [
      { byWhom: null, kind: 'not-now' },
      { byWhom: 'Kim', outcome: { savedUsd: null, daysMissing: 0, endsWith: 'again' } },
    ],
    hasMore: false,
  })
})

it('writes what is looked at, and all of it: of a site, of a kind, what was taken back beside what stands', async () => {
  const { folder, store, record, service } = await withDecision()
  await record('not-now', 'Kim')
  const [first] = (await service.read({ fromMs: null, toMs: null }, null)).rows
  await store.takeBackDecision(first!.decision.key)
  await record('not-now', 'Lee')
  await record('done', 'Sam')
  const written = async (scope: Partial<LogScope>) => {
    const file = join(folder, 'log.json')
    await service.exportTo(file, { fromMs: null, toMs: null, site: null, kind: 'standing', ...scope })
    const { decisions, sums } = JSON.parse(readFileSync(file, 'utf8')) as {
      decisions: { byWhom: string; takenBack: boolean }[]
      sums: { done: { decisions: number }; notDone: { decisions: number } }
    }
    return [decisions.map(({ byWhom }) => byWhom), sums.done.decisions, sums.notDone.decisions]
  }
  expect(await written({})).toEqual([['Sam', 'Lee', 'Kim'], 1, 1])
  expect(await written({ kind: 'done' })).toEqual([['Sam'], 1, 0])
  expect(await written({ kind: 'not-now' })).toEqual([['Lee'], 0, 1])
  expect(await written({ kind: 'taken-back' })).toEqual([['Kim'], 0, 0])
  expect(await written({ site: 'Harbor', kind: 'done' })).toEqual([['Sam'], 1, 0])
  expect(await written({ site: 'Elsewhere' })).toEqual([[], 0, 0])
})
