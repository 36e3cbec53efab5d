import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const csv = (usdPerMwh: number) =>
  [
    'time,price_usd_mwh',
    ...Array.from(
      { length: 24 },
      (_, hour) => `2025-11-20T${String(hour).padStart(2, '0')}:00Z,${usdPerMwh}`,
    ),
    '',
  ].join('\n')

let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const write = (usdPerMwh: number) => writeFileSync(join(cwd, 'prices.csv'), csv(usdPerMwh))
const costOf = async () => {
  const { exitCode, stdout, stderr } = await run('margins', '--network', 'network.json', '--json')
  expect(exitCode).toBe(0)
  const { machines } = JSON.parse(stdout) as { machines: readonly unknown[] }
  return { machines, stderr }
}

beforeEach(async () => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  write(50)
  expect(await run('import', 'fleet.csv', '--data', 'data', '--new')).toMatchObject({ exitCode: 0 })
  const imported = await run('contracts', 'import', 'prices.csv', '--prices', 'North', '--watch')
  expect(imported).toMatchObject({ exitCode: 0 })
})

describe('a watched price file', () => {
  it('is read again before an answer, as one step of undo', async () => {
    const before = await costOf()
    write(80)
    const after = await costOf()
    expect(after.stderr).toBe('')
    expect(after.machines).not.toEqual(before.machines)
    write(50)
    expect((await costOf()).machines).toEqual(before.machines)
  })

  it('that is refused or gone leaves the prices before it, and every answer says so', async () => {
    const before = await costOf()
    write(9000)
    const surprising = await costOf()
    expect(surprising.machines).toEqual(before.machines)
    expect(surprising.stderr).toMatch(
      /^warning: prices of North: prices\.csv, column price_usd_mwh: the mean of the file is 9 USD\/kWh.*--accept mean takes it\.\n$/,
    )
    rmSync(join(cwd, 'prices.csv'))
    const gone = await costOf()
    expect(gone.machines).toEqual(before.machines)
    expect(gone.stderr).toContain('prices.csv cannot be read: there is no such file')
    const { watched } = JSON.parse((await run('contracts', 'list', '--json')).stdout) as {
      watched: unknown[]
    }
    expect(watched).toMatchObject([
      {
        ...{ site: 'North', field: 'market.file', path: join(cwd, 'prices.csv'), isStored: true },
        fault: { reason: 'prices.csv cannot be read: there is no such file' },
      },
    ])
    expect((await run('contracts', 'list')).stdout).toContain(
      `North: watched ${join(cwd, 'prices.csv')}, read 2`,
    )
  })

  it('is left alone once it is not watched, and an import without one says that there is none', async () => {
    const before = await costOf()
    expect(await run('contracts', 'unwatch', 'north')).toMatchObject({ exitCode: 0 })
    write(80)
    expect((await costOf()).machines).toEqual(before.machines)
    expect(await run('contracts', 'unwatch', 'North')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no price file of North is watched') as string,
    })
    writeFileSync(join(cwd, 'sites.json'), JSON.stringify({ sites: [{ site: 'North', capKw: 100 }] }))
    expect(await run('contracts', 'import', 'sites.json', '--watch')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('brings no price file') as string,
    })
  })

  it('does not move to another computer: its path means nothing there', async () => {
    expect(await run('move', 'out', 'all.strikeline')).toMatchObject({ exitCode: 0 })
    expect(await run('move', 'in', 'all.strikeline', '--data', 'other', '--new')).toMatchObject({
      exitCode: 0,
    })
    expect(readFileSync(join(cwd, 'other', 'strikeline.db')).includes('prices.csv')).toBe(false)
    const listed = JSON.parse((await run('contracts', 'list', '--json', '--data', 'other')).stdout) as {
      sites: { site: string; market: unknown }[]
      watched: unknown[]
    }
    expect(listed.watched).toEqual([])
    expect(listed.sites).toMatchObject([{ site: 'North', market: { currency: 'USD' } }])
  })
})
