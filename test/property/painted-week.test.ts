import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WeekArea } from '#shared/domain/power/painted-week.ts'
import { hourPrice, minutesOf, painted, periodsOf } from '#shared/domain/power/painted-week.ts'
import type { TariffPeriod, TariffVersion, WeekPrices } from '#shared/domain/power/tariff.ts'
import { tariffFault, tariffHours, WEEKDAYS } from '#shared/domain/power/tariff.ts'

/** A week that is painted becomes lines, and lines a week, and no moment has another price. */

const BASE = 0.05
const price = fc.constantFrom(BASE, 0.03, 0.12, 0.3, -0.01)
const area: fc.Arbitrary<WeekArea> = fc
  .tuple(fc.nat(6), fc.nat(6), fc.nat(23), fc.nat(23))
  .map(([a, b, c, d]) => ({
    fromDay: Math.min(a, b),
    toDay: Math.max(a, b),
    fromHour: Math.min(c, d),
    toHour: Math.max(c, d),
  }))
const strokes = fc.array(fc.tuple(area, price), { maxLength: 8 })
const PLAIN: WeekPrices = { baseUsdPerKwh: BASE, periods: [] }
const versionOf = (week: WeekPrices): TariffVersion => ({
  ...{ ...week, from: '2025-01-01', to: null, seasons: [], tiers: [], meteredKwhThisMonth: 0 },
})
/** 2025-01-06 is a Monday. */
const MONDAY = Date.UTC(2025, 0, 6)
const hoursOf = (week: WeekPrices) => [...tariffHours([versionOf(week)], 'UTC', MONDAY, 168)]

/** Lines as a person may write them: to the minute, and more of them than need be. */
const anyLines: fc.Arbitrary<WeekPrices> = fc
  .array(
    fc.record({
      days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      from: fc.nat(287),
      length: fc.integer({ min: 1, max: 100 }),
      usdPerKwh: price,
    }),
    { maxLength: 10 },
  )
  .map((given) => {
    const periods: TariffPeriod[] = []
    for (const { days, from, length, usdPerKwh } of given) {
      const period = {
        ...{ days, usdPerKwh, fromHour: (from * 5) / 60, toHour: Math.min((from + length) * 5, 1440) / 60 },
      }
      if (tariffFault([versionOf({ ...PLAIN, periods: [...periods, period] })]) === null) periods.push(period)
    }
    return { ...PLAIN, periods }
  })

describe('a painted week', () => {
  it('gives each hour the price that was painted last', () => {
    fc.assert(
      fc.property(strokes, (all) => {
        const wanted = new Array<number>(168).fill(BASE)
        let week = PLAIN
        for (const [where, usdPerKwh] of all) {
          week = painted(week, where, usdPerKwh)
          for (let day = where.fromDay; day <= where.toDay; day++)
            for (let hour = where.fromHour; hour <= where.toHour; hour++) wanted[day * 24 + hour] = usdPerKwh
        }
        expect(tariffFault([versionOf(week)])).toBeNull()
        expect(hoursOf(week)).toEqual(wanted)
        const minutes = minutesOf(week)
        expect(wanted.map((_, at) => hourPrice(minutes, Math.floor(at / 24), at % 24))).toEqual(wanted)
      }),
    )
  })

  it('comes back from lines with the same price in every minute, in no more lines than before', () => {
    fc.assert(
      fc.property(anyLines, (week) => {
        const minutes = minutesOf(week)
        const periods = periodsOf(minutes, BASE)
        expect(tariffFault([versionOf({ ...week, periods })])).toBeNull()
        expect(minutesOf({ ...week, periods })).toEqual(minutes)
        expect(periods.length).toBeLessThanOrEqual(week.periods.length)
      }),
    )
  })

  it('takes no more lines than any other way to write the same week', () => {
    // Three kinds of days and four hours are few enough to try them all.
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (isDear) => {
        let week = PLAIN
        isDear.forEach((each, at) => {
          const [day, hour] = [Math.floor(at / 4), at % 4]
          if (each) week = painted(week, { fromDay: day, toDay: day, fromHour: hour, toHour: hour }, 0.3)
        })
        expect(week.periods).toHaveLength(leastBlocks(isDear))
      }),
    )
  })

  it('shows an hour whose price changes within it as none, and keeps it until it is painted over', () => {
    const lines: TariffPeriod = { days: ['mon', 'tue'], fromHour: 23.5, toHour: 24, usdPerKwh: 0.03 }
    const week = { ...PLAIN, periods: [lines] }
    expect(hourPrice(minutesOf(week), 0, 23)).toBeNaN()
    const evening = painted(week, { fromDay: 0, toDay: 0, fromHour: 18, toHour: 19 }, 0.2)
    expect(evening.periods).toEqual([{ days: ['mon'], fromHour: 18, toHour: 20, usdPerKwh: 0.2 }, lines])
    const over = painted(week, { fromDay: 0, toDay: 6, fromHour: 23, toHour: 23 }, BASE)
    expect(over.periods).toEqual([])
  })

  it('writes evenings of workdays as one line, and a day that goes with two kinds of days as part of both', () => {
    const evenings = painted(PLAIN, { fromDay: 0, toDay: 4, fromHour: 16, toHour: 20 }, 0.14)
    expect(evenings.periods).toEqual([
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], fromHour: 16, toHour: 21, usdPerKwh: 0.14 },
    ])
    const hour = (day: number, from: number, to: number) => ({
      ...{ fromDay: day, toDay: day, fromHour: from, toHour: to },
    })
    const both = [hour(0, 0, 0), hour(1, 1, 1), hour(2, 0, 1)].reduce(
      (week, where) => painted(week, where, 0.14),
      PLAIN,
    )
    expect(both.periods).toEqual([
      { days: ['mon', 'wed'], fromHour: 0, toHour: 1, usdPerKwh: 0.14 },
      { days: ['tue', 'wed'], fromHour: 1, toHour: 2, usdPerKwh: 0.14 },
    ])
  })

  it('is written within a moment where no day is like another', () => {
    const minutes = minutesOf(PLAIN)
    let seed = 7
    for (let hour = 0; hour < 168; hour++) {
      seed = (seed * 16_807) % 2_147_483_647
      minutes.fill([BASE, 0.1, 0.2][seed % 3]!, hour * 60, (hour + 1) * 60)
    }
    const periods = periodsOf(minutes, BASE)
    expect(hoursOf({ ...PLAIN, periods })).toEqual(
      Array.from({ length: 168 }, (_, hour) => minutes[hour * 60]!),
    )
  })
})

/** The least number of blocks (days × a run of hours) that cover three days of four hours exactly once: all are tried. */
function leastBlocks(isDear: readonly boolean[]): number {
  const first = isDear.indexOf(true)
  if (first === -1) return 0
  const [day, hour] = [Math.floor(first / 4), first % 4]
  let least = Infinity
  for (let days = 0; days < 8; days++) {
    if ((days & (1 << day)) === 0) continue
    for (let from = 0; from <= hour; from++)
      for (let to = hour; to < 4; to++) {
        const cells = [0, 1, 2].flatMap((each) =>
          (days & (1 << each)) === 0
            ? []
            : Array.from({ length: to - from + 1 }, (_, i) => each * 4 + from + i),
        )
        if (!cells.every((cell) => isDear[cell])) continue
        const rest = isDear.map((each, cell) => each && !cells.includes(cell))
        least = Math.min(least, 1 + leastBlocks(rest))
      }
  }
  return least
}
