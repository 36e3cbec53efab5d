import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

type Dated = { readonly value: number; readonly source: string }

const VALUES = {
  height: NETWORK.height,
  difficulty: NETWORK.difficulty,
  priceUsdPerBtc: NETWORK.priceUsdPerBtc,
  feesBtcPerBlock: NETWORK.feesBtcPerBlock,
}

/** A stored fleet on a network that was typed. */
async function program() {
  const cwd = temporaryFolder()
  const run = (...words: string[]) => runCommand(words, { cwd })
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  await run('import', 'fleet.csv')
  for (const [name, value] of Object.entries(VALUES))
    expect((await run('network', 'set', name, String(value), '--accept', 'value')).exitCode).toBe(0)
  const read = async () =>
    (JSON.parse((await run('network', '--json')).stdout) as { values: Record<string, Dated | null> }).values
  return { run, read }
}

describe('a value of the network that is typed on the command line', () => {
  it('is read as people write it, and taken back', async () => {
    const { run, read } = await program()
    const near = NETWORK.difficulty * 1.02
    for (const text of [`${near / 1e12}T`, `${near / 1e12} T`, String(near)]) {
      expect(await run('network', 'set', 'Difficulty', text)).toMatchObject({ exitCode: 0, stderr: '' })
      const { difficulty } = await read()
      expect(difficulty!.value / near).toBeCloseTo(1, 9)
      expect(difficulty!.source).toBe('typed')
    }
    await run('network', 'set', 'epochSeconds', '2d 9h')
    expect((await read())['epochSeconds']).toMatchObject({ value: 205_200, source: 'typed' })
    await run('network', 'unset', 'epochSeconds')
    expect((await read())['epochSeconds']).toBeNull()
  })

  it('is refused with both values where it is a tenth away, until it is accepted', async () => {
    const { run, read } = await program()
    const refused = await run('network', 'set', 'priceUsdPerBtc', '8830')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr.replaceAll('\u202f', ' ')).toMatch(
      /^strikeline: network: Bitcoin price: \$[\d ]+ → \$8 830\. Hashprice \$[\d.]+ → \$[\d.]+ per PH\/s a day; \d+ of \d+ machines would change their advice\. If this is right, --accept value takes it\.\n$/,
    )
    expect((await read())['priceUsdPerBtc']).toMatchObject({ value: NETWORK.priceUsdPerBtc })
    expect((await run('network', 'set', 'priceUsdPerBtc', '8830', '--accept', 'value')).exitCode).toBe(0)
    expect((await read())['priceUsdPerBtc']).toMatchObject({ value: 8830 })
  })

  it.each([
    [['set', 'price', '1'], "'price' is not a value of the network; there are"],
    [['set', 'difficulty'], 'use `network`'],
    [['set', 'difficulty', ''], "'' is not a number: write it like 162.1 T or 1.62e14"],
    [['set', 'difficulty', '162 kg'], "difficulty: 'kg' is not understood here: write it like 162.1 T"],
    [['set', 'epochBlocks', '2016'], 'from 0 to 2 015'],
    [['set', 'priceUsdPerBtc', '88300', '--accept', 'all'], "--accept 'all' is not known"],
    [['clear'], 'use `network`'],
  ])('%j is refused in a line', async (words, message) => {
    const cwd = temporaryFolder()
    const run = await runCommand(['network', ...words], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(message)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('other numbers of the command line', () => {
  it('take their unit', async () => {
    const { run } = await program()
    const set = async (key: string, text: string) => {
      expect((await run('settings', 'set', key, text)).exitCode).toBe(0)
      return (await run('settings', 'get', key)).stdout.trim()
    }
    expect(await set('decide.horizon-days', '4 weeks')).toBe('28')
    expect(await set('decision.review-days', '12 h')).toBe('0.5')
    expect(await set('decision.least-hours-on', '1d 6h')).toBe('30')
    expect(await set('decision.volatility', '80 %')).toBe('0.8')
    expect((await run('settings', 'set', 'decide.horizon-days', 'soon')).exitCode).toBe(2)

    await run('alerts', 'add', 'adjustment-beyond', '-5 %')
    await run('alerts', 'add', 'hashprice-below', '$33,90')
    const { alerts } = JSON.parse((await run('alerts', '--json')).stdout) as {
      alerts: readonly { change?: number; usdPerPhDay?: number }[]
    }
    expect(alerts).toMatchObject([{ change: -0.05 }, { usdPerPhDay: 33.9 }])

    const change = async (text: string) => {
      const { stdout } = await run('decide', '--change', text, '--json')
      return (JSON.parse(stdout) as { change: number }).change
    }
    expect(await change('-4.7 %')).toBe(-0.047)
    expect(await change('-0.047')).toBe(-0.047)
  })

  it('ask about a rate that is a tenth away', async () => {
    const cwd = temporaryFolder()
    const run = (...words: string[]) => runCommand(['rates', ...words], { cwd })
    expect((await run('set', 'EUR', '$1,08')).exitCode).toBe(0)
    const refused = await run('set', 'EUR', '1.8')
    expect(refused.stderr).toContain('rates: 1 EUR: 1.0800 USD → 1.8000 USD.')
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect((await run('set', 'EUR', '1.8', '--accept', 'value')).exitCode).toBe(0)
  })
})
