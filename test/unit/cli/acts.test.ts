import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand, temporaryFolder } from './run.ts'

/** Under water at any hashprice of our time: "old"; idle and worth starting: "shelf". */
const FLEET = `id,model,quantity,site,power_price_usd_kwh,hashrate_ths,power_w,status
old-1,S17,2,North,0.09,56,2500,running
old-2,S17,1,North,0.09,56,2500,running
shelf,S21,3,Ridge,0.04,200,3500,off
fine,S21,4,Ridge,0.04,200,3500,running
`

async function withFleet(): Promise<string> {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'fleet.csv'), FLEET)
  await runCommand(['import', 'fleet.csv'], { cwd })
  for (const [name, value] of [
    ['height', '925000'],
    ['difficulty', '1.5e14'],
    ['priceUsdPerBtc', '88300'],
    ['feesBtcPerBlock', '0.02'],
  ] as const)
    await runCommand(['network', 'set', name, value], { cwd })
  return cwd
}
const run = (cwd: string) => async (line: string) => runCommand(line.split(' '), { cwd })

describe('the work that follows, on the command line', () => {
  it('goes out as a list, comes home done, and is recorded', async () => {
    const cwd = await withFleet()
    const does = run(cwd)
    const printed = await does('worklist')
    expect(printed.exitCode).toBe(0)
    expect(printed.stdout.split('\n').map((line) => line.split(',').slice(0, 9).join(','))).toEqual([
      'site,rack,position,ip,id,model,serial,machines,do',
      'North,,,,old-1,S17,,2,Power down',
      'North,,,,old-2,S17,,1,Power down',
      'Ridge,,,,shelf,S21,,3,Start',
      '',
    ])
    expect((await does('worklist --site north --out north.csv')).stderr).toContain('2 lines written')
    const lines = readFileSync(join(cwd, 'north.csv'), 'utf8').trimEnd().split('\n')
    writeFileSync(join(cwd, 'north.csv'), [lines[0], `${lines[1]!}1`, lines[2]].join('\n'))
    const done = await does('done --site North --only north.csv --json')
    expect(JSON.parse(done.stdout)).toMatchObject({ sites: ['North'], machines: 1 })
    expect((await does('done --site Ridge')).stdout).toBe('Done at Ridge: 3 machines\n')
    const exported = await does('export out.csv').then(() => readFileSync(join(cwd, 'out.csv'), 'utf8'))
    expect(exported).toMatch(/^old-1-2,.*,1,/m)
    const { decisions } = JSON.parse((await does('decisions --json')).stdout) as { decisions: unknown[] }
    expect(decisions).toMatchObject([
      { site: 'Ridge', kind: 'done', machinesDone: 3, advised: { start: 3 }, until: null, takenBack: false },
      { site: 'North', kind: 'done', machinesDone: 1, advised: { powerDown: 3 } },
    ])
    expect((await does('decisions')).stdout).toMatch(/^North .*done, 1 of 3 machines/m)
  })

  it('takes machines by their ids, and says not now with a reason', async () => {
    const cwd = await withFleet()
    const does = run(cwd)
    writeFileSync(join(cwd, 'ids.txt'), 'id\nold-2\n')
    expect((await does('done --site North --only ids.txt')).stdout).toBe('Done at North: 1 machine\n')
    expect((await does('not-now --site Ridge --reason crew-is-away')).stdout).toBe(
      'Not now at Ridge: crew-is-away\n',
    )
    const { decisions } = JSON.parse((await does('decisions --json')).stdout) as { decisions: unknown[] }
    expect(decisions).toMatchObject([
      { site: 'Ridge', kind: 'not-now', reason: 'crew-is-away', machinesDone: 0 },
      { site: 'North', machinesDone: 1 },
    ])
  })

  it('says by whom, and what it saved at the hashprices that came', async () => {
    const cwd = await withFleet()
    const does = run(cwd)
    await does('settings set decisions.by Sam')
    await does('done --site North')
    await does('not-now --site Ridge --reason crew-is-away --by Kim')
    const document = JSON.parse((await does('decisions --json')).stdout) as Record<string, unknown>
    expect(document).toMatchObject({
      decisions: [
        // No day of it is over.
        {
          byWhom: 'Kim',
          stake: { stopsAcceptedPhs: expect.closeTo(-0.6) as number },
          outcome: { savedUsd: null, endsWith: 'now' },
        },
        // 3 · 56 TH/s, 3 · 2.5 kW · 24 h · 0.09
        {
          byWhom: 'Sam',
          stake: {
            stopsAcceptedPhs: expect.closeTo(0.168) as number,
            stopsCostUsdPerDay: expect.closeTo(16.2) as number,
          },
        },
      ],
      sums: { done: { decisions: 1, known: 0 }, notDone: { decisions: 1, known: 0 } },
      history: { from: null, through: null, missingDays: 0 },
    })
    expect((await does('decisions')).stdout).toMatch(/Kim .* no day is over yet/)
    expect((await does('decisions --to 2020-01-01')).stdout).toBe('Nothing is recorded.\n')
    expect((await does('decisions --from 2020-02-30')).stderr).toContain("--from is '2020-02-30'")
    expect((await does('decisions --csv log.csv')).stderr).toContain('2 decisions written')
    const [head, ...rows] = readFileSync(join(cwd, 'log.csv'), 'utf8').trimEnd().split('\n')
    expect(head).toMatch(/^at,site,kind,by_whom,reason,advised_power_down,.*,saved_usd,expected_usd,/)
    expect(rows.map((row) => row.split(',').slice(1, 5).join(','))).toEqual([
      'Ridge,not-now,Kim,crew-is-away',
      'North,done,Sam,',
    ])
  })

  it('refuses in a sentence what cannot be recorded, and records nothing', async () => {
    const cwd = await withFleet()
    const does = run(cwd)
    writeFileSync(join(cwd, 'ids.txt'), 'fine\n')
    writeFileSync(join(cwd, 'list.csv'), 'id,do,done\nold-1,Power down,yes\ngone,Power down,yes\n')
    for (const [line, sentence] of [
      ['done --site West', "there is no site 'West'; there are North, Ridge"],
      ['done --site Ridge --only ids.txt', 'Nothing is advised for fine now'],
      ['done --site North --only list.csv', 'list.csv, row 3: there is no machine gone in the fleet'],
      ['done --site North --only none.csv', 'none.csv cannot be read'],
      ['done', 'done: --site SITE is missing'],
      ['not-now --site North', '--reason TEXT is missing'],
    ] as const) {
      const { exitCode, stdout, stderr } = await does(line)
      expect([line, exitCode, stdout]).toEqual([line, 2, ''])
      expect(stderr).toContain(sentence)
    }
    writeFileSync(join(cwd, 'list.csv'), 'id,do,done\nold-1,Power down,yes\n')
    expect((await does('done --site North --only list.csv')).stderr).toContain('--accept other-list')
    expect((await does('decisions')).stdout).toBe('Nothing is recorded.\n')
    const taken = await does('done --site North --only list.csv --accept other-list')
    expect(taken.stdout).toBe('Done at North: 2 machines\n')
  })

  it('keeps the site where this computer stands out of a file for another one', async () => {
    const cwd = await withFleet()
    const does = run(cwd)
    await does('settings set computer.site Ridge')
    expect((await does('settings get computer.site')).stdout).toContain('Ridge')
    await does('move out all.strikeline')
    await does('move in all.strikeline --data other --new')
    expect((await does('settings get computer.site --data other')).stdout).not.toContain('Ridge')
  })
})
