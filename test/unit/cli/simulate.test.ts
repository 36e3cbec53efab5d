import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json', '--epochs', '4', '--paths', '400']

beforeAll(() => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
})

type Answer = {
  readonly paths: number
  readonly seed: number
  readonly assumptions: Record<string, unknown>
  readonly epochs: readonly {
    readonly epoch: number
    readonly startsAt: string
    readonly marginUsdPerDay: Record<string, number>
    readonly hashpriceUsdPerPhDay: Record<string, number>
    readonly probabilityOfLoss: number
  }[]
  readonly lots: readonly {
    readonly id: string
    readonly probabilityUnderWater: readonly (number | null)[]
  }[]
}

async function simulated(...words: string[]): Promise<Answer> {
  const run = await runCommand(['simulate', ...onCase, ...words, '--json'], { cwd })
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(0)
  return JSON.parse(run.stdout) as Answer
}

describe('simulate', () => {
  it('prints exactly the promised fields', async () => {
    const answer = await simulated()
    expect(Object.keys(answer)).toEqual([
      'paths',
      'seed',
      'assumptions',
      'tried',
      'applied',
      'mayHavePassedSince',
      'epochs',
      'lots',
    ])
    expect([answer.paths, answer.seed]).toEqual([400, 1])
    expect(answer.assumptions).toMatchObject({
      priceVolatilityPerYear: 0.8,
      hashrateVolatilityPerYear: 0.3,
      correlation: 0.3,
      tailDegreesOfFreedom: 6,
      priceGrowthPerYear: 0,
      hashrateGrowthPerYear: 0,
      lotsUnderWater: 'run',
    })
    expect(answer.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3])
    for (const row of answer.epochs) {
      expect(Object.keys(row)).toEqual([
        'epoch', 'startsAt', 'marginUsdPerDay', 'hashpriceUsdPerPhDay', 'probabilityOfLoss',
      ]) // prettier-ignore
      for (const quantiles of [row.marginUsdPerDay, row.hashpriceUsdPerPhDay])
        expect(Object.keys(quantiles)).toEqual(['p5', 'p25', 'p50', 'p75', 'p95'])
    }
    expect(answer.epochs[0]!.startsAt).toBe('2025-11-20T12:00:00Z')
    expect(answer.lots.map(({ id }) => id)).toEqual(['old', 'new', 'shelf'])
    expect(answer.lots.every(({ probabilityUnderWater }) => probabilityUnderWater.length === 4)).toBe(true)
  })

  it('gives the same answer for the same seed, another for another', async () => {
    expect(await simulated('--seed', '5')).toEqual(await simulated('--seed', '5'))
    expect((await simulated('--seed', '6')).epochs).not.toEqual((await simulated('--seed', '5')).epochs)
  })

  it('is the projection at a volatility of 0', async () => {
    const growth = ['--hashrate-growth-per-year', '0.4', '--price-growth-per-year', '0.1']
    const answer = await simulated('--volatility', '0', ...growth)
    await sameAsProjection(answer, ...growth, '--respond')
    const silent = await simulated('--volatility', '0', ...growth, '--no-response')
    await sameAsProjection(silent, ...growth)
    expect(silent.epochs).not.toEqual(answer.epochs)
    writeFileSync(join(cwd, 'path.csv'), 'date,price_usd\n2025-11-20,88300\n2025-12-01,30000\n')
    const path = ['--price-path', 'path.csv']
    await sameAsProjection(await simulated('--volatility', '0', ...path), ...path, '--respond')
  })

  async function sameAsProjection(answer: Answer, ...words: string[]): Promise<void> {
    const run = await runCommand(['project', ...onCase.slice(0, 6), ...words, '--json'], { cwd })
    const projection = JSON.parse(run.stdout) as {
      readonly epochs: readonly { readonly startsAt: string; readonly fleetMarginUsdPerDay: number }[]
    }
    expect(projection.epochs).toHaveLength(4)
    projection.epochs.forEach((row, i) => {
      const { startsAt, marginUsdPerDay } = answer.epochs[i]!
      expect(startsAt).toBe(row.startsAt)
      expect(marginUsdPerDay['p5']).toBeCloseTo(row.fleetMarginUsdPerDay, 9)
      expect(marginUsdPerDay['p95']).toBeCloseTo(row.fleetMarginUsdPerDay, 9)
    })
  }

  it('lets the hashrate go with the price unless it has a volatility of its own', async () => {
    expect((await simulated('--volatility', '0.4')).assumptions['hashrateVolatilityPerYear']).toBeCloseTo(
      0.15,
      12,
    )
    const own = await simulated(
      '--volatility',
      '0.4',
      '--hashrate-volatility',
      '0.5',
      '--correlation',
      '-0.2',
    )
    expect(own.assumptions).toMatchObject({ hashrateVolatilityPerYear: 0.5, correlation: -0.2 })
  })

  it('never loses more where lots stop', async () => {
    const [run, stop] = [await simulated(), await simulated('--stop-under-water')]
    expect(stop.assumptions['lotsUnderWater']).toBe('stop')
    stop.epochs.forEach(({ marginUsdPerDay }, i) =>
      expect(marginUsdPerDay['p5']).toBeGreaterThan(run.epochs[i]!.marginUsdPerDay['p5']!),
    )
  })

  it('prints null for a lot without its figures', async () => {
    writeFileSync(
      join(cwd, 'gaps.csv'),
      'id,hashrate_ths,power_w,power_price_usd_kwh\nnopower,100,,0.05\nwhole,100,3000,0.05\n',
    )
    const words = ['simulate', '--fleet', 'gaps.csv', ...onCase.slice(2), '--json']
    const run = await runCommand(words, { cwd })
    const { lots } = JSON.parse(run.stdout) as Answer
    expect(lots[0]!.probabilityUnderWater).toEqual([null, null, null, null])
    expect(run.stdout).not.toContain('NaN')
  })

  it('prints a table with its assumptions', async () => {
    const { stdout } = await runCommand(['simulate', ...onCase], { cwd })
    expect(stdout).toMatch(
      /^400 paths, seed 1\. Assumed: price flat, hashrate flat, the network responds .* Those are medians; volatility/,
    )
    expect(stdout).toContain('under water now')
  })

  it.each([
    [['--paths', '0'], /--paths is '0'; it must be a whole number from 1 to 1000000/],
    [['--epochs', '0'], /--epochs is '0'/],
    [['--seed', '1.5'], /--seed is '1\.5'; it must be a whole number from 0 to 4294967295/],
    [['--volatility', '-1'], /--volatility is '-1'; it must be a number from 0 to 5/],
    [['--correlation', '2'], /--correlation is '2'; it must be a number from -1 to 1/],
    [['--hashrate-volatility', 'x'], /--hashrate-volatility is 'x'/],
  ])('refuses %j with the name of the option', async (words, message) => {
    const run = await runCommand(['simulate', ...onCase, ...words, '--json'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toMatch(message)
  })

  it('says that it needs the state of the epoch', async () => {
    writeFileSync(join(cwd, 'no-epoch.json'), JSON.stringify({ ...NETWORK, epoch: null }))
    const words = ['simulate', '--fleet', 'fleet.csv', '--network', 'no-epoch.json', '--epochs', '2']
    const run = await runCommand(words, { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('no-epoch.json, field epoch: it is missing')
  })
})
