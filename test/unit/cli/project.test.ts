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
  priceUsdPerBtc: number
  hashpriceUsdPerPhDay: number
  fleetMarginUsdPerDay: number
  fleetMarginShare: number
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
      'fleetMarginShare', 'machinesProfitable', 'btcPerDay', 'bestMarginUsdPerDay',
    ]) // prettier-ignore
    expect(epochs[0]!.startsAt).toBe('2025-11-20T12:00:00Z')
    expect(assumptions).toEqual({
      price: { days: [0], factors: [1], ratePerYear: 0 },
      hashrate: { days: [0], factors: [1], ratePerYear: 0 },
      response: null,
      stale: [],
      typed: [],
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

  it('follows a price path from a file, from today’s price to the prices of the file', async () => {
    writeFileSync(join(cwd, 'path.csv'), 'date,price_usd\n2025-11-20,90000\n2025-12-31,45000\n')
    const { epochs } = await project('--epochs', '6', '--price-path', 'path.csv')
    // Mean of a price that falls at a constant rate from 88 300 to 45 000 over 41 days, over the days of the first row.
    const rate = Math.log(45_000 / 88_300) / 41
    const { days, priceUsdPerBtc } = epochs[0]!
    expect(priceUsdPerBtc).toBeCloseTo((88_300 * Math.expm1(rate * days)) / (rate * days), 6)
    expect(epochs.at(-1)!.priceUsdPerBtc).toBeCloseTo(45_000, 6)
  })

  it('counts a jump inside an epoch by its days, in price, hashprice and the fleet’s money', async () => {
    const flat = await project('--epochs', '3')
    // 88 300 until 1 December 12:00, double a day later; the second row begins on 27 November.
    writeFileSync(
      join(cwd, 'jump.csv'),
      'date,price_usd\n2025-11-20,88300\n2025-12-01,88300\n2025-12-02,176600\n',
    )
    const jump = await project('--epochs', '3', '--price-path', 'jump.csv')
    expect(jump.epochs[0]).toEqual(flat.epochs[0])
    const [calm, row] = [flat.epochs[1]!, jump.epochs[1]!]
    const startsAtDay = flat.epochs[0]!.days
    const [before, after] = [11 - startsAtDay, startsAtDay + row.days - 12]
    const mean = (before + 1 / Math.LN2 + 2 * after) / row.days
    expect(row.priceUsdPerBtc / calm.priceUsdPerBtc).toBeCloseTo(mean, 9)
    expect(row.hashpriceUsdPerPhDay / calm.hashpriceUsdPerPhDay).toBeCloseTo(mean, 9)
    const revenue = (epoch: Epoch) => epoch.fleetMarginUsdPerDay / epoch.fleetMarginShare
    expect(revenue(row) / revenue(calm)).toBeCloseTo(mean, 9)
    expect(jump.epochs[2]!.priceUsdPerBtc).toBeCloseTo(176_600, 6)
  })

  it('says how far the supply curve was lowered, and then nothing leaves at an unchanged price', async () => {
    const [flat, responding] = [await project('--epochs', '20'), await project('--epochs', '20', '--respond')]
    expect(responding.epochs).toEqual(flat.epochs)
    const { responseScale } = responding.assumptions as { responseScale: number }
    // The curve's dearest tier breaks even at 24 · 34 J/TH · 0.07 USD/kWh = 57.12 USD/PH/s/day.
    expect(responseScale * 57.12).toBeCloseTo(
      Math.min(...flat.epochs.map(({ hashpriceUsdPerPhDay }) => hashpriceUsdPerPhDay)),
      5,
    )
    const text = await runCommand(['project', ...onCase, '--epochs', '2', '--respond'], { cwd })
    expect(text.stdout).toContain('the break-evens of its supply curve taken × 0.65')
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
