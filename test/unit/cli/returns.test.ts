import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { NETWORK, runCommand, temporaryFolder } from './run.ts'

const cwd = temporaryFolder()
const words = ['returns', '--fleet', 'fleet.csv', '--network', 'network.json', '--case', 'returns.json']
const CASE = {
  asset: { costUsd: 4000, salvageUsd: 200, lifeYears: 4 },
  discountRatePerYear: 0.12,
  costs: { generalUsdPerDay: 0.25, demandResponseCreditsUsdPerDay: 0.5 },
  treasury: { shareHeld: 0.5, markPriceUsdPerBtc: 100_000 },
  budget: {
    days: 30,
    plan: {
      priceUsdPerBtc: 90_000,
      difficulty: 1.45e14,
      rewardBtcPerBlock: 3.145,
      uptime: 0.97,
      tariffUsdPerKwh: 0.06,
      hashratePhs: 1.5,
      powerKw: 30,
    },
    actual: {
      priceUsdPerBtc: 88_300,
      difficulty: 1.5e14,
      rewardBtcPerBlock: 3.145,
      uptime: 0.93,
      tariffUsdPerKwh: 0.065,
      hashratePhs: 1.5,
      powerKw: 30,
    },
  },
}

beforeAll(() => {
  writeFileSync(
    join(cwd, 'fleet.csv'),
    [
      'id,quantity,power_price_usd_kwh,other_usd_kwh,hashrate_ths,power_w,status,fixed_usd_day',
      'new,4,0.05,0.01,200,3500,running,0.2',
      'shelf,1,0.05,0.01,100,3500,off,0.3',
      '',
    ].join('\n'),
  )
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'returns.json'), JSON.stringify(CASE))
})

type Answer = Record<string, unknown> & {
  readonly bridge: { readonly steps: readonly Record<string, number | string>[] } & Record<string, number>
  readonly epochs: readonly Record<string, number | string | null>[]
  readonly budget: { readonly varianceUsd: number; readonly effectsUsd: Record<string, number> }
  readonly treasury: Record<string, number> & { readonly rows: readonly unknown[] }
}

async function returned(given: object = CASE, ...more: string[]): Promise<Answer> {
  writeFileSync(join(cwd, 'case.json'), JSON.stringify(given))
  const run = await runCommand([...words.slice(0, 5), '--case', 'case.json', ...more, '--json'], { cwd })
  expect(run.stderr).toBe('')
  expect(run.exitCode).toBe(0)
  return JSON.parse(run.stdout) as Answer
}

describe('returns', () => {
  it('bridges from energy to full cost, with the fixed cost of the idle machine in it', async () => {
    const { bridge } = await returned()
    const step = (name: string) => bridge.steps.find((one) => one['name'] === name)!['usd'] as number
    const kwh = 4 * 3.5 * 24
    expect(step('energy')).toBeCloseTo(kwh * 0.05, 10)
    expect(step('demandResponseCredits')).toBe(-0.5)
    expect(step('poolAndHosting')).toBeCloseTo(kwh * 0.01, 10)
    expect(step('site')).toBeCloseTo(4 * 0.2 + 0.3, 10)
    expect(step('general')).toBe(0.25)
    expect(step('depreciation')).toBeCloseTo(3800 / 1461, 10)
    const full = kwh * 0.06 - 0.5 + 1.1 + 0.25 + 3800 / 1461
    expect(bridge['fullCostPerBtcUsd']! * bridge['btc']!).toBeCloseTo(full, 9)
  })

  it('goes to the end of the life, and pays back where the sums say', async () => {
    const answer = await returned()
    const epochs = answer.epochs as readonly { readonly days: number; readonly usdPerDay: number }[]
    expect(epochs.reduce((sum, { days }) => sum + days, 0)).toBeCloseTo(1461, 6)
    // By hand: 800 TH/s at the first hashprice less power, hosting, fixed and general cost, plus the credit.
    const first =
      0.8 * (answer.epochs[0]!['hashpriceUsdPerPhDay'] as number) - 4 * 3.5 * 24 * 0.06 - 1.1 - 0.25 + 0.5
    expect(epochs[0]!.usdPerDay).toBeCloseTo(first, 9)
    expect(answer['staticPaybackDays']).toBeCloseTo(4000 / first, 6)
    let [left, day] = [4000, 0]
    for (const { days, usdPerDay } of epochs) {
      if (left <= usdPerDay * days) {
        day += left / usdPerDay
        break
      }
      left -= usdPerDay * days
      day += days
    }
    expect(answer['paybackAlongDays']).toBeCloseTo(day, 6)
  })

  it('adds the effects up to the variance, and counts the treasury both ways', async () => {
    const { budget, treasury } = await returned()
    const sum = Object.values(budget.effectsUsd).reduce((total, effect) => total + effect, 0)
    expect(sum).toBeCloseTo(budget.varianceUsd, 8)
    expect(budget.effectsUsd['fleet']).toBe(0)
    expect(treasury['heldUsd']).toBeGreaterThan(treasury['soldOnTheDayUsd']!)
    expect(treasury['markPriceUsdPerBtc']).toBe(100_000)
  })

  it('prints null for what does not exist', async () => {
    const { asset, discountRatePerYear } = CASE
    const answer = await returned({ asset, discountRatePerYear, costs: { generalUsdPerDay: 1000 } })
    expect(answer['staticPaybackDays']).toBeNull()
    expect(answer['paybackAlongDays']).toBeNull()
    expect(answer['internalRatePerYear']).toBeNull()
    expect(answer.treasury).toBeNull()
    expect(answer.budget).toBeNull()
  })

  it('prints its assumptions first', async () => {
    const { stdout } = await runCommand([...words, '--price-growth-per-year', '0.1', '--stop-under-water'], {
      cwd,
    })
    expect(stdout).toMatch(/^Assumed: price 10\.0\s% a year, hashrate flat, lots under water stop\.\n/)
    expect(stdout).toContain('= Full cost')
    expect(stdout).toContain('Payback')
  })

  it.each([
    ['asset.costUsd', { ...CASE, asset: { ...CASE.asset, costUsd: -1 } }],
    ['asset.salvageUsd', { ...CASE, asset: { ...CASE.asset, salvageUsd: 5000 } }],
    ['asset.lifeYears', { ...CASE, asset: { ...CASE.asset, lifeYears: 0 } }],
    ['discountRatePerYear', { ...CASE, discountRatePerYear: -1 }],
    ['costs.generalUsdPerDay', { ...CASE, costs: { generalUsdPerDay: 'much' } }],
    ['treasury.shareHeld', { ...CASE, treasury: { ...CASE.treasury, shareHeld: 50 } }],
    [
      'budget.plan.uptime',
      { ...CASE, budget: { ...CASE.budget, plan: { ...CASE.budget.plan, uptime: 97 } } },
    ],
    ['budget.actual', { ...CASE, budget: { ...CASE.budget, actual: undefined } }],
  ])('refuses a case with the name of the field: %s', async (field, given) => {
    writeFileSync(join(cwd, 'bad.json'), JSON.stringify(given))
    const run = await runCommand([...words.slice(0, 5), '--case', 'bad.json'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(`bad.json, field ${field}: `)
  })
})
