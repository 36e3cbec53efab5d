import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

type Epoch = {
  epoch: number
  startsAt: string
  days: number
  change: number
  difficulty: number
  hashpriceUsdPerPhDay: number
  fleetMarginUsdPerDay: number
}
type Projected = {
  assumptions: unknown
  epochs: Epoch[]
  machines: { id: string; earns: boolean; lossFromEpoch: number | null }[]
}

const cwd = temporaryFolder()
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json']

beforeAll(() => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
})

async function project(...words: string[]): Promise<Projected> {
  const run = await runCommand(['project', ...onCase, ...words, '--json'], { cwd })
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(0)
  return JSON.parse(run.stdout) as Projected
}

describe('project', () => {
  it('prints the promised fields for as many epochs as asked, and its assumptions', async () => {
    const { epochs, assumptions } = await project('--epochs', '5')
    expect(epochs).toHaveLength(5)
    expect(Object.keys(epochs[0]!)).toEqual([
      'epoch', 'startsAt', 'days', 'change', 'difficulty', 'priceUsdPerBtc', 'hashpriceUsdPerPhDay', 'fleetMarginUsdPerDay',
      'fleetMarginShare', 'machinesProfitable', 'btcPerDay',
    ]) // prettier-ignore
    expect(epochs[0]!.startsAt).toBe('2025-11-20T12:00:00Z')
    expect(assumptions).toEqual({
      price: { days: [0], factors: [1], ratePerYear: 0 },
      hashrate: { days: [0], factors: [1], ratePerYear: 0 },
      response: null,
      stale: [],
      sample: null,
    })
  })

  it('starts where margins and adjustment stand', async () => {
    const { epochs } = await project('--epochs', '2')
    const margins = await runCommand(['margins', ...onCase, '--json'], { cwd })
    const { fleet } = JSON.parse(margins.stdout) as { fleet: { marginUsdPerDay: number } }
    const adjustment = await runCommand(['adjustment', '--case', 'network.json', '--json'], { cwd })
    const { change, at } = JSON.parse(adjustment.stdout) as { change: number; at: string }
    expect(epochs[0]!.fleetMarginUsdPerDay).toBeCloseTo(fleet.marginUsdPerDay, 9)
    expect(epochs[1]!.change).toBeCloseTo(change, 12)
    expect(epochs[1]!.startsAt).toBe(at)
  })

  it('says from which epoch a machine never earns again', async () => {
    const { machines, epochs } = await project('--epochs', '60', '--hashrate-growth-per-year', '0.8')
    const old = machines.find(({ id }) => id === 'old')!
    const fresh = machines.find(({ id }) => id === 'new')!
    expect(old).toMatchObject({ earns: false, lossFromEpoch: 0 })
    expect(fresh.earns).toBe(false)
    // Its hashcost is 24 · 17.5 J/TH · 0.05 USD/kWh = 21 USD/PH/s/day.
    expect(epochs[fresh.lossFromEpoch!]!.hashpriceUsdPerPhDay).toBeLessThan(21)
    expect(epochs[fresh.lossFromEpoch! - 1]!.hashpriceUsdPerPhDay).toBeGreaterThanOrEqual(21)
  })

  it('follows a price path from a file', async () => {
    writeFileSync(join(cwd, 'path.csv'), 'date,price_usd\n2025-11-20,90000\n2025-12-31,45000\n')
    const { epochs } = (await project('--epochs', '6', '--price-path', 'path.csv')) as unknown as {
      epochs: { priceUsdPerBtc: number }[]
    }
    expect(epochs[0]!.priceUsdPerBtc).toBe(88_300)
    expect(epochs.at(-1)!.priceUsdPerBtc).toBeCloseTo(44_150, 6)
  })

  it.each([
    [['--epochs', '0'], /--epochs is '0'/],
    [['--epochs', '3', '--price-path', 'late.csv'], /late\.csv, column price_usd: .*2025-11-20/],
    [['--epochs', '3', '--price-path', 'gap.csv'], /gap\.csv, row 3, column price_usd: has no value/],
    [['--epochs', '3', '--curve', 'curve.json'], /curve\.json, tiers: the shares add up to 0\.5/],
    [['--epochs', '3', '--scenario', 'bear'], /no scenario 'bear'/],
  ])('refuses %j', async (words, message) => {
    writeFileSync(join(cwd, 'gap.csv'), 'date,price_usd\n2025-11-20,90000\n2025-11-21,\n2025-11-22,91000\n')
    writeFileSync(join(cwd, 'late.csv'), 'date,price_usd\n2025-12-01,90000\n')
    writeFileSync(
      join(cwd, 'curve.json'),
      JSON.stringify({
        tiers: [{ share: 0.5, jPerTh: 20, usdPerKwh: 0.05 }],
        leavingPerEpoch: 0.5,
        returningPerEpoch: 0.5,
        hysteresis: 0,
      }),
    )
    const run = await runCommand(['project', ...onCase, ...words, '--json'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toMatch(message)
    expect(run.stdout).toBe('')
  })
})

describe('scenarios', () => {
  it('are stored by name, listed, compared and removed', async () => {
    await project('--epochs', '3', '--hashrate-growth-per-year', '0.4', '--save', 'Bear')
    await project('--epochs', '3', '--respond', '--save', 'Response')
    const named = await project('--epochs', '3', '--scenario', 'bear')
    expect(named.epochs).toEqual((await project('--epochs', '3', '--hashrate-growth-per-year', '0.4')).epochs)

    const compared = await runCommand(
      ['scenario', 'compare', 'Bear', 'Response', ...onCase, '--epochs', '4', '--json'],
      { cwd },
    )
    const { scenarios } = JSON.parse(compared.stdout) as { scenarios: { name: string; epochs: Epoch[] }[] }
    expect(scenarios.map(({ name, epochs }) => [name, epochs.length])).toEqual([
      ['Bear', 4],
      ['Response', 4],
    ])
    expect(scenarios[0]!.epochs[3]!.difficulty).toBeGreaterThan(scenarios[1]!.epochs[3]!.difficulty)

    expect((await runCommand(['scenario', 'remove', 'Bear'], { cwd })).exitCode).toBe(0)
    const listed = await runCommand(['scenario', 'list'], { cwd })
    expect(listed.stdout).toContain('Response: Assumed: price flat')
    expect(listed.stdout).not.toContain('Bear')
    expect((await runCommand(['scenario', 'remove', 'Bear'], { cwd })).exitCode).toBe(2)
  })
})
