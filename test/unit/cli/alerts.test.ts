import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startMempoolServer } from '../../mempool-server.ts'
import type { MempoolServer } from '../../mempool-server.ts'
import { FLEET_CSV, runCommand, temporaryFolder } from './run.ts'

let server: MempoolServer | undefined
afterEach(() => server?.close())

type Listed = {
  readonly alerts: readonly (Record<string, unknown> & { readonly key: number })[]
  readonly events: readonly Record<string, unknown>[]
}
async function listed(cwd: string): Promise<Listed> {
  return JSON.parse((await runCommand(['alerts', '--json'], { cwd })).stdout) as Listed
}

describe('alerts on the command line', () => {
  it('are added, listed and removed', async () => {
    const cwd = temporaryFolder()
    expect((await runCommand(['alerts'], { cwd })).stdout).toBe('No alert is set.\n')
    await runCommand(['alerts', 'add', 'hashprice-below', '34'], { cwd })
    await runCommand(['alerts', 'add', 'adjustment-beyond', '-0.05', '--json'], { cwd })
    const added = await runCommand(['alerts', 'add', 'nvt-zone'], { cwd })
    expect(added).toMatchObject({ exitCode: 0, stderr: '' })
    expect(added.stdout).toContain('NVT enters or leaves its value zone')
    const { alerts, events } = await listed(cwd)
    expect(alerts).toEqual([
      { key: alerts[0]!.key, kind: 'hashprice-below', usdPerPhDay: 34, activeSince: null },
      { key: alerts[1]!.key, kind: 'adjustment-beyond', change: -0.05, activeSince: null },
      { key: alerts[2]!.key, kind: 'nvt-zone', activeSince: null },
    ])
    expect(events).toEqual([])
    await runCommand(['alerts', 'remove', String(alerts[0]!.key)], { cwd })
    expect((await listed(cwd)).alerts).toHaveLength(2)
  })

  it.each([
    [['add'], 'use `alerts`'],
    [['add', 'price-below', '3'], "'price-below' is not a kind"],
    [['add', 'hashprice-below'], 'takes a value, USD_PER_PH_DAY'],
    [['add', 'hashprice-below', '-3'], "'-3' is not a hashprice"],
    [['add', 'hashprice-below', ''], 'is not a hashprice'],
    [['add', 'adjustment-beyond', '0'], "'0' is not a change"],
    [['add', 'nvt-zone', '1'], 'takes no value'],
    [['remove', 'x'], 'takes the KEY'],
    [['forget', '1'], 'use `alerts`'],
  ])('refuses %j with a sentence', async (words, sentence) => {
    const run = await runCommand(['alerts', ...words], { cwd: temporaryFolder() })
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain(sentence)
  })

  it('says where there is no such alert', async () => {
    const run = await runCommand(['alerts', 'remove', '7'], { cwd: temporaryFolder() })
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(run.stderr).toContain('There is no such alert')
  })

  it('speak on standard error when a refresh brings news, and once only', async () => {
    const cwd = temporaryFolder()
    server = await startMempoolServer()
    await runCommand(['settings', 'set', 'network.order', 'mempool'], { cwd })
    await runCommand(['settings', 'set', 'network.mempool.url', server.url], { cwd })
    writeFileSync(join(cwd, 'fleet.csv'), FLEET_CSV)
    await runCommand(['import', 'fleet.csv'], { cwd })
    await runCommand(['alerts', 'add', 'hashprice-below', '1000'], { cwd })
    await runCommand(['alerts', 'add', 'breakeven-crossed'], { cwd })
    const refresh = await runCommand(['refresh', '--json'], { cwd })
    expect(refresh.stderr).toMatch(
      /^alert: Hashprice at \$\S+ per PH\/s a day, below your \$1\s000\.00\. As they run, 12 machines in 2 lots .* a day.*\.\n$/,
    )
    expect(JSON.parse(refresh.stdout)).toHaveProperty('values')
    expect((await runCommand(['refresh', '--json'], { cwd })).stderr).toBe('')
    const { alerts, events } = await listed(cwd)
    expect(alerts[0]!['activeSince']).not.toBeNull()
    expect(events).toMatchObject([{ kind: 'hashprice-below', thresholdUsdPerPhDay: 1000, read: false }])
    expect((await runCommand(['alerts'], { cwd })).stdout).toMatch(/lasts since .*\n[^]*Hashprice at/)
  })
})
