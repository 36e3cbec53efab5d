import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

/** A folder with a fleet in its data folder, and a way to run commands there. */
async function fleetFolder() {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  const run = (...words: string[]) => runCommand(words, { cwd })
  await run('import', 'fleet.csv')
  const ids = async () => {
    await run('export', 'out.csv')
    return readFileSync(join(cwd, 'out.csv'), 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0])
  }
  return { cwd, run, ids, data: join(cwd, 'data'), backups: join(cwd, 'data', 'backups') }
}

describe('backup', () => {
  it('lists none, makes one with its sum, and lists it', async () => {
    const { run, backups } = await fleetFolder()
    expect((await run('backup', 'list')).stdout).toContain('There are no backups in')
    const made = JSON.parse((await run('backup', 'make', '--json')).stdout) as {
      path: string
      sha256: string
    }
    expect(made).toMatchObject({ machines: 17 })
    const sum = createHash('sha256').update(readFileSync(made.path)).digest('hex')
    expect(made.sha256).toBe(sum)
    const [name] = readdirSync(backups)
    expect(readFileSync(join(backups, `${name!}.sha256`), 'utf8')).toBe(`${sum}  ${name!}\n`)
    const list = JSON.parse((await run('backup', 'list', '--json')).stdout) as { backups: object[] }
    expect(list.backups).toEqual([
      expect.objectContaining({ name, machines: 17, isSound: true, sum: 'matches' }),
    ])
    expect((await run('backup', 'list')).stdout).toMatch(
      /000001-\d{4}-\d\d-\d\d-by-hand\.db +\S+ +17 +\d+ +sound +matches/,
    )
  })
  it('restores one, and what stood there before can be brought back', async () => {
    const { run, ids, cwd, backups } = await fleetFolder()
    await run('backup', 'make')
    const [first] = readdirSync(backups)
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV.split('\n').slice(0, 2).join('\n'))
    await run('import', 'fleet.csv', '--replace')
    expect(await ids()).toEqual(['old'])
    const restored = await run('backup', 'restore', first!)
    expect(restored.exitCode).toBe(0)
    expect(restored.stdout).toContain(`${first!} is in place: 17 machines.`)
    expect(await ids()).toEqual(['old', 'new', 'shelf'])
    const undo = /`backup restore (.*)`/.exec(restored.stdout)![1]!
    expect(undo).toMatch(/^000002-.*-before-restore\.db$/)
    await run('backup', 'restore', undo)
    expect(await ids()).toEqual(['old'])
  })
  it('brings back a fleet whose database is damaged, and keeps the damaged one', async () => {
    const { run, ids, data, backups } = await fleetFolder()
    await run('backup', 'make')
    const file = join(data, 'strikeline.db')
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 4104)
    writeFileSync(file, bytes)
    const refused = await run('export', 'out.csv')
    expect(refused.stderr).toContain('The newest sound backup is 000001-')
    const run1 = await run('backup', 'restore', readdirSync(backups)[0]!)
    expect(run1.stdout).toContain('it is kept beside it')
    expect(await ids()).toEqual(['old', 'new', 'shelf'])
    expect(readdirSync(data).some((name) => name.includes('.broken-'))).toBe(true)
  })
  it('refuses a copy that is damaged or not what its sum says, and changes nothing', async () => {
    const { run, ids, backups } = await fleetFolder()
    await run('backup', 'make')
    const [name] = readdirSync(backups)
    const db = new Sqlite(join(backups, name!))
    keepChecksums(db)
    db.exec('UPDATE machine SET power_w = 1')
    db.close()
    const changed = await run('backup', 'restore', name!)
    expect(changed).toMatchObject({ exitCode: 2, stdout: '' })
    expect(changed.stderr).toContain(
      'its SHA-256 differs from the one beside it. Choose another one. Nothing was changed.',
    )
    expect((await run('backup', 'list')).stdout).toContain('differs')
    writeFileSync(join(backups, name!), 'no database')
    expect((await run('backup', 'restore', name!)).stderr).toContain('is not a sound copy of a fleet')
    expect((await run('backup', 'list')).stdout).toContain('damaged')
    expect(await ids()).toEqual(['old', 'new', 'shelf'])
    expect(readdirSync(backups)).toHaveLength(2)
  })
  it('refuses while another program has the fleet open', async () => {
    const { run, data, backups } = await fleetFolder()
    await run('backup', 'make')
    const [name] = readdirSync(backups)
    const open = new Sqlite(join(data, 'strikeline.db'))
    open.prepare('SELECT count(*) FROM machine').get()
    const refused = await run('backup', 'restore', name!)
    open.close()
    expect(refused.exitCode).toBe(1)
    expect(refused.stderr).toContain('Another Strikeline has this fleet open')
  })
  it('says why one could not be made', async () => {
    const { run, data } = await fleetFolder()
    writeFileSync(join(data, 'backups'), 'in the way')
    const refused = await run('backup', 'make')
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toContain('The backup could not be made: ')
  })
  it('says how it is used, and that a file is not there', async () => {
    const { run } = await fleetFolder()
    for (const words of [
      ['backup', 'restore'],
      ['backup', 'list', 'x'],
      ['backup', 'undo'],
    ])
      expect(await run(...words)).toMatchObject({ exitCode: 2, stdout: '' })
    expect((await run('backup', 'restore', 'none.db')).stderr).toContain('there is no file')
  })
})

describe('a database of our version that lacks a part', () => {
  it.each([
    ['DROP TABLE rate', 'lacks the table "rate"'],
    ['ALTER TABLE machine DROP COLUMN power_w', 'lacks the column "power_w" of its table "machine"'],
  ])('%s: is refused in words that name the backup', async (sql, words) => {
    const { run, data } = await fleetFolder()
    await run('backup', 'make')
    const db = new Sqlite(join(data, 'strikeline.db'))
    db.pragma('legacy_alter_table = ON')
    for (const name of db
      .prepare("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")
      .pluck()
      .all())
      db.exec(`DROP TRIGGER IF EXISTS "${String(name)}"`)
    try {
      db.exec(sql)
    } finally {
      db.close()
    }
    const { exitCode, stderr } = await run('export', 'out.csv')
    expect(exitCode).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).toMatch(/The newest sound backup is 000001-.*-by-hand\.db/)
  })
})

describe('--data', () => {
  it('names a folder that is there, or a new one where that is said', async () => {
    const cwd = temporaryFolder()
    const run = (...words: string[]) => runCommand(words, { cwd })
    for (const data of ['', ' '])
      expect((await run('settings', 'get', '--data', data)).stderr).toContain(
        '--data is empty; name a folder',
      )
    const mistyped = await run('settings', 'get', '--data', 'offise')
    expect(mistyped).toMatchObject({ exitCode: 2, stdout: '' })
    expect(mistyped.stderr).toContain('to begin an empty fleet there add --new')
    expect(existsSync(join(cwd, 'offise'))).toBe(false)
    writeFileSync(join(cwd, 'file'), '')
    expect((await run('settings', 'get', '--data', 'file')).stderr).toContain('is not a folder')
    expect((await run('settings', 'get', '--new')).stderr).toContain('--new goes with --data DIR')
    mkdirSync(join(cwd, 'there'))
    expect((await run('settings', 'get', '--data', 'there')).exitCode).toBe(0)
    expect((await run('settings', 'get', '--data', 'made', '--new')).exitCode).toBe(0)
    expect(existsSync(join(cwd, 'made', 'strikeline.db'))).toBe(true)
  })
})

describe('what a terminal would obey', () => {
  it('is written as an escape', async () => {
    const cwd = temporaryFolder()
    const run = (...words: string[]) => runCommand(words, { cwd })
    const unknown = await run('settings', 'get', 'a\u001b[31m\u009b\u202eb')
    expect(unknown.stderr).toContain('a\\u001b[31m\\u009b\\u202eb')
    writeFileSync(
      join(cwd, 'fleet.csv'),
      'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,restart_usd\na,x,1,No\u009brth,0.05,100,3000,running,0\n',
    )
    await run('import', 'fleet.csv')
    const contracts = await run('margins', '--fleet', 'fleet.csv', '--price', '88000', '--json')
    expect(contracts.stdout + contracts.stderr).not.toContain('\u009b')
    // eslint-disable-next-line no-control-regex
    expect(unknown.stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/)
  })
})
