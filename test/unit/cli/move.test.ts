import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { writeMoveFile } from '#electron/files/move/move-file.ts'
import { createSecretFile, SECRETS_NAME } from '#electron/services/secret-file.ts'
import { createSecretService } from '#electron/services/secret-service.ts'
import { migrate, SCHEMA_VERSION } from '#electron/store/sqlite/migrate.ts'
import { nextUniform, randomState } from '#shared/domain/ahead/simulate/random.ts'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const GUIDE = readFileSync(new URL('../../../docs/contracts.md', import.meta.url), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE)![1]!

const DAILY = `date,price_usd\n${Array.from({ length: 40 }, (_, day) => `2025-0${day < 20 ? 1 : 2}-${String((day % 20) + 1).padStart(2, '0')},${90_000 + day}`).join('\n')}\n`
const LADDER =
  'model,firmware,profile,hashrate_ths,power_w,source\nAntminer S19j Pro 104T,LuxOS,eco,80,2000,a meter\nAntminer S19j Pro 104T,LuxOS,full,100,2900,a meter\n'

/** Something of everything that a person can store. */
const STORING: readonly (readonly string[])[] = [
  ['import', 'fleet.csv'],
  ['contracts', 'import', 'sites.json'],
  ['ladders', 'import', 'ladders.csv'],
  ['snapshot', 'import', 'network.snapshot'],
  ['history', 'import', 'daily.csv'],
  ['rates', 'set', 'EUR', '1.08'],
  ['alerts', 'add', 'hashprice-below', '40'],
  [
    'project',
    '--network',
    'network.json',
    '--epochs',
    '3',
    '--price-growth-per-year',
    '-0.3',
    '--save',
    'Bear',
  ],
  ['settings', 'set', 'decision.review-days', '3'],
  ['settings', 'set', 'network.bitcoind.url', 'http://127.0.0.1:8332'],
]

const PASSWORD = 'correct horse battery'
const WEBHOOK = 'https://hooks.example.com/services/T0/B0/never-to-be-carried'
let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const path = (...parts: string[]) => join(cwd, ...parts)
/** In the folder that another computer would have. */
const there = (...words: string[]) => run(...words, '--data', 'other')

beforeAll(async () => {
  cwd = temporaryFolder()
  writeFileSync(path('network.json'), JSON.stringify(NETWORK))
  writeFileSync(path('fleet.csv'), block('csv'))
  writeFileSync(path('sites.json'), block('json'))
  writeFileSync(path('ladders.csv'), LADDER)
  writeFileSync(path('daily.csv'), DAILY)
  await run('settings', 'set', 'network.order', 'mempool', '--data', 'source', '--new')
  await run('snapshot', 'export', 'network.snapshot', '--data', 'source')
  for (const words of STORING) expect(await run(...words), words.join(' ')).toMatchObject({ exitCode: 0 })
  const secretFile = createSecretFile({
    file: path('data', SECRETS_NAME),
    keystore: {
      isAvailable: () => Promise.resolve(true),
      encrypt: (text) => Promise.resolve(Buffer.from(text)),
      decrypt: (bytes) => Promise.resolve(bytes.toString()),
    },
  })
  const secrets = createSecretService(secretFile)
  await secrets.write('bitcoind', { user: 'operator', password: PASSWORD }, 'http://127.0.0.1:8332')
  await secretFile.write('webhook', WEBHOOK)
  // A command for each thing that is stored, on a machine that may be busy.
}, 60_000)

/** Every row of every table but the counters of revisions, which a restore only ever lets rise, and the steps of undo, which it ends. */
function contentOf(file: string): Readonly<Record<string, unknown>> {
  const db = new Sqlite(file, { readonly: true })
  try {
    const tables = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_revision' AND name NOT LIKE 'undo_%' ORDER BY name",
      )
      .pluck()
      .all()
    return Object.fromEntries(tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()]))
  } finally {
    db.close()
  }
}

const figures = async (...data: string[]) => {
  const answers = []
  for (const words of [
    ['margins', '--network', 'network.json', '--json'],
    ['decide', '--network', 'network.json', '--now', '2025-11-20T13:00:00Z', '--json'],
    ['contracts', 'export', '-'],
    ['ladders', 'list', '--json'],
    ['scenario', 'list'],
    ['history', '--json'],
    ['settings', 'get'],
  ]) {
    const answer = await run(...words, ...data)
    expect(answer, words.join(' ')).toMatchObject({ exitCode: 0 })
    answers.push(answer.stdout)
  }
  return answers
}

describe('move', () => {
  it('brings everything but secrets into a new folder, where every figure is the same', async () => {
    const out = await run('move', 'out', 'all.strikeline')
    expect(out).toMatchObject({ exitCode: 0, stderr: '' })
    expect(out.stdout).toMatch(
      /all\.strikeline: \d+ machines .*\nPasswords and the address of the webhook are not in it/,
    )
    expect(statSync(path('all.strikeline')).mode & 0o777).toBe(0o600)
    const secrets = JSON.parse(readFileSync(path('data', SECRETS_NAME), 'utf8')) as {
      secrets: { bitcoind: string; webhook: string }
    }
    const written = readFileSync(path('all.strikeline'))
    for (const secret of [PASSWORD, secrets.secrets.bitcoind, WEBHOOK, secrets.secrets.webhook])
      expect(written.includes(secret)).toBe(false)

    const taken = await there('move', 'in', 'all.strikeline', '--new')
    expect(taken).toMatchObject({ exitCode: 0, stderr: '' })
    expect(taken.stdout).not.toContain('What stood there before')
    expect(readdirSync(path('other'))).toEqual(['strikeline.db'])
    expect(statSync(path('other', 'strikeline.db')).mode & 0o777).toBe(0o600)
    const before = contentOf(path('data', 'strikeline.db'))
    for (const table of [
      'machine',
      'site',
      'site_contract',
      'profile_point',
      'setting',
      'alert',
      'scenario',
      'day_value',
      'typed_rate',
    ])
      expect(before[table], table).not.toEqual([])
    expect(contentOf(path('other', 'strikeline.db'))).toEqual(before)
    expect(await figures('--data', 'other')).toEqual(await figures())
  })

  it('holds nothing of what was deleted', async () => {
    const file = path('deleted.csv')
    writeFileSync(file, 'id,model,quantity\nnot-to-be-carried-around,Antminer S21 200T,1\n')
    await run('import', 'deleted.csv', '--data', 'shrunk', '--new')
    writeFileSync(file, 'id,model,quantity\nkept,Antminer S21 200T,1\n')
    await run('import', 'deleted.csv', '--replace', '--data', 'shrunk')
    await run('move', 'out', 'shrunk.strikeline', '--data', 'shrunk')
    const bytes = readFileSync(path('shrunk.strikeline'))
    expect([bytes.includes('kept'), bytes.includes('not-to-be-carried-around')]).toEqual([true, false])
  })

  it('puts what is there aside, and a restore brings it back', async () => {
    writeFileSync(path('small.csv'), 'id,model,quantity\nlocal,Antminer S21 200T,3\n')
    await run('import', 'small.csv', '--data', 'full', '--new')
    const before = contentOf(path('full', 'strikeline.db'))
    await run('move', 'out', 'all.strikeline')
    const taken = await run('move', 'in', 'all.strikeline', '--data', 'full')
    expect(taken.stdout).toMatch(/What stood there before is (000001-.*-before-restore\.db)/)
    expect(contentOf(path('full', 'strikeline.db'))).toEqual(contentOf(path('data', 'strikeline.db')))
    const undo = /`backup restore (.*)`/.exec(taken.stdout)![1]!
    expect((await run('backup', 'restore', undo, '--data', 'full')).exitCode).toBe(0)
    expect(contentOf(path('full', 'strikeline.db'))).toEqual(before)
    const asJson = JSON.parse(
      (await run('move', 'in', 'all.strikeline', '--data', 'full', '--json')).stdout,
    ) as object
    expect(asJson).toMatchObject({
      machines: expect.any(Number) as number,
      before: expect.stringContaining('before-restore') as string,
    })
  })

  it('refuses while another program has the fleet open', async () => {
    await run('move', 'out', 'all.strikeline')
    await run('import', 'fleet.csv', '--data', 'busy', '--new')
    const open = new Sqlite(path('busy', 'strikeline.db'))
    open.prepare('SELECT count(*) FROM machine').get()
    const refused = await run('move', 'in', 'all.strikeline', '--data', 'busy')
    open.close()
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toContain('Another Strikeline has this fleet open')
  })

  it('says how it is used, and does not write over the fleet itself', async () => {
    for (const words of [['move'], ['move', 'out'], ['move', 'to', 'x'], ['move', 'out', 'x', 'y']])
      expect(await run(...words)).toMatchObject({ exitCode: 2, stdout: '' })
    const before = readFileSync(path('data', 'strikeline.db'))
    expect((await run('move', 'out', join('data', 'strikeline.db'))).stderr).toContain('is the fleet itself')
    expect(readFileSync(path('data', 'strikeline.db')).equals(before)).toBe(true)
    const nothing = await run('move', 'out', 'x.strikeline', '--data', 'empty', '--new')
    expect(nothing).toMatchObject({ exitCode: 2, stdout: '' })
    expect(nothing.stderr).toContain('there is nothing to move')
    expect(existsSync(path('x.strikeline'))).toBe(false)
    expect((await there('move', 'in', 'none.strikeline')).stderr).toContain('none.strikeline cannot be read')
    expect((await there('move', 'in', 'data')).stderr).toContain('it is not a file')
  })
})

describe('a move file that is not whole', () => {
  const seed = 41
  const TRIES = 200

  /** Takes it into a folder that has a fleet, of which nothing may change. */
  async function refusal(bytes: Buffer): Promise<string> {
    writeFileSync(path('spoiled.strikeline'), bytes)
    const taken = await run('move', 'in', 'spoiled.strikeline', '--data', 'guarded')
    expect(taken).toMatchObject({ exitCode: 2, stdout: '' })
    expect(taken.stderr).toMatch(/^strikeline: .*spoiled\.strikeline .*Nothing was changed\.\n$/)
    return taken.stderr
  }

  it(`is refused wherever it is cut off or a byte is another, and nothing changes (seed ${seed})`, async () => {
    await run('import', 'fleet.csv', '--data', 'guarded', '--new')
    const state = () =>
      readdirSync(path('guarded')).map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(path('guarded', name)))
          .digest('hex'),
      ])
    const before = state()
    await run('move', 'out', 'all.strikeline')
    const whole = readFileSync(path('all.strikeline'))
    const random = randomState(seed)
    for (let i = 0; i < TRIES; i++) {
      // Half of them in the lines around the database, which are short.
      const at = [
        Math.floor(nextUniform(random) * whole.length),
        i,
        whole.length - 1 - i,
        Math.floor(nextUniform(random) * whole.length),
      ][i % 4]!
      const changed = Buffer.from(whole)
      changed[at]! ^= 1 << (i % 8)
      await refusal(changed)
      expect(await refusal(whole.subarray(0, at))).toMatch(/cut off|`move out`/)
    }
    expect(await refusal(Buffer.concat([whole, Buffer.from('\n')]))).toContain(
      'is longer than it was written',
    )
    expect(await refusal(Buffer.alloc(0))).toContain('`move out`')
    expect(state()).toEqual(before)
  }, 120_000)

  it('is refused in words of its own where it is of a newer program', async () => {
    await run('move', 'out', 'all.strikeline')
    const whole = readFileSync(path('all.strikeline')).toString('latin1')
    const signed = (text: string) => {
      const body = text.slice(0, text.lastIndexOf('\nSHA-256 '))
      const sum = createHash('sha256').update(Buffer.from(body, 'latin1')).digest('hex')
      return Buffer.from(`${body}\nSHA-256 ${sum}\n`, 'latin1')
    }
    expect(await refusal(signed(whole.replace(/"schema":\d+/, '"schema":9999')))).toMatch(
      /is from a newer Strikeline \(version 0\.0\.0-test; its data has form 9999, and this one reads up to \d+\)/,
    )
    expect(await refusal(signed(whole.replace('move file 1', 'move file 2')))).toContain(
      'it is from a newer Strikeline',
    )
    // Signed by somebody, and still no fleet.
    const at = whole.indexOf('SQLite format 3')
    expect(
      await refusal(signed(`${whole.slice(0, at)}${'x'.repeat(200)}${whole.slice(at + 200)}`)),
    ).toContain('holds no sound fleet')
    expect(await refusal(Buffer.from(readFileSync(path('data', 'strikeline.db'))))).toContain('`move out`')
  })

  it('of an earlier version is brought up to this one', async () => {
    const db = new Sqlite(path('old.db'))
    migrate(db, 10)
    db.exec(`INSERT INTO site (key, name, other_nusd_per_kwh, overhead) VALUES (7, 'North', 0, 0.03);
      INSERT INTO machine (site_key, id, model, status, quantity, hashrate_ths, power_w, uptime_share, pool_fee_share,
        host_share, standby_w, fixed_nusd_per_day, restart_nusd)
      VALUES (7, 'rig', 'S19', 'running', 12, 104, 3068, 1, 0, 0, 0, 0, 0)`)
    db.close()
    const about = { program: '0.0.1', schema: 10, machines: 12, madeAt: '2025-01-01T00:00:00.000Z' }
    await writeMoveFile(path('old.strikeline'), path('old.db'), about, () => undefined)
    const taken = await run('move', 'in', 'old.strikeline', '--data', 'from-old', '--new')
    expect(taken.stdout).toContain('old.strikeline of 2025-01-01T00:00:00.000Z is in place: 12 machines')
    expect(readdirSync(path('from-old'))).toEqual(['strikeline.db'])
    const moved = new Sqlite(path('from-old', 'strikeline.db'), { readonly: true })
    expect(moved.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
    expect(moved.prepare('SELECT id, power_w FROM machine').raw().all()).toEqual([['rig', 3068]])
    moved.close()
  })
})
