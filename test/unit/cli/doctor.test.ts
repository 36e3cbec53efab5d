import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate, SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

type Seen = {
  readonly isWell: boolean
  readonly findings: readonly {
    readonly check: string
    readonly state: string
    readonly found: string
    readonly advice: string | null
  }[]
}

/** A folder with a fleet and a copy of it. */
async function fleetFolder() {
  const cwd = temporaryFolder()
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  const run = (...words: string[]) => runCommand(words, { cwd })
  await run('import', 'fleet.csv')
  await run('backup', 'make')
  const data = join(cwd, 'data')
  return { run, data, file: join(data, 'strikeline.db'), copy: join(data, 'backups', copies(data)[0]!) }
}
const copies = (data: string) => readdirSync(join(data, 'backups'))

/** Names, sizes, times and SHA-256 of everything in a folder. */
function contents(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      return `${path} ${size} ${mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
    })
    .toSorted()
}

/** What the doctor says, after it was seen to leave the folder as it was. */
async function examined({ run, data }: Pick<Awaited<ReturnType<typeof fleetFolder>>, 'run' | 'data'>) {
  const before = contents(data)
  const { exitCode, stdout, stderr } = await run('doctor', '--json')
  const text = await run('doctor')
  expect(contents(data)).toEqual(before)
  expect([stderr, text.stderr, text.exitCode]).toEqual(['', '', exitCode])
  const seen = JSON.parse(stdout) as Seen
  expect(seen.isWell).toBe(exitCode === 0)
  const todo = seen.findings.filter(({ state }) => state === 'act')
  for (const { found, advice } of todo) {
    expect(text.stdout).toContain(found)
    expect(text.stdout).toContain(advice)
  }
  return { exitCode, seen, todo, text: text.stdout }
}

/** Changes a database behind the program's back, and leaves nothing beside it. */
function tamper(file: string, sql: string): void {
  const db = new Sqlite(file)
  db.exec(sql)
  db.close()
}

describe('doctor', () => {
  it('finds a sound folder sound, and changes nothing in it', async () => {
    const { exitCode, seen, todo } = await examined(await fleetFolder())
    expect([exitCode, todo]).toEqual([0, []])
    expect(seen).toMatchObject({
      database: {
        ...{ fault: null, log: 'none' },
        facts: {
          version: SCHEMA_VERSION,
          machines: 17,
          sites: 2,
          ledgerEntries: 0,
          damagedRows: [],
          lastFetchedMs: null,
        },
      },
      backups: [{ machines: 17, isSound: true, sum: 'matches' }],
      putAside: [],
    })
    expect(seen.findings.find(({ check }) => check === 'refresh')).toMatchObject({
      state: 'note',
      found: 'no source has answered yet',
    })
  })

  it('finds a sound folder sound while another program has it open', async () => {
    const folder = await fleetFolder()
    const theirs = new Sqlite(folder.file)
    onTestFinished(() => void theirs.close())
    keepChecksums(theirs)
    theirs.exec("UPDATE machine SET quantity = 3 WHERE id = 'new'")
    const { exitCode, seen } = await examined(folder)
    expect(exitCode).toBe(0)
    expect(seen).toMatchObject({ database: { log: 'fits', facts: { machines: 18 } } })
  })

  it('finds nothing wrong where no fleet has been stored yet', async () => {
    const cwd = temporaryFolder()
    const data = join(cwd, 'data')
    mkdirSync(data)
    const run = (...words: string[]) => runCommand(words, { cwd })
    expect((await examined({ run, data })).exitCode).toBe(0)
    expect(readdirSync(data)).toEqual([])
  })

  it('does not know a folder that is not there, and makes none', async () => {
    const { run, data } = await fleetFolder()
    const { exitCode, stderr } = await run('doctor', '--data', join(data, 'nope'))
    expect(exitCode).toBe(2)
    expect(stderr).toBe(`strikeline: doctor: there is no folder ${join(data, 'nope')}\n`)
  })

  type Folder = Awaited<ReturnType<typeof fleetFolder>>
  const faults: readonly (readonly [
    what: string,
    make: (folder: Folder) => unknown,
    check: string,
    found: RegExp,
    advice: RegExp,
  ])[] = [
    [
      'rows that are not what was written',
      ({ file }) =>
        tamper(file, 'UPDATE machine SET power_w = 1; UPDATE site SET overhead = 2 WHERE key = 2'),
      'checksums',
      /by table and key: machine 1, machine 2, machine 3, site 2$/,
      /^`backup restore 000001-.*-by-hand\.db` continues with the copy of .* \(17 machines\)/,
    ],
    [
      'pages that are damaged',
      ({ file }) => writeFileSync(file, readFileSync(file).fill(0xa5, 4096 + 8)),
      'integrity',
      /^the database is damaged/,
      /^`backup restore 000001-/,
    ],
    [
      'a text under its name',
      ({ file }) => writeFileSync(file, 'id\n'),
      'integrity',
      /is not a database/,
      /restore/,
    ],
    [
      'a database that is gone',
      ({ file }) => rmSync(file),
      'database',
      /is missing or empty/,
      /^`backup restore 0/,
    ],
    [
      'a database of a newer program',
      ({ file }) => tamper(file, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`),
      'database',
      new RegExp(`version ${SCHEMA_VERSION + 1}, .*; this program knows versions up to ${SCHEMA_VERSION}$`),
      /^install the newer program/,
    ],
    [
      'the log of another database',
      ({ file, copy }) => {
        const other = new Sqlite(file)
        other.pragma('wal_autocheckpoint = 0')
        keepChecksums(other)
        other.exec("UPDATE machine SET quantity = 4 WHERE id = 'new'")
        const log = readFileSync(`${file}-wal`)
        other.close()
        copyFileSync(copy, file)
        writeFileSync(`${file}-wal`, log)
      },
      'log',
      /-wal belongs to another database/,
      /^close Strikeline and move .*-wal to another folder/,
    ],
    [
      'a copy that is not what its sum says',
      ({ copy }) => {
        const db = new Sqlite(copy)
        keepChecksums(db)
        db.exec('UPDATE machine SET power_w = 1')
        db.close()
      },
      'backups',
      /^1 of 1 cannot be restored: 000001-.* \(differs from its SHA-256\)$/,
      /`backup make`/,
    ],
    [
      'a copy of which a row is damaged',
      ({ copy }) => tamper(copy, 'UPDATE machine SET power_w = 1'),
      'backups',
      /\(damaged\)$/,
      /`backup make`/,
    ],
    [
      'no copy at all',
      ({ data }) => rmSync(join(data, 'backups'), { recursive: true }),
      'backups',
      /^there is no copy of this fleet$/,
      /^`backup make` makes one$/,
    ],
    [
      'a restore that did not come to its end',
      ({ file }) => writeFileSync(`${file}.next`, ''),
      'put aside',
      /did not come to its end/,
      /^start Strikeline/,
    ],
  ]
  it.each(faults)(
    '%s: says what and what can be done, and changes nothing',
    async (_, make, check, found, advice) => {
      const folder = await fleetFolder()
      await make(folder)
      const { exitCode, todo } = await examined(folder)
      expect(exitCode).toBe(3)
      expect(todo[0]).toMatchObject({
        check,
        found: expect.stringMatching(found) as string,
        advice: expect.stringMatching(advice) as string,
      })
    },
  )

  it('looks at a database of an earlier program, and leaves bringing it up to date to others', async () => {
    const folder = await fleetFolder()
    rmSync(folder.file)
    const db = new Sqlite(folder.file)
    migrate(db, 11)
    db.close()
    const { exitCode, seen } = await examined(folder)
    expect(exitCode).toBe(0)
    expect(seen.findings.slice(0, 3)).toMatchObject([
      {
        check: 'database',
        state: 'note',
        found: expect.stringContaining('version 11, 0 machines') as string,
      },
      { check: 'integrity', state: 'well' },
      { check: 'checksums', state: 'well', found: 'rows of this version carry none yet' },
    ])
  })

  it('names what was put aside, which is no fault', async () => {
    const folder = await fleetFolder()
    tamper(folder.file, 'UPDATE machine SET power_w = 1')
    await folder.run('backup', 'restore', copies(folder.data)[0]!)
    const { exitCode, seen } = await examined(folder)
    expect(exitCode).toBe(0)
    expect(seen.findings.find(({ check }) => check === 'put aside')).toMatchObject({
      state: 'note',
      found: expect.stringMatching(/^strikeline\.db\.broken-\S+ \(\d+ kB\)$/) as string,
    })
  })

  it('leaves nothing beside a copy that was made by hand from a database in use', async () => {
    const folder = await fleetFolder()
    copyFileSync(folder.file, join(folder.data, 'backups', '000002-2026-01-01.db'))
    const { exitCode, seen } = await examined(folder)
    expect(exitCode).toBe(0)
    expect(seen).toMatchObject({ backups: [{ machines: 17, isSound: true, sum: 'none' }, {}] })
    const before = contents(folder.data)
    await folder.run('backup', 'list')
    expect(contents(folder.data)).toEqual(before)
  })
})
