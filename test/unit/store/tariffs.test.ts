import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import { marginsUsdPerDay, prepareMargins } from '#shared/domain/margins/fleet-margins.ts'
import type { ImportMode, Store } from '#electron/store/sqlite/client.ts'
import { machineInput, openIn, rowsOf, temporaryFolder } from './stores.ts'

const AT_MS = Date.UTC(2025, 10, 20, 12)
const EUR_USD = 1.0834
const EUR = { currency: 'EUR', powerPricePerKwh: 0.058, otherPerKwh: 0.004 } as const
const RIDGE: SiteInput = {
  name: 'Ridge',
  powerPriceUsdPerKwh: null,
  otherUsdPerKwh: 0,
  overhead: 0.03,
  tariff: EUR,
}

const saveRate = (store: Store, usdPerUnit: number, currency: 'EUR' | 'JPY' = 'EUR', atMs = AT_MS) =>
  store.saveRates([{ currency, usdPerUnit, source: 'kraken', asOfMs: atMs, fetchedAtMs: atMs }])
const siteOf = async (store: Store, row = 0) => rowsOf(await store.readFleet()).sites[row]!
const ownOf = async (store: Store) =>
  rowsOf(await store.readFleet()).machines.map((row) => [
    row.id,
    row['powerPriceUsdPerKwh'],
    row['otherUsdPerKwh'],
  ])

/** Ridge with the machines rig-1 (as the site) and rig-2 (a price and another cost of its own), and a rate of 1.0834. */
async function ridge(): Promise<Store> {
  const store = await openIn(temporaryFolder())
  const { key: siteKey } = await store.addSite(RIDGE)
  await store.addMachine(machineInput({ siteKey, id: 'rig-1' }))
  await store.addMachine(
    machineInput({ siteKey, id: 'rig-2', powerPriceUsdPerKwh: 0.07, otherUsdPerKwh: 0.001 }),
  )
  await saveRate(store, EUR_USD)
  return store
}

describe('a site with a tariff', () => {
  it('keeps it to the last decimal, and its figures in USD follow from the rate in force', async () => {
    const folder = temporaryFolder()
    const first = await openIn(folder)
    const { key } = await first.addSite(RIDGE)
    await saveRate(first, EUR_USD)
    await first.close()

    const store = await openIn(folder)
    const { tariffs } = await store.readFleet()
    expect(tariffs).toEqual([{ siteKey: key, ...EUR }])
    expect(await siteOf(store)).toEqual({
      key,
      name: 'Ridge',
      powerPriceUsdPerKwh: 0.058 * EUR_USD,
      otherUsdPerKwh: 0.004 * EUR_USD,
      overhead: 0.03,
    })
    await store.typeRate('EUR', 1.2, AT_MS - 1)
    expect((await siteOf(store)).powerPriceUsdPerKwh).toBe(0.058 * 1.2)
  })

  it('does not read the figures in USD that come with it', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite({ ...RIDGE, powerPriceUsdPerKwh: 0.9, otherUsdPerKwh: 0.9 })
    expect(await siteOf(store)).toMatchObject({ powerPriceUsdPerKwh: null, otherUsdPerKwh: null })
  })

  it('has neither margin nor break-even where the rate is not known, though its machines may', async () => {
    const store = await openIn(temporaryFolder())
    const { key: siteKey } = await store.addSite(RIDGE)
    await store.addMachine(machineInput({ siteKey, id: 'as the site' }))
    await store.addMachine(machineInput({ siteKey, id: 'own price', powerPriceUsdPerKwh: 0.07 }))
    await store.addMachine(
      machineInput({ siteKey, id: 'all its own', powerPriceUsdPerKwh: 0.07, otherUsdPerKwh: 0 }),
    )
    // Another cost that is not known is not 0: neither of the first two has a margin.
    const basis = prepareMargins(await store.readFleet())
    expect([...basis.counted]).toEqual([0, 0, 1])
    expect([...marginsUsdPerDay(basis, 40)].map(Number.isNaN)).toEqual([true, true, false])
    expect([...basis.breakevenHashpriceUsdPerPhDay].map(Number.isNaN)).toEqual([true, true, false])
    expect([...basis.standbyCostUsdPerDay].map(Number.isNaN)).toEqual([true, true, false])

    await saveRate(store, EUR_USD)
    expect([...prepareMargins(await store.readFleet()).counted]).toEqual([1, 1, 1])
  })

  it('may be without a power price', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite({ ...RIDGE, tariff: { ...EUR, powerPricePerKwh: null } })
    await saveRate(store, EUR_USD)
    expect(await siteOf(store)).toMatchObject({
      powerPriceUsdPerKwh: null,
      otherUsdPerKwh: 0.004 * EUR_USD,
    })
    expect((await store.readFleet()).tariffs[0]?.powerPricePerKwh).toBeNull()
  })
})

describe('a change of a tariff', () => {
  it('comes back with undo and redo, to the currency', async () => {
    const store = await ridge()
    const before = await store.readFleet()
    await store.updateSite(
      1,
      { ...RIDGE, tariff: { currency: 'JPY', powerPricePerKwh: 9.5, otherPerKwh: 0 } },
      false,
    )
    expect((await store.readFleet()).undo).toBe('Tariff of Ridge')
    expect(await siteOf(store)).toMatchObject({ powerPriceUsdPerKwh: null, otherUsdPerKwh: 0 })
    await store.undo()
    const back = await store.readFleet()
    expect(back.tariffs).toEqual([{ siteKey: 1, ...EUR }])
    expect(rowsOf(back)).toEqual(rowsOf(before))
    await store.redo()
    expect((await store.readFleet()).tariffs).toEqual([
      { siteKey: 1, currency: 'JPY', powerPricePerKwh: 9.5, otherPerKwh: 0 },
    ])
  })

  it('that takes it away leaves the price in USD, and undo brings it back', async () => {
    const store = await ridge()
    await store.updateSite(
      1,
      { ...RIDGE, powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0.001, tariff: null },
      false,
    )
    const { tariffs, undo } = await store.readFleet()
    expect([tariffs, undo]).toEqual([[], 'Tariff of Ridge'])
    expect(await siteOf(store)).toMatchObject({ powerPriceUsdPerKwh: 0.06, otherUsdPerKwh: 0.001 })
    expect(await saveRate(store, 1.2, 'EUR', AT_MS + 1)).toEqual({ fleetChanged: false })
    await store.undo()
    expect((await siteOf(store)).powerPriceUsdPerKwh).toBe(0.058 * 1.2)
  })

  it.each([
    [{ ...RIDGE, name: 'Crest', overhead: 0.1 }, 'Name, overhead of Ridge'],
    [{ ...RIDGE, name: 'Crest', tariff: { ...EUR, otherPerKwh: 0 } }, 'Name, tariff of Ridge'],
    [{ ...RIDGE, tariff: { ...EUR, currency: 'CHF' as const } }, 'Tariff of Ridge'],
  ])('is called by what it changes', async (site, label) => {
    const store = await ridge()
    await store.updateSite(1, site, false)
    expect((await store.readFleet()).undo).toBe(label)
  })

  it('that changes nothing is none', async () => {
    const store = await ridge()
    const { revision } = await store.readFleet()
    expect(await store.updateSite(1, { ...RIDGE, powerPriceUsdPerKwh: 0.5 }, true)).toEqual({ revision })
  })

  it.each([
    ['another price', { ...EUR, powerPricePerKwh: 0.06 }, [null, 0.001]],
    ['another cost', { ...EUR, otherPerKwh: 0 }, [0.07, null]],
    ['another currency', { ...EUR, currency: 'CHF' as const }, [null, null]],
    ['dollars', null, [null, null]],
  ])('%s: machines take the site’s again where it is asked for', async (_, tariff, [price, other]) => {
    const store = await ridge()
    const site = { ...RIDGE, tariff, powerPriceUsdPerKwh: 0.058, otherUsdPerKwh: 0.004 }
    await store.updateSite(1, site, false)
    expect((await ownOf(store))[1]).toEqual(['rig-2', 0.07, 0.001])
    await store.undo()
    await store.updateSite(1, site, true)
    expect((await ownOf(store))[1]).toEqual(['rig-2', price, other])
  })
})

describe('a tariff that cannot be meant is refused in its own currency', () => {
  it.each([
    [{ ...EUR, powerPricePerKwh: 5.8 }, 'tariff.powerPricePerKwh', /EUR per kWh is 5\.8.*Then write 0\.058/],
    [{ ...EUR, otherPerKwh: -1 }, 'tariff.otherPerKwh', /from -0\.923 to 0\.923 \(1 EUR = 1\.0834 USD\)/],
    [{ ...EUR, powerPricePerKwh: NaN }, 'tariff.powerPricePerKwh', /NaN/],
    [{ ...EUR, currency: 'CHF' as const, otherPerKwh: 2e6 }, 'tariff.otherPerKwh', /-1000000 to 1000000\./],
    [{ ...EUR, currency: 'USD' as 'EUR' }, 'tariff.currency', /in USD; it must be in one of EUR/],
  ])('%o', async (tariff, field, words) => {
    const store = await ridge()
    const refusal = { code: 'bad-input', field, message: expect.stringMatching(words) as string }
    await expect(store.updateSite(1, { ...RIDGE, tariff }, false)).rejects.toMatchObject(refusal)
    await expect(store.addSite({ ...RIDGE, name: 'West', tariff })).rejects.toMatchObject(refusal)
    expect((await store.readFleet()).tariffs).toEqual([{ siteKey: 1, ...EUR }])
  })

  it('the same number is fine in a small currency', async () => {
    const store = await ridge()
    await saveRate(store, 0.0066, 'JPY')
    await store.updateSite(
      1,
      { ...RIDGE, tariff: { currency: 'JPY', powerPricePerKwh: 12, otherPerKwh: 0 } },
      false,
    )
    expect((await siteOf(store)).powerPriceUsdPerKwh).toBeCloseTo(0.0792, 12)
  })
})

describe('a file speaks USD', () => {
  async function exportText(store: Store): Promise<string> {
    const path = join(temporaryFolder(), 'fleet.csv')
    await store.exportCsv(path)
    return readFileSync(path, 'utf8')
  }
  async function importText(store: Store, text: string, mode: ImportMode) {
    const path = join(temporaryFolder(), 'fleet.csv')
    writeFileSync(path, text)
    return store.confirmImport((await store.previewImport(path)).token, mode)
  }
  const HEADER = 'id,site,hashrate_ths,power_w,power_price_usd_kwh,other_usd_kwh'

  it.each(['merge', 'replace'] as const)(
    'with the values in force; it comes back without a change (%s)',
    async (mode) => {
      const store = await ridge()
      const text = await exportText(store)
      expect(text).toContain(`,Ridge,${0.058 * EUR_USD},`)
      const before = await store.readFleet()
      await importText(store, text, mode)
      const after = await store.readFleet()
      expect(after.tariffs).toEqual(before.tariffs)
      expect(rowsOf(after)).toEqual(rowsOf(before))
    },
  )

  it('and gives the figures themselves where they go elsewhere', async () => {
    const text = await exportText(await ridge())
    const other = await openIn(temporaryFolder())
    await importText(other, text, 'merge')
    const { tariffs } = await other.readFleet()
    expect(tariffs).toEqual([])
    expect((await siteOf(other)).powerPriceUsdPerKwh).toBeCloseTo(0.058 * EUR_USD, 9)
  })

  it('merged into a site with a tariff it leaves the site alone, even where the rate has left the bounds', async () => {
    const store = await ridge()
    await store.typeRate('EUR', 500, AT_MS)
    await importText(store, `${HEADER}\nrig-1,ridge,104,3068,0.09,0.004\n`, 'merge')
    expect((await store.readFleet()).tariffs).toEqual([{ siteKey: 1, ...EUR }])
    expect(await ownOf(store)).toEqual([
      ['rig-1', 0.09, 0.004],
      ['rig-2', 0.07, 0.001],
    ])
  })

  it('in a replacement its price takes the tariff’s place, and undo brings the tariff back', async () => {
    const store = await ridge()
    await importText(store, `${HEADER}\nrig-1,Ridge,104,3068,0.09,0.004\n`, 'replace')
    expect((await store.readFleet()).tariffs).toEqual([])
    expect(await siteOf(store)).toMatchObject({ powerPriceUsdPerKwh: 0.09, otherUsdPerKwh: 0.004 })
    expect(await ownOf(store)).toEqual([['rig-1', null, null]])
    await store.undo()
    expect((await store.readFleet()).tariffs).toEqual([{ siteKey: 1, ...EUR }])
  })

  it('in a replacement without prices the tariff stays', async () => {
    const store = await ridge()
    await importText(store, 'id,site,hashrate_ths,power_w\nrig-1,Ridge,104,3068\n', 'replace')
    expect((await store.readFleet()).tariffs).toEqual([{ siteKey: 1, ...EUR }])
    expect(await ownOf(store)).toEqual([['rig-1', null, null]])
  })

  it('never turns a cost that is not known into none', async () => {
    const store = await openIn(temporaryFolder())
    const { key: siteKey } = await store.addSite(RIDGE)
    await store.addMachine(machineInput({ siteKey, id: 'rig-1' }))
    await expect(exportText(store)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/Ridge pays its other cost in EUR, whose rate is not known/) as string,
    })
    const onlyPrice = 'id,site,hashrate_ths,power_w,power_price_usd_kwh\nrig-1,Ridge,104,3068,0.09\n'
    await expect(importText(store, onlyPrice, 'replace')).rejects.toMatchObject({
      code: 'bad-input',
      field: 'other_usd_kwh',
    })
    expect((await store.readFleet()).tariffs).toEqual([{ siteKey, ...EUR }])
    await importText(store, `${HEADER}\nrig-1,Ridge,104,3068,0.09,0.004\n`, 'replace')
    expect(await siteOf(store)).toMatchObject({ powerPriceUsdPerKwh: 0.09, otherUsdPerKwh: 0.004 })
  })
})
