import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importPreviewSchema } from '#shared/ipc/schemas/import.ts'
import type { ImportMode, Store, TaskProgress } from '#electron/store/sqlite/client.ts'
import { machineInput, NORTH, openIn, openInThread, rowsOf, temporaryFolder } from './stores.ts'

function fileOf(text: string, name = 'fleet.csv'): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, text)
  return path
}

async function importText(store: Store, text: string, mode: ImportMode = 'merge') {
  const { token } = await store.previewImport(fileOf(text))
  return store.confirmImport(token, mode)
}

const fleetOf = async (store: Store) => rowsOf(await store.readFleet())
const own = ({ machines }: ReturnType<typeof rowsOf>) =>
  machines.map((row) => [row.id, row['powerPriceUsdPerKwh'], row['otherUsdPerKwh'], row['overhead']])

const HEADER = 'id,site,quantity,hashrate_ths,power_w,power_price_usd_kwh,other_usd_kwh,overhead'

describe('a preview', () => {
  it('says what was understood, and stores nothing', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, id: 'rig-1' }))
    const preview = await store.previewImport(
      fileOf(
        'id;site;quantity;model;power_price_usd_kwh;hashrate_ths;power_w;rack;hall\n' +
          'rig-1;north;2;Antminer S19j Pro 104T;0,05;;;A1;x\n;West;3;Antminer S19j Pro 104T;;;;;\n;West;1;unheard of;0,06;90,5;2900;B;\n',
      ),
    )
    expect(importPreviewSchema.parse(preview)).toMatchObject({
      fileName: 'fleet.csv',
      rows: 3,
      machines: 6,
      added: 2,
      updated: 1,
      sites: [
        { name: 'north', rows: 1, isNew: false },
        { name: 'West', rows: 2, isNew: true },
      ],
      noteColumns: ['hall'],
      filledFromCatalogue: 2,
      withoutFigures: 0,
      withoutPowerPrice: 1,
      errorCount: 0,
    })
    expect(preview.columns.slice(0, 7)).toEqual([
      'id',
      'model',
      'quantity',
      'hashrate_ths',
      'power_w',
      'site',
      'power_price_usd_kwh',
    ])
    expect(preview.sample.map((cells) => cells.slice(0, 7))).toEqual([
      ['rig-1', 'Antminer S19j Pro 104T', '2', '104', '3068', 'north', '0.05'],
      ['M1', 'Antminer S19j Pro 104T', '3', '104', '3068', 'West', ''],
      ['M2', 'unheard of', '1', '90.5', '2900', 'West', '0.06'],
    ])
    const rack = preview.columns.indexOf('rack')
    expect(preview.sample.map((cells) => cells[rack])).toEqual(['A1', '', 'B'])
    expect((await store.readFleet()).revision).toBe(2)
  })

  it('of a file with faults lists them, and cannot be confirmed', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, `${HEADER}\na,North,1,100,3000,0.05,0,0\n`)
    const before = await fleetOf(store)
    const preview = await store.previewImport(
      fileOf(`${HEADER}\nb,North,1,100,3000,0.05,0,0\nc,North,1.5,-1,3000,7,0,0\n`),
    )
    expect(preview.errorCount).toBe(3)
    expect(preview.errors.map(({ row, column }) => [row, column])).toEqual([
      [3, 'quantity'],
      [3, 'hashrate_ths'],
      [3, 'power_price_usd_kwh'],
    ])
    for (const mode of ['merge', 'replace'] as const) {
      await expect(store.confirmImport(preview.token, mode)).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining('fleet.csv, row 3, column quantity') as string,
      })
    }
    expect(await fleetOf(store)).toEqual(before)
  })

  it('waits for one file only, and is gone when it is discarded or stored', async () => {
    const store = await openIn(temporaryFolder())
    const path = fileOf(`${HEADER}\na,North,1,100,3000,0.05,0,0\n`)
    const gone = { code: 'not-found' }
    const first = await store.previewImport(path)
    const second = await store.previewImport(path)
    await expect(store.confirmImport(first.token, 'merge')).rejects.toMatchObject(gone)
    await store.discardImport(second.token)
    await expect(store.confirmImport(second.token, 'merge')).rejects.toMatchObject(gone)
    const third = await store.previewImport(path)
    await store.confirmImport(third.token, 'merge')
    await expect(store.confirmImport(third.token, 'merge')).rejects.toMatchObject(gone)
  })
})

describe('an import', () => {
  it('gives a new site what most of its rows say; only the others keep values of their own', async () => {
    const store = await openIn(temporaryFolder())
    await importText(
      store,
      `${HEADER}\na,North,1,100,3000,0.05,0.002,0.03\nb,north,1,100,3000,0.05,0,0.03\nc,North,1,100,3000,0.061234567,0.002,0\nd,NORTH,1,100,3000,,0.002,0.03\n`,
    )
    const fleet = await fleetOf(store)
    expect(fleet.sites).toMatchObject([
      { name: 'North', powerPriceUsdPerKwh: 0.05, otherUsdPerKwh: 0.002, overhead: 0.03 },
    ])
    expect(own(fleet)).toEqual([
      ['a', null, null, null],
      ['b', null, 0, null],
      ['c', 0.061234567, null, 0],
      ['d', null, null, null],
    ])
  })

  it('leaves a known site as it is, and to it what the file does not say', async () => {
    const store = await openIn(temporaryFolder())
    await store.addSite(NORTH)
    await importText(
      store,
      `${HEADER}\na,NORTH,1,100,3000,${NORTH.powerPriceUsdPerKwh!},0,0.03\nb,North,1,100,3000,0.06,,\n`,
    )
    await importText(store, 'id,site,hashrate_ths,power_w\nc,North,100,3000\n')
    const fleet = await fleetOf(store)
    expect(fleet.sites).toMatchObject([NORTH])
    expect(own(fleet)).toEqual([
      ['a', null, 0, null],
      ['b', 0.06, 0, 0],
      ['c', null, null, null],
    ])
  })

  it('merges by id: known machines keep their key, the rest of the fleet stays', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, `${HEADER},rack\na,North,1,100,3000,0.05,0,0,A1\nb,North,1,100,3000,0.05,0,0,\n`)
    const before = await fleetOf(store)
    expect(
      await importText(store, `${HEADER}\nb,West,4,90,2900,0.07,0,0\nc,West,1,1,20,0.07,0,0\n`),
    ).toMatchObject({
      added: 1,
      updated: 1,
      removed: 0,
    })
    const { machines, sites } = await fleetOf(store)
    expect(machines[0]).toEqual(before.machines[0])
    expect(machines[1]).toMatchObject({
      key: before.machines[1]!.key,
      id: 'b',
      site: 'West',
      quantity: 4,
      hashrateThs: 90,
    })
    expect(machines.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(sites.map(({ name }) => name)).toEqual(['North', 'West'])
  })

  it('replaces: the file is the fleet, its sites and their values included', async () => {
    const store = await openIn(temporaryFolder())
    await importText(store, `${HEADER}\na,North,1,100,3000,0.05,0,0\nb,South,1,100,3000,0.05,0,0\n`)
    const before = await fleetOf(store)
    expect(
      await importText(
        store,
        'id,site,hashrate_ths,power_w,power_price_usd_kwh\nc,North,1,20,0.08\na,North,2,40,0.08\n',
        'replace',
      ),
    ).toMatchObject({ added: 1, updated: 1, removed: 1 })
    const { machines, sites } = await fleetOf(store)
    expect(sites).toEqual([{ ...before.sites[0]!, powerPriceUsdPerKwh: 0.08 }])
    expect(machines).toMatchObject([
      { key: before.machines[0]!.key, id: 'a', hashrateThs: 2, powerPriceUsdPerKwh: null },
      { id: 'c' },
    ])
  })

  it('makes ids that are not in the fleet, also where it has changed since the preview', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, id: 'M1' }))
    const path = fileOf('site,hashrate_ths,power_w\nNorth,100,3000\n')
    const { token } = await store.previewImport(path)
    await store.addMachine(machineInput({ siteKey: key, id: 'M2' }))
    await expect(store.confirmImport(token, 'merge')).rejects.toMatchObject({ code: 'bad-input' })
    const again = await store.previewImport(path)
    await store.confirmImport(again.token, 'merge')
    expect((await fleetOf(store)).machines.map(({ id }) => id)).toEqual(['M1', 'M2', 'M3'])
  })

  it('of an unreadable file says so and leaves everything', async () => {
    const store = await openIn(temporaryFolder())
    await expect(store.previewImport(join(temporaryFolder(), 'absent.csv'))).rejects.toMatchObject({
      code: 'file-unreadable',
    })
    await expect(store.previewImport(fileOf('a text\n'))).rejects.toMatchObject({ code: 'bad-input' })
    expect(await fleetOf(store)).toEqual({ machines: [], sites: [] })
  })

  it('takes 100 000 rows, tells how far it is, and is one step of undo', async () => {
    const progress: TaskProgress[] = []
    const store = await openInThread(temporaryFolder(), { onProgress: (step) => progress.push(step) })
    const lines = Array.from(
      { length: 100_000 },
      (_, i) => `rig-${i},Site ${i % 3},1,${100 + (i % 50)},3000,0.05,0,0`,
    )
    expect(await importText(store, `${HEADER}\n${lines.join('\n')}\n`)).toMatchObject({ added: 100_000 })
    const { machines } = await store.readFleet()
    expect(machines.length).toBe(100_000)
    expect(machines.hashrateThs.reduce((sum, value) => sum + value, 0)).toBe(12_450_000)
    expect(progress.at(-1)).toEqual({ task: 'import', done: 100_000, total: 100_000 })
    await store.undo()
    expect((await store.readFleet()).machines.length).toBe(0)
    expect((await store.readFleet()).sites.length).toBe(0)
  }, 120_000)

  it('can be stopped, and then nothing of it is stored', async () => {
    let store: Store | null = null
    const stopHalfway = ({ done, total }: TaskProgress) => {
      if (isConfirming && done > total / 2) store?.cancel()
    }
    let isConfirming = false
    store = await openInThread(temporaryFolder(), { onProgress: stopHalfway })
    const lines = Array.from({ length: 60_000 }, (_, i) => `rig-${i},North,1,100,3000,0.05,0,0`)
    const { token } = await store.previewImport(fileOf(`${HEADER}\n${lines.join('\n')}\n`))
    isConfirming = true
    await expect(store.confirmImport(token, 'merge')).rejects.toMatchObject({ code: 'cancelled' })
    isConfirming = false
    expect(await fleetOf(store)).toEqual({ machines: [], sites: [] })
    // The file still waits, and what was cancelled does not cancel what comes after.
    expect(await store.confirmImport(token, 'merge')).toMatchObject({ added: 60_000 })
  }, 120_000)
})

describe('an export', () => {
  it('reads back as the same fleet, notes included', async () => {
    const first = await openIn(temporaryFolder())
    await importText(
      first,
      `${HEADER},IP Address,rack,"note, long"\n=a,North,1,100.1,3000,0.05,0.002,0.03,10.0.0.1,A1,"x, ""y"""\nb,"We,st",2,99,2900,0.061234567,0,0,,,z\n`,
    )
    const path = join(temporaryFolder(), 'out.csv')
    expect(await first.exportCsv(path)).toEqual({ rows: 2 })
    const second = await openIn(temporaryFolder())
    await second.confirmImport((await second.previewImport(path)).token, 'merge')
    const fleet = await fleetOf(second)
    expect(fleet).toEqual(await fleetOf(first))
    expect(fleet.machines[0]).toMatchObject({ id: '=a', ip: '10.0.0.1', rack: 'A1' })
    const again = join(temporaryFolder(), 'again.csv')
    await second.exportCsv(again)
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(path, 'utf8'))
    expect(readFileSync(path, 'utf8').split('\n')[0]).toMatch(
      /,rack,position,ip,mac,firmware,purchase,notes,"note, long"$/,
    )
  })

  it('of a stored site writes the price in force in every row', async () => {
    const store = await openIn(temporaryFolder())
    const { key } = await store.addSite(NORTH)
    await store.addMachine(machineInput({ siteKey: key, id: 'a' }))
    await store.addMachine(machineInput({ siteKey: key, id: 'b', powerPriceUsdPerKwh: 0.04 }))
    const path = join(temporaryFolder(), 'out.csv')
    await store.exportCsv(path)
    const rows = readFileSync(path, 'utf8').trim().split('\n')
    const price = rows[0]!.split(',').indexOf('power_price_usd_kwh')
    expect(rows.slice(1).map((row) => row.split(',')[price])).toEqual(['0.0535', '0.04'])
  })

  it('replaces a file whole or not at all', async () => {
    const store = await openIn(temporaryFolder())
    await store.loadSample()
    const folder = temporaryFolder()
    const inTheWay = join(folder, 'sub')
    await expect(store.exportCsv(join(inTheWay, 'out.csv'))).rejects.toMatchObject({
      code: 'file-unwritable',
    })
    expect(existsSync(inTheWay)).toBe(false)
    const path = join(folder, 'out.csv')
    writeFileSync(path, 'old')
    await store.exportCsv(path)
    expect(readFileSync(path, 'utf8')).toMatch(/^id,model,quantity/)
    expect(readdirSync(folder)).toEqual(['out.csv'])
  })
})

it('offers a sample fleet of three sites', async () => {
  const store = await openIn(temporaryFolder())
  await store.loadSample()
  const { machines, sites } = await fleetOf(store)
  expect(sites).toHaveLength(3)
  expect(sites.every(({ powerPriceUsdPerKwh }) => powerPriceUsdPerKwh !== null)).toBe(true)
  const quantity = machines.reduce((sum, row) => sum + Number(row['quantity']), 0)
  expect(quantity).toBeGreaterThanOrEqual(280)
  expect(machines.every((row) => row['hashrateThs'] !== null && row['powerW'] !== null)).toBe(true)
})
