import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFleetFile, readFleetText } from '#electron/files/fleet/read-fleet.ts'
import { readReturnsCase } from '#electron/files/returns-case.ts'
import { readNetworkFile } from '#electron/files/network/network-file.ts'
import { readLadderFile, readLadderText } from '#electron/files/ladders/read-ladders.ts'
import { readDailySeries, readDailyText } from '#electron/files/series/read-daily.ts'
import { readSupplyCurve } from '#electron/files/series/supply-curve-file.ts'
import { marketPricesOf, readMarketPrices, roomOfOne } from '#electron/files/sites/read-market-prices.ts'
import { readSites } from '#electron/files/sites/read-sites.ts'
import { jsonFrom } from '#electron/files/json.ts'

/** Just within each limit a file is read, just above it is refused with the limit in words. */

const models: readonly never[] = []
const NOW_MS = Date.parse('2026-10-06T00:00:00Z')

function fileOf(name: string, content: string | Buffer = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'strikeline-limits-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A file with a hole in it: it has the size, and takes no room. */
function sized(name: string, bytes: number): string {
  const path = fileOf(name)
  truncateSync(path, bytes)
  return path
}

describe('bytes', () => {
  it.each<[string, number, (path: string) => Promise<unknown>]>([
    ['fleet.csv', 50, (path) => readFleetFile(path, { models })],
    ['sites.json', 20, (path) => readSites(path)],
    ['prices.csv', 10, (path) => readMarketPrices(path, 'UTC', null, roomOfOne())],
    ['profiles.csv', 10, (path) => readLadderFile(path)],
    ['daily.csv', 20, (path) => readDailySeries(path, NOW_MS)],
    ['network-file.json', 24, (path) => readNetworkFile(path, NOW_MS)],
    ['curve.json', 1, (path) => readSupplyCurve(path)],
  ])('%s has at most %d MB', async (name, megabytes, read) => {
    await expect(read(sized(name, megabytes * 1e6 + 1))).rejects.toThrow(
      `${name} is ${megabytes + 1} MB; the limit is ${megabytes} MB`,
    )
    // looked into, and found to be no such file
    await expect(read(sized(name, megabytes * 1e6))).rejects.not.toThrow('the limit is')
  })

  it('all price files of a sites.json together have as many as one may have', async () => {
    const path = fileOf(
      'sites.json',
      JSON.stringify({ sites: ['A', 'B'].map((site) => ({ site, market: { file: 'prices.csv' } })) }),
    )
    const rows = Array.from(
      { length: 40 },
      (_, i) => `2026-01-01T${String(i % 24).padStart(2, '0')}:00Z,45\n`,
    )
    const write = (padding: number) =>
      writeFileSync(
        join(path, '../prices.csv'),
        `time,price_usd_mwh\n${rows.slice(0, 24).join('')}${`${' '.repeat(900_000)}\n`.repeat(padding)}\n`,
      )
    write(1)
    expect((await readSites(path)).contracts.size).toBe(2)
    write(9)
    await expect(readSites(path)).rejects.toThrow(
      /site B, field market\.file: prices\.csv is 9 MB; the limit is 2 MB left of the 10 MB/,
    )
  })
})

describe('rows', () => {
  const rows = (count: number, line: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n')
  const day = (i: number) => new Date(Date.UTC(1930, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)
  const quarter = (i: number) => new Date(Date.UTC(2020, 0, 1) + i * 900_000).toISOString()

  it.each<[string, number, (count: number) => unknown]>([
    [
      'a list of objects',
      200_000,
      (count) =>
        readFleetText(
          `[${rows(count, (i) => `{"id":"${i}","hashrate_ths":1,"power_w":9},`).slice(0, -1)}]`,
          'f',
          { models },
        ),
    ],
    [
      'prices',
      210_816,
      (count) =>
        marketPricesOf(`time,price_usd_mwh\n${rows(count, (i) => `${quarter(i)},4`)}`, 'p.csv', 'UTC'),
    ],
    [
      'profiles',
      50_000,
      (count) =>
        readLadderText(
          Buffer.from(
            `model,profile,hashrate_ths,power_w\n${rows(count, (i) => `M${i >> 1},${i & 1},${1 + (i & 1)},${1 + (i & 1)}`)}`,
          ),
          'p.csv',
        ),
    ],
    [
      'days',
      40_000,
      (count) => readDailyText(`date,price_usd\n${rows(count, (i) => `${day(i)},4`)}`, 'd.csv', Infinity),
    ],
  ])('%s: at most %d', (_, most, read) => {
    expect(() => read(most)).not.toThrow()
    expect(() => read(most + 2)).toThrow(`more than ${most}`)
  })

  it('of a ladder: at most 1 000 points', () => {
    const read = (count: number) =>
      readLadderText(
        Buffer.from(`model,profile,hashrate_ths,power_w\n${rows(count, (i) => `M,p${i},${i + 1},${i + 1}`)}`),
        'p.csv',
      )
    expect(read(1000).ladders[0]?.points).toHaveLength(1000)
    expect(() => read(1001)).toThrow('more than 1000 points')
  })

  it('blank lines count: at most 20 for each row that there may be', () => {
    const read = (count: number) =>
      readDailyText(`date,price_usd\n2020-01-01,4\n${'\n'.repeat(count)}`, 'd.csv', Infinity)
    expect(() => read(800_000)).not.toThrow()
    expect(() => read(800_020)).toThrow('more than 800020 lines')
  })

  it('of a fleet beyond its sites and models are counted, not named one by one', () => {
    const sites = readFleetText(
      `id,hashrate_ths,power_w,site\n${rows(3000, (i) => `m${i},95,3250,S${i}`)}`,
      'f',
      { models },
    )
    expect(sites.faults.map(({ row, message }) => [row, message])).toEqual([
      [1002, 'more than 1000 different sites: is this the column of the site?'],
    ])
    expect(sites.fleet.sites.length).toBe(1001)
  })

  it.each([
    [10_000, 'a'],
    [10_001, 'b'],
  ])('has at most 10 000 cells: %d', (cells) => {
    const read = () =>
      readDailyText(`date,price_usd\n2020-01-01,4${','.repeat(cells - 2)}\n`, 'd.csv', Infinity)
    if (cells === 10_000) expect(read).not.toThrow()
    else expect(read).toThrow('d.csv, row 2: more than 10000 cells')
  })

  it('has at most 1 000 000 characters in its cells', () => {
    const read = (length: number) =>
      readFleetText(`id,hashrate_ths,power_w,hall\nm,95,3250,${'a'.repeat(length - 7)}\n`, 'f.csv', {
        models,
      })
    expect(read(1_000_000).faults[0]?.message).toBe('longer than 10000 characters')
    expect(() => read(1_000_001)).toThrow('f.csv, row 2: longer than 1000000 characters')
  })
})

describe('depth and parts of JSON', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  it('a hundred inside each other', () => {
    expect(() => jsonFrom(nested(100), 'x.json')).not.toThrow()
    expect(() => jsonFrom(nested(101), 'x.json')).toThrow(
      'x.json has more than 100 objects and lists inside each other',
    )
  })

  it('600 000 objects, lists and fields', () => {
    const list = (count: number) => `[${'[],'.repeat(count - 2)}[]]`
    expect(jsonFrom(list(600_000), 'x.json')).toHaveLength(599_999)
    expect(() => jsonFrom(list(600_001), 'x.json')).toThrow(
      'x.json has more than 600000 objects, lists and fields',
    )
    expect(() => jsonFrom(`{${'"a":1,'.repeat(600_000)}"a":1}`, 'x.json')).toThrow('more than 600000')
  })

  it('1 300 000 values', () => {
    const list = (count: number) => `[${'0,'.repeat(count - 1)}0]`
    expect(jsonFrom(list(1_300_000), 'x.json')).toHaveLength(1_300_000)
    expect(() => jsonFrom(list(1_300_001), 'x.json')).toThrow('x.json has more than 1300000 values')
  })

  it('what stands in a text does not count', () => {
    const text = `${'{[:'.repeat(400_000)}\\"\\\\`
    expect(jsonFrom(`["${text}"]`, 'x.json')).toEqual([`${'{[:'.repeat(400_000)}"\\`])
  })

  it('one entry of a list of objects: 1 000 000 bytes', () => {
    const read = (length: number) =>
      readFleetText(`[{"model":"${'a'.repeat(length - 12)}"}]`, 'l.json', { models })
    expect(read(1_000_000).faults[0]?.message).toMatch(/longer than 100 characters/)
    expect(() => read(1_000_002)).toThrow('l.json, entry 1: longer than 1000000 bytes')
  })

  it('a field that nobody knows is named in a short sentence, however many there are', () => {
    const text = `{${Array.from({ length: 5000 }, (_, i) => `"${'k'.repeat(100)}${i}":1`).join(',')}}`
    const read = () => readReturnsCase(`{"asset":${text},"discountRatePerYear":0.1}`, 'returns.json')
    expect(read).toThrow(/^returns\.json, field asset.{0,200}$/)
  })
})
