import { describe, expect, it } from 'vitest'
import { marketPricesOf } from '#electron/files/sites/read-market-prices.ts'
import { hourlyMeans, marketOf, runsOf } from '#shared/domain/power/market-prices.ts'

const HOUR_MS = 3_600_000
const read = (text: string, zone = 'UTC') => marketPricesOf(text, 'prices.csv', zone)
const minutes = ({ fromMs, toMs }: { fromMs: Float64Array; toMs: Float64Array }) =>
  [...fromMs].map((from, i) => (toMs[i]! - from) / 60_000)
const quarters = (day: string, hour: string, price: number) =>
  ['00', '15', '30', '45'].map((minute, i) => `${day} ${hour}:${minute},${price + i}\n`)

describe('a file of market prices', () => {
  it('keeps every hour of a year, negative prices included', () => {
    const first = Date.UTC(2025, 0, 1)
    const rows = Array.from(
      { length: 8760 },
      (_, i) => `${new Date(first + i * HOUR_MS).toISOString()},${i % 100 === 0 ? -12.5 : 40}`,
    )
    const file = read(`time,price_usd_mwh\n${rows.join('\n')}\n`)
    expect(file.fromMs[0]).toBe(first)
    expect(file.perKwh.length).toBe(8760)
    expect(file.missing).toEqual({ intervals: 0, hours: 0, firstMs: null })
    expect(file.perKwh[100]).toBe(-0.0125)
    expect(file.perKwh[101]).toBe(0.04)
    expect(runsOf(file)).toHaveLength(1)
  })

  it.each([5, 15, 30, 60])('keeps intervals of %i minutes as they are, newest first too', (length) => {
    const first = Date.UTC(2026, 0, 1)
    const rows = Array.from(
      { length: 50 },
      (_, i) => `${new Date(first + i * length * 60_000).toISOString()},0.0${i % 10}`,
    )
    const forward = read(`time,price_usd_kwh\n${rows.join('\n')}\n`)
    const backward = read(`time,price_usd_kwh\n${rows.toReversed().join('\n')}\n`)
    expect(new Set(minutes(forward))).toEqual(new Set([length]))
    expect([...forward.perKwh]).toEqual(rows.map((_, i) => (i % 10) / 100))
    expect(backward).toEqual(forward)
  })

  it('follows a file that changes its length, in either direction', () => {
    const file = read(
      'time,price_usd_kwh\n2025-09-30T22:00Z,1\n2025-09-30T23:00Z,2\n2025-10-01T00:00Z,3\n2025-10-01T00:15Z,4\n2025-10-01T00:30Z,5\n2025-10-01T00:45Z,6\n2025-10-01T01:00Z,7\n2025-10-01T02:00Z,8\n2025-10-01T03:00Z,9\n',
    )
    expect(minutes(file)).toEqual([60, 60, 15, 15, 15, 15, 60, 60, 60])
    expect(file.missing.firstMs).toBeNull()
    expect(runsOf(file).map((run) => [run.minutes, run.perKwh.length])).toEqual([
      [60, 2],
      [15, 4],
      [60, 3],
    ])
    expect(marketOf('USD', runsOf(file))).toEqual({
      currency: 'USD',
      fromMs: file.fromMs,
      toMs: file.toMs,
      perKwh: file.perKwh,
    })
  })

  it('reports what is missing and puts nothing in its place', () => {
    const file = read(
      'time;price_usd_kwh\n2026-01-01T00:00Z;0.05\n2026-01-01T03:00Z;0.06\n2026-01-01T01:00Z;\n',
    )
    expect([...file.perKwh]).toEqual([0.05, 0.06])
    expect(file.missing).toEqual({ intervals: 2, hours: 2, firstMs: Date.UTC(2026, 0, 1, 1) })
    const gap = read(
      'time,price_usd_kwh\n2026-01-01T00:00Z,1\n2026-01-01T00:15Z,2\n2026-01-01T00:45Z,3\n2026-01-01T01:00Z,4\n',
    )
    expect(minutes(gap)).toEqual([15, 15, 15, 15])
    expect(gap.missing).toEqual({ intervals: 1, hours: 0.25, firstMs: Date.UTC(2026, 0, 1, 0, 30) })
  })

  it('counts a row once that says the same again, and refuses one that says another price', () => {
    const row = '2026-01-01T07:00Z,0.1\n'
    const file = read(`hour,price_usd_kwh\n${row}${row}2026-01-01T08:00Z,0.3\n`)
    expect([...file.perKwh]).toEqual([0.1, 0.3])
    expect(file.repeatedRows).toBe(1)
    expect(() => read(`hour,price_usd_kwh\n${row}2026-01-01T07:00Z,0.2\n`)).toThrow(
      /row 3, column hour: a second price for 2026-01-01T07:00:00.000Z/,
    )
  })

  describe('in the hour that an autumn change repeats', () => {
    const first = quarters('2026-10-25', '02', 2)
    const second = quarters('2026-10-25', '02', 6)
    const after = quarters('2026-10-25', '03', 1)
    const prices = [2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]
    const berlin = (rows: readonly string[]) => read(`time,price_usd_kwh\n${rows.join('')}`, 'Europe/Berlin')

    it('keeps both passes', () => {
      const file = berlin([...first, ...second, ...after])
      expect([...file.perKwh]).toEqual(prices)
      expect(file.fromMs[0]).toBe(Date.UTC(2026, 9, 25, 0))
      expect(file.missing.firstMs).toBeNull()
    })

    it('keeps them in rows that are sorted by local time, and newest first', () => {
      const sorted = first.flatMap((row, i) => [row, second[i]!])
      expect([...berlin([...sorted, ...after]).perKwh]).toEqual(prices)
      expect([...berlin([...first, ...second, ...after].toReversed()).perKwh]).toEqual(prices)
    })

    it('reports the second one as missing where the file has the hour once', () => {
      const file = berlin(['2026-10-25 01:00,1\n', '2026-10-25 02:00,2\n', '2026-10-25 03:00,4\n'])
      expect([...file.perKwh]).toEqual([1, 2, 4])
      expect(file.missing).toEqual({ intervals: 1, hours: 1, firstMs: Date.UTC(2026, 9, 25, 1) })
    })
  })

  it('has no gap where a spring change skips an hour', () => {
    const file = read(
      'time,price_usd_kwh\n2026-03-29 00:00,1\n2026-03-29 01:00,1\n2026-03-29 02:00,\n2026-03-29 03:00,3\n',
      'Europe/Berlin',
    )
    expect([...file.perKwh]).toEqual([1, 1, 3])
    expect(file.missing.firstMs).toBeNull()
  })

  it.each([
    ['price_eur_mwh', 'EUR', 0.0801],
    ['price_gbp_kwh', 'GBP', 8.01e1 / 10],
    ['EUR/MWh', 'EUR', 0.0801],
    ['p/kWh', 'GBP', 0.801],
    ['price_p_kwh', 'GBP', 0.801],
    ['Price (USD/MWh)', 'USD', 0.0801],
  ])('reads currency and unit from the heading %s', (heading, currency, perKwh) => {
    const value = heading === 'price_gbp_kwh' ? '8.01' : '80.1'
    const file = read(`time,${heading}\n2026-01-01T00:00Z,${value}\n2026-01-01T01:00Z,0\n`)
    expect(file.currency).toBe(currency)
    expect(file.perKwh[0]).toBeCloseTo(perKwh, 12)
  })

  it.each([
    ['2026-03-29 02:00,1', 'Europe/Berlin', /row 2, column time: this hour does not exist in Europe\/Berlin/],
    ['2026-02-30T00:00Z,1', 'UTC', /row 2, column time: '2026-02-30T00:00Z' is not a time/],
    ['2026-01-01 24:00,1', 'UTC', /row 2, column time: '2026-01-01 24:00' .* holds the END of each interval/],
    ['2026-01-01T00:00Z,abc', 'UTC', /row 2, column price_usd_kwh: 'abc' is not a number/],
    ['2026-01-01T00:00Z,1e6', 'UTC', /row 2, column price_usd_kwh: 1e6 is outside -10 to 10/],
    ['2026-01-01T00:00Z,', 'UTC', /there is no row with a price in it/],
    ['2026-01-01T00:00Z,1', 'UTC', /no two rows are 5, 15, 30, 60 minutes apart/],
    ['2026-01-01T00:00Z,1\n2026-01-02T00:00Z,1', 'UTC', /no two rows are 5, 15, 30, 60 minutes apart/],
    ['2026-01-01T00:00Z,1\n2026-01-01T00:01Z,1', 'UTC', /at 2026-01-01T00:00:00.000Z are 1 minutes apart/],
    ['', 'UTC', /there is no row with a price in it/],
  ])('refuses %s', (rows, zone, message) => {
    expect(() => read(`time,price_usd_kwh\n${rows}\n`, zone)).toThrow(message)
  })

  it.each([
    'date,price\n2026-01-01,1\n',
    'time,price_xyz_kwh\n2026-01-01T00:00Z,1\n',
    'Delivery Date,Hour Ending,Price\n11/21/2025,01:00,21\n',
    'Date (HE),Price ($)\n11/21/2025 01,21\n',
    '',
  ])('refuses a file without the columns: %s', (text) => {
    expect(() => read(text)).toThrow(/row 1: market prices need the column time/)
  })
})

it('means of hours weigh each interval by its length', () => {
  const first = Date.UTC(2026, 0, 1)
  const prices = marketOf('USD', [
    { fromMs: first, minutes: 15, perKwh: [0.02, 0.02, 0.02, 0.18] },
    { fromMs: first + HOUR_MS, minutes: 30, perKwh: [0.1] },
    { fromMs: first + 2 * HOUR_MS, minutes: 60, perKwh: [0.07] },
  ])
  const { firstHourMs, usdPerKwh } = hourlyMeans(prices)
  expect(firstHourMs).toBe(first)
  expect(usdPerKwh[0]).toBeCloseTo(0.06, 15)
  expect([...usdPerKwh.slice(1)]).toEqual([NaN, 0.07])
})
