import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openIn } from '../store/stores.ts'
import { runCommand, temporaryFolder } from './run.ts'

/** 400 days of a market that does not move, with everything that the signals need but a miner flow. */
function dailyCsv(): string {
  const first = Date.parse('2023-01-01')
  const rows = Array.from({ length: 400 }, (_, i) => {
    const date = new Date(first + i * 86_400_000).toISOString().slice(0, 10)
    return `${date},30000,300,4e13,900,20,6e11,1e10`
  })
  return `date,price_usd,hashrate_ehs,difficulty,issuance_btc,fees_btc,market_cap_usd,transfer_value_usd\n${rows.join('\n')}\n`
}

describe('history', () => {
  it('imports, says what it rests on, exports the same, feeds the signals, and forgets', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), dailyCsv())
    const imported = await runCommand(['history', 'import', 'daily.csv', '--json'], { cwd })
    expect(imported.stderr).toBe('')
    expect(JSON.parse(imported.stdout)).toMatchObject({
      fileName: 'daily.csv',
      days: 400,
      from: '2023-01-01',
      through: '2024-02-04',
    })

    const status = await runCommand(['history', '--json'], { cwd })
    const { columns, epochs } = JSON.parse(status.stdout) as {
      columns: { column: string; days: number; from: string | null; sources: unknown }[]
      epochs: number
    }
    expect(epochs).toBe(0)
    expect(columns.find(({ column }) => column === 'priceUsd')).toEqual({
      column: 'priceUsd',
      days: 400,
      from: '2023-01-01',
      through: '2024-02-04',
      sources: [{ source: 'imported', days: 400 }],
    })
    expect(columns.find(({ column }) => column === 'minerNetFlowBtc')).toMatchObject({ days: 0, from: null })
    const words = (await runCommand(['history'], { cwd })).stdout
    expect(words).toMatch(/^price_usd +400 +2023-01-01 +2024-02-04/m)
    expect(words).toMatch(/^miner_net_flow_btc +0 +– +–$/m)

    const exported = await runCommand(['history', 'export', 'out.csv'], { cwd })
    expect(exported).toMatchObject({ exitCode: 0, stdout: '', stderr: '400 days written\n' })
    const stored = await runCommand(['signals', '--json', '--all'], { cwd })
    const ofFile = await runCommand(['signals', '--series', 'out.csv', '--json', '--all'], { cwd })
    expect(stored.stderr).toBe('')
    expect(JSON.parse(stored.stdout)).toEqual(JSON.parse(ofFile.stdout))
    expect(JSON.parse(stored.stdout)).toMatchObject({
      through: '2024-02-04',
      missing: ['minerNetFlow'],
      signals: { puell: { value: 1, state: 'neutral' }, hashRibbons: { short: 300 } },
    })

    const forgotten = await runCommand(['history', 'forget-imported', '--json'], { cwd })
    expect(JSON.parse(forgotten.stdout)).toEqual({ days: 400 })
    const none = await runCommand(['signals'], { cwd })
    expect(none).toMatchObject({ exitCode: 2, stdout: '' })
    expect(none.stderr).toContain('no stored history')
  })

  it('says what a source wants said where its values are shown', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), dailyCsv())
    await runCommand(['history', 'import', 'daily.csv'], { cwd })
    const WORDS = 'Data: Coin Metrics, CC BY-NC 4.0\n'
    for (const words of [['history'], ['signals']])
      expect((await runCommand(words, { cwd })).stdout).not.toContain(WORDS)
    await runCommand(['settings', 'set', 'network.order', 'coinmetrics'], { cwd })
    const store = await openIn(join(cwd, 'data'))
    const day = Date.parse('2022-12-31') / 86_400_000
    await store.savePastPiece({
      source: 'coinmetrics',
      part: 'days',
      throughDay: day,
      fetchedAtMs: Date.now(),
      values: [{ column: 'priceUsd', day: Int32Array.of(day), value: Float64Array.of(30_000) }],
      epochs: [],
    })
    await store.close()
    for (const words of [['history'], ['signals']])
      expect((await runCommand(words, { cwd })).stdout).toContain(WORDS)
  })

  it('lets the adjustment that the stored network expects count for the signals, until it has passed', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), dailyCsv())
    await runCommand(['history', 'import', 'daily.csv'], { cwd })
    const stateAfter = async (asOfMs: number) => {
      const store = await openIn(join(cwd, 'data'))
      // Half the pace: the adjustment will be far below −2 %.
      const said = { height: 901_000, difficulty: 1e14, priceUsdPerBtc: 1e5, feesBtcPerBlock: 0.02 }
      const epoch = { epochBlocks: 1000, epochSeconds: 1_200_000 }
      await store.saveNetworkReading(
        Object.entries({ ...said, ...epoch }).map(([name, value]) => ({
          name: name as keyof typeof said,
          value,
          source: 'mempool',
          asOfMs,
          fetchedAtMs: asOfMs,
        })),
        [],
      )
      await store.close()
      const { stdout } = await runCommand(['signals', '--json'], { cwd })
      return (JSON.parse(stdout) as { signals: { difficulty: object } }).signals.difficulty
    }
    const yearAgoMs = Date.now() - 365 * 86_400_000
    expect(await stateAfter(yearAgoMs)).toEqual({ adjustments: [], state: null })
    expect(await stateAfter(Date.now() - 3_600_000)).toEqual({ adjustments: [], state: 'easing' })
  })

  it('refuses a slip of unit with file, row, column and a guess', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), dailyCsv().replaceAll(',300,4e13', ',3e8,4e13'))
    const run = await runCommand(['history', 'import', 'daily.csv'], { cwd })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toMatch(/^strikeline: daily\.csv, row 2, column hashrate_ehs: .* Is it in TH\/s\?\n$/)
  })

  it('fills nothing from nobody, and says so', async () => {
    const cwd = temporaryFolder()
    await runCommand(['settings', 'set', 'network.order', ''], { cwd })
    const run = await runCommand(['history', 'fill', '--json'], { cwd })
    expect(JSON.parse(run.stdout)).toMatchObject({ epochs: 0, faults: [] })
  })

  it.each([['fly'], ['import'], ['fill', 'x'], ['status', 'x']])('%s is bad usage', async (...words) => {
    const run = await runCommand(['history', ...words], { cwd: temporaryFolder() })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('history: use')
  })
})

describe('a daily.csv that is not one', () => {
  it.each([
    ['2024-01-01,42000\n\n\n2024-01-02,forty\n', "row 5, column price_usd: 'forty' is not a number"],
    [
      '\n2024-01-02,42000\n2024-01-01,41000\n2024-01-03,41000\n',
      'column date: days must ascend or descend, each once',
    ],
    ['2024-01-01,42000\n\n2024-01-02,3\n2024-01-03,42000\n', 'row 4, column price_usd: 3 '],
    ['2024-01-01,42000\n2024-01-02,42 000,1\n', 'row 3: has 3 cells where the header has 2'],
    [
      '2024-01-01,"42000\n2024-01-02,42000\n',
      'row 3: a quotation mark in this row or above it is never closed',
    ],
    ['2024-01-01,42000'.padEnd(20_000_001), 'the limit is 20 MB for a daily series, which has one row a day'],
  ])('is refused with the line of the file that is wrong', async (rows, sentence) => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), `date,price_usd\n${rows}`)
    const run = await runCommand(['history', 'import', 'daily.csv'], { cwd })
    expect(run.stderr).toContain(sentence)
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('snapshot', () => {
  it.each([[[]], [['export']], [['send', 'net.json']]])('says how it is used: %j', async (words) => {
    const run = await runCommand(['snapshot', ...words], { cwd: temporaryFolder() })
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toBe('strikeline: snapshot: use `snapshot export FILE` or `snapshot import FILE`\n')
  })

  it('goes from one data folder to another, and a damaged one is refused', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'daily.csv'), dailyCsv())
    await runCommand(['history', 'import', 'daily.csv', '--data', 'office', '--new'], { cwd })
    const written = await runCommand(['snapshot', 'export', 'net.json', '--data', 'office', '--json'], {
      cwd,
    })
    expect(JSON.parse(written.stdout)).toMatchObject({ fileName: 'net.json', days: 400, epochs: 0 })
    const taken = await runCommand(['snapshot', 'import', 'net.json', '--data', 'site', '--new'], { cwd })
    expect(taken).toMatchObject({ exitCode: 0, stdout: '' })
    expect(taken.stderr).toContain('400 days')
    for (const data of ['office', 'site'])
      await runCommand(['history', 'export', `${data}.csv`, '--data', data], { cwd })
    expect(readFileSync(join(cwd, 'site.csv'), 'utf8')).toBe(readFileSync(join(cwd, 'office.csv'), 'utf8'))

    const text = readFileSync(join(cwd, 'net.json'), 'utf8')
    writeFileSync(join(cwd, 'net.json'), text.replace('30000', '30001'))
    const refused = await runCommand(['snapshot', 'import', 'net.json', '--data', 'other', '--new'], { cwd })
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toMatch(/^strikeline: net\.json was changed or damaged .*Copy it again/)
    expect((await runCommand(['history', 'export', 'x.csv', '--data', 'other'], { cwd })).exitCode).toBe(1)
    expect(existsSync(join(cwd, 'x.csv'))).toBe(false)
  })
})
