import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { charge } from '../power/plain-contracts.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const isSample = async (store: Store) => (await store.readSampleNetwork()) !== null

async function importing(store: Store, folder: string, csv: string, mode: 'merge' | 'replace') {
  const path = join(folder, 'own.csv')
  writeFileSync(path, csv)
  const { token } = await store.previewImport(path)
  await store.confirmImport(token, mode)
}

async function sampleFleet() {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.loadSample()
  return { folder, store }
}

describe('the sample network stands beside the sample fleet', () => {
  it('and beside no other: none for an empty fleet, none for machines of one’s own', async () => {
    const store = await openIn(temporaryFolder())
    expect(await store.readSampleNetwork()).toBeNull()
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key }))
    expect(await store.readSampleNetwork()).toBeNull()
    // The sample beside them makes them no sample.
    await store.loadSample()
    expect(await store.readSampleNetwork()).toBeNull()
  })

  it('while its machines and sites are changed, and over a restart', async () => {
    const { folder, store } = await sampleFleet()
    expect(await store.readSampleNetwork()).toMatchObject({
      height: 969_992,
      epoch: { blocks: 296, seconds: 181_506 },
      atMs: Date.UTC(2026, 9, 5, 9, 41, 42),
    })
    const { machines, sites } = await store.readFleet()
    const keys = [...machines.key]
    await store.updateMachines(keys.slice(0, 3), { status: 'off', powerW: 2900, siteKey: sites.key[1]! })
    await store.removeMachines(keys.slice(3, 5))
    await store.updateSite(sites.key[0]!, { ...NORTH, name: 'Hill' }, true)
    expect(await isSample(store)).toBe(true)
    await store.close()
    expect(await isSample(await openIn(folder))).toBe(true)
  })

  it('until a machine is added by hand; taken back it is the sample again', async () => {
    const { store } = await sampleFleet()
    const { sites } = await store.readFleet()
    const { key } = await store.addMachine(machineInput({ siteKey: sites.key[0]! }))
    expect(await isSample(store)).toBe(false)
    await store.undo()
    expect(await isSample(store)).toBe(true)
    await store.redo()
    expect(await isSample(store)).toBe(false)
    await store.removeMachines([key])
    expect(await isSample(store)).toBe(true)
  })

  it.each([
    ['of other machines', 'id,site,hashrate_ths,power_w\nrig,Own,100,3000\n'],
    ['of one of its own machines', 'id,site,hashrate_ths,power_w\nN01,North,14,1400\n'],
  ])('until a file is imported: one %s', async (_, csv) => {
    for (const mode of ['merge', 'replace'] as const) {
      const { folder, store } = await sampleFleet()
      await importing(store, folder, csv, mode)
      expect(await isSample(store)).toBe(false)
      await store.undo()
      expect(await isSample(store)).toBe(true)
    }
  })

  it('not its own export, which a file is like any other', async () => {
    const { folder, store } = await sampleFleet()
    const path = join(folder, 'out.csv')
    await store.exportCsv(path)
    const { token } = await store.previewImport(path)
    await store.confirmImport(token, 'replace')
    expect(await isSample(store)).toBe(false)
  })

  it('until the fleet is empty', async () => {
    const { store } = await sampleFleet()
    const { machines, sites } = await store.readFleet()
    await store.removeMachines([...machines.key])
    expect(await isSample(store)).toBe(false)
    await store.undo()
    for (const key of sites.key) await store.removeSite(key)
    expect(await isSample(store)).toBe(false)
  })

  it('and what is beside the machines is counted with the fleet', async () => {
    const { store } = await sampleFleet()
    const { sites } = await store.readFleet()
    expect(await store.readFleet()).toMatchObject({ contracts: 0, ladders: 0 })
    const key = sites.key[0]!
    await store.putContract(key, {
      ...NO_CONTRACT,
      demandCharge: charge(12, { isAlreadySet: true }),
    })
    await store.putLadder({
      model: 'Antminer S19 95T',
      firmware: '',
      source: 'metered',
      points: [
        { name: 'low', hashrateThs: 70, powerW: 2100 },
        { name: 'full', hashrateThs: 95, powerW: 3250 },
      ],
    })
    expect(await store.readFleet()).toMatchObject({ contracts: 1, ladders: 1 })
    expect(await store.readFleetSince(null)).toMatchObject({ contracts: 1, ladders: 1 })
    await store.putContract(key, null)
    expect((await store.readFleet()).contracts).toBe(0)
  })
})
