import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#shared/ipc/schemas/settings.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { NetworkValueRow } from '#electron/store/sqlite/client.ts'
import { openIn, temporaryFolder } from './stores.ts'

const DAY_MS = 86_400_000
const AT_MS = Date.UTC(2025, 10, 20, 12)

const price = (value: number, fetchedAtMs: number, source = 'mempool'): NetworkValueRow => ({
  name: 'priceUsdPerBtc',
  value,
  source,
  asOfMs: fetchedAtMs - 1000,
  fetchedAtMs,
})

it('the latest reading of each source counts, also after a restart', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.saveNetworkReading([price(2, AT_MS - 10), price(7, AT_MS - 5, 'kraken')], [])
  await store.saveNetworkReading([price(3, AT_MS), { ...price(0.02, AT_MS), name: 'feesBtcPerBlock' }], [])
  await store.close()
  const rows = await (await openIn(folder)).readNetworkValues()
  expect(rows).toHaveLength(3)
  expect(rows).toEqual(
    expect.arrayContaining([
      price(3, AT_MS),
      price(7, AT_MS - 5, 'kraken'),
      { ...price(0.02, AT_MS), name: 'feesBtcPerBlock' },
    ]),
  )
})

it('a typed value stands beside the fetched ones until it is taken back', async () => {
  const store = await openIn(temporaryFolder())
  await store.saveNetworkReading([price(3, AT_MS)], [])
  await store.typeNetworkValue('priceUsdPerBtc', 90_000, AT_MS + 1)
  await store.typeNetworkValue('priceUsdPerBtc', 91_000.5, AT_MS + 2)
  expect(await store.readNetworkValues()).toEqual([
    price(3, AT_MS),
    { name: 'priceUsdPerBtc', value: 91_000.5, source: 'typed', asOfMs: AT_MS + 2, fetchedAtMs: AT_MS + 2 },
  ])
  await store.typeNetworkValue('priceUsdPerBtc', null, AT_MS + 3)
  expect(await store.readNetworkValues()).toEqual([price(3, AT_MS)])
})

it('adjustments come newest first, a dozen at most; a second word on a height replaces the first', async () => {
  const store = await openIn(temporaryFolder())
  const changes = Array.from({ length: 15 }, (_, i) => ({ height: 2016 * (i + 1), change: i / 100 }))
  await store.saveNetworkReading([], changes)
  await store.saveNetworkReading([], [{ height: 2016 * 15, change: -0.5 }])
  const stored = await store.readAdjustments()
  expect(stored).toHaveLength(12)
  expect(stored.slice(0, 2)).toEqual([{ height: 30_240, change: -0.5 }, changes[13]])
})

it('a reading is kept whole or not at all', async () => {
  const store = await openIn(temporaryFolder())
  await expect(store.saveNetworkReading([price(3, AT_MS), price(NaN, AT_MS)], [])).rejects.toThrow()
  expect(await store.readNetworkValues()).toEqual([])
})

it('old history is thinned to one reading a day, and what counts stays', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const readings = Array.from({ length: 48 }, (_, i) => price(i + 1, AT_MS - 20 * DAY_MS + i * 3_600_000))
  await store.saveNetworkReading(
    [...readings, price(99, AT_MS - 15 * DAY_MS, 'kraken'), price(100, AT_MS)],
    [],
  )
  const before = await store.readNetworkValues()
  await store.maintain(AT_MS)
  expect(await store.readNetworkValues()).toEqual(before)
  const db = new Sqlite(join(folder, DATABASE_NAME), { readonly: true })
  const left = db.prepare<[], number>('SELECT value FROM network_value ORDER BY fetched_at_ms').pluck().all()
  db.close()
  // The 48 hours began at noon: they are part of three days.
  expect(left).toEqual([12, 36, 48, 99, 100])
})

it('a source keeps its last success, its last error, and its pause', async () => {
  const store = await openIn(temporaryFolder())
  const status = {
    name: 'mempool',
    url: 'http://127.0.0.1:1/api',
    lastSuccessMs: AT_MS,
    lastError: null,
    notBeforeMs: null,
  }
  await store.saveSourceStatus(status)
  expect(await store.readSourceStatus()).toEqual([status])
  const failed = { ...status, lastError: 'no answer', notBeforeMs: AT_MS + 60_000 }
  await store.saveSourceStatus(failed)
  expect(await store.readSourceStatus()).toEqual([failed])
})

it('settings have their defaults until they are written, and keep what was', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  expect(await store.readSettings()).toEqual(DEFAULT_SETTINGS)
  await store.writeSettings({ theme: 'dark', horizonDays: 30 })
  const written = await store.writeSettings({ paper: 'Letter', theme: undefined })
  expect(written).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', horizonDays: 30, paper: 'Letter' })
  await store.close()
  expect(await (await openIn(folder)).readSettings()).toEqual(written)
})

it('a setting that is not acceptable changes none', async () => {
  const store = await openIn(temporaryFolder())
  await expect(store.writeSettings({ theme: 'dark', horizonDays: 0 })).rejects.toMatchObject({
    code: 'bad-input',
    field: 'horizonDays',
  })
  expect(await store.readSettings()).toEqual(DEFAULT_SETTINGS)
})

it('what was fetched while the clock was ahead gives way to what is fetched now', async () => {
  const store = await openIn(temporaryFolder())
  await store.saveNetworkReading([price(1, AT_MS + 300 * DAY_MS)], [])
  await store.saveNetworkReading([price(2, AT_MS)], [])
  expect(await store.readNetworkValues()).toEqual([price(2, AT_MS)])
})
