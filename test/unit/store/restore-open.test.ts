import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import type { TaskProgress } from '#electron/store/sqlite/protocol.ts'
import { machineInput, NORTH, openIn, openInThread, rowsOf, temporaryFolder } from './stores.ts'

const PROGRAM = fileURLToPath(new URL('replace-and-die.ts', import.meta.url))
const NOW_MS = Date.UTC(2025, 10, 20, 12)

const idsIn = async (store: Store) => rowsOf(await store.readFleet()).machines.map(({ id }) => id)
const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => !/-(wal|shm)$/.test(name))
    .sort()

/** A fleet of rig-1 with a copy of it, to which rig-2 was added afterwards. */
async function copiedFleet(open = openIn, onProgress?: (progress: TaskProgress) => void) {
  const folder = temporaryFolder()
  const store = await open(folder, onProgress === undefined ? {} : { onProgress })
  const { key: siteKey } = await store.addSite(NORTH)
  await store.addMachine(machineInput({ siteKey, id: 'rig-1', quantity: 3 }))
  await store.writeSettings({ theme: 'dark' })
  const { name } = await store.makeBackup(NOW_MS)
  await store.addMachine(machineInput({ siteKey, id: 'rig-2' }))
  await store.writeSettings({ theme: 'light' })
  return { store, folder, siteKey, name, backups: join(folder, 'backups') }
}

describe('the copies beside an open database', () => {
  it('are listed with why, when and how big, and say what they hold when they are looked at', async () => {
    const { store, name, backups } = await copiedFleet()
    expect(name).toBe('000001-2025-11-20-by-hand.db')
    await store.maintain(Date.now())
    const { folder, copies, now } = await store.readBackups()
    expect(folder).toBe(backups)
    expect(now).toEqual({ machines: 4, sites: 1, ledgerEntries: 0 })
    expect(copies.map(({ kind }) => kind)).toEqual(['daily', 'by-hand'])
    const [daily, byHand] = copies
    expect(Math.abs(daily!.madeAtMs! - Date.now())).toBeLessThan(60_000)
    // The clock that named this one was not that of the disk.
    expect(byHand).toMatchObject({ name, day: '2025-11-20', madeAtMs: null })
    expect(byHand!.bytes).toBe(readFileSync(join(backups, name)).length)
    expect(await store.checkBackup(name)).toEqual({
      isSound: true,
      holdings: { machines: 3, sites: 1, ledgerEntries: 0 },
      sum: 'matches',
    })
  })

  it('are not taken for what they were once they are something else', async () => {
    const { store, name, backups } = await copiedFleet()
    const db = new Sqlite(join(backups, name))
    db.exec('UPDATE fleet_revision SET revision = revision + 1')
    db.close()
    expect(await store.checkBackup(name)).toMatchObject({ isSound: true, sum: 'differs' })
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toThrow(/its SHA-256 differs/)
    writeFileSync(join(backups, name), 'no database')
    expect(await store.checkBackup(name)).toEqual({ isSound: false, holdings: null, sum: 'differs' })
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toThrow(/not a sound copy/)
    expect(await idsIn(store)).toEqual(['rig-1', 'rig-2'])
  })

  it.each(['../strikeline.db', '/etc/passwd', 'none.db', '', '000001-2025-11-20-by-hand.db.sha256', '.'])(
    'are found by their names alone: %j is none',
    async (name) => {
      const { store, folder } = await copiedFleet()
      symlinkSync('/etc/passwd', join(folder, 'backups', 'passwd.db'))
      for (const asked of [name, 'passwd.db']) {
        await expect(store.checkBackup(asked)).rejects.toMatchObject({ code: 'not-found' })
        await expect(store.restoreBackup(asked, NOW_MS)).rejects.toMatchObject({ code: 'not-found' })
      }
      expect(await idsIn(store)).toEqual(['rig-1', 'rig-2'])
      expect(filesIn(join(folder, 'backups'))).toHaveLength(3)
    },
  )

  it('are numbered one after the other where several are asked for at once', async () => {
    const { store } = await copiedFleet()
    const made = await Promise.all([
      store.makeBackup(NOW_MS),
      store.makeBackup(NOW_MS),
      store.maintain(NOW_MS),
    ])
    expect(made.slice(0, 2)).toEqual([
      { name: '000002-2025-11-20-by-hand.db' },
      { name: '000003-2025-11-20-by-hand.db' },
    ])
  })

  it('say how far they are, and can be stopped while they are made: then nothing is left behind', async () => {
    const told: TaskProgress[] = []
    const { store, name, backups } = await copiedFleet(openInThread, (progress) => told.push(progress))
    expect(told.map(({ task }) => task)).toContain('backup')
    const before = readdirSync(backups)
    const making = store.makeBackup(NOW_MS)
    store.cancel()
    await expect(making).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The backup was stopped. Nothing was changed.',
    })
    const restoring = store.restoreBackup(name, NOW_MS)
    store.cancel()
    await expect(restoring).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The restore was stopped. Nothing was changed.',
    })
    expect(readdirSync(backups)).toEqual(before)
    expect((await store.readFleet()).undo).toBe('Added rig-2')
    await store.restoreBackup(name, NOW_MS)
    expect(told.map(({ task }) => task)).toContain('restore')
  })
})

describe('a restore of an open database', () => {
  it.each([
    ['in its thread', openInThread],
    ['in the same thread', openIn],
  ])('%s brings the copy back whole, and can be taken back', async (_, open) => {
    const { store, name } = await copiedFleet(open)
    const restored = await store.restoreBackup(name, NOW_MS)
    expect(restored).toEqual({
      before: '000002-2025-11-20-before-restore.db',
      holdings: { machines: 3, sites: 1, ledgerEntries: 0 },
    })
    expect(await idsIn(store)).toEqual(['rig-1'])
    expect((await store.readSettings()).theme).toBe('dark')
    expect((await store.restoreBackup(restored.before, NOW_MS)).holdings).toEqual({
      machines: 4,
      sites: 1,
      ledgerEntries: 0,
    })
    expect(await idsIn(store)).toEqual(['rig-1', 'rig-2'])
    expect((await store.readSettings()).theme).toBe('light')
  })

  it('leaves nobody with machines of before: revisions go on, and there is nothing to undo', async () => {
    const { store, siteKey, name } = await copiedFleet()
    // As many changes as before the copy: the copy alone would say the same number again.
    const held = (await store.readFleet()).revision
    const past = await store.readPastRevision()
    await store.restoreBackup(name, NOW_MS)
    const fleet = await store.readFleetSince(held)
    expect(fleet).toMatchObject({ delivery: 'all', undo: null, redo: null })
    expect(fleet.revision).toBeGreaterThan(held)
    expect(await store.readPastRevision()).toBeGreaterThan(past)
    await expect(store.undo()).rejects.toMatchObject({ code: 'not-found' })
    const { revision } = await store.addMachine(machineInput({ siteKey, id: 'rig-3' }))
    expect(revision).toBe(fleet.revision + 1)
    await store.undo()
    expect(await idsIn(store)).toEqual(['rig-1'])
  })

  it('answers what is asked meanwhile from what was restored, and loses no change that was made before', async () => {
    const { store, siteKey, name } = await copiedFleet(openInThread)
    const before = store.addMachine(machineInput({ siteKey, id: 'just-before' }))
    const restored = store.restoreBackup(name, NOW_MS)
    const meanwhile = idsIn(store)
    const after = store.addMachine(machineInput({ siteKey, id: 'just-after' }))
    expect(await meanwhile).toEqual(['rig-1'])
    await Promise.all([before, after])
    expect(await idsIn(store)).toEqual(['rig-1', 'just-after'])
    await store.restoreBackup((await restored).before, NOW_MS)
    expect(await idsIn(store)).toEqual(['rig-1', 'rig-2', 'just-before'])
  })

  it('takes a copy of an earlier version, which then has the form of this one', async () => {
    const { store, backups } = await copiedFleet()
    const { migrate } = await import('#electron/store/sqlite/migrate.ts')
    const name = '000009-2025-01-01.db'
    const db = new Sqlite(join(backups, name))
    // the last version whose rows carry no checksum
    migrate(db, 12)
    db.exec(
      `INSERT INTO site (name, power_price_nusd_per_kwh, other_nusd_per_kwh, overhead) VALUES ('Old', 1, 0, 0)`,
    )
    db.close()
    const bytes = readFileSync(join(backups, name))
    expect((await store.restoreBackup(name, NOW_MS)).holdings).toEqual({
      machines: 0,
      sites: 1,
      ledgerEntries: 0,
    })
    expect(rowsOf(await store.readFleet()).sites.map((site) => site.name)).toEqual(['Old'])
    expect(readFileSync(join(backups, name)).equals(bytes)).toBe(true)
  })

  it('leaves a database that another start opens as any other', async () => {
    const { store, folder, name } = await copiedFleet()
    await store.restoreBackup(name, NOW_MS)
    await store.close()
    expect(filesIn(folder)).toEqual(['backups', DATABASE_NAME])
    const again = await openIn(folder)
    expect(await idsIn(again)).toEqual(['rig-1'])
    expect(await again.changedByOthers()).toEqual([])
  })
})

describe('a restore that fails', () => {
  it('because another program has the fleet open leaves all as it was, undo too', async () => {
    const { store, folder, name } = await copiedFleet()
    const other = new Sqlite(join(folder, DATABASE_NAME))
    other.prepare('SELECT count(*) FROM machine').get()
    const { revision } = await store.readFleet()
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: 'Another Strikeline has this fleet open: close its window first. Nothing was changed.',
    })
    expect((await store.readFleet()).revision).toBe(revision)
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal')
    await store.undo()
    expect(await idsIn(store)).toEqual(['rig-1'])
    await store.redo()
    other.close()
    await store.restoreBackup(name, NOW_MS)
    expect(await idsIn(store)).toEqual(['rig-1'])
  })

  it('because another program has changed the fleet meanwhile loses none of its changes', async () => {
    let change: () => void = () => undefined
    const { store, folder, name } = await copiedFleet(openIn, ({ task }) => {
      if (task === 'restore') change()
    })
    // While what is here is being copied: the copy does not have it.
    change = () => {
      change = () => undefined
      const other = new Sqlite(join(folder, DATABASE_NAME))
      keepChecksums(other)
      other.exec(`UPDATE site SET name = 'South'`)
      other.close()
    }
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: 'Another Strikeline has changed this fleet meanwhile. Nothing was changed.',
    })
    expect(rowsOf(await store.readFleet()).sites.map((site) => site.name)).toEqual(['South'])
    expect((await store.restoreBackup(name, NOW_MS)).holdings.machines).toBe(3)
  })

  it('because the copy lacks a part leaves all as it was', async () => {
    const { store, name, backups } = await copiedFleet()
    const db = new Sqlite(join(backups, name))
    db.exec('DROP TABLE rate')
    db.close()
    rmSync(join(backups, `${name}.sha256`))
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/lacks the table "rate"\. Nothing was changed\.$/) as string,
    })
    expect((await store.readFleet()).undo).toBe('Added rig-2')
  })

  it('because there is no room beside the database leaves all as it was, undo too', async () => {
    const { store, folder, name } = await copiedFleet()
    // What is in the way cannot be written over.
    mkdirSync(join(folder, `${DATABASE_NAME}.next-wal`))
    await expect(store.restoreBackup(name, NOW_MS)).rejects.toMatchObject({
      code: 'file-unwritable',
    })
    expect(await idsIn(store)).toEqual(['rig-1', 'rig-2'])
    expect((await store.readFleet()).undo).toBe('Added rig-2')
    rmSync(join(folder, `${DATABASE_NAME}.next-wal`), { recursive: true })
    await store.restoreBackup(name, NOW_MS)
    expect(await idsIn(store)).toEqual(['rig-1'])
  })

  it('or is killed at any of its steps leaves what was there or what was restored, whole', async () => {
    const { store, folder: template, name } = await copiedFleet()
    await store.close()
    const seen = { before: 0, after: 0 }
    for (const end of ['die', 'fail'] as const) {
      for (let n = 1, isDone = false; !isDone; n++) {
        const folder = temporaryFolder()
        cpSync(template, folder, { recursive: true })
        const file = join(folder, DATABASE_NAME)
        const args = [PROGRAM, file, join(folder, 'backups', name), end, String(n)]
        const { status, signal, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
        isDone = status === 0 && signal === null
        const again = await openIn(folder)
        const ids = await idsIn(again)
        await again.close()
        if (stdout.includes('was changed.') || stdout.includes('Everything is as it was.'))
          expect(ids, stdout).toEqual(['rig-1', 'rig-2'])
        if (ids.length === 2) seen.before++
        else seen.after++
        expect([['rig-1', 'rig-2'], ['rig-1']]).toContainEqual(ids)
        if (isDone) expect(ids).toEqual(['rig-1'])
        expect(filesIn(folder)).toEqual(['backups', DATABASE_NAME])
      }
    }
    // Both sides of the moment at which the copy takes the place have been seen.
    expect(seen.before).toBeGreaterThan(4)
    expect(seen.after).toBeGreaterThan(2)
  }, 60_000)
})

describe('a copy that is deleted', () => {
  it('goes with its sum, but the only sound one stays', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await store.addSite(NORTH)
    const { name: first } = await store.makeBackup(NOW_MS)
    await expect(store.removeBackup(first)).rejects.toMatchObject({
      code: 'conflict',
      message: `${first} is the only sound backup, so it stays: make another one first. Nothing was deleted.`,
    })
    const { name: second } = await store.makeBackup(NOW_MS)
    await store.removeBackup(second)
    expect(readdirSync(join(folder, 'backups')).sort()).toEqual([first, `${first}.sha256`])

    // A damaged one beside it does not count, and may go.
    const { name: third } = await store.makeBackup(NOW_MS)
    writeFileSync(join(folder, 'backups', third), 'no database')
    await expect(store.removeBackup(first)).rejects.toMatchObject({ code: 'conflict' })
    await store.removeBackup(third)
    expect((await store.readBackups()).copies.map(({ name }) => name)).toEqual([first])
    await expect(store.removeBackup(third)).rejects.toMatchObject({ code: 'not-found' })
  })
})
