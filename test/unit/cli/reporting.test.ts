import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const FILES = ['--fleet', 'fleet.csv', '--network', 'network.json']

async function text(...words: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await runCommand(words, { cwd })
  expect([exitCode, stderr.replace(/^warning: computed on .*\n/gm, '')]).toEqual([0, ''])
  return stdout.replace(/[\u202f\u00a0]/g, ' ')
}

beforeAll(async () => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  await runCommand(['import', 'fleet.csv'], { cwd })
  await runCommand(['rates', 'set', 'EUR', '1.08'], { cwd })
  await runCommand(['settings', 'set', 'report.currency', 'EUR'], { cwd })
}, 60_000)

describe('the text of a command', () => {
  const STORED = ['--network', 'network.json']

  it.each([
    ['margins', [], ['margin EUR/day', 'break-even EUR/PH/s/day', 'Hashprice €']],
    ['decide', [], ['saves EUR', 'saves €']],
    ['project', ['--epochs', '2'], ['€']],
    ['simulate', ['--epochs', '2', '--paths', '100'], ['€']],
    ['optimise', ['--cap-kw', '30'], ['One more kW is worth €']],
  ] as const)('%s is in the reporting currency, its JSON in USD', async (command, options, said) => {
    const euros = await text(command, ...STORED, ...options)
    for (const words of said) expect(euros).toContain(words)
    expect(euros).not.toContain('$')
    const json = await text(command, ...STORED, ...options, '--json')
    await runCommand(['settings', 'set', 'report.currency', 'USD'], { cwd })
    expect(await text(command, ...STORED, ...options, '--json')).toBe(json)
    expect(await text(command, ...STORED, ...options)).toContain('$')
    await runCommand(['settings', 'set', 'report.currency', 'EUR'], { cwd })
  })

  it('is in USD with files alone, unless another currency is named', async () => {
    expect(await text('margins', ...FILES)).toContain('Hashprice $')
    expect(await text('margins', ...FILES, '--currency', 'eur')).toContain('Hashprice €')
    expect(await text('margins', ...STORED, '--currency', 'USD')).toContain('Hashprice $')
  })

  it('is refused in a currency that nobody gave a rate of, and warned of where it is the setting', async () => {
    const refused = await runCommand(['margins', ...STORED, '--currency', 'NOK'], { cwd })
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('no rate for NOK is known: run refresh, or rates set NOK VALUE')
    const unknown = await runCommand(['margins', ...STORED, '--currency', 'XYZ'], { cwd })
    expect(unknown.stderr).toMatch(/^strikeline: margins: --currency 'XYZ' is not one of USD, EUR/)
    await runCommand(['settings', 'set', 'report.currency', 'NOK'], { cwd })
    const { stdout, stderr } = await runCommand(['margins', ...STORED], { cwd })
    expect(stdout).toContain('Hashprice $')
    expect(stderr).toContain('warning: no rate for NOK is known')
    await runCommand(['settings', 'set', 'report.currency', 'EUR'], { cwd })
  })

  it('follows units and language, in which options are not read', async () => {
    for (const [key, value] of [
      ['units.hashprice', 'sat-th'],
      ['units.language', 'de'],
      ['units.hashrate', 'TH'],
    ] as const)
      await text('settings', 'set', key, value)
    const margins = await text('margins', ...STORED)
    // 88 300 USD a bitcoin
    expect(margins).toMatch(/^Hashprice \d\d,\d\d sat per TH\/s a day$/m)
    expect(margins).toMatch(/\d \d{3} TH\/s, margin −€/)
    expect(margins).toContain('break-even sat/TH/s/day')
    const ahead = await text('project', ...STORED, '--epochs', '2', '--price-growth-per-year', '0.125')
    expect(ahead).toContain('price 12,5 % a year')
    // Satoshi of another day would be those at the price of now.
    expect(ahead).toMatch(/ €\d\d,\d\d /)
    expect(ahead).not.toContain('sat')
    for (const key of ['hashprice', 'language', 'hashrate'])
      await text(
        'settings',
        'set',
        `units.${key}`,
        key === 'hashprice' ? 'usd-ph' : key === 'language' ? 'house' : 'auto',
      )
  })
})
