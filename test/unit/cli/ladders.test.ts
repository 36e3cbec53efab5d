import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)

beforeEach(async () => {
  cwd = temporaryFolder()
  write('fleet.csv', FLEET_CSV)
  expect((await run('import', 'fleet.csv')).exitCode).toBe(0)
})

const MODEL = 'model,firmware,profile,hashrate_ths,power_w,source\n'
const POINTS = 'S19j Pro,LuxOS,eco,80,2000,a meter\nS19j Pro,LuxOS,full,100,2900,a meter\n'

describe('ladders', () => {
  it('are imported, listed, exported as the same file and removed', async () => {
    write(
      'own.csv',
      `id,${MODEL}new,,,low,150,2400,\nnew,,,high,210,3900,\n${POINTS.replaceAll(/^/gm, ',').trimEnd().replace(/,$/, '')}\n`,
    )
    const imported = await run('ladders', 'import', 'own.csv')
    expect(imported).toMatchObject({ exitCode: 0, stdout: '', stderr: '2 ladders stored\n' })
    expect((await run('ladders', 'list')).stdout).toBe(
      'S19j Pro with LuxOS: 2 points, 2000 to 2900 W\nnew: 2 points, 2400 to 3900 W\n',
    )
    const { ladders } = JSON.parse((await run('ladders', 'list', '--json')).stdout) as { ladders: object[] }
    expect(ladders).toMatchObject([
      { id: null, model: 'S19j Pro', firmware: 'LuxOS', source: 'a meter' },
      { id: 'new', firmware: '' },
    ])
    const { stdout } = await run('ladders', 'export', '-')
    expect((await run('ladders', 'export', 'copy.csv')).exitCode).toBe(0)
    expect(readFileSync(join(cwd, 'copy.csv'), 'utf8')).toBe(stdout)
    expect((await run('ladders', 'import', 'copy.csv')).stderr).toBe('nothing new; 2 ladders as before\n')
    expect((await run('ladders', 'remove', '--id', 'new')).exitCode).toBe(0)
    expect((await run('ladders', 'remove', '--model', 's19J pro', '--firmware', 'luxos')).exitCode).toBe(0)
    expect((await run('ladders', 'list')).stdout).toBe('')
    expect((await run('ladders', 'remove', '--model', 'S19j Pro')).exitCode).toBe(1)
  })

  it('may be of a model, machine or firmware that the file does not name', async () => {
    write('points.csv', 'profile,hashrate_ths,power_w\neco,80,2000\nfull,110,2900\n')
    expect((await run('ladders', 'import', 'points.csv')).stderr).toContain(
      'points.csv, row 1, column model: the column is missing',
    )
    expect(
      (await run('ladders', 'import', 'points.csv', '--id', 'old', '--firmware', 'VNish')).exitCode,
    ).toBe(0)
    expect((await run('ladders', 'import', 'points.csv', '--model', 'S9')).exitCode).toBe(0)
    expect((await run('ladders', 'list')).stdout).toBe(
      'S9: 2 points, 2000 to 2900 W\nold (Antminer S19j Pro 104T) with VNish: 2 points, 2000 to 2900 W\n',
    )
    expect((await run('ladders', 'import', 'points.csv', '--model', 'S9', '--id', 'old')).exitCode).toBe(2)
  })

  it.each([
    [
      'id,profile,hashrate_ths,power_w\nold,a,80,2000\nold,b,90,2500\ngone,a,80,2000\ngone,b,90,2500\n',
      'own.csv, column id: there is no machine gone in the stored fleet',
    ],
    [
      'id,firmware,profile,hashrate_ths,power_w\nold,A,a,80,2000\nold,B,b,90,2500\n',
      "own.csv, row 3, column firmware: old has one ladder, of one firmware; its first row says 'A'",
    ],
    [
      'id,profile,hashrate_ths,power_w\nold,a,80,2000\nold,b,70,2500\n',
      'own.csv, row 3, column hashrate_ths: old: 70 TH/s at 2500 W is not above 80 TH/s',
    ],
    [
      'id,model,profile,hashrate_ths,power_w\n,,a,80,2000\n',
      'own.csv, row 2, column model: the value is missing',
    ],
  ])('of a file that cannot be meant are refused whole', async (text, message) => {
    write('own.csv', text)
    const refused = await run('ladders', 'import', 'own.csv')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain(message)
    expect((await run('ladders', 'list')).stdout).toBe('')
  })

  it('of which the measured point is always better are stored with a warning that says so', async () => {
    write('poor.csv', 'id,profile,hashrate_ths,power_w\nnew,a,150,3600\nnew,b,200,3700\n')
    const { exitCode, stderr } = await run('ladders', 'import', 'poor.csv')
    expect(exitCode).toBe(0)
    expect(stderr).toBe(
      'warning: poor.csv: no profile of new is ever better than what is measured: new runs at 200 TH/s and 3500 W. It is stored, and that point stays the better one at any price.\n1 ladder stored\n',
    )
    expect((await run('ladders', 'list')).stdout).toContain('new: 2 points')
  })
})

describe('limits of the operator', () => {
  it('are settings with bounds, and go back to their default', async () => {
    expect((await run('settings', 'get', 'decision.review-days')).stdout).toBe('1\n')
    for (const [key, value] of [
      ['decision.most-switches-per-day', '2'],
      ['decision.least-hours-on', '4'],
      ['decision.least-hours-off', '6.5'],
      ['decision.review-days', '7'],
      ['decision.volatility', '0'],
    ] as const)
      expect((await run('settings', 'set', key, value)).exitCode).toBe(0)
    expect((await run('settings', 'get', 'decision.least-hours-off')).stdout).toBe('6.5\n')
    expect((await run('settings', 'set', 'decision.volatility', 'default')).exitCode).toBe(0)
    expect((await run('settings', 'get', 'decision.volatility')).stdout).toBe('default\n')
    expect((await run('settings', 'set', 'decision.review-days', 'default')).exitCode).toBe(0)
    expect((await run('settings', 'get', 'decision.review-days')).stdout).toBe('1\n')
    for (const [key, value] of [
      ['decision.most-switches-per-day', '0.5'],
      ['decision.least-hours-on', '-1'],
      ['decision.review-days', '0'],
      ['decision.volatility', '80'],
      ['decision.volatility', ''],
    ] as const)
      expect(await run('settings', 'set', key, value)).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('the stick', () => {
  const SITES = {
    sites: [
      { site: 'North', takeOrPay: { committedKwhPerDay: 500, handBackUsdPerKwh: 0.02 } },
      { site: 'Ridge', timeZone: 'America/Chicago' },
    ],
    machines: [{ id: 'old', policy: 'protected' }],
  }

  it('carries contracts, policies, ladders, limits and prices where they are asked for, and overwrites nothing unasked', async () => {
    write('sites.json', JSON.stringify(SITES))
    write('own.csv', MODEL + POINTS)
    await run('contracts', 'import', 'sites.json')
    await run('ladders', 'import', 'own.csv')
    await run('settings', 'set', 'decision.least-hours-off', '6')
    expect((await run('snapshot', 'export', 'plain.json')).exitCode).toBe(0)
    expect((await run('snapshot', 'export', 'all.json', '--with-contracts')).exitCode).toBe(0)
    expect(JSON.parse(readFileSync(join(cwd, 'plain.json'), 'utf8'))).not.toHaveProperty('case')
    expect(JSON.parse(readFileSync(join(cwd, 'plain.json'), 'utf8'))).toMatchObject({ version: 1 })

    // A site with the same fleet, but for a machine, and a contract of its own.
    mkdirSync(join(cwd, 'site'))
    write('there.csv', FLEET_CSV.replace('Ridge,0.09', 'Cliff,0.09'))
    await run('import', 'there.csv', '--data', 'site', '--new')
    write(
      'there.json',
      JSON.stringify({ sites: [{ site: 'North', takeOrPay: { committedKwhPerDay: 900 } }] }),
    )
    await run('contracts', 'import', 'there.json', '--data', 'site')
    const listed = async () =>
      JSON.parse((await run('contracts', 'list', '--json', '--data', 'site')).stdout) as {
        sites: { takeOrPay: object }[]
        machines: object[]
      }

    const plain = await run('snapshot', 'import', 'plain.json', '--data', 'site')
    expect(plain.exitCode).toBe(0)
    expect((await listed()).machines).toEqual([])

    const kept = await run('snapshot', 'import', 'all.json', '--data', 'site')
    expect(kept.exitCode).toBe(0)
    expect(kept.stderr).toContain('1 policy, 1 ladder, 1 limit stored')
    expect(kept.stderr).toContain(
      'left: contract North differs from the stored one (takeOrPay); --replace takes it',
    )
    expect(kept.stderr).toContain('left: contract, Ridge is not in the stored fleet')
    expect((await listed()).sites[0]!.takeOrPay).toMatchObject({ committedKwhPerDay: 900 })
    expect((await listed()).machines).toEqual([{ id: 'old', policy: 'protected' }])
    expect((await run('settings', 'get', 'decision.least-hours-off', '--data', 'site')).stdout).toBe('6\n')
    expect((await run('ladders', 'list', '--data', 'site')).stdout).toContain('S19j Pro with LuxOS')

    const replaced = await run('snapshot', 'import', 'all.json', '--replace', '--json', '--data', 'site')
    expect(JSON.parse(replaced.stdout)).toMatchObject({ replaced: true })
    expect((await listed()).sites[0]!.takeOrPay).toMatchObject({ committedKwhPerDay: 500 })
  })

  it('is refused whole where a contract in it was changed, and where it cannot be a contract', async () => {
    write('sites.json', JSON.stringify(SITES))
    await run('contracts', 'import', 'sites.json')
    await run('snapshot', 'export', 'all.json', '--with-contracts')
    const text = readFileSync(join(cwd, 'all.json'), 'utf8')
    write('all.json', text.replace('"committedKwhPerDay":500', '"committedKwhPerDay":501'))
    const refused = await run('snapshot', 'import', 'all.json')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('checksum does not fit')
  })
})

describe('contracts import', () => {
  it('stores nothing where a later machine is unknown', async () => {
    write(
      'sites.json',
      JSON.stringify({
        sites: [{ site: 'North', timeZone: 'America/Chicago' }],
        machines: [
          { id: 'old', policy: 'exempt' },
          { id: 'gone', policy: 'exempt' },
        ],
      }),
    )
    const refused = await run('contracts', 'import', 'sites.json')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain(
      'sites.json, field machines: there is no machine gone in the stored fleet',
    )
    expect((await run('contracts', 'list')).stdout).toBe('')
    expect(JSON.parse((await run('contracts', 'list', '--json')).stdout)).toEqual({
      sites: [],
      machines: [],
      watched: [],
    })
  })
})

describe('contracts export', () => {
  it('writes a sites.json with its price files that brings the same contracts again', async () => {
    const quarters = (from: string, prices: readonly number[]) =>
      prices
        .map((price, i) => `${new Date(Date.parse(from) + i * 900_000).toISOString()},${price}`)
        .join('\n')
    write('spot.csv', `time,price_eur_mwh\n${quarters('2025-11-20T00:00:00Z', [20, -5, 300, 41.25])}\n`)
    write('back.csv', `time,price_usd_kwh\n${quarters('2025-11-20T00:00:00Z', [0.01, 0.02, 0.03])}\n`)
    const north = {
      site: 'North',
      timeZone: 'Europe/Oslo',
      market: { file: 'spot.csv', adderUsdPerKwh: 0.004 },
      takeOrPay: { committedKwhPerDay: 500, handBackFile: 'back.csv' },
      capKw: 900,
      demandResponse: { events: [{ from: '2025-12-01T10:00Z', to: '2025-12-01T12:00Z' }] },
    }
    const ridge = {
      site: 'Ridge',
      currency: 'NOK',
      tariffs: [
        {
          from: '2025-01-01',
          baseUsdPerKwh: 0.6,
          periods: [{ days: ['mon'], fromHour: 7.5, toHour: 12, usdPerKwh: 0.8 }],
        },
      ],
    }
    write(
      'sites.json',
      JSON.stringify({ sites: [north, ridge], machines: [{ id: 'old', policy: 'protected' }] }),
    )
    expect((await run('contracts', 'import', 'sites.json')).exitCode).toBe(0)
    const before = (await run('contracts', 'list', '--json')).stdout
    const exported = await run('contracts', 'export', 'out.json')
    expect(exported).toMatchObject({
      exitCode: 0,
      stderr: 'out.json, out-North-market.csv, out-North-hand-back.csv written\n',
    })
    const again = await run('contracts', 'import', 'out.json')
    expect(again.stderr).toBe('nothing new; 2 contracts, 1 policy as before\n')
    expect((await run('contracts', 'list', '--json')).stdout).toBe(before)
  })
})
