import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { FLEET_CSV, NETWORK, runCommand, temporaryFolder } from './run.ts'

let server: Server | undefined
afterEach(() => void server?.close())

/** A mempool server that answers with the shapes of the real one. */
async function startMempool(): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000)
  const answers: Record<string, unknown> = {
    '/api/blocks/tip/height': 925_000,
    '/api/v1/difficulty-adjustment': {
      progressPercent: 82.9, difficultyChange: -1.2, estimatedRetargetDate: (seconds + 200_000) * 1000, remainingBlocks: 344,
      remainingTime: 206_400_000, previousRetarget: 1.2, previousTime: seconds - 1_003_200, nextRetargetHeight: 925_344,
      timeAvg: 600_000, adjustedTimeAvg: 600_000, timeOffset: 0, expectedBlocks: 1672,
    },
    '/api/v1/prices': { time: seconds - 30, USD: 88_300, EUR: 80_000, GBP: -1, CAD: -1, CHF: -1, AUD: -1, JPY: -1 },
    '/api/v1/mining/reward-stats/144': { startBlock: 924_857, endBlock: 925_000, totalReward: '45288000000', totalFee: '288000000', totalTx: '400000' },
    '/api/v1/mining/difficulty-adjustments/3m': [[seconds - 1_003_200, 923_328, 1.5e14, 1.012], [seconds - 2_200_000, 921_312, 1.48e14, 0.976]],
  } // prettier-ignore
  const started = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(answer === undefined ? 'not found' : JSON.stringify(answer))
  })
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}

describe('the program’s own data', () => {
  it('imports, exports the same, and computes on it like on the file', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
    expect((await runCommand(['import', 'fleet.csv'], { cwd })).stderr).toBe('')
    const fromStore = await runCommand(['margins', '--network', 'network.json', '--json'], { cwd })
    const fromFile = await runCommand(
      ['margins', '--fleet', 'fleet.csv', '--network', 'network.json', '--json'],
      { cwd },
    )
    expect(fromStore.stderr).toBe('')
    expect(JSON.parse(fromStore.stdout)).toEqual(JSON.parse(fromFile.stdout))
    expect((await runCommand(['export', 'out.csv'], { cwd })).exitCode).toBe(0)
    const again = await runCommand(['margins', '--fleet', 'out.csv', '--network', 'network.json', '--json'], {
      cwd,
    })
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(fromFile.stdout))
  })

  it('stores nothing of a file with one bad row', async () => {
    const cwd = temporaryFolder()
    writeFileSync(join(cwd, 'fleet.csv'), `${FLEET_CSV}bad,,0.5,North,0.05,100,3000,running,0\n`)
    const run = await runCommand(['import', 'fleet.csv'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('row 5, column quantity')
    expect((await runCommand(['export', 'out.csv'], { cwd })).stderr).toContain('0 rows')
  })

  it('refreshes from the server of the settings, and keeps what it got when the server is gone', async () => {
    const cwd = temporaryFolder()
    const url = await startMempool()
    await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
    const set = await runCommand(['settings', 'set', 'network.mempool.url', url], { cwd })
    expect(set.exitCode).toBe(0)
    const fresh = await runCommand(['refresh', '--json'], { cwd })
    expect(fresh.stderr).toBe('')
    expect(fresh.exitCode).toBe(0)
    const answer = JSON.parse(fresh.stdout) as {
      values: Record<string, { value: number; source: string; stale: boolean } | null>
    }
    expect(Object.keys(answer.values)).toEqual([
      'height',
      'difficulty',
      'priceUsdPerBtc',
      'feesBtcPerBlock',
      'epochBlocks',
      'epochSeconds',
    ])
    expect(answer.values['priceUsdPerBtc']).toMatchObject({ value: 88_300, source: 'mempool', stale: false })
    expect(answer.values['feesBtcPerBlock']?.value).toBeCloseTo(0.02, 12)
    expect(answer.values['epochBlocks']?.value).toBe(1672)

    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
    const gone = await runCommand(['refresh', '--json'], { cwd })
    const stored = JSON.parse(gone.stdout) as typeof answer & {
      sources: { name: string; lastError: string | null }[]
    }
    expect(stored.values['priceUsdPerBtc']?.value).toBe(88_300)
    expect(stored.sources[0]?.lastError).not.toBeNull()
    const network = await runCommand(['network', '--json'], { cwd })
    expect((JSON.parse(network.stdout) as typeof answer).values['priceUsdPerBtc']?.value).toBe(88_300)
  })

  it('says that nothing is there: exit 3, every value null', async () => {
    const cwd = temporaryFolder()
    await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
    await runCommand(['settings', 'set', 'network.mempool.url', 'http://127.0.0.1:9'], { cwd })
    const run = await runCommand(['refresh', '--json'], { cwd })
    expect(run.exitCode).toBe(3)
    const { values } = JSON.parse(run.stdout) as { values: Record<string, unknown> }
    expect(Object.values(values)).toEqual([null, null, null, null, null, null])
    expect(run.stderr).toContain('stale or missing')
  })

  it('refuses a database that is a text file, and leaves it as it is', async () => {
    const cwd = temporaryFolder()
    await runCommand(['settings', 'get'], { cwd: temporaryFolder() })
    const data = temporaryFolder()
    writeFileSync(join(data, 'strikeline.db'), 'hello')
    const run = await runCommand(['export', 'out.csv', '--data', data], { cwd })
    expect(run.exitCode).toBe(1)
    expect(run.stderr).toContain('strikeline.db is not a database')
    expect(readFileSync(join(data, 'strikeline.db'), 'utf8')).toBe('hello')
  })

  it('shows and refuses settings by name', async () => {
    const cwd = temporaryFolder()
    expect((await runCommand(['settings', 'get', 'report.paper'], { cwd })).stdout).toBe('A4\n')
    expect((await runCommand(['settings', 'set', 'report.paper', 'Letter'], { cwd })).exitCode).toBe(0)
    expect((await runCommand(['settings', 'get', 'report.paper'], { cwd })).stdout).toBe('Letter\n')
    expect((await runCommand(['settings', 'set', 'report.paper', 'Quarto'], { cwd })).exitCode).toBe(2)
    expect((await runCommand(['settings', 'get', 'report.color'], { cwd })).stderr).toContain(
      'network.mempool.url',
    )
  })
})
