import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const GUIDE = readFileSync(new URL('../../../docs/contracts.md', import.meta.url), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE)![1]!
const RETURNS = {
  asset: { costUsd: 100_000, salvageUsd: 0, lifeYears: 1 },
  discountRatePerYear: 0.1,
}

let cwd: string
beforeAll(async () => {
  cwd = temporaryFolder()
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'fleet.csv'), block('csv'))
  writeFileSync(join(cwd, 'sites.json'), block('json'))
  writeFileSync(join(cwd, 'returns.json'), JSON.stringify(RETURNS))
  await runCommand(['import', 'fleet.csv'], { cwd })
  await runCommand(['contracts', 'import', 'sites.json'], { cwd })
})

const FILES = ['--fleet', 'fleet.csv', '--network', 'network.json', '--sites', 'sites.json']
async function json<T>(command: string, ...words: string[]): Promise<T> {
  const { stdout, stderr, exitCode } = await runCommand([command, ...words, '--json'], { cwd })
  expect([exitCode, stderr.replace(/^warning: --plain.*\n/, '')]).toEqual([0, ''])
  return JSON.parse(stdout) as T
}
type Epochs = { epochs: { fleetMarginUsdPerDay: number; bestMarginUsdPerDay: number }[] }
type Simulated = { epochs: { marginUsdPerDay: { p5: number; p95: number } }[] }
type Decided = {
  fleet: { marginNowUsdPerDay: number; marginAfterUsdPerDay: number; advisedMarginNowUsdPerDay: number }
}
type Margins = { fleet: { marginUsdPerDay: number } }

describe('a fleet under contracts', () => {
  it('earns the same as it runs in margins, decide, project and simulate', async () => {
    const { fleet: margins } = await json<Margins>('margins', ...FILES)
    const { fleet: decide } = await json<Decided>('decide', ...FILES)
    const { epochs } = await json<Epochs>('project', ...FILES, '--epochs', '4')
    expect(margins.marginUsdPerDay).toBeCloseTo(decide.marginNowUsdPerDay, 6)
    expect(epochs[0]!.fleetMarginUsdPerDay).toBeCloseTo(decide.marginNowUsdPerDay, 6)
    expect(epochs[1]!.fleetMarginUsdPerDay).toBeCloseTo(decide.marginAfterUsdPerDay, 6)
    // At its best no machine is whole, and no restart is paid.
    expect(epochs[0]!.bestMarginUsdPerDay).toBeGreaterThanOrEqual(decide.advisedMarginNowUsdPerDay - 1e-6)
    for (const [more, field] of [
      [[], 'fleetMarginUsdPerDay'],
      [['--stop-under-water'], 'bestMarginUsdPerDay'],
    ] as const) {
      const words = [...FILES, '--epochs', '4', '--paths', '3', '--volatility', '0', ...more]
      const simulated = await json<Simulated>('simulate', ...words)
      simulated.epochs.forEach(({ marginUsdPerDay }, i) => {
        expect(marginUsdPerDay.p5).toBeCloseTo(epochs[i]![field], 6)
        expect(marginUsdPerDay.p95).toBeCloseTo(epochs[i]![field], 6)
      })
    }
  })

  it('counts whether its contracts are stored or come in a file, and --plain leaves them out', async () => {
    const ofFleet = ['--fleet', 'fleet.csv', '--network', 'network.json']
    const stored = ['--network', 'network.json']
    const at = ['--now', NETWORK.at]
    for (const [command, ...more] of [
      ['margins'],
      ['project', '--epochs', '2', ...at],
      ['optimise', '--cap-kw', '200', '--site', 'North'],
      ['returns', '--case', 'returns.json'],
    ] as const) {
      const file = await json<object>(command, ...FILES, ...more)
      const ofStore = await json<object>(command, ...stored, ...more)
      expect(ofStore, command).toEqual(file)
      const plain = await json<object>(command, ...stored, ...more, '--plain')
      const bare = await json<object>(command, ...ofFleet, ...more)
      expect(plain, command).toEqual(bare)
      expect(plain, command).not.toEqual(ofStore)
    }
  })
})
