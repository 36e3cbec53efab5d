import { describe, expect, it } from 'vitest'
import type { Stage } from '#shared/domain/ahead/stage.ts'
import { marketOf } from '#shared/domain/power/market-prices.ts'
import { contractFault, NO_CONTRACT } from '#shared/domain/power/site-contract.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { siteSupply } from '#shared/domain/power/site-supply.ts'
import { stagePrices } from '#shared/domain/power/supply-prices.ts'
import type { SiteSupply } from '#shared/domain/power/supply.ts'
import { WEEKDAYS } from '#shared/domain/power/tariff.ts'
import { zoneClock } from '#shared/domain/power/zone-clock.ts'
import { charge, fourPeaks, hourly, response, takeOrPay, tariff } from './plain-contracts.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const AT_MS = Date.UTC(2025, 10, 20, 12)
const BASE = 0.07

const stages = (...days: number[]): Stage[] =>
  days.map((length, t) => ({
    opensWith: t === 0 ? 'now' : 'adjustment',
    fromMs: NaN,
    days: length,
    subsidyBtc: 3.125,
    difficulty: 1.5e14,
    hashpriceUsdPerPhDay: 40,
  }))
const supplyOf = (
  parts: Partial<SiteContract>,
  days: readonly number[] = [5, 14],
  atMs: number | null = AT_MS,
): SiteSupply => {
  const contract = { ...NO_CONTRACT, ...parts }
  expect(contractFault(contract)).toBeNull()
  return siteSupply('North', contract, stages(...days), atMs, BASE, () => null)
}
const groupAt = (supply: SiteSupply, atMs: number) => {
  const { atMs: begins, group, length } = supply.intervals
  let i = 0
  while (i + 1 < length && begins[i + 1]! <= atMs) i++
  return supply.groups[group[i]!]!
}
const hoursOf = ({ groups }: SiteSupply, stage: number) =>
  groups.reduce((sum, group) => sum + (group.stage === stage ? group.hours : 0), 0)

/** What holds of every supply. */
function sound(supply: SiteSupply, days: readonly number[], fromMs: number): void {
  const { atMs, group, length } = supply.intervals
  expect(atMs).toHaveLength(length + 1)
  expect(atMs[0]).toBe(fromMs)
  expect(atMs[length]).toBeCloseTo(fromMs + days.reduce((sum, each) => sum + each, 0) * DAY_MS, 3)
  days.forEach((each, t) => expect(hoursOf(supply, t)).toBeCloseTo(each * 24, 6))
  const ms = supply.groups.map(() => 0)
  for (let i = 0; i < length; i++) {
    expect(atMs[i + 1]).toBeGreaterThan(atMs[i]!)
    ms[group[i]!]! += atMs[i + 1]! - atMs[i]!
  }
  supply.groups.forEach(({ hours }, g) => expect(ms[g]! / HOUR_MS).toBeCloseTo(hours, 6))
  for (const { alternatives } of supply.groups)
    for (const { usdPerKwh } of alternatives) expect([...usdPerKwh].sort((a, b) => a - b)).toEqual(usdPerKwh)
}

describe('a flat price', () => {
  it('is one group and one step per stage, cut at local days, with a date or without', () => {
    for (const atMs of [AT_MS, null]) {
      const supply = supplyOf({}, [1.5, 2], atMs)
      sound(supply, [1.5, 2], atMs ?? 0)
      expect(supply.groups).toHaveLength(2)
      expect(supply.groups[0]!.alternatives).toEqual([
        { kw: [Infinity], usdPerKwh: [BASE], fixedUsdPerHour: 0 },
      ])
      expect(supply).toMatchObject({ pricesFrom: 'fleet', isCoupled: false, peakCharge: null, notes: [] })
    }
    expect([...supplyOf({}, [1.5, 2], null).intervals.atMs].map((at) => at / HOUR_MS)).toEqual([
      0, 24, 36, 48, 72, 84,
    ])
    const { intervals } = supplyOf({ timeZone: 'America/Chicago' }, [1, 1])
    expect([...intervals.atMs].map((at) => (at - AT_MS) / HOUR_MS)).toEqual([0, 18, 24, 42, 48])
    expect([...intervals.localDay]).toEqual([0, 1, 1, 2])
  })

  it('of a host takes the place of the fleet’s', () => {
    const supply = supplyOf({ hosting: { model: 'per-kwh', usdPerKwh: 0.08, basis: 'nameplate' } })
    expect(supply.pricesFrom).toBe('host')
    expect(supply.groups.map(({ energyUsdPerKwh }) => energyUsdPerKwh)).toEqual([0.08, 0.08])
  })
})

describe('a tariff', () => {
  const evening = { days: [...WEEKDAYS], fromHour: 23.5, toHour: 24, usdPerKwh: 0.03 }
  const night = { days: [...WEEKDAYS], fromHour: 0, toHour: 5.5, usdPerKwh: 0.03 }

  it('has periods to the half hour, and groups of equal price', () => {
    const supply = supplyOf({
      timeZone: 'Europe/London',
      tariffs: [tariff({ baseUsdPerKwh: 0.09, periods: [evening, night] })],
    })
    sound(supply, [5, 14], AT_MS)
    expect(supply.pricesFrom).toBe('tariff')
    expect(supply.isCoupled).toBe(false)
    expect(supply.groups).toHaveLength(4)
    expect(groupAt(supply, Date.UTC(2025, 10, 20, 23, 29)).energyUsdPerKwh).toBe(0.09)
    expect(groupAt(supply, Date.UTC(2025, 10, 20, 23, 30)).energyUsdPerKwh).toBe(0.03)
    expect(groupAt(supply, Date.UTC(2025, 10, 21, 5, 29)).energyUsdPerKwh).toBe(0.03)
    expect(groupAt(supply, Date.UTC(2025, 10, 21, 5, 30)).energyUsdPerKwh).toBe(0.09)
    const cheap = supply.groups.filter(({ energyUsdPerKwh }) => energyUsdPerKwh === 0.03)
    expect(cheap.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(19 * 6, 9)
  })

  it.each([
    ['Europe/Berlin', Date.UTC(2026, 9, 22)],
    ['Europe/Berlin', Date.UTC(2026, 2, 26)],
    ['America/Chicago', Date.UTC(2026, 9, 30)],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 2)],
    ['America/Santiago', Date.UTC(2026, 8, 3)],
    ['Asia/Kolkata', Date.UTC(2026, 0, 1, 3, 17)],
  ])('follows the clock of %s minute by minute over a week from %d', (timeZone, fromMs) => {
    const versions = [
      tariff({
        to: '2026-04-02',
        periods: [evening, { ...night, fromHour: 1.25, usdPerKwh: 0.02 }],
        seasons: [{ name: 'autumn', months: [10], baseUsdPerKwh: 0.11, periods: [night] }],
      }),
      tariff({
        from: '2026-04-03',
        baseUsdPerKwh: 0.06,
        periods: [{ days: ['sat', 'sun'], fromHour: 2.5, toHour: 3, usdPerKwh: 0.2 }, evening],
      }),
    ]
    const supply = supplyOf({ timeZone, tariffs: versions }, [3.3, 3.7], fromMs)
    sound(supply, [3.3, 3.7], fromMs)
    // A clock of its own: the formatter, not the offsets of the product.
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    const { atMs, group, localDay, length } = supply.intervals
    const days: string[] = []
    let i = 0
    for (let at = fromMs; at < fromMs + 7 * DAY_MS; at += 5 * MINUTE_MS) {
      while (i + 1 < length && atMs[i + 1]! <= at) i++
      const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
      const date = `${part['year']!}-${part['month']!}-${part['day']!}`
      if (days.at(-1) !== date) days.push(date)
      const hour = Number(part['hour']) + Number(part['minute']) / 60
      const version = versions.find(({ from, to }) => from <= date && (to === null || date <= to))!
      const week = version.seasons.find(({ months }) => months.includes(Number(part['month']))) ?? version
      const weekday = part['weekday']!.toLowerCase().slice(0, 3)
      const period = week.periods.find(
        ({ days: on, fromHour, toHour }) =>
          (on as readonly string[]).includes(weekday) && fromHour <= hour && hour < toHour,
      )
      expect(supply.groups[group[i]!]!.energyUsdPerKwh).toBe(period?.usdPerKwh ?? week.baseUsdPerKwh)
      expect(localDay[i]).toBe(days.length - 1)
    }
  })

  it('names the first local day without a version, and wants a date', () => {
    const tariffs = [tariff({ to: '2025-11-22' })]
    expect(() => supplyOf({ tariffs })).toThrow(
      'site North, field tariffs: no version is valid on 2025-11-23, inside the horizon',
    )
    expect(() => supplyOf({ tariffs }, [5], null)).toThrow(
      'site North, field tariffs: dated prices need a date',
    )
  })

  it('beside market prices comes on top of them', () => {
    const supply = supplyOf(
      {
        tariffs: [tariff({ baseUsdPerKwh: 0.01, periods: [{ ...night, usdPerKwh: 0.002 }] })],
        market: hourly(AT_MS, new Float64Array(24).fill(0.05), 0.001),
      },
      [1],
    )
    expect(supply.pricesFrom).toBe('market-horizon')
    expect(groupAt(supply, AT_MS).energyUsdPerKwh).toBeCloseTo(0.061, 12)
    expect(groupAt(supply, Date.UTC(2025, 10, 21, 5, 29)).energyUsdPerKwh).toBeCloseTo(0.053, 12)
  })
})

describe('market prices', () => {
  const runs = [
    { fromMs: AT_MS - HOUR_MS, minutes: 60, perKwh: [0.5, 0.06] },
    { fromMs: AT_MS + HOUR_MS, minutes: 15, perKwh: [0.02, 0.02, 0.02, 0.18] },
    { fromMs: AT_MS + 2 * HOUR_MS, minutes: 5, perKwh: Array.from({ length: 12 }, (_, i) => i / 100) },
    { fromMs: AT_MS + 3 * HOUR_MS, minutes: 30, perKwh: [0.04, 0.05, 0.9] },
  ]

  it('are one interval per row of the file, whatever its length, and never a mean', () => {
    const at = AT_MS + 10 * MINUTE_MS
    const market = { ...marketOf('USD', runs), adderUsdPerKwh: 0.001 }
    const supply = supplyOf({ market }, [230 / 1440], at)
    sound(supply, [230 / 1440], at)
    expect(supply.pricesFrom).toBe('market-horizon')
    expect(supply.isCoupled).toBe(false)
    for (let minute = 0; minute < 230; minute++) {
      const since = minute + 10
      const price =
        since < 60
          ? 0.06
          : since < 120
            ? since < 105
              ? 0.02
              : 0.18
            : since < 180
              ? Math.floor((since - 120) / 5) / 100
              : since < 210
                ? 0.04
                : 0.05
      expect(groupAt(supply, at + minute * MINUTE_MS).energyUsdPerKwh).toBe(price + 0.001)
    }
    expect(supply.notes).toEqual([])
  })

  it('repeat the file’s whole weeks by local weekday and time where it ends, and say so', () => {
    const chicago = zoneClock('America/Chicago')
    // Two and a half weeks to 30 October 2025, before the clocks change on 2 November.
    const first = Date.UTC(2025, 9, 13, 5)
    const length = 2.5 * 7 * 96
    const perKwh = Float64Array.from({ length }, (_, i) => i / 1e5)
    const market = { ...marketOf('USD', [{ fromMs: first, minutes: 15, perKwh }]), adderUsdPerKwh: 0 }
    const endMs = first + length * 15 * MINUTE_MS
    const from = endMs - DAY_MS
    const supply = supplyOf({ timeZone: 'America/Chicago', market }, [25], from)
    sound(supply, [25], from)
    expect(supply.pricesFrom).toBe('market-file')
    expect(supply.notes).toEqual([
      'The price file of market goes from 2025-10-13 00:00 to 2025-10-30 12:00 local time: 576 hours of the horizon repeat its last 2 weeks by local weekday and time.',
    ])
    const wall = (at: number) => {
      const { year, month, day, hour } = chicago.local(at)
      return Date.UTC(year, month - 1, day, hour) + (at % HOUR_MS)
    }
    const byWall = new Map(Array.from(perKwh, (price, i) => [wall(first + i * 15 * MINUTE_MS), price]))
    for (let at = endMs; at < from + 25 * DAY_MS; at += 15 * MINUTE_MS) {
      let source = wall(at)
      do source -= 14 * DAY_MS
      while (source >= wall(endMs))
      expect(groupAt(supply, at).energyUsdPerKwh).toBe(byWall.get(source))
    }
  })

  it('of less than a week repeat by weekday where the file has it, else the last day', () => {
    const day = (price: number) => new Float64Array(24).fill(price)
    // Saturday and Sunday
    const market = hourly(Date.UTC(2025, 10, 22), [...day(0.01), ...day(0.02)])
    const supply = supplyOf({ market }, [8], Date.UTC(2025, 10, 23, 12))
    const on = (date: number) => groupAt(supply, Date.UTC(2025, 10, date, 12)).energyUsdPerKwh
    expect([23, 24, 28, 29, 30].map(on)).toEqual([0.02, 0.02, 0.02, 0.01, 0.02])
    expect(supply.notes[0]).toContain('repeat its days by local weekday and time')
  })

  it('of a past year stand for the same season', () => {
    const first = Date.UTC(2024, 0, 1)
    const market = hourly(
      first,
      Float64Array.from({ length: 366 * 24 }, (_, i) => Math.floor(i / 24) / 1000),
    )
    const at = Date.UTC(2025, 10, 20)
    const supply = supplyOf({ market }, [10], at)
    expect(supply.pricesFrom).toBe('market-file')
    const dayOfYear = Math.round(groupAt(supply, at).energyUsdPerKwh * 1000)
    // 52 weeks before 20 November 2025
    expect(dayOfYear).toBe((Date.UTC(2024, 10, 21) - first) / DAY_MS)
  })

  it('that are missing inside the file take the same time of the nearest week, and say so', () => {
    const prices = Float64Array.from({ length: 21 * 24 }, (_, i) => i / 1e4)
    const gap = 8 * 24 + 3
    prices[gap] = NaN
    const supply = supplyOf({ market: hourly(AT_MS, prices) }, [20])
    expect(groupAt(supply, AT_MS + gap * HOUR_MS).energyUsdPerKwh).toBe((gap - 168) / 1e4)
    expect(supply.pricesFrom).toBe('market-file')
    expect(supply.notes).toEqual([
      'The price file of market lacks 1 hour of the horizon: the price of the same time in the nearest week, or on the nearest day, stands in.',
    ])
  })

  it('name the time of day that no day has', () => {
    expect(() => supplyOf({ market: hourly(AT_MS, [0.05, 0.06]) }, [1])).toThrow(
      'site North, field market: the price file has no price at 14:00 on any day near',
    )
    expect(() => supplyOf({ market: hourly(AT_MS, [0.05]) }, [1], null)).toThrow(
      'site North, field market: dated prices need a date',
    )
  })

  it.each([
    ['Europe/Helsinki', Date.UTC(2025, 9, 23, 3)],
    ['Europe/Helsinki', Date.UTC(2026, 2, 26, 5)],
    ['Australia/Adelaide', Date.UTC(2026, 3, 2, 1)],
  ])(
    'of %s are those of the file minute by minute in the week from %d, with everything on top',
    (timeZone, at) => {
      const lengths = [60, 15, 5, 30]
      const runs = Array.from({ length: 8 * 24 }, (_, i) => {
        const minutes = lengths[i % 4]!
        return {
          fromMs: at + i * HOUR_MS,
          minutes,
          perKwh: Array.from({ length: 60 / minutes }, (_each, n) => ((i * 7 + n * 3) % 11) / 100),
        }
      })
      const periods = [{ days: [...WEEKDAYS], fromHour: 2.5, toHour: 3.75, usdPerKwh: 0.02 }]
      const event = { fromMs: at + 3.1 * DAY_MS, toMs: at + 3.2 * DAY_MS, usdPerKwh: 0.5 }
      const peak = { fromMs: at + 3.15 * DAY_MS, toMs: at + 3.4 * DAY_MS, probability: 0.2 }
      const from = at + 17 * MINUTE_MS
      const supply = supplyOf(
        {
          timeZone,
          market: { ...marketOf('USD', runs), adderUsdPerKwh: 0.003 },
          tariffs: [tariff({ baseUsdPerKwh: 0.01, periods })],
          demandResponse: response({ creditUsdPerKwMonth: 7.305, events: [event] }),
          coincidentPeak: fourPeaks(60, { hours: [peak] }),
        },
        [2.7, 4.3],
        from,
      )
      sound(supply, [2.7, 4.3], from)
      expect(supply.pricesFrom).toBe('market-horizon')
      const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
      const { atMs, group, length } = supply.intervals
      let i = 0
      for (let time = from; time < from + 7 * DAY_MS; time += MINUTE_MS) {
        while (i + 1 < length && atMs[i + 1]! <= time) i++
        const found = supply.groups[group[i]!]!
        const run = runs[Math.floor((time - at) / HOUR_MS)]!
        const [hour, minute] = format.format(time).split(':').map(Number)
        const local = hour! + minute! / 60
        const price =
          run.perKwh[Math.floor((time - run.fromMs) / (run.minutes * MINUTE_MS))]! +
          0.003 +
          (local >= 2.5 && local < 3.75 ? 0.02 : 0.01)
        const isEvent = time >= event.fromMs && time < event.toMs
        const adder = time >= peak.fromMs && time < peak.toMs ? (60 / 4 / 6) * 0.2 : 0
        if (
          Math.abs(found.energyUsdPerKwh - price) > 1e-12 ||
          found.isEvent !== isEvent ||
          Math.abs(found.shedAdderUsdPerKwh - adder - (isEvent ? 0.5 - price : 0)) > 1e-12 ||
          Math.abs(found.creditUsdPerKwh - (isEvent ? 0 : 0.01)) > 1e-12
        )
          expect({ at: new Date(time).toISOString(), ...found }).toEqual({ price, isEvent, adder })
      }
    },
  )

  it('have a summary per stage whose borders lie at full hours', () => {
    const at = Date.UTC(2025, 9, 25, 21)
    const prices = Float64Array.from({ length: 200 }, (_, i) => (20 + i) / 1000)
    const supply = supplyOf({ market: hourly(at, prices) }, [19.333 / 24, 1], at)
    const stageMs = [at, at + 19.333 * HOUR_MS, at + 43.333 * HOUR_MS]
    const now = stagePrices(supply, stageMs, 0)!
    expect(now.meanUsdPerKwh).toBeCloseTo(0.029, 12)
    expect(now).toMatchObject({ hours: 19, minUsdPerKwh: 0.02, maxUsdPerKwh: 0.038 })
  })
})

describe('committed energy', () => {
  it('is a step at the hand-back price before one at the price of power', () => {
    const supply = supplyOf({ takeOrPay: takeOrPay({ committedKwhPerDay: 240, handBackUsdPerKwh: 0.01 }) })
    expect(supply.isCoupled).toBe(true)
    expect(supply.groups[0]!.alternatives).toEqual([
      { kw: [10, Infinity], usdPerKwh: [0.01, BASE], fixedUsdPerHour: 0 },
    ])
    expect(supplyOf({ takeOrPay: takeOrPay({ committedKwhPerDay: 0 }) }).isCoupled).toBe(false)
  })

  it('that is worth more handed back than power costs is two lines', () => {
    const market = hourly(AT_MS, [0.05, 0.001])
    const supply = supplyOf(
      { market, takeOrPay: takeOrPay({ committedKwhPerDay: 240, handBackUsdPerKwh: 0.01 }) },
      [2 / 24],
    )
    expect(supply.groups.map(({ alternatives }) => alternatives)).toEqual([
      [{ kw: [10, Infinity], usdPerKwh: [0.01, 0.05], fixedUsdPerHour: 0 }],
      [
        { kw: [Infinity], usdPerKwh: [0.01], fixedUsdPerHour: 0 },
        { kw: [Infinity], usdPerKwh: [0.001], fixedUsdPerHour: 10 * (0.01 - 0.001) },
      ],
    ])
  })

  it('may be handed back at market prices, or be of a whole day', () => {
    const handBack = marketOf('USD', [
      { fromMs: AT_MS, minutes: 30, perKwh: new Float64Array(4).map((_, i) => 0.01 * i) },
    ])
    const byHour = supplyOf({ takeOrPay: takeOrPay({ committedKwhPerDay: 240, handBack }) }, [2 / 24])
    expect(byHour.groups.map(({ alternatives }) => alternatives[0]!.usdPerKwh[0])).toEqual([
      0, 0.01, 0.02, 0.03,
    ])
    const byDay = takeOrPay({ committedKwhPerDay: 240, handBackUsdPerKwh: 0.01, per: 'day' })
    const supply = supplyOf({ takeOrPay: byDay })
    expect(supply.committedPerDay).toEqual({ kwh: 240, handBackUsdPerKwh: 0.01 })
    expect(supply.isCoupled).toBe(true)
    expect(supply.groups[0]!.alternatives[0]!.kw).toEqual([Infinity])
    expect(contractFault({ ...NO_CONTRACT, takeOrPay: { ...byDay, handBack } })?.field).toBe(
      'takeOrPay.handBackFile',
    )
  })
})

describe('limits of a site', () => {
  it('end the last step, and ask for a least power', () => {
    const supply = supplyOf({
      capKw: 25,
      floorKw: 5,
      takeOrPay: takeOrPay({ committedKwhPerDay: 240, handBackUsdPerKwh: 0.01 }),
    })
    expect(supply.groups[0]).toMatchObject({
      floorKw: 5,
      alternatives: [{ kw: [10, 15], usdPerKwh: [0.01, BASE] }],
    })
    expect(supplyOf({ capKw: 25 }).isCoupled).toBe(true)
    expect(supplyOf({ floorKw: 5 }).isCoupled).toBe(true)
    expect(
      supplyOf({ capKw: 8, takeOrPay: takeOrPay({ committedKwhPerDay: 240 }) }).groups[0]!.alternatives,
    ).toEqual([{ kw: [8], usdPerKwh: [0], fixedUsdPerHour: 0 }])
  })

  it('that contradict each other are refused', () => {
    expect(contractFault({ ...NO_CONTRACT, capKw: 5, floorKw: 6 })).toEqual({
      field: 'floorKw',
      message: '6 kW is above capKw, 5 kW',
    })
  })
})

describe('a block tariff', () => {
  const tiers = [
    { upToKwhPerMonth: 36_000, usdPerKwh: 0.05 },
    { upToKwhPerMonth: 72_000, usdPerKwh: 0.055 },
  ]

  it('spreads what is left of the month over its remaining hours, and begins anew', () => {
    // From 20 November 12:00 UTC 252 hours of the month are left; December has 744.
    const supply = supplyOf(
      { tariffs: [tariff({ baseUsdPerKwh: 0.06, tiers, meteredKwhThisMonth: 10_800 })] },
      [20],
    )
    expect(supply.isCoupled).toBe(true)
    expect(supply.groups.map(({ hours }) => hours)).toEqual([252, 228])
    expect(supply.groups[0]!.alternatives).toHaveLength(1)
    const [now] = supply.groups[0]!.alternatives
    expect(now!.kw[0]).toBeCloseTo(25_200 / 252, 9)
    expect(now!.kw[1]).toBeCloseTo(36_000 / 252, 9)
    now!.usdPerKwh.forEach((price, i) => expect(price).toBeCloseTo([0.05, 0.055, 0.06][i]!, 12))
    expect(supply.groups[1]!.alternatives[0]!.kw[0]).toBeCloseTo(36_000 / 744, 9)
  })

  it('keeps its difference in periods, and leaves out tiers that are used up', () => {
    const day = { days: [...WEEKDAYS], fromHour: 12, toHour: 13, usdPerKwh: 0.1 }
    const supply = supplyOf(
      { tariffs: [tariff({ baseUsdPerKwh: 0.06, tiers, periods: [day], meteredKwhThisMonth: 40_000 })] },
      [0.5],
    )
    const [steps] = groupAt(supply, AT_MS).alternatives
    expect(steps!.kw[0]).toBeCloseTo(32_000 / 252, 9)
    expect(steps!.usdPerKwh[0]).toBeCloseTo(0.095, 12)
    expect(steps!.usdPerKwh[1]).toBeCloseTo(0.1, 12)
  })

  it('whose later kWh are cheaper has alternatives; tiers that do not rise are refused', () => {
    const falling = [{ upToKwhPerMonth: 2520, usdPerKwh: 0.08 }]
    const supply = supplyOf({ tariffs: [tariff({ baseUsdPerKwh: 0.06, tiers: falling })] }, [5])
    const [first, second] = supply.groups[0]!.alternatives
    expect(supply.groups[0]!.alternatives).toHaveLength(2)
    expect(first).toMatchObject({ kw: [Infinity], fixedUsdPerHour: 0 })
    expect(first!.usdPerKwh[0]).toBeCloseTo(0.08, 12)
    expect(second).toMatchObject({ kw: [Infinity], usdPerKwh: [0.06] })
    expect(second!.fixedUsdPerHour).toBeCloseTo(10 * 0.02, 12)
    expect(contractFault({ ...NO_CONTRACT, tariffs: [tariff({ tiers: tiers.toReversed() })] })?.field).toBe(
      'tariffs[0].tiers[1].upToKwhPerMonth',
    )
  })
})

describe('a demand charge', () => {
  it('is prorated to each stage’s part of the billing months', () => {
    // 10.5 of 30 days of November; then 4.5 days of it and 9.5 of 31 of December.
    const supply = supplyOf({ demandCharge: charge(12, { meteredKwThisMonth: 80 }) }, [6, 14])
    expect(supply.isCoupled).toBe(true)
    const { usdPerKw, freeKw } = supply.peakCharge!
    expect(usdPerKw[0]).toBeCloseTo((12 * 6) / 30, 12)
    expect(usdPerKw[1]).toBeCloseTo((12 * 4.5) / 30 + (12 * 9.5) / 31, 12)
    expect(freeKw[0]).toBe(80)
    expect(freeKw[1]).toBeCloseTo((80 * (4.5 / 30)) / (4.5 / 30 + 9.5 / 31), 9)
  })

  it('holds what a ratchet holds, and no more than its months', () => {
    const ratchet = { ratchetShare: 0.75, lookbackMonths: 2, pastPeaksKw: [60, 100, 400] }
    const free = (change: object) =>
      supplyOf({ demandCharge: charge(12, { ...ratchet, ...change }) }, [5]).peakCharge!.freeKw[0]
    expect(free({})).toBe(75)
    expect(free({ meteredKwThisMonth: 90 })).toBe(90)
    expect(free({ lookbackMonths: 3 })).toBe(300)
    const december = supplyOf(
      { demandCharge: charge(12, { ...ratchet, meteredKwThisMonth: 90 }) },
      [10.5, 10],
    )
    // In December the two months before it are November, with 90 so far, and October.
    expect(december.peakCharge!.freeKw[1]).toBeCloseTo(67.5, 9)
  })

  it('that is set is free, and one without a date has months of the same length', () => {
    const set = supplyOf({ demandCharge: charge(12, { isAlreadySet: true }) })
    expect(set).toMatchObject({ peakCharge: null, isCoupled: false })
    const undated = supplyOf({ demandCharge: charge(12) }, [10], null)
    expect(undated.peakCharge!.usdPerKw[0]).toBeCloseTo(120 / (365.25 / 12), 12)
  })

  it('says that a ratchet without past peaks holds nothing', () => {
    expect(supplyOf({ demandCharge: charge(12, { ratchetShare: 0.75 }) }).notes).toEqual([
      'The demand charge has a ratchet, but no past peak is given: nothing is held from the past.',
    ])
  })
})

describe('coincident peaks', () => {
  const from = AT_MS + 4 * HOUR_MS
  it('add what one peak costs, by its probability, in the listed hours alone', () => {
    const hours = [{ fromMs: from, toMs: from + 2 * HOUR_MS, probability: 0.3 }]
    const supply = supplyOf({ coincidentPeak: fourPeaks(60, { hours }) }, [1])
    sound(supply, [1], AT_MS)
    const adder = ((60 / 4) * 0.3) / 2
    expect(groupAt(supply, from).shedAdderUsdPerKwh).toBeCloseTo(adder, 12)
    expect(groupAt(supply, from).coincidentPeakUsdPerKwh).toBeCloseTo(adder, 12)
    expect(groupAt(supply, from + 2 * HOUR_MS).shedAdderUsdPerKwh).toBe(0)
    expect(groupAt(supply, from - 1).shedAdderUsdPerKwh).toBe(0)
    expect(supply.isCoupled).toBe(false)
    const five = supplyOf({ coincidentPeak: fourPeaks(60, { hours, peaks: 5 }) }, [1])
    expect(groupAt(five, from).shedAdderUsdPerKwh).toBeCloseTo(((60 / 5) * 0.3) / 2, 12)
  })

  it('without a list decide nothing and say so', () => {
    const supply = supplyOf({ coincidentPeak: fourPeaks(60) })
    expect(supply.groups.every(({ shedAdderUsdPerKwh }) => shedAdderUsdPerKwh === 0)).toBe(true)
    expect(supply.notes[0]).toContain('its charge is shown and decides nothing')
  })
})

describe('demand response', () => {
  it('has events at their own price, and a credit in all other hours', () => {
    const fromMs = AT_MS + 6 * HOUR_MS
    const supply = supplyOf(
      {
        demandResponse: response({
          creditUsdPerKwMonth: 7.305,
          events: [
            { fromMs, toMs: fromMs + HOUR_MS, usdPerKwh: 0.5 },
            { fromMs: fromMs + HOUR_MS, toMs: fromMs + 1.5 * HOUR_MS, usdPerKwh: null },
          ],
        }),
      },
      [1],
    )
    sound(supply, [1], AT_MS)
    expect(groupAt(supply, AT_MS)).toMatchObject({ isEvent: false, shedAdderUsdPerKwh: 0 })
    expect(groupAt(supply, AT_MS).creditUsdPerKwh).toBeCloseTo(0.01, 12)
    expect(groupAt(supply, fromMs)).toMatchObject({ isEvent: true, creditUsdPerKwh: 0 })
    expect(groupAt(supply, fromMs).shedAdderUsdPerKwh).toBeCloseTo(0.5 - BASE, 12)
    expect(groupAt(supply, fromMs + HOUR_MS).shedAdderUsdPerKwh).toBeCloseTo(10 - BASE, 12)
    expect(supply.isCoupled).toBe(false)
  })

  it('sheds its unlisted hours where energy is dearest, each stage its share', () => {
    const prices = Float64Array.from({ length: 20 * 24 }, (_, i) => (i % 24 === 5 ? 0.2 + i / 1e5 : 0.05))
    const hoursPerMonth = 36.525
    const supply = supplyOf(
      { market: hourly(AT_MS, prices), demandResponse: response({ hoursPerMonth }) },
      [5, 15],
    )
    sound(supply, [5, 15], AT_MS)
    const events = (stage: number) => supply.groups.filter((group) => group.isEvent && group.stage === stage)
    const hours = (stage: number) => events(stage).reduce((sum, group) => sum + group.hours, 0)
    expect(hours(0)).toBeCloseTo(6, 5)
    expect(hours(1)).toBeCloseTo(18, 5)
    // Five hours of the first stage cost more than all others; all of them are shed.
    expect(events(0).filter(({ energyUsdPerKwh }) => energyUsdPerKwh > 0.1)).toHaveLength(5)
  })

  it('sheds hours of the same price in the middle of a stage, not now', () => {
    const supply = supplyOf({ demandResponse: response({ hoursPerMonth: 36.525 }) }, [10])
    const { atMs, group, length } = supply.intervals
    const shed = Array.from({ length }, (_, i) => i).filter((i) => supply.groups[group[i]!]!.isEvent)
    expect(shed).toHaveLength(1)
    expect((atMs[shed[0]! + 1]! - atMs[shed[0]!]!) / HOUR_MS).toBeCloseTo(12, 5)
    expect(Math.abs(atMs[shed[0]!]! - AT_MS - 5 * DAY_MS)).toBeLessThan(DAY_MS)
  })

  it('with promised capacity decides nothing but at listed events, and says so', () => {
    const programme = response({ creditUsdPerKwMonth: 5, hoursPerMonth: 20, capacityKw: 40 })
    const supply = supplyOf({ demandResponse: programme })
    expect(supply.groups.every((group) => group.creditUsdPerKwh === 0 && !group.isEvent)).toBe(true)
    expect(supply.notes).toHaveLength(1)
  })

  it('refuses events that overlap or end before they begin', () => {
    const event = (fromMs: number, toMs: number) => ({ fromMs, toMs, usdPerKwh: 1 })
    const field = (...events: ReturnType<typeof event>[]) =>
      contractFault({ ...NO_CONTRACT, demandResponse: response({ events }) })?.field
    expect(field(event(0, 10), event(5, 15))).toBe('demandResponse.events[1].from')
    expect(field(event(10, 10))).toBe('demandResponse.events[0].to')
    expect(field(event(0, 10), event(10, 15))).toBeUndefined()
  })
})

describe('another currency', () => {
  const contract: SiteContract = {
    ...NO_CONTRACT,
    currency: 'GBP',
    tariffs: [tariff({ baseUsdPerKwh: 0.1 })],
    market: {
      ...marketOf('EUR', [{ fromMs: AT_MS, minutes: 60, perKwh: new Float64Array(24).fill(0.05) }]),
      adderUsdPerKwh: 0.01,
    },
    demandCharge: charge(10),
  }
  const rate = (usdPerUnit: number) => ({ usdPerUnit, asOfMs: Date.UTC(2025, 10, 19, 8) })

  it('counts at its dated rate, which is named', () => {
    const supply = siteSupply('North', contract, stages(1), AT_MS, BASE, (currency) =>
      currency === 'GBP' ? rate(1.25) : rate(1.1),
    )
    expect(supply.groups[0]!.energyUsdPerKwh).toBeCloseTo(1.25 * 0.11 + 1.1 * 0.05, 12)
    expect(supply.peakCharge!.usdPerKw[0]).toBeCloseTo((1.25 * 10) / 30, 12)
    expect(supply.notes).toEqual([
      '1 GBP is 1.25 USD, as of 2025-11-19.',
      '1 EUR is 1.1 USD, as of 2025-11-19.',
    ])
  })

  it('without a rate says which, and how to give one', () => {
    expect(() => siteSupply('North', contract, stages(1), AT_MS, BASE, () => null)).toThrow(
      'site North, field currency: it is in GBP, and there is no rate of GBP; `rates set GBP …` sets what one is worth in USD',
    )
  })
})
