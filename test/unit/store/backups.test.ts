import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupFolder, isSoundCopy, listBackups, newestSoundBackup } from '#electron/store/sqlite/backups.ts'
import type { Backup } from '#electron/store/sqlite/backups.ts'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import { superseded } from '#electron/store/sqlite/rotation.ts'
import { openDirect } from './direct.ts'
import type { DirectStore } from './direct.ts'
import { machineInput, NORTH, temporaryFolder } from './stores.ts'

const DAY_MS = 86_400_000
const BEGIN_MS = Date.UTC(2025, 10, 20, 12)

/** A fleet of one site; its machines are counted by `machinesIn`. */
async function emptyFleet(): Promise<{ store: DirectStore; folder: string; file: string }> {
  const folder = temporaryFolder()
  const store = await openDirect(folder)
  store.addSite(NORTH)
  return { store, folder, file: join(folder, DATABASE_NAME) }
}

const add = (store: DirectStore, quantity = 1) => store.addMachine(machineInput({ siteKey: 1, quantity }))

function machinesIn(file: string): number {
  const db = new Sqlite(file)
  const machines = db.prepare('SELECT coalesce(sum(quantity), 0) FROM machine').pluck().get() as number
  db.close()
  return machines
}

const names = (file: string) =>
  readdirSync(backupFolder(file))
    .filter((name) => !name.endsWith('.sha256'))
    .sort()

function damage(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 4096 + 8)
  writeFileSync(path, bytes)
}

/** How many machines the newest backup brings back. */
async function restored(file: string): Promise<number> {
  damage(file)
  ;(await openDatabase(file, 'restore')).close()
  return machinesIn(file)
}

describe('the newest backup', () => {
  it('is the one that was made last, after a start with the clock in 2099', async () => {
    const { store, file } = await emptyFleet()
    add(store, 10)
    await store.maintain(Date.UTC(2099, 0, 1))
    for (let day = 0; day < 10; day++) {
      add(store, 100)
      await store.maintain(BEGIN_MS + day * DAY_MS)
    }
    store.close()
    expect(names(file)).toContain('000001-2099-01-01.db')
    expect(await restored(file)).toBe(1010)
  })

  it('is made anew when the clock goes back to a day that has one', async () => {
    const { store, file } = await emptyFleet()
    for (const day of [0, 1, 0]) {
      add(store)
      await store.maintain(BEGIN_MS + day * DAY_MS)
    }
    store.close()
    expect(names(file)).toEqual(['000001-2025-11-20.db', '000002-2025-11-21.db', '000003-2025-11-20.db'])
    expect(await restored(file)).toBe(3)
  })

  it('is newer than every copy without a number, whatever their dates say', async () => {
    const { store, file } = await emptyFleet()
    await store.maintain(BEGIN_MS)
    const [first] = names(file)
    renameSync(join(backupFolder(file), first!), join(backupFolder(file), '2099-01-01.db'))
    copyFileSync(
      join(backupFolder(file), '2099-01-01.db'),
      join(backupFolder(file), '2025-11-19-before-version-7.db'),
    )
    expect(listBackups(file).map(({ sequence }) => sequence)).toEqual([0, 0])
    add(store)
    await store.maintain(BEGIN_MS)
    store.close()
    expect(listBackups(file).map(({ path }) => path.slice(backupFolder(file).length + 1))).toEqual([
      '000001-2025-11-20.db',
      '2099-01-01.db',
      '2025-11-19-before-version-7.db',
    ])
    expect(await restored(file)).toBe(1)
  })

  it('is made once a day, and only where something was put in since', async () => {
    const { store, file } = await emptyFleet()
    await store.maintain(BEGIN_MS)
    add(store)
    await store.maintain(BEGIN_MS + 3_600_000)
    expect(names(file)).toHaveLength(1)
    const changes: readonly (() => unknown)[] = [
      () => undefined,
      () =>
        store.saveNetworkReading(
          [{ name: 'feesBtcPerBlock', source: 'mempool', value: 0.1, asOfMs: 0, fetchedAtMs: 0 }],
          [],
        ),
      () => store.writeSettings({ theme: 'dark' }),
      () => store.putAlert(null, { kind: 'data-stale' }),
      () => store.putScenario('Halving', '{}', true),
      () => store.typeRate('EUR', 1.1, 0),
      () => store.typeNetworkValue('feesBtcPerBlock', 0.2, 0),
      () => damage(listBackups(file)[0]!.path),
    ]
    const made: number[] = []
    for (const [i, change] of changes.entries()) {
      change()
      await store.maintain(BEGIN_MS + (i + 1) * DAY_MS)
      made.push(listBackups(file)[0]!.sequence)
    }
    // The first of the days has the machine that was added after the copy of the day before.
    expect(made).toEqual([2, 2, 3, 4, 5, 6, 7, 8])
  })

  it('is not kept from being made by what a killed copy has left, and takes that away', async () => {
    const { store, file } = await emptyFleet()
    add(store)
    await store.maintain(BEGIN_MS)
    add(store)
    store.close()
    const program = fileURLToPath(new URL('copy-and-die.ts', import.meta.url))
    const args = [program, file, String(BEGIN_MS + DAY_MS)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    expect(names(file)).toEqual([
      '000001-2025-11-20.db',
      expect.stringMatching(/^000002-2025-11-21\.db\..*\.tmp$/),
    ])
    expect(newestSoundBackup(file)).toMatch(/000001-2025-11-20\.db$/)
    writeFileSync(join(backupFolder(file), '2025-11-19.db.tmp-journal'), 'of an earlier version')

    const again = await openDirect(join(file, '..'))
    await again.maintain(BEGIN_MS + DAY_MS)
    again.close()
    expect(names(file)).toEqual(['000001-2025-11-20.db', '000002-2025-11-21.db'])
    expect(await restored(file)).toBe(2)
  })
})

describe('rotation', () => {
  const copy = (sequence: number, day: string, kind: Backup['kind'] = 'daily'): Backup => ({
    path: `${sequence}`,
    sequence,
    day,
    kind,
  })
  const gone = (copies: readonly Backup[], machines: readonly number[], unsound: readonly number[] = []) =>
    superseded(
      copies.toSorted((a, b) => b.sequence - a.sequence),
      (path) => machines[Number(path)]!,
      (path) => !unsound.includes(Number(path)),
    ).map(({ sequence }) => sequence)
  /** Copies 0 … 9, all of one month: 0, 1 and 2 are before the last seven. */
  const ten = Array.from({ length: 10 }, (_, i) => copy(i, `2025-11-${10 + i}`))

  it.each([
    ['of a month the one with the most machines stays', [5, 9, 5, 1, 1, 1, 1, 1, 1, 1], [], [2, 0]],
    ['which may be among the last seven', [5, 9, 5, 1, 1, 1, 10, 1, 1, 1], [], [2, 1, 0]],
    ['of several with as many the newest stays', [5, 5, 5, 1, 1, 1, 1, 1, 1, 1], [], [1, 0]],
    ['one that is not sound does not count', [5, 9, 4, 1, 1, 1, 1, 1, 1, 1], [1], [2, 1]],
    ['the newest sound one stays too', [5, 9, 4, 1, 1, 1, 1, 1, 1, 1], [3, 4, 5, 6, 7, 8, 9], [0]],
    ['where none is sound all stay', [5, 9, 4, 1, 1, 1, 1, 1, 1, 1], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], []],
  ])('%s', (_, machines, unsound, expected) => {
    expect(gone(ten, machines, unsound)).toEqual(expected)
  })

  it('goes by month and leaves copies before a migration alone', () => {
    const copies = [
      copy(0, '2025-09-30'),
      copy(1, '2025-10-01', 'before-update'),
      copy(2, '2025-10-02'),
      copy(3, '2025-10-03'),
      ...Array.from({ length: 7 }, (_, i) => copy(4 + i, `2025-11-0${i + 1}`)),
    ]
    expect(gone(copies, [1, 0, 3, 2, 9, 9, 9, 9, 9, 9, 9])).toEqual([3])
  })
})

it('whatever the clock says and whenever it is killed, what was copied last comes back and the largest of a month stays', async () => {
  const step = fc.record({
    // Some months around, and clocks that are far off.
    nowMs: fc.oneof(
      fc.integer({ min: 0, max: 90 }).map((day) => BEGIN_MS + day * DAY_MS),
      fc.constantFrom(0, Date.UTC(2099, 0, 1), Date.UTC(2099, 0, 2), 253_402_300_800_000, 8.64e15),
    ),
    quantity: fc.integer({ min: 0, max: 3 }),
    shrinks: fc.boolean(),
    accident: fc.constantFrom('none', 'none', 'killed', 'newest damaged', 'oldest damaged'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const { store, file } = await emptyFleet()
      mkdirSync(backupFolder(file))
      const made: { readonly path: string; readonly machines: number }[] = []
      const soundOnes = () => listBackups(file).filter(({ path }) => isSoundCopy(path))
      const monthOf = ({ day }: Backup) => day.slice(0, -3)
      for (const { nowMs, quantity, shrinks, accident } of steps) {
        const { machines } = store.readFleet()
        if (shrinks && machines.length > 0) store.removeMachines([machines.key[0]!])
        if (quantity > 0) add(store, quantity)
        if (accident === 'killed')
          writeFileSync(join(backupFolder(file), '000999-2025-11-20.db.0a1b2c3d.tmp'), 'half')
        const copies = listBackups(file)
        if (accident === 'newest damaged' && copies.length > 0) damage(copies[0]!.path)
        if (accident === 'oldest damaged' && copies.length > 0) damage(copies.at(-1)!.path)

        const before = soundOnes().map((copy) => ({ ...copy, machines: machinesIn(copy.path) }))
        await store.maintain(nowMs)
        const after = soundOnes().map((copy) => ({ ...copy, machines: machinesIn(copy.path) }))
        expect(after.length).toBeGreaterThanOrEqual(Math.min(before.length, 1))
        for (const copy of before) {
          const largest = Math.max(
            ...after.filter((one) => monthOf(one) === monthOf(copy)).map((one) => one.machines),
          )
          expect(largest).toBeGreaterThanOrEqual(copy.machines)
        }
        const newest = listBackups(file)[0]!
        if (newest.path !== copies[0]?.path) {
          expect(names(file).filter((name) => name.includes('.tmp'))).toEqual([])
          const machines = store.readFleet().machines.quantity.reduce((sum, each) => sum + each, 0)
          made.push({ path: newest.path, machines })
          expect(isSoundCopy(newest.path)).toBe(true)
        }
      }
      store.close()
      const last = made.findLast(({ path }) => isSoundCopy(path))
      if (last !== undefined) expect(await restored(file)).toBe(last.machines)
    }),
    { numRuns: 12 },
  )
}, 120_000)
