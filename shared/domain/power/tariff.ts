import { HOURS_PER_DAY, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from '../units.ts'
import type { Fault } from './fault.ts'
import { zoneClock } from './zone-clock.ts'
import type { ZoneSpan } from './zone-clock.ts'

/** Position in this list is the day of the week, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const MINUTES_PER_HOUR = 60
const MINUTES_PER_DAY = HOURS_PER_DAY * MINUTES_PER_HOUR

/** A price for some hours of some days of the week, local time. */
export type TariffPeriod = {
  readonly days: readonly Weekday[]
  /** 0..24, to the minute: 23.5 is half past eleven at night */
  readonly fromHour: number
  /** the first moment that no longer belongs to it, up to 24 */
  readonly toHour: number
  readonly usdPerKwh: number
}

/** Prices of a week: the base price, and periods that replace it. */
export type WeekPrices = {
  readonly baseUsdPerKwh: number
  readonly periods: readonly TariffPeriod[]
}

export type TariffSeason = WeekPrices & {
  readonly name: string
  /** 1..12 */
  readonly months: readonly number[]
}

/** What a site pays from one local date to another. Months without a season of their own take the version's week. */
export type TariffVersion = WeekPrices & {
  /** first day, YYYY-MM-DD */
  readonly from: string
  /** last day, YYYY-MM-DD; null: until further notice */
  readonly to: string | null
  readonly seasons: readonly TariffSeason[]
  /** the first kWh of each month by their own prices, in rising order; empty: every kWh costs the same */
  readonly tiers: readonly TariffTier[]
  /** used so far in the month that contains now, kWh; it has used up that much of the tiers */
  readonly meteredKwhThisMonth: number
}

/** Energy of a month up to an amount. Its price stands for the base price; in periods and seasons the same difference counts. */
export type TariffTier = {
  readonly upToKwhPerMonth: number
  readonly usdPerKwh: number
}

/** What is wrong with the versions of a tariff: the first fault with its field, null where there is none. */
export function tariffFault(versions: readonly TariffVersion[]): Fault | null {
  for (const [i, version] of versions.entries()) {
    const field = `tariffs[${i}]`
    if (version.to !== null && version.to < version.from)
      return { field: `${field}.to`, message: `${version.to} is before the first day, ${version.from}` }
    const week = weekFault(version, field)
    if (week !== null) return week
    const tier = version.tiers.findIndex(
      ({ upToKwhPerMonth }, t) => t > 0 && !(upToKwhPerMonth > version.tiers[t - 1]!.upToKwhPerMonth),
    )
    if (tier >= 0)
      return {
        field: `${field}.tiers[${tier}].upToKwhPerMonth`,
        message: `${version.tiers[tier]!.upToKwhPerMonth} is not above the tier before it; tiers rise`,
      }
    const taken = new Map<number, string>()
    for (const [s, season] of version.seasons.entries()) {
      const fault = weekFault(season, `${field}.seasons[${s}]`)
      if (fault !== null) return fault
      for (const month of season.months) {
        const other = taken.get(month)
        if (other !== undefined)
          return {
            field: `${field}.seasons[${s}].months`,
            message: `month ${month} belongs to the season '${other}' too; a month has one season`,
          }
        taken.set(month, season.name)
      }
    }
  }
  const inOrder = versions
    .map((version, i) => ({ version, i }))
    .sort((a, b) => (a.version.from < b.version.from ? -1 : 1))
  for (const [n, { version, i }] of inOrder.entries()) {
    const before = inOrder[n - 1]
    if (before !== undefined && (before.version.to === null || before.version.to >= version.from))
      return {
        field: `tariffs[${i}].from`,
        message: `${version.from} lies inside tariffs[${before.i}], which is valid from ${before.version.from} ${before.version.to === null ? 'on' : `to ${before.version.to}`}; end that version before this one begins`,
      }
  }
  return null
}

function weekFault(week: WeekPrices, field: string): Fault | null {
  for (const [p, period] of week.periods.entries()) {
    if (period.toHour <= period.fromHour)
      return {
        field: `${field}.periods[${p}].toHour`,
        message: `${hourText(period.toHour)} is not after fromHour ${hourText(period.fromHour)}; write a period over midnight as two`,
      }
    for (const [q, other] of week.periods.slice(0, p).entries()) {
      const day = period.days.find((name) => other.days.includes(name))
      if (day !== undefined && other.fromHour < period.toHour && period.fromHour < other.toHour)
        return {
          field: `${field}.periods[${p}]`,
          message: `overlaps periods[${q}] on ${day} at ${hourText(Math.max(period.fromHour, other.fromHour))}; a moment of the week has one price`,
        }
    }
  }
  return null
}

/** 23.5 → 23:30. */
function hourText(hour: number): string {
  const minutes = minutesOf(hour)
  return `${Math.floor(minutes / MINUTES_PER_HOUR)}:${String(minutes % MINUTES_PER_HOUR).padStart(2, '0')}`
}

function minutesOf(hour: number): number {
  return Math.round(hour * MINUTES_PER_HOUR)
}

/** Prices of a day: from which minute on, and what; the first begins at 0. */
type DayPrices = readonly { readonly minute: number; readonly usdPerKwh: number }[]

function dayPrices(week: WeekPrices, weekday: number): DayPrices {
  const prices: { minute: number; usdPerKwh: number }[] = [{ minute: 0, usdPerKwh: week.baseUsdPerKwh }]
  const periods = week.periods
    .filter(({ days }) => days.includes(WEEKDAYS[weekday]!))
    .sort((a, b) => a.fromHour - b.fromHour)
  for (const { fromHour, toHour, usdPerKwh } of periods) {
    const last = prices.at(-1)!
    const minute = minutesOf(fromHour)
    if (last.minute === minute) prices.pop()
    prices.push({ minute, usdPerKwh })
    if (minutesOf(toHour) < MINUTES_PER_DAY)
      prices.push({ minute: minutesOf(toHour), usdPerKwh: week.baseUsdPerKwh })
  }
  return prices
}

/** A tariff over a stretch of time: from each moment on a price, and the version that it is of. */
export type TariffLine = {
  readonly atMs: readonly number[]
  /** NaN where no version is valid */
  readonly usdPerKwh: readonly number[]
  /** index into the versions, −1 where none is valid */
  readonly version: readonly number[]
}

/**
 * What a tariff costs from moment to moment. A moment takes the price of its local time, day, season and version.
 * @param spans the time that is asked for, in order
 */
export function tariffLine(versions: readonly TariffVersion[], spans: readonly ZoneSpan[]): TariffLine {
  const known = new Map<WeekPrices, (DayPrices | undefined)[]>()
  const pricesOf = (week: WeekPrices, weekday: number): DayPrices => {
    const days = known.get(week) ?? []
    known.set(week, days)
    return (days[weekday] ??= dayPrices(week, weekday))
  }
  const atMs: number[] = []
  const usdPerKwh: number[] = []
  const version: number[] = []
  const push = (at: number, price: number, of: number): void => {
    atMs.push(at)
    usdPerKwh.push(price)
    version.push(of)
  }
  for (const { fromMs, toMs, offsetMs } of spans) {
    const lastDayMs = toMs + offsetMs
    for (
      let dayMs = Math.floor((fromMs + offsetMs) / MS_PER_DAY) * MS_PER_DAY;
      dayMs < lastDayMs;
      dayMs += MS_PER_DAY
    ) {
      const day = new Date(dayMs)
      const month = day.getUTCMonth() + 1
      const date = dateText(day.getUTCFullYear(), month, day.getUTCDate())
      const beginMs = dayMs - offsetMs
      const valid = versions.findIndex(({ from, to }) => from <= date && (to === null || date <= to))
      if (valid < 0) {
        push(Math.max(beginMs, fromMs), NaN, -1)
        continue
      }
      const { seasons } = versions[valid]!
      const week = seasons.find(({ months }) => months.includes(month)) ?? versions[valid]!
      const prices = pricesOf(week, (day.getUTCDay() + 6) % 7)
      for (const [i, { minute, usdPerKwh: price }] of prices.entries()) {
        const endMs = beginMs + (prices[i + 1]?.minute ?? MINUTES_PER_DAY) * MS_PER_MINUTE
        const startMs = Math.max(beginMs + minute * MS_PER_MINUTE, fromMs)
        if (startMs < Math.min(endMs, toMs)) push(startMs, price, valid)
      }
    }
  }
  return { atMs, usdPerKwh, version }
}

/**
 * What a tariff costs in each of a run of hours, USD/kWh: the mean over the hour. NaN where no version is valid.
 * @param firstHourMs begin of the first hour, unix ms
 */
export function tariffHours(
  versions: readonly TariffVersion[],
  timeZone: string,
  firstHourMs: number,
  hours: number,
): Float64Array {
  const endMs = firstHourMs + hours * MS_PER_HOUR
  const line = tariffLine(versions, zoneClock(timeZone).spans(firstHourMs, endMs))
  const means = new Float64Array(hours)
  for (const [i, from] of line.atMs.entries()) {
    const to = line.atMs[i + 1] ?? endMs
    for (let hour = Math.floor((from - firstHourMs) / MS_PER_HOUR); hour < hours; hour++) {
      const beginMs = firstHourMs + hour * MS_PER_HOUR
      const share = (Math.min(to, beginMs + MS_PER_HOUR) - Math.max(from, beginMs)) / MS_PER_HOUR
      if (share <= 0) break
      means[hour] = share === 1 ? line.usdPerKwh[i]! : means[hour]! + share * line.usdPerKwh[i]!
    }
  }
  return means
}

/** The local date of an instant, YYYY-MM-DD. */
export function localDate(timeZone: string, atMs: number): string {
  const { year, month, day } = zoneClock(timeZone).local(atMs)
  return dateText(year, month, day)
}

function dateText(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
