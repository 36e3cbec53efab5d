import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { DATABASE_NAME } from '#electron/store/sqlite/client.ts'
import { openDatabase } from '#electron/store/sqlite/open-database.ts'
import type { OnBroken } from '#electron/store/sqlite/open-database.ts'
import { openDirect } from './direct.ts'
import { machineInput, NORTH, temporaryFolder } from './stores.ts'

const DAY_MS = 86_400_000
const PROGRAM = fileURLToPath(new URL('replace-and-die.ts', import.meta.url))

/** What is in a folder, by name; backups apart. */
function contents(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile())
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]))
}

const readFileOrNull = (path: string) => (statSync(path).isFile() ? readFileSync(path) : null)

const fleetIds = (file: string): unknown => {
  const db = new Sqlite(file)
  const ids = db.prepare('SELECT id FROM machine ORDER BY key').pluck().all()
  db.close()
  return ids
}

/**
 * A data folder whose program was killed: the database is damaged, its write-ahead log holds the last change. Two backups: the older
 * one has rig-1, the newer one rig-1 and rig-2.
 */
async function brokenFolder(): Promise<string> {
  const [work, folder] = [temporaryFolder(), temporaryFolder()]
  const store = await openDirect(work)
  const { key: siteKey } = store.addSite(NORTH)
  store.addMachine(machineInput({ siteKey, id: 'rig-1' }))
  await store.maintain(0)
  store.addMachine(machineInput({ siteKey, id: 'rig-2' }))
  await store.maintain(DAY_MS)
  store.close()
  const again = await openDirect(work)
  again.addMachine(machineInput({ siteKey, id: 'rig-3' }))
  // While it is open: as a program that is killed leaves it.
  for (const part of ['', '-wal', '-shm']) {
    copyFileSync(join(work, DATABASE_NAME + part), join(folder, DATABASE_NAME + part))
  }
  again.close()
  const bytes = readFileSync(join(folder, DATABASE_NAME))
  bytes.fill(0xa5, 4096 + 8)
  writeFileSync(join(folder, DATABASE_NAME), bytes)
  mkdirSync(join(folder, 'backups'))
  for (const name of readdirSync(join(work, 'backups'))) {
    copyFileSync(join(work, 'backups', name), join(folder, 'backups', name))
  }
  return folder
}

const backupNames = (folder: string) =>
  readdirSync(join(folder, 'backups'))
    .filter((name) => name.endsWith('.db'))
    .sort()

/** A sound database as a killed program leaves it: its only site is in the log alone. Gives its path. */
async function leftWithLog(): Promise<string> {
  const [work, folder] = [temporaryFolder(), temporaryFolder()]
  const store = await openDirect(work)
  store.addSite(NORTH)
  for (const part of ['', '-wal'])
    copyFileSync(join(work, DATABASE_NAME + part), join(folder, DATABASE_NAME + part))
  store.close()
  return join(folder, DATABASE_NAME)
}

/** Puts another sound database, which has had a log of its own, beside a log that is there. */
async function exchangeDatabase(file: string): Promise<void> {
  const work = temporaryFolder()
  const store = await openDirect(work)
  const { key: siteKey } = store.addSite(NORTH)
  for (let i = 0; i < 300; i++) store.addMachine(machineInput({ siteKey, id: `other-${i}` }))
  store.close()
  copyFileSync(join(work, DATABASE_NAME), file)
}

type End = { readonly code: number | null; readonly signal: string | null; readonly words: string }
const outcome = (command: string, args: readonly string[]) =>
  new Promise<End>((done, failed) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let words = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (words += text))
    child.once('error', failed)
    child.once('close', (code, signal) => done({ code, signal, words }))
  })

const run = (file: string, onBroken: OnBroken, end: 'die' | 'fail', before: number) =>
  outcome(process.execPath, [PROGRAM, file, onBroken, end, String(before)])

const broken = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith(`${DATABASE_NAME}.broken-`))

/** The broken file is there, whole, with its log, under a name that says when. */
function expectKept(folder: string, before: ReadonlyMap<string, Buffer>): void {
  const [name, ...more] = broken(folder).filter((each) => !/-(wal|shm)$/.test(each))
  expect(more).toEqual([])
  expect(name).toMatch(/\.broken-\d{4}-\d{2}-\d{2}T[\d-]+Z$/)
  expect(readFileSync(join(folder, name!)).equals(before.get(DATABASE_NAME)!)).toBe(true)
  expect(readFileSync(join(folder, `${name!}-wal`)).equals(before.get(`${DATABASE_NAME}-wal`)!)).toBe(true)
}

/** Database and log are as they were; what SQLite derives from the log (-shm) does not count. */
function expectUntouched(folder: string, before: ReadonlyMap<string, Buffer>): void {
  const now = contents(folder)
  expect([...now.keys()]).toEqual([...before.keys()])
  for (const name of [DATABASE_NAME, `${DATABASE_NAME}-wal`]) {
    expect(now.get(name)?.equals(before.get(name)!), name).toBe(true)
  }
}

const offer = { code: 'database-broken', message: expect.stringContaining('Nothing was changed.') as string }

describe.each([
  ['restore', ['rig-1', 'rig-2']],
  ['move-aside', []],
] as const)('%s', (onBroken, expected) => {
  it('killed before any of its steps leaves what was there, and the offer, or is done', async () => {
    const template = await brokenFolder()
    const before = contents(template)
    let isDone = false
    let [taken, ended] = [0, 0]
    for (let n = 1; !isDone; n++) {
      const folder = temporaryFolder()
      cpSync(template, folder, { recursive: true })
      const file = join(folder, DATABASE_NAME)
      const end = await run(file, onBroken, 'die', n)
      isDone = end.signal === null
      // What comes after it may be killed too: at every third of its steps, which are others for the next n.
      for (let m = 1 + (n % 3); !isDone && (await run(file, 'refuse', 'die', m)).signal !== null; m += 3);
      const seen = await openDatabase(file, 'refuse').catch((error: unknown) => error)
      if (seen instanceof Error) {
        taken++
        expect(seen, `killed before step ${n}`).toMatchObject(offer)
        expectUntouched(folder, before)
        ;(await openDatabase(file, onBroken)).close()
      } else {
        ended++
        ;(seen as Database).close()
      }
      expect(fleetIds(file), `killed before step ${n}`).toEqual(expected)
      expectKept(folder, before)
      const others = readdirSync(folder).filter((name) => !name.includes('.broken-'))
      expect(others.sort()).toEqual(['backups', DATABASE_NAME])
      expect(statSync(file).mode & 0o777).toBe(0o600)
    }
    // Both sides of the moment at which the other file takes the place have been seen.
    expect(taken).toBeGreaterThan(3)
    expect(ended).toBeGreaterThan(3)
  }, 120_000)
})

it('half a file that a killed restore has left is not taken for one', async () => {
  const folder = await brokenFolder()
  const file = join(folder, DATABASE_NAME)
  const before = contents(folder)
  const backup = readFileSync(join(folder, 'backups', backupNames(folder)[0]!))
  writeFileSync(`${file}.next`, backup.subarray(0, backup.length / 2))
  await expect(openDatabase(file, 'refuse')).rejects.toMatchObject(offer)
  expectUntouched(folder, before)
})

describe('a restore that fails', () => {
  it('for want of room leaves all as it was, says why, and succeeds when there is room', async () => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    const before = contents(folder)
    const limited = `trap '' XFSZ; ulimit -f 40; exec "$0" "$@"`
    const end = await outcome('bash', ['-c', limited, process.execPath, PROGRAM, file, 'restore', 'die', '0'])
    expect(end).toMatchObject({ code: 3, signal: null })
    const newest = backupNames(folder).at(-1)!
    expect(end.words).toContain(`The backup ${newest} could not be put in the place of ${file}: `)
    expect(end.words).toContain('Everything is as it was. Make room on the disk')
    expectUntouched(folder, before)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject(offer)
    ;(await openDatabase(file, 'restore')).close()
    expect(fleetIds(file)).toEqual(['rig-1', 'rig-2'])
  })

  it('at any of its steps puts back what has moved, or is done', async () => {
    const template = await brokenFolder()
    const before = contents(template)
    const codes = []
    for (let n = 1; codes.at(-1) !== 0; n++) {
      const folder = temporaryFolder()
      cpSync(template, folder, { recursive: true })
      const file = join(folder, DATABASE_NAME)
      const { code, words } = await run(file, 'restore', 'fail', n)
      codes.push(code)
      if (words.includes('Everything is as it was.')) {
        expectUntouched(folder, before)
        ;(await openDatabase(file, 'restore')).close()
      } else if (code !== 0) {
        expect(words).toMatch(/did not come to its end: no room\. What was there before is kept in /)
        ;(await openDatabase(file, 'refuse')).close()
      }
      expect(fleetIds(file)).toEqual(['rig-1', 'rig-2'])
      expectKept(folder, before)
    }
    expect(codes.length).toBeGreaterThan(7)
  }, 120_000)

  it('is not kept from the next try by what lies in its way', async () => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    mkdirSync(`${file}.set-aside`)
    const before = contents(folder)
    ;(await openDatabase(file, 'restore')).close()
    expect(fleetIds(file)).toEqual(['rig-1', 'rig-2'])
    expect(
      broken(folder).some((name) => readFileOrNull(join(folder, name))?.equals(before.get(DATABASE_NAME)!)),
    ).toBe(true)
  })

  it('goes past a backup that cannot be read', async () => {
    const folder = await brokenFolder()
    const newest = backupNames(folder).at(-1)!
    rmSync(join(folder, 'backups', newest))
    mkdirSync(join(folder, 'backups', newest))
    const file = join(folder, DATABASE_NAME)
    ;(await openDatabase(file, 'restore')).close()
    expect(fleetIds(file)).toEqual(['rig-1'])
  })

  it.runIf(process.getuid?.() !== 0)('in a folder that may not be written leaves all as it was', async () => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    const before = contents(folder)
    chmodSync(folder, 0o500)
    try {
      await expect(openDatabase(file, 'restore')).rejects.toMatchObject({ code: 'database-broken' })
    } finally {
      chmodSync(folder, 0o700)
    }
    expectUntouched(folder, before)
  })
})

describe('a database that is gone', () => {
  it.each(['gone', 'empty'])(
    '%s, while there are backups: nothing is begun anew without being asked',
    async (how) => {
      const folder = await brokenFolder()
      const file = join(folder, DATABASE_NAME)
      rmSync(file)
      if (how === 'empty') writeFileSync(file, '')
      const before = contents(folder)
      await expect(openDatabase(file, 'refuse')).rejects.toMatchObject({
        code: 'database-broken',
        message: expect.stringMatching(
          /is missing, but there are backups of it.*The newest sound backup is 000002-/,
        ) as string,
      })
      expect(contents(folder)).toEqual(before)
      ;(await openDatabase(file, 'restore')).close()
      // The log that was left behind is not written into what has been restored.
      expect(fleetIds(file)).toEqual(['rig-1', 'rig-2'])
      expect(existsSync(`${file}-wal`)).toBe(false)
    },
  )
})

describe('a refusal changes nothing', () => {
  it.each([
    ['damaged, with its log', () => Promise.resolve()],
    ['sound, with the log of another one', exchangeDatabase],
  ] as const)('in any file of the folder: %s', async (_, prepare) => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    // As a killed program on another system leaves it, which keeps no index of the log.
    rmSync(`${file}-shm`)
    await prepare(file)
    const before = contents(folder)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject({ code: 'database-broken' })
    expect(contents(folder)).toEqual(before)
  })

  it('in a sound database that was left with its log, which is then read', async () => {
    const file = await leftWithLog()
    const db = await openDatabase(file, 'refuse')
    expect(db.prepare('SELECT name FROM site').pluck().all()).toEqual(['North'])
    db.close()
  })

  it('in a damaged database and its log, however often it is looked at', async () => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    const before = contents(folder)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject(offer)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject(offer)
    expectUntouched(folder, before)
  })

  it('in a backup that was copied by hand to where a killed program has left its log', async () => {
    const folder = await brokenFolder()
    const file = join(folder, DATABASE_NAME)
    const [older] = backupNames(folder)
    copyFileSync(join(folder, 'backups', older!), file)
    const before = contents(folder)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject({
      code: 'database-broken',
      message: expect.stringContaining(
        `${basename(file)}-wal beside it, which belongs to another database`,
      ) as string,
    })
    expectUntouched(folder, before)
    // As the message says.
    renameSync(`${file}-wal`, join(folder, 'elsewhere'))
    ;(await openDatabase(file, 'refuse')).close()
    expect(fleetIds(file)).toEqual(['rig-1'])
  })

  it('in who may read a file that is not ours', async () => {
    const file = join(temporaryFolder(), DATABASE_NAME)
    writeFileSync(file, 'theirs')
    chmodSync(file, 0o644)
    await expect(openDatabase(file, 'refuse')).rejects.toMatchObject(offer)
    expect(statSync(file).mode & 0o777).toBe(0o644)
  })
})
