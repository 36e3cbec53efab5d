import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { keepChecksums } from '#electron/store/sqlite/row-checksums.ts'
import { startMempoolServer } from '../../mempool-server.ts'
import type { MempoolServer } from '../../mempool-server.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

let server: MempoolServer | undefined
afterEach(() => server?.close())

describe('the program’s own data', () => {
  it('imports, exports the same, and computes on it like on the file', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
    expect((await runCommand(['import', 'fleet.csv'], { cwd })).stderr).toBe('')
    const fromStore = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
    const fromFile = await runCommand(
      ['margins', '--fleet', 'fleet.csv', '--network', 'network.json', '--json'],
      { cwd },
    )
    expect(fromStore.stderr).toBe('')
    expect(JSON.parse(fromStore.stdout)).toEqual(JSON.parse(fromFile.stdout))
    expect((await runCommand(['export', 'out.csv'], { cwd })).exitCode).toBe(0)
    const again = await runCommand(['margins', '--fleet', 'out.csv', '--network', 'network.json', '--json'], {
      cwd,
    })
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(fromFile.stdout))
  })

  it('is not computed on where the file is damaged, even where nothing damaged is read', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
    await runCommand(['import', 'fleet.csv'], { cwd })
    const file = join(cwd, 'data', 'strikeline.db')
    const db = new Sqlite(file)
    const page = (table: string) =>
      db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)!
    const pages = { scenario: page('scenario'), machine: page('machine') }
    db.close()
    const sound = readFileSync(file)
    for (const number of Object.values(pages)) {
      const damaged = Buffer.from(sound).fill(0xa5, (number - 1) * 4096, number * 4096)
      writeFileSync(file, damaged)
      const run = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
      expect([run.exitCode, run.stdout]).toEqual([1, ''])
      expect(run.stderr).toMatch(/^strikeline: .*strikeline\.db is damaged .*Nothing was changed\..*\n$/)
      expect(readFileSync(file).equals(damaged)).toBe(true)
    }
  })

  it('is computed on while another holds it, and nothing of theirs is touched', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
    await runCommand(['import', 'fleet.csv'], { cwd })
    const folder = join(cwd, 'data')
    const margins = async () => {
      const run = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
      return (JSON.parse(run.stdout) as { fleet: { machines: number } }).fleet.machines
    }
    const alone = readdirSync(folder)
    expect(await margins()).toBe(17)
    expect(readdirSync(folder)).toEqual(alone)
    const theirs = new Sqlite(join(folder, 'strikeline.db'))
    try {
      keepChecksums(theirs)
      theirs.exec("UPDATE machine SET quantity = 3 WHERE id = 'new'")
      const log = readFileSync(join(folder, 'strikeline.db-wal'))
      expect(await margins()).toBe(18)
      expect(readFileSync(join(folder, 'strikeline.db-wal')).equals(log)).toBe(true)
    } finally {
      theirs.close()
    }
  })

  it('stores nothing of a file with one bad row', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), `${FLEET_CSV}bad,,0.5,North,0.05,100,3000,running,0\n`)
    const run = await runCommand(['import', 'fleet.csv'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('row 5, column quantity')
    expect((await runCommand(['export', 'out.csv'], { cwd })).stderr).toContain('0 rows')
  })

  it('refreshes from the server of the settings, and keeps what it got when the server is gone', async () => {
    const cwd = temporaryFolder()
    server = await startMempoolServer()
    await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
    const set = await runCommand(['settings', 'set', 'network.mempool.url', server.url], { cwd })
    expect(set.exitCode).toBe(0)
    const fresh = await runCommand(['refresh', '--json'], { cwd })
    expect(fresh.stderr).toBe('')
    expect(fresh.exitCode).toBe(0)
    const answer = JSON.parse(fresh.stdout) as {
      values: Record<string, { value: number; source: string; stale: boolean } | null>
    }
    expect(Object.keys(answer.values)).toEqual([
      'height',
      'difficulty',
      'priceUsdPerBtc',
      'feesBtcPerBlock',
      'epochBlocks',
      'epochSeconds',
    ])
    expect(answer.values['priceUsdPerBtc']).toMatchObject({ value: 88_300, source: 'mempool', stale: false })
    expect(answer.values['feesBtcPerBlock']?.value).toBeCloseTo(0.02, 12)
    expect(answer.values['epochBlocks']?.value).toBe(1672)

    await server.close()
    server = undefined
    const gone = await runCommand(['refresh', '--json'], { cwd })
    const stored = JSON.parse(gone.stdout) as typeof answer & {
      sources: { name: string; lastError: string | null }[]
    }
    expect(stored.values['priceUsdPerBtc']?.value).toBe(88_300)
    expect(stored.sources[0]?.lastError).not.toBeNull()
    const network = await runCommand(['network', '--json'], { cwd })
    expect((JSON.parse(network.stdout) as typeof answer).values['priceUsdPerBtc']?.value).toBe(88_300)
  })

  it('says that nothing is there: exit 3, every value null', async () => {
    const cwd = temporaryFolder()
    await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
    await runCommand(['settings', 'set', 'network.mempool.url', 'http://127.0.0.1:9'], { cwd })
    const run = await runCommand(['refresh', '--json'], { cwd })
    expect(run.exitCode).toBe(3)
    const { values } = JSON.parse(run.stdout) as { values: Record<string, unknown> }
    expect(Object.values(values)).toEqual([null, null, null, null, null, null])
    expect(run.stderr).toContain('stale or missing')
  })

  it('refuses a database that is a text file, and leaves it as it is', async () => {
    const cwd = temporaryFolder()
    await runCommand(['settings', 'get'], { cwd: temporaryFolder() })
    const data = temporaryFolder()
    writeFileSync(join(data, 'strikeline.db'), 'hello')
    const run = await runCommand(['export', 'out.csv', '--data', data], { cwd })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('strikeline.db is not a database')
    expect(readFileSync(join(data, 'strikeline.db'), 'utf8')).toBe('hello')
  })

  it('shows and refuses settings by name', async () => {
    const cwd = temporaryFolder()
    expect((await runCommand(['settings', 'get', 'report.paper'], { cwd })).stdout).toBe('A4\n')
    expect((await runCommand(['settings', 'set', 'report.paper', 'Letter'], { cwd })).exitCode).toBe(0)
    expect((await runCommand(['settings', 'get', 'report.paper'], { cwd })).stdout).toBe('Letter\n')
    expect((await runCommand(['settings', 'set', 'report.paper', 'Quarto'], { cwd })).exitCode).toBe(2)
    expect((await runCommand(['settings', 'get', 'report.color'], { cwd })).stderr).toContain(
      'network.mempool.url',
    )
  })
})
