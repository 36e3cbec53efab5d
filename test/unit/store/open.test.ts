import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { backUpBeforeMigration } from '#electron/store/sqlite/backups.ts'
import { SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { NORTH, openIn, rowsOf, temporaryFolder } from './stores.ts'

const DAY_MS = 86_400_000
const BEGIN_MS = Date.UTC(2025, 10, 20)

/** A closed database with one site, and on each of the days a change that is worth a backup; gives its path. */
async function storedFleet(folder: string, backupDays: readonly number[] = []): Promise<string> {
  const store = await openIn(folder)
  await store.addSite(NORTH)
  for (const day of backupDays) {
    await store.putScenario(`Day ${day}`, '{}', true)
    await store.maintain(BEGIN_MS + day * DAY_MS)
  }
  await store.close()
  return join(folder, DATABASE_NAME)
}

/** Overwrites the pages after the first, as a bad disk would. */
function damage(file: string): void {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 4096 + 8)
  writeFileSync(file, bytes)
}

const siteNames = async (folder: string, onBroken: 'move-aside' | 'restore') =>
  rowsOf(await (await openIn(folder, { onBroken })).readFleet()).sites.map(({ name }) => name)

describe('a file from a newer version', () => {
  it('is refused by name and stays as it is, whatever the caller allows', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder)
    const db = new Sqlite(file)
    db.pragma(`user_version = ${SCHEMA_VERSION + 6}`)
    db.pragma('journal_mode = DELETE')
    db.close()
    const bytes = readFileSync(file)
    for (const onBroken of ['refuse', 'move-aside', 'restore'] as const) {
      await expect(openIn(folder, { onBroken })).rejects.toMatchObject({
        code: 'database-newer',
        message: expect.stringContaining(
          `was written by a newer Strikeline (its data has form ${SCHEMA_VERSION + 6}, and this one reads up to ${SCHEMA_VERSION}). Nothing was changed.`,
        ) as string,
      })
      expect(readFileSync(file).equals(bytes)).toBe(true)
      expect(readdirSync(folder)).toEqual([DATABASE_NAME])
    }
  })
})

describe('a file that is not a sound database of ours', () => {
  const broken: readonly (readonly [what: string, make: (folder: string) => Promise<string> | string])[] = [
    [
      'a text file under its name',
      (folder) => {
        const file = join(folder, DATABASE_NAME)
        writeFileSync(file, 'id,model\n1,S19\n')
        return file
      },
    ],
    [
      'a damaged database',
      async (folder) => {
        const file = await storedFleet(folder)
        damage(file)
        return file
      },
    ],
    [
      'a database cut short',
      async (folder) => {
        const file = await storedFleet(folder)
        truncateSync(file, 5000)
        return file
      },
    ],
    [
      'a database with one bit of its tables’ description flipped',
      async (folder) => {
        const file = await storedFleet(folder)
        const bytes = readFileSync(file)
        // A function that SQLite does not know: it says that the question is wrong, not the file.
        bytes.write('lenoth(', bytes.indexOf('length('))
        writeFileSync(file, bytes)
        return file
      },
    ],
    [
      'a database of another program',
      (folder) => {
        const file = join(folder, DATABASE_NAME)
        const db = new Sqlite(file)
        db.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)')
        db.close()
        return file
      },
    ],
    [
      'a database that another program has marked as its own',
      (folder) => {
        const file = join(folder, DATABASE_NAME)
        const db = new Sqlite(file)
        db.pragma('application_id = 42')
        db.close()
        return file
      },
    ],
  ]

  it.each(broken)('%s: is refused, and moved aside only when the caller says so', async (_, make) => {
    const folder = temporaryFolder()
    const file = await make(folder)
    const bytes = readFileSync(file)
    await expect(openIn(folder)).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(`${file} is `) as string,
    })
    // Without a backup there is nothing to restore.
    await expect(openIn(folder, { onBroken: 'restore' })).rejects.toMatchObject({ code: 'database-broken' })
    expect(readFileSync(file).equals(bytes)).toBe(true)

    expect(await siteNames(folder, 'move-aside')).toEqual([])
    const aside = readdirSync(folder).filter((name) => name.startsWith(`${DATABASE_NAME}.broken-`))
    expect(aside).toHaveLength(1)
    expect(readFileSync(join(folder, aside[0]!)).equals(bytes)).toBe(true)
  })

  it('is replaced by the newest sound backup on request', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder, [0, 1])
    damage(file)
    damage(join(folder, 'backups', '000002-2025-11-21.db'))
    await expect(openIn(folder)).rejects.toMatchObject({
      message: expect.stringContaining('The newest sound backup is 000001-2025-11-20.db.') as string,
    })
    expect(await siteNames(folder, 'restore')).toEqual(['North'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).some((name) => name.startsWith(`${DATABASE_NAME}.broken-`))).toBe(true)
  })
})

it('an empty file becomes a database', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, DATABASE_NAME), '')
  expect((await (await openIn(folder)).readFleet()).revision).toBe(0)
})

it('a folder that cannot be made is named', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(openIn(join(folder, 'file', 'data'))).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining(join(folder, 'file', 'data', DATABASE_NAME)) as string,
  })
})

it('asks SQLite to be careful', async () => {
  const folder = temporaryFolder()
  const file = await storedFleet(folder)
  const db = new Sqlite(file)
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(
    db
      .prepare(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' AND NOT strict",
      )
      .pluck()
      .get(),
  ).toBe(0)
  db.close()
})

describe('backups', () => {
  it('are made once a day, the last seven stay, and each is a whole database in one file', async () => {
    const folder = temporaryFolder()
    await storedFleet(folder, [0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    const backups = join(folder, 'backups')
    // Each with its SHA-256 beside it, which goes with it.
    expect(readdirSync(backups).sort()).toEqual(
      [3, 4, 5, 6, 7, 8, 9]
        .map((n) => `00000${n}-2025-11-${19 + n}.db`)
        .flatMap((name) => [name, `${name}.sha256`]),
    )
    expect(statSync(join(backups, '000009-2025-11-28.db')).mode & 0o777).toBe(0o600)
    const elsewhere = temporaryFolder()
    writeFileSync(join(elsewhere, DATABASE_NAME), readFileSync(join(backups, '000009-2025-11-28.db')))
    expect(rowsOf(await (await openIn(elsewhere)).readFleet()).sites).toMatchObject([NORTH])
  })

  it('made before a migration carry the version that comes', async () => {
    const folder = temporaryFolder()
    const file = await storedFleet(folder)
    const db = new Sqlite(file)
    await backUpBeforeMigration(db, file, BEGIN_MS)
    db.close()
    damage(file)
    expect(readdirSync(join(folder, 'backups'))).toEqual([
      `000001-2025-11-20-before-version-${SCHEMA_VERSION}.db`,
      `000001-2025-11-20-before-version-${SCHEMA_VERSION}.db.sha256`,
    ])
    expect(await siteNames(folder, 'restore')).toEqual(['North'])
  })

  it('go to a place of the caller’s choice whole or not at all', async () => {
    const folder = temporaryFolder()
    const store = await openIn(folder)
    await store.addSite(NORTH)
    const copy = join(folder, 'copies', 'fleet.db')
    mkdirSync(dirname(copy))
    writeFileSync(copy, 'old')
    await store.backup(copy)
    await expect(store.backup(join(copy, 'below.db'))).rejects.toThrow()
    expect(readdirSync(dirname(copy))).toEqual(['fleet.db'])
    const db = new Sqlite(copy, { readonly: true })
    expect(db.prepare('SELECT name FROM site').pluck().all()).toEqual(['North'])
    db.close()
    expect(existsSync(`${copy}-wal`)).toBe(false)
  })
})
