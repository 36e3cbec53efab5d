import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chainPast } from '../backtest/pasts.ts'
import { runCommand, temporaryFolder } from './run.ts'

const { past } = chainPast(500, 21)

function dailyCsv(isMissing: (row: number) => boolean = () => false): string {
  const rows = Array.from(past.priceUsd, (price, row) => {
    const date = new Date(Date.parse(past.fromDay) + row * 86_400_000).toISOString().slice(0, 10)
    const shown = isMissing(row) ? '' : String(price)
    return `${date},${shown},${past.difficulty[row]},${past.issuanceBtc[row]},${past.feesBtc[row]}`
  })
  return `date,price_usd,difficulty,issuance_btc,fees_btc\n${rows.join('\n')}\n`
}

const FLEET = [
  'id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status,restart_usd',
  'a,,10,North,0.30,100,3000,running,2',
  'b,,4,North,0.22,100,3400,running,5',
  'c,,5,Ridge,0.28,90,3300,off,0',
  'd,,7,Ridge,0.28,90,3300,repair,0',
  '',
].join('\n')

const DAYS = ['--from', '2023-01-20', '--to', '2023-03-10']

function folder(csv = dailyCsv()): string {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'daily.csv'), csv)
  writeFileSync(join(cwd, 'fleet.csv'), FLEET)
  return cwd
}

const FILES = ['--fleet', 'fleet.csv', '--series', 'daily.csv']

describe('backtest', () => {
  it('says the same of files and of what is stored, as JSON by month', async () => {
    const cwd = folder()
    const ofFiles = await runCommand(['backtest', ...FILES, ...DAYS, '--json'], { cwd })
    expect(ofFiles).toMatchObject({ exitCode: 0, stderr: '' })
    const found = JSON.parse(ofFiles.stdout) as {
      months: { month: string; advice: { cashUsd: number } }[]
      total: { advice: { cashUsd: number }; hindsight: { cashUsd: number } }
    }
    expect(found).toMatchObject({
      fromDay: '2023-01-20',
      toDay: '2023-03-10',
      machines: 19,
      machinesLeftOut: 7,
      gaps: [],
    })
    expect(found.months.map(({ month }) => month)).toEqual(['2023-01', '2023-02', '2023-03'])
    const sum = found.months.reduce((total, { advice }) => total + advice.cashUsd, 0)
    expect(sum).toBeCloseTo(found.total.advice.cashUsd, 6)
    expect(found.total.hindsight.cashUsd).toBeGreaterThanOrEqual(found.total.advice.cashUsd)

    await runCommand(['import', 'fleet.csv'], { cwd })
    await runCommand(['history', 'import', 'daily.csv'], { cwd })
    const stored = await runCommand(['backtest', ...DAYS, '--json'], { cwd })
    expect(stored.exitCode).toBe(0)
    expect(JSON.parse(stored.stdout)).toEqual(found)
  })

  it('is a table for a reader, with what it rests on', async () => {
    const { stdout } = await runCommand(['backtest', ...FILES, ...DAYS], { cwd: folder() })
    expect(stdout).toMatch(/^From 20 Jan 2023 to 10 Mar 2023 the advice would have earned /)
    expect(stdout).toMatch(/^month +days +hashprice +advice +always on +average rule +hindsight +restarts/m)
    expect(stdout).toMatch(/^Jan 2023 +12 /m)
    expect(stdout).toMatch(/^all +50 /m)
    expect(stdout).toContain('a review every day, on the values of the days before')
    expect(stdout).toContain('7 machines in repair or without a figure are left out.')
  })

  it('takes a year up to the last day where none is said, another review and another volatility', async () => {
    const { stdout } = await runCommand(
      ['backtest', ...FILES, '--review-days', '7', '--volatility', '0.5', '--json'],
      { cwd: folder() },
    )
    expect(JSON.parse(stdout)).toMatchObject({
      fromDay: '2022-05-16',
      toDay: '2023-05-15',
      reviewDays: 7,
      volatilityPerYear: 0.5,
    })
  })

  it('says which days are missing', async () => {
    const cwd = folder(dailyCsv((row) => row === 400 || row === 401))
    const json = await runCommand(['backtest', ...FILES, ...DAYS, '--json'], { cwd })
    expect((JSON.parse(json.stdout) as { gaps: unknown }).gaps).toEqual([
      { fromDay: '2023-02-05', toDay: '2023-02-06', days: 2, missing: ['priceUsd'] },
    ])
    const { stdout } = await runCommand(['backtest', ...FILES, ...DAYS], { cwd })
    expect(stdout).toMatch(/^Feb 2023 +28 \(−2\)/m)
    expect(stdout).toContain(
      '2 days of 50 lack a value and earn nothing for anybody: 5 Feb 2023 to 6 Feb 2023 (price).',
    )
  })

  it('ends with 3 where the history has nothing, and with 2 where it is asked wrongly', async () => {
    const cwd = folder()
    const none = await runCommand(['backtest', '--fleet', 'fleet.csv'], { cwd })
    expect(none).toMatchObject({ exitCode: 3, stdout: '' })
    expect(none.stderr).toContain('run history fill')
    const outside = await runCommand(['backtest', ...FILES, '--from', '2020-01-01', '--to', '2020-01-03'], {
      cwd,
    })
    expect(outside.exitCode).toBe(3)
    expect(outside.stdout).toContain('no day has price, difficulty, issuance and fees')
    for (const words of [
      ['--from', '2023-02-30'],
      ['--from', '2023-02-02', '--to', '2023-02-01'],
      ['--review-days', '0'],
    ])
      expect((await runCommand(['backtest', ...FILES, ...words], { cwd })).exitCode).toBe(2)
  })
})
