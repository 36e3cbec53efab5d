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
    readonly points: readonly { readonly profile: string; readonly count: number; readonly powerW: number }[]
    readonly off: number
    readonly marginUsdPerDay: number
  }[]
}
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

  it('takes the built-in ladders where no file is given, and says which', async () => {
    const answer = await json('--cap-kw', '1000')
    expect(answer.lots.find(({ id }) => id === 'pro')!.ladder).toEqual({
      model: 'Antminer S19j Pro',
      firmware: 'LuxOS',
    })
    expect(answer.lots.find(({ id }) => id === 'south')!.ladder?.model).toBe('Antminer S19j Pro 96T')
    expect(answer.lots.find(({ id }) => id === 'own')!.ladder).toBeNull()
    const other = await json('--cap-kw', '1000', '--firmware', 'vnish 1.2.6')
    expect(other.lots.find(({ id }) => id === 'pro')!.ladder?.firmware).toBe('VNish 1.2.6')
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
    const refused = await run(...words)
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain('has profiles of 2 firmwares (A, B): say which with --firmware')
    expect((await json(...words, '--firmware', 'B')).lots[0]!.ladder?.firmware).toBe('B')
  })
})
