import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

/** A stored fleet on a computer that knows nothing of the network. */
async function program() {
  const cwd = temporaryFolder()
  const run = (...words: string[]) => runCommand(words, { cwd })
  const json = async (...words: string[]) =>
    JSON.parse((await run(...words, '--json')).stdout) as Record<string, unknown>
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  await run('import', 'fleet.csv')
  return { run, json, cwd }
}

describe('one typed hashprice on the command line', () => {
  it('gives verdicts and margins per day, says that it was typed and what is left out', async () => {
    const { run, json } = await program()
    expect((await run('decide')).stderr).toContain('network set hashprice 38.20')
    expect((await run('network', 'set', 'hashprice', '34.50')).stdout).toMatch(
      /hashprice +34\.5 +typed by hand/,
    )
    const decided = await run('decide', '--json')
    expect(decided.stderr).toContain('hashpriceUsdPerPhDay (just now)')
    expect(decided.stderr).toContain(
      'What the adjustment changes, figures in bitcoin and figures by difficulty are left out.',
    )
    const document = JSON.parse(decided.stdout) as Record<string, unknown>
    expect(document).toMatchObject({
      hashpriceUsdPerPhDay: 34.5,
      daysToAdjustment: null,
      horizonDays: null,
      leftOut: ['adjustment', 'halving', 'priceUsdPerBtc', 'difficulty'],
      typed: [{ name: 'hashpriceUsdPerPhDay', source: 'typed' }],
      fleet: { gainUsd: null, valueUsd: null },
    })
    const margins = await json('margins')
    expect(margins).toMatchObject({
      network: { hashpriceUsdPerPhDay: 34.5, difficulty: null, leftOut: document['leftOut'] },
      fleet: { btcPerDay: null },
    })
    expect((await json('network'))['typed']).toMatchObject({ hashpriceUsdPerPhDay: 34.5, adjustment: null })
    expect((await run('network', 'unset', 'hashprice')).exitCode).toBe(0)
    expect((await json('network'))['typed']).toBeNull()
    expect((await run('decide')).exitCode).toBe(2)
  })

  it('takes the next adjustment beside it, which goes with it', async () => {
    const { run, json } = await program()
    expect((await run('network', 'set', 'adjustment', '-2 % in 2 days')).stderr).toContain(
      'hashprice 38.20 first',
    )
    await run('network', 'set', 'hashprice', '34.50')
    expect((await run('decide', '--change', '-0.05')).stderr).toContain('no date to count from')
    expect((await run('network', 'set', 'adjustment', '-2 % in 2 days')).exitCode).toBe(0)
    const decided = await json('decide')
    expect(decided['change']).toBe(-0.02)
    expect(decided['daysToAdjustment']).toBeCloseTo(2, 2)
    expect(decided['leftOut']).toEqual(['halving', 'priceUsdPerBtc', 'difficulty'])
    await run('network', 'set', 'hashprice', '34.60')
    expect((await json('network'))['typed']).toMatchObject({ adjustment: { change: -0.02 } })
    await run('network', 'unset', 'adjustment')
    expect((await json('decide'))['daysToAdjustment']).toBeNull()
  })

  it('counts over the known values, and is asked about where it is far from what they give', async () => {
    const { run, json } = await program()
    const values = ['height', 'difficulty', 'priceUsdPerBtc', 'feesBtcPerBlock'] as const
    for (const name of values) await run('network', 'set', name, String(NETWORK[name]), '--accept', 'value')
    const before = (await json('margins'))['network'] as { hashpriceUsdPerPhDay: number }
    const far = String(before.hashpriceUsdPerPhDay / 2)
    expect((await run('network', 'set', 'hashprice', far)).stderr).toContain('--accept value')
    expect((await run('network', 'set', 'hashprice', far, '--accept', 'value')).exitCode).toBe(0)
    const margins = await json('margins')
    expect(margins).toMatchObject({
      network: { hashpriceUsdPerPhDay: Number(far), difficulty: NETWORK.difficulty },
    })
    expect((margins['fleet'] as { btcPerDay: number }).btcPerDay).toBeGreaterThan(0)
  })

  it.each([
    [['hashprice', '39.1 sat/TH/day'], 'needs the price of a bitcoin'],
    [['hashprice', '3450'], 'far from what it has been for years'],
    [['hashprice', 'much'], "'much' is not a number"],
    [['hashprice', '-3'], 'must be above 0'],
  ])('refuses %j', async (words, why) => {
    const { run } = await program()
    const refused = await run('network', 'set', ...words)
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain(why)
  })

  it('says nothing of the epochs ahead', async () => {
    const { run } = await program()
    await run('network', 'set', 'hashprice', '34.50')
    const projected = await run('project', '--epochs', '3')
    expect(projected.exitCode).toBe(2)
    expect(projected.stderr).toContain('a typed hashprice alone says nothing of the epochs ahead')
  })
})
