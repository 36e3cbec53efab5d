import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import type { RateRow } from '#shared/domain/power/currency.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { NORTH, openIn, temporaryFolder } from './stores.ts'

const DAY_MS = 86_400_000
const AT_MS = Date.UTC(2025, 10, 20, 12)

const rate = (usdPerUnit: number, fetchedAtMs: number, change: Partial<RateRow> = {}): RateRow => ({
  currency: 'EUR',
  usdPerUnit,
  source: 'kraken',
  asOfMs: fetchedAtMs - 1000,
  fetchedAtMs,
  ...change,
})

describe('rates', () => {
  it('of each currency and source the latest counts, also after a restart', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    // under a clock that was ahead by a year
    await store.saveRates([rate(1.5, AT_MS + 365 * 86_400_000)])
    await store.saveRates([rate(1.05, AT_MS - 10), rate(1.07, AT_MS - 5, { source: 'mempool' })])
    await store.saveRates([rate(1.08, AT_MS), rate(0.0066, AT_MS, { currency: 'JPY' })])
    await store.close()
    const rows = await (await openIn(folder)).readRates()
    expect(rows).toHaveLength(3)
    expect(rows).toEqual(
      expect.arrayContaining([
        rate(1.08, AT_MS),
        rate(1.07, AT_MS - 5, { source: 'mempool' }),
        rate(0.0066, AT_MS, { currency: 'JPY' }),
      ]),
    )
  })

  it('a typed one stands beside the fetched ones until it is taken back', async () => {
    const store = await openIn(temporaryFolder())
    await store.saveRates([rate(1.08, AT_MS)])
    await store.typeRate('EUR', 1.1, AT_MS + 1)
    await store.typeRate('EUR', 1.2, AT_MS + 2)
    expect(await store.readRates()).toEqual([
      rate(1.08, AT_MS),
      { currency: 'EUR', usdPerUnit: 1.2, source: 'typed', asOfMs: AT_MS + 2, fetchedAtMs: AT_MS + 2 },
    ])
    await store.typeRate('EUR', null, AT_MS + 3)
    expect(await store.readRates()).toEqual([rate(1.08, AT_MS)])
  })

  it.each([0, -1, NaN, Infinity, 1_000_001])('%d USD is none', async (usdPerUnit) => {
    const store = await openIn(temporaryFolder())
    const refusal = {
      code: 'bad-input',
      field: 'usdPerUnit',
      message: expect.stringContaining(`The rate of EUR is ${usdPerUnit} USD`) as string,
    }
    await expect(store.typeRate('EUR', usdPerUnit, AT_MS)).rejects.toMatchObject(refusal)
    await expect(store.saveRates([rate(1.08, AT_MS), rate(usdPerUnit, AT_MS)])).rejects.toMatchObject(refusal)
    expect(await store.readRates()).toEqual([])
  })

  it('the dollar needs none', async () => {
    const store = await openIn(temporaryFolder())
    await expect(store.typeRate('USD' as 'EUR', 1, AT_MS)).rejects.toMatchObject({ field: 'currency' })
  })

  it('old ones are thinned to one reading a day, and what counts stays', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const readings = Array.from({ length: 48 }, (_, i) =>
      rate(i + 1, AT_MS - 20 * DAY_MS + i * 3_600_000, { asOfMs: 0 }),
    )
    await store.saveRates([
      ...readings,
      rate(99, AT_MS - 15 * DAY_MS, { source: 'mempool' }),
      rate(100, AT_MS),
    ])
    const before = await store.readRates()
    await store.maintain(AT_MS)
    expect(await store.readRates()).toEqual(before)
    const db = new Sqlite(join(folder, DATABASE_NAME), { readonly: true })
    const left = db.prepare<[], number>('SELECT usd_per_unit FROM rate ORDER BY fetched_at_ms').pluck().all()
    db.close()
    expect(left).toEqual([12, 36, 48, 99, 100])
  })
})

describe('a rate that moves', () => {
  const ridge: SiteInput = {
    ...NORTH,
    name: 'Ridge',
    tariff: { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0 },
  }
  const stateOf = async (store: Store) => {
    const { revision, undo, redo } = await store.readFleet()
    return { revision, undo, redo }
  }

  it('raises the revision of the fleet where a site pays in that currency, and takes no step of undo', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite(NORTH)
    await store.addSite(ridge)
    await store.removeSite(1)
    await store.undo()
    expect(await stateOf(store)).toEqual({
      revision: 4,
      undo: 'Added site Ridge',
      redo: 'Removed site North',
    })
    expect(await store.saveRates([rate(1.08, AT_MS)])).toEqual({ fleetChanged: true })
    expect(await store.typeRate('EUR', 1.1, AT_MS)).toEqual({ fleetChanged: true })
    expect(await stateOf(store)).toEqual({
      revision: 6,
      undo: 'Added site Ridge',
      redo: 'Removed site North',
    })
    // What could be taken back still can, and does not take the rate with it.
    await store.redo()
    await store.undo()
    await store.undo()
    expect((await store.readFleet()).sites.name).toEqual(['North'])
    await store.redo()
    expect((await store.readFleet()).sites.powerPriceUsdPerKwh[1]).toBeCloseTo(0.055, 12)
  })

  it.each([
    ['the same value again', [rate(1.08, AT_MS + 60_000)]],
    ['a currency that no site pays in', [rate(0.0066, AT_MS, { currency: 'JPY' })]],
    ['an older one of another source', [rate(1.5, AT_MS - 60_000, { source: 'mempool' })]],
    ['nothing', []],
  ] as const)('leaves the revision where it is: %s', async (_, rows) => {
    const store = await openIn(temporaryFolder())
    await store.addSite(ridge)
    await store.saveRates([rate(1.08, AT_MS)])
    const before = await stateOf(store)
    expect(await store.saveRates(rows)).toEqual({ fleetChanged: false })
    expect(await stateOf(store)).toEqual(before)
  })

  it('is not held up by what another source said while the clock was ahead', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite(ridge)
    await store.saveRates([rate(1.5, Date.now() + 300 * DAY_MS, { source: 'coinbase' })])
    expect(await store.saveRates([rate(1.08, AT_MS)])).toEqual({ fleetChanged: true })
    expect((await store.readFleet()).sites.powerPriceUsdPerKwh[0]).toBeCloseTo(0.054, 12)
  })

  it('says nothing while a typed rate counts, and again when that is taken back', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite(ridge)
    await store.typeRate('EUR', 1.1, AT_MS)
    expect(await store.saveRates([rate(1.08, AT_MS + 1)])).toEqual({ fleetChanged: false })
    expect(await store.typeRate('EUR', 1.1, AT_MS + 2)).toEqual({ fleetChanged: false })
    expect(await store.typeRate('EUR', null, AT_MS + 3)).toEqual({ fleetChanged: true })
  })

  it('still notices what another program has changed', async () => {
    const folder = temporaryFolder()
    const [ours, theirs] = [await openIn(folder), await openIn(folder)]
    await ours.addSite(ridge)
    await theirs.addSite(NORTH)
    await ours.saveRates([rate(1.08, AT_MS)])
    expect(await stateOf(ours)).toEqual({ revision: 3, undo: 'Added site North', redo: null })
    expect((await stateOf(theirs)).revision).toBe(3)
  })
})
