import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import Sqlite from 'better-sqlite3'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { machineInput, NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

const SPRING = {
  ...{ name: 'Spring 2025', boughtAtMs: Date.UTC(2025, 3, 1), lifeDays: 1461 },
  ...{ costUsd: 123_456_789.01, salvageUsd: 12_000.5 },
}
const purchasesOf = async (store: Awaited<ReturnType<typeof openIn>>) =>
  rowsOf(await store.readFleet()).machines.map(({ purchase }) => purchase)

it('purchases outlast the program to the cent, and each change is a step of undo', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const { key } = await store.putPurchase(null, SPRING)
  await store.close()
  const again = await openIn(folder)
  expect(await again.readPurchases()).toEqual([{ ...SPRING, key }])
  await again.putPurchase(key, { ...SPRING, boughtAtMs: null, costUsd: 9e8 })
  await again.removePurchase(key)
  expect(await again.readPurchases()).toEqual([])
  await again.undo()
  expect(await again.readPurchases()).toEqual([{ ...SPRING, key, boughtAtMs: null, costUsd: 9e8 }])
  await again.undo()
  await again.undo()
  expect(await again.readPurchases()).toEqual([])
  await again.redo()
  expect(await again.readPurchases()).toEqual([{ ...SPRING, key }])
})

it('machines follow a new name in the same step, and keep the name of one that is removed', async () => {
  const store = await openIn(temporaryFolder())
  const { key: siteKey } = await store.addSite(NORTH)
  const keys: number[] = []
  for (const [id, purchase] of Object.entries({ A: 'Spring 2025', B: ' spring 2025', C: 'Other', D: '' }))
    keys.push((await store.addMachine(machineInput({ siteKey, id, purchase }))).key)
  const { key } = await store.putPurchase(null, SPRING)
  await store.putPurchase(key, { ...SPRING, name: 'March 2025' })
  expect(await purchasesOf(store)).toEqual(['March 2025', 'March 2025', 'Other', ''])
  await store.undo()
  expect(await purchasesOf(store)).toEqual(['Spring 2025', ' spring 2025', 'Other', ''])
  await store.updateMachines(keys, { purchase: 'Spring 2025' })
  await store.removePurchase(key)
  expect(await purchasesOf(store)).toEqual(Array(4).fill('Spring 2025'))
  await store.undo()
  await store.undo()
  expect((await purchasesOf(store))[2]).toBe('Other')
})

it.each([
  [{ name: 'SPRING 2025 ' }, 'name'],
  [{ name: '' }, 'name'],
  [{ name: 'x', costUsd: 3, salvageUsd: 4 }, 'salvageUsd'],
  [{ name: 'x', lifeDays: 0 }, 'lifeDays'],
  [{ name: 'x', costUsd: 2e9 }, 'costUsd'],
])('refuses %o and stores nothing', async (change, field) => {
  const store = await openIn(temporaryFolder())
  await store.putPurchase(null, SPRING)
  await expect(store.putPurchase(null, { ...SPRING, ...change })).rejects.toMatchObject({
    code: 'bad-input',
    field,
  })
  expect(await store.readPurchases()).toHaveLength(1)
  await expect(store.removePurchase(99)).rejects.toMatchObject({ code: 'not-found' })
})

it('a purchase whose row was changed on the disk is refused, not computed with', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  await store.putPurchase(null, SPRING)
  await store.close()
  const db = new Sqlite(join(folder, DATABASE_NAME))
  db.exec('UPDATE purchase SET cost_nusd = cost_nusd - 1000000000')
  db.close()
  await expect(openIn(folder).then((again) => again.readPurchases())).rejects.toMatchObject({
    code: 'database-broken',
  })
})

it('a file brings the field under several headings, and an export gives it back', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const path = join(folder, 'fleet.csv')
  writeFileSync(
    path,
    'id,site,power_price_usd_kwh,hashrate_ths,power_w,Purchase Lot\na,North,0.05,200,3500,Spring 2025\nb,North,0.05,200,3500,\n',
  )
  const { token } = await store.previewImport(path)
  await store.confirmImport(token, 'merge')
  expect(await purchasesOf(store)).toEqual(['Spring 2025', ''])
  const out = join(folder, 'out.csv')
  await store.exportCsv(out)
  const back = await store.previewImport(out)
  await store.confirmImport(back.token, 'replace')
  expect(await purchasesOf(store)).toEqual(['Spring 2025', ''])
})
