import { describe, expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { repricedFleet } from '#renderer/state/repriced-fleet.ts'
import { machineInput, NORTH, openIn, rowsOf, temporaryFolder } from '../store/stores.ts'

const AT_MS = Date.UTC(2025, 10, 20, 12)

/** A machine at a site that pays in EUR, one at a site that pays in USD, and a rate. */
async function fleetIn(folder: string): Promise<{ readonly store: Store; readonly usdSite: number }> {
  const store = await openIn(folder)
  const tariff = { currency: 'EUR', powerPricePerKwh: 0.05, otherPerKwh: 0 } as const
  const { key: eurSite } = await store.addSite({ ...NORTH, name: 'Porto', tariff })
  const { key: usdSite } = await store.addSite(NORTH)
  await store.addMachine(machineInput({ siteKey: eurSite, id: 'a' }))
  await store.addMachine(machineInput({ siteKey: usdSite, id: 'b' }))
  await store.typeRate('EUR', 1.1, AT_MS)
  return { store, usdSite }
}

describe('after a rate has moved a price', () => {
  it('the machines stay the ones at hand and the sites are as the database has them', async () => {
    const { store } = await fleetIn(temporaryFolder())
    const known = await store.readFleet()
    await store.typeRate('EUR', 1.2, AT_MS + 1)
    await store.typeRate('EUR', 1.3, AT_MS + 2)
    const repriced = repricedFleet(known, await store.readSites())!
    expect(repriced.machines).toBe(known.machines)
    const now = await store.readFleet()
    expect(repriced).toEqual({ ...now, machines: known.machines })
    expect(rowsOf(repriced)).toEqual(rowsOf(now))
    expect(repriced.sites.powerPriceUsdPerKwh[0]).toBeCloseTo(0.065, 12)
  })

  it('machines that have changed as well are read again, also after undo', async () => {
    const { store, usdSite } = await fleetIn(temporaryFolder())
    const known = await store.readFleet()
    await store.typeRate('EUR', 1.2, AT_MS + 1)
    await store.addMachine(machineInput({ siteKey: usdSite, id: 'c' }))
    await store.typeRate('EUR', 1.3, AT_MS + 2)
    expect(repricedFleet(known, await store.readSites())).toBeNull()
    const later = await store.readFleet()
    await store.undo()
    await store.typeRate('EUR', 1.1, AT_MS + 3)
    expect(repricedFleet(later, await store.readSites())).toBeNull()
    expect(repricedFleet(await store.readFleet(), await store.readSites())).not.toBeNull()
  })

  it('a change by another process is read again', async () => {
    const folder = temporaryFolder()
    const { store, usdSite } = await fleetIn(folder)
    const known = await store.readFleet()
    const other = await openIn(folder)
    await other.addMachine(machineInput({ siteKey: usdSite, id: 'c' }))
    expect(repricedFleet(known, await store.readSites())).toBeNull()
    // What another one's rates have moved is not known to be a price alone.
    const later = await store.readFleet()
    await other.typeRate('EUR', 1.4, AT_MS + 1)
    expect(repricedFleet(later, await store.readSites())).toBeNull()
  })
})
