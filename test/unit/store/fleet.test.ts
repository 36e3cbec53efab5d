import { each, TEXT_NAMES } from '#shared/domain/fleet/fields.ts'
import { packedBytes } from '#shared/domain/fleet/packed.ts'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { machineInput, NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

describe('sites and machines', () => {
  it('are all there after a restart, to the last decimal', async () => {
    const folder = temporaryFolder()
    const first = await openIn(folder)
    const site = await first.addSite(NORTH)
    await first.addMachine(machineInput({ siteKey: site.key, id: 'rig-1', powerPriceUsdPerKwh: 0.041234567 }))
    await first.addMachine(
      machineInput({ siteKey: site.key, hashrateThs: null, powerW: null, status: 'repair' }),
    )
    const before = await first.readFleet()
    await first.close()

    const after = await (await openIn(folder)).readFleet()
    expect(rowsOf(after)).toEqual(rowsOf(before))
    expect(after.revision).toBe(3)
    expect(rowsOf(after).sites).toEqual([{ key: site.key, ...NORTH }])
    expect(rowsOf(after).machines).toMatchObject([
      { id: 'rig-1', powerPriceUsdPerKwh: 0.041234567, otherUsdPerKwh: null, fixedUsdPerDay: 0.123456789 },
      { id: 'M2', hashrateThs: null, powerW: null, powerPriceUsdPerKwh: null, status: 'repair' },
    ])
  })

  it('come as columns over one buffer, which is the receiver’s own', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, id: 'grün-1' }))
    await store.addMachine(machineInput({ siteKey: key, id: '日本-2' }))
    const { machines } = await store.readFleet()
    const { buffer } = machines.id.bytes
    expect(buffer.byteLength).toBe(packedBytes(2, { ...each(TEXT_NAMES, () => 0), id: 15 }))
    for (const { buffer: other } of [machines.key, machines.powerW, machines.site, machines.id.offsets])
      expect(other).toBe(buffer)
    expect([...machines.id.offsets]).toEqual([0, 7, 15])
    expect(rowsOf(await store.readFleet()).machines.map(({ id }) => id)).toEqual(['grün-1', '日本-2'])
  })

  it('keeps the file for its owner alone', async () => {
    const folder = temporaryFolder()
    const store = await openIn(join(folder, 'made', 'by', 'us'))
    await store.addSite(NORTH)
    for (const name of [DATABASE_NAME, `${DATABASE_NAME}-wal`]) {
      expect(statSync(join(folder, 'made', 'by', 'us', name)).mode & 0o777).toBe(0o600)
    }
  })

  it('changes the fields of a patch and no others, for all keys or for none', async () => {
    const store = await openIn(temporaryFolder())
    const north = await store.addSite(NORTH)
    const south = await store.addSite({ ...NORTH, name: 'South' })
    const a = await store.addMachine(machineInput({ siteKey: north.key }))
    const b = await store.addMachine(machineInput({ siteKey: north.key }))
    const before = rowsOf(await store.readFleet()).machines
    await store.updateMachines([a.key, b.key], {
      status: 'off',
      siteKey: south.key,
      powerPriceUsdPerKwh: 0.04,
    })
    const after = rowsOf(await store.readFleet()).machines
    expect(after).toEqual(
      before.map((row) => ({ ...row, status: 'off', site: 'South', powerPriceUsdPerKwh: 0.04 })),
    )

    await store.removeMachines([b.key])
    await expect(store.updateMachines([a.key, b.key], { status: 'running' })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(store.removeMachines([a.key, b.key])).rejects.toMatchObject({ code: 'not-found' })
    expect(rowsOf(await store.readFleet()).machines).toEqual(after.slice(0, 1))
  })

  it('keeps which machine it is and where it stands, whatever the alphabet', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    const { key: siteKey } = await store.addSite(NORTH)
    const places = {
      serial: 'SN-7',
      rack: 'Größe 矿',
      position: '4/2',
      ip: '10.0.0.7',
      mac: '02:00:00:00:00:07',
    }
    await store.addMachine(machineInput({ siteKey, id: 'a', ...places }))
    const { key } = await store.addMachine(machineInput({ siteKey, id: 'b' }))
    await store.updateMachines([key], { rack: 'R 2', ip: '' })
    await store.close()
    const { machines } = rowsOf(await (await openIn(folder)).readFleet())
    expect(machines[0]).toMatchObject(places)
    expect(machines[1]).toMatchObject({ serial: '', rack: 'R 2', position: '', ip: '', mac: '' })
  })

  it('does not give the key of a removed machine to another', async () => {
    const store = await openIn(temporaryFolder())
    const site = await store.addSite(NORTH)
    const gone = await store.addMachine(machineInput({ siteKey: site.key }))
    await store.removeMachines([gone.key])
    const next = await store.addMachine(machineInput({ siteKey: site.key }))
    expect(next.key).toBeGreaterThan(gone.key)
  })

  it('lets one price at a site move all its machines, those with a price of their own only on request', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, powerPriceUsdPerKwh: 0.09, overhead: 0.1 }))
    const ownPrice = async () => rowsOf(await store.readFleet()).machines[0]!['powerPriceUsdPerKwh']
    await store.updateSite(key, { ...NORTH, powerPriceUsdPerKwh: 0.06 }, false)
    expect(await ownPrice()).toBe(0.09)
    await store.updateSite(key, { ...NORTH, powerPriceUsdPerKwh: 0.07 }, true)
    expect(await ownPrice()).toBeNull()
    const { machines, sites } = rowsOf(await store.readFleet())
    expect(machines[0]!['overhead']).toBe(0.1)
    expect(sites[0]!.powerPriceUsdPerKwh).toBe(0.07)
  })

  it('removes a site with its machines', async () => {
    const store = await openIn(temporaryFolder())
    const north = await store.addSite(NORTH)
    const south = await store.addSite({ ...NORTH, name: 'South' })
    await store.addMachine(machineInput({ siteKey: north.key, id: 'n' }))
    await store.addMachine(machineInput({ siteKey: south.key, id: 's' }))
    await store.removeSite(north.key)
    const { machines, sites } = rowsOf(await store.readFleet())
    expect(machines.map(({ id, site }) => [id, site])).toEqual([['s', 'South']])
    expect(sites.map(({ name }) => name)).toEqual(['South'])
  })

  it('counts a revision per change, and none for what changes nothing', async () => {
    const store = await openIn(temporaryFolder())
    const { key, revision } = await store.addSite(NORTH)
    expect(revision).toBe(1)
    expect(await store.updateSite(key, NORTH, true)).toEqual({ revision: 1 })
    expect(await store.updateSite(key, { ...NORTH, overhead: 0.2 }, true)).toEqual({ revision: 2 })
    const machine = await store.addMachine(machineInput({ siteKey: key }))
    expect(await store.updateMachines([machine.key], {})).toEqual({ revision: 3 })
  })
})

describe('what cannot be meant is refused in words, with the field', () => {
  it.each([
    [{ powerPriceUsdPerKwh: 7 }, 'powerPriceUsdPerKwh', /cents\? Then write 0\.07/],
    [{ serial: 'x'.repeat(101) }, 'serial', /^Serial number is longer than 100 characters/],
    [{ mac: '02\n00' }, 'mac', /^MAC address contains a control character/],
    [{ poolFee: 2 }, 'poolFee', /percent\? Then write 0\.02/],
    [{ hashrateThs: -1 }, 'hashrateThs', /-1; it must be from 0/],
    [{ hashrateThs: NaN }, 'hashrateThs', /NaN/],
    [{ quantity: 1.5 }, 'quantity', /whole number/],
    [{ quantity: 0 }, 'quantity', /from 1/],
    [{ restartUsd: -3 }, 'restartUsd', /restart/],
  ])('a machine with %o', async (change, field, words) => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    const refusal = { code: 'bad-input', field, message: expect.stringMatching(words) as string }
    await expect(store.addMachine(machineInput({ siteKey: key, ...change }))).rejects.toMatchObject(refusal)
    const { key: sound } = await store.addMachine(machineInput({ siteKey: key }))
    await expect(store.updateMachines([sound], change)).rejects.toMatchObject(refusal)
    expect((await store.readFleet()).revision).toBe(2)
  })

  it('a name or an id that is there already, in any case', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite({ ...NORTH, name: 'Größe' })
    const other = await store.addSite({ ...NORTH, name: 'South' })
    await store.addMachine(machineInput({ siteKey: key, id: 'rig' }))
    const twin = { code: 'bad-input', field: 'name', message: 'There is a site named Größe already.' }
    await expect(store.addSite({ ...NORTH, name: 'GRÖSSE'.replace('SS', 'ß') })).rejects.toMatchObject(twin)
    await expect(store.updateSite(other.key, { ...NORTH, name: 'größe' }, false)).rejects.toMatchObject(twin)
    await expect(store.addMachine(machineInput({ siteKey: key, id: 'rig' }))).rejects.toMatchObject({
      code: 'bad-input',
      field: 'id',
    })
    // Its own name in another spelling is no twin.
    await store.updateSite(key, { ...NORTH, name: 'GRÖßE' }, false)
  })

  it('a site that is gone', async () => {
    const store = await openIn(temporaryFolder())
    const gone = { code: 'not-found' }
    await expect(store.updateSite(99, NORTH, false)).rejects.toMatchObject(gone)
    await expect(store.removeSite(99)).rejects.toMatchObject(gone)
    await expect(store.addMachine(machineInput({ siteKey: 99 }))).rejects.toMatchObject({ field: 'siteKey' })
  })
})
