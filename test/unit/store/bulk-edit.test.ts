import { expect, it } from 'vitest'
import { ASSETS_FOLDER, machineInput, NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

it('a field of many machines is one step of undo, and redo outlasts the program', async () => {
  const folder = temporaryFolder()
  let store = await openIn(folder)
  const { key: siteKey } = await store.addSite(NORTH)
  const keys: number[] = []
  for (let i = 0; i < 12; i++) keys.push((await store.addMachine(machineInput({ siteKey }))).key)
  const prices = async () =>
    new Set(rowsOf(await store.readFleet()).machines.map((machine) => machine['powerPriceUsdPerKwh']))
  await store.updateMachines(keys, { powerPriceUsdPerKwh: 0.046 })
  expect(await prices()).toEqual(new Set([0.046]))
  await store.undo()
  expect(await prices()).toEqual(new Set([null]))
  await store.close()

  store = await openIn(folder)
  expect(await store.readFleetSince(null)).toMatchObject({ redo: 'Power price of 12 machines' })
  await store.redo()
  expect(await prices()).toEqual(new Set([0.046]))
})

it('tells how far a change of many is, and stops whole', async () => {
  const told: number[] = []
  const store = await openIn(temporaryFolder(), { onProgress: ({ done }) => told.push(done) })
  const { key: siteKey } = await store.addSite(NORTH)
  const { key } = await store.addMachine(machineInput({ siteKey }))
  const many = Array.from({ length: 12_000 }, (_, i) => key + i)
  await expect(store.updateMachines(many, { rack: 'R1' })).rejects.toMatchObject({ code: 'not-found' })
  expect(told).toEqual([0, 5000, 10_000])
  expect(rowsOf(await store.readFleet()).machines[0]!['rack']).toBe('')
})

it('what undo remembers of a machine tells each change with both values', async () => {
  const store = await openIn(temporaryFolder())
  const { key: siteKey } = await store.addSite(NORTH)
  const { key } = await store.addMachine(machineInput({ siteKey, id: 'A' }))
  await store.updateMachines([key], { powerPriceUsdPerKwh: 0.046, status: 'off' })
  await store.updateMachines([key], { powerPriceUsdPerKwh: null })
  const changes = await store.readMachineChanges(key)
  expect(changes.map(({ label, fields }) => [label, fields])).toEqual([
    ['Power price of A', [{ name: 'powerPriceUsdPerKwh', before: '0.046 USD/kWh', after: 'the site’s' }]],
    [
      'Power price, Status of A',
      [
        { name: 'powerPriceUsdPerKwh', before: 'the site’s', after: '0.046 USD/kWh' },
        { name: 'status', before: 'Running', after: 'Off' },
      ],
    ],
    ['Added A', []],
  ])
  expect(changes.every(({ atMs }) => atMs !== null)).toBe(true)
})

it('a duplicate gets the policy and the ladder of the one it is made from', async () => {
  const store = await openIn(temporaryFolder(), { assetsFolder: ASSETS_FOLDER })
  const { key: siteKey } = await store.addSite(NORTH)
  const { key } = await store.addMachine(machineInput({ siteKey, id: 'A' }))
  await store.setMachinePolicy([key], 'exempt')
  const copy = await store.addMachine(machineInput({ siteKey, id: 'A2' }), key)
  expect((await store.readContracts()).policies).toEqual([
    { machineKey: key, policy: 'exempt' },
    { machineKey: copy.key, policy: 'exempt' },
  ])
  await expect(store.addMachine(machineInput({ siteKey, id: 'A3' }), 999)).rejects.toMatchObject({
    code: 'not-found',
  })
})
