import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const FLEET = [
  'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,overhead,pool_fee',
  'pro,Antminer S19j Pro 104T,10,North,0.045,,,running,0.05,0.02',
  'own,,2,North,0.05,200,3500,running,0,0',
  'shelf,Antminer S19j Pro 104T,5,North,0.045,,,off,0,0',
  'south,Antminer S19j Pro 96T,4,South,0.045,,,running,0,0',
  '',
].join('\n')
const PROFILES = [
  'model,profile,hashrate_ths,power_w',
  'Antminer S19j Pro,eco,76,1850',
  'Antminer S19j Pro,normal,104,3068',
  '',
].join('\n')

beforeAll(() => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET)
  writeFileSync(join(cwd, 'profiles.csv'), PROFILES)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
})

type Point = {
  readonly profile: string
  readonly count: number
  readonly powerW: number
  readonly shareOfHours?: number
}
type Answer = {
  readonly capKw: number
  readonly powerKw: number
  readonly marginUsdPerDay: number
  readonly upperBoundUsdPerDay: number
  readonly gap: number
  readonly lots: readonly {
    readonly id: string
    readonly site: string
    readonly quantity: number
    readonly ladder: { readonly model: string; readonly firmware: string } | null
    readonly points: readonly Point[]
    readonly possible?: readonly string[]
    readonly off: number
    readonly marginUsdPerDay: number
  }[]
}
/** 3.125 BTC of subsidy and the fees, USD/PH/s/day */
const networkHashprice = () =>
  (((3.125 + NETWORK.feesBtcPerBlock) * 86_400e15) / (NETWORK.difficulty * 2 ** 32)) * NETWORK.priceUsdPerBtc

const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json']
const run = (...words: string[]) => runCommand(['optimise', ...onCase, ...words], { cwd })

async function json(...words: string[]): Promise<Answer> {
  const { exitCode, stdout, stderr } = await run(...words, '--json')
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as Answer
}

describe('optimise', () => {
  it('prints the chosen points with counts, within the cap', async () => {
    const answer = await json('--profiles', 'profiles.csv', '--cap-kw', '30', '--site', 'north')
    expect(Object.keys(answer).slice(0, 5)).toEqual([
      'capKw',
      'powerKw',
      'marginUsdPerDay',
      'upperBoundUsdPerDay',
      'gap',
    ])
    expect(Object.keys(answer.lots[0]!)).toEqual([
      'id', 'model', 'site', 'quantity', 'ladder', 'points', 'off', 'marginUsdPerDay',
    ]) // prettier-ignore
    expect(answer.lots.map(({ id }) => id)).toEqual(['pro', 'own'])
    expect(answer.powerKw).toBeLessThanOrEqual(30)
    expect(answer.gap).toBe(0)
    expect(answer.upperBoundUsdPerDay).toBe(answer.marginUsdPerDay)
    const [pro, own] = answer.lots
    // the efficient ones run whole; what they leave of 30 kW is not enough for ten at eco and one step more each
    expect(own!.points).toEqual([{ profile: 'as it is', count: 2, hashrateThs: 200, powerW: 3500 }])
    expect(pro!.points.reduce((sum, { count }) => sum + count, pro!.off)).toBe(10)
    expect(pro!.points[0]).toMatchObject({ profile: 'eco', powerW: 1850 })
    const used = answer.lots.reduce(
      (sum, lot) =>
        sum + lot.points.reduce((part, p) => part + p.count * p.powerW * (lot.id === 'pro' ? 1.05 : 1), 0),
      0,
    )
    expect(answer.powerKw).toBeCloseTo(used / 1000, 9)
    const sum = answer.lots.reduce((total, lot) => total + lot.marginUsdPerDay, 0)
    expect(answer.marginUsdPerDay).toBeCloseTo(sum, 9)
  })

  it('takes no ladder of a firmware that nobody named, and offers it', async () => {
    const answer = await json('--cap-kw', '1000')
    const pro = answer.lots.find(({ id }) => id === 'pro')!
    expect(pro.ladder).toBeNull()
    expect(pro.points).toMatchObject([{ profile: 'as it is', count: 10 }])
    expect(pro.possible).toContain('LuxOS')
    expect(answer.lots.find(({ id }) => id === 'own')).not.toHaveProperty('possible')
    const other = await json('--cap-kw', '1000', '--firmware', 'vnish 1.2.6')
    expect(other.lots.find(({ id }) => id === 'pro')!.ladder?.firmware).toBe('VNish 1.2.6')
  })

  it('never earns less than the machines as they are measured', async () => {
    // 10.4 PH/s at 34.1404 USD/PH/s/day less 24 h · 280 kW · 0.03 USD/kWh
    const hashprice = 34.1404
    const at88300 = (3.145 * 86_400e15) / (NETWORK.difficulty * 2 ** 32)
    const network = { ...NETWORK, priceUsdPerBtc: hashprice / at88300, feesBtcPerBlock: 0.02 }
    writeFileSync(join(cwd, 'peers.json'), JSON.stringify(network))
    writeFileSync(
      join(cwd, 'peers.csv'),
      'id,model,quantity,power_price_usd_kwh,hashrate_ths,power_w\npro,Antminer S19j Pro 104T,100,0.03,104,2800\n',
    )
    for (const firmware of [[], ['--firmware', 'LuxOS']]) {
      const words = ['--fleet', 'peers.csv', '--network', 'peers.json', '--cap-kw', '10000', ...firmware]
      const { stdout } = await runCommand(['optimise', ...words, '--json'], { cwd })
      const answer = JSON.parse(stdout) as Answer
      expect(answer.marginUsdPerDay).toBeGreaterThanOrEqual(153.46)
      expect(answer.gap).toBe(0)
      if (firmware.length === 0) expect(answer.marginUsdPerDay).toBeCloseTo(153.46, 2)
    }
    const margins = await runCommand(
      ['margins', '--fleet', 'peers.csv', '--network', 'peers.json', '--json'],
      { cwd },
    )
    const { fleet } = JSON.parse(margins.stdout) as { fleet: { marginUsdPerDay: number } }
    expect(fleet.marginUsdPerDay).toBeCloseTo(153.46, 2)
  })

  it('chooses by the price of each hour of a site’s contract', async () => {
    // Ten machines of 3 kW, 0.1 PH/s: at 34.48 USD/PH/s/day an hour earns 0.1437 USD, so 0.02 USD/kWh (0.06) pays and 0.08 (0.24) does not.
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    const tariff = {
      from: '2025-01-01',
      baseUsdPerKwh: 0.08,
      periods: [{ days, fromHour: 0, toHour: 6, usdPerKwh: 0.02 }],
    }
    writeFileSync(
      join(cwd, 'sites.json'),
      JSON.stringify({ sites: [{ site: 'North', timeZone: 'UTC', tariffs: [tariff] }] }),
    )
    writeFileSync(
      join(cwd, 'ten.csv'),
      'id,quantity,site,power_price_usd_kwh,hashrate_ths,power_w\nten,10,North,0.05,100,3000\n',
    )
    const words = ['--fleet', 'ten.csv', '--network', 'network.json', '--sites', 'sites.json']
    const { stdout, stderr } = await runCommand(['optimise', ...words, '--cap-kw', '15', '--json'], { cwd })
    expect(stderr).toBe('')
    const answer = JSON.parse(stdout) as Answer
    const [{ count, shareOfHours }] = answer.lots[0]!.points as [Point]
    expect([count, answer.lots[0]!.off]).toEqual([5, 5])
    expect(answer.powerKw).toBe(15)
    expect(shareOfHours).toBeGreaterThan(0.2)
    expect(shareOfHours).toBeLessThan(0.3)
    const hourUsd = (networkHashprice() * 0.1) / 24 - 3 * 0.02
    expect(answer.marginUsdPerDay).toBeCloseTo(5 * 24 * shareOfHours! * hourUsd, 9)
  })

  it('refuses one limit for sites of which one has a contract', async () => {
    writeFileSync(
      join(cwd, 'one.json'),
      JSON.stringify({ sites: [{ site: 'North', timeZone: 'UTC', capKw: 50 }] }),
    )
    const { exitCode, stderr } = await run('--cap-kw', '30', '--sites', 'one.json')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('site North has a contract of its own')
    expect(stderr).toContain('--site')
  })

  it('uses at least the floor', async () => {
    const words = ['--profiles', 'profiles.csv', '--cap-kw', '60']
    const free = await json(...words)
    const held = await json(...words, '--floor-kw', '50')
    expect(free.powerKw).toBeLessThan(50)
    expect(held.powerKw).toBeGreaterThanOrEqual(50)
    expect(held.marginUsdPerDay).toBeLessThan(free.marginUsdPerDay)
  })

  it('speaks to a person too', async () => {
    const { stdout, exitCode } = await run('--profiles', 'profiles.csv', '--cap-kw', '30')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^\$[\d.]+ a day with .*: nothing earns more\./)
    expect(stdout).toMatch(/2 × as it is/)
  })

  it.each([
    [[], '--cap-kw N is missing'],
    [['--cap-kw', '-1'], "--cap-kw is '-1'; it must be a number from 0"],
    [['--cap-kw', 'lots'], "--cap-kw is 'lots'"],
    [['--cap-kw', '10', '--floor-kw', '20'], '--cap-kw 10 kW is below the floor of 20 kW'],
    [['--cap-kw', '1000', '--floor-kw', '900'], '--floor-kw 900 kW is above the'],
    [['--cap-kw', '10', '--site', 'West'], "--site 'West' is not in the fleet; its sites are North, South"],
    [['--cap-kw', '10', '--profiles', 'none.csv'], 'none.csv cannot be read: there is no such file'],
    [['--cap-kw', '10', '--firmware', 'Nonsense'], "no profile is of the firmware 'Nonsense'"],
  ])('refuses %j: %s', async (words, message) => {
    const { exitCode, stdout, stderr } = await run(...words)
    expect(stderr).toContain(message)
    expect(stderr.trim()).not.toContain('\n')
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })

  it('does not choose between two firmwares of a file', async () => {
    const rows = ['model,firmware,profile,hashrate_ths,power_w']
    for (const firmware of ['A', 'B'])
      rows.push(`Antminer S19j Pro,${firmware},eco,76,1850`, `Antminer S19j Pro,${firmware},full,104,3068`)
    writeFileSync(join(cwd, 'two.csv'), rows.join('\n'))
    const words = ['--profiles', 'two.csv', '--cap-kw', '30']
    const [undecided] = (await json(...words)).lots
    expect(undecided!.ladder).toBeNull()
    expect(undecided!.possible).toEqual(['A', 'B'])
    expect((await json(...words, '--firmware', 'B')).lots[0]!.ladder?.firmware).toBe('B')
  })
})
