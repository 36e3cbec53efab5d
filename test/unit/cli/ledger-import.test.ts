import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

let cwd: string
const run = (...words: string[]) => runCommand(words, { cwd })
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)

beforeEach(async () => {
  cwd = temporaryFolder()
  write('fleet.csv', FLEET_CSV)
  expect((await run('import', 'fleet.csv')).exitCode).toBe(0)
})

it('a file is refused with what to type, booked, known the second time, and comes back from its own export', async () => {
  write('pool.csv', 'When,Sum,Price (USD/BTC)\n03/04/2025,0.041,84000\n04/04/2025,0.042,83000\n')
  const bare = await run('ledger', 'import', 'pool.csv')
  expect([bare.exitCode, bare.stdout]).toEqual([2, ''])
  expect(bare.stderr).toContain('pool.csv: nothing says what the file holds: payout, earning')
  const said = ['--kind', 'payouts', '--pool', 'Ocean', '--map', 'When=day', '--map', 'Sum=coins:BTC']
  const open = await run('ledger', 'import', 'pool.csv', ...said)
  expect(open.stderr).toContain('pool.csv, row 1, column When: nothing in the file says whether')
  expect(open.stderr).toContain('--accept day-first or --accept month-first')
  const booked = await run('ledger', 'import', 'pool.csv', ...said, '--accept', 'day-first')
  expect([booked.exitCode, booked.stdout]).toEqual([0, '2 entries booked, 0 known already.\n'])

  const again = await run('ledger', 'import', 'pool.csv', '--pool', 'Ocean', '--json')
  expect(JSON.parse(again.stdout)).toMatchObject({
    ...{ added: 0, known: 2, kind: 'payout', shape: null, rows: 2, leftOut: [] },
    remembered: { columns: true, answers: [] },
  })
  expect((await run('remembered', 'list')).stdout).toContain(
    'file: payout; days: day-first; when=day; sum=coins:BTC; in files of the ledger with the headings',
  )

  expect((await run('ledger', 'export', 'all.csv', '--entries', '--json')).stdout).toBe(
    '{"file":"all.csv","entries":2,"leftOut":0}\n',
  )
  expect(readFileSync(join(cwd, 'all.csv'), 'utf8')).toContain('payout,2025-04-03,')
  expect((await run('ledger', 'import', 'all.csv')).stdout).toBe('0 entries booked, 2 known already.\n')
})

it('what does not go together, or is none, is bad usage', async () => {
  write('pool.csv', 'Date,BTC\n2025-04-03,0.041\n')
  const stderr = async (...words: string[]) => {
    const { exitCode, stderr } = await run('ledger', 'import', 'pool.csv', ...words)
    expect(exitCode).toBe(2)
    return stderr
  }
  expect(await stderr('--kind', 'gift')).toContain("--kind 'gift' is not known; there are payout")
  expect(await stderr('--pool', 'A', '--payee', 'B')).toContain('say one of them')
  expect(await stderr('--map', 'BTC=coins:EUR')).toContain('EUR is no unit of coins; there are BTC, mBTC')
  expect(await stderr('--map', 'BTC=gold')).toContain('there is no field gold')
  expect(await stderr('--currency', 'DOGE')).toContain("--currency 'DOGE' is not known")
  expect(await stderr('--life-days', '1.5')).toContain('no whole number of days')
  expect(await stderr('--kind', 'payout', '--pool', 'A')).toContain(
    'no price of a bitcoin is known for 2025-04-03',
  )
})
