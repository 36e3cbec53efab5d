import { describe, expect, it } from 'vitest'
import { tariffFault, tariffHours } from '#shared/domain/power/tariff.ts'
import type { TariffVersion } from '#shared/domain/power/tariff.ts'
import {
  flatTariff,
  pricesOf,
  repriced,
  splitAt,
  weekAt,
  withMonth,
  withoutSeason,
  withoutVersion,
  withSeason,
  withWeek,
} from '#shared/domain/power/tariff-edit.ts'

const EVENING = { days: ['mon', 'tue'], fromHour: 16, toHour: 21, usdPerKwh: 0.14 } as const
const PLAIN: readonly TariffVersion[] = [{ ...flatTariff('2025-01-01', 0.05), periods: [EVENING] }]

describe('versions of a tariff', () => {
  it('begin on a day with the prices of before, and go back into one', () => {
    const split = splitAt(PLAIN, '2026-04-01')!
    expect(split.version).toBe(1)
    expect(split.tariffs.map(({ from, to }) => [from, to])).toEqual([
      ['2025-01-01', '2026-03-31'],
      ['2026-04-01', null],
    ])
    expect(split.tariffs[1]!.periods).toEqual([EVENING])
    expect(tariffFault(split.tariffs)).toBeNull()
    // One between the two, and away again.
    const three = splitAt(split.tariffs, '2025-07-01')!
    expect(three.version).toBe(1)
    expect(three.tariffs.map(({ to }) => to)).toEqual(['2025-06-30', '2026-03-31', null])
    expect(withoutVersion(three.tariffs, 1)).toEqual(split.tariffs)
    expect(withoutVersion(split.tariffs, 1)).toEqual(PLAIN)
  })

  it('do not begin where one begins already, or none holds', () => {
    expect(splitAt(PLAIN, '2025-01-01')).toBeNull()
    expect(splitAt(PLAIN, '2024-12-31')).toBeNull()
    expect(splitAt([], '2024-12-31')).toBeNull()
  })
})

describe('seasons of a version', () => {
  it('take months that no other season has, and give them away', () => {
    const one = withSeason(PLAIN, 0, 'Summer')!
    expect(one[0]!.seasons).toMatchObject([{ name: 'Summer', months: [1], periods: [EVENING] }])
    const two = withSeason(one, 0, 'Winter')!
    expect(two[0]!.seasons[1]!.months).toEqual([2])
    const summer = { version: 0, season: 0 }
    const both = withMonth(withMonth(two, summer, 7), summer, 6)
    expect(both[0]!.seasons.map(({ months }) => months)).toEqual([[1, 6, 7], [2]])
    // The last month of a season stays, whoever asks for it.
    expect(withMonth(both, summer, 2)).toEqual(both)
    expect(withMonth(both, { version: 0, season: 1 }, 2)).toEqual(both)
    expect(withMonth(both, summer, 1)[0]!.seasons[0]!.months).toEqual([6, 7])
    expect(tariffFault(both)).toBeNull()
    expect(withoutSeason(both, 0, 1)[0]!.seasons).toHaveLength(1)
  })

  it('have a week of their own', () => {
    const place = { version: 0, season: 0 }
    const all = withWeek(withSeason(PLAIN, 0, 'January')!, place, { baseUsdPerKwh: 0.2, periods: [] })
    expect(weekAt(all, place)).toMatchObject({ baseUsdPerKwh: 0.2, periods: [] })
    expect(weekAt(all, { version: 0, season: null })!.periods).toEqual([EVENING])
    const noon = (month: number) => tariffHours(all, 'UTC', Date.UTC(2026, month, 15, 12), 1)[0]
    expect([noon(0), noon(1)]).toEqual([0.2, 0.05])
    expect(weekAt(all, { version: 3, season: null })).toBeNull()
  })
})

describe('prices of a week', () => {
  it('are the base price and the others from the cheapest up, and can be moved', () => {
    const night = { ...EVENING, fromHour: 0, toHour: 5, usdPerKwh: 0.03 }
    const week = { baseUsdPerKwh: 0.05, periods: [EVENING, night] }
    expect(pricesOf(week)).toEqual([0.05, 0.03, 0.14])
    expect(pricesOf(repriced(week, 0.14, 0.2))).toEqual([0.05, 0.03, 0.2])
    expect(repriced(week, 0.05, 0.06)).toEqual({ ...week, baseUsdPerKwh: 0.06 })
  })
})
