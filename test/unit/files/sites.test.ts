import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readSites } from '#electron/files/sites/read-sites.ts'
import type { Stage } from '#shared/domain/ahead/stage.ts'
import { siteSupply } from '#shared/domain/power/site-supply.ts'
import { contractText, readContractText } from '#shared/ipc/schemas/stored-contract.ts'

const GUIDE = readFileSync(new URL('../../../docs/contracts.md', import.meta.url), 'utf8')
const EXAMPLES = [...GUIDE.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => text!)
const AT_MS = Date.UTC(2025, 10, 20, 12)
const STAGES: Stage[] = [5, 14].map((days, t) => ({
  opensWith: t === 0 ? 'now' : 'adjustment',
  fromMs: NaN,
  days,
  subsidyBtc: 3.125,
  difficulty: 1.5e14,
  hashpriceUsdPerPhDay: 40,
}))

let folder: string
const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
const read = (content: unknown) => {
  write('sites.json', content)
  return readSites(join(folder, 'sites.json'))
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-sites-'))
  const halfHours = Array.from({ length: 48 }, (_, i) => new Date(AT_MS + i * 1_800_000).toISOString())
  write(
    'agile.csv',
    `time,p/kWh\n${halfHours
      .map((time, i) => `${time},${i}`)
      .toReversed()
      .join('\n')}\n`,
  )
})

describe('the examples of the guide', () => {
  it.each(EXAMPLES)('%#: are read, supply energy, and are stored as they are', async (text) => {
    const { contracts, warnings } = await read(text)
    expect(warnings).toEqual([])
    for (const [site, contract] of contracts) {
      const supply = siteSupply(site, contract, STAGES, AT_MS, 0.07, () => ({
        usdPerUnit: 1.25,
        asOfMs: AT_MS,
      }))
      expect(supply.groups.length).toBeGreaterThan(1)
      expect(readContractText(contractText(contract))).toEqual({ contract })
    }
  })

  it('mean what the guide says', async () => {
    expect(EXAMPLES).toHaveLength(2)
    const { contracts } = await read(EXAMPLES[1]!)
    const north = contracts.get('North')!
    expect(north).toMatchObject({ currency: 'GBP', capKw: 900, floorKw: 20 })
    expect(north.tariffs[0]!.periods.map(({ fromHour, toHour }) => [fromHour, toHour])).toEqual([
      [23.5, 24],
      [0, 5.5],
    ])
    expect(north.coincidentPeak!.hours).toEqual([
      { fromMs: Date.UTC(2025, 10, 27, 17), toMs: Date.UTC(2025, 10, 27, 18, 30), probability: 0.3 },
    ])
    const ridge = contracts.get('Ridge')!
    expect(ridge).toMatchObject({ currency: 'GBP', market: { currency: 'GBP', adderUsdPerKwh: 0.012 } })
    expect(ridge.market!.perKwh[1]).toBeCloseTo(0.01, 12)
    // Every field of the parts is described in the guide.
    const described = [...GUIDE.matchAll(/`([a-zA-Z]+)`/g)].map(([, name]) => name)
    for (const contract of contracts.values())
      for (const [part, value] of Object.entries(contract)) {
        expect(described).toContain(part)
        if (value === null || part === 'market' || typeof value !== 'object') continue
        const fields = Object.keys(Array.isArray(value) ? ((value[0] as object | undefined) ?? {}) : value)
        for (const field of fields.filter((name) => name !== 'handBack'))
          expect(GUIDE, `${part}.${field}`).toMatch(new RegExp(`\\b${field}\\b`))
      }
  })
})

describe('a sites.json', () => {
  it('has energy that is handed back at the prices of a file', async () => {
    const { contracts } = await read({
      sites: [{ site: 'North', takeOrPay: { committedKwhPerDay: 24, handBackFile: 'agile.csv' } }],
    })
    expect(contracts.get('North')!.takeOrPay!.handBack).toMatchObject({ currency: 'GBP' })
  })

  it('has local times in the site’s zone', async () => {
    const { contracts } = await read({
      sites: [
        {
          site: 'North',
          timeZone: 'America/Chicago',
          demandResponse: { events: [{ from: '2026-07-15 15:00', to: '2026-07-15T17:00:00-05:00' }] },
        },
      ],
    })
    expect(contracts.get('North')!.demandResponse!.events).toEqual([
      { fromMs: Date.UTC(2026, 6, 15, 20), toMs: Date.UTC(2026, 6, 15, 22), usdPerKwh: null },
    ])
  })

  const version = (change: object) => ({ from: '2025-01-01', baseUsdPerKwh: 0.05, ...change })
  const period = (fromHour: unknown, toHour: unknown) =>
    version({ periods: [{ days: ['mon'], fromHour, toHour, usdPerKwh: 0.1 }] })
  it.each([
    [
      { tariffs: [period('24:30', 24)] },
      'tariffs[0].periods[0].fromHour: must be an hour from 0 to 23:59 to the minute',
    ],
    [
      { tariffs: [period(1, 24.5)] },
      'tariffs[0].periods[0].toHour: must be an hour from 0:01 to 24 to the minute',
    ],
    [{ tariffs: [period(0.001, 5)] }, 'tariffs[0].periods[0].fromHour: must be an hour'],
    [
      { tariffs: [period(23.5, '5:30')] },
      'periods[0].toHour: 5:30 is not after fromHour 23:30; write a period over midnight as two',
    ],
    [
      { tariffs: [version({ tiers: [{ upToKwhPerMonth: -1, usdPerKwh: 0.1 }] })] },
      'tiers[0].upToKwhPerMonth: must be a number from 0',
    ],
    [{ capKw: 5, floorKw: 6 }, 'site North, field floorKw: 6 kW is above capKw, 5 kW'],
    [{ currency: 'XAU' }, 'field sites[0].currency: must be one of USD, EUR'],
    [
      { market: { file: 'agile.csv', currency: 'EUR' } },
      'site North, field market.currency: is EUR, but the prices of agile.csv are in GBP',
    ],
    [{ market: { file: 'one.csv' } }, 'site North, field market.file: one.csv: no two rows are'],
    [
      { market: { file: 'dear.csv' } },
      'site North, field market.file: dear.csv, row 2, column price_usd_kwh: 1e6 is outside',
    ],
    [
      { takeOrPay: { committedKwhPerDay: 1, per: 'day', handBackFile: 'agile.csv' } },
      'field takeOrPay.handBackFile: what is handed back',
    ],
    [
      { demandCharge: { usdPerKwMonth: 1, ratchetShare: 75 } },
      'demandCharge.ratchetShare: must be a number from 0 to 1 (a fraction: 30 % is 0.3)',
    ],
    [
      { demandResponse: { events: [{ from: '2026-01-01T20:00Z', to: '2026-01-01T24:00Z' }] } },
      "field demandResponse.events[0].to: '2026-01-01T24:00Z' is no time; write 00:00 of the next day",
    ],
    [
      { demandResponse: { events: [{ from: 'soon', to: '2026-01-01T00:00Z' }] } },
      "field demandResponse.events[0].from: 'soon' is not a time",
    ],
    [
      {
        timeZone: 'Europe/Berlin',
        coincidentPeak: {
          rule: 'mean-of-four-peaks',
          usdPerKwYear: 1,
          hours: [{ from: '2026-03-29 02:30', to: '2026-03-29 04:00', probability: 1 }],
        },
      },
      "field coincidentPeak.hours[0].from: '2026-03-29 02:30' does not exist: the clocks skip it",
    ],
    [
      { hosting: { model: 'flat', usdPerMonth: 1, per: 'kw' }, tariffs: [version({})] },
      'field tariffs: does not go with hosting flat',
    ],
    [{ tiers: [] }, 'field sites[0]: has a field that is not known here: tiers'],
  ])('%#: is refused with site and field', async (parts, message) => {
    write('one.csv', 'time,price_usd_kwh\n2026-01-01T00:00Z,0.05\n')
    write('dear.csv', 'time,price_usd_kwh\n2026-01-01T00:00Z,1e6\n2026-01-01T01:00Z,0.05\n')
    await expect(read({ sites: [{ site: 'North', ...parts }] })).rejects.toThrow(message)
  })

  it('has prices of another currency within bounds of its own', async () => {
    const yen = { site: 'North', currency: 'JPY', tariffs: [version({ baseUsdPerKwh: 18 })] }
    const { contracts } = await read({ sites: [yen] })
    expect(contracts.get('North')!.tariffs[0]!.baseUsdPerKwh).toBe(18)
    await expect(read({ sites: [{ ...yen, currency: 'USD' }] })).rejects.toThrow(
      'sites.json, field sites[0].tariffs[0].baseUsdPerKwh: must be a number from -1 to 1 USD per kWh',
    )
  })
})
