import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { charge } from '../power/plain-contracts.ts'
import { NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import { openStore } from '#electron/store/sqlite/client.ts'
import type { Store } from '#electron/store/sqlite/client.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const DAY_MS = 86_400_000

let cwd: string
beforeAll(() => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
})

const onFiles = ['--fleet', 'fleet.csv', '--network', 'network.json']
type Document = Readonly<Record<string, unknown>> & {
  readonly machines: readonly Readonly<Record<string, unknown>>[]
  readonly fleet: Readonly<Record<string, unknown>>
}
async function answer(...words: string[]): Promise<{ json: Document; stderr: string }> {
  const run = await runCommand([...words, '--json'], { cwd })
  expect(run.exitCode).toBe(0)
  return { json: JSON.parse(run.stdout) as Document, stderr: run.stderr }
}

/** What NETWORK expects, at its own moment. */
async function expected(): Promise<{ atMs: number; at: string; secondsLeft: number }> {
  const { json } = await answer('adjustment', '--case', 'network.json')
  const { at, secondsLeft } = json as unknown as { at: string; secondsLeft: number }
  return { atMs: Date.parse(at), at, secondsLeft }
}
const iso = (ms: number) => new Date(ms).toISOString()

describe('a case file', () => {
  it('is computed for its own moment unless another is given', async () => {
    const { atMs, secondsLeft } = await expected()
    expect(atMs).toBeCloseTo(Date.parse(NETWORK.at) + secondsLeft * 1000, -4)
    const { json, stderr } = await answer('decide', ...onFiles)
    expect(stderr).toBe('')
    expect(json).toMatchObject({ adjustmentPassed: null, daysToAdjustment: secondsLeft / 86_400 })
  })

  it('before the adjustment counts only the time that is left', async () => {
    const { at, secondsLeft } = await expected()
    const now = iso(Date.parse(NETWORK.at) + 3 * DAY_MS)
    const adjustment = await answer('adjustment', '--case', 'network.json', '--now', now)
    expect(adjustment.json).toMatchObject({ at, applied: [], mayHavePassedSince: null })
    expect(adjustment.json['secondsLeft']).toBeCloseTo(secondsLeft - 3 * 86_400, 6)
    const { json } = await answer('decide', ...onFiles, '--now', now)
    expect(json['daysToAdjustment']).toBeCloseTo(secondsLeft / 86_400 - 3, 9)
    expect(json['horizonDays']).toBeCloseTo(secondsLeft / 86_400 + 11, 9)
  })

  it('from its expected time on says that it may have passed, and never dates it in the past', async () => {
    const { atMs, at } = await expected()
    const now = iso(atMs + 6 * 3_600_000)
    const fresh = (await answer('adjustment', '--case', 'network.json')).json
    const { json, stderr } = await answer('adjustment', '--case', 'network.json', '--now', now)
    expect(stderr).toBe(
      `warning: The next adjustment was expected on ${at} and may have passed since these values.\n`,
    )
    expect(json).toEqual({
      ...fresh,
      secondsLeft: 0,
      at: now.replace(/\.\d+Z/, 'Z'),
      applied: [],
      mayHavePassedSince: at,
    })
    const project = await answer('project', ...onFiles, '--epochs', '3', '--now', now)
    const epochs = project.json['epochs'] as { days: number; startsAt: string; change: number }[]
    expect(epochs.map(({ days }) => Math.round(days))).toEqual([0, 14, 14])
    expect(epochs[1]!.change).toBeCloseTo(fresh['change'] as number, 12)
    expect(epochs[1]!.startsAt).toBe(json['at'])
  })

  it('beyond its 97.5 % time applies it with its range and goes on to the next: adjustment and project', async () => {
    const { atMs, at } = await expected()
    const now = ['--now', iso(atMs + DAY_MS)]
    const fresh = (await answer('adjustment', '--case', 'network.json')).json
    const adjustment = await answer('adjustment', '--case', 'network.json', ...now)
    expect(adjustment.stderr).toContain(`warning: The adjustment that was expected on ${at} has passed`)
    const { json } = adjustment
    expect(json['applied']).toEqual([
      { expectedAt: at, change: fresh['change'], change95: fresh['change95'] },
    ])
    expect(json['mayHavePassedSince']).toBeNull()
    expect(Date.parse(json['at'] as string)).toBeGreaterThan(atMs + 13 * DAY_MS)
    expect((json['difficulty'] as number) / (fresh['difficulty'] as number)).toBeCloseTo(
      1 + (json['change'] as number),
      12,
    )
    const [low, high] = json['change95'] as [number, number]
    const [before, after] = fresh['change95'] as [number, number]
    expect(high - low).toBeGreaterThan(after - before)

    const project = await answer('project', ...onFiles, '--epochs', '3', ...now)
    expect(project.stderr).toBe(adjustment.stderr)
    const [first, second] = project.json['epochs'] as { difficulty: number; startsAt: string }[]
    expect(first!.difficulty).toBe(fresh['difficulty'])
    expect(second!.difficulty).toBeCloseTo(json['difficulty'] as number, -2)
    expect(second!.startsAt).toBe(json['at'])
  })

  it('beyond it decide weighs the days to the next one, on the hashprice that the change leaves', async () => {
    const { atMs, at } = await expected()
    const now = ['--now', iso(atMs + DAY_MS)]
    const fresh = (await answer('adjustment', '--case', 'network.json')).json
    const atItsTime = (await answer('decide', ...onFiles)).json
    const { json, stderr } = await answer('decide', ...onFiles, ...now)
    expect(stderr).toContain(
      `warning: The adjustment that was expected on ${at} has passed since these values`,
    )
    expect(json).toMatchObject({
      adjustmentPassed: at,
      applied: [{ expectedAt: at, change: fresh['change'], change95: fresh['change95'] }],
      mayHavePassedSince: null,
    })
    const ratio = (json['hashpriceUsdPerPhDay'] as number) / (atItsTime['hashpriceUsdPerPhDay'] as number)
    expect(ratio).toBeCloseTo(1 / (1 + (fresh['change'] as number)), 12)
    expect(json['daysToAdjustment']).toBeGreaterThan(12)
    expect(json['daysToAdjustment']).toBeLessThan(14)
    for (const { until } of json.machines)
      if (until !== null) expect(Date.parse(until as string)).toBeGreaterThan(atMs + DAY_MS)
    const fresher = json.machines.find(({ id }) => id === 'new')!
    // Two machines of 200 TH/s and 3.5 kW at 0.05 USD/kWh.
    const perDay = 2 * (0.2 * (json['hashpriceUsdPerPhDay'] as number) - 24 * 3.5 * 0.05)
    expect(fresher['marginNowUsdPerDay']).toBeCloseTo(perDay, 9)
  })

  it('says so in text too, with a verdict', async () => {
    const { atMs } = await expected()
    const decide = await runCommand(['decide', ...onFiles, '--now', iso(atMs + DAY_MS)], { cwd })
    expect(decide.stderr).toContain('it is applied as expected')
    expect(decide.stdout).toMatch(/^Run 2, power down 10/)
  })

  it('line by line too', async () => {
    const { atMs } = await expected()
    const lines = `${JSON.stringify(NETWORK)}\n${JSON.stringify({ ...NETWORK, at: undefined })}\n`
    const run = await runCommand(['adjustment', '--ndjson', '--now', iso(atMs + DAY_MS)], {
      cwd,
      stdin: lines,
    })
    const [passed, timeless] = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Document)
    expect(passed!['applied']).toHaveLength(1)
    expect(timeless!['error']).toContain('no field at')
  })

  it('needs a moment that is one, and a network that has one', async () => {
    const bad = await runCommand(['decide', ...onFiles, '--now', 'tomorrow'], { cwd })
    expect([bad.exitCode, bad.stderr]).toEqual([2, expect.stringContaining("--now is 'tomorrow'")])
    writeFileSync(join(cwd, 'timeless.json'), JSON.stringify({ ...NETWORK, at: null }))
    const words = ['adjustment', '--case', 'timeless.json', '--now', NETWORK.at]
    expect((await runCommand(words, { cwd })).stderr).toContain('no field at')
  })
})

describe('stored values', () => {
  const SECONDS = 600
  /** A fleet whose network was typed so many days ago, at 1 500 blocks of its epoch. */
  async function typed(daysAgo: number, more: (store: Store) => Promise<void> = () => Promise.resolve()) {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'fleet.csv'), FLEET_CSV)
    await runCommand(['import', 'fleet.csv'], { cwd: folder })
    const store = await openStore({
      file: join(folder, 'data', 'strikeline.db'),
      workerUrl: WORKER_URL,
      assetsFolder: ASSETS_FOLDER,
    })
    const values = {
      height: 925_092,
      difficulty: 1.5e14,
      priceUsdPerBtc: 88_300,
      feesBtcPerBlock: 0.02,
      epochBlocks: 1764,
      epochSeconds: 1764 * SECONDS,
    }
    const atMs = Date.now() - daysAgo * DAY_MS
    for (const [name, value] of Object.entries(values))
      await store.typeNetworkValue(name as keyof typeof values, value, atMs)
    await more(store)
    await store.close()
    return folder
  }
  const decide = async (folder: string, ...words: string[]) => {
    const run = await runCommand(['decide', ...words, '--json'], { cwd: folder })
    expect(run.exitCode).toBe(0)
    return { json: JSON.parse(run.stdout) as Document, stderr: run.stderr }
  }

  it('are looked at from now: days that are gone do not count, an adjustment that has passed is applied', async () => {
    // 251 intervals of ten minutes: 1.7 days.
    const fresh = await decide(await typed(0))
    const older = await decide(await typed(1))
    const [a, b] = [fresh, older].map(({ json }) => json['daysToAdjustment'] as number)
    expect(a! - b!).toBeCloseTo(1, 2)
    const old = await decide(await typed(10))
    expect(old.stderr).toContain('it is applied as expected')
    expect(old.json['applied']).toHaveLength(1)
    // The next one is 14 days after that one, of which 8.3 are gone.
    expect(old.json['daysToAdjustment']).toBeGreaterThan(1.7 + 13.9 - 10)
    expect(old.json['daysToAdjustment']).toBeLessThan(1.8 + 14.1 - 10)
    const folder = await typed(10)
    const atTheirTime = await decide(folder, '--now', iso(Date.now() - 10 * DAY_MS))
    expect(atTheirTime.json['change']).not.toBeNull()
    const simulate = await runCommand(['simulate', '--epochs', '2', '--json'], { cwd: folder })
    expect(simulate.exitCode).toBe(0)
    expect(simulate.stderr).toContain('has passed since these values; it is applied as expected')
    const { applied, epochs } = JSON.parse(simulate.stdout) as {
      readonly applied: readonly unknown[]
      readonly epochs: readonly {
        readonly hashpriceUsdPerPhDay: { readonly p5: number; readonly p95: number }
      }[]
    }
    expect(applied).toHaveLength(1)
    // Neither the price nor the difficulty of today is known for certain.
    const { p5, p95 } = epochs[0]!.hashpriceUsdPerPhDay
    expect(p95 / p5).toBeGreaterThan(1.2)
  })

  it('with contracts beside them: they are weighed, and --plain says what it leaves out', async () => {
    const folder = await typed(0, async (store) => {
      const { sites } = await store.readFleet()
      for (const key of sites.key)
        await store.putContract(key, {
          ...NO_CONTRACT,
          demandCharge: charge(12, { isAlreadySet: true }),
        })
    })
    const weighed = await decide(folder)
    expect(weighed.stderr).toMatch(/^warning: computed on values typed by hand: .*\n$/)
    expect(weighed.json['notWeighed']).toEqual({ contracts: 0, ladders: 0 })
    expect(weighed.json['sites']).toHaveLength(2)
    const plain = await decide(folder, '--plain')
    expect(plain.stderr).toMatch(/warning: --plain leaves out the 2 stored contracts/)
    expect(plain.json['notWeighed']).toEqual({ contracts: 2, ladders: 0 })
    expect(plain.json['sites']).toEqual([])
    writeFileSync(join(folder, 'fleet.csv'), FLEET_CSV)
    const ofFile = await decide(folder, '--fleet', 'fleet.csv')
    expect(ofFile.stderr).toMatch(/^warning: computed on values typed by hand: .*\n$/)
    expect(ofFile.json['notWeighed']).toEqual({ contracts: 0, ladders: 0 })
  })
})
