import { expect, it } from 'vitest'
import { charge, hourly, takeOrPay, tariff } from '../power/plain-contracts.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from './stores.ts'

const CONTRACT: SiteContract = {
  ...NO_CONTRACT,
  timeZone: 'America/Chicago',
  market: hourly(3_600_000, [0.0535, NaN, -0.012], 0.004),
  takeOrPay: takeOrPay({ committedKwhPerDay: 24_000, handBackUsdPerKwh: 0.01, committedUsdPerKwh: 0.05 }),
  demandCharge: charge(12, { isAlreadySet: true }),
}

it('keeps a contract with its site, across a restart of the program', async () => {
  const folder = temporaryFolder()
  const first = await openIn(folder)
  const site = await first.addSite(NORTH)
  await first.putContract(site.key, CONTRACT)
  await first.close()
  const again = await openIn(folder)
  const { contracts } = await again.readContracts()
  expect(contracts).toEqual([{ siteKey: site.key, site: 'North', contract: CONTRACT }])
})

it('takes changes of contracts and policies back and forth', async () => {
  const store = await openIn(temporaryFolder())
  const { key } = await store.addSite(NORTH)
  const machine = await store.addMachine(machineInput({ siteKey: key, id: 'rig' }))
  await store.putContract(key, CONTRACT)
  await store.putContract(key, { ...CONTRACT, takeOrPay: null })
  await store.setMachinePolicy([machine.key], 'protected')
  const read = async () => {
    const { contracts, policies } = await store.readContracts()
    return [contracts[0]?.contract.takeOrPay?.committedKwhPerDay ?? null, policies[0]?.policy ?? 'follow']
  }
  expect(await read()).toEqual([null, 'protected'])
  expect((await store.readFleet()).undo).toBe('Policy of rig')
  await store.undo()
  expect(await read()).toEqual([null, 'follow'])
  expect((await store.readFleet()).undo).toBe('Contract of North')
  await store.undo()
  expect(await read()).toEqual([24_000, 'follow'])
  await store.undo()
  expect((await store.readContracts()).contracts).toEqual([])
  await store.redo()
  await store.redo()
  await store.redo()
  expect(await read()).toEqual([null, 'protected'])
  await store.putContract(key, null)
  expect((await store.readContracts()).contracts).toEqual([])
  await store.undo()
  expect((await store.readContracts()).contracts).toHaveLength(1)
})

it('brings the contract back with a site that was removed', async () => {
  const store = await openIn(temporaryFolder())
  const { key } = await store.addSite(NORTH)
  const machine = await store.addMachine(machineInput({ siteKey: key, id: 'rig' }))
  await store.putContract(key, CONTRACT)
  await store.setMachinePolicy([machine.key], 'exempt')
  await store.removeSite(key)
  expect(await store.readContracts()).toEqual({ contracts: [], policies: [] })
  await store.undo()
  expect(await store.readContracts()).toEqual({
    contracts: [{ siteKey: key, site: 'North', contract: CONTRACT }],
    policies: [{ machineKey: machine.key, policy: 'exempt' }],
  })
})

it('refuses what contradicts itself, and sites and machines that are gone', async () => {
  const store = await openIn(temporaryFolder())
  const { key } = await store.addSite(NORTH)
  const version = tariff({ from: '2026-01-01' })
  await expect(
    store.putContract(key, { ...NO_CONTRACT, tariffs: [version, { ...version, from: '2026-06-01' }] }),
  ).rejects.toMatchObject({ code: 'bad-input', field: 'tariffs[1].from' })
  await expect(
    store.putContract(key, { ...NO_CONTRACT, tariffs: [{ ...version, baseUsdPerKwh: 5 }] }),
  ).rejects.toMatchObject({
    code: 'bad-input',
    field: 'tariffs[0].baseUsdPerKwh',
    message: 'tariffs[0].baseUsdPerKwh: must be a number from -1 to 1 USD per kWh',
  })
  await expect(store.putContract(99, NO_CONTRACT)).rejects.toMatchObject({ code: 'not-found' })
  await expect(store.setMachinePolicy([99], 'exempt')).rejects.toMatchObject({ code: 'not-found' })
  expect((await store.readContracts()).contracts).toEqual([])
})
