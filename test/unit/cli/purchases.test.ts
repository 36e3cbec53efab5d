import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const run = (...words: string[]) => runCommand(words, { cwd })
const at = ['--network', 'network.json']

beforeAll(async () => {
  writeFileSync(
    join(cwd, 'fleet.csv'),
    [
      'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,uptime,pool_fee,purchase lot',
      'a,Antminer S21 200T,50,North,0.05,200,3500,0.97,0.01,Spring 2025',
      'b,,20,North,0.05,110,3250,0.97,0.01,',
      '',
    ].join('\n'),
  )
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  expect((await run('import', 'fleet.csv')).stderr).not.toContain('?')
  for (const words of [
    ['purchases', 'put', 'spring 2025', '--cost', '160000', '--salvage', '12000', '--life', '4'],
    ['purchases', 'put', 'SPRING 2025', '--bought', '2025-04-01'],
  ])
    expect(await run(...words)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
})

describe('returns --purchases', () => {
  it('values what is stored with the rate that is typed, and counts machines that name none', async () => {
    const { stdout, exitCode } = await run(
      'returns',
      '--purchases',
      '--discount-rate',
      '12%',
      ...at,
      '--json',
    )
    expect(exitCode).toBe(0)
    const answer = JSON.parse(stdout) as {
      readonly purchases: readonly Record<string, number | string | null>[]
      readonly total: Record<string, number>
      readonly machinesWithoutPurchase: number
    }
    const [spring] = answer.purchases
    expect(spring).toMatchObject({
      name: 'spring 2025',
      boughtOn: '2025-04-01',
      machines: 50,
      salvageUsd: 12_000,
    })
    // 233 of 1461 days are gone.
    expect(spring!['bookUsd']).toBeCloseTo(160_000 - (148_000 * 233) / 1461, 6)
    expect(spring!['npvUsd']).toBeCloseTo(Number(spring!['valueUsd']) - Number(spring!['bookUsd']), 6)
    expect(answer.total['npvUsd']).toBeCloseTo(Number(spring!['npvUsd']), 9)
    expect(answer.machinesWithoutPurchase).toBe(20)
  })

  it('without a rate says which setting to fill, and takes it from there', async () => {
    const without = await run('returns', '--purchases', ...at)
    expect(without.stdout).toContain('finance.discount-rate-per-year')
    await run('settings', 'set', 'finance.discount-rate-per-year', '0.12')
    const text = (await run('returns', '--purchases', ...at)).stdout
    expect(text).toMatch(/Discounted at 12\.0\s% a year\./)
    expect(text).toContain('20 machines name no purchase.')
  })

  it.each([
    [['returns'], /give one of --case/],
    [['returns', 'soon'], /'soon' is not next/],
    [
      ['returns', '--purchases', '--scenario', 'x', '--price-growth-per-year', '0.1'],
      /--scenario states everything/,
    ],
    [['purchases', 'put', 'New', '--cost', '3'], /needs --cost USD and --life/],
    [
      ['purchases', 'put', 'New', '--cost', '3', '--life', '2', '--salvage', '4'],
      /The salvage value in USD must be/,
    ],
    [['purchases', 'put', 'New', '--cost', '3', '--life', '2', '--bought', '1 May'], /--bought is '1 May'/],
    [['purchases', 'remove', 'Gone'], /no purchase named 'Gone'/],
  ])('%j is refused in a line', async (words, expected) => {
    const { exitCode, stderr, stdout } = await run(...words, ...(words[0] === 'returns' ? at : []))
    expect(exitCode).not.toBe(0)
    expect(stderr).toMatch(expected)
    expect(stdout).toBe('')
  })
})

describe('returns next', () => {
  const next = [
    'returns',
    'next',
    '--site',
    'north',
    '--life',
    '4',
    '--discount-rate',
    '0.12',
    '--paths',
    '200',
    ...at,
  ]

  it('ranks offers that are typed and those of a file, with a range', async () => {
    writeFileSync(
      join(cwd, 'offers.csv'),
      'model;price_usd_per_ths;price_usd\nAntminer S21 XP 270T;21,5;\nAntminer S19j Pro 104T;;350\n',
    )
    const words = [...next, '--price', 'Antminer S21 200T=15/TH', '--offers', 'offers.csv', '--json']
    const { stdout, stderr } = await run(...words)
    expect(stderr).toBe('')
    const { offers } = JSON.parse(stdout) as {
      readonly offers: readonly {
        readonly model: string
        readonly priceUsd: number
        readonly perMegawatt: { readonly npvUsd: number; readonly range: Record<string, number> }
      }[]
    }
    const prices = Object.fromEntries(offers.map(({ model, priceUsd }) => [model, priceUsd]))
    expect(prices).toEqual({
      'Antminer S21 200T': 3000,
      'Antminer S21 XP 270T': 5805,
      'Antminer S19j Pro 104T': 350,
    })
    const values = offers.map(({ perMegawatt }) => perMegawatt.npvUsd)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
    for (const { perMegawatt } of offers)
      expect(perMegawatt.range['p10']).toBeLessThan(perMegawatt.range['p90']!)
    expect((await run(...words)).stdout).toBe(stdout)
  })

  it.each([
    [['--price', 'Antminer S21=15/TH'], /may be one of several: Antminer S21/],
    [['--price', 'Antminer S99=15/TH'], /is not in the catalogue/],
    [['--price', 'Antminer S21 200T'], /write MODEL=PRICE/],
    [['--price', 'Antminer S21 200T=0'], /write MODEL=PRICE/],
    [[], /needs --price/],
    [['--price', 'Antminer S21 200T=9/TH', '--rank-by', 'luck'], /must be megawatt or dollar/],
  ])('%j is refused', async (words, expected) => {
    const { exitCode, stderr } = await run(...next, ...words)
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(expected)
  })

  it('names the row and column of a file that is refused', async () => {
    writeFileSync(join(cwd, 'bad.csv'), 'model,price_usd\nAntminer S21 200T,3000\nAntminer S21 200T,free\n')
    const { stderr } = await run(...next, '--offers', 'bad.csv')
    expect(stderr).toContain("bad.csv, row 3, column price_usd: 'free' is no price above 0")
  })
})
