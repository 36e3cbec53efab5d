import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '#electron/store/sqlite/client.ts'
import { ASSETS_FOLDER, WORKER_URL } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const NAMES = ['height', 'difficulty', 'priceUsdPerBtc', 'feesBtcPerBlock', 'epochBlocks', 'epochSeconds']
const SAMPLE = { at: '2026-10-05T09:41:42Z', values: NAMES }

type Answer = {
  margins: { network: Record<string, unknown>; machines: Row[]; fleet: Record<string, number> }
  decide: {
    horizonDays: number
    machines: Row[]
    fleet: { gainUsd: number; verdicts: Record<string, number> }
  }
  sample: unknown
}
type Row = Readonly<Record<string, unknown>>

/** A data folder with the sample fleet, as the window makes it, that asks nobody who is there. */
async function sampleFolder(): Promise<string> {
  const cwd = temporaryFolder()
  const store = await openStore({
    file: join(cwd, 'data', 'strikeline.db'),
    workerUrl: WORKER_URL,
    assetsFolder: ASSETS_FOLDER,
  })
  await store.writeSettings({ networkOrder: 'mempool', mempoolUrl: 'http://127.0.0.1:9' })
  await store.loadSample()
  await store.close()
  return cwd
}

describe('demo', () => {
  it('prints margins and decision of the sample as JSON, with no data folder made', async () => {
    const cwd = temporaryFolder()
    const run = await runCommand(['demo', '--json'], { cwd })
    expect([run.exitCode, run.stderr]).toEqual([0, ''])
    expect(existsSync(join(cwd, 'data'))).toBe(false)
    const { sample, margins, decide } = JSON.parse(run.stdout) as Answer
    expect(sample).toEqual(SAMPLE)
    expect(margins.network).toMatchObject({ stale: [], sample: SAMPLE, priceUsdPerBtc: 86_000 })
    expect(decide).toMatchObject({ stale: [], sample: SAMPLE, adjustmentPassed: null })
    // By hand: (3.125 + 0.02) BTC · 86 400 s · 10¹⁵ ÷ (132 716 002 350 731 · 2³²) · 86 000 USD.
    expect(margins.network['hashpriceUsdPerPhDay']).toBeCloseTo(40.99677, 4)
    expect(margins.machines).toHaveLength(79)
    expect(decide.machines).toHaveLength(79)
    expect(margins.fleet['machines']).toBe(320)
    const idle = ['stay-off', 'start-later', 'start-until', 'start']
    const verdicts = Object.entries(decide.fleet.verdicts)
    const ofRunning = verdicts.filter(([word]) => !idle.includes(word) && word !== 'hold')
    const sum = (of: typeof verdicts) => of.reduce((total, [, machines]) => total + machines, 0)
    const held = decide.machines.filter(({ verdict }) => verdict === 'hold')
    expect(sum(ofRunning)).toBeLessThanOrEqual(margins.fleet['running']!)
    expect(
      held.length > 0 ? sum(ofRunning) + decide.fleet.verdicts['hold']! : sum(ofRunning),
    ).toBeGreaterThanOrEqual(margins.fleet['running']!)
    expect(decide.fleet.verdicts['off']).toBeGreaterThan(0)
    expect(decide.fleet.gainUsd).toBeGreaterThan(0)
  })

  it('is what margins and decide say of these two files', async () => {
    const cwd = temporaryFolder()
    const { margins, decide } = JSON.parse((await runCommand(['demo', '--json'], { cwd })).stdout) as Answer
    const files = ['--fleet', join(ASSETS_FOLDER, 'sample-fleet.csv')]
    files.push('--network', join(ASSETS_FOLDER, 'sample-network.json'), '--json')
    const fromFiles = async (command: string) =>
      JSON.parse((await runCommand([command, ...files], { cwd })).stdout) as Answer['margins'] &
        Answer['decide']
    expect(margins.fleet).toEqual((await fromFiles('margins')).fleet)
    expect(margins.machines).toEqual((await fromFiles('margins')).machines)
    expect(decide.fleet).toEqual((await fromFiles('decide')).fleet)
    expect(decide.machines).toEqual((await fromFiles('decide')).machines)
  })

  it('says in its first line that it is a sample, and of which day', async () => {
    const run = await runCommand(['demo'], { cwd: temporaryFolder() })
    expect(run.stdout).toMatch(/^The sample fleet on the sample network of 5 Oct 2026: made up/)
    expect(run.stdout).toMatch(/\nFleet: .* margin /)
    expect(run.stdout).toMatch(/\nRun \d+, power down \d+.* machines: saves \$/)
  })
})

describe('the stored sample fleet without a network', () => {
  it('is computed on the sample network and says so, in JSON, on standard error, and beside the values', async () => {
    const cwd = await sampleFolder()
    for (const words of [
      ['margins'],
      ['decide'],
      ['project', '--epochs', '2'],
      ['optimise', '--cap-kw', '300'],
    ]) {
      // Margins rest on no epoch.
      const values = ['margins', 'optimise'].includes(words[0]!) ? NAMES.slice(0, 4) : NAMES
      const run = await runCommand([...words, '--json'], { cwd })
      expect([words, run.exitCode]).toEqual([words, 0])
      expect(run.stderr).toBe(`warning: computed on the sample network of 5 Oct 2026: ${values.join(', ')}\n`)
      expect(run.stdout).toContain(`"sample":${JSON.stringify({ ...SAMPLE, values })}`)
    }
    const network = await runCommand(['network', '--json'], { cwd })
    const { values } = JSON.parse(network.stdout) as { values: Record<string, object> }
    expect(values['difficulty']).toMatchObject({ source: 'sample', asOf: SAMPLE.at, stale: false })
    const words = (await runCommand(['network'], { cwd })).stdout
    expect(words).toMatch(/difficulty .* sample .* made up/)
  })

  it('gives no date: its day is nobody’s calendar', async () => {
    const cwd = await sampleFolder()
    const run = await runCommand(['project', '--epochs', '3', '--json'], { cwd })
    const { epochs, assumptions } = JSON.parse(run.stdout) as {
      epochs: { startsAt: string | null }[]
      assumptions: object
    }
    expect(epochs.map(({ startsAt }) => startsAt)).toEqual([null, null, null])
    expect(assumptions).toMatchObject({ sample: SAMPLE })
    const now = await runCommand(['decide', '--now', '2026-11-25T00:00:00Z'], { cwd })
    expect([now.exitCode, now.stdout]).toEqual([2, ''])
  })

  it('is stale or missing to refresh, whatever stands in', async () => {
    const cwd = await sampleFolder()
    const run = await runCommand(['refresh', '--json'], { cwd })
    expect(run.exitCode).toBe(3)
    expect(run.stderr).toContain(`stale or missing: ${NAMES.join(', ')}`)
  })

  it('lends its network to no other fleet, neither from a file nor imported', async () => {
    const cwd = await sampleFolder()
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    const fromFile = await runCommand(['margins', '--fleet', 'fleet.csv', '--json'], { cwd })
    expect([fromFile.exitCode, fromFile.stdout]).toEqual([2, ''])
    expect(fromFile.stderr).toContain('the stored network lacks height, difficulty, priceUsdPerBtc')
    await runCommand(['import', 'fleet.csv'], { cwd })
    const imported = await runCommand(['margins', '--json'], { cwd })
    expect([imported.exitCode, imported.stdout]).toEqual([2, ''])
    expect(JSON.parse((await runCommand(['network', '--json'], { cwd })).stdout)).toMatchObject({
      values: Object.fromEntries(NAMES.map((name) => [name, null])),
    })
  })

  it('marks nothing where the network came from a file', async () => {
    const cwd = await sampleFolder()
    writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
    const run = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
    expect(run.stderr).toBe('')
    expect(run.stdout).toContain('"sample":null')
  })
})
