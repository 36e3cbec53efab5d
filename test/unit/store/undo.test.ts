import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FleetView } from '#shared/ipc/schemas/fleet.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { machineInput, NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

const stateOf = (fleet: FleetView) => ({ ...rowsOf(fleet), tariffs: fleet.tariffs })
const fleetOf = async (store: Store) => stateOf(await store.readFleet())
const labelsOf = async (store: Store) => {
  const { undo, redo } = await store.readFleet()
  return { undo, redo }
}

async function importText(store: Store, text: string, mode: 'merge' | 'replace' = 'merge'): Promise<void> {
  const path = join(temporaryFolder(), 'rigs.csv')
  writeFileSync(path, text)
  await store.confirmImport((await store.previewImport(path)).token, mode)
}

const FILE =
  'id,site,hashrate_ths,power_w,power_price_usd_kwh\nrig-1,North,90,3000,0.05\nnew-1,West,100,3000,0.06\n'

const CHANGES: readonly (readonly [label: string, change: (store: Store) => Promise<unknown>])[] = [
  ['Added rig-9', (store) => store.addMachine(machineInput({ siteKey: 1, id: 'rig-9' }))],
  ['Power price of 2 machines', (store) => store.updateMachines([1, 2], { powerPriceUsdPerKwh: 0.04 })],
  ['Site, Status of rig-3', (store) => store.updateMachines([3], { status: 'off', siteKey: 2 })],
  ['Serial number, Rack of rig-2', (store) => store.updateMachines([2], { serial: 'SN-2', rack: 'R 1' })],
  [
    'Quantity, Power, Uptime, Pool fee, Host share and 2 more of rig-2',
    (store) =>
      store.updateMachines([2], {
        quantity: 2,
        powerW: 1,
        uptime: 0.5,
        poolFee: 0.02,
        hostShare: 0.1,
        status: 'off',
        mac: '02:00',
      }),
  ],
  ['Removed 3 machines', (store) => store.removeMachines([1, 2, 3])],
  ['Removed rig-2', (store) => store.removeMachines([2])],
  ['Added site West', (store) => store.addSite({ ...NORTH, name: 'West' })],
  [
    'Name, power price of North',
    (store) => store.updateSite(1, { ...NORTH, name: 'Nord', powerPriceUsdPerKwh: 0.09 }, true),
  ],
  [
    'Tariff of North',
    (store) =>
      store.updateSite(
        1,
        { ...NORTH, tariff: { currency: 'NOK', powerPricePerKwh: 0.61, otherPerKwh: 0.02 } },
        true,
      ),
  ],
  ['Removed site North', (store) => store.removeSite(1)],
  ['Import of rigs.csv', (store) => importText(store, FILE)],
  ['Import of rigs.csv', (store) => importText(store, FILE, 'replace')],
  // rig-1 moves to a site that the same step made: taking the site back must not take the machine.
  [
    'Import of rigs.csv',
    (store) => importText(store, 'id,site,hashrate_ths,power_w\nrig-1,Elsewhere,1,20\n'),
  ],
  ['Sample fleet', (store) => store.loadSample()],
]

/** Two sites; rig-1 and rig-2 at North, rig-3 at South, with values of their own. */
async function smallFleet(): Promise<Store> {
  const store = await openIn(temporaryFolder())
  await fill(store)
  return store
}

async function fill(store: Store): Promise<void> {
  const north = await store.addSite(NORTH)
  const south = await store.addSite({ ...NORTH, name: 'South', powerPriceUsdPerKwh: null })
  await store.addMachine(machineInput({ siteKey: north.key, id: 'rig-1', powerPriceUsdPerKwh: 0.031 }))
  await store.addMachine(machineInput({ siteKey: north.key, id: 'rig-2' }))
  await store.addMachine(machineInput({ siteKey: south.key, id: 'rig-3', hashrateThs: null }))
}

describe('undo and redo', () => {
  it.each(CHANGES)('%s', async (label, change) => {
    const store = await smallFleet()
    const before = await fleetOf(store)
    await change(store)
    const after = await fleetOf(store)
    expect(after).not.toEqual(before)
    expect(await labelsOf(store)).toEqual({ undo: label, redo: null })
    await store.undo()
    expect(await fleetOf(store)).toEqual(before)
    expect(await labelsOf(store)).toEqual({ undo: 'Added rig-3', redo: label })
    await store.redo()
    expect(await fleetOf(store)).toEqual(after)
    expect(await labelsOf(store)).toEqual({ undo: label, redo: null })
    await store.undo()
    expect(await fleetOf(store)).toEqual(before)
  })

  it('goes back through any sequence of changes and forward again', async () => {
    const step = fc.constantFrom(...CHANGES.map(([, change]) => change))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
        const store = await smallFleet()
        const states = [await fleetOf(store)]
        for (const change of steps) {
          const { revision } = await store.readFleet()
          // A change that an earlier one has made impossible is refused, and leaves no step.
          await change(store).catch(() => undefined)
          const after = await store.readFleet()
          if (after.revision !== revision) states.push(stateOf(after))
        }
        for (const state of states.toReversed().slice(1)) {
          await store.undo()
          expect(await fleetOf(store)).toEqual(state)
        }
        for (const state of states.slice(1)) {
          await store.redo()
          expect(await fleetOf(store)).toEqual(state)
        }
        await store.close()
      }),
      { numRuns: 10 },
    )
  }, 120_000)

  it('loses the way forward with another change', async () => {
    const store = await smallFleet()
    await store.removeMachines([1])
    await store.undo()
    await store.addSite({ ...NORTH, name: 'West' })
    expect(await labelsOf(store)).toEqual({ undo: 'Added site West', redo: null })
    await expect(store.redo()).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(CHANGES)('survives the end of the program: %s', async (label, change) => {
    const folder = temporaryFolder()
    const first = await openIn(folder)
    await fill(first)
    const before = await fleetOf(first)
    await change(first)
    const after = await fleetOf(first)
    await first.close()
    const second = await openIn(folder)
    expect(await labelsOf(second)).toEqual({ undo: label, redo: null })
    await second.undo()
    expect(await fleetOf(second)).toEqual(before)
    await second.close()
    const third = await openIn(folder)
    expect(await labelsOf(third)).toEqual({ undo: 'Added rig-3', redo: label })
    await third.redo()
    expect(await fleetOf(third)).toEqual(after)
  })

  it('takes back what another process has done, but not unseen', async () => {
    const folder = temporaryFolder()
    const [ours, theirs] = [await openIn(folder), await openIn(folder)]
    const { revision } = await ours.addSite(NORTH)
    await theirs.addSite({ ...NORTH, name: 'South' })
    const refused = {
      code: 'conflict',
      message:
        'The fleet has changed since it was shown here, perhaps by another program. Nothing was changed; look at it, then undo again.',
    }
    await expect(ours.undo()).rejects.toMatchObject(refused)
    await expect(ours.undo(revision)).rejects.toMatchObject(refused)
    expect((await fleetOf(ours)).sites.map(({ name }) => name)).toEqual(['North', 'South'])
    expect(await labelsOf(ours)).toEqual({ undo: 'Added site South', redo: null })
    await ours.undo((await ours.readFleet()).revision)
    expect((await fleetOf(theirs)).sites.map(({ name }) => name)).toEqual(['North'])
    expect(await labelsOf(theirs)).toEqual({ undo: 'Added site North', redo: 'Added site South' })
    await expect(theirs.redo(revision)).rejects.toMatchObject({ code: 'conflict' })
    await theirs.redo()
    expect((await fleetOf(ours)).sites.map(({ name }) => name)).toEqual(['North', 'South'])
  })

  it('remembers a hundred steps, and of all of them as many rows as fit', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await fill(store)
    for (let i = 0; i < 104; i++) await store.updateMachines([1], { hashrateThs: 50 + i })
    const db = new Sqlite(join(folder, DATABASE_NAME))
    const steps = db.prepare('SELECT count(*), min(number) FROM undo_step').raw()
    const rows = db.prepare('SELECT count(DISTINCT step), min(step) FROM undo_machine').raw()
    expect(steps.get()).toEqual([100, 10])
    expect(rows.get()).toEqual([100, 10])
    db.exec('UPDATE undo_step SET row_count = 299999 WHERE number = 107')
    db.close()
    await store.updateMachines([1], { hashrateThs: 300 })
    const then = new Sqlite(join(folder, DATABASE_NAME), { readonly: true })
    expect(then.prepare('SELECT number FROM undo_step').pluck().all()).toEqual([108, 109, 110])
    then.close()
  })

  it.each(['DELETE FROM undo_machine WHERE key = 2', 'UPDATE undo_machine SET existed = 0 WHERE key = 2'])(
    'takes no step back of which a part is lost: %s',
    async (sql) => {
      const folder = temporaryFolder()
      const store = await openIn(folder)
      await fill(store)
      await store.updateMachines([1, 2], { status: 'off' })
      const before = await fleetOf(store)
      const db = new Sqlite(join(folder, DATABASE_NAME))
      db.exec(`${sql} AND existed = 1`)
      db.close()
      await expect(store.undo()).rejects.toMatchObject({
        code: 'database-broken',
        message:
          'What is remembered of "Status of 2 machines" is damaged, so it cannot be undone. Nothing was changed.',
      })
      expect(await fleetOf(store)).toEqual(before)
    },
  )

  it('brings back no row that has changed on the disk meanwhile as if it were sound', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await fill(store)
    await store.updateMachines([1], { hashrateThs: 90 })
    const db = new Sqlite(join(folder, DATABASE_NAME))
    db.exec('UPDATE undo_machine SET power_w = 1 WHERE existed = 1')
    db.close()
    const before = await fleetOf(store)
    await expect(store.undo()).rejects.toMatchObject({
      code: 'database-broken',
      message:
        'What is remembered of "Hashrate of rig-1" is damaged, so it cannot be undone. Nothing was changed.',
    })
    expect(await fleetOf(store)).toEqual(before)
  })

  it.each([
    'UPDATE undo_machine SET key = 1 WHERE existed = 0',
    'UPDATE undo_machine SET existed = 2 WHERE existed = 0',
    'UPDATE undo_machine SET step = step + 16',
    'UPDATE undo_step SET row_count = 3',
    'UPDATE undo_step SET key_sum = key_sum + 1',
  ])('takes back no other row than it has added: %s', async (damage) => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await fill(store)
    const db = new Sqlite(join(folder, DATABASE_NAME))
    db.exec(damage)
    db.close()
    const before = await fleetOf(store)
    await expect(store.undo()).rejects.toMatchObject({ code: 'database-broken' })
    expect(await fleetOf(store)).toEqual(before)
  })

  it('remembers nothing of a change that failed', async () => {
    const store = await smallFleet()
    const before = await labelsOf(store)
    await expect(store.removeMachines([1, 99])).rejects.toThrow()
    await expect(store.updateSite(2, { ...NORTH, name: 'north' }, false)).rejects.toThrow()
    expect(await labelsOf(store)).toEqual(before)
    await store.undo()
    expect((await fleetOf(store)).machines.map(({ id }) => id)).toEqual(['rig-1', 'rig-2'])
  })
})
