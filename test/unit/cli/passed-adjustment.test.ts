import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
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
    expect(adjustment.json).toMatchObject({ at, adjustmentPassed: null })
    expect(adjustment.json['secondsLeft']).toBeCloseTo(secondsLeft - 3 * 86_400, 6)
    const { json } = await answer('decide', ...onFiles, '--now', now)
    expect(json['daysToAdjustment']).toBeCloseTo(secondsLeft / 86_400 - 3, 9)
    expect(json['horizonDays']).toBeCloseTo(secondsLeft / 86_400 + 11, 9)
  })

  it('after it gives null and a warning: adjustment, decide (also with an assumed change), project', async () => {
    const { atMs, at } = await expected()
    const now = ['--now', iso(atMs + DAY_MS)]
    const words = `warning: the adjustment of these values was due at ${at}; its result is not known here`
    const adjustment = await answer('adjustment', '--case', 'network.json', ...now)
    expect(adjustment).toEqual({
      json: {
        plainChange: null,
        change: null,
        change80: null,
        change95: null,
        secondsLeft: null,
        at: null,
        difficulty: null,
        adjustmentPassed: at,
      },
      stderr: `${words}\n`,
    })

    const margins = (await answer('margins', ...onFiles)).json
    for (const more of [[], ['--change', '0.05'], ['--horizon-days', '20']]) {
      const { json, stderr } = await answer('decide', ...onFiles, ...more, ...now)
      expect(stderr).toBe(`${words}\n`)
      expect(json).toMatchObject({
        change: null,
        daysToAdjustment: null,
        horizonDays: null,
        adjustmentPassed: at,
        fleet: {
          verdicts: null,
          gainUsd: null,
          valueUsd: null,
          marginNowUsdPerDay: margins.fleet['marginUsdPerDay'],
          marginAfterUsdPerDay: null,
          advisedMarginNowUsdPerDay: null,
          advisedMarginAfterUsdPerDay: null,
        },
      })
      expect(
        json.machines.map(({ id, verdict, gainUsd, probability }) => [id, verdict, gainUsd, probability]),
      ).toEqual(['old', 'new', 'shelf'].map((id) => [id, null, null, null]))
      expect(json.machines.map(({ marginNowUsdPerDay }) => marginNowUsdPerDay)).toEqual(
        margins.machines.map(({ marginUsdPerDay }) => marginUsdPerDay),
      )
    }

    const project = await answer('project', ...onFiles, '--epochs', '3', ...now)
    expect(project.stderr).toBe(`${words}\n`)
    expect(project.json).toMatchObject({ epochs: null, adjustmentPassed: at })
    expect(project.json.machines[0]).toEqual({
      id: 'old',
      earns: null,
      lossFromEpoch: null,
      lossFromDay: null,
    })
  })

  it('after it names no date and no verdict in text either', async () => {
    const { atMs } = await expected()
    const now = ['--now', iso(atMs + DAY_MS)]
    const decide = await runCommand(['decide', ...onFiles, ...now], { cwd })
    expect(decide.stdout).toMatch(/^No verdict: .* the fleet earns .* a day by these values\.\n$/)
    const adjustment = await runCommand(['adjustment', '--case', 'network.json', ...now], { cwd })
    expect(adjustment.stdout).toBe('The next adjustment is not known.\n')
    const project = await runCommand(['project', ...onFiles, '--epochs', '2', ...now], { cwd })
    expect(project.stdout).toContain('No projection')
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
    expect(passed).toMatchObject({ change: null })
    expect(passed!['adjustmentPassed']).not.toBeNull()
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

  it('are looked at from now: days that are gone do not count, an adjustment that has passed gives none', async () => {
    // 251 intervals of ten minutes: 1.7 days.
    const fresh = await decide(await typed(0))
    const older = await decide(await typed(1))
    const [a, b] = [fresh, older].map(({ json }) => json['daysToAdjustment'] as number)
    expect(a! - b!).toBeCloseTo(1, 2)
    const old = await decide(await typed(10))
    expect(old.stderr).toContain('its result is not known here')
    expect(old.json).toMatchObject({ change: null, horizonDays: null, fleet: { gainUsd: null } })
    const folder = await typed(10)
    const atTheirTime = await decide(folder, '--now', iso(Date.now() - 10 * DAY_MS))
    expect(atTheirTime.json['change']).not.toBeNull()
    const simulate = await runCommand(['simulate', '--epochs', '2', '--json'], { cwd: folder })
    expect([simulate.exitCode, simulate.stdout]).toEqual([2, ''])
    expect(simulate.stderr).toContain('was due at')
  })

  it('with contracts beside them: plain decide says which it does not weigh', async () => {
    const folder = await typed(0, async (store) => {
      const { sites } = await store.readFleet()
      for (const key of sites.key)
        await store.putContract(key, {
          ...NO_CONTRACT,
          demandCharge: { usdPerKwMonth: 12, isAlreadySet: true },
        })
    })
    const plain = await decide(folder)
    expect(plain.stderr).toContain(
      'warning: 2 sites have contracts that this answer does not weigh: decide --contracts on the command line does.',
    )
    expect(plain.json['notWeighed']).toEqual({ contracts: 2, ladders: 0 })
    const weighed = await decide(folder, '--contracts')
    expect(weighed.stderr).toBe('')
    expect(weighed.json['notWeighed']).toEqual({ contracts: 0, ladders: 0 })
    const ofFile = await decide(folder, '--fleet', 'fleet.csv')
    expect(ofFile.stderr).toBe('')
    expect(ofFile.json['notWeighed']).toEqual({ contracts: 0, ladders: 0 })
  })
})
