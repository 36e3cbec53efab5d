import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPartImports, storePartFile } from '#electron/services/part-imports.ts'
import { readContractFile, readPrices } from '#electron/services/part-files.ts'
import { createPriceWatch, readChangedFiles } from '#electron/services/price-watch.ts'
import type { PriceWatch } from '#electron/services/price-watch.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { Timers } from '#electron/services/timers.ts'
import type { WatchedPrices } from '#shared/ipc/schemas/watched.ts'
import { machineInput, NORTH, openIn, temporaryFolder } from '../store/stores.ts'

const AS_IMPORTED = { replace: true, leaveUnknown: false, isWatched: true, accepted: new Set<string>() }

const csv = (...usdPerMwh: readonly number[]) =>
  ['time,price_usd_mwh', ...usdPerMwh.map((price, hour) => `2026-01-01T0${hour}:00Z,${price}`), ''].join('\n')

/** A clock that goes on when it is told to. */
function hand(): Timers & { readonly next: () => Promise<void> } {
  let waiting: (() => void) | null = null
  return {
    set: (work) => (waiting = work),
    clear: () => (waiting = null),
    async next() {
      await expect.poll(() => waiting).not.toBeNull()
      const work = waiting!
      waiting = null
      work()
      await expect.poll(() => waiting).not.toBeNull()
    },
  }
}

type Watching = {
  readonly store: Store
  readonly folder: string
  readonly path: string
  readonly watch: PriceWatch
  readonly told: WatchedPrices[]
  readonly revisions: number[]
  readonly write: (text: string) => void
  /** two looks: a file is read once it has been the same at both */
  readonly look: () => Promise<void>
  readonly prices: () => Promise<readonly number[]>
}

/** The prices of North in a file that is watched, and whoever watches it. */
async function watching(): Promise<Watching> {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const { key } = await store.addSite(NORTH)
  await store.addMachine(machineInput({ siteKey: key }))
  const path = join(folder, 'prices.csv')
  writeFileSync(path, csv(40, 50, 60))
  await storePartFile(store, await readPrices(store, 'North', path), AS_IMPORTED)
  const told: WatchedPrices[] = []
  const revisions: number[] = []
  const timers = hand()
  const watch = createPriceWatch({
    store,
    timers,
    onFleetChanged: async () => void revisions.push(await store.readFleetRevision()),
    onChange: (watched) => told.push(watched),
    onError: (error) => expect.unreachable(String(error)),
  })
  onTestFinished(() => watch.stop())
  watch.start()
  return {
    ...{ store, folder, path, watch, told, revisions },
    write: (text) => writeFileSync(path, text),
    async look() {
      await timers.next()
      await timers.next()
    },
    async prices() {
      const { contracts } = await store.readContracts()
      return [...(contracts[0]?.contract.market?.perKwh ?? [])].map((price) => Math.round(price * 1e6) / 1000)
    },
  }
}

describe('a watched price file', () => {
  it('is read again when it changes, in one step of undo, and not again after that was undone', async () => {
    const { store, write, look, prices, told, revisions, watch } = await watching()
    await look()
    expect(await prices()).toEqual([40, 50, 60])
    expect(revisions).toEqual([])
    write(csv(41, 51, 61, 71))
    await look()
    expect(await prices()).toEqual([41, 51, 61, 71])
    expect(revisions).toEqual([await store.readFleetRevision()])
    expect(told.at(-1)).toMatchObject([
      { site: 'North', fileName: 'prices.csv', isStored: true, fault: null },
    ])

    expect((await store.readFleet()).undo).toBe('Import of prices.csv')
    await store.undo()
    await look()
    expect(await prices()).toEqual([40, 50, 60])
    expect(told.at(-1)).toMatchObject([{ isStored: false, fault: null }])
    const [watched] = await watch.read()
    expect(await watch.readAgain(watched!.key, [])).toMatchObject([{ isStored: true }])
    expect(await prices()).toEqual([41, 51, 61, 71])
  })

  it('that is only touched is no change of the fleet', async () => {
    const { store, path, look, revisions } = await watching()
    const before = await store.readFleetRevision()
    utimesSync(path, new Date(), new Date(Date.now() + 60_000))
    await look()
    expect([await store.readFleetRevision(), revisions.every((revision) => revision === before)]).toEqual([
      before,
      true,
    ])
  })

  it('is not read while it is being written', async () => {
    const { store, path, write, prices } = await watching()
    const looks = hand()
    const watch = createPriceWatch({
      store,
      timers: looks,
      onFleetChanged: () => Promise.resolve(),
      onChange: () => undefined,
      onError: (error) => expect.unreachable(String(error)),
    })
    onTestFinished(() => watch.stop())
    watch.start()
    for (const rows of [1, 2, 3]) {
      write(
        `${csv(70, 80, 90)
          .split('\n')
          .slice(0, rows + 1)
          .join('\n')}\n`,
      )
      await looks.next()
      expect(await prices(), `${path} with ${rows} rows`).toEqual([40, 50, 60])
    }
    await looks.next()
    expect(await prices()).toEqual([70, 80, 90])
  })

  it('that is refused leaves the prices as they were and says why and since when, until it is right again', async () => {
    const { write, look, prices, told } = await watching()
    write('time,price_usd_mwh\n2026-01-01T00:00Z,much\n2026-01-01T01:00Z,50\n')
    await look()
    expect(await prices()).toEqual([40, 50, 60])
    const [refused] = told.at(-1)!
    expect(refused).toMatchObject({ isStored: true, fault: { isQuestion: false } })
    expect(refused!.fault!.message).toBe(
      "prices.csv, row 2, column price_usd_mwh: 'much' is not a number; leave the cell empty where there is no price",
    )
    const { sinceMs } = refused!.fault!
    expect(Date.now() - sinceMs).toBeLessThan(60_000)
    write('time,price_usd_mwh\n2026-01-01T00:00Z,much\n2026-01-01T01:00Z,51\n')
    await look()
    expect(told.at(-1)![0]!.fault!.sinceMs).toBe(sinceMs)
    write(csv(45, 55))
    await look()
    expect(await prices()).toEqual([45, 55])
    expect(told.at(-1)).toMatchObject([{ fault: null }])
  })

  it('that is gone leaves the prices as they were and says so, and is read when it is there again', async () => {
    const { folder, path, look, prices, told } = await watching()
    renameSync(path, join(folder, 'elsewhere.csv'))
    await look()
    expect(told.at(-1)).toMatchObject([
      { fault: { message: 'prices.csv cannot be read: there is no such file', isQuestion: false } },
    ])
    expect(await prices()).toEqual([40, 50, 60])
    writeFileSync(join(folder, 'next.csv'), csv(46, 56))
    renameSync(join(folder, 'next.csv'), path)
    await look()
    expect(await prices()).toEqual([46, 56])
    expect(told.at(-1)).toMatchObject([{ fault: null }])
  })

  it('that is surprising is asked about once and remembered', async () => {
    const { store, write, look, prices, watch, told } = await watching()
    write(csv(4000, 5000, 4500))
    await look()
    expect(await prices()).toEqual([40, 50, 60])
    const [asked] = told.at(-1)!
    expect(asked!.fault).toMatchObject({
      isQuestion: true,
      message: expect.stringContaining('no site pays') as string,
    })
    expect(asked!.fault!.message).not.toContain('--accept')
    expect(await watch.readAgain(asked!.key, ['mean'])).toMatchObject([{ fault: null, isStored: true }])
    expect(await prices()).toEqual([4000, 5000, 4500])
    expect(await store.readRemembered()).toMatchObject([{ kind: 'answer', fileKind: 'prices', name: 'mean' }])
    write(csv(4100, 5000, 4500))
    await look()
    expect(await prices()).toEqual([4100, 5000, 4500])
  })

  it('is not watched any more once that is said, and undo watches it again', async () => {
    const { store, write, look, prices } = await watching()
    const [watched] = await store.readWatchedFiles()
    await store.stopWatching(watched!.key)
    expect((await store.readFleet()).undo).toBe('Watching of prices.csv')
    write(csv(47, 57))
    await look()
    expect(await prices()).toEqual([40, 50, 60])
    await expect(store.stopWatching(watched!.key)).rejects.toMatchObject({ code: 'not-found' })
    await store.undo()
    await look()
    expect(await prices()).toEqual([47, 57])
  })

  it('goes with its site, and comes back with it', async () => {
    const { store, write, look, prices } = await watching()
    const { contracts } = await store.readContracts()
    await store.removeSite(contracts[0]!.siteKey)
    expect(await store.readWatchedFiles()).toEqual([])
    await store.undo()
    write(csv(48, 58))
    await look()
    expect(await prices()).toEqual([48, 58])
  })

  it('is what an import says last: another file that is not watched ends it, and so does a contract that is removed', async () => {
    const { store, folder } = await watching()
    const other = join(folder, 'other.csv')
    writeFileSync(other, csv(30, 31))
    const paths = async () => (await store.readWatchedFiles()).map(({ path }) => path)
    await storePartFile(store, await readPrices(store, 'north', other), { ...AS_IMPORTED, isWatched: false })
    expect(await paths()).toEqual([])
    await store.undo()
    expect(await paths()).toEqual([join(folder, 'prices.csv')])
    await storePartFile(store, await readPrices(store, 'north', other), AS_IMPORTED)
    expect(await paths()).toEqual([other])
    const { contracts } = await store.readContracts()
    await store.putContract(contracts[0]!.siteKey, null)
    expect(await paths()).toEqual([])
  })
})

it('price files of a sites.json are watched each where its prices count', async () => {
  const { store, folder, look } = await watching()
  const market = join(folder, 'spot.csv')
  const handBack = join(folder, 'back.csv')
  writeFileSync(market, csv(33, 34))
  writeFileSync(handBack, csv(20, 21))
  const sites = join(folder, 'sites.json')
  writeFileSync(
    sites,
    JSON.stringify({
      sites: [
        {
          site: 'North',
          market: { file: 'spot.csv', adderUsdPerKwh: 0.01 },
          takeOrPay: { committedKwhPerDay: 100, handBackFile: 'back.csv' },
        },
      ],
    }),
  )
  await storePartFile(store, await readContractFile(store, sites), AS_IMPORTED)
  writeFileSync(handBack, csv(22, 23))
  writeFileSync(market, csv(35, 36))
  await look()
  const { contracts } = await store.readContracts()
  expect(contracts[0]!.contract).toMatchObject({
    market: { adderUsdPerKwh: 0.01, perKwh: new Float64Array([0.035, 0.036]) },
    takeOrPay: { committedKwhPerDay: 100, handBack: { perKwh: new Float64Array([0.022, 0.023]) } },
  })
})

describe('a mean far from the prices until now', () => {
  it('is asked about at the site, and at another one of the same currency', async () => {
    const { store, folder } = await watching()
    await store.addSite({ ...NORTH, name: 'Ridge' })
    const path = join(folder, 'kwh.csv')
    writeFileSync(path, csv(4, 5, 4))
    const messages = async (site: string) =>
      (await readPrices(store, site, path)).doubts.map(({ message }) => message)
    const sentence =
      'kwh.csv: the mean of the file is 0.00433 USD/kWh, where the stored prices of North have 0.05 USD/kWh; is the unit of the column right?'
    expect(await messages('North')).toEqual([sentence])
    expect(await messages('Ridge')).toEqual([sentence])
    writeFileSync(path, csv(6, 7, 5))
    expect(await messages('North')).toEqual([])
    writeFileSync(path, csv(4, 5, 4).replace('usd', 'eur'))
    expect(await messages('North')).toEqual([])
  })

  it('is a question of the preview, and nothing is stored before it is answered', async () => {
    const { store, folder, prices } = await watching()
    const path = join(folder, 'cents.csv')
    writeFileSync(path, csv(4000, 5000))
    const imports = createPartImports(store)
    const preview = await imports.preview(await readPrices(store, 'North', path), false)
    expect(preview.warnings).toEqual([])
    expect(preview.questions).toMatchObject([{ name: 'mean', count: 1, rows: [{ row: 0 }] }])
    const said = { replace: true, accepted: [], isWatched: false }
    await expect(imports.confirm(preview.token, said)).rejects.toMatchObject({ code: 'bad-input' })
    expect(await prices()).toEqual([40, 50, 60])
    await imports.confirm(preview.token, { ...said, accepted: ['mean'] })
    expect(await prices()).toEqual([4000, 5000])
    const again = await imports.preview(await readPrices(store, 'North', path), false)
    expect([again.questions, again.warnings]).toEqual([
      [],
      [expect.stringContaining('You accepted this before.')],
    ])
  })
})

it('the command line reads what has changed once, and says whose prices are older than the file', async () => {
  const { store, path, write, prices, watch } = await watching()
  await watch.stop()
  expect(await readChangedFiles(store)).toEqual([])
  write(csv(49, 59))
  expect(await readChangedFiles(store)).toEqual([])
  expect(await prices()).toEqual([49, 59])
  rmSync(path)
  const [words] = await readChangedFiles(store)
  expect(words).toMatch(
    /^prices of North: prices\.csv cannot be read: there is no such file \(those of 2\S+Z count\)\.$/,
  )
  expect(await prices()).toEqual([49, 59])
})
