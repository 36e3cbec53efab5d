import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createNetworkService } from '#electron/services/network-service.ts'
import { DATABASE_NAME, openStore } from '#electron/store/sqlite/client.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { unzipped } from '../../workbook/office.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const DAILY = [
  'date,price_usd,difficulty,issuance_btc,fees_btc',
  '2025-11-18,90000,1.5e14,450,3',
  '2025-11-19,91000,1.5e14,450,',
  '',
].join('\n')
const FILES = ['--fleet', 'fleet.csv', '--network', 'network.json']
const VALUES = {
  priceUsdPerBtc: 88_300,
  difficulty: 150e12,
  height: 925_000,
  feesBtcPerBlock: 0.02,
  epochBlocks: 1007,
  epochSeconds: 612_345,
} as const

let cwd: string
beforeAll(async () => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'daily.csv'), DAILY)
  await runCommand(['import', 'fleet.csv'], { cwd })
  await runCommand(['history', 'import', 'daily.csv'], { cwd })
  await typeValues()
})

/** All at once: six command lines would each start a thread of the store. */
async function typeValues() {
  const file = join(cwd, 'data', DATABASE_NAME)
  const store = await openStore({ file, workerUrl: WORKER_URL, assetsFolder: ASSETS_FOLDER })
  const service = createNetworkService({ store, version: '0.0.0-test' })
  for (const name of NETWORK_VALUE_NAMES) await service.type(name, VALUES[name])
  await service.stop()
  await store.close()
}

const run = (...words: string[]) => runCommand(words, { cwd })
type Tables = {
  readonly asOf: string
  readonly warnings: readonly string[]
  readonly tables: Record<string, { readonly rows: readonly Record<string, unknown>[] }>
}
const valueOf = ({ tables }: Tables, name: string) =>
  tables['sources']!.rows.find((row) => String(row['value']).includes(name))!

async function cellsOf(file: string): Promise<string> {
  const files = await unzipped(readFileSync(join(cwd, file)))
  return ['sheet2', 'sheet4'].map((name) => files.get(`xl/worksheets/${name}.xml`)!).join('')
}

describe('workbook', () => {
  it('is made of files, with the figures that margins prints', async () => {
    const { exitCode, stderr, stdout } = await run('workbook', ...FILES, '--xlsx', 'files.xlsx')
    expect([exitCode, stdout]).toEqual([0, ''])
    expect(stderr).toContain('files.xlsx: 3 lots on 7 sheets written')
    const margins = JSON.parse((await run('margins', ...FILES, '--json')).stdout) as {
      readonly machines: readonly { readonly marginUsdPerDay: number }[]
    }
    const cells = await cellsOf('files.xlsx')
    for (const { marginUsdPerDay } of margins.machines) expect(cells).toContain(`<v>${marginUsdPerDay}</v>`)
    expect(cells).toContain('network.json')
  })

  it('is made of what is stored', async () => {
    const { exitCode, stderr } = await run('workbook', '--xlsx', 'stored.xlsx')
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('3 lots on 7 sheets written')])
    expect(await cellsOf('stored.xlsx')).toContain('typed by hand')
  })

  it('refuses what does not go together, and leaves no file', async () => {
    const day = await run('workbook', ...FILES, '--as-of', '2025-11-18', '--xlsx', 'none.xlsx')
    expect([day.exitCode, day.stderr]).toEqual([
      2,
      expect.stringContaining('--as-of goes with what is stored'),
    ])
    expect((await run('workbook')).exitCode).toBe(2)
    expect(existsSync(join(cwd, 'none.xlsx'))).toBe(false)
  })
})

describe('tables of a report', () => {
  it('are files of a folder and one document', async () => {
    const { exitCode, stdout, stderr } = await run(
      'report',
      '--json',
      '--csv',
      'out',
      '--template',
      'audit FILE',
    )
    expect(exitCode).toBe(0)
    const { tables } = JSON.parse(stdout) as Tables
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual(
      Object.keys(tables)
        .map((id) => `${id}.csv`)
        .sort(),
    )
    expect(stderr).toContain(`${Object.keys(tables).length} tables written`)
    const lines = readFileSync(join(cwd, 'out', 'machines.csv'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines[0]).toContain('margin_usd_per_day')
    expect(lines.length).toBe(4)
    expect(tables['machines']!.rows.length).toBe(3)
  })

  it('speak of a day of the stored history, and say what is of now', async () => {
    const { exitCode, stdout, stderr } = await run('report', '--json', '--as-of', '2025-11-18')
    expect(exitCode).toBe(0)
    const document = JSON.parse(stdout) as Tables
    expect(document.asOf).toBe('2025-11-18T23:59:59.999Z')
    expect(document.warnings.join(' ')).toMatch(
      /those of 18 Nov 2025; machines, contracts and settings are those of/,
    )
    expect(valueOf(document, 'rice')).toMatchObject({ source: expect.stringMatching(/imported/) as string })
    expect(stderr).toContain('of the epoch of that day nothing is known')
  })

  it.each([
    ['2025-11-19', 3, 'Run history fill'],
    ['2020-01-01', 3, 'Run history fill'],
    ['2999-01-01', 2, 'still to come'],
    ['2025-02-30', 2, 'it must be a day'],
    ['yesterday', 2, 'it must be a day'],
  ])('as of %s exit with %i', async (day, code, words) => {
    const { exitCode, stderr, stdout } = await run('report', '--json', '--as-of', day)
    expect([exitCode, stdout]).toEqual([code, ''])
    expect(stderr).toContain(words)
  })

  it.each([
    [['--json', '--template', 'Other'], 'there are Board pack, One page, Audit file'],
    [['--json', '--scenario', 'Other'], "There is no scenario 'Other'"],
    [['--json', '--paper', 'Quarto'], '--paper must be A4 or Letter'],
    [[], 'say what to make'],
  ])('refuse %j', async (words, said) => {
    const { exitCode, stderr } = await run('report', ...words)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(said)])
  })
})
