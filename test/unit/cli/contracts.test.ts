import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { NETWORK, runCommand } from './run.ts'

const GUIDE = readFileSync(new URL('../../../docs/contracts.md', import.meta.url), 'utf8')
const block = (language: string) => {
  const found = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(GUIDE)
  return found![1]!
}

type Answer = Record<string, unknown> & {
  machines: {
    id: string
    verdict: string
    gainUsd: number
    probabilityOfAdjustment: number | null
    shareOfHours: { now: number }
  }[]
  fleet: Record<string, unknown> & { gainUsd: number; verdicts: Record<string, number> }
  sites: {
    site: string
    gainUsd: number
    schedule: { shareOfHours: number; marginUsdPerDay: number; marginAlwaysOnUsdPerDay: number }
    takeOrPay: { usedKwhPerDay: { now: number }; split: { id: string; run: number }[] } | null
    demandResponse: { incomeUsdPerDay: number; lostHashingUsdPerDay: number } | null
    prices: { from: string }
  }[]
}

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'strikeline-sites-'))
  writeFileSync(join(cwd, 'network.json'), JSON.stringify(NETWORK))
  writeFileSync(join(cwd, 'fleet.csv'), block('csv'))
  writeFileSync(join(cwd, 'sites.json'), block('json'))
})

const decide = (...words: string[]) =>
  runCommand(['decide', '--fleet', 'fleet.csv', '--network', 'network.json', ...words], { cwd })

async function answer(...words: string[]): Promise<Answer> {
  const run = await decide('--json', ...words)
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout).not.toMatch(/NaN|Infinity/)
  return JSON.parse(run.stdout) as Answer
}

async function fault(sites: unknown): Promise<string> {
  writeFileSync(join(cwd, 'sites.json'), JSON.stringify(sites))
  const run = await decide('--sites', 'sites.json', '--json')
  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr.trimEnd()).not.toContain('\n')
  return run.stderr
}

describe('decide --sites', () => {
  it('computes the worked example of the guide', async () => {
    const { sites } = await answer('--sites', 'sites.json', '--change', '0', '--horizon-days', '20')
    const [north, ridge] = sites as [Answer['sites'][number], Answer['sites'][number]]
    const figures: Record<string, number> = {
      'old machines that run': north.takeOrPay!.split[0]!.run,
      'committed energy used, kWh/day': north.takeOrPay!.usedKwhPerDay.now,
      'gain of North over 20 days, USD': north.gainUsd,
      'share of hours at Ridge': ridge.schedule.shareOfHours,
      'margin at Ridge with schedule, USD/day': ridge.schedule.marginUsdPerDay,
      'margin at Ridge without, USD/day': ridge.schedule.marginAlwaysOnUsdPerDay,
      'demand-response income at Ridge, USD/day': ridge.demandResponse!.incomeUsdPerDay,
      'lost hashing at Ridge, USD/day': ridge.demandResponse!.lostHashingUsdPerDay,
    }
    const printed = [...GUIDE.matchAll(/^\| (.+?) +\| +([\d.]+) \|$/gm)].map(([, name, value]) => [
      name!,
      value!,
    ])
    expect(printed.map(([name]) => name)).toEqual(Object.keys(figures))
    for (const [name, value] of printed) {
      const decimals = value!.split('.')[1]?.length ?? 0
      expect(figures[name!]!.toFixed(decimals), name).toBe(value)
    }
    // By hand: 12 old machines that would buy at 0.07 what earns them 100/1000 · HP a day on 72 kWh.
    expect(north.gainUsd).toBeCloseTo(12 * 20 * (72 * 0.07 - 0.1 * 37.24294155836105), 9)
  })

  it('adds the sites and changes no other field', async () => {
    const plain = await answer()
    const withSites = await answer('--sites', 'sites.json')
    expect(Object.keys(withSites)).toEqual(Object.keys(plain))
    expect(plain.sites).toEqual([])
    expect(Object.keys(withSites.machines[0]!)).toEqual(Object.keys(plain.machines[0]!))
    expect(Object.keys(withSites.fleet)).toEqual(Object.keys(plain.fleet))
    expect(withSites.fleet['actions']).toEqual({ runOn: 140, powerDown: 12, start: 0, stayOff: 0 })
    expect(withSites.fleet.gainUsd).toBeCloseTo(
      withSites.sites.reduce((sum, { gainUsd }) => sum + gainUsd, 0),
      9,
    )
    for (const { probabilityOfAdjustment } of withSites.machines) {
      expect(probabilityOfAdjustment).toBeGreaterThanOrEqual(0)
      expect(probabilityOfAdjustment).toBeLessThanOrEqual(1)
    }
  })

  it('says the same as without contracts where they change nothing', async () => {
    writeFileSync(join(cwd, 'sites.json'), '{"sites": [{"site": "north"}]}')
    const plain = await answer()
    const { sites, ...rest } = await answer('--sites', 'sites.json')
    expect(sites.map(({ site }) => site)).toEqual(['North'])
    rest.machines.forEach((machine, i) => {
      expect(machine.verdict).toBe(plain.machines[i]!.verdict)
      expect(machine.gainUsd).toBeCloseTo(plain.machines[i]!.gainUsd, 9)
      expect(machine.probabilityOfAdjustment).toBeCloseTo(plain.machines[i]!.probabilityOfAdjustment!, 9)
    })
    expect(rest.fleet.gainUsd).toBeCloseTo(plain.fleet.gainUsd, 9)
  })

  it('reads market prices beside the file and warns of missing hours', async () => {
    // Two days, cheap until noon; 02:00 of the first is not there.
    const hours = Array.from({ length: 48 }, (_, hour) => hour).filter((hour) => hour !== 2)
    const time = (hour: number) => new Date(Date.UTC(2025, 0, 1, hour)).toISOString()
    const rows = hours.map((hour) => `${time(hour)},${hour % 24 < 12 ? 20 : 300}`)
    writeFileSync(join(cwd, 'prices.csv'), ['time,price_usd_mwh', ...rows, ''].join('\n'))
    writeFileSync(
      join(cwd, 'sites.json'),
      JSON.stringify({ sites: [{ site: 'Ridge', market: { file: 'prices.csv', adderUsdPerKwh: 0.005 } }] }),
    )
    const run = await decide('--sites', 'sites.json', '--json')
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toBe(
      'warning: sites.json, site Ridge: prices.csv lacks 1 of 48 intervals (1 hour), the first at 2025-01-01T02:00:00.000Z; where the horizon needs one, the same time of another day stands in\n',
    )
    const { sites, machines, daysToAdjustment } = JSON.parse(run.stdout) as Answer & {
      daysToAdjustment: number
    }
    expect(sites[0]!.prices.from).toBe('market-file')
    // From noon on: seven whole days until the adjustment, and an hour and a half of the dear half.
    const { shareOfHours } = machines.find(({ id }) => id === 'day')!
    expect(shareOfHours.now).toBeCloseTo((7 * 12) / (24 * daysToAdjustment), 9)
  })

  it('reads the download of an exchange as it is', async () => {
    const rows = Array.from(
      { length: 24 },
      (_, hour) => `01/01/2025,${String(hour + 1).padStart(2, '0')}:00,N,LZ_WEST,${20 + hour}`,
    )
    writeFileSync(
      join(cwd, 'ercot.csv'),
      `Delivery Date,Hour Ending,Repeated Hour Flag,Settlement Point,Settlement Point Price\n${rows.join('\n')}\n`,
    )
    writeFileSync(
      join(cwd, 'sites.json'),
      JSON.stringify({
        sites: [{ site: 'Ridge', timeZone: 'America/New_York', market: { file: 'ercot.csv' } }],
      }),
    )
    const run = await decide('--sites', 'sites.json', '--json')
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toBe(
      "warning: sites.json, site Ridge: ercot.csv is a download of ERCOT: its times were read by the clock of America/Chicago, not by the site's of America/New_York\n",
    )
    const { prices } = (JSON.parse(run.stdout) as Answer).sites[0]!
    expect(prices).toMatchObject({ from: 'market-file', now: { minUsdPerKwh: 0.02, maxUsdPerKwh: 0.043 } })
  })

  it('prints a table too', async () => {
    const run = await decide('--sites', 'sites.json', '--horizon-days', '20', '--change', '0')
    expect(run.stdout).toMatch(/^Run 140, power down 12 machines: saves/)
  })
})

describe('a sites.json that cannot be meant', () => {
  const version = { from: '2025-01-01', to: '2026-06-30', baseUsdPerKwh: 0.05 }
  it.each([
    [
      { sites: [{ site: 'North', tariffs: [version, { ...version, from: '2026-06-30', to: null }] }] },
      'sites.json, site North, field tariffs[1].from: 2026-06-30 lies inside tariffs[0]',
    ],
    [
      { sites: [{ site: 'North', tariffs: [{ ...version, baseUsdPerKwh: 6 }] }] },
      'sites.json, field sites[0].tariffs[0].baseUsdPerKwh: must be a number from -1 to 1 USD per kWh',
    ],
    [
      { sites: [{ site: 'North', tariffs: [{ ...version, from: '2025-02-30' }] }] },
      'sites.json, field sites[0].tariffs[0].from: must be a date such as "2026-03-31"',
    ],
    [
      { sites: [{ site: 'North', takeOrPay: { committedKwhPerDay: -5 } }] },
      'sites.json, field sites[0].takeOrPay.committedKwhPerDay: must be a number from 0',
    ],
    [
      { sites: [{ site: 'North', hosting: { model: 'profit-share', hostShare: 0.5 } }] },
      'sites.json, field sites[0].hosting.lossesBorneBy: is missing; it must be one of tenant, both, host',
    ],
    [
      { sites: [{ site: 'North', hosting: { model: 'barter' } }] },
      'field sites[0].hosting.model: must have a model: flat, per-kwh, revenue-share or profit-share',
    ],
    [
      { sites: [{ site: 'South' }] },
      'sites.json, field sites: there is no site South in the fleet; it has North, Ridge',
    ],
    [
      { sites: [{ site: 'North' }, { site: 'NORTH' }] },
      'sites.json, field sites[1].site: NORTH is there twice',
    ],
    [{ sites: [], machines: [{ id: 'ghost', policy: 'exempt' }] }, 'there is no machine ghost in the fleet'],
    [
      { sites: [], machines: [{ id: 'old', policy: 'idle' }] },
      'field machines[0].policy: must be one of follow, protected, exempt',
    ],
    [
      { sites: [{ site: 'North', tariff: [] }] },
      'field sites[0]: has a field that is not known here: tariff',
    ],
    [
      { sites: [{ site: 'North', market: { file: 'none.csv' } }] },
      'none.csv cannot be read: there is no such file',
    ],
    [
      { sites: [{ site: 'North', timeZone: 'Mars/Olympus' }] },
      "site North, field timeZone: 'Mars/Olympus' is not a time zone",
    ],
    [
      { sites: [{ site: 'North', tariffs: [{ ...version, to: '2025-11-22' }] }] },
      'sites.json, site North, field tariffs: no version is valid on 2025-11-23, inside the horizon',
    ],
  ])('%#: names the field', async (sites, message) => {
    expect(await fault(sites)).toContain(message)
  })

  it('says where a file is no JSON', async () => {
    writeFileSync(join(cwd, 'sites.json'), '{"sites": [')
    expect((await decide('--sites', 'sites.json')).stderr).toContain('sites.json is not JSON:')
  })

  it('wants a date for dated prices', async () => {
    writeFileSync(join(cwd, 'network.json'), JSON.stringify({ ...NETWORK, at: undefined }))
    expect((await decide('--sites', 'sites.json')).stderr).toContain(
      'sites.json, site Ridge, field tariffs: dated prices need a date; give the network its time in the field at',
    )
  })
})

describe('contracts', () => {
  it('are stored with the fleet, weighed by decide like the file, listed and removed', async () => {
    expect((await runCommand(['import', 'fleet.csv'], { cwd })).exitCode).toBe(0)
    const fromFile = await answer('--sites', 'sites.json')
    expect((await runCommand(['contracts', 'import', 'sites.json'], { cwd })).exitCode).toBe(0)
    const fromStore = await runCommand(
      ['decide', '--network', 'network.json', '--json', '--now', NETWORK.at],
      { cwd },
    )
    expect(JSON.parse(fromStore.stdout)).toEqual(fromFile)
    const plain = await runCommand(
      ['decide', '--network', 'network.json', '--json', '--now', NETWORK.at, '--plain'],
      { cwd },
    )
    expect(plain.stderr).toContain('2 ')
    expect(JSON.parse(plain.stdout)).toMatchObject({ notWeighed: { contracts: 2, ladders: 0 }, sites: [] })
    const listed = await runCommand(['contracts', 'list', '--json'], { cwd })
    const { sites } = JSON.parse(listed.stdout) as { sites: { site: string }[] }
    expect(sites.map(({ site }) => site)).toEqual(fromFile.sites.map(({ site }) => site))
    for (const { site } of sites)
      expect((await runCommand(['contracts', 'remove', site], { cwd })).exitCode).toBe(0)
    expect((await runCommand(['contracts', 'remove', 'North'], { cwd })).exitCode).toBe(2)
    expect((await runCommand(['contracts', 'list'], { cwd })).stdout).toBe('')
  })

  it('of a site that is not in the fleet are refused whole', async () => {
    writeFileSync(
      join(cwd, 'other.csv'),
      'id,hashrate_ths,power_w,site,power_price_usd_kwh\na,100,3000,North,0.05\n',
    )
    await runCommand(['import', 'other.csv'], { cwd })
    const run = await runCommand(['contracts', 'import', 'sites.json'], { cwd })
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('there is no site Ridge')
    expect((await runCommand(['contracts', 'list'], { cwd })).stdout).toBe('')
  })
})
