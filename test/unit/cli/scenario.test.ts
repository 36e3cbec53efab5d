import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { projectNetwork } from '#shared/domain/ahead/project.ts'
import { constantGrowth } from '#shared/domain/ahead/growth-path.ts'
import { fleetInEpoch } from '#shared/domain/ahead/fleet-in-epoch.ts'
import { scenariosOver } from '#shared/domain/decision/under-scenario.ts'
import { PLAIN_CASE } from '#shared/domain/decision/case-inputs.ts'
import { fleetFrom } from '#shared/domain/fleet/columns.ts'
import { openStore } from '#electron/store/sqlite/client.ts'
import { machine, network, site } from '../machines.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

/** What is tried in the place of today's values, from the command line. */

type Epoch = {
  readonly change: number
  readonly priceUsdPerBtc: number
  readonly hashpriceUsdPerPhDay: number
  readonly fleetMarginUsdPerDay: number
  readonly bestMarginUsdPerDay: number
}
type Answer = { readonly tried: object; readonly epochs: readonly Epoch[] }

const cwd = temporaryFolder()
const csv = (northUsdPerKwh: number) =>
  `id,quantity,site,power_price_usd_kwh,hashrate_ths,power_w\na,3,North,${northUsdPerKwh},100,3000\nb,5,North,${northUsdPerKwh},200,3500\nc,2,Ridge,0.05,150,3000\n`
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json']

beforeAll(() => {
  writeFileSync(join(cwd, 'fleet.csv'), csv(0.07))
  writeFileSync(join(cwd, 'cheap.csv'), csv(0.042))
  writeFileSync(join(cwd, 'gone.csv'), csv(0.07).replaceAll('Ridge', 'Hill'))
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'low.json'), JSON.stringify({ ...NETWORK, priceUsdPerBtc: 70_000 }))
})

const run = (...words: string[]) => runCommand(words, { cwd })
async function answer<T = Answer>(...words: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await run(...words, '--json')
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
  return JSON.parse(stdout) as T
}
const project = (...words: string[]) => answer('project', '--epochs', '4', ...words)

describe('what is tried', () => {
  it('is nothing where nobody says so', async () => {
    const { tried } = await project(...onCase)
    expect(tried).toEqual({ priceUsdPerBtc: null, change: null, sitePowerPrices: [], sitesNotInFleet: [] })
  })

  it('of a price is the network at that price', async () => {
    const { epochs } = await project(...onCase, '--price', '$70k')
    expect(epochs).toEqual((await project('--fleet', 'fleet.csv', '--network', 'low.json')).epochs)
  })

  it('of a site is the fleet whose site pays that', async () => {
    const { epochs } = await project(...onCase, '--site-price', 'north = 4.2 ¢')
    expect(epochs).toEqual((await project('--fleet', 'cheap.csv', '--network', 'network.json')).epochs)
  })

  it('of a site leaves machines at the price of their own, and says so', async () => {
    writeFileSync(join(cwd, 'own.csv'), csv(0.07).replace('b,5,North,0.07', 'b,5,North,0.05'))
    writeFileSync(join(cwd, 'then.csv'), csv(0.042).replace('b,5,North,0.042', 'b,5,North,0.05'))
    const of = (file: string) => ['--fleet', file, '--network', 'network.json']
    const tried = await run(
      ...['project', '--epochs', '4', ...of('own.csv'), '--site-price', 'North=0.042', '--json'],
    )
    expect(tried.stderr).toBe(
      'warning: 5 machines at sites whose power price is tried pay prices of their own and keep them.\n',
    )
    const { epochs } = JSON.parse(tried.stdout) as Answer
    expect(epochs).toEqual((await project(...of('then.csv'))).epochs)
  })

  it('of the adjustment is the change that opens the next epoch, and no other follows from it', async () => {
    const { epochs } = await project(...onCase, '--change', '-0.05')
    expect(epochs[1]!.change).toBe(-0.05)
    expect(epochs[2]!.change).toBeCloseTo(0, 12)
  })

  it('is what the window computes', async () => {
    const tried = {
      priceUsdPerBtc: 70_000,
      change: 0.04,
      sitePowerPrices: [{ site: 'Ridge', powerPriceUsdPerKwh: 0.03 }],
    }
    const { epochs } = await project(
      ...[...onCase, '--price', '70000', '--change', '0.04', '--site-price', 'Ridge=0.03'],
    )
    const { at, ...values } = NETWORK
    const fleet = fleetFrom(
      [site({ powerPriceUsdPerKwh: 0.07 }), site({ name: 'Ridge', powerPriceUsdPerKwh: 0.05 })],
      [
        machine({ id: 'a', quantity: 3 }),
        machine({ id: 'b', quantity: 5, hashrateThs: 200, powerW: 3500 }),
        machine({ id: 'c', quantity: 2, hashrateThs: 150, site: 'Ridge' }),
      ],
    )
    const conditions = network({ ...values, atMs: Date.parse(at) })
    const under = scenariosOver({ fleet, inputs: PLAIN_CASE, conditions, nowMs: null })(tried)
    const { network: from, adjustment } = under.start!
    const flat = constantGrowth(0)
    const rows = projectNetwork(from, adjustment, { epochs: 4, price: flat, hashrate: flat, response: null })
    const cash = under.cash()!
    rows.forEach((row, i) =>
      expect(epochs[i]).toMatchObject({
        hashpriceUsdPerPhDay: row.hashpriceUsdPerPhDay,
        ...fleetInEpoch(under.prepared.basis, cash, row),
      }),
    )
  })

  it('leaves nothing to chance in a simulation but what comes after it', async () => {
    const simulated = await answer<{
      assumptions: { nextAdjustment: object }
      epochs: { hashpriceUsdPerPhDay: Record<string, number> }[]
    }>(...['simulate', '--epochs', '2', '--paths', '50', ...onCase, '--change', '-0.05', '--price', '70000'])
    expect(simulated.assumptions.nextAdjustment).toEqual({ change: -0.05, logSpread: 0 })
    const { epochs } = await project(...onCase, '--change', '-0.05', '--price', '70000')
    const { p5, p95 } = simulated.epochs[0]!.hashpriceUsdPerPhDay
    expect([p5, p95]).toEqual([epochs[0]!.hashpriceUsdPerPhDay, epochs[0]!.hashpriceUsdPerPhDay])
  })

  it.each([
    [['--price', '0'], /--price is '0'; it must be a number from 1/],
    [['--change', '-0.9'], /--change is '-0\.9'/],
    [['--site-price', 'North'], /--site-price is 'North'; write NAME=USD\/kWh/],
    [['--site-price', 'North=free'], /--site-price is 'free'/],
    [['--site-price', 'North=0.04', '--site-price', 'north=0.05'], /--site-price names North twice/],
    [['--site-price', 'Fjord=0.04'], /there is no site Fjord in the fleet; it has North, Ridge/],
  ])('refuses %j in a line', async (words, message) => {
    const { exitCode, stderr, stdout } = await run('project', '--epochs', '2', ...onCase, ...words)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
  })
})

describe('a stored scenario', () => {
  const TRIED = ['--price', '70000', '--change', '-0.05', '--site-price', 'Ridge=0.042']

  it('keeps what is tried, says it in words, and is projected, simulated and compared with it', async () => {
    const saved = await project(...onCase, ...TRIED, '--price-growth-per-year', '0.1', '--save', 'Low')
    await project(...onCase, '--save', 'Flat')
    const named = await project(...onCase, '--scenario', 'LOW ')
    expect(named).toEqual(saved)
    const listed = await run('scenario', 'list')
    expect(listed.stdout).toContain(
      'hashrate flat, the network does not respond to the hashprice. Tried: bitcoin at $70\u202f000, next adjustment −5.0\u202f%, power at Ridge $0.042 per kWh.',
    )
    expect(listed.stdout).toMatch(/^Flat: Assumed: [^.]*\.$/m)
    const { scenarios } = await answer<{ scenarios: readonly (Answer & { name: string })[] }>(
      ...['scenario', 'compare', 'Low', 'Flat', ...onCase, '--epochs', '4'],
    )
    expect(scenarios.map(({ name, tried, epochs }) => ({ name, tried, epochs }))).toEqual([
      { name: 'Low', tried: saved.tried, epochs: saved.epochs },
      { name: 'Flat', ...picked(await project(...onCase)) },
    ])
    const dear = await answer<{ scenarios: readonly Answer[] }>(
      ...['scenario', 'compare', 'Low', 'Flat', ...onCase, '--epochs', '4', '--price', '100000'],
    )
    expect(dear.scenarios.map(({ epochs }) => epochs[0]!.priceUsdPerBtc > 99_999)).toEqual([true, true])
    // What stands beside it counts over that alone: the adjustment of the scenario stays.
    expect(dear.scenarios[0]!.epochs[1]!.change).toBe(-0.05)
  })

  it('is compared for the moment that --now says, as it is projected', async () => {
    const later = ['--now', new Date(Date.parse(NETWORK.at) + 5 * 86_400_000).toISOString()]
    const { scenarios } = await answer<{ scenarios: readonly Answer[] }>(
      ...['scenario', 'compare', 'Low', 'Flat', ...onCase, '--epochs', '4', ...later],
    )
    const flat = await project(...onCase, '--scenario', 'Flat', ...later)
    expect(scenarios[1]!.epochs).toEqual(flat.epochs)
    expect(flat.epochs).not.toEqual((await project(...onCase, '--scenario', 'Flat')).epochs)
    const { exitCode, stderr } = await run('scenario', 'list', ...later)
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--now go with compare') as string,
    })
  })
  const picked = ({ tried, epochs }: Answer) => ({ tried, epochs })

  it('tells of a site that is gone, and counts the rest', async () => {
    const gone = await run(
      ...['project', '--epochs', '2', '--fleet', 'gone.csv', '--network', 'network.json'],
      ...['--scenario', 'Low', '--json'],
    )
    expect(gone.exitCode).toBe(0)
    expect(gone.stderr).toBe(
      'warning: scenario ‘Low’: The fleet has no site ‘Ridge’, so the power price that is tried there counts nowhere.\n',
    )
    const { tried, epochs } = JSON.parse(gone.stdout) as Answer
    expect(tried).toMatchObject({ priceUsdPerBtc: 70_000, sitesNotInFleet: ['Ridge'] })
    expect(epochs[1]!.change).toBe(-0.05)
  })

  it('gets another name, never that of another one', async () => {
    expect(await run('scenario', 'rename', 'low', 'FLAT')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("there is a scenario 'FLAT' already") as string,
    })
    expect((await run('scenario', 'rename', 'low', 'Bitcoin at $70 000')).exitCode).toBe(0)
    // A space that is narrow on screen is the one that is typed.
    expect((await project(...onCase, '--scenario', 'bitcoin at $70\u202f000')).epochs).toHaveLength(4)
  })

  it('that cannot be read is named with the field, can be removed, and leaves the others as they are', async () => {
    const store = await openStore({
      file: join(cwd, 'data', 'strikeline.db'),
      workerUrl: WORKER_URL,
      assetsFolder: ASSETS_FOLDER,
    })
    await store.putScenario('Broken', '{"price":{"days":[0],"factors":[0.5],"ratePerYear":0}}', false)
    await store.close()
    const listed = await run('scenario', 'list')
    expect(listed.exitCode).toBe(0)
    expect(listed.stdout).toContain('Flat: Assumed')
    expect(listed.stderr).toBe(
      'warning: Scenario ‘Broken’, field price: path: it must start at day 0 with the value of today. Store it again under its name, or remove it.\n',
    )
    const used = await run('project', '--epochs', '2', ...onCase, '--scenario', 'broken')
    expect(used).toMatchObject({ exitCode: 2, stdout: '' })
    expect(used.stderr).toContain('Scenario ‘Broken’, field price')
    expect((await run('scenario', 'remove', 'broken')).exitCode).toBe(0)
    expect((await run('scenario', 'list')).stderr).toBe('')
  })
})
