import { expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { machineInput, NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

const AT = Date.UTC(2025, 10, 20)

async function fleetOf(store: Store, ids: readonly string[]) {
  const { key: siteKey } = await store.addSite(NORTH)
  const keys: number[] = []
  for (const id of ids)
    keys.push((await store.addMachine(machineInput({ siteKey, id, notes: `of ${id}`, quantity: 3 }))).key)
  return { siteKey, keys }
}
const idsIn = async (store: Store) => rowsOf(await store.readFleet()).machines.map(({ id }) => id)

it('archived machines are in no column and no count, and come back as they were', async () => {
  const store = await openIn(temporaryFolder())
  const { keys } = await fleetOf(store, ['A', 'B', 'C'])
  await store.setMachinePolicy([keys[1]!], 'protected')
  const before = rowsOf(await store.readFleet()).machines[1]!
  await store.archiveMachines([keys[1]!], AT)
  expect(await idsIn(store)).toEqual(['A', 'C'])
  expect(await store.readBackups()).toMatchObject({ now: { machines: 6 } })
  const { machines, ...counts } = await store.readArchive('')
  expect(counts).toEqual({ total: 1, found: 1 })
  expect(machines).toMatchObject([{ id: 'B', site: 'North', quantity: 3, archivedAtMs: AT }])

  await store.bringBack([machines[0]!.key])
  const after = rowsOf(await store.readFleet()).machines.find(({ id }) => id === 'B')!
  expect(after).toEqual(before)
  expect((await store.readContracts()).policies).toEqual([{ machineKey: after.key, policy: 'protected' }])
  expect(await store.readArchive('')).toEqual({ total: 0, found: 0, machines: [] })
})

it('what undo remembers of it is still its own, and going back and forth keeps its key', async () => {
  const store = await openIn(temporaryFolder())
  const { keys } = await fleetOf(store, ['A', 'B'])
  const [key] = keys as [number]
  await store.updateMachines([key], { rack: 'R1' })
  await store.archiveMachines([key], AT)
  await store.bringBackIds(['A'])
  expect((await store.readMachineChanges(key)).map(({ label }) => label)).toEqual([
    'Brought back A',
    'Archived A',
    'Rack of A',
    'Added A',
  ])
  await store.undo()
  expect(await idsIn(store)).toEqual(['B'])
  await store.undo()
  expect(await idsIn(store)).toEqual(['A', 'B'])
  await store.redo()
  await store.redo()
  expect(rowsOf(await store.readFleet()).machines.map((machine) => machine.key)).toEqual(keys)
})

it('a ladder of its own goes along and comes back', async () => {
  const store = await openIn(temporaryFolder())
  const { keys } = await fleetOf(store, ['A'])
  const ladder = {
    model: '',
    firmware: 'LuxOS',
    source: 'meter',
    points: [
      { name: 'low', hashrateThs: 60, powerW: 1500 },
      { name: 'high', hashrateThs: 104, powerW: 3068.123456789 },
    ],
  }
  await store.takeParts(
    { contracts: [], policies: [], ladders: [], lotLadders: [{ id: 'A', ladder }], prices: [], limits: {} },
    { fileName: 'own.csv', replace: true, leaveUnknown: false },
  )
  await store.archiveMachines(keys, AT)
  expect(await store.readLotLadders()).toEqual([])
  await store.bringBackIds(['A'])
  expect((await store.readLotLadders()).map(({ ladder: own }) => own.points)).toEqual([ladder.points])
})

it('undo and redo go through the archive, also after the file is opened again', async () => {
  const folder = temporaryFolder()
  let store = await openIn(folder)
  const { keys } = await fleetOf(store, ['A', 'B'])
  await store.archiveMachines(keys, AT)
  await store.undo()
  expect(await idsIn(store)).toEqual(['A', 'B'])
  expect((await store.readArchive('')).total).toBe(0)
  await store.close()

  store = await openIn(folder)
  expect(await store.readFleetSince(null)).toMatchObject({ undo: 'Added B', redo: 'Archived 2 machines' })
  await store.redo()
  expect(await idsIn(store)).toEqual([])
  expect((await store.readArchive('')).machines.map(({ id }) => id)).toEqual(['B', 'A'])
  await store.close()

  store = await openIn(folder)
  await store.undo()
  expect(await idsIn(store)).toEqual(['A', 'B'])
})

it('an id is free once its machine is archived, and then that one does not come back beside it', async () => {
  const store = await openIn(temporaryFolder())
  const { siteKey, keys } = await fleetOf(store, ['A'])
  await store.archiveMachines(keys, AT)
  const { key } = await store.addMachine(machineInput({ siteKey, id: 'A' }))
  await expect(store.bringBackIds(['A'])).rejects.toMatchObject({ code: 'conflict' })
  await store.archiveMachines([key], AT + 1)
  expect((await store.readArchive('a')).machines.map(({ archivedAtMs }) => archivedAtMs)).toEqual([
    AT + 1,
    AT,
  ])
})

it('where its site is gone it waits for one of that name', async () => {
  const store = await openIn(temporaryFolder())
  const { siteKey, keys } = await fleetOf(store, ['A'])
  await store.archiveMachines(keys, AT)
  await store.removeSite(siteKey)
  await expect(store.bringBackIds(['A'])).rejects.toThrow(/North, which is no longer in the fleet/)
  await store.addSite(NORTH)
  await store.bringBackIds(['A'])
  expect(await idsIn(store)).toEqual(['A'])
})

it('all or none: one that is gone leaves the rest where it is', async () => {
  const store = await openIn(temporaryFolder())
  const { keys } = await fleetOf(store, ['A', 'B'])
  await expect(store.archiveMachines([...keys, 999], AT)).rejects.toMatchObject({ code: 'not-found' })
  expect(await idsIn(store)).toEqual(['A', 'B'])
  expect((await store.readArchive('')).total).toBe(0)
})

it('search of the archive looks into id, model and site', async () => {
  const store = await openIn(temporaryFolder())
  const { keys } = await fleetOf(store, ['rig-7', 'rig-8'])
  await store.archiveMachines(keys, AT)
  expect(await store.readArchive('RIG-7')).toMatchObject({ total: 2, found: 1 })
  expect(await store.readArchive('north')).toMatchObject({ total: 2, found: 2 })
  expect(await store.readArchive('s19j pro')).toMatchObject({ found: 2 })
})

it('a backup and a file for another computer hold the archive', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const { keys } = await fleetOf(store, ['A', 'B'])
  await store.archiveMachines([keys[0]!], AT)
  const { name } = await store.makeBackup(AT)
  await store.bringBackIds(['A'])
  await store.restoreBackup(name, AT)
  expect((await store.readArchive('')).machines.map(({ id }) => id)).toEqual(['A'])
  expect(await idsIn(store)).toEqual(['B'])
})
