import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import type { MachinePatch } from '#shared/domain/fleet/fleet.ts'
import type { SiteInput } from '#shared/ipc/schemas/fleet.ts'
import {
  ASSETS_FOLDER,
  machineInput,
  NORTH,
  openIn,
  openInThread,
  rowsOf,
  temporaryFolder,
  WORKER_URL,
} from './stores.ts'

describe('two programs on one file', () => {
  it('see each other’s changes on the next read', async () => {
    const folder = temporaryFolder()
    const [a, b] = [await openInThread(folder), await openInThread(folder)]
    const { key } = await a.addSite(NORTH)
    expect((await b.readFleet()).revision).toBe(1)
    await b.addMachine(machineInput({ siteKey: key, id: 'rig' }))
    const seen = await a.readFleet()
    expect(seen.revision).toBe(2)
    expect(rowsOf(seen).machines.map(({ id }) => id)).toEqual(['rig'])
  })

  it('wait for each other, and lose nothing', async () => {
    const folder = temporaryFolder()
    const stores = [await openInThread(folder), await openInThread(folder)]
    const { key: siteKey } = await stores[0]!.addSite(NORTH)
    const ids = Array.from({ length: 40 }, (_, i) => `rig-${i}`)
    await Promise.all(ids.map((id, i) => stores[i % 2]!.addMachine(machineInput({ siteKey, id }))))
    const { machines } = rowsOf(await stores[1]!.readFleet())
    expect(machines.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  it('say that the other one is writing when it does not end', async () => {
    const folder = temporaryFolder()
    const store = await openInThread(folder)
    const other = new Sqlite(join(folder, DATABASE_NAME))
    other.exec('BEGIN IMMEDIATE')
    try {
      await expect(store.addSite(NORTH)).rejects.toMatchObject({
        code: 'file-unwritable',
        message: expect.stringMatching(/Another Strikeline is writing/) as string,
      })
      expect((await store.readFleet()).sites.length).toBe(0)
    } finally {
      other.close()
    }
    await store.addSite(NORTH)
  })
})

describe('two who change the same', () => {
  /** A fleet that one was shown, and another one may change meanwhile. */
  async function shownFleet() {
    const folder = temporaryFolder()
    const [ours, theirs] = [await openIn(folder), await openIn(folder)]
    const { key: site } = await ours.addSite(NORTH)
    await ours.addSite({ ...NORTH, name: 'South' })
    const { key } = await ours.addMachine(
      machineInput({ siteKey: site, id: 'rig-1', powerPriceUsdPerKwh: 0.05 }),
    )
    const machine = async () => {
      const [row] = rowsOf(await ours.readFleet()).machines
      return row!
    }
    return { ours, theirs, site, key, machine, siteNow: async () => rowsOf(await ours.readFleet()).sites[0]! }
  }

  it('of a machine keep both changes where they are of different fields', async () => {
    const { ours, theirs, key, machine } = await shownFleet()
    await theirs.updateMachines([key], { powerW: 3250 })
    await ours.updateMachines([key], { uptime: 0.9 }, { uptime: 0.98 })
    expect(await machine()).toMatchObject({ powerW: 3250, uptime: 0.9 })
  })

  it.each([
    [{ powerW: 3250 }, { powerW: 3100 }, { powerW: 3068 }, 'Power of rig-1 was changed to 3250 W', '3100 W'],
    [{ uptime: 0.9 }, { uptime: 0.95 }, { uptime: 0.98 }, 'Uptime of rig-1 was changed to 90 %', '95 %'],
    [
      ...[{ powerPriceUsdPerKwh: null }, { powerPriceUsdPerKwh: 0.06 }, { powerPriceUsdPerKwh: 0.05 }],
      ...['Power price of rig-1 was changed to the site’s', '0.06 USD/kWh'],
    ],
    [
      { status: 'off' },
      { status: 'repair' },
      { status: 'running' },
      'Status of rig-1 was changed to Off',
      'In repair',
    ],
    [{ siteKey: 2 }, { siteKey: 7 }, { siteKey: 1 }, 'Site of rig-1 was changed to South', 'West'],
    [{ rack: 'R 2' }, { rack: '' }, { rack: 'R 1' }, 'Rack of rig-1 was changed to R 2', 'not given'],
  ] as [MachinePatch, MachinePatch, MachinePatch, string, string][])(
    'of a machine are told: %o against %o',
    async (theirPatch, patch, before, changed, wanted) => {
      const { ours, theirs, key, machine } = await shownFleet()
      for (const name of ['A', 'B', 'C', 'D', 'West']) await ours.addSite({ ...NORTH, name })
      if ('rack' in patch) await ours.updateMachines([key], { rack: 'R 1' })
      await theirs.updateMachines([key], theirPatch)
      const asTheyLeftIt = await machine()
      await expect(ours.updateMachines([key], patch, before)).rejects.toMatchObject({
        code: 'conflict',
        field: Object.keys(patch)[0],
        message: expect.stringMatching(
          new RegExp(
            `^${changed} by another program or window while you were changing it to ${wanted}\\. Nothing was saved`,
          ),
        ) as string,
      })
      expect(await machine()).toEqual(asTheyLeftIt)
      // Told of it, they may still have their way.
      await ours.updateMachines([key], patch, theirPatch)
      expect(await machine()).not.toEqual(asTheyLeftIt)
    },
  )

  it('of a machine to the same are of one mind', async () => {
    const { ours, theirs, key, machine } = await shownFleet()
    await theirs.updateMachines([key], { powerW: 3250 })
    await ours.updateMachines([key], { powerW: 3250 }, { powerW: 3068 })
    expect(await machine()).toMatchObject({ powerW: 3250 })
  })

  it('of a site keep both changes where they are of different fields', async () => {
    const { ours, theirs, site, siteNow } = await shownFleet()
    await theirs.updateSite(site, { ...NORTH, overhead: 0.1, otherUsdPerKwh: 0.004 }, false)
    await ours.updateSite(site, { ...NORTH, powerPriceUsdPerKwh: 0.07 }, false, NORTH)
    expect(await siteNow()).toMatchObject({ overhead: 0.1, otherUsdPerKwh: 0.004, powerPriceUsdPerKwh: 0.07 })
  })

  const EUROS = { currency: 'EUR', powerPricePerKwh: 0.06, otherPerKwh: 0 } as const
  it.each([
    [{ overhead: 0.1 }, { overhead: 0.2 }, 'overhead', 'The overhead of North was changed to 10 %', '20 %'],
    [{ name: 'Nord' }, { name: 'Norden' }, 'name', 'The name of Nord was changed to Nord', 'Norden'],
    [
      ...[{ powerPriceUsdPerKwh: 0.06 }, { powerPriceUsdPerKwh: 0.07 }, 'powerPriceUsdPerKwh'],
      ...['The power price of North was changed to 0.06 USD/kWh', '0.07 USD/kWh'],
    ],
    [
      ...[{ tariff: EUROS }, { powerPriceUsdPerKwh: 0.07 }, 'tariff'],
      ...[
        'The tariff of North was changed to 0.06 EUR/kWh and 0 EUR/kWh of other cost',
        '0.07 USD/kWh and 0.002 USD/kWh of other cost',
      ],
    ],
  ] as [Partial<SiteInput>, Partial<SiteInput>, string, string, string][])(
    'of a site are told: %o against %o',
    async (theirChange, change, field, changed, wanted) => {
      const { ours, theirs, site, siteNow } = await shownFleet()
      await theirs.updateSite(site, { ...NORTH, ...theirChange }, false)
      const asTheyLeftIt = await siteNow()
      await expect(ours.updateSite(site, { ...NORTH, ...change }, false, NORTH)).rejects.toMatchObject({
        code: 'conflict',
        field,
        message: expect.stringContaining(
          `${changed} by another program or window while you were changing it to ${wanted}. Nothing was saved`,
        ) as string,
      })
      expect(await siteNow()).toEqual(asTheyLeftIt)
    },
  )
})

it('stores nothing of an import whose process is killed in the middle', async () => {
  const folder = temporaryFolder()
  const first = await openInThread(folder)
  const { key } = await first.addSite(NORTH)
  await first.addMachine(machineInput({ siteKey: key }))
  const before = rowsOf(await first.readFleet())
  await first.close()

  const csv = join(folder, 'large.csv')
  const rows = Array.from({ length: 60_000 }, (_, i) => `rig-${i},West,100,3000`)
  writeFileSync(csv, `id,site,hashrate_ths,power_w\n${rows.join('\n')}\n`)
  const program = fileURLToPath(new URL('import-and-die.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    [program, join(folder, DATABASE_NAME), csv, WORKER_URL.href, ASSETS_FOLDER],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])

  const store = await openInThread(folder)
  expect(rowsOf(await store.readFleet())).toEqual(before)
  const { token } = await store.previewImport(csv)
  expect(await store.confirmImport(token, 'replace')).toMatchObject({ added: 60_000, removed: 1 })
}, 120_000)
