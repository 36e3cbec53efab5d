import { describe, expect, it } from 'vitest'
import { hourlyPricesOf } from '#electron/files/sites/read-hourly-prices.ts'
import {
  flatCurve,
  priceCurve,
  runUpToUsdPerKwh,
  scheduledMarginUsdPerDay,
  shareOfHours,
  startsPerDay,
} from '#shared/domain/power/hourly-price.ts'

const HOUR_MS = 3_600_000
const read = (text: string, zone = 'UTC') => hourlyPricesOf(text, 'prices.csv', zone)

describe('a price duration curve', () => {
  const curve = priceCurve(Float64Array.of(0.03, 0.2, -0.05, 0.09, NaN, 0.09))

  it('gives the share of hours up to a price, which counts itself', () => {
    expect(curve.hours).toBe(5)
    expect(shareOfHours(curve, 0.09)).toBe(0.8)
    expect(shareOfHours(curve, 0.0899)).toBe(0.4)
    expect(shareOfHours(curve, -0.06)).toBe(0)
  })

  it('has exactly its price as mean where all hours cost the same', () => {
    expect(priceCurve(new Float64Array(8760).fill(0.07)).meanUsdPerKwh).toBe(0.07)
    expect(flatCurve(-0.01).meanUsdPerKwh).toBe(-0.01)
  })

  it('counts a start for every spell, and charges it', () => {
    const prices = Float64Array.of(0.2, 0.03, 0.03, 0.2, 0.03, 0.2)
    const hours = priceCurve(prices)
    expect(startsPerDay(hours, 0.1)).toBeCloseTo((2 / 6) * 24, 12)
    expect(startsPerDay(hours, 0.2)).toBe(0)
    const free = scheduledMarginUsdPerDay(hours, 0.1, 10, 100, 0, 0, 0)
    expect(free).toBeCloseTo(0.5 * 10 - 100 * ((0.03 * 3) / 6), 12)
    expect(scheduledMarginUsdPerDay(hours, 0.1, 10, 100, 0, 0, 0.5)).toBeCloseTo(free - 0.5 * 8, 12)
  })

  it('runs up to the break-even power price, above it only where standing by costs as much', () => {
    expect(runUpToUsdPerKwh(7, 100, 0, 0.01)).toBeCloseTo(0.06, 12)
    expect(runUpToUsdPerKwh(7, 100, 5, 0.01)).toBeCloseTo(7 / 95 - 0.01, 12)
    expect(runUpToUsdPerKwh(7, 5, 5, 0.01)).toBe(Infinity)
  })
})

describe('a file of hourly prices', () => {
  it('keeps every hour of a year, negative prices included', () => {
    const first = Date.UTC(2025, 0, 1)
    const rows = Array.from(
      { length: 8760 },
      (_, i) => `${new Date(first + i * HOUR_MS).toISOString()},${i % 100 === 0 ? -12.5 : 40}`,
    )
    const file = read(`time,price_usd_mwh\n${rows.join('\n')}\n`)
    expect(file.firstHourMs).toBe(first)
    expect(file.usdPerKwh.length).toBe(8760)
    expect(file.missingHours).toBe(0)
    expect(file.usdPerKwh[100]).toBe(-0.0125)
    expect(file.usdPerKwh[101]).toBe(0.04)
  })

  it('reports missing hours and leaves them out', () => {
    const file = read(
      'time;price_usd_kwh\n2026-01-01T00:00Z;0.05\n2026-01-01T03:00Z;0.06\n2026-01-01T01:00Z;\n',
    )
    expect([...file.usdPerKwh]).toEqual([0.05, NaN, NaN, 0.06])
    expect(file.missingHours).toBe(2)
    expect(file.firstMissingMs).toBe(Date.UTC(2026, 0, 1, 1))
  })

  it('takes the mean of quarters of an hour and of repeated rows', () => {
    const file = read(
      'hour,price_usd_kwh\n2026-01-01T00:00:00-06:00,0.04\n2026-01-01T00:15:00-06:00,0.06\n2026-01-01T07:00Z,0.1\n2026-01-01T07:00Z,0.3\n',
    )
    expect(file.firstHourMs).toBe(Date.UTC(2026, 0, 1, 6))
    expect(file.usdPerKwh[0]).toBeCloseTo(0.05, 15)
    expect(file.usdPerKwh[1]).toBeCloseTo(0.2, 15)
    expect(file.averagedHours).toBe(2)
  })

  it('keeps both passes of the hour that an autumn change repeats', () => {
    const file = read(
      'time,price_usd_kwh\n2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 02:00,3\n2026-10-25 03:00,4\n',
      'Europe/Berlin',
    )
    expect([...file.usdPerKwh]).toEqual([1, 2, 3, 4])
    expect(file.firstHourMs).toBe(Date.UTC(2026, 9, 24, 23))
    expect(file.averagedHours).toBe(0)
  })

  it('tells the passes apart by quarters of an hour too', () => {
    const quarters = (hour: string, price: number) =>
      ['00', '15', '30', '45'].map((minute) => `2026-10-25 ${hour}:${minute},${price}\n`).join('')
    const file = read(
      `time,price_usd_kwh\n${quarters('02', 2)}${quarters('02', 3)}${quarters('03', 4)}`,
      'Europe/Berlin',
    )
    expect([...file.usdPerKwh]).toEqual([2, 3, 4])
  })

  it('reports the second pass as missing where the file has the hour once', () => {
    const file = read(
      'time,price_usd_kwh\n2026-10-25 01:00,1\n2026-10-25 02:00,2\n2026-10-25 03:00,4\n',
      'Europe/Berlin',
    )
    expect([...file.usdPerKwh]).toEqual([1, 2, NaN, 4])
  })

  it('has no gap where a spring change skips an hour', () => {
    const file = read(
      'time,price_usd_kwh\n2026-03-29 01:00,1\n2026-03-29 02:00,\n2026-03-29 03:00,3\n',
      'Europe/Berlin',
    )
    expect([...file.usdPerKwh]).toEqual([1, 3])
  })

  it.each([
    ['2026-03-29 02:00,1', 'Europe/Berlin', /row 2, column time: this hour does not exist in Europe\/Berlin/],
    ['2026-01-02 00:00,1\n2026-01-01 00:00,1', 'UTC', /row 3, column time: local times must be in order/],
    ['2026-02-30T00:00Z,1', 'UTC', /row 2, column time: '2026-02-30T00:00Z' is not a time/],
    ['2026-01-01T00:00Z,abc', 'UTC', /row 2, column price_usd_kwh: 'abc' is not a number/],
    ['2026-01-01T00:00Z,45', 'UTC', /row 2, column price_usd_kwh: 45 is outside -10 to 10/],
    ['2026-01-01T00:00Z,', 'UTC', /no hour has a price/],
  ])('refuses %s', (rows, zone, message) => {
    expect(() => read(`time,price_usd_kwh\n${rows}\n`, zone)).toThrow(message)
  })

  it('refuses a file without the columns', () => {
    expect(() => read('date,price\n2026-01-01,1\n')).toThrow(/row 1: hourly prices need the column time/)
  })
})
