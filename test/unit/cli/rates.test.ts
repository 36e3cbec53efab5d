import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '#electron/store/sqlite/client.ts'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { FOREIGN_CURRENCIES } from '#shared/domain/power/currency.ts'
import { startMempoolServer } from '../../mempool-server.ts'
import { openIn } from '../store/stores.ts'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

const HOUR = 3_600_000
type Dated = {
  value: number
  source: string
  asOf: string
  fetchedAt: string
  ageSeconds: number
  stale: boolean
}
type Rates = Record<string, Dated | null>

describe('rates', () => {
  it('are listed, typed and taken back', async () => {
    const cwd = temporaryFolder()
    const rates = async (...words: string[]) => {
      const run = await runCommand(['rates', ...words, '--json'], { cwd })
      expect(run).toMatchObject({ exitCode: 0, stderr: '' })
      return (JSON.parse(run.stdout) as { rates: Rates }).rates
    }
    const empty = await rates()
    expect(Object.keys(empty)).toEqual(FOREIGN_CURRENCIES)
    expect(new Set(Object.values(empty))).toEqual(new Set([null]))
    const typed = await rates('set', 'eur', '1.08')
    expect(typed['EUR']).toMatchObject({ value: 1.08, source: 'typed', stale: false })
    expect(typed['EUR']!.asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(await rates()).toMatchObject({ EUR: { value: 1.08 }, NOK: null })
    const shown = await runCommand(['rates'], { cwd })
    expect(shown.stdout).toMatch(/^currency +USD per unit +source +age\nEUR +1\.08 /)
    expect((await rates('unset', 'EUR'))['EUR']).toBeNull()
  })

  it('say what a source wants said where its values are shown', async () => {
    const cwd = temporaryFolder()
    await runCommand(['network'], { cwd })
    const store = await openIn(join(cwd, 'data'))
    const dated = { source: 'coingecko', asOfMs: Date.now(), fetchedAtMs: Date.now() }
    await store.saveNetworkReading([{ ...dated, name: 'priceUsdPerBtc', value: 88_300 }], [])
    await store.saveRates([{ ...dated, currency: 'NOK', usdPerUnit: 0.0923 }])
    await store.close()
    const network = await runCommand(['network'], { cwd })
    expect(network.stdout).toMatch(/^priceUsdPerBtc +88300 +Powered by CoinGecko +/m)
    expect((await runCommand(['rates'], { cwd })).stdout).toMatch(/^NOK +0\.0923 +Powered by CoinGecko +/m)
    // A program reads the name of the source.
    const { values } = JSON.parse((await runCommand(['network', '--json'], { cwd })).stdout) as {
      values: Record<string, Dated | null>
    }
    expect(values['priceUsdPerBtc']).toMatchObject({ source: 'coingecko' })
  })

  it.each([
    [['set', 'EUR'], 'use `rates`'],
    [['set', 'EUR', 'much'], "'much' is not a number"],
    [['set', 'EUR', ''], "'' is not a number"],
    [['set', 'EUR', '-1'], 'above 0'],
    [['set', 'USD', '1'], "'USD' is not a currency that has a rate; there are EUR, GBP"],
    [['set', 'JPY', '155'], '1 JPY is not worth 155 USD'],
    [['unset', 'EUR', '1'], 'use `rates`'],
    [['drop'], 'use `rates`'],
  ])('%j is refused in a line, and nothing is stored', async (words, message) => {
    const cwd = temporaryFolder()
    const run = await runCommand(['rates', ...words], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain(message)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect((await runCommand(['rates', '--json'], { cwd })).stdout).not.toContain('"value"')
  })

  it('come with a refresh and stand in `network --json`, as does what each source said', async () => {
    const cwd = temporaryFolder()
    const server = await startMempoolServer()
    try {
      await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
      await runCommand(['settings', 'set', 'network.mempool.url', server.url], { cwd })
      const fresh = await runCommand(['refresh', '--json'], { cwd })
      expect(fresh.exitCode).toBe(0)
      for (const { stdout } of [fresh, await runCommand(['network', '--json'], { cwd })]) {
        const { rates, said } = JSON.parse(stdout) as {
          rates: Rates
          said: (Dated & { name: string; inForce: boolean; refused: string | null })[]
        }
        expect(rates['EUR']).toMatchObject({ source: 'mempool', stale: false })
        expect(rates['EUR']!.value).toBeCloseTo(1.1, 3)
        expect(rates['PYG']).toBeNull()
        expect(said.map(({ name }) => name).toSorted()).toEqual([...NETWORK_VALUE_NAMES].toSorted())
        for (const row of said)
          expect(row).toMatchObject({ source: 'mempool', inForce: true, refused: null, stale: false })
      }
      const refused = async () => {
        const run = await runCommand(['refresh', '--json'], { cwd })
        return (JSON.parse(run.stdout) as { said: { refused: string | null }[] }).said.flatMap(
          (row) => row.refused ?? [],
        )
      }
      server.answers.priceUsd = 88
      expect(await refused()).toEqual([
        'Its price in USD 88 is outside 1,000 to 10,000,000; it was not taken.',
      ])
    } finally {
      await server.close()
    }
  })
})

/** A stored network, some of whose values are of three hours ago, on a stored fleet. */
async function program(work: (store: Store) => Promise<void> = () => Promise.resolve()) {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(
    join(cwd, 'profiles.csv'),
    'model,profile,hashrate_ths,power_w\nAntminer S19j Pro 104T,low,80,2200\nAntminer S19j Pro 104T,full,104,3068\n',
  )
  writeFileSync(
    join(cwd, 'returns.json'),
    JSON.stringify({ asset: { costUsd: 100_000, lifeYears: 4 }, discountRatePerYear: 0.1 }),
  )
  await runCommand(['import', 'fleet.csv'], { cwd })
  const store = await openIn(join(cwd, 'data'))
  const nowMs = Date.now()
  const row = (name: (typeof NETWORK_VALUE_NAMES)[number], value: number, ageMs: number) => ({
    name,
    value,
    source: 'mempool',
    asOfMs: nowMs - ageMs,
    fetchedAtMs: nowMs - ageMs,
  })
  await store.saveNetworkReading(
    [
      row('height', 925_000, 0),
      row('difficulty', 1.5e14, 0),
      row('priceUsdPerBtc', 88_300, 3 * HOUR),
      row('feesBtcPerBlock', 0.02, 0),
      row('epochBlocks', 1672, 0),
      row('epochSeconds', 1_003_200, 3 * HOUR),
    ],
    [],
  )
  await work(store)
  await store.close()
  return cwd
}
type Answer = {
  readonly stale?: string[]
  readonly network: { readonly stale: string[] }
  readonly assumptions: { readonly stale: string[] }
}
/** No margin rests on the epoch. */
const WITHOUT_EPOCH = ['margins', 'optimise']

describe('the stale badge', () => {
  const COMMANDS: readonly (readonly [string, (answer: Answer) => unknown, readonly string[]])[] = [
    ['margins', ({ network }) => network.stale, []],
    ['decide', ({ stale }) => stale, []],
    ['optimise', ({ stale }) => stale, ['--cap-kw', '100']],
    ['project', ({ assumptions }) => assumptions.stale, ['--epochs', '2']],
    ['simulate', ({ assumptions }) => assumptions.stale, ['--epochs', '2', '--paths', '10']],
    ['returns', ({ assumptions }) => assumptions.stale, ['--case', 'returns.json']],
  ]
  it.each(COMMANDS)('follows the values into %s', async (name, staleOf, words) => {
    const cwd = await program()
    const run = await runCommand([name, ...words, '--json'], { cwd })
    expect(run.exitCode).toBe(0)
    const stale = WITHOUT_EPOCH.includes(name) ? ['priceUsdPerBtc'] : ['priceUsdPerBtc', 'epochSeconds']
    expect(staleOf(JSON.parse(run.stdout) as Answer)).toEqual(stale)
    const ages = stale.map((value) => `${value} (3 h ago)`).join(', ')
    expect(run.stderr.replaceAll('\u202f', ' ')).toBe(`warning: computed on stale values: ${ages}\n`)
    const onFile = await runCommand([name, ...words, '--network', 'network.json', '--json'], { cwd })
    expect(onFile).toMatchObject({ exitCode: 0, stderr: '' })
    expect(staleOf(JSON.parse(onFile.stdout) as Answer)).toEqual([])
  })

  it('is a warning where a person reads', async () => {
    const run = await runCommand(['margins'], { cwd: await program() })
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain('priceUsdPerBtc (3')
    expect(run.stdout).not.toContain('warning')
  })

  it('follows a rate under which a site pays, whatever the network comes from; a typed one is never stale', async () => {
    const nowMs = Date.now()
    const cwd = await program(async (store) => {
      const asOfMs = nowMs - 50 * HOUR
      const rate = { usdPerUnit: 1.1, source: 'mempool', asOfMs, fetchedAtMs: asOfMs }
      await store.saveRates([
        { ...rate, currency: 'EUR' },
        { ...rate, currency: 'GBP' },
      ])
      await store.addSite({
        name: 'Rjukan',
        powerPriceUsdPerKwh: null,
        otherUsdPerKwh: 0,
        overhead: 0,
        tariff: { currency: 'EUR', powerPricePerKwh: 0.04, otherPerKwh: 0 },
      })
    })
    const stale = async () => {
      const run = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
      return (JSON.parse(run.stdout) as { network: { stale: string[] } }).network.stale
    }
    expect(await stale()).toEqual(['rates.EUR'])
    await runCommand(['rates', 'set', 'EUR', '1.08'], { cwd })
    expect(await stale()).toEqual([])
  })
})
