import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

type Row = Record<string, unknown> & { id: string }
const cwd = temporaryFolder()

beforeAll(() => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
})

async function json(...words: string[]): Promise<Record<string, unknown>> {
  const run = await runCommand([...words, '--json'], { cwd })
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(0)
  return JSON.parse(run.stdout) as Record<string, unknown>
}
const onCase = ['--fleet', 'fleet.csv', '--network', 'network.json']

describe('margins', () => {
  it('prints exactly the promised fields', async () => {
    const answer = await json('margins', ...onCase)
    expect(Object.keys(answer)).toEqual(['network', 'machines', 'fleet'])
    expect(Object.keys(answer['network'] as object)).toEqual([
      'height', 'difficulty', 'subsidyBtc', 'feesBtcPerBlock', 'priceUsdPerBtc', 'hashrateEhs', 'hashpriceBtcPerPhDay', 'hashpriceUsdPerPhDay',
      'stale', 'typed', 'sample',
    ]) // prettier-ignore
    expect(Object.keys((answer['machines'] as Row[])[0]!)).toEqual([
      'id', 'model', 'site', 'quantity', 'status', 'hashrateThs', 'powerW', 'efficiencyJPerTh', 'revenueUsdPerDay',
      'energyKwhPerDay', 'avoidableCostUsdPerDay', 'marginUsdPerDay', 'marginShare', 'allInMarginUsdPerDay',
      'breakevenHashpriceUsdPerPhDay', 'breakevenPowerPriceUsdPerKwh', 'breakevenBtcPriceUsd', 'breakevenDifficulty',
      'headroom', 'costPerBtcUsd',
    ]) // prettier-ignore
    expect(Object.keys(answer['fleet'] as object)).toEqual([
      'machines', 'running', 'hashrateThs', 'powerW', 'efficiencyJPerTh', 'revenueUsdPerDay', 'avoidableCostUsdPerDay',
      'marginUsdPerDay', 'marginShare', 'allInMarginUsdPerDay', 'btcPerDay', 'costPerBtcUsd', 'btcToSellPerDay',
      'shareOfProductionToSell',
    ]) // prettier-ignore
  })

  it('keeps a machine that is off in its row and out of the totals', async () => {
    const answer = await json('margins', ...onCase)
    const fleet = answer['fleet'] as Record<string, number>
    expect(fleet['machines']).toBe(17)
    expect(fleet['running']).toBe(12)
    expect(fleet['hashrateThs']).toBe(10 * 104 + 2 * 200)
    const shelf = (answer['machines'] as Row[]).find(({ id }) => id === 'shelf')!
    expect(shelf['marginUsdPerDay']).toBeLessThan(0)
    // By hand: 200 TH/s · 3.5 kW · 24 h · 0.05 USD/kWh, two of them.
    const fresh = (answer['machines'] as Row[]).find(({ id }) => id === 'new')!
    expect(fresh['avoidableCostUsdPerDay']).toBeCloseTo(2 * 3.5 * 24 * 0.05, 12)
    expect(fresh['breakevenHashpriceUsdPerPhDay']).toBeCloseTo(24 * 17.5 * 0.05, 12)
  })

  it('prints null for what does not exist', async () => {
    writeFileSync(
      join(cwd, 'gaps.csv'),
      'id,hashrate_ths,power_w,power_price_usd_kwh\nnopower,100,,0.05\nnothing,0,3000,0.05\n',
    )
    const run = await runCommand(['margins', '--fleet', 'gaps.csv', '--network', 'network.json', '--json'], {
      cwd,
    })
    expect(run.exitCode).toBe(0)
    const answer = JSON.parse(run.stdout) as { machines: Row[]; fleet: Record<string, unknown> }
    expect(answer.machines[0]!['marginUsdPerDay']).toBeNull()
    expect(answer.machines[0]!['breakevenHashpriceUsdPerPhDay']).toBeNull()
    expect(answer.machines[1]!['marginShare']).toBeNull()
    expect(answer.machines[1]!['efficiencyJPerTh']).toBeNull()
    expect(run.stdout).not.toMatch(/NaN|Infinity/)
    expect(run.stderr).toContain(
      'warning: 1 row without a hashrate or a power figure stays out of the totals',
    )
  })
})

describe('decide', () => {
  it('weighs the same horizon by hand', async () => {
    const answer = (await json(
      'decide',
      ...onCase,
      '--change',
      '-0.05',
      '--horizon-days',
      '20',
    )) as unknown as {
      daysToAdjustment: number
      machines: {
        id: string
        verdict: string
        gainUsd: number
        probabilityOfAdjustment: number | null
        valueUsd: Record<string, number>
        marginNowUsdPerDay: number
        marginAfterUsdPerDay: number
      }[]
    }
    const old = answer.machines.find(({ id }) => id === 'old')!
    const tau = answer.daysToAdjustment
    expect(old.probabilityOfAdjustment).toBeNull()
    expect(old.valueUsd['run']).toBeCloseTo(
      old.marginNowUsdPerDay * tau + old.marginAfterUsdPerDay * (20 - tau),
      9,
    )
    expect(old.valueUsd['pause']).toBeCloseTo(old.marginAfterUsdPerDay * (20 - tau) - 10 * 2, 9)
    expect(old.valueUsd['off']).toBeCloseTo(0, 9)
    expect(old.verdict).toBe('off')
    expect(old.gainUsd).toBeCloseTo(-old.valueUsd['run']!, 9)
  })

  it('takes an assumed change without the state of the epoch', async () => {
    writeFileSync(
      join(cwd, 'bare.json'),
      JSON.stringify({ ...NETWORK, epoch: undefined, previousAdjustments: undefined }),
    )
    const answer = await json('decide', '--fleet', 'fleet.csv', '--network', 'bare.json', '--change', '0.03')
    // 925 000 is 1 672 blocks into its epoch; 343 intervals are left at the pace of the last retarget.
    expect(answer['daysToAdjustment']).toBeGreaterThan(2.2)
    expect(answer['daysToAdjustment']).toBeLessThan(2.6)
  })
})

describe('decide without the state of the epoch', () => {
  it('says what each machine earns a day, without a date, a total or a promise', async () => {
    writeFileSync(
      join(cwd, 'bare.json'),
      JSON.stringify({ ...NETWORK, epoch: undefined, previousAdjustments: undefined }),
    )
    const run = await runCommand(['decide', '--fleet', 'fleet.csv', '--network', 'bare.json', '--json'], {
      cwd,
    })
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toMatch(/^warning: the difficulty epoch is not known.*money is per day\n$/)
    const answer = JSON.parse(run.stdout) as {
      horizonDays: number | null
      hashpriceUsdPerPhDay: number
      machines: Record<string, unknown>[]
      fleet: Record<string, unknown>
    }
    expect(answer.horizonDays).toBeNull()
    expect(answer.fleet).toMatchObject({ gainUsd: null, valueUsd: null })
    const fresh = answer.machines.find(({ id }) => id === 'new')!
    // Two machines of 200 TH/s and 3.5 kW at 0.05 USD/kWh.
    const perDay = 2 * (0.2 * answer.hashpriceUsdPerPhDay - 24 * 3.5 * 0.05)
    expect(fresh['marginNowUsdPerDay']).toBeCloseTo(perDay, 9)
    expect(fresh).toMatchObject({
      verdict: 'run',
      until: null,
      then: null,
      valueUsd: null,
      gainUsd: null,
      gainUsdPerDay: 0,
    })
  })
})

describe('adjustment', () => {
  it('prints exactly the promised fields', async () => {
    const answer = await json('adjustment', '--case', 'network.json')
    expect(Object.keys(answer)).toEqual([
      'plainChange',
      'change',
      'change80',
      'change95',
      'secondsLeft',
      'at',
      'difficulty',
    ])
    expect(answer['plainChange']).toBeCloseTo(1_209_600 / ((612_345 / 1007) * 2015) - 1, 12)
    expect(answer['difficulty']).toBeCloseTo(1.5e14 * (1 + (answer['change'] as number)), -3)
  })

  it('answers each line in order, a bad one with an error of its own', async () => {
    const lines = [
      JSON.stringify(NETWORK),
      'not json',
      JSON.stringify({ ...NETWORK, epoch: { blocks: 2016, seconds: 1 } }),
      JSON.stringify(NETWORK),
    ]
    const run = await runCommand(['adjustment', '--ndjson'], { cwd, stdin: `${lines.join('\n')}\n` })
    expect(run.exitCode).toBe(0)
    const answers = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(answers.map((answer) => Object.keys(answer)[0])).toEqual([
      'plainChange',
      'error',
      'error',
      'plainChange',
    ])
    expect(answers[2]!['error']).toContain('epoch.blocks')
    expect(answers[3]).toEqual(answers[0])
  })
})

describe('bad usage and bad input', () => {
  const table: [string, string[], RegExp][] = [
    ['an unknown command', ['margin'], /'margin' is not a command/],
    ['an unknown option', ['margins', '--flet', 'fleet.csv'], /--flet/],
    [
      'a file that is not there',
      ['margins', '--fleet', 'none.csv', '--network', 'network.json'],
      /none\.csv cannot be read/,
    ],
    [
      'a horizon that is no number',
      ['decide', ...onCase, '--horizon-days', 'soon'],
      /--horizon-days is 'soon'/,
    ],
    ['no case', ['adjustment', '--json'], /--case/],
    [
      'a network without epoch',
      ['project', '--fleet', 'fleet.csv', '--network', 'bare.json', '--epochs', '2'],
      /epoch/,
    ],
  ]
  it.each(table)(
    '%s: exit 2, one line on standard error, nothing on standard output',
    async (_, words, message) => {
      writeFileSync(join(cwd, 'bare.json'), JSON.stringify({ ...NETWORK, epoch: undefined }))
      const run = await runCommand(words, { cwd })
      expect(run.exitCode).toBe(2)
      expect(run.stdout).toBe('')
      expect(run.stderr).toMatch(message)
      expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
    },
  )

  it.each([
    ['hashrate_ths', 'a,-5,3000,0.05,1'],
    ['quantity', 'a,100,3000,0.05,1.5'],
    ['power_price_usd_kwh', 'a,100,3000,7,1'],
  ])('names file, row and column of a bad %s', async (column, row) => {
    writeFileSync(
      join(cwd, 'bad.csv'),
      `id,hashrate_ths,power_w,power_price_usd_kwh,quantity\nok,100,3000,0.05,1\n${row}\n`,
    )
    const run = await runCommand(['margins', '--fleet', 'bad.csv', '--network', 'network.json', '--json'], {
      cwd,
    })
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('bad.csv')
    expect(run.stderr).toContain('row 3')
    expect(run.stderr).toContain(column)
  })
})
