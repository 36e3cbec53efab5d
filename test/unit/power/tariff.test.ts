import { describe, expect, it } from 'vitest'
import { tariffFault, tariffHours, WEEKDAYS } from '#shared/domain/power/tariff.ts'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'
import { tariff } from './plain-contracts.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'

const HOUR_MS = 3_600_000
const version = (change: Partial<TariffVersion> = {}) => tariff({ from: '2026-01-01', ...change })
const workday = { days: WEEKDAYS.slice(0, 5), fromHour: 14, toHour: 20, usdPerKwh: 0.12 }

describe('prices of a tariff', () => {
  it('follow the local hour of the week, across the change of the clocks', () => {
    const tariffs = [version({ periods: [workday] })]
    const at = (utc: string) => tariffHours(tariffs, 'America/Chicago', Date.parse(utc), 1)[0]
    // Friday 6 March 2026 is UTC − 6, Monday 9 March UTC − 5.
    expect(at('2026-03-06T19:00:00Z')).toBe(0.05)
    expect(at('2026-03-06T20:00:00Z')).toBe(0.12)
    expect(at('2026-03-07T01:00:00Z')).toBe(0.12)
    expect(at('2026-03-07T02:00:00Z')).toBe(0.05)
    expect(at('2026-03-07T20:00:00Z')).toBe(0.05)
    expect(at('2026-03-09T19:00:00Z')).toBe(0.12)
    expect(at('2026-03-09T18:00:00Z')).toBe(0.05)
  })

  it('change with the version on its local day, and with the season', () => {
    const tariffs = [
      version({ to: '2026-05-31' }),
      version({
        from: '2026-06-01',
        baseUsdPerKwh: 0.06,
        seasons: [{ name: 'summer', months: [6, 7, 8, 9], baseUsdPerKwh: 0.09, periods: [] }],
      }),
    ]
    const at = (utc: string) => tariffHours(tariffs, 'America/Chicago', Date.parse(utc), 1)[0]
    expect(at('2026-06-01T04:00:00Z')).toBe(0.05)
    expect(at('2026-06-01T05:00:00Z')).toBe(0.09)
    expect(at('2026-10-01T04:00:00Z')).toBe(0.09)
    expect(at('2026-10-01T05:00:00Z')).toBe(0.06)
    expect(at('2026-01-01T05:00:00Z')).toBeNaN()
  })

  it('has 23 and 25 hours on the days on which the clocks change', () => {
    const tariffs = [version({ periods: [{ days: [...WEEKDAYS], fromHour: 2, toHour: 3, usdPerKwh: 1 }] })]
    const dearHours = (utc: string, hours: number) =>
      tariffHours(tariffs, 'Europe/Berlin', Date.parse(utc), hours).filter((price) => price === 1).length
    expect(dearHours('2026-03-28T23:00:00Z', 23)).toBe(0)
    expect(dearHours('2026-10-24T22:00:00Z', 25)).toBe(2)
  })
})

describe('a tariff that contradicts itself', () => {
  it('names the version that begins inside another, in whatever order they stand', () => {
    expect(tariffFault([version({ from: '2026-06-01' }), version({ to: '2026-06-01' })])).toEqual({
      field: 'tariffs[0].from',
      message:
        '2026-06-01 lies inside tariffs[1], which is valid from 2026-01-01 to 2026-06-01; end that version before this one begins',
    })
    expect(tariffFault([version(), version({ from: '2027-01-01' })])?.field).toBe('tariffs[1].from')
    expect(tariffFault([version({ to: '2026-05-31' }), version({ from: '2026-06-01' })])).toBeNull()
  })

  it.each([
    [{ to: '2025-12-31' }, 'tariffs[0].to'],
    [{ periods: [{ ...workday, toHour: 14 }] }, 'tariffs[0].periods[0].toHour'],
    [{ periods: [workday, { ...workday, fromHour: 19, toHour: 22 }] }, 'tariffs[0].periods[1]'],
    [
      {
        seasons: [
          { name: 'a', months: [1, 2], baseUsdPerKwh: 0.1, periods: [] },
          { name: 'b', months: [2], baseUsdPerKwh: 0.1, periods: [] },
        ],
      },
      'tariffs[0].seasons[1].months',
    ],
  ] as const)('%#: %s', (change, field) => {
    expect(tariffFault([version(change as Partial<TariffVersion>)])?.field).toBe(field)
  })
})

describe('a clock of a time zone', () => {
  it('shows a skipped hour never and a repeated one twice', () => {
    const berlin = zoneClock('Europe/Berlin')
    expect(berlin.instants(Date.UTC(2026, 2, 29, 2))).toEqual([])
    expect(berlin.instants(Date.UTC(2026, 9, 25, 2))).toEqual([
      Date.UTC(2026, 9, 25, 0),
      Date.UTC(2026, 9, 25, 1),
    ])
    expect(berlin.instants(Date.UTC(2026, 6, 1, 12))).toEqual([Date.UTC(2026, 6, 1, 10)])
  })

  it('knows zones that are not whole hours away', () => {
    const local = zoneClock('Asia/Kolkata').local(Date.UTC(2026, 0, 1, 18, 30))
    expect(local).toEqual({ year: 2026, month: 1, day: 2, weekday: 4, hour: 0 })
    expect(zoneClock('Asia/Kolkata').local(Date.UTC(2026, 0, 1, 18, 30) - HOUR_MS).day).toBe(1)
  })
})
