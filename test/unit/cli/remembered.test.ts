import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'data'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

describe('what import was told', () => {
  it('is remembered, said to be used, listed and forgotten', async () => {
    const cwd = folderWith({ 'list.csv': 'Machine,Typ,Last\na,Antminer S21 200T,3.5\n' })
    const run = (...words: string[]) => runCommand(words, { cwd })
    const refused = await run('import', 'list.csv')
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('not the header')])
    const said = await run(
      'import',
      'list.csv',
      '--map',
      'Machine=id',
      '--map',
      'Typ=model',
      '--map',
      'Last=power_w*1000',
    )
    expect([said.exitCode, said.stderr]).toEqual([0, expect.stringContaining('--map is remembered')])
    const again = await run('import', 'list.csv', '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ updated: 1, remembered: { columns: true, answers: [] } })
    expect((await run('remembered', 'list')).stdout).toBe(
      'columns-1: machine=id; typ=model; last=power_w*1000; in files with the headings last, machine, typ\n',
    )
    const unknown = await run('remembered', 'forget', 'columns-1', 'answer-7')
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining('answer-7')])
    expect((await run('remembered', 'forget', 'columns-1')).stdout).toBe('1 thing forgotten.\n')
    expect((await run('import', 'list.csv')).exitCode).toBe(2)
    expect((await run('remembered', 'list')).stdout).toBe('Nothing is remembered.\n')
  })

  it('of a surprising figure is not asked again, until it is forgotten', async () => {
    const cwd = folderWith({ 'list.csv': 'id,model,pool_fee\na,Antminer S21 200T,0.5\n' })
    const run = (...words: string[]) => runCommand(words, { cwd })
    expect((await run('import', 'list.csv')).exitCode).toBe(2)
    expect((await run('import', 'list.csv', '--accept', 'share')).exitCode).toBe(0)
    const again = await run('import', 'list.csv')
    expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('accepted before')])
    expect((await run('remembered', 'list')).stdout).toBe(
      'answer-1: fees and shares this large or small (0.5), pool_fee, default\n',
    )
    await run('remembered', 'forget', 'all')
    expect((await run('import', 'list.csv')).exitCode).toBe(2)
  })

  it('leaves answers from files alone: they rest on what they are given', async () => {
    const cwd = folderWith({
      'list.csv': 'Machine,Typ,Last,power_price_usd_kwh\na,Antminer S21 200T,3.5,0.05\n',
      'network.json': JSON.stringify({
        height: 925_000,
        difficulty: 1.5e14,
        priceUsdPerBtc: 88_300,
        feesBtcPerBlock: 0.02,
      }),
    })
    const run = (...words: string[]) => runCommand(words, { cwd })
    const map = ['--map', 'Machine=id', '--map', 'Typ=model', '--map', 'Last=power_w*1000']
    expect((await run('import', 'list.csv', ...map)).exitCode).toBe(0)
    const files = ['margins', '--fleet', 'list.csv', '--network', 'network.json']
    expect((await run(...files)).exitCode).toBe(2)
    expect((await run(...files, ...map)).exitCode).toBe(0)
  })
})

it('a mean of market prices that was accepted is not asked again at that site, and is at another', async () => {
  const hours = Array.from(
    { length: 48 },
    (_, hour) => `${new Date(Date.UTC(2026, 0, 1, hour)).toISOString()},0.9`,
  )
  const cwd = folderWith({
    'fleet.csv': FLEET_CSV,
    'prices.csv': ['time,price_usd_kwh', ...hours, ''].join('\n'),
  })
  const run = (...words: string[]) => runCommand(words, { cwd })
  expect((await run('import', 'fleet.csv')).exitCode).toBe(0)
  const prices = (site: string, ...more: string[]) =>
    run('contracts', 'import', 'prices.csv', '--prices', site, ...more)
  expect((await prices('North')).exitCode).toBe(2)
  expect((await prices('North', '--accept', 'mean')).exitCode).toBe(0)
  const again = await prices('north')
  expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining('accepted before')])
  expect((await prices('Ridge')).exitCode).toBe(2)
})

it('a typed value that was accepted is remembered, for the window too, until it is forgotten', async () => {
  const cwd = folderWith({ 'fleet.csv': FLEET_CSV })
  const run = (...words: string[]) => runCommand(words, { cwd })
  expect((await run('rates', 'set', 'EUR', '1.08')).exitCode).toBe(0)
  expect((await run('rates', 'set', 'EUR', '1.8')).exitCode).toBe(2)
  expect((await run('rates', 'set', 'EUR', '1.8', '--accept', 'value')).exitCode).toBe(0)
  expect((await run('rates', 'set', 'EUR', '1.08', '--accept', 'value')).exitCode).toBe(0)
  expect((await run('rates', 'set', 'EUR', '1.8')).exitCode).toBe(0)
  const { remembered } = JSON.parse((await run('remembered', 'list', '--json')).stdout) as {
    remembered: { id: string; saidAtMs: number }[]
  }
  expect(remembered).toMatchObject([
    { fileKind: 'typed', name: 'value', field: 'EUR rate', about: '', least: 1.8, most: 1.8 },
    { fileKind: 'typed', least: 1.08 },
  ])
  expect(Date.now() - remembered[0]!.saidAtMs).toBeLessThan(60_000)
  await run('remembered', 'forget', remembered[1]!.id)
  expect((await run('rates', 'set', 'EUR', '1.08')).exitCode).toBe(2)
})
