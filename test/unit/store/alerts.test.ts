import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { AlertOccurrence, AlertRule } from '#shared/domain/alerts.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const AT_MS = Date.UTC(2025, 10, 20, 12)
const BELOW: AlertRule = { kind: 'hashprice-below', usdPerPhDay: 40 }
const ZONE: AlertRule = { kind: 'nvt-zone' }
const FELL: AlertOccurrence = { kind: 'hashprice-below', usdPerPhDay: 39.5, thresholdUsdPerPhDay: 40 }
const ENTERED: AlertOccurrence = { kind: 'nvt-zone', entered: true, date: '2025-11-20' }

function change(folder: string, sql: string): void {
  const db = new Sqlite(join(folder, DATABASE_NAME))
  keepChecksums(db)
  db.exec(sql)
  db.close()
}

describe('alerts', () => {
  it('are kept with what they remember, in the order they were set', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const { key } = await store.putAlert(null, BELOW)
    const second = await store.putAlert(null, ZONE)
    await store.saveAlertOutcome(key, { active: true, level: 39.5, date: null, zone: 'value' }, AT_MS + 0.4, [
      { atMs: AT_MS, occurrence: FELL },
    ])
    await store.close()
    const again = await openIn(folder)
    expect(await again.readAlerts()).toEqual([
      {
        key,
        rule: BELOW,
        memory: { active: true, level: 39.5, date: null, zone: 'value' },
        activeSinceMs: AT_MS,
      },
      { key: second.key, rule: ZONE, memory: null, activeSinceMs: null },
    ])
    expect(await again.readAlertEvents()).toMatchObject([
      { alertKey: key, atMs: AT_MS, occurrence: FELL, read: false },
    ])
  })

  it('begin anew with another rule', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.putAlert(null, BELOW)
    await store.saveAlertOutcome(key, { active: true }, AT_MS, [])
    const rule = { ...BELOW, usdPerPhDay: 35 }
    expect(await store.putAlert(key, rule)).toEqual({ key })
    expect(await store.readAlerts()).toEqual([{ key, rule, memory: null, activeSinceMs: null }])
  })

  it('that are gone are not found; what they told stays, and an outcome that comes late is none', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.putAlert(null, BELOW)
    await store.saveAlertOutcome(key, {}, AT_MS, [{ atMs: AT_MS, occurrence: FELL }])
    await store.removeAlert(key)
    await store.saveAlertOutcome(key, {}, AT_MS, [{ atMs: AT_MS + 1, occurrence: FELL }])
    expect(await store.readAlerts()).toEqual([])
    expect((await store.readAlertEvents()).map(({ atMs }) => atMs)).toEqual([AT_MS])
    await expect(store.removeAlert(key)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.putAlert(key, ZONE)).rejects.toMatchObject({ code: 'not-found' })
    // Nor does another get its key.
    expect((await store.putAlert(null, ZONE)).key).toBeGreaterThan(key)
  })

  it('are a hundred at most', async () => {
    const store = await openIn(temporaryFolder())
    await Promise.all(Array.from({ length: 100 }, () => store.putAlert(null, ZONE)))
    await expect(store.putAlert(null, ZONE)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/100 alerts already/) as string,
    })
    const { key } = (await store.readAlerts())[0]!
    await store.putAlert(key, BELOW)
    await store.removeAlert(key)
    await store.putAlert(null, ZONE)
  })

  it('are no part of the fleet: nothing to undo', async () => {
    const store = await openIn(temporaryFolder())
    await store.putAlert(null, ZONE)
    expect(await store.readFleet()).toMatchObject({ revision: 0, undo: null })
  })
})

describe('what happened', () => {
  it('is there newest first, until it is two hundred events old, and is marked as read', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.putAlert(null, ZONE)
    const happened = Array.from({ length: 150 }, (_, i) => ({ atMs: AT_MS + i, occurrence: ENTERED }))
    await store.saveAlertOutcome(key, {}, null, happened)
    await store.markAlertEventsRead()
    const later = happened.map(({ atMs, occurrence }) => ({ atMs: atMs + 1000, occurrence }))
    await store.saveAlertOutcome(key, {}, null, later)
    const events = await store.readAlertEvents()
    expect(events.map(({ atMs }) => atMs - AT_MS)).toEqual([
      ...Array.from({ length: 150 }, (_, i) => 1149 - i),
      ...Array.from({ length: 50 }, (_, i) => 149 - i),
    ])
    expect(events.filter(({ read }) => !read)).toHaveLength(150)
    await store.markAlertEventsRead()
    expect((await store.readAlertEvents()).every(({ read }) => read)).toBe(true)
  })

  it('of one moment is in the order in which it was told', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.putAlert(null, ZONE)
    const left = { ...ENTERED, entered: false }
    await store.saveAlertOutcome(key, {}, null, [
      { atMs: AT_MS, occurrence: ENTERED },
      { atMs: AT_MS, occurrence: left },
    ])
    expect((await store.readAlertEvents()).map(({ occurrence }) => occurrence)).toEqual([left, ENTERED])
  })
})

describe('what could not be read again is not stored', () => {
  it.each([
    [{ kind: 'hashprice-below', usdPerPhDay: NaN }, 'usdPerPhDay'],
    [{ kind: 'adjustment-beyond', change: 0 }, 'change'],
    [{ kind: 'moon' }, 'kind'],
  ])('a rule such as %o', async (rule, field) => {
    const store = await openIn(temporaryFolder())
    await expect(store.putAlert(null, rule as AlertRule)).rejects.toMatchObject({ code: 'bad-input', field })
    expect(await store.readAlerts()).toEqual([])
  })

  it('a figure that is none, and then nothing of the outcome', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.putAlert(null, BELOW)
    const broken = { ...FELL, usdPerPhDay: NaN }
    await expect(
      store.saveAlertOutcome(key, { active: true }, AT_MS, [
        { atMs: AT_MS, occurrence: FELL },
        { atMs: AT_MS, occurrence: broken },
      ]),
    ).rejects.toMatchObject({ code: 'bad-input', field: 'usdPerPhDay' })
    await expect(store.saveAlertOutcome(key, { level: NaN }, AT_MS, [])).rejects.toMatchObject({
      field: 'level',
    })
    expect(await store.readAlerts()).toMatchObject([{ memory: null, activeSinceMs: null }])
    expect(await store.readAlertEvents()).toEqual([])
  })
})

describe('what stands in the file is not trusted', () => {
  it.each([
    [
      `UPDATE alert SET rule_json = '{"kind":"hashprice-below","usdPerPhDay":"much"}'`,
      /rule of alert 1 .*usdPerPhDay/,
    ],
    [`UPDATE alert SET memory_json = '[1]'`, /memory of alert 1/],
  ])('%s', async (sql, words) => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await store.putAlert(null, BELOW)
    change(folder, sql)
    await expect(store.readAlerts()).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringMatching(words) as string,
    })
  })

  it('an event', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const { key } = await store.putAlert(null, ZONE)
    await store.saveAlertOutcome(key, {}, null, [{ atMs: AT_MS, occurrence: ENTERED }])
    change(folder, "UPDATE alert_event SET occurrence_json = 'null'")
    await expect(store.readAlertEvents()).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringMatching(/Event 1/) as string,
    })
  })
})

const NETWORK = {
  conditions: {
    height: 925_000,
    difficulty: 1.5e14,
    priceUsdPerBtc: 88_300,
    feesBtcPerBlock: 0.02,
    epoch: { blocks: 1007, seconds: 612_345 },
    previousAdjustments: [],
    atMs: AT_MS,
  },
  nowMs: AT_MS,
} as const

describe('lots between two levels of the hashprice', () => {
  // 24 × 28 J/TH × 0.05 = 33.6 USD/PH/s/day in EUR at par, and 24 × 15 × 0.05 = 18.
  const LOT = { poolFee: 0, uptime: 1, standbyW: 0, hashrateThs: 100 } as const
  const levels = { beforeUsdPerPhDay: 35, nowUsdPerPhDay: 30 }

  it('follow every change of the fleet, and a rate that moves a price', async () => {
    const store = await openIn(temporaryFolder())
    const nothing = { under: 0, lots: 0, machines: 0, ids: [], acceptedPhs: 0, avoidableCostUsdPerDay: 0 }
    expect(await store.readLotsPassed(levels, NETWORK)).toEqual(nothing)
    const tariff = { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0 } as const
    const { key: siteKey } = await store.addSite({ ...NORTH, overhead: 0, tariff })
    await store.addMachine(machineInput({ ...LOT, siteKey, id: 'weak', quantity: 4, powerW: 2800 }))
    await store.addMachine(machineInput({ ...LOT, siteKey, id: 'strong', powerW: 1500 }))
    // Without a rate there is no price.
    expect(await store.readLotsPassed(levels, NETWORK)).toEqual(nothing)
    await store.typeRate('EUR', 1, AT_MS)
    const weak = await store.readLotsPassed(levels, NETWORK)
    expect(weak).toEqual({
      under: 1,
      lots: 1,
      machines: 4,
      ids: ['weak'],
      // 4 × 0.1 PH/s; 24 × 4 × 2.8 kW × 0.05 USD/kWh
      acceptedPhs: expect.closeTo(0.4, 9) as number,
      avoidableCostUsdPerDay: expect.closeTo(13.44, 9) as number,
    })
    const [now, low] = await store.readFleetStands([35, 30], NETWORK)
    expect(now).toMatchObject({ lots: 2, machines: 5, under: { lots: 0, machines: 0, usdPerDay: 0 } })
    // 0.4 PH/s × (30 − 33.6) USD/PH/day are lost, 0.1 × (30 − 18) earned beside it.
    expect(low!.under).toMatchObject({ lots: 1, machines: 4 })
    expect(low!.under.usdPerDay).toBeCloseTo(-1.44, 9)
    expect(low!.usdPerDay).toBeCloseTo(-1.44 + 1.2, 9)
    expect(await store.readLotsPassed({ beforeUsdPerPhDay: 35, nowUsdPerPhDay: 34 }, NETWORK)).toEqual(
      nothing,
    )
    await store.typeRate('EUR', 2, AT_MS + 1)
    expect(await store.readLotsPassed(levels, NETWORK)).toEqual({ ...nothing, under: 2 })
    expect(await store.readLotsPassed({ beforeUsdPerPhDay: 40, nowUsdPerPhDay: 30 }, NETWORK)).toMatchObject({
      ids: ['strong'],
    })
  })
})
