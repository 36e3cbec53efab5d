import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { usd } from '../money/ledger/books.ts'
import { earning, northEntry, payout } from '../money/ledger/two-months.ts'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

/** Whole months that are long over, so that they can be closed. */
const cwd = temporaryFolder()
const run = (...words: string[]) => runCommand(['ledger', ...words], { cwd })
const json = async (...words: string[]) => {
  const { stdout, stderr, exitCode } = await run(...words, '--json')
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  return JSON.parse(stdout) as Record<string, unknown>
}
const file = (name: string, content: unknown) => {
  writeFileSync(join(cwd, name), JSON.stringify(content))
  return name
}

const ENTRIES = [
  northEntry(earning('2024-10-01', 4_000_000)),
  northEntry(earning('2024-10-02', 4_100_000)),
  northEntry(payout('Braiins', '2024-10-03', 8_100_000, 62_000), { reference: 'tx-1' }),
  northEntry(
    {
      ...{ kind: 'bill', payee: 'Grid', days: { from: '2024-10-01', to: '2024-10-31' } },
      ...{ wh: 74_000_000, amount: usd(370_000), part: 'all' },
    },
    { reference: 'INV-1' },
  ),
  northEntry({
    ...{ kind: 'sale', venue: 'Kraken', day: '2024-10-20', sat: 100_000 },
    ...{ proceeds: usd(6500), fee: usd(20) },
  }),
]

beforeAll(async () => {
  writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
  await runCommand(['import', 'fleet.csv'], { cwd })
  const put = ['Braiins', '--scheme', 'fpps', '--fee', '2%', '--revenue', 'earned']
  expect(await run('pools', 'put', ...put)).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^Braiins: .*income as earned/) as string,
    stderr: '',
  })
})

// One story: each step stands on the one before.
describe('ledger', () => {
  it('says what to do while nothing is booked', async () => {
    expect(await run('month')).toMatchObject({ exitCode: 3, stdout: '' })
    expect((await run('export', 'out.csv')).stderr).toContain('nothing is booked')
    expect(await json('months')).toEqual({ months: [] })
  })

  it('books entries of a file whole, and knows them the second time', async () => {
    const entries = file('entries.json', { entries: ENTRIES })
    expect(await json('add', entries)).toMatchObject({ keys: [1, 2, 3, 4, 5], known: 0 })
    expect(await json('add', entries)).toMatchObject({ keys: [], known: 5 })
  })

  it('names entry and field of what cannot be, and books nothing of it', async () => {
    const wrong = file('wrong.json', [
      northEntry(payout('Braiins', '2024-10-09', 5000, 60_000)),
      northEntry(payout('Braiins', '2024-02-30', 5000, 60_000)),
    ])
    const { exitCode, stderr } = await run('add', wrong)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('wrong.json, entry 2, field fact.day: is no day of the calendar')
    const much = { ...{ kind: 'sale', venue: 'K', day: '2024-10-21', sat: 9e9 }, fee: null }
    const tooMuch = file('much.json', [northEntry({ ...much, proceeds: usd(1) } as never)])
    const refused = await run('add', tooMuch)
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^strikeline: much\.json, entry 1: /)
    expect(await json('entries')).toMatchObject({ total: 5 })
  })

  it('tells the month in words and as JSON', async () => {
    const month = await json('month', '2024-10')
    expect(month).toMatchObject({ month: '2024-10', closed: null, entries: 5 })
    expect(month['coins']).toMatchObject({ receivedSat: 8_100_000, soldSat: 100_000, closingSat: 8_000_000 })
    const { stdout } = await run('month')
    expect(stdout).toContain('October 2024: 0.0810')
    expect(stdout).toContain('Mining revenue')
    expect(stdout).toContain('0.08000000')
    expect(stdout).toMatch(/All sites +/)
  })

  it('lists entries, the newest first, of a kind', async () => {
    expect((await run('entries', '--at-most', '2')).stdout).toContain('\n2 of 5 entries\n')
    const { stdout } = await run('entries', '--kind', 'earning')
    expect(
      stdout
        .split('\n')
        .slice(1, 3)
        .map((line) => line.trim().split(' ')[0]),
    ).toEqual(['2', '1'])
    expect(stdout).toContain('2 entries')
  })

  it('voids an entry with a reason, closes the month, refuses what is late, and reopens it', async () => {
    expect((await run('void', '2')).stderr).toContain('--reason TEXT')
    expect(await json('void', '5', '--reason', 'Another company')).toEqual({ voided: { entry: 5 } })
    const { hash } = await json('close', '2024-10')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    const late = await run('add', file('late.json', [northEntry(payout('Braiins', '2024-10-30', 1, 60_000))]))
    expect(late.exitCode).toBe(2)
    expect(await json('months')).toMatchObject({ months: [{ month: '2024-10', closed: { hash } }] })
    expect((await run('void', '1', '--reason', 'x')).exitCode).toBe(2)
    await json('reopen', '2024-10', '--reason', 'The bill came late')
    expect(await json('close', '2024-10')).toMatchObject({ hash })
  })

  it('writes the journal, whole months of it', async () => {
    expect(await json('export', 'out.csv', '--from', '2024-10')).toMatchObject({
      file: 'out.csv',
      entries: 4,
    })
    const lines = readFileSync(join(cwd, 'out.csv'), 'utf8').trim().split('\n')
    expect(lines[0]).toMatch(/^date,payee,reference,account,debit,credit/)
    expect(lines.filter((line) => line.includes('INV-1'))).toHaveLength(2)
    expect((await run('export', 'none.csv', '--from', '2025-01')).exitCode).toBe(3)
  })

  it('is in the report: the newest month that is over', async () => {
    const { stdout, exitCode } = await runCommand(['report', '--json'], { cwd })
    expect(exitCode).toBe(0)
    const { tables } = JSON.parse(stdout) as { tables: Record<string, unknown> }
    expect(tables['ledger-statement']).toMatchObject({
      title: 'What it brought, by account, Oct 2024',
      total: { usd: 4400 },
    })
  })

  it('keeps terms of pools, and the costing while a month is closed', async () => {
    const closed = await run('pools', 'put', 'braiins', '--pool-hashrate', '20')
    expect(closed).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('hold from November 2024') as string,
    })
    await run('pools', 'put', 'braiins', '--from', '2024-11', '--pool-hashrate', '20')
    const terms = { name: 'Braiins', scheme: 'fpps', fee: 0.02, revenue: 'earned' }
    expect(await json('pools')).toMatchObject({
      pools: [
        { ...terms, from: '', poolHashrateEhs: null },
        { ...terms, from: '2024-11', poolHashrateEhs: 20 },
      ],
      costing: 'fifo',
    })
    expect((await run('pools')).stdout).toContain('from November 2024')
    const unsaid = await run('pools', 'put', 'braiins', '--fee', '1%')
    expect(unsaid).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--from MONTH') as string })
    expect((await run('pools', 'remove', 'braiins', '--from', 'ever')).exitCode).toBe(2)
    await run('pools', 'put', 'Ocean', '--scheme', 'pplns', '--fee', '1%')
    expect((await run('pools', 'remove', 'braiins', '--from', '2024-11')).exitCode).toBe(0)
    expect(await json('pools')).toMatchObject({ pools: [{ from: '' }, { name: 'Ocean', from: '2024-11' }] })
    expect((await run('costing', 'average')).exitCode).toBe(2)
  })

  it.each([
    [['weigh'], "'weigh' is none of import, months, month"],
    [['close'], 'something is missing'],
    [['close', '2024-13'], 'must be a month such as 2026-10'],
    [['months', '--reason', 'x'], '--reason does not go with it'],
    [['void', '1', '--batch', '2', '--reason', 'x'], 'name an entry, or an import'],
    [['entries', '--kind', 'gift'], 'is none of payout'],
    [['export', 'a.csv', '--from', '2025-02', '--to', '2025-01'], 'is after --to'],
    [['pools', 'put', 'New'], 'needs --scheme and --fee'],
    [['pools', 'put', 'New', '--from', 'May'], 'must be a month such as 2026-10'],
    [['pools', '--from', '2026-10'], '--from goes with put and remove'],
  ])('refuses %j', async (words, said) => {
    const { exitCode, stderr, stdout } = await run(...words)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(said)
  })
})
